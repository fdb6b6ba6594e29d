"""Functions of programs that make, join and cut arrays, with a look at the budget before memory is asked for."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.language.machine.keys import plain_key, whole
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, Kind, kind_of
from core.language.machine.weights import Weight
from core.language.names.library import as_array, check_even, values_of
from core.language.names.scattering import rows_of
from core.tensor import Tensor, snapshot

F: Any = f


def whole_shape(shape: Any) -> tuple[int, ...]:
    """A shape as a tuple of whole numbers."""
    parts = (
        shape if isinstance(shape, list | tuple) else list(values_of(shape)) if np.ndim(values_of(shape)) else [shape]
    )
    lengths = tuple(whole(part) for part in parts)
    if not all(isinstance(part, int | np.integer) and part >= 0 for part in lengths):
        raise Refusal(
            say(
                "language.shape-made-whole-numbers",
                "A shape is made of whole numbers, not of {parts}.",
                parts=", ".join(kind_of(part) for part in parts),
            ),
            say("language.write-2-3", "Write (2, 3)."),
        )
    return tuple(map(int, lengths))


def checked_shape(here: Any, span: Any, shape: Any) -> tuple[int, ...]:
    """A shape whose array the budget allows."""
    lengths = whole_shape(shape)
    here.run.reserve(math.prod(lengths), span, here)
    return lengths


NUMBER_TYPES = frozenset((
    "float", "int", "bool", "float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8",
))  # fmt: skip


def dtype_of(dtype: Any) -> Any:
    """NumPy's type of what a program has named as the type of numbers; None where it has named none."""
    if dtype is None or isinstance(dtype, Kind):
        return dtype.dtype if dtype is not None else None
    if isinstance(dtype, np.dtype):
        return dtype
    if isinstance(dtype, str) and dtype in NUMBER_TYPES:
        return np.dtype(dtype)
    if isinstance(dtype, Builtin) and (name := dtype.name.removeprefix("np.")) in NUMBER_TYPES:
        return np.dtype(name)
    raise Refusal(
        say("language.not-type-numbers", "{kind} is not a type of numbers.", kind=kind_of(dtype).capitalize()),
        say("language.write-np-float64", "Write np.float64."),
    )


def _settled(array: np.ndarray) -> Any:
    return array if array.ndim else array.item()


def zeros(here: Any, span: Any, shape: Any, dtype: Any = None) -> Any:
    return _settled(np.zeros(checked_shape(here, span, shape), dtype_of(dtype) or float))


def ones(here: Any, span: Any, shape: Any, dtype: Any = None) -> Any:
    return _settled(np.ones(checked_shape(here, span, shape), dtype_of(dtype) or float))


def full(here: Any, span: Any, shape: Any, value: Any, dtype: Any = None) -> Any:
    shape, value = checked_shape(here, span, shape), as_array(value)
    if isinstance(value, Tensor):
        return f.broadcast_to(value, shape)
    return _settled(np.full(shape, value, dtype_of(dtype)))


def full_like(x: Any, value: Any) -> Any:
    return f.zeros_like(x) + as_array(value)


def eye(here: Any, span: Any, n: Any, m: Any = None, dtype: Any = None) -> Any:
    rows, columns = whole(n), whole(n if m is None else m)
    checked_shape(here, span, (rows, columns))
    return np.eye(rows, columns)


def arange(
    here: Any, span: Any, *limits: Any, start: Any = 0, stop: Any = None, step: Any = 1, dtype: Any = None
) -> Any:  # fmt: skip
    """np.arange and tf.range: the limits one after the other, or by name."""
    given = limits
    if stop is not None:
        given = (*(limits or (start,)), stop, step)
    elif step != 1:
        given = (*limits, step) if len(limits) > 1 else (0, *limits, step)
    made = _evenly(here, span, tuple(whole(part) for part in given))
    wanted = dtype_of(dtype)
    return made if wanted is None else made.astype(wanted)


def _evenly(here: Any, span: Any, limits: tuple) -> np.ndarray:
    if not 1 <= len(limits) <= 3 or not all(isinstance(part, int | float) for part in limits):
        raise Refusal(
            say("language.arange-takes-one-three", "`arange` takes one to three numbers."),
            say("language.write-np-arange-start", "Write np.arange(start, stop, step)."),
        )
    start, stop, step = (0, limits[0], 1) if len(limits) == 1 else (*limits, 1)[:3]
    if not step or not math.isfinite((stop - start) / step):
        raise Refusal(say("language.step-arange-must-number", "The step of `arange` must be a number other than 0."))
    here.run.reserve(max(int((stop - start) / step), 0), span, here)
    return np.arange(start, stop, step)


def linspace(here: Any, span: Any, start: Any, stop: Any, num: Any = 50, endpoint: bool = True) -> Any:
    count = whole(num)
    checked_shape(here, span, (count,))
    if isinstance(start, Tensor) or isinstance(stop, Tensor):
        return start + (stop - start) * np.linspace(0.0, 1.0, count, endpoint=endpoint)
    return np.linspace(start, stop, count, endpoint=endpoint)


def logspace(here: Any, span: Any, start: Any, stop: Any, num: Any = 50) -> Any:
    return 10.0 ** linspace(here, span, start, stop, num)


def array(values: Any, dtype: Any = None) -> Any:
    """Nested lists as an array; with tensors in it, a tensor."""
    if isinstance(values, list | tuple):
        check_even(values)
    elif not isinstance(values, Tensor | np.ndarray | int | float | np.generic):
        raise Refusal(
            say("language.cannot-become-array", "{kind} cannot become an array.", kind=kind_of(values).capitalize()),
            say("language.write-np-array-1", "Write np.array([1.0, 2.0])."),
        )
    made = f.array(values)
    if isinstance(made, Tensor):
        return made
    return _settled(np.array(made, dtype=dtype_of(dtype)))


