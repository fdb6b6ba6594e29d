"""Applying an op of the table by name, and the elementwise functions, which are one op each.

Plain numbers in, plain numbers out; with a tensor among the operands the operation is recorded. Knows nothing of
the functions built on it.
"""

from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index

from core.basics.types import Axis, DType, Rule, Shape, Value
from core.basics.words import say
from core.op import Op
from core.operators import unary
from core.ops import table
from core.tensor import Tensor, apply, as_operand, compute, look


def call(name: str, *operands: Value, **attributes: Any) -> Value:
    """Apply the op of that name; plain operands give a plain result."""
    op = table[name]
    for operand in operands:
        if isinstance(operand, Tensor):
            return apply(op, operands, attributes)
    return compute(op, tuple(map(as_operand, operands)), attributes)


def function_of(op: Op) -> Rule:
    """The op as a function of numbers, arrays and tensors, with broadcasting."""
    if op.arity == 1 and op.rules[0]:
        return unary(op)

    def function(*operands: Value) -> Value:
        if len(operands) != op.arity:
            raise TypeError(
                say(
                    "functions.takes-operands-given",
                    "{name} takes {arity} operands, {count} were given",
                    name=op.name,
                    arity=op.arity,
                    count=len(operands),
                )
            )
        return call(op.name, *operands)

    function.__name__ = op.name
    function.__doc__ = f"{op.reads.format('x', 'y', 'z')}, elementwise with broadcasting; domain: {op.domain}."
    return function


FUNCTIONS: dict[str, Rule] = {op.name: function_of(op) for op in table.values() if op.elementwise}


def plain(x: Value) -> Value:
    """The value without its place on a tape, which notes that somebody looked."""
    return look(x)


def shape_of(x: Value) -> Shape:
    """The shape of a number, array or tensor."""
    value = x.primal if isinstance(x, Tensor) else x
    return value.shape if value.__class__ is np.ndarray else np.shape(value)


def dtype_of(x: Value) -> np.dtype:
    """The type of the elements; float64 for Python's floats."""
    value = x.primal if isinstance(x, Tensor) else x
    return value.dtype if value.__class__ is np.ndarray else np.asarray(value).dtype


def cast(x: Value, dtype: DType) -> Value:
    """The same elements in another dtype; the derivative is cut when that is not a floating-point type."""
    return call("cast", x, dtype=np.dtype(dtype))


def axis_of(axis: int, ndim: int) -> int:
    """The axis counted from the front; raises AxisError when there is no such axis."""
    return normalize_axis_index(axis, ndim)


def axes_of(axis: Axis, ndim: int) -> Shape:
    """The axes that a reduction names (all when None), counted from the front."""
    if axis is None:
        return tuple(range(ndim))
    return tuple(axis_of(one, ndim) for one in (axis if isinstance(axis, tuple | list) else (axis,)))
