"""TensorFlow's functions that make tensors and that put elements elsewhere: shapes, joins, repeats, order.

Knows the engine's functions and the dialect's tensors; selection by index is next door.
"""

from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.dialects.tensorflow.dtypes import TensorShape, as_numpy
from core.dialects.tensorflow.errors import InvalidArgumentError
from core.dialects.tensorflow.made import RULES, at, own, undifferentiable
from core.dialects.tensorflow.tensor import EagerTensor, Surface, Variable, call, convert, eager, together, whole

FLOAT = "float32"
RULES["reshape"] = lambda x, shape: f.reshape(x, shape)
reshape, broadcast_to = at("tf.reshape"), at("tf.broadcast_to")


# -- making ------------------------------------------------------------------------------------------------------


@own("constant")
def constant(value: Any, dtype: Any = None, shape: Any = None, name: Any = None) -> EagerTensor:
    """A tensor that no tape watches by itself; a list of tensors loses its gradient, a single one keeps it."""
    if isinstance(value, list | tuple):
        value = _detached(value)
    tensor = convert_to_tensor(value, dtype)
    if shape is None or tuple(whole(shape)) == tensor.shape:
        return tensor
    return fill(shape, tensor) if tensor.shape.num_elements() == 1 else reshape(tensor, shape)


def _detached(values: Any) -> Any:
    if isinstance(values, list | tuple):
        return [_detached(value) for value in values]
    return values.numpy() if isinstance(values, Surface) else values


@own("convert_to_tensor")
def convert_to_tensor(value: Any, dtype: Any = None, dtype_hint: Any = None, name: Any = None) -> EagerTensor:
    """A tensor of the value; variables are read, lists of tensors are stacked."""
    tensor = convert(value, dtype, dtype_hint)
    return tensor.read_value() if isinstance(tensor, Variable) else tensor


@own("zeros")
def zeros(shape: Any, dtype: Any = FLOAT, name: Any = None) -> EagerTensor:
    """Zeros in the shape."""
    return eager(np.zeros(whole(shape), as_numpy(dtype)))


@own("ones")
def ones(shape: Any, dtype: Any = FLOAT, name: Any = None) -> EagerTensor:
    """Ones in the shape."""
    return eager(np.ones(whole(shape), as_numpy(dtype)))


@own("full")
def fill(dims: Any, value: Any, name: Any = None) -> EagerTensor:
    """One value everywhere in the shape."""
    return broadcast_to(convert(value), dims)


@own("eye")
def eye(
    num_rows: Any, num_columns: Any = None, batch_shape: Any = None, dtype: Any = FLOAT, name: Any = None
) -> EagerTensor:
    """Ones on the diagonal, zeros elsewhere."""
    matrix = np.eye(whole(num_rows), whole(num_columns), dtype=as_numpy(dtype))
    return eager(matrix if batch_shape is None else np.broadcast_to(matrix, (*whole(batch_shape), *matrix.shape)))


@own("zeros_like")
def zeros_like(input: Any, dtype: Any = None, name: Any = None) -> EagerTensor:
    """Zeros in the shape of a tensor."""
    x = convert(input)
    return zeros(x.shape, x.dtype if dtype is None else dtype)


@own("ones_like")
def ones_like(input: Any, dtype: Any = None, name: Any = None) -> EagerTensor:
    """Ones in the shape of a tensor."""
    x = convert(input)
    return ones(x.shape, x.dtype if dtype is None else dtype)


RANGE_KINDS = ("int32", "int64", "float16", "float32", "float64")  # the widest of the three ends decides


@own("arange")
def range(start: Any, limit: Any = None, delta: Any = 1, dtype: Any = None, name: Any = None) -> EagerTensor:
    """Numbers from start up to the limit, which is left out, in steps of delta."""
    if limit is None:
        start, limit = 0, start
    ends = [convert(one) for one in (start, limit, delta)]
    values = np.arange(ends[0].primal, ends[1].primal, ends[2].primal)
    kinds = [one.dtype.name for one in ends]
    if not set(kinds) <= set(RANGE_KINDS):
        raise InvalidArgumentError(
            say(
                "tensorflow.range-over-not-over",
                "a range over {kinds}, not over {range_kinds}",
                kinds=", ".join(kinds),
                range_kinds=", ".join(RANGE_KINDS),
            )
        )
    if dtype is None:
        dtype = max(kinds, key=RANGE_KINDS.index)
    return eager(values.astype(as_numpy(dtype)))


