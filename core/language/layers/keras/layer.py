"""`tf.keras.layers.Layer`: a function with variables of its own, made by `build` when it first sees an input."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.layers.classes import ANYTHING, class_of, grouped, is_made_of, method
from core.language.layers.keras.initializers import initial
from core.language.machine.arguments import internal
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.objects import ON_SET, Class, Instance, Property
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, Function, kind_of
from core.language.machine.weights import Weight, born
from core.tape import set_recorders
from core.tensor import Tensor

BUILT_FOR, HELD = "<built for>", "<held>"  # beside the attributes: no text can name them
TRAINING, SCOPE = "keras training", "keras scope"  # what a run remembers of the layers around a call
WITHOUT_EFFECT = "dtype! input_dim! activity_regularizer! autocast! batch_size!"


class KerasWeight(Weight):
    """A variable of a layer; `path` has the layer's name before its own."""

    __slots__ = ("path",)

    def __init__(self, value: Any, trainable: bool, name: str, path: str) -> None:
        super().__init__(value, trainable, name)
        self.path = path


def is_layer(value: Any) -> bool:
    """Whether a value is a layer or a model."""
    return is_made_of(value, LAYER)


def inside(layer: Instance) -> Iterator[Instance]:
    """The layers that a layer holds as attributes, or in lists and dictionaries there."""
    for name, value in list(layer.fields.items()):
        if not name.startswith("<") or name == HELD:
            yield from _layers_in(value)


