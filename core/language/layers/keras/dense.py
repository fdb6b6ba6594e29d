"""`tf.keras.layers`: dense and embedded layers, normalisation, dropout, shapes and sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.layers.classes import class_of, method
from core.language.layers.keras.activations import activated, activation
from core.language.layers.keras.layer import LAYER, WITHOUT_EFFECT, add_weight, initialise
from core.language.machine.invocation import invoke
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.objects import Class, Instance
from core.language.machine.outcome import Refusal
from core.language.machine.values import show
from core.language.names import networks
from core.language.names.creation import whole_shape

F: Any = f
LAYERS: dict[str, Class] = {}
COMMON = f"* name trainable input_shape {WITHOUT_EFFECT}"
NOTHING: Mapping[str, Any] = {}


def layer(
    name: str, options: str, start: Callable[..., Any], call: Callable[..., Any], build: Any = None,
    takes: str = "inputs:x", more: Mapping[str, Any] = NOTHING,
) -> Class:  # fmt: skip
    """A layer: `start` gives a new one its attributes, `build` its variables, `call` is what it computes."""

    def begin(
        here: Locals, span: Span, made: Instance, *values: Any, name: Any = None, trainable: Any = True,
        input_shape: Any = None, **named: Any,
    ) -> None:  # fmt: skip
        initialise(here, span, made, name, trainable, input_shape)
        start(here, span, made, *values, **named)

    path = f"tf.keras.layers.{name}"
    names = {"__init__": method(path, begin, f"{options} {COMMON}"), "call": method(path, call, takes)}
    if build is not None:
        names["build"] = method(path, build, "input_shape:shape")
    LAYERS[path] = class_of(name, (LAYER,), names | dict(more))
    return LAYERS[path]


def keep(**defaults: Any) -> Callable[..., None]:
    """A start that keeps the options as attributes."""

    def start(here: Locals, span: Span, made: Instance, *values: Any, **named: Any) -> None:
        made.fields |= {**defaults, **dict(zip(defaults, values)), **named}
        if "activation" in made.fields:
            made.fields["activation"] = activation(made.fields["activation"])

    return start


def count_of(given: Any, what: str) -> int:
    """A whole number from 1 on. Raises Refusal for anything else."""
    number = whole(given)
    if not isinstance(number, int) or number < 1:
        raise Refusal(say("language.length-from-1", "`{what}` is a whole number from 1 on, not {given}.", what=what,
                          given=show(given, True)))  # fmt: skip
    return number


def weight(here: Locals, span: Span, made: Instance, name: str, shape: Any, first: Any, trained: bool = True) -> Any:
    """A variable of a layer, under its attribute."""
    made.fields[name] = add_weight(here, span, made, shape, first, trained, name)
    return made.fields[name]


# -- dense and embedded ----------------------------------------------------------------------------------------------


def _build_dense(here: Locals, span: Span, made: Instance, shape: Any) -> None:
    own = made.fields
    units = count_of(own["units"], "units")
    weight(here, span, made, "kernel", (shape[-1], units), own["kernel_initializer"])
    own["bias"] = None
    if own["use_bias"]:
        weight(here, span, made, "bias", (units,), own["bias_initializer"])


def _call_dense(here: Locals, span: Span, made: Instance, x: Any) -> Any:
    own = made.fields
    product = F.matmul(x, own["kernel"])
    product = product if own["bias"] is None else product + own["bias"]
    return activated(here, span, own["activation"], product)


layer("Dense", "units activation use_bias kernel_initializer bias_initializer",
      keep(units=1, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros"),
      _call_dense, _build_dense)  # fmt: skip


def _build_embedding(here: Locals, span: Span, made: Instance, shape: Any) -> None:
    own = made.fields
    size = (count_of(own["input_dim"], "input_dim"), count_of(own["output_dim"], "output_dim"))
    weight(here, span, made, "embeddings", size, own["embeddings_initializer"])


def _start_embedding(
    here: Locals, span: Span, made: Instance, inside: Any, out: Any, first: Any = "uniform", name: Any = None
) -> None:
    initialise(here, span, made, name)
    made.fields |= {"input_dim": inside, "output_dim": out, "embeddings_initializer": first}


LAYERS["tf.keras.layers.Embedding"] = class_of("Embedding", (LAYER,), {
    "__init__": method("tf.keras.layers.Embedding", _start_embedding,
                       "input_dim:inside output_dim:out embeddings_initializer:first * name input_length!"),
    "build": method("build", _build_embedding, "input_shape:shape"),
    "call": method("Embedding", lambda here, span, made, x: networks.torch_embedding(x, made.fields["embeddings"]),
                   "inputs:x"),
})  # fmt: skip


# -- normalisation and dropout ---------------------------------------------------------------------------------------


def _scale_and_offset(here: Locals, span: Span, made: Instance, size: tuple[int, ...]) -> None:
    own = made.fields
    own["gamma"] = own["beta"] = None
    if own["scale"]:
        weight(here, span, made, "gamma", size, own["gamma_initializer"])
    if own["center"]:
        weight(here, span, made, "beta", size, own["beta_initializer"])


def _axis_of(made: Instance, rank: int) -> int:
    axis = whole(made.fields["axis"][0] if isinstance(made.fields["axis"], list | tuple) else made.fields["axis"])
    if axis not in (-1, rank - 1):
        raise Refusal(
            say("language.only-last-axis", "`{name}` goes along the last axis here.", name=made.of.name),
            say("language.leave-axis-out", "Leave `axis` out, and move the axis first."),
        )
    return -1


def _build_layer_norm(here: Locals, span: Span, made: Instance, shape: Any) -> None:
    _axis_of(made, len(shape))
    _scale_and_offset(here, span, made, (shape[-1],))


layer("LayerNormalization", "axis epsilon center scale beta_initializer gamma_initializer",
      keep(axis=-1, epsilon=1e-3, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones"),
      lambda here, span, made, x: F.layer_norm(x, 1, made.fields["gamma"], made.fields["beta"],
                                               made.fields["epsilon"]),
      _build_layer_norm)  # fmt: skip


def _build_batch_norm(here: Locals, span: Span, made: Instance, shape: Any) -> None:
    own, size = made.fields, (shape[-1],)
    _axis_of(made, len(shape))
    _scale_and_offset(here, span, made, size)
    weight(here, span, made, "moving_mean", size, own["moving_mean_initializer"], False)
    weight(here, span, made, "moving_variance", size, own["moving_variance_initializer"], False)


def _call_batch_norm(here: Locals, span: Span, made: Instance, x: Any, training: Any = False) -> Any:
    own = made.fields
    if not training or not own["trainable"]:
        return F.normalised(x, own["moving_mean"].primal, own["moving_variance"].primal, own["gamma"], own["beta"],
                            own["epsilon"])  # fmt: skip
    centre, variance = F.spread_over(x, tuple(range(len(f.shape_of(x)) - 1)))
    for past, now in ((own["moving_mean"], centre), (own["moving_variance"], variance)):
        past.assign(past.primal * own["momentum"] + np.ravel(f.plain(now)) * (1 - own["momentum"]))
    return F.normalised(x, centre, variance, own["gamma"], own["beta"], own["epsilon"])


layer("BatchNormalization", "axis momentum epsilon center scale beta_initializer gamma_initializer "
      "moving_mean_initializer moving_variance_initializer",
      keep(axis=-1, momentum=0.99, epsilon=1e-3, center=True, scale=True, beta_initializer="zeros",
           gamma_initializer="ones", moving_mean_initializer="zeros", moving_variance_initializer="ones"),
      _call_batch_norm, _build_batch_norm, "inputs:x training")  # fmt: skip


def _call_dropout(here: Locals, span: Span, made: Instance, x: Any, training: Any = False) -> Any:
    return networks.torch_dropout(here, span, x, made.fields["rate"], bool(training))


layer("Dropout", "rate seed!", keep(rate=0.5), _call_dropout, None, "inputs:x training")


# -- shapes, activations, sums ---------------------------------------------------------------------------------------


layer("Flatten", "", keep(), lambda here, span, made, x: f.reshape(x, (f.shape_of(x)[0], -1)))
layer("Reshape", "target_shape", keep(target_shape=()),
      lambda here, span, made, x: f.reshape(x, (f.shape_of(x)[0], *_target(made))))  # fmt: skip


def _target(made: Instance) -> tuple[int, ...]:
    given = made.fields["target_shape"]
    return tuple(-1 if whole(one) == -1 else whole_shape((one,))[0] for one in given)


layer("Activation", "activation", keep(activation=None),
      lambda here, span, made, x: activated(here, span, made.fields["activation"], x))  # fmt: skip
layer("ReLU", "max_value negative_slope", keep(max_value=None, negative_slope=0.0),
      lambda here, span, made, x: _relu(x, made.fields["max_value"], made.fields["negative_slope"]))  # fmt: skip
layer("LeakyReLU", "negative_slope", keep(negative_slope=0.3),
      lambda here, span, made, x: F.leaky_relu(x, made.fields["negative_slope"]))  # fmt: skip
layer("ELU", "", keep(), lambda here, span, made, x: F.elu(x))
layer("Softmax", "axis", keep(axis=-1), lambda here, span, made, x: F.softmax(x, whole(made.fields["axis"])))


def _relu(x: Any, most: Any, slope: Any) -> Any:
    made = F.leaky_relu(x, float(slope)) if slope else F.relu(x)
    return made if most is None else F.minimum(made, float(most))


layer("Rescaling", "scale offset", keep(scale=1.0, offset=0.0),
      lambda here, span, made, x: x * made.fields["scale"] + made.fields["offset"])  # fmt: skip
layer("Lambda", "function", keep(function=None),
      lambda here, span, made, x: invoke(here, made.fields["function"], [x], {}, span))  # fmt: skip


def _added(xs: list[Any]) -> Any:
    total = xs[0]
    for one in xs[1:]:
        total = total + one
    return total


def _multiplied(xs: list[Any]) -> Any:
    total = xs[0]
    for one in xs[1:]:
        total = total * one
    return total


for _name, _function in (
    ("Add", _added), ("Multiply", _multiplied), ("Subtract", lambda xs: xs[0] - xs[1]),
    ("Average", lambda xs: _added(xs) / float(len(xs))),
):  # fmt: skip
    layer(_name, "", keep(), lambda here, span, made, x, function=_function: function(list(x)))
layer("Concatenate", "axis", keep(axis=-1),
      lambda here, span, made, x: f.concatenate(list(x), whole(made.fields["axis"])))  # fmt: skip


def images_mean(axes: tuple[int, ...]) -> Callable[..., Any]:
    """A mean over axes of the input."""
    return lambda here, span, made, x: F.mean(x, axes)


layer("GlobalAveragePooling2D", "", keep(), images_mean((1, 2)))
layer("GlobalAveragePooling1D", "", keep(), images_mean((1,)))
layer("GlobalMaxPooling2D", "", keep(), lambda here, span, made, x: F.max(F.max(x, 1), 1))