def asarray(values: Any, dtype: Any = None) -> Any:
    """The same as `array`: whether it is a copy is the caller's responsibility."""
    return array(values, dtype)


def constant(values: Any, dtype: Any = None, shape: Any = None) -> Any:
    """An immutable tensor, as tf.constant makes."""
    made = array(values, dtype)
    made = made if shape is None else f.broadcast_to(made, whole_shape(shape))
    return made if isinstance(made, Tensor) else Tensor(float(made) if type(made) is int and dtype is None else made)


def convert_to_tensor(values: Any, dtype: Any = None) -> Any:
    """A tensor of the values."""
    return constant(values, dtype)


def Variable(value: Any, trainable: bool = True, name: str = "Variable", dtype: Any = None) -> Any:
    """A variable, watched by tapes on first use; whole numbers have no derivative, as in TensorFlow."""
    made = array(value, dtype)
    plain = made.primal if isinstance(made, Tensor) else made
    watched = bool(trainable) and np.asarray(plain).dtype.kind == "f"
    return Weight(float(plain) if type(plain) is int else plain, watched, str(name))


def cast(x: Any, dtype: Any) -> Any:
    wanted = dtype_of(dtype)
    if isinstance(x, Tensor):
        return (
            snapshot(x)
            if x.__class__ is Tensor and wanted.kind == "f" and np.asarray(x.primal).dtype.kind == "f"
            else x
            if wanted.kind == "f" and np.asarray(x.primal).dtype.kind == "f"
            else Tensor(np.asarray(x.primal).astype(wanted))
        )
    return _settled(np.asarray(values_of(x)).astype(wanted))


def one_hot(here: Any, span: Any, indices: Any, depth: Any) -> Any:
    chosen = np.asarray(values_of(indices)).astype(int)
    checked_shape(here, span, (*chosen.shape, whole(depth)))
    return (chosen[..., None] == np.arange(whole(depth))).astype(float)


def reshape(x: Any, shape: Any) -> Any:
    parts = (
        shape
        if isinstance(shape, list | tuple)
        else values_of(shape).tolist()
        if np.ndim(values_of(shape))
        else [shape]
    )
    return f.reshape(x, tuple(whole(part) for part in parts))


def concatenate(xs: Any, axis: int = 0) -> Any:
    return f.concatenate([as_array(x) for x in xs], axis)


def stack(xs: Any, axis: int = 0) -> Any:
    return f.stack([as_array(x) for x in xs], axis)


def add_n(xs: Any) -> Any:
    parts = [as_array(x) for x in xs]
    return sum(parts[1:], start=parts[0])


def unstack(x: Any, axis: int = 0) -> list:
    return [f.take(x, number, axis) for number in range(f.shape_of(x)[axis])]


def split(x: Any, indices_or_sections: Any, axis: int = 0) -> list:
    parts = indices_or_sections
    x, length = as_array(x), f.shape_of(as_array(x))[axis]
    if isinstance(parts, list | tuple):
        edges = [0, *map(whole, parts), length]
    else:
        if length % whole(parts):
            raise Refusal(
                say(
                    "language.axis-length-cannot-split",
                    "An axis of length {length} cannot be split into {whole} equal parts.",
                    length=length,
                    whole=whole(parts),
                )
            )
        edges = list(range(0, length + 1, length // whole(parts)))
    return [
        f.getitem(x, (*([slice(None)] * (axis % len(f.shape_of(x)))), slice(a, b))) for a, b in zip(edges, edges[1:])
    ]


def split_sizes(x: Any, parts: Any, axis: int = 0) -> list:
    if isinstance(parts, list | tuple):
        return split(x, [int(edge) for edge in np.cumsum([whole(part) for part in parts])[:-1]], axis)
    return split(x, parts, axis)


def gather(x: Any, indices: Any, axis: int = 0) -> Any:
    chosen = plain_key(f.array(indices) if isinstance(indices, list) else indices)
    shape = f.shape_of(x)
    if np.any(np.asarray(chosen) < 0) or np.any(np.asarray(chosen) >= shape[axis]):
        raise Refusal(
            say("language.gather-outside", "`tf.gather` finds no such place on an axis of {count}.", count=shape[axis]),
            say("language.tensorflow-counts-from-0", "TensorFlow counts from 0, and never from the end."),
        )
    return f.take(x, chosen, axis)


def gather_nd(x: Any, indices: Any) -> Any:
    return f.getitem(x, rows_of(indices, f.shape_of(x)))


def boolean_mask(x: Any, mask: Any) -> Any:
    return f.getitem(x, np.asarray(values_of(mask)).astype(bool))


def torch_gather(x: Any, axis: int, indices: Any) -> Any:
    return f.take_along_axis(x, np.asarray(values_of(indices)).astype(int), axis)


def diag_part(x: Any, k: Any = 0) -> Any:
    """The diagonal of each matrix."""
    return f.diagonal(x, whole(k), -2, -1)


def joiner(function: Any) -> Any:
    """A function of a list of arrays, each of which may itself be a list."""

    def call(xs: Any) -> Any:
        return function([as_array(x) for x in xs])

    return call


hstack, vstack, dstack, column_stack = joiner(f.hstack), joiner(f.vstack), joiner(f.dstack), joiner(f.column_stack)


def append(x: Any, values: Any, axis: Any = None) -> Any:
    return f.append(as_array(x), as_array(values), axis)


def meshgrid(*arrays: Any) -> list:
    return list(f.meshgrid(*[as_array(part) for part in arrays]))
