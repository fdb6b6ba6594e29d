"""What is wrong with operands whose result, or whose partial, is not finite: a cause, a clause and a remedy each.

One row for each op of the table that can leave the finite numbers although its operands are finite. Knows numbers and
how operands are called; knows no tape and reads no text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from core.basics.words import say
from core.notation import number

DOMAIN, BY_ZERO, OVERFLOW, SINGULAR, EMPTY = "domain", "division by zero", "overflow", "singular matrix", "empty"


class Trouble(NamedTuple):
    """The short name of the cause, what is wrong in a clause, and a remedy in a sentence."""

    cause: str
    what: str
    remedy: str


class Operand(NamedTuple):
    """A number that went into an op, and how its operand is called."""

    value: float
    name: str

    @property
    def text(self) -> str:
        """The number as it is shown."""
        return number(self.value)


Row = Callable[..., Trouble | None]


# -- remedies --------------------------------------------------------------------------------------------------------


def above(name: str, bound: str) -> str:
    """Keep it above a bound."""
    return say("why.keep-above", "Keep {name} above {bound}.", name=name, bound=bound)


def away(name: str) -> str:
    """Keep it away from 0; a constant has to be another."""
    if name == "0":
        return say("why.divide-by-another", "Divide by another number than 0.")
    return say("why.keep-away-from-0", "Keep {name} away from 0.", name=name)


def between(name: str) -> str:
    """Keep it between -1 and 1."""
    return say("why.keep-between", "Keep {name} between -1 and 1.", name=name)


def inside(name: str) -> str:
    """Keep it strictly between -1 and 1."""
    return say("why.keep-strictly-between", "Keep {name} strictly between -1 and 1.", name=name)


def smaller(name: str) -> str:
    """Make it smaller."""
    return say("why.make-smaller", "Make {name} smaller, or compute with logarithms.", name=name)


def overflowed(name: str) -> Trouble:
    """The result is more than a float can hold."""
    return Trouble(OVERFLOW, say("why.result-larger-than-float", "the result is larger than a float can hold"),
                   smaller(name))  # fmt: skip


# -- values ----------------------------------------------------------------------------------------------------------


def _log_of(x: Operand, bound: str = "0", shift: float = 0.0) -> Trouble | None:
    if x.value + shift > 0:
        return None
    if x.value + shift == 0:
        what = say("why.logarithm-0", "the logarithm of 0 is -∞")
    else:
        what = say(
            "why.no-real-logarithm-negative",
            "there is no real logarithm of a negative number, {x}",
            x=number(x.value + shift),
        )
    return Trouble(DOMAIN, what, above(x.name, bound))


def _div(x: Operand, y: Operand) -> Trouble | None:
    if y.value != 0:
        return overflowed(x.name)._replace(remedy=away(y.name)) if abs(y.value) < 1 else None
    what = (
        say("why.0-divided-0", "0 is divided by 0")
        if x.value == 0
        else say("why.divided-0", "{x} is divided by 0", x=x.text)
    )
    return Trouble(BY_ZERO, what, away(y.name))


def _reciprocal(x: Operand) -> Trouble | None:
    return _div(Operand(1.0, ""), x)


def _sqrt(x: Operand) -> Trouble | None:
    if x.value >= 0:
        return None
    what = say("why.no-real-root-negative", "there is no real root of a negative number, {x}", x=x.text)
    return Trouble(DOMAIN, what, say("why.keep-0-or-above", "Keep {name} at 0 or above.", name=x.name))


def _rsqrt(x: Operand) -> Trouble | None:
    if x.value == 0:
        return Trouble(BY_ZERO, say("why.1-divided-root-0", "1 is divided by the root of 0"), above(x.name, "0"))
    found = _sqrt(x)
    return found and found._replace(remedy=above(x.name, "0"))


def _pow(x: Operand, y: Operand) -> Trouble | None:
    if x.value == 0 and y.value < 0:
        what = say("why.0-no-power-divides", "0 has no power {y}: that divides by 0", y=y.text)
        return Trouble(BY_ZERO, what, away(x.name))
    if x.value < 0 and y.value != int(y.value):
        what = say("why.negative-number-no-real", "a negative number, {x}, has no real power {y}", x=x.text, y=y.text)
        return Trouble(DOMAIN, what, above(x.name, "0"))
    return None


def _mod(x: Operand, y: Operand) -> Trouble | None:
    what = say("why.no-remainder-division-0", "there is no remainder of a division by 0")
    return Trouble(BY_ZERO, what, away(y.name)) if y.value == 0 else None


def _arc(x: Operand) -> Trouble | None:
    what = say("why.not-between-1-1", "{x} is not between -1 and 1", x=x.text)
    return Trouble(DOMAIN, what, between(x.name)) if abs(x.value) > 1 else None


def _arctanh(x: Operand) -> Trouble | None:
    found = _arc(x)
    if found is not None:
        return found._replace(remedy=inside(x.name))
    what = say("why.grows-towards-1", "the inverse of tanh grows without limit towards {x}", x=x.text)
    return Trouble(DOMAIN, what, inside(x.name)) if abs(x.value) == 1 else None


def _arccosh(x: Operand) -> Trouble | None:
    what = say("why.less-than-1", "{x} is less than 1", x=x.text)
    remedy = say("why.keep-1-or-above", "Keep {name} at 1 or above.", name=x.name)
    return Trouble(DOMAIN, what, remedy) if x.value < 1 else None


VALUES: dict[str, Row] = {
    "log": _log_of,
    "log2": _log_of,
    "log10": _log_of,
    "log1p": lambda x: _log_of(x, "-1", 1.0),
    "xlogy": lambda x, y: _log_of(y),
    "div": _div,
    "xdivy": _div,
    "divide_no_nan": _div,
    "reciprocal": _reciprocal,
    "sqrt": _sqrt,
    "rsqrt": _rsqrt,
    "pow": _pow,
    "mod": _mod,
    "arcsin": _arc,
    "arccos": _arc,
    "arctanh": _arctanh,
    "arccosh": _arccosh,
}
"""What is wrong with the operands' numbers at an element whose value is not finite."""


