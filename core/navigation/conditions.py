"""Conditions, read by an allow-list, never evaluated by Python: on the numbers of a step, or on the state of a run.

`abs(adjoint) > 1e3 and value < 0` is about the numbers that a step shows. `contributions(w1) == 1 and next() == w1`
calls functions of a moment (see `moments`) and is about what is known then.
"""

import ast
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from core.arithmetic import FOUR_SIGNS, Arithmetic, Formula, Inside, Known, Refused, constant, parsed
from core.basics.errors import ProgramError
from core.basics.words import say
from core.navigation.grammar import Expression, Grammar
from core.navigation.logic import Unknown, holds, logic
from core.navigation.moments import FUNCTIONS as OF_A_MOMENT

QUANTITIES = {
    "value": "value",
    "primal": "value",
    "adjoint": "adjoint",
    "grad": "adjoint",
    "gradient": "adjoint",
    "tangent": "tangent",
    "contribution": "contribution",
    "partial": "partial",
    "slope": "partial",
}
FUNCTIONS: dict[str, Callable[[Any], Any]] = {"abs": abs, "max": np.max, "min": np.min, "sum": np.sum}
TESTS: dict[str, Callable[[Any], Any]] = {"isnan": np.isnan, "isinf": np.isinf}
HINT = say(
    "navigation.condition-hint",
    "Write for example `abs(adjoint) > 1e3`, `value < 0`, `nan`, `line 3`, `op sin` or the name of an entry.",
)
LONGEST = 200


@dataclass(frozen=True)
class Condition:
    """A condition that was read; `entries` are the labels it is about, none for all.

    `state` is set where it is about the state of a run, and is asked with what is known at a moment.
    """

    text: str
    test: Formula = field(repr=False, compare=False)
    entries: frozenset[str] = frozenset()
    state: Expression | None = field(default=None, compare=False)

    def holds(self, known: Known) -> bool:
        """Whether it holds for these quantities; not if one that it needs is not known."""
        return holds(self.test, known)


def is_bad(values: Iterable[Any], which: str) -> bool:
    """Whether one of the values is (or contains) a "nan", an "inf", or anything "not finite"."""
    for value in values:
        if value.__class__ is float and math.isfinite(value):
            continue
        if value is not None and not np.all(np.isfinite(value)):
            is_nan, is_inf = bool(np.any(np.isnan(value))), bool(np.any(np.isinf(value)))
            if {"nan": is_nan, "inf": is_inf}.get(which, True):
                return True
    return False


def parse_condition(text: str) -> Condition:
    """Read a condition; raises ProgramError with one sentence if it is none."""
    text = text.strip()
    if len(text) > LONGEST:
        raise ProgramError(
            say(
                "navigation.condition-too-long",
                "This condition is too long; {limit} characters must be enough.",
                limit=LONGEST,
            ),
            hint=HINT,
        )
    entries: set[str] = set()
    try:
        tree = parsed(text)
        if _is_about_state(tree):
            return _of_state(text)
        test = replace(CONDITIONS, forms=lambda node, inside: _form(node, inside, entries)).formula(tree)
    except (Refused, OverflowError) as error:
        raise ProgramError(_refusal(text, getattr(error, "part", None)), hint=HINT) from None
    if not isinstance(tree, ast.Compare | ast.BoolOp) and not _is_test(tree):
        raise ProgramError(say("navigation.compares-nothing", "`{text}` compares nothing.", text=text), hint=HINT)
    return Condition(text, test, frozenset(entries))


def _refusal(text: str, part: ast.expr | None) -> str:
    if part is None:
        return say("navigation.not-condition", "`{text}` is not a condition.", text=text)
    if isinstance(part, ast.Compare | ast.BinOp):
        return say(
            "navigation.operator-refused",
            "This operator cannot be used in a condition: `{part}`.",
            part=ast.unparse(part),
        )
    known = ", ".join(dict.fromkeys(QUANTITIES.values()))
    return say(
        "navigation.refused",
        "`{part}` cannot be used in a condition; what is known there: {known}.",
        part=ast.unparse(part),
        known=known,
    )


def _is_test(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TESTS


def _quantity(name: str) -> Formula:
    def look_up(known: Known) -> Any:
        value = known.get(name)
        if value is None:
            raise Unknown
        return value

    return look_up


QUANTITY_NAMES = {name: _quantity(meant) for name, meant in QUANTITIES.items()}
"""The numbers that a step shows, by the names that may be written for them."""

CONDITIONS = Arithmetic(
    QUANTITY_NAMES | {"inf": constant(np.inf), "nan": constant(np.nan)},
    FOUR_SIGNS,
    {**FUNCTIONS, **TESTS},
)


def _form(node: ast.expr, inside: Inside, entries: set[str]) -> Formula | None:
    """What conditions have besides arithmetic; the labels of entries that they name are collected."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=[ast.Name(id=label)], keywords=[]) if name in QUANTITIES:
            entries.add(label)
            return _quantity(QUANTITIES[name])
    return logic(node, inside)


# -- the state of a run --------------------------------------------------------------------------------------------

STATE = Grammar(OF_A_MOMENT, QUANTITY_NAMES)


def _is_about_state(tree: ast.expr) -> bool:
    """Whether a function of a moment is called that is not also the name of a quantity."""
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return bool(called & (OF_A_MOMENT.keys() - QUANTITIES.keys()))


def _of_state(text: str) -> Condition:
    try:
        expression = STATE.read(text)
    except ProgramError as error:
        raise ProgramError(error.message, hint=HINT) from None
    return Condition(text, expression.value, frozenset(), expression)
