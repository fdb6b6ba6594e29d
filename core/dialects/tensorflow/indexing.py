"""Selection and scattering: TensorFlow's slices, gather, scatter and masks.

Knows the engine's functions and the dialect's tensors.
"""

import operator
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from core import functions as f
from core.basics.words import say
from core.dialects.tensorflow.errors import InvalidArgumentError
from core.dialects.tensorflow.made import own
from core.dialects.tensorflow.tensor import EagerTensor, Surface, call, convert, together, whole

# What `tf` has of these besides the functions of the table.
NAMES = (
    "slice", "strided_slice", "scatter_nd", "tensor_scatter_nd_add", "tensor_scatter_nd_sub", "tensor_scatter_nd_max",
    "tensor_scatter_nd_min",
)  # fmt: skip
builtin_slice = slice


def getitem(x: Any, key: Any) -> EagerTensor:
    """x[key] with TensorFlow's keys: integers, slices, `...`, newaxis, or a mask."""
    if isinstance(key, Surface) and key.dtype == "bool" or isinstance(key, np.ndarray) and key.dtype == bool:
        return boolean_mask(x, key)
    parts = tuple(_plain_part(part) for part in (key if isinstance(key, tuple) else (key,)))
    return call(_indexed(parts), convert(x))


def _indexed(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    def slicing(a: Any) -> Any:
        return f.getitem(a, parts if len(parts) > 1 else parts[0])

    return slicing


def _plain_part(part: Any) -> Any:
    if part is None or part is Ellipsis:
        return part
    if isinstance(part, builtin_slice):
        ends = (part.start, part.stop, part.step)
        return builtin_slice(*(None if end is None else operator.index(end) for end in ends))
    try:
        return operator.index(part)
    except TypeError:
        raise TypeError(
            say(
                "tensorflow.only-integers-slices-ellipsis",
                "only integers, slices (`:`), ellipsis (`...`), tf.newaxis and scalar integer tensors are valid "
                "indices, got {part!r}; use tf.gather for several positions",
                part=part,
            )
        ) from None


setattr(Surface, "__getitem__", getitem)  # noqa: B010 - the checker refuses to assign a method


def slice(input_: Any, begin: Any, size: Any, name: Any = None) -> EagerTensor:
    """The part that begins there and has the size; -1 for all that is left."""
    begin, size = np.atleast_1d(whole(begin)).tolist(), np.atleast_1d(whole(size)).tolist()
    return getitem(input_, tuple(builtin_slice(b, None if n < 0 else b + n) for b, n in zip(begin, size, strict=True)))


def strided_slice(input_: Any, begin: Any, end: Any, strides: Any = None, name: Any = None) -> EagerTensor:
    """The part from begin to end in strides."""
    begin, end = whole(begin), whole(end)
    steps = (1,) * len(begin) if strides is None else whole(strides)
    return getitem(input_, tuple(map(builtin_slice, begin, end, steps)))


def _places(indices: Any) -> np.ndarray:
    places = np.asarray(convert(indices).primal)
    if places.dtype.kind not in "iu":
        raise InvalidArgumentError(
            say(
                "tensorflow.indices-must-whole-numbers",
                "indices must be whole numbers, not {dtype}",
                dtype=places.dtype,
            )
        )
    return places


def _check_range(places: np.ndarray, length: int) -> None:
    outside = places[(places < 0) | (places >= length)]
    if outside.size:
        raise InvalidArgumentError(
            say("tensorflow.index-not-0", "index {flat} is not in [0, {length})", flat=outside.flat[0], length=length)
        )


@own("gather")
def gather(
    params: Any, indices: Any, validate_indices: Any = None, axis: Any = None, batch_dims: int = 0, name: Any = None
) -> EagerTensor:
    """The slices at the indices along an axis."""
    x, places = convert(params), _places(indices)
    axis = batch_dims if axis is None else whole(axis)
    axis = axis if axis >= 0 else axis + len(x.shape)
    if not 0 <= axis < len(x.shape):
        raise InvalidArgumentError(
            say(
                "tensorflow.gather-along-axis-tensor",
                "gather along axis {axis} of a tensor of shape {shape}",
                axis=axis,
                shape=x.shape,
            )
        )
    _check_range(places, x.shape[axis])
    if not batch_dims:
        return call(f.take, x, indices=places, axis=axis)
    grid = np.indices(places.shape, sparse=True)[:batch_dims]
    between = (builtin_slice(None),) * (axis - batch_dims)
    if between:
        raise InvalidArgumentError(
            say(
                "tensorflow.gather-batch-dims-works",
                "gather with batch_dims works along the axis right after the batch here",
            )
        )
    return call(f.getitem, x, key=(*grid, places))


@own("gather_nd")
def gather_nd(params: Any, indices: Any, batch_dims: int = 0, name: Any = None) -> EagerTensor:
    """The elements or slices at positions that are rows of the indices."""
    x, places = convert(params), _places(indices)
    if batch_dims:
        grid = np.indices(places.shape[:-1], sparse=True)[:batch_dims]
        return call(f.getitem, x, key=(*grid, *np.moveaxis(places, -1, 0)))
    return call(f.getitem, x, key=_key(places, x.shape))


def _key(places: np.ndarray, shape: tuple[int, ...]) -> tuple[np.ndarray, ...]:
    if places.shape[-1] > len(shape):
        raise InvalidArgumentError(
            say(
                "tensorflow.positions-numbers-tensor-shape",
                "positions with {shape} numbers in a tensor of shape {other}",
                shape=places.shape[-1],
                other=tuple(shape),
            )
        )
    for axis, column in enumerate(np.moveaxis(places, -1, 0)):
        _check_range(column, shape[axis])
    return tuple(np.moveaxis(places, -1, 0))


@own("boolean_mask")
def boolean_mask(tensor: Any, mask: Any, axis: Any = None, name: Any = "boolean_mask") -> EagerTensor:
    """The elements or slices where the mask holds."""
    x, chosen = convert(tensor), np.asarray(convert(mask).primal, bool)
    axis = whole(axis) or 0
    if not chosen.ndim:
        raise ValueError(say("tensorflow.mask-cannot-scalar", "the mask cannot be a scalar"))
    if tuple(x.shape[axis : axis + chosen.ndim]) != chosen.shape:
        raise ValueError(
            say(
                "tensorflow.shapes-incompatible-mask-must",
                "Shapes {shape} and {other} are incompatible: the mask must fit the tensor",
                shape=tuple(x.shape),
                other=chosen.shape,
            )
        )
    return call(f.getitem, x, key=(*[builtin_slice(None)] * axis, *np.nonzero(chosen)))


def scatter_nd(indices: Any, updates: Any, shape: Any, name: Any = None) -> EagerTensor:
    """Zeros of the shape with the updates added at the positions."""
    sizes = whole(shape)
    return call(f.scatter_add, convert(updates), key=_key(_places(indices), sizes), shape=sizes)


@own("scatter_update")
def tensor_scatter_nd_update(tensor: Any, indices: Any, updates: Any, name: Any = None) -> EagerTensor:
    """A copy with the updates at the positions; of two updates of one position the last stays."""
    x, y = together(tensor, updates)
    key = _key(_places(indices), x.shape)
    return call(lambda a, b: f.setitem(a, key, b), x, y)


def _scattered(combine: Callable[[Any, Any], Any]) -> Callable[..., EagerTensor]:
    def scatter(tensor: Any, indices: Any, updates: Any, name: Any = None) -> EagerTensor:
        x, y = together(tensor, updates)
        key = _key(_places(indices), x.shape)
        return call(lambda a, b: combine(a, (b, key)), x, y)

    return scatter


def _added(a: Any, update: Any) -> Any:
    b, key = update
    return f.add(a, f.scatter_add(b, key, f.shape_of(a)))


def _subtracted(a: Any, update: Any) -> Any:
    b, key = update
    return f.sub(a, f.scatter_add(b, key, f.shape_of(a)))


def _extreme(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def combine(a: Any, update: Any) -> Any:
        b, key = update
        return f.setitem(a, key, function(f.getitem(a, key), b))

    return combine


tensor_scatter_nd_add, tensor_scatter_nd_sub = _scattered(_added), _scattered(_subtracted)
tensor_scatter_nd_max, tensor_scatter_nd_min = _scattered(_extreme(f.maximum)), _scattered(_extreme(f.minimum))


def unsorted_segment_sum(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> EagerTensor:
    """The sum of the rows with each id."""
    x, places = convert(data), _places(segment_ids)
    return call(f.scatter_add, x, key=(places,), shape=(whole(num_segments), *x.shape[places.ndim :]))


def segment_sum(data: Any, segment_ids: Any, name: Any = None) -> EagerTensor:
    """The sum of the rows with each id, ids in ascending order."""
    return unsorted_segment_sum(data, segment_ids, int(np.max(_places(segment_ids))) + 1)


def embedding_lookup(params: Any, ids: Any, max_norm: Any = None, name: Any = None) -> EagerTensor:
    """The rows of a table at the ids."""
    return gather(params, ids)


class TopK(NamedTuple):
    """What `top_k` gives."""

    values: EagerTensor
    indices: EagerTensor


def top_k(input: Any, k: Any = 1, sorted: bool = True, index_type: Any = None, name: Any = None) -> TopK:
    """The k largest elements along the last axis, and where they are; of equal ones the first."""
    x, k = convert(input), whole(k)
    if not x.shape:
        raise InvalidArgumentError(say("tensorflow.top-k-needs-tensor", "top_k needs a tensor of at least one axis"))
    if k > x.shape[-1]:
        raise InvalidArgumentError(
            say(
                "tensorflow.input-must-least-columns",
                "input must have at least {k} columns, it has {shape}",
                k=k,
                shape=x.shape[-1],
            )
        )
    order = np.argsort(-np.asarray(x.primal), axis=-1, kind="stable")[..., :k]
    return TopK(call(f.take_along_axis, x, indices=order, axis=-1), convert(order.astype(np.int32)))
