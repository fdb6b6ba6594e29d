"""The operators of tensors and the elementwise functions of one operand, made from the op table.

This is the hot path of recording: where everything is a float on the one tape that records, an operation appends
to the four columns and does nothing else; all other cases go to `tensor.apply`. The three closures repeat their
last lines on purpose: a shared helper costs a tenth of the whole operation. (Methods compiled from a text template
with the formula inside were measured too: 5 % faster, not worth it.) Knows tensors and the op table; knows nothing
of sweeps.
"""

import operator
from collections.abc import Callable
from typing import Any

from core.basics.cuts import Reason
from core.basics.types import Place, Value
from core.op import Op
from core.ops import table
from core.tape import NO_ATTRIBUTES, recorders
from core.tensor import OUTSIDE_DOMAIN, Tensor, active, apply, as_operand, as_result, compute, cut, infinity, make


def opened(x: Value, tape: Place) -> bool:
    """Whether a variable of one float, by being read, has just been watched by the one tape that records."""
    if x.__class__ is Tensor or not isinstance(x, Tensor) or x.tape is tape or x.primal.__class__ is not float:
        return False
    return x.read().tape is tape


def unary(op: Op) -> Callable[[Value], Value]:
    """The op of one operand as a function of a float, an array or a tensor."""
    forward = op.scalar_forward
    flows = op.rules != (None,)

    def function(x: Value) -> Value:
        if x.__class__ is float:
            try:
                return forward(x)
            except OUTSIDE_DOMAIN:
                return compute(op, (x,), NO_ATTRIBUTES)
        if not isinstance(x, Tensor):
            return compute(op, (as_operand(x),), NO_ATTRIBUTES)
        tape = active()
        value = x.primal
        if x.tape is not tape or value.__class__ is not float or not flows:
            return function(x) if flows and opened(x, tape) else apply(op, (x,))
        try:
            primal = forward(value)
        except OUTSIDE_DOMAIN:
            primal = compute(op, (value,), NO_ATTRIBUTES)
        result = make(Tensor)
        result.primal = primal
        result.tape = tape
        primals = tape.primals
        result.index = len(primals)
        primals.append(primal)
        tape.ops.append(op)
        tape.first.append(x.index)
        tape.second.append(None)
        return result

    function.__name__ = op.name
    function.__doc__ = f"{op.reads.format('x')}, elementwise; domain: {op.domain}."
    return function


def binary(op: Op) -> Callable[[Value, Value], Value]:
    """The operator method of an op of two operands, for `tensor op other`."""
    forward = op.scalar_forward

    def method(self: Any, other: Value) -> Value:
        tape = active()
        x = self.primal
        if self.tape is not tape or x.__class__ is not float:
            return method(self, other) if opened(self, tape) else apply(op, (self, other))
        kind = other.__class__
        if kind is float:
            y = second = other
        elif (kind is Tensor or isinstance(other, Tensor)) and other.tape is tape and other.primal.__class__ is float:
            y = other.primal
            second = other.index
        elif kind is int:
            try:
                y = second = float(other)
            except OverflowError:
                return method(self, infinity(other))
        else:
            return method(self, other) if opened(other, tape) else apply(op, (self, other))
        try:
            primal = forward(x, y)
        except OUTSIDE_DOMAIN:
            primal = compute(op, (x, y), NO_ATTRIBUTES)
        result = make(Tensor)
        result.primal = primal
        result.tape = tape
        primals = tape.primals
        result.index = len(primals)
        primals.append(primal)
        tape.ops.append(op)
        tape.first.append(self.index)
        tape.second.append(second)
        return result

    return method


def reflected(op: Op) -> Callable[[Value, Value], Value]:
    """The operator method for `number op tensor`."""
    forward = op.scalar_forward

    def method(self: Any, other: Value) -> Value:
        tape = active()
        y = self.primal
        kind = other.__class__
        if self.tape is not tape or y.__class__ is not float or kind is not float and kind is not int:
            fresh = (kind is float or kind is int) and opened(self, tape)
            return method(self, other) if fresh else apply(op, (other, self))
        try:
            x = float(other)
        except OverflowError:
            return method(self, infinity(other))
        try:
            primal = forward(x, y)
        except OUTSIDE_DOMAIN:
            primal = compute(op, (x, y), NO_ATTRIBUTES)
        result = make(Tensor)
        result.primal = primal
        result.tape = tape
        primals = tape.primals
        result.index = len(primals)
        primals.append(primal)
        tape.ops.append(op)
        tape.first.append(x)
        tape.second.append(self.index)
        return result

    return method


def general(op: Op) -> tuple[Callable[[Value, Value], Value], Callable[[Value, Value], Value]]:
    """Both methods for an op that has no scalar kernel, such as the matrix product."""
    return lambda self, other: apply(op, (self, other)), lambda self, other: apply(op, (other, self))


class Truth(Tensor):
    """The result of a comparison: on no tape, but when a program branches on it, its tapes are told."""

    __slots__ = ("question",)
    question: tuple[str, Value, Value]

    def __bool__(self) -> bool:
        outcome = bool(self.primal)
        for tape in recorders():
            tape.ask(*self.question, outcome)
        return outcome


def comparison(symbol: str, compare: Callable[[Value, Value], Value]) -> Callable[[Any, Any], Tensor]:
    """A comparison of values; its result is a tensor of truth values on no tape."""

    def method(self: Tensor, other: Value) -> Tensor:
        value = other.primal if isinstance(other, Tensor) else as_operand(other)
        result = make(Truth)
        result.primal, result.index = as_result(compare(self.primal, value)), None
        result.tape = cut(Reason.NO_DERIVATIVE, compare.__name__, (self, other))
        result.question = (symbol, self, other)
        return result

    return method


COMPARISONS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
OPERATORS = {"add": "add", "sub": "sub", "mul": "mul", "truediv": "div", "pow": "pow", "mod": "mod", "matmul": "matmul"}


def install() -> None:
    """Give `Tensor` its operators."""
    for method, name in OPERATORS.items():
        op = table[name]
        direct, swapped = (binary(op), reflected(op)) if op.elementwise else general(op)
        setattr(Tensor, f"__{method}__", direct)
        setattr(Tensor, f"__r{method}__", swapped)
    for method, name in {"neg": "neg", "abs": "abs"}.items():
        setattr(Tensor, f"__{method}__", unary(table[name]))
    for symbol, name in COMPARISONS.items():
        setattr(Tensor, f"__{name}__", comparison(symbol, getattr(operator, name)))
    setattr(Tensor, "__pos__", lambda self: self)  # noqa: B010 - as above


install()
