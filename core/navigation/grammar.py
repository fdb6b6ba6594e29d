"""The grammar of expressions about a run: arithmetic, conditions, and functions of entries, from tables of functions.

An expression is read once, by an allow-list, and then asked again and again; nothing is evaluated by Python. Which
functions there are is handed in: breakpoints have those of a moment, lessons more. Knows no function itself.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from core.arithmetic import FOUR_SIGNS, Arithmetic, Formula, Inside, Known, Refused, constant, parsed
from core.basics.errors import ProgramError
from core.basics.words import say
from core.navigation.logic import Unknown, holds, logic
from core.navigation.places import Missing, Place

LONGEST = 400
Changes = Literal["run", "entry", "sweep", "step"]
"""Where an answer may change: never in a run, with the entries that are named, where sweeps begin and end, anywhere."""

SIGNS: dict[type, Callable[[Any, Any], Any]] = {
    **FOUR_SIGNS,
    ast.Pow: np.power,
    ast.Mod: np.mod,
    ast.FloorDiv: np.floor_divide,
}
OF_ONE: dict[str, Callable[[Any], Any]] = {
    **{name: getattr(np, name) for name in ("sqrt", "exp", "log", "sin", "cos", "tanh", "sum", "max", "min")},
    "mean": lambda value: np.mean(value) if np.size(value) else np.nan,
    "ln": np.log,
    "abs": np.abs,
    "len": len,
    "isnan": np.isnan,
    "isinf": np.isinf,
}
NAMES = {"pi": constant(np.pi), "inf": constant(np.inf), "nan": constant(np.nan)}


@dataclass(frozen=True)
class Function:
    """One function of the grammar.

    `takes` has for each argument what it is: "entry", "what" (an entry or a line), "number", "word" (a text in quotes),
    "formula" (an expression that the function asks itself) or "point" (`name=value`, as many as one likes, last); with
    "?" it may be left out. `gives` is asked with what is known and the arguments. `about` is for the table of them all.
    """

    name: str
    takes: tuple[str, ...]
    gives: Callable[..., Any]
    about: str
    changes: Changes = "run"


@dataclass(frozen=True)
class Expression:
    """An expression that was read; `mentions` are the entries it means, `names` those it calls by name.

    `functions` are what it calls, `changes` where their answers change.
    """

    text: str
    formula: Formula = field(repr=False, compare=False)
    mentions: tuple[Formula, ...] = field(default=(), repr=False, compare=False)
    names: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()

    def value(self, known: Known) -> Any:
        """What it comes to; raises Unknown, Missing, or ProgramError where it cannot be computed."""
        try:
            with np.errstate(all="ignore"):
                return self.formula(known)
        except (Unknown, Missing, ProgramError):
            raise
        except (ArithmeticError, ValueError, TypeError, IndexError, AttributeError, MemoryError):
            raise ProgramError(
                say(
                    "navigation.expression-cannot-be-computed",
                    "`{text}` cannot be computed. An entry is not a number: write value(...) or adjoint(...) of it.",
                    text=self.text,
                )
            ) from None

    def holds(self, known: Known) -> bool:
        """Whether it is true; not where it needs what is not known yet. Raises Missing and ProgramError."""
        return holds(self.value, known)


class Grammar:
    """A table of functions, and names besides, as a reader of expressions."""

    def __init__(self, functions: Mapping[str, Function], names: Mapping[str, Formula] = {}) -> None:
        self.functions = functions
        self.names = {**NAMES, **names}

    def read(self, text: str) -> Expression:
        """Read an expression; raises ProgramError with one sentence if it is none."""
        text = text.strip()
        if len(text) > LONGEST:
            message = say(
                "navigation.expression-too-long",
                "This expression is too long; {limit} characters must be enough.",
                limit=LONGEST,
            )
            raise ProgramError(message)
        reading = _Reading(self)
        try:
            formula = Arithmetic(self.names, SIGNS, OF_ONE, list, reading.form).formula(parsed(text))
        except (Refused, OverflowError) as error:
            raise ProgramError(self._refusal(text, getattr(error, "part", None))) from None
        return Expression(
            text,
            formula,
            tuple(reading.mentions),
            frozenset(reading.names),
            frozenset(reading.functions),
            frozenset(reading.changes),
        )

    def _refusal(self, text: str, part: ast.expr | None) -> str:
        if part is None:
            return say("navigation.not-expression", "`{text}` is not an expression.", text=text)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name):
            name = part.func.id
            if name in self.functions:
                return say("navigation.called-so", "`{call}` is written as {form}.", call=ast.unparse(part),
                           form=f"`{signature(self.functions[name])}`")  # fmt: skip
            return say("navigation.no-function", "There is no function `{name}`.", name=name)
        return say("navigation.not-in-expression", "`{part}` cannot be used here.", part=ast.unparse(part))


def signature(function: Function) -> str:
    """How a function is called: `difference(entry, number)`."""
    return f"{function.name}({', '.join(function.takes)})"


class _Reading:
    """One reading of one text: what it mentions is collected on the way."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.mentions: list[Formula] = []
        self.names: set[str] = set()
        self.functions: set[str] = set()
        self.changes: set[str] = set()

    def form(self, node: ast.expr, inside: Inside) -> Formula | None:
        match node:
            case ast.Constant(value=None | True | False | str() as value):
                return constant(value)
            case ast.Name(id=name):
                return self._entry(name)
            case ast.Subscript(value=part, slice=key):
                return _subscript(inside(part), key)
            case ast.Call(func=ast.Name(id="round"), args=[part, *digits], keywords=[]) if len(digits) < 2:
                return _rounded(inside(part), inside(digits[0]) if digits else constant(0))
            case ast.Call(func=ast.Name(id=name), args=given, keywords=point) if name in self.grammar.functions:
                return self._called(self.grammar.functions[name], given, point, inside)
        return logic(node, inside)

    def _entry(self, name: str) -> Formula:
        def look_up(known: Known) -> Place:
            return known["places"].named(name)

        self.mentions.append(look_up)
        self.names.add(name)
        return look_up

    def _called(
        self, function: Function, given: list[ast.expr], point: list[ast.keyword], inside: Inside
    ) -> Formula | None:
        kinds = [kind for kind in function.takes if kind != "point"]
        needed = sum(not kind.endswith("?") for kind in kinds)
        if not needed <= len(given) <= len(kinds) or (point and "point" not in function.takes):
            return None
        self.functions.add(function.name)
        self.changes.add(function.changes)
        arguments = [self._argument(kind.rstrip("?"), part, inside) for kind, part in zip(kinds, given)]
        if any(argument is None for argument in arguments):
            return None
        values = {one.arg: inside(one.value) for one in point if one.arg}

        def call(known: Known) -> Any:
            asked = [argument(known) for argument in arguments if argument is not None]
            return function.gives(known, *asked, **{name: value(known) for name, value in values.items()})

        if function.name == "entry":
            self.mentions.append(call)
        return call

    def _argument(self, kind: str, part: ast.expr, inside: Inside) -> Formula | None:
        """An argument as a formula; None where it is not of its kind."""
        if kind in ("entry", "what") and isinstance(part, ast.Name):
            return self._entry(part.id)
        if kind == "word":
            return constant(part.value) if isinstance(part, ast.Constant) and isinstance(part.value, str) else None
        if kind == "formula":
            return constant(inside(part))
        return inside(part)


def _subscript(whole: Formula, key: ast.expr) -> Formula | None:
    """An element by whole numbers: x[0], x[0, -1]."""
    numbers = list(_whole_numbers(key))
    if None in numbers:
        return None

    def element(known: Known) -> Any:
        value = whole(known)
        for number in numbers:
            value = value[number]
        return value

    return element


def _whole_numbers(key: ast.expr) -> Iterator[int | None]:
    for part in key.elts if isinstance(key, ast.Tuple) else [key]:
        match part:
            case ast.Constant(value=int() as number) if not isinstance(number, bool):
                yield number
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as number)):
                yield -number
            case _:
                yield None


def _rounded(part: Formula, digits: Formula) -> Formula:
    return lambda known: np.round(part(known), int(digits(known)))
