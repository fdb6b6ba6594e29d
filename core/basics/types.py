"""What the engine's values are called in signatures: one word for each meaning, those of the literature.

Most of these are `Any` for the type checker: what is computed may be a Python float, a NumPy number, an array or a
tensor, and Python's operators work on them all. The names say to the reader what a value is. Sources: Griewank and
Walther, "Evaluating Derivatives" (2008); Baydin et al., "Automatic Differentiation in Machine Learning: a Survey"
(2018). Knows no class of the engine.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Array: TypeAlias = Any
"""A NumPy array, or a number that broadcasts with one: what kernels take and return. Never a tensor."""

Primal: TypeAlias = Any
"""The value of an entry as the engine keeps it: a Python float for a float64 scalar, else what NumPy has."""

Value: TypeAlias = Any
"""A number, an array or a tensor: what the functions of the library take; with a tensor among them, a tensor."""

Operand: TypeAlias = Any
"""An operand as a tape stores it: an int is the index of an earlier entry, anything else a constant's value."""

Partial: TypeAlias = Any
"""The derivative of one operation by one operand, element by element; in the shape of the result."""

Adjoint: TypeAlias = Any
"""The derivative of the target by an entry, in the entry's shape; None while nothing has arrived."""

Cotangent: TypeAlias = Any
"""What a reverse rule takes and gives: it has the shape of the result, and of the operand, and is linear in both."""

Tangent: TypeAlias = Any
"""How fast a value moves when the inputs move in a given direction, in the value's shape; None where it does not."""

Structure: TypeAlias = Any
"""A value, or lists, tuples and dicts of structures."""

Place: TypeAlias = Any
"""Where a tensor is: the tape that recorded it, the cut that keeps it off every tape, or nowhere."""

Key: TypeAlias = Any
"""What is written between brackets to select elements: integers, slices, arrays, or a tuple of these."""

DType: TypeAlias = Any
"""What NumPy takes for a type of elements."""

Attributes: TypeAlias = dict[str, Any]
"""The settings of an operation that are not operands, such as an axis, by name."""

Point: TypeAlias = Mapping[str, Any]
"""The values of a program's inputs, by name."""

Shape: TypeAlias = tuple[int, ...]
"""The length along each axis; () for a number."""

Axis: TypeAlias = int | tuple[int, ...] | None
"""The axis or the axes that a reduction goes over, counted from 0 or, negative, from the end; None for all."""

Counts: TypeAlias = Any
"""How often, or how far, along each axis: an integer or several."""

Rule: TypeAlias = Callable[..., Any]
"""A formula of the op table as a function."""

Function: TypeAlias = Callable[..., Any]
"""A function that a user wrote or gave."""
