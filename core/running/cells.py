"""What the cells of a text print and show: the text run once, statement by statement, with no tape.

Knows programs; knows nothing of notebooks.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any, NamedTuple

from core.basics.budget import Budget
from core.basics.errors import ProgramError
from core.basics.types import Point
from core.language.interface.inputs import is_print
from core.language.machine.outcome import Refusal
from core.language.machine.values import show
from core.language.program import Program
from core.tensor import untracked


class Said(NamedTuple):
    """What one cell printed and showed, and whether it ran to its end; one without statements did."""

    text: str
    whole: bool = True


def said_by_cells(program: Program, lines: Sequence[tuple[int, int]], point: Point, budget: Budget) -> list[Said]:
    """For each cell, given by its first and last line, what it says; cells that were not reached say nothing.

    A cell shows the value of its last line, where that is an expression that does not end in a semicolon.
    """
    body = program.whole.tree.body
    texts = [""] * len(lines)
    owners = [_cell_of(node.lineno, lines) for node in body]
    ends = [_last_of(cell, body, owners) for cell in range(len(lines))]
    reached = [end is None for end in ends]
    printed = 0

    def look_at(number: int, here: Any) -> None:
        nonlocal printed
        cell, total = owners[number], "".join(here.run.printed)
        if cell is None:
            return
        texts[cell] += total[printed:]
        printed = len(total)
        if number in ends and here.result is not None and _shows(program.text, body[number]):
            texts[cell] += _written(here.result)
        here.result = None
        reached[cell] = number == ends[cell]

    machine = program.whole.build(shows=True)
    inputs = {one.name: untracked(point.get(one.name, one.default)) for one in program.whole.inputs}
    machine.run_first(len(body), inputs, budget.begun(), look_at)
    return [Said(text.rstrip("\n"), whole) for text, whole in zip(texts, reached, strict=True)]


def _cell_of(line: int, lines: Sequence[tuple[int, int]]) -> int | None:
    return next((cell for cell, (first, last) in enumerate(lines) if first <= line <= last), None)


def _last_of(cell: int, body: list[ast.stmt], owners: list[int | None]) -> int | None:
    return next((number for number in reversed(range(len(body))) if owners[number] == cell), None)


def _shows(text: str, node: ast.stmt) -> bool:
    """Whether a notebook shows the value of a line."""
    line = text.split("\n")[(node.end_lineno or node.lineno) - 1]
    return isinstance(node, ast.Expr) and not is_print(node) and not line.rstrip().endswith(";")


def _written(value: Any) -> str:
    try:
        return show(value, True)
    except (ProgramError, Refusal, RecursionError):
        return ""
