"""The methods that tensors have in common with NumPy's arrays, from the functions of the same names."""

from typing import Any

import numpy as np

from core.basics.types import Counts, Value
from core.functions import calling, elementwise, products, reductions, selecting, shaping
from core.tensor import Tensor

SAME_NAME: tuple[Value, ...] = (
    reductions.sum, reductions.mean, reductions.prod, reductions.max, reductions.min, reductions.var,
    reductions.std, reductions.cumsum, reductions.cumprod, shaping.reshape, shaping.ravel, shaping.squeeze,
    shaping.swapaxes, shaping.repeat, selecting.take, selecting.diagonal, selecting.compress,
    products.dot, products.trace, elementwise.clip, elementwise.round,
)  # fmt: skip
OTHER_NAMES: dict[str, Any] = {
    "flatten": shaping.ravel,
    "astype": calling.cast,
    "T": property(shaping.transpose),
    "mT": property(shaping.matrix_transpose),
    "real": property(elementwise.real),
    "flat": property(lambda x: iter(shaping.ravel(x))),
    "conj": elementwise.conj,
    "conjugate": elementwise.conj,
    "copy": lambda x: x,
    "__getitem__": selecting.getitem,
    "__divmod__": lambda x, y: (elementwise.floor_divide(x, y), elementwise.mod(x, y)),
    "__floordiv__": elementwise.floor_divide,
    "__rfloordiv__": lambda x, y: elementwise.floor_divide(y, x),
    "__round__": lambda x, n=0: elementwise.round(x, n or 0),
}
PLAIN = ("argmax", "argmin", "argsort", "all", "any", "nonzero", "tolist", "searchsorted")


def transpose(x: Value, *axes: Counts) -> Value:
    """Axes permuted, given as numbers or as one tuple; reversed when none are given."""
    return shaping.transpose(x, axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes or None)


def _on_value(name: str) -> Value:
    def method(self: Tensor, *arguments: Any, **keywords: Any) -> Value:
        return getattr(np.asarray(calling.plain(self)), name)(*map(calling.plain, arguments), **keywords)

    method.__name__ = name
    method.__doc__ = f"NumPy's {name} of the value; a plain result, through which no derivative flows."
    return method


def install() -> None:
    """Give tensors these methods."""
    for function in SAME_NAME:
        setattr(Tensor, function.__name__, function)
    for name, method in OTHER_NAMES.items():
        setattr(Tensor, name, method)
    for name in PLAIN:
        setattr(Tensor, name, _on_value(name))
    Tensor.transpose = transpose  # type: ignore[attr-defined]
