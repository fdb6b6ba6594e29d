"""The shapes that functions of the libraries give, by their names, and what they demand of their operands.

Knows shapes and calls; knows nothing of how a program is gone through.
"""

from __future__ import annotations

import ast
import math
from typing import Any

from core.language.abstract.dimensions import (
    COUNTED,
    Axis,
    Guess,
    Several,
    SideBySide,
    join,
    loosen,
    product,
    together,
)
from core.language.abstract.domain import Call
from core.language.interface.inputs import literal
from core.language.machine.values import Builtin
from core.language.names import namespaces
from core.language.reading.scopes import Scope

PRODUCTS = ("dot", "matmul", "mm", "mv", "bmm", "matvec", "inner", "vdot")
REDUCTIONS = ("sum", "mean", "prod", "std", "var", "norm", "reduce_sum", "reduce_mean", "reduce_prod", "max", "min",
              "median", "logsumexp", "argmax", "argmin", "reduce_max", "reduce_min", "amax", "amin")  # fmt: skip
ALONG = ("softmax", "log_softmax", "cumsum", "cumprod", "diff", "flip", "sort", "argsort", "normalize")
SQUARE = ("inv", "det", "solve", "slogdet", "cholesky", "eigvalsh", "trace", "matrix_power", "logdet", "diagonal")
SIDE_BY_SIDE = ("zip", "enumerate")
COUNTS = ("len", *SIDE_BY_SIDE, "list", "tuple", "sorted", "reversed", "map", "iter")
SAME = ("array", "asarray", "constant", "tensor", "copy", "abs", "Variable")
ELEMENTWISE = ("maximum", "minimum", "power", "where", "add", "multiply", "subtract")
DEMANDING = frozenset(
    (*PRODUCTS, *REDUCTIONS, *ALONG, *SQUARE, *COUNTS, "outer", "cross", "reshape", "concatenate", "einsum")
)


def shape_of_call(call: Call[Guess], values: list[Guess]) -> Guess:
    """The shape of the result; `values` are the operands by position, functions left out."""
    name = call.name
    if name == "range":
        return Guess()
    if name in PRODUCTS and len(values) > 1:
        root = namespaces.path_of(call.node.func, Scope("module"), {}) or ""
        return product(values[0], values[1], name == "mm" or root.startswith("tf.") and name == "matmul")
    if name in REDUCTIONS and (len(values) == 1 or name not in ("max", "min")):
        return _reduced(values[0], _axis_of(call))
    return _by_name(call, values)


def _by_name(call: Call[Guess], values: list[Guess]) -> Guess:
    """The shape that a function of ours gives."""
    name, first = call.name, values[0]
    if name in ("outer", "cross"):
        return _of_vectors(name, values[:2])
    if name in ALONG:
        first.needs(1)
        return Guess(list(first.axes)) if name != "diff" else Guess([Axis(1)])
    if name in SQUARE:
        return _square(name, values)
    if name == "einsum":
        return _einstein(_given(call)[0], values)
    if name == "concatenate" and isinstance(first, Several):
        for part in first.parts:
            part.needs(1)
    if name in ("reshape", "view"):
        return _reshaped(first, [literal(part) for part in _given(call)[1:]])
    if name in COUNTS:
        for value in values:
            value.needs(1)
            value.holds(COUNTED - 1)
        return SideBySide([Guess()] * (name == "enumerate") + values) if name in SIDE_BY_SIDE else first
    if name == "transpose":
        return Guess(first.axes[::-1])
    builtin = namespaces.BARE.get(name)
    if name in SAME or isinstance(builtin, Builtin) and builtin.direct:
        return first
    return together(values) if name in ELEMENTWISE else Guess()


def _given(call: Call[Guess]) -> list[ast.expr]:
    """The operands of a call as they are written, the owner of a method first."""
    owner = [call.node.func.value] if call.owner is not None and isinstance(call.node.func, ast.Attribute) else []
    return [*owner, *call.node.args]


def _axis_of(call: Call[Guess]) -> ast.expr | None:
    """The axis along which a call reduces, as it is written; None where it says none."""
    named = {one.arg: one.value for one in call.node.keywords}
    return named.get("axis") or named.get("dim") or next(iter(_given(call)[1:]), None)


def _reduced(value: Guess, axis: ast.expr | None) -> Guess:
    """After a sum or its like."""
    number = literal(axis) if axis is not None else None
    value.needs(number + 1 if isinstance(number, int) and number >= 0 else 1)
    if not isinstance(number, int):
        return Guess()
    return Guess([one for place, one in enumerate(value.axes) if place != number % max(len(value.axes), 1)])


def _of_vectors(name: str, values: list[Guess]) -> Guess:
    """After an outer or a cross product."""
    for value in values:
        value.needs(1)
        if name == "cross":
            value.holds(2)
        else:
            loosen(value)
    return Guess([axis for value in values for axis in value.axes[:1]]) if name == "outer" else values[0]


def _square(name: str, values: list[Guess]) -> Guess:
    """After an inverse, a determinant and their like."""
    matrix = values[0]
    matrix.needs(2)
    if len(matrix.axes) < 2:
        return Guess()
    loosen(matrix)
    join(matrix.axes[-1], matrix.axes[-2])
    if matrix.source is not None:
        matrix.source.regular = True
    if name == "solve" and len(values) > 1:
        return product(matrix, values[1])
    return matrix if name in ("inv", "cholesky", "matrix_power") else Guess()


def _reshaped(value: Guess, lengths: list[Any]) -> Guess:
    """After a change of shape: a vector of as many numbers will do."""
    shape = lengths[0] if len(lengths) == 1 and isinstance(lengths[0], list) else lengths
    if not shape or not all(isinstance(length, int) for length in shape):
        return Guess()
    if len(value.axes) < 2 and min(shape) > 0:
        value.needs(1)
        value.holds(math.prod(shape) - 1)
    return Guess([Axis(length if length > 0 else 1) for length in shape])


def _einstein(formula: ast.expr, values: list[Guess]) -> Guess:
    """Each letter of an Einstein sum is an axis."""
    text = formula.value if isinstance(formula, ast.Constant) else None
    if not isinstance(text, str) or "." in text:
        return Guess()
    letters, _, result = text.replace(" ", "").partition("->")
    found: dict[str, Axis] = {}
    for group, value in zip(letters.split(","), values[1:]):
        value.needs(len(group))
        loosen(value)
        for letter, axis in zip(group, value.axes):
            join(found.setdefault(letter, axis), axis)
    return Guess([found[letter] for letter in result if letter in found])
