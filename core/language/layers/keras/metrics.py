"""`tf.keras.metrics`: numbers that are gathered over batches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.language.layers.classes import class_of, method
from core.language.layers.keras.losses import absolute, binary, categorical, numbers, sparse, squared
from core.language.machine.locals import Locals
from core.language.machine.objects import Class, Instance
from core.tensor import Tensor

TOTAL, COUNT = "<total>", "<count>"


def _start(here: Locals, span: Span, metric: Instance, name: Any = None) -> None:
    metric.fields |= {"name": name or metric.of.name.lower(), TOTAL: 0.0, COUNT: 0.0}


def _add(metric: Instance, values: Any, weight: Any = None) -> None:
    found = np.asarray(f.plain(numbers(values)), dtype=float)
    weights = np.ones(found.shape) if weight is None else np.broadcast_to(f.plain(numbers(weight)), found.shape)
    metric.fields[TOTAL] += float(np.sum(found * weights))
    metric.fields[COUNT] += float(np.sum(weights))


def _result(metric: Instance) -> Tensor:
    count = metric.fields[COUNT]
    return Tensor(metric.fields[TOTAL] / count if count and metric.of.name != "Sum" else metric.fields[TOTAL])


def _reset(metric: Instance) -> None:
    metric.fields[TOTAL] = metric.fields[COUNT] = 0.0


def _update_and_tell(here: Locals, span: Span, metric: Instance, *values: Any, **named: Any) -> Tensor:
    from_class = metric.of.find("update_state")
    from_class.call(metric, *values, **named)
    return _result(metric)


METRIC = class_of("Metric", (), {
    "__init__": method("Metric", _start, "name dtype!"),
    "result": method("result", _result, "", True),
    "reset_state": method("reset_state", _reset, "", True),
    "reset_states": method("reset_states", _reset, "", True),
    "__call__": method("metric", _update_and_tell, "*values **named"),
})  # fmt: skip


def _compared(name: str, of_samples: Callable[..., Any], options: str = "") -> Class:
    """A metric of targets and predictions."""
    names = options.split()

    def start(here: Locals, span: Span, metric: Instance, name: Any = None, **given: Any) -> None:
        _start(here, span, metric, name)
        metric.fields |= given

    def update(metric: Instance, y: Any, p: Any, weight: Any = None) -> None:
        given = {one: metric.fields[one] for one in names if one in metric.fields}
        _add(metric, of_samples(f.plain(numbers(y)), f.plain(numbers(p)), **given), weight)

    named = " ".join(f"{one}:{one}" for one in names)
    return class_of(name, (METRIC,), {
        "__init__": method(f"tf.keras.metrics.{name}", start, f"* name dtype! {named}"),
        "update_state": method("update_state", update, "y_true:y y_pred:p sample_weight:weight", True),
    })  # fmt: skip


def _labels(y: Any, p: Any) -> Any:
    y = np.asarray(y)
    return y[..., 0] if y.ndim == np.ndim(p) and y.shape[-1:] == (1,) else y


def _share_right(y: Any, p: Any) -> Any:
    return np.asarray(_labels(y, p) == np.argmax(p, -1), dtype=float)


def _same_class(y: Any, p: Any) -> Any:
    return np.asarray(np.argmax(y, -1) == np.argmax(p, -1), dtype=float)


def _same_side(y: Any, p: Any, threshold: Any = 0.5) -> Any:
    return np.mean(np.asarray(y == (np.asarray(p) > threshold), dtype=float), -1)


def _equal(y: Any, p: Any) -> Any:
    return np.asarray(np.asarray(y) == np.asarray(p), dtype=float)


def _mean_class(name: str) -> Class:
    return class_of(name, (METRIC,), {
        "__init__": method(f"tf.keras.metrics.{name}", _start, "name dtype!"),
        "update_state": method("update_state", _add, "values sample_weight:weight", True),
    })  # fmt: skip


METRICS: dict[str, Any] = {
    "tf.keras.metrics.Metric": METRIC,
    **{f"tf.keras.metrics.{name}": _mean_class(name) for name in ("Mean", "Sum")},
    **{
        f"tf.keras.metrics.{name}": _compared(name, function, options)
        for name, function, options in (
            ("MeanSquaredError", squared, ""), ("MeanAbsoluteError", absolute, ""),
            ("SparseCategoricalAccuracy", _share_right, ""), ("CategoricalAccuracy", _same_class, ""),
            ("BinaryAccuracy", _same_side, "threshold"), ("Accuracy", _equal, ""),
            ("BinaryCrossentropy", binary, "from_logits"), ("CategoricalCrossentropy", categorical, "from_logits"),
            ("SparseCategoricalCrossentropy", sparse, "from_logits"),
        )
    },
}  # fmt: skip