@own("linspace")
def linspace(start: Any, stop: Any, num: Any, name: Any = None, axis: int = 0) -> EagerTensor:
    """Evenly spaced numbers from start to stop, both included."""

    def spaced(a: Any, b: Any) -> Any:
        share = np.linspace(0.0, 1.0, whole(num)).astype(f.dtype_of(a))
        shape = [-1, *[1] * len(f.shape_of(a))]
        return f.moveaxis(f.add(a, f.mul(f.sub(b, a), share.reshape(shape))), 0, axis)

    return call(spaced, *together(start, stop))


@own("one_hot")
def one_hot(
    indices: Any, depth: Any, on_value: Any = None, off_value: Any = None, axis: Any = None, dtype: Any = None,
    name: Any = None,
) -> EagerTensor:  # fmt: skip
    """A row for each index, with the on value at that place."""
    places, depth = np.asarray(convert(indices).primal), whole(depth)
    chosen = places[..., None] == np.arange(depth)
    chosen = np.moveaxis(chosen, -1, -1 if axis is None else whole(axis))
    given = next((convert(value).dtype for value in (on_value, off_value) if value is not None), FLOAT)
    kind = as_numpy(given if dtype is None else dtype)
    on, off = (
        default if value is None else convert(value).primal for value, default in ((on_value, 1), (off_value, 0))
    )
    return eager(np.where(chosen, on, off).astype(kind))


def sequence_mask(lengths: Any, maxlen: Any = None, dtype: Any = "bool", name: Any = None) -> EagerTensor:
    """For each length a row that holds so often."""
    lengths = np.asarray(convert(lengths).primal)
    longest = int(np.max(lengths)) if maxlen is None else whole(maxlen)
    return eager((np.arange(longest) < lengths[..., None]).astype(as_numpy(dtype)))


# -- asking ------------------------------------------------------------------------------------------------------


@own("shape")
def shape(input: Any, out_type: Any = "int32", name: Any = None) -> EagerTensor:
    """The shape as a tensor."""
    return eager(np.asarray(convert(input).shape, as_numpy(out_type)))


@own("size")
def size(input: Any, out_type: Any = "int32", name: Any = None) -> EagerTensor:
    """How many elements."""
    return eager(np.asarray(convert(input).shape.num_elements(), as_numpy(out_type)))


@own("rank")
def rank(input: Any, name: Any = None) -> EagerTensor:
    """How many axes."""
    return eager(np.int32(len(convert(input).shape)))


def broadcast_static_shape(shape_x: Any, shape_y: Any) -> TensorShape:
    """The shape of an operation on both."""
    return TensorShape(np.broadcast_shapes(tuple(shape_x), tuple(shape_y)))


# -- shaping -----------------------------------------------------------------------------------------------------


@own("squeeze")
def squeeze(input: Any, axis: Any = None, name: Any = None) -> EagerTensor:
    """Axes of length one removed."""
    axis = whole(axis)
    return call(f.squeeze, convert(input), axis=None if axis == () else axis)


def ensure_shape(x: Any, shape: Any, name: Any = None) -> EagerTensor:
    """The tensor itself, if it has the shape."""
    x = convert(x)
    if shape is not None and not x.shape.is_compatible_with(tuple(shape)):
        raise InvalidArgumentError(
            say(
                "tensorflow.tensor-shape-where-ensured",
                "a tensor of shape {shape} where {other} is ensured",
                shape=x.shape,
                other=tuple(shape),
            )
        )
    return call(f.identity, x)


@own("unstack")
def unstack(value: Any, num: Any = None, axis: Any = 0, name: Any = None) -> list[EagerTensor]:
    """The slices along an axis."""
    value, axis = convert(value), whole(axis)
    if not -len(value.shape) <= axis < len(value.shape):
        raise ValueError(
            say(
                "tensorflow.unstack-along-axis-tensor",
                "unstack along axis {axis} of a tensor of shape {shape}",
                axis=axis,
                shape=value.shape,
            )
        )
    count = value.shape[axis]
    if num is not None and num != count:
        raise ValueError(
            say(
                "tensorflow.unstack-into-axis-shape",
                "unstack into {num}, but axis {axis} of shape {shape} has {count} slices",
                num=num,
                axis=axis,
                shape=value.shape,
                count=count,
            )
        )
    return [call(f.take, value, indices=place, axis=axis) for place in np.arange(count).tolist()]