def _layers_in(value: Any) -> Iterator[Instance]:
    if is_layer(value):
        yield value
    elif isinstance(value, list | tuple | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _layers_in(one)


def _own(layer: Instance) -> list[Any]:
    """The variables of the layer itself, those that are trained first."""
    found: dict[int, Any] = {}
    for name, value in layer.fields.items():
        if not name.startswith("<"):
            for one in value if isinstance(value, list | tuple) else (value,):
                if isinstance(one, Weight):
                    found[id(one)] = one
    return sorted(found.values(), key=lambda one: not one.trainable)


def variables(layer: Instance, trained: bool = False) -> list[Any]:
    """All variables, its own first, then those of the layers inside; or only those that are trained."""
    if trained and not layer.fields.get("trainable", True):
        return []
    found = {id(one): one for one in _own(layer) if one.trainable or not trained}
    for part in inside(layer):
        found |= {id(one): one for one in variables(part, trained)}
    return list(found.values())


# -- the methods -----------------------------------------------------------------------------------------------------


def initialise(
    here: Locals, span: Span, layer: Instance, name: Any = None, trainable: Any = True, input_shape: Any = None
) -> None:
    """`super().__init__()`."""
    given = name if isinstance(name, str) else new_name(here, layer.of.name)
    layer.fields |= {"name": given, "trainable": bool(trainable), "built": False, "dtype": "float64"}
    if input_shape is not None:
        layer.fields[BUILT_FOR] = tuple(input_shape) if isinstance(input_shape, list | tuple) else (input_shape,)


def new_name(here: Locals, kind: str) -> str:
    """The name that Keras gives: `dense`, `dense_1` and so on."""
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", kind).lower()
    counts = here.run.memory.setdefault("keras names", {})
    counts[plain] = counts.get(plain, -1) + 1
    return f"{plain}_{counts[plain]}" if counts[plain] else plain


def shape_for(x: Any) -> Any:
    """The shape of an input, or of several."""
    return [shape_for(one) for one in x] if isinstance(x, list | tuple) else f.shape_of(x)


def build(here: Locals, span: Span, layer: Instance, x: Any) -> None:
    """Make the variables, once."""
    if not layer.fields.get("built"):
        layer.fields["built"] = True
        invoke(here, _bound(layer, "build"), [shape_for(x)], {}, span)


def _bound(layer: Instance, name: str) -> Any:
    from_class = layer.of.find(name)
    return Builtin(name, lambda here, span, *values, **named: invoke(here, from_class, [layer, *values], named, span),
                   ANYTHING, wants_locals=True)  # fmt: skip


def call(here: Locals, span: Span, layer: Instance, *values: Any, **named: Any) -> Any:
    """`layer(x)`: builds it first, then its `call`, whose entries are a group under the layer's name.

    `training` goes on to the layers inside, to those that ask for it.
    """
    if "name" not in layer.fields:
        raise here.fail(
            say("language.layer-not-initialised", "The layer `{name}` was not initialised.", name=layer.of.name),
            span,
            say("language.write-super-init", "Write super().__init__() first in its `__init__`."),
        )
    values = tuple(_tensors(one) for one in values)
    outer, scope = here.run.memory.get(TRAINING), here.run.memory.get(SCOPE, ())
    training = named.pop("training", None)
    training = outer if training is None else training
    here.run.memory[TRAINING] = training
    try:
        if values:
            build(here, span, layer, values[0])
        here.run.memory[SCOPE] = (*scope, layer.fields["name"])
        if training is not None and takes(layer.of.find("call"), "training"):
            named["training"] = training
        return grouped(here, span, layer, layer.fields["name"], "call", list(values), named)
    finally:
        here.run.memory[TRAINING], here.run.memory[SCOPE] = outer, scope


def takes(function: Any, name: str) -> bool:
    """Whether a method has an argument of that name."""
    if function.__class__ is Function:
        shape = function.parameters
        return name in (*shape.positional, *shape.named) or shape.rest_named is not None
    return any(internal(part) == name for part in getattr(function, "signature", ()))


def _tensors(value: Any) -> Any:
    """Arrays, numbers and lists of numbers as tensors of floats; lists of tensors stay lists."""
    if isinstance(value, list | tuple) and any(isinstance(one, Tensor | Instance) for one in value):
        return [_tensors(one) for one in value]
    if isinstance(value, list | tuple | int | float | np.ndarray):
        made = f.array(value)
        return made if isinstance(made, Tensor) else Tensor(np.asarray(made))
    return value


def add_weight(
    here: Locals, span: Span, layer: Instance, shape: Any = (), initializer: Any = "glorot_uniform",
    trainable: Any = True, name: Any = None,
) -> KerasWeight:  # fmt: skip
    """A variable of the layer."""
    called = name if isinstance(name, str) else "variable"
    first = initial(here, span, initializer, shape)
    wanted = bool(trainable) and layer.fields.get("trainable", True)
    path = "/".join((*here.run.memory.get(SCOPE, ()), layer.fields["name"], called))
    return born(here.run, span, KerasWeight(first, wanted, called, path))


def _set(layer: Instance, name: str, value: Any) -> None:
    """What is to be done where an attribute is set: `layer.trainable = False` holds for all inside."""
    if name == "trainable":
        for one in _own(layer):
            if not isinstance(one, KerasWeight) or one.name not in UNTRAINED:
                one._trainable = bool(value)
        for part in inside(layer):
            part.fields["trainable"] = bool(value)
            _set(part, name, value)


UNTRAINED = frozenset(("moving_mean", "moving_variance", "seed_generator_state"))


def _get_weights(layer: Instance) -> list[Any]:
    return [np.array(one.primal) for one in variables(layer)]


def _set_weights(layer: Instance, weights: Any) -> None:
    own = variables(layer)
    if not isinstance(weights, list | tuple) or len(weights) != len(own):
        raise Refusal(
            say("language.weights-as-many", "There are {count} weights, and as many arrays are wanted.",
                count=len(own))
        )  # fmt: skip
    for one, value in zip(own, weights, strict=True):
        value = f.array(value)
        one.assign(value if np.ndim(f.plain(value)) else float(f.plain(value)))


def in_a_dry_run(here: Locals, span: Span, layer: Instance, example: Any) -> Any:
    """What the layer makes of an example, recorded nowhere: for the sake of shapes and variables."""
    before = set_recorders(())
    try:
        return call(here, span, layer, example)
    finally:
        set_recorders(before)


def prop(call: Any) -> Property:
    """An attribute that is computed."""
    return Property(Builtin("attribute", call, ("self",)))


def needs_layer(value: Any) -> Any:
    """The layer. Raises Refusal for anything else."""
    if not is_layer(value):
        raise Refusal(
            say("language.not-a-layer", "{kind} is not a layer.", kind=kind_of(value).capitalize()),
            say("language.write-keras-layers-dense", "Write tf.keras.layers.Dense(4)."),
        )
    return value


LAYER: Class = class_of("Layer", (), {})  # its methods speak of it, so they come afterwards
LAYER.guarded = True
LAYER.names.update({
    ON_SET: _set,
    "__init__": method("Layer", initialise, f"* name trainable input_shape {WITHOUT_EFFECT}"),
    "__call__": method("layer", call, " ".join(ANYTHING)),
    "build": method("build", lambda layer, shape: None, "input_shape:shape", True),
    "call": method("call", lambda layer, x, *_: x, "inputs:x", True),
    "add_weight": method("add_weight", add_weight,
                         "shape initializer dtype! trainable autocast! regularizer! constraint! aggregation! name"),
    "add_variable": method("add_variable", add_weight, "shape initializer dtype! trainable name"),
    "variables": prop(variables), "weights": prop(variables),
    "trainable_variables": prop(lambda layer: variables(layer, True)),
    "trainable_weights": prop(lambda layer: variables(layer, True)),
    "non_trainable_variables": prop(lambda layer: _without(variables(layer), variables(layer, True))),
    "non_trainable_weights": prop(lambda layer: _without(variables(layer), variables(layer, True))),
    "losses": prop(lambda layer: []),
    "get_weights": method("get_weights", _get_weights, "", True),
    "set_weights": method("set_weights", _set_weights, "weights", True),
    "count_params": method("count_params", lambda layer: sum(one.size for one in variables(layer)), "", True),
})  # fmt: skip


def _without(all_of_them: list[Any], some: list[Any]) -> list[Any]:
    known = {id(one) for one in some}
    return [one for one in all_of_them if id(one) not in known]
