"""The program with `where` used twice: once to give an operand a safe value, once to choose the result.

What is proposed was tried: the program is run again as it would be, and every number is finite. Knows the text of
programs and runs.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.basics.errors import ProgramError
from core.basics.span import Span
from core.language import parse
from core.language.abstract.cutting import path_called
from core.language.reading.places import Places
from core.library import ROOTS, argument, find
from core.run import Run, record

if TYPE_CHECKING:
    from core.why.branches import Untaken

SAFE = ("1.0", "0.5", "0.0", "2.0", "-1.0")  # values that are tried, in this order
MOST = 20_000  # entries of a run that is done again


class Choice(NamedTuple):
    """A call of `where` in the text: its condition, the branch that is not taken, and whether it is the first."""

    call: ast.Call
    condition: ast.expr
    branch: ast.expr
    first: bool


class Proposal(NamedTuple):
    """What to write: the line that makes the operand safe, and what is then computed with it."""

    line: str
    instead: str


def double_where(run: Run, left: Untaken, began: Span | None) -> Proposal | None:
    """What to write so that all numbers are finite; None where the text does not show it."""
    found = _choice(run, left)
    if found is None or began is None or len(run.tape) > MOST:
        return None
    places = Places(run.program.text)
    whole, dangerous = _computed(run.program.tree, places, found, began)
    if whole is None:
        return None
    name_of_safe = _new_name(run)
    part = dangerous or whole
    for name, value in itertools.product(_candidates(found, part), SAFE):
        uses = [node for node in ast.walk(part) if isinstance(node, ast.Name) and node.id == name]
        safe = _where(places, found, name, value)
        if _is_finite(run, _replaced(run.program.text, places, uses, safe)):
            return Proposal(f"{name_of_safe} = {safe}", _replaced_in(places, whole, uses, name_of_safe))
    return None


def _choice(run: Run, left: Untaken) -> Choice | None:
    places, span = Places(run.program.text), run.tape[left.chooser].span
    for node in ast.walk(run.program.tree):
        if isinstance(node, ast.Call) and places.of(node) == span:
            found = find(path_called(node.func))
            if found is None or found[0].function != "where":
                return None
            given: dict[str, ast.expr] = {argument(found[1], place): one for place, one in enumerate(node.args)}
            given |= {argument(found[1], item.arg or ""): item.value for item in node.keywords}
            branch = given.get(("", "x", "y")[left.slot])
            return Choice(node, given["condition"], branch, left.slot == 1) if branch is not None else None
    return None


def _computed(
    tree: ast.AST, places: Places, found: Choice, began: Span
) -> tuple[ast.expr | ast.Assign | None, ast.expr | None]:
    """What has to be written anew, and the part of it in which names become safe: the branch, or an earlier line."""
    if _within(began, places.of(found.branch)):
        return found.call, found.branch
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _within(began, places.of(node.value)):
            return node, node.value
    return None, None


def _candidates(found: Choice, part: ast.AST) -> list[str]:
    """The names that may be made safe: first those that the condition asks about."""
    names = list(dict.fromkeys(_names(part)))
    asked = set(_names(found.condition))
    return sorted(names, key=lambda name: name not in asked)


def _names(node: ast.AST) -> Iterator[str]:
    called = {id(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)}
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and id(part) not in called and part.id not in ROOTS:
            yield part.id


def _where(places: Places, found: Choice, name: str, value: str) -> str:
    """The call that gives the name a safe value where its branch is not taken."""
    condition = _text(places, found.condition)
    branches = (name, value) if found.first else (value, name)
    return f"{ast.unparse(found.call.func)}({condition}, {branches[0]}, {branches[1]})"


def _text(places: Places, node: ast.AST) -> str:
    return places.of(node).text_in(places.text)


def _replaced(text: str, places: Places, uses: list[ast.Name], new: str) -> str:
    """The text with other words at these names."""
    lines = text.split("\n")
    for node in sorted(uses, key=lambda one: (one.lineno, one.col_offset), reverse=True):
        span = places.of(node)
        line = lines[span.line - 1]
        lines[span.line - 1] = line[: span.column - 1] + new + line[span.end_column - 1 :]
    return "\n".join(lines)


def _replaced_in(places: Places, whole: ast.AST, uses: list[ast.Name], new: str) -> str:
    """The text of a part with other words at the names."""
    span = places.of(whole)
    changed = _replaced(places.text, places, uses, new).split("\n")
    last = places.lines[span.end_line - 1]
    tail = len(last) - (span.end_column - 1)
    end = len(changed[span.end_line - 1]) - tail
    return " ".join(Span(span.line, span.column, span.end_line, end + 1).text_of(changed).split())


def _within(inner: Span, outer: Span) -> bool:
    return outer[:2] <= inner[:2] and inner[2:] <= outer[2:]


def _new_name(run: Run) -> str:
    taken = {*run.program.names, *run.program.input_names}
    return next(name for name in ("safe", "safe_operand", "safe_one") if name not in taken)


def _is_finite(run: Run, text: str) -> bool:
    """Whether the program that this would be runs, has the value of the other, and only finite numbers."""
    try:
        other = record(parse(text), run.point, run.watched, run.target_name or None)
    except ProgramError:
        return False
    if other.failure is not None or other.target is None or run.target is None:
        return False
    same = np.array_equal(other.tape.primals[other.target], run.tape.primals[run.target], equal_nan=True)
    numbers = [one for one in (*other.all_adjoints(), *other.tape.primals) if one is not None]
    return same and all(np.all(np.isfinite(one)) for one in numbers)