@own("split_sizes")
def split(value: Any, num_or_size_splits: Any, axis: Any = 0, num: Any = None, name: Any = None) -> list[EagerTensor]:
    """Cut along an axis into equal parts, or into parts of the given lengths (one may be -1)."""
    value, axis, parts = convert(value), whole(axis), whole(num_or_size_splits)
    if not -len(value.shape) <= axis < len(value.shape):
        raise InvalidArgumentError(
            say(
                "tensorflow.split-along-axis-tensor",
                "split along axis {axis} of a tensor of shape {shape}",
                axis=axis,
                shape=value.shape,
            )
        )
    length = value.shape[axis]
    if isinstance(parts, tuple):
        rest = length - sum(part for part in parts if part >= 0)
        lengths = [rest if part < 0 else part for part in parts]
    elif parts <= 0 or length % parts:
        raise InvalidArgumentError(
            say(
                "tensorflow.elements-along-axis-cannot",
                "{length} elements along axis {axis} cannot be cut into {parts} equal parts",
                length=length,
                axis=axis,
                parts=parts,
            )
        )
    else:
        lengths = [length // parts] * parts
    if sum(lengths) != length:
        raise InvalidArgumentError(
            say(
                "tensorflow.parts-lengths-axis-length",
                "parts of lengths {lengths} of an axis of length {length}",
                lengths=lengths,
                length=length,
            )
        )
    ends = np.cumsum(lengths).tolist()
    cuts = [slice(end - part, end) for end, part in zip(ends, lengths, strict=True)]
    return [call(f.take, value, indices=cut, axis=axis) for cut in cuts]


@own("tile")
def tile(input: Any, multiples: Any, name: Any = None) -> EagerTensor:
    """The whole tensor repeated, so often along each axis."""
    x, reps = convert(input), np.atleast_1d(whole(multiples)).tolist()
    if len(reps) != len(x.shape):
        raise InvalidArgumentError(
            say(
                "tensorflow.tile-needs-one-multiple",
                "tile needs one multiple for each of the {count} axes, not {other}",
                count=len(x.shape),
                other=len(reps),
            )
        )
    return call(f.tile, x, reps=tuple(reps))


@own("repeat")
def repeat(input: Any, repeats: Any, axis: Any = None, name: Any = None) -> EagerTensor:
    """Each element repeated along the axis."""
    times = whole(repeats)
    if isinstance(times, tuple) and len(times) == 1:
        times = times[0]
    return call(f.repeat, convert(input), repeats=times, axis=whole(axis))


@own("pad")
def pad(tensor: Any, paddings: Any, mode: str = "CONSTANT", constant_values: Any = 0, name: Any = None) -> EagerTensor:
    """Surrounded by a constant, or by what is inside mirrored."""
    x, widths, value = convert(tensor), whole(paddings), convert(constant_values).primal
    if np.shape(widths) != (len(x.shape), 2):
        raise InvalidArgumentError(
            say(
                "tensorflow.paddings-need-pair-each",
                "paddings {widths} need a pair for each axis of a tensor of shape {shape}",
                widths=list(widths),
                shape=x.shape,
            )
        )
    return call(f.pad, x, pad_width=widths, mode=mode.lower(), constant_values=value)


@own("meshgrid")
def meshgrid(*args: Any, indexing: str = "xy", name: Any = None) -> list[EagerTensor]:
    """The coordinates of a grid with these vectors along its axes."""
    return list(call(f.meshgrid, *together(*args), indexing=indexing))


@own("sort")
def sort(values: Any, axis: Any = -1, direction: str = "ASCENDING", name: Any = None) -> EagerTensor:
    """Elements in order along an axis."""
    order = argsort(values, axis, direction).primal
    return call(f.take_along_axis, convert(values), indices=order, axis=whole(axis))


@own("argsort")
def argsort(
    values: Any, axis: Any = -1, direction: str = "ASCENDING", stable: bool = False, name: Any = None
) -> EagerTensor:
    """The positions of the elements in order."""
    down = direction.upper() == "DESCENDING"

    def order(a: Any) -> Any:
        return np.argsort(-a if down else a, axis=whole(axis), kind="stable").astype(np.int32)

    return undifferentiable("argsort", order, convert(values))
