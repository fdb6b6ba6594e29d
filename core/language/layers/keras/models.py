"""`tf.keras.Sequential` and `tf.keras.Model`: layers in a row, in a graph, or in a class of the text."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.basics.span import Span
from core.basics.words import say
from core.language.layers.classes import class_of, method
from core.language.layers.keras import fitting
from core.language.layers.keras.layer import (
    BUILT_FOR,
    HELD,
    LAYER,
    WITHOUT_EFFECT,
    in_a_dry_run,
    initialise,
    is_layer,
    needs_layer,
    new_name,
    prop,
    variables,
)
from core.language.layers.keras.symbols import MADE_BY, MADE_OF, example_of, is_symbol, new_input
from core.language.machine.invocation import invoke
from core.language.machine.iteration import iterate
from core.language.machine.locals import Locals
from core.language.machine.objects import Class, Instance
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin
from core.language.names.creation import checked_shape
from core.tensor import Tensor

GRAPH = "<graph>"
NO_TRAINING = ("train_on_batch", "load_weights")


# -- models ----------------------------------------------------------------------------------------------------------


def _start_model(
    here: Locals, span: Span, model: Instance, inputs: Any = None, outputs: Any = None, name: Any = None,
    trainable: Any = True,
) -> None:  # fmt: skip
    if inputs is None and outputs is None:
        initialise(here, span, model, name, trainable)
        return
    initialise(here, span, model, name or new_name(here, "Functional"), trainable)
    if not is_symbol(inputs) or not is_symbol(outputs):
        raise Refusal(
            say("language.model-of-symbols", "A model is made of what `Input` and layers called with it give."),
            say("language.write-keras-input", "Write x = tf.keras.Input(shape=(3,)) and y = Dense(1)(x)."),
        )
    model.fields |= {GRAPH: (inputs, outputs), HELD: _layers_of(outputs), "built": True}


def _layers_of(outputs: Any) -> list[Instance]:
    """The layers of a graph, those first that come first."""
    found: dict[int, Instance] = {}
    done: set[int] = set()

    def visit(symbol: Any) -> None:
        if isinstance(symbol, list | tuple):
            for one in symbol:
                visit(one)
        elif id(symbol) not in done:
            done.add(id(symbol))
            if symbol.fields[MADE_OF] is not None:
                visit(symbol.fields[MADE_OF])
            owner = symbol.fields.get("<layer>")
            if owner is not None:
                found.setdefault(id(owner), owner)

    visit(outputs)
    return list(found.values())


def _call_model(here: Locals, span: Span, model: Instance, x: Any, training: Any = None) -> Any:
    if GRAPH not in model.fields:
        raise here.fail(
            say("language.model-without-call", "The model `{name}` has no method `call`.", name=model.of.name),
            span,
            say("language.give-class-call-method", "Give its class a method `call`."),
            python="NotImplementedError",
        )
    inputs, outputs = model.fields[GRAPH]
    known: dict[int, Any] = {}
    symbols = list(inputs) if isinstance(inputs, list | tuple) else [inputs]
    given = list(x) if isinstance(inputs, list | tuple) else [x]
    known.update((id(symbol), value) for symbol, value in zip(symbols, given, strict=True))

    def value_of(symbol: Any) -> Any:
        if isinstance(symbol, list | tuple):
            return [value_of(one) for one in symbol]
        if id(symbol) not in known:
            if symbol.fields[MADE_OF] is None:
                raise Refusal(say("language.model-graph-open", "An input that leads to the output is not among those "
                                  "of the model."))  # fmt: skip
            made_of = symbol.fields[MADE_OF]
            spread = symbol.fields[MADE_BY].signature == ("*values",)
            values = [value_of(one) for one in made_of] if spread else [value_of(made_of)]
            known[id(symbol)] = invoke(here, symbol.fields[MADE_BY], values, {}, span)
        return known[id(symbol)]

    return value_of(outputs)


def _start_sequential(
    here: Locals, span: Span, model: Instance, layers: Any = (), name: Any = None, trainable: Any = True
) -> None:
    initialise(here, span, model, name, trainable)
    model.fields[HELD] = []
    for one in iterate(here, layers or (), span):
        _add(here, span, model, one)


def _add(here: Locals, span: Span, model: Instance, one: Any) -> None:
    """One more layer at the end; with a shape for the input, the model is built at once."""
    if is_symbol(one):
        model.fields["<input>"] = example_of(one)
        return
    needs_layer(one)
    held = model.fields[HELD]
    held.append(one)
    if len(held) == 1 and BUILT_FOR in one.fields:
        lengths = [1 if part is None else part for part in one.fields[BUILT_FOR]]
        model.fields["<input>"] = Tensor(np.zeros(checked_shape(here, span, (1, *lengths))))
    if "<input>" in model.fields:
        model.fields["<input>"] = in_a_dry_run(here, span, one, model.fields["<input>"])
        model.fields["built"] = True


def _call_sequential(here: Locals, span: Span, model: Instance, x: Any, training: Any = None) -> Any:
    for one in model.fields[HELD]:
        x = invoke(here, one, [x], {}, span)
    return x


def _pop(model: Instance) -> None:
    model.fields[HELD].pop()


def _build_model(here: Locals, span: Span, model: Instance, shape: Any) -> None:
    """`model.build((None, 3))`: the variables, by an example of that shape; nothing where there is one already."""
    if isinstance(shape, list | tuple) and shape and shape[0] is None:
        lengths = checked_shape(here, span, [1 if one is None else one for one in shape])
        model.fields["built"] = True
        in_a_dry_run(here, span, model, Tensor(np.zeros(lengths)))


def _layers(model: Instance) -> list[Instance]:
    if HELD in model.fields:
        return list(model.fields[HELD])
    return [one for one in model.fields.values() if is_layer(one)]


def _get_layer(model: Instance, name: Any = None, index: Any = None) -> Instance:
    held = _layers(model)
    found = held[index] if index is not None else next((one for one in held if one.fields["name"] == name), None)
    if found is None:
        raise Refusal(say("language.no-layer-of-name", "There is no layer `{name}`.", name=name), "", "ValueError")
    return found


def _summary(here: Locals, span: Span, model: Instance) -> None:
    """A line for each layer, with how many numbers it holds."""
    lines = [f'Model: "{model.fields["name"]}"']
    lines += [
        f" {one.fields['name']} ({one.of.name}): {sum(part.size for part in variables(one)):,}"
        for one in _layers(model)
    ]
    lines.append(f"Total params: {sum(one.size for one in variables(model)):,}")
    here.run.write("\n".join(lines) + "\n", span, here)


def _no_training(name: str) -> Any:
    def refuse(here: Locals, span: Span, model: Instance, *values: Any, **named: Any) -> None:
        raise Refusal(
            say("language.keras-no-training", "`model.{name}` hides the loop that is to be seen here.", name=name),
            say("language.write-tape-loop", "Write the loop: with tf.GradientTape() as tape: loss = ..., then "
                "optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))."),
        )  # fmt: skip

    return method(name, refuse, "*values **named")


MODEL: Class = class_of("Model", (LAYER,), {
    "__init__": method("tf.keras.Model", _start_model, f"inputs outputs name trainable {WITHOUT_EFFECT}"),
    "call": method("call", _call_model, "inputs:x training"),
    "build": method("build", _build_model, "input_shape:shape"),
    "layers": prop(_layers),
    "get_layer": method("get_layer", _get_layer, "name index", True),
    "summary": method("summary", _summary, "line_length! expand_nested!"),
    "compile": method("compile", fitting.compile_, "optimizer loss * metrics run_eagerly! jit_compile!"),
    "fit": method("fit", fitting.fit, "x y batch_size epochs verbose * shuffle"),
    "evaluate": method("evaluate", fitting.evaluate, "x y * verbose batch_size! return_dict!"),
    "predict": method("predict", fitting.predict, "x batch_size! verbose!"),
    **{name: _no_training(name) for name in NO_TRAINING},
})  # fmt: skip
SEQUENTIAL: Class = class_of("Sequential", (MODEL,), {
    "__init__": method("tf.keras.Sequential", _start_sequential, "layers trainable name"),
    "call": method("call", _call_sequential, "inputs:x training"),
    "add": method("add", _add, "layer:one"),
    "pop": method("pop", _pop, "", True),
})  # fmt: skip
INPUTS = {
    path: Builtin(path, new_input, ("shape", "batch_size!", "dtype!", "name"), wants_locals=True)
    for path in ("tf.keras.Input", "tf.keras.layers.Input", "tf.keras.layers.InputLayer")
}
MODELS: dict[str, Any] = {
    "tf.keras.layers.Layer": LAYER, "tf.keras.Layer": LAYER, "tf.keras.Model": MODEL, "tf.keras.models.Model": MODEL,
    "tf.keras.Sequential": SEQUENTIAL, "tf.keras.models.Sequential": SEQUENTIAL, **INPUTS,
}  # fmt: skip