# -- partials --------------------------------------------------------------------------------------------------------


def _above_zero(x: Operand, *_: Operand) -> str:
    return above(x.name, "0")


def _apart(x: Operand, y: Operand) -> str:
    return say("why.keep-one-from-0", "Keep {x} or {y} away from 0: both are 0 here.", x=x.name, y=y.name)


SLOPES: dict[str, Callable[..., str]] = {
    "sqrt": _above_zero,
    "rsqrt": _above_zero,
    "log": _above_zero,
    "log2": _above_zero,
    "log10": _above_zero,
    "log1p": lambda x: above(x.name, "-1"),
    "xlogy": lambda x, y: above(y.name, "0"),
    "pow": lambda x, y: above(x.name, "0"),
    "cbrt": lambda x: away(x.name),
    "reciprocal": lambda x: away(x.name),
    "div": lambda x, y: away(y.name),
    "xdivy": lambda x, y: away(y.name),
    "hypot": _apart,
    "arctan2": _apart,
    "arcsin": lambda x: inside(x.name),
    "arccos": lambda x: inside(x.name),
    "arctanh": lambda x: inside(x.name),
    "arccosh": lambda x: above(x.name, "1"),
}
"""How to keep the operands where the partials are finite."""


# -- what is no matter of single elements ----------------------------------------------------------------------------

GROWING = frozenset((
    "add", "sub", "mul", "square", "pow", "hypot", "exp", "exp2", "expm1", "sinh", "cosh", "softplus", "silu", "gelu",
    "sum", "mean", "prod", "cumsum", "cumprod", "matmul", "einsum", "det", "cast", "logaddexp", "logsumexp",
    "multiply_no_nan",
))  # fmt: skip
"""Ops that give more than a float can hold where their operands are large, and nothing worse."""


def emptied(op: str, name: str) -> Trouble:
    """A reduction of no elements."""
    what = say("why.nothing-to-take-of", "there is nothing to take the {op} of, as {name} has no elements",
               op=op, name=name)  # fmt: skip
    return Trouble(EMPTY, what, say("why.give-elements", "Give {name} at least one element.", name=name))


def singular(name: str, logarithm: bool) -> Trouble:
    """A matrix whose determinant is 0."""
    what = (
        say("why.determinant-0-logarithm", "the determinant of {name} is 0, and the logarithm of 0 is -∞", name=name)
        if logarithm
        else say("why.no-inverse", "{name} is singular: its determinant is 0, so it has no inverse", name=name)
    )
    remedy = say("why.no-row-of-others", "Keep {name} regular: no row may be made up of the others.", name=name)
    return Trouble(SINGULAR, what, remedy)


def unlucky(op: str, domain: str) -> Trouble:
    """Nothing more is known than where the op is defined."""
    what = say("why.no-finite-value", "`{op}` has no finite value for these operands", op=op)
    remedy = (
        say("why.keep-operands-within", "Keep to where it is defined: {domain}.", domain=domain)
        if domain
        else say("why.move-point-little", "Move the point a little.")
    )
    return Trouble(DOMAIN, what, remedy)


def not_finite_itself(value: str) -> Trouble:
    """A constant that is inf or nan in the text."""
    what = say("why.constant-not-finite", "a number that goes into it, {value}, is not finite itself", value=value)
    return Trouble(DOMAIN, what, say("why.take-finite-number", "Take a finite number in its place."))
