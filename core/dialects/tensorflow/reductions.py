"""TensorFlow's reductions, running totals, norms and clipping by norm.

Knows the engine's functions and the dialect's tensors.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from core import functions as f
from core.dialects.tensorflow.dtypes import as_numpy
from core.dialects.tensorflow.made import in_kind, own, undifferentiable
from core.dialects.tensorflow.tensor import EagerTensor, call, convert, floating, numbers, together, whole


@own("mean")
def reduce_mean(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: Any = None) -> EagerTensor:
    """Mean over the axes; nan over nothing."""
    x, axis = numbers("reduce_mean", input_tensor), whole(axis)
    if x.shape.num_elements() == 0:
        return call(lambda a: f.div(f.sum(a, axis, keepdims), float(f.count(a, axis))), x)
    return in_kind(call(f.mean, x, axis=axis, keepdims=bool(keepdims)), x)


def _extreme(
    name: str, value: Any, axis: Any, keepdims: bool, function: Callable[..., Any], of_nothing: float
) -> EagerTensor:
    x = numbers(name, value)
    if x.shape.num_elements() == 0:
        if x.dtype.is_integer:
            of_nothing = x.dtype.min if of_nothing < 0 else x.dtype.max
        return in_kind(call(lambda a: f.add(f.sum(a, whole(axis), bool(keepdims)), of_nothing), x), x)
    return call(function, x, axis=whole(axis), keepdims=bool(keepdims))


@own("max")
def reduce_max(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: Any = None) -> EagerTensor:
    """Largest element over the axes; equal ones share the slope."""
    return _extreme("reduce_max", input_tensor, axis, keepdims, f.max, -math.inf)


@own("min")
def reduce_min(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: Any = None) -> EagerTensor:
    """Smallest element over the axes; equal ones share the slope."""
    return _extreme("reduce_min", input_tensor, axis, keepdims, f.min, math.inf)


def reduce_euclidean_norm(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: Any = None) -> EagerTensor:
    """The square root of the sum of squares over the axes."""
    return norm(input_tensor, 2 if axis is not None else "euclidean", axis, keepdims)


@own("count_nonzero")
def count_nonzero(
    input: Any, axis: Any = None, keepdims: Any = None, dtype: Any = "int64", name: Any = None
) -> EagerTensor:
    """How many elements are not 0."""
    kind = as_numpy(dtype)
    return undifferentiable(
        "count_nonzero",
        lambda a: np.asarray(np.count_nonzero(a, axis=whole(axis), keepdims=bool(keepdims))).astype(kind),
        convert(input),
    )


def zero_fraction(value: Any, name: Any = None) -> EagerTensor:
    """The share of elements that are 0."""
    return undifferentiable("zero_fraction", lambda a: np.mean(a == 0, dtype=np.float32), convert(value))


@own("argmax")
def argmax(input: Any, axis: Any = None, output_type: Any = "int64", name: Any = None) -> EagerTensor:
    """The position of the largest element along an axis, the first axis by default."""
    return _arg(np.argmax, input, axis, output_type)


@own("argmin")
def argmin(input: Any, axis: Any = None, output_type: Any = "int64", name: Any = None) -> EagerTensor:
    """The position of the smallest element along an axis, the first axis by default."""
    return _arg(np.argmin, input, axis, output_type)


def _arg(function: Callable[..., Any], x: Any, axis: Any, output_type: Any) -> EagerTensor:
    place, kind = whole(axis) or 0, as_numpy(output_type)
    return undifferentiable(
        function.__name__,
        lambda a: np.asarray(function(a, axis=place if np.ndim(a) else None)).astype(kind),
        convert(x),
    )


@own("cumsum")
def cumsum(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: Any = None) -> EagerTensor:
    """Running sum along an axis; `exclusive` leaves out the element itself, `reverse` starts from the end."""
    return _running(f.cumsum, numbers("cumsum", x), whole(axis), exclusive, reverse, 0.0)


@own("cumprod")
def cumprod(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: Any = None) -> EagerTensor:
    """Running product along an axis; `exclusive` leaves out the element itself, `reverse` starts from the end."""
    return _running(f.cumprod, numbers("cumprod", x), whole(axis), exclusive, reverse, 1.0)


def _running(
    function: Callable[..., Any], x: Any, axis: int, exclusive: bool, reverse: bool, first: float
) -> EagerTensor:
    def running(a: Any) -> Any:
        a = f.flip(a, axis) if reverse else a
        if exclusive:
            before = np.full_like(np.take(a.primal, [0], axis), first)
            a = f.concatenate([before, f.take(a, slice(0, f.shape_of(a)[axis] - 1), axis)], axis)
        result = function(a, axis)
        return f.flip(result, axis) if reverse else result

    return in_kind(call(running, x), x)


@own("norm")
def norm(
    tensor: Any, ord: Any = "euclidean", axis: Any = None, keepdims: bool = False, name: Any = None
) -> EagerTensor:
    """Norm of all elements (or over the axes) as of one vector: euclidean, 1, inf or any order p."""
    axis, order = whole(axis), ord.primal if isinstance(ord, EagerTensor) else ord

    def measured(a: Any) -> Any:
        if order in ("euclidean", "fro", 2):
            return f.sqrt(f.sum(f.mul(a, a), axis, keepdims))
        if order == 1:
            return f.sum(f.absolute(a), axis, keepdims)
        if order == math.inf:
            return f.max(f.absolute(a), axis, keepdims)
        return f.power(f.sum(f.power(f.absolute(a), order), axis, keepdims), 1 / order)

    return call(measured, floating("norm", tensor))


@own("clip_by_norm")
def clip_by_norm(t: Any, clip_norm: Any, axes: Any = None, name: Any = None) -> EagerTensor:
    """The tensor shortened to the norm if it is longer."""
    axes = whole(axes)

    def clipped(a: Any, limit: Any) -> Any:
        total = f.sum(f.mul(a, a), axes, True)
        positive = total.primal > 0
        length = f.where(positive, f.sqrt(f.where(positive, total, 1.0)), total)
        return f.div(f.mul(a, limit), f.maximum(length, limit))

    return call(clipped, *together(t, clip_norm))


def global_norm(t_list: Any, name: Any = None) -> EagerTensor:
    """The norm of several tensors as of one vector; None among them is left out."""
    tensors = together(*(tensor for tensor in t_list if tensor is not None))

    def measured(*parts: Any) -> Any:
        total = f.sum(f.square(parts[0]))
        for part in parts[1:]:
            total = f.add(total, f.sum(f.square(part)))
        return f.sqrt(total)

    return call(measured, *tensors)


def clip_by_global_norm(t_list: Any, clip_norm: Any, use_norm: Any = None, name: Any = None) -> tuple[Any, EagerTensor]:
    """Several tensors shortened together to the norm; returns them and the norm they had."""
    length = global_norm(t_list) if use_norm is None else convert(use_norm)

    def scaled(a: Any, whole_length: Any, limit: Any) -> Any:
        return f.mul(a, f.div(limit, f.maximum(whole_length, limit)))

    return [None if t is None else call(scaled, *together(t, length, clip_norm)) for t in t_list], length
