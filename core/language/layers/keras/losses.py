"""`tf.keras.losses`: one number for each sample, and how these become one; as classes and as functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.layers.classes import class_of, method
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.objects import Class, Instance
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, show

F: Any = f
NEAR_ZERO = 1e-7  # how far Keras keeps shares from 0 and 1
REDUCTIONS = ("sum_over_batch_size", "mean", "mean_with_sample_weight", "sum", "none", None)


def _mean(x: Any) -> Any:
    return F.mean(x, -1) if f.shape_of(x) else x


def squared(y: Any, p: Any) -> Any:
    return _mean(F.square(p - y))


def absolute(y: Any, p: Any) -> Any:
    return _mean(F.absolute(p - y))


def huber(y: Any, p: Any, delta: Any = 1.0) -> Any:
    return _mean(F.huber_loss(p, y, float(delta), "none"))


def hinge(y: Any, p: Any) -> Any:
    signs = y * 2.0 - 1.0 if np.all(np.isin(f.plain(y), (0, 1))) else y
    return _mean(F.maximum(1.0 - signs * p, 0.0))


def binary(y: Any, p: Any, from_logits: Any = False, label_smoothing: Any = 0.0) -> Any:
    y = y * (1.0 - label_smoothing) + 0.5 * label_smoothing if label_smoothing else y
    if from_logits:
        return _mean(F.sigmoid_cross_entropy(y, p))
    p = F.clip(p, NEAR_ZERO, 1.0 - NEAR_ZERO)
    return _mean(F.neg(y * F.log(p) + (1.0 - y) * F.log(1.0 - p)))


def categorical(y: Any, p: Any, from_logits: Any = False, label_smoothing: Any = 0.0) -> Any:
    y = y * (1.0 - label_smoothing) + label_smoothing / f.shape_of(y)[-1] if label_smoothing else y
    if from_logits:
        return F.softmax_cross_entropy(y, p)
    p = F.clip(p / F.sum(p, -1, True), NEAR_ZERO, 1.0 - NEAR_ZERO)
    return F.neg(F.sum(y * F.log(p), -1))


def sparse(y: Any, p: Any, from_logits: Any = False) -> Any:
    labels = np.asarray(f.plain(y)).astype(int)
    if labels.ndim == len(f.shape_of(p)) and labels.shape[-1] == 1:
        labels = labels[..., 0]
    return F.sparse_cross_entropy(labels, p if from_logits else F.log(F.clip(p, NEAR_ZERO, 1.0 - NEAR_ZERO)))


def divergence(y: Any, p: Any) -> Any:
    y, p = F.clip(y, NEAR_ZERO, 1.0), F.clip(p, NEAR_ZERO, 1.0)
    return F.sum(y * F.log(y / p), -1)


ENTRIES: tuple[tuple[str, tuple[str, ...], Callable[..., Any], str], ...] = (
    ("MeanSquaredError", ("mean_squared_error", "mse", "MSE"), squared, ""),
    ("MeanAbsoluteError", ("mean_absolute_error", "mae", "MAE"), absolute, ""),
    ("Huber", ("huber",), huber, "delta"),
    ("Hinge", ("hinge",), hinge, ""),
    ("BinaryCrossentropy", ("binary_crossentropy",), binary, "from_logits label_smoothing"),
    ("CategoricalCrossentropy", ("categorical_crossentropy",), categorical, "from_logits label_smoothing"),
    ("SparseCategoricalCrossentropy", ("sparse_categorical_crossentropy",), sparse, "from_logits"),
    ("KLDivergence", ("kl_divergence", "kld"), divergence, ""),
)


def numbers(value: Any) -> Any:
    """Lists as arrays, and whole numbers as they are."""
    return f.array(value) if isinstance(value, list | tuple) else value


def _as_floats(y: Any) -> Any:
    return f.cast(y, np.dtype(float)) if np.asarray(f.plain(y)).dtype.kind in "iub" else y


def _start(here: Locals, span: Span, loss: Instance, name: Any = None, reduction: Any = "sum_over_batch_size") -> None:
    if reduction not in REDUCTIONS:
        known = ", ".join(map(str, REDUCTIONS))
        raise Refusal(
            say("language.unknown-reduction", "`reduction` is one of {known}, not {given}.", known=known,
                given=show(reduction, True))
        )  # fmt: skip
    loss.fields |= {"reduction": reduction, "name": name or loss.of.name}


def _call(here: Locals, span: Span, loss: Instance, y: Any, p: Any, weight: Any = None) -> Any:
    """The losses of the samples, weighted and reduced."""
    losses = invoke(here, Builtin("call", lambda here, span, *values: invoke(
        here, loss.of.find("call"), [loss, *values], {}, span), ("*values",), wants_locals=True),
        [numbers(y), numbers(p)], {}, span)  # fmt: skip
    if weight is not None:
        losses = losses * numbers(weight)
    if loss.fields.get("reduction") in ("none", None):
        return losses
    return F.sum(losses) if loss.fields["reduction"] == "sum" else F.mean(losses)


LOSS = class_of("Loss", (), {
    "__init__": method("Loss", _start, "name reduction dtype!"),
    "__call__": method("loss", _call, "y_true:y y_pred:p sample_weight:weight"),
})  # fmt: skip


def _class(name: str, function: Callable[..., Any], options: str) -> Class:
    names = options.split()

    def start(here: Locals, span: Span, loss: Instance, *values: Any, name: Any = None,
              reduction: Any = "sum_over_batch_size", **named: Any) -> None:  # fmt: skip
        _start(here, span, loss, name, reduction)
        loss.fields |= {**dict(zip(names, values)), **named}

    def call(here: Locals, span: Span, loss: Instance, y: Any, p: Any) -> Any:
        given = {one: loss.fields[one] for one in names if one in loss.fields}
        return function(y if function is sparse else _as_floats(y), p, **given)

    path = f"tf.keras.losses.{name}"
    return class_of(name, (LOSS,), {
        "__init__": method(path, start, f"{options} * reduction name dtype! ignore_class! axis!"
                           if "from_logits" in options else f"{options} reduction name dtype!"),
        "call": method(path, call, "y_true:y y_pred:p"),
    })  # fmt: skip


def _function(path: str, function: Callable[..., Any], options: str) -> Builtin:
    def call(y: Any, p: Any, **given: Any) -> Any:
        y, p = numbers(y), numbers(p)
        return function(y if function is sparse else _as_floats(y), p, **given)

    return Builtin(path, call, ("y_true:y", "y_pred:p", *(f"{one}:{one}" for one in options.split())))


LOSSES: dict[str, Any] = {"tf.keras.losses.Loss": LOSS}
BY_NAME: dict[str, Builtin] = {}
for _name, _functions, _call_of, _options in ENTRIES:
    LOSSES[f"tf.keras.losses.{_name}"] = _class(_name, _call_of, _options)
    for _short in _functions:
        LOSSES[f"tf.keras.losses.{_short}"] = _function(f"tf.keras.losses.{_short}", _call_of, _options)
        BY_NAME[_short] = LOSSES[f"tf.keras.losses.{_short}"]
        if _name.startswith("Mean"):
            LOSSES[f"tf.keras.metrics.{_short}"] = LOSSES[f"tf.keras.losses.{_short}"]
