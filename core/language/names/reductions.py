"""Functions of programs that take many numbers together: as TensorFlow and PyTorch mean them, and fits.

Where NumPy's meaning is asked for, the engine's own functions serve.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.language.dialects import kinks
from core.language.machine.keys import whole
from core.language.machine.outcome import Refusal
from core.language.names.library import as_array, values_of
from core.tensor import Tensor


def _of_sample(spread: Any) -> Any:
    """PyTorch's variance or deviation: divided by one less than the count, unless told otherwise."""

    def call(x: Any, axis: Any = None, ddof: int = 1, keepdims: bool = False, unbiased: bool = True) -> Any:
        if isinstance(axis, bool):  # torch.var(x, False)
            axis, unbiased = None, axis
        return spread(x, axis, ddof if unbiased else 0, keepdims)

    return call


sample_variance, sample_deviation = _of_sample(f.var), _of_sample(kinks.flat_deviation)


class Extremes(tuple):
    """The largest (or smallest) values along an axis, and their positions."""

    __slots__ = ()


def torch_extreme(name: str, x: Any, axis: Any, keepdims: bool = False) -> Any:
    """PyTorch's maximum along an axis, with positions; of two tensors, the larger one element by element."""
    if isinstance(axis, Tensor | np.ndarray):
        return kinks.OF_LIBRARY["torch"][f"{name}imum"](x, axis)
    places = np.expand_dims(getattr(np, f"arg{name}")(values_of(x), whole(axis)), whole(axis))
    values = f.take_along_axis(x, places, whole(axis))
    if keepdims:
        return Extremes((values, Tensor(places)))
    return Extremes((f.squeeze(values, whole(axis)), Tensor(np.squeeze(places, whole(axis)))))


def _of_all_or_along(name: str) -> Any:
    """torch.max or torch.min: of all elements, along an axis, or of two tensors."""

    def call(x: Any, dim: Any = None, keepdim: bool = False, other: Any = None) -> Any:
        dim = dim if other is None else other
        return getattr(f, name)(x) if dim is None else torch_extreme(name, x, dim, keepdim)

    return call


torch_max, torch_min = _of_all_or_along("max"), _of_all_or_along("min")


def total(x: Any) -> Any:
    return sum(x)


def product(x: Any, start: Any = 1) -> Any:
    return math.prod(x, start=start)


def dist(p: Any, q: Any) -> Any:
    return f.norm(as_array(p) - as_array(q))


def torch_norm(x: Any, ord: Any = 2, axis: Any = None, keepdims: Any = False) -> Any:
    """As torch.norm: a number asks for the norm of vectors, whatever the axes; "fro" and "nuc" for that of matrices."""
    if isinstance(ord, str):
        return f.norm(x, ord, axis, bool(keepdims))
    return FLAT_VECTOR_NORM(x, ord, tuple(axis) if isinstance(axis, list) else axis, bool(keepdims))


FLAT_VECTOR_NORM = kinks.flat_norm(f.vector_norm)


def lstsq(x: Any, y: Any, rcond: Any = None) -> tuple:
    """The least-squares solution, as NumPy gives it: with residuals, rank and singular values.

    Singular values below `rcond` times the largest count as 0.
    """
    if len(f.shape_of(x)) != 2:
        raise Refusal(
            say("language.lstsq-needs-matrix-not", "`lstsq` needs a matrix, not shape {shape}.", shape=f.shape_of(x)),
            say("language.write-x-none-single", "Write x[:, None] for a single column."),
        )
    rows, columns = f.shape_of(x)
    inner = f.swapaxes(x, 0, 1) @ x
    values = np.linalg.svd(values_of(x), compute_uv=False)
    cut = max(rows, columns) * float(np.finfo(float).eps) if rcond is None else float(rcond)
    full = int(np.sum(values > values.max(initial=0.0) * cut))
    solution = f.solve(inner, f.swapaxes(x, 0, 1) @ y) if full == columns else f.pinv(x, cut) @ y
    missed = f.reshape(x @ solution - y, (rows, -1))
    residuals = f.sum(f.square(missed), 0) if full == columns < rows else np.zeros(0)
    return solution, residuals, full, values


def polyfit(x: Any, y: Any, deg: Any) -> Any:
    """The coefficients of the polynomial that fits best, highest power first."""
    return lstsq(f.vander(x, whole(deg) + 1), y)[0]
