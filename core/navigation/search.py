"""Finding entries: by name, op, line, text, or a condition on their value and gradient."""

from typing import Any

import numpy as np

from core.basics.errors import ProgramError
from core.basics.words import say
from core.navigation.breakpoints import parse_breakpoint
from core.navigation.conditions import is_bad
from core.notation import operation
from core.ops import table
from core.timeline import Timeline


def search(timeline: Timeline, text: str) -> list[int]:
    """The entries that the text describes, in the order of the tape.

    `grad > 100`, `abs(value) < 1e-3`, `nan`, `inf`, `line 3`, `op sin` or just `sin`, a label such as `v3`; anything
    else is looked for in labels and formulas. Raises ProgramError for a condition that cannot be read.
    """
    plain = text.strip()
    if not plain:
        return []
    tape = timeline.tape
    labelled = [index for index in range(len(tape)) if tape.label(index) == plain]
    if labelled:
        return labelled
    if plain in table:
        return [index for index, op in enumerate(tape.ops) if op.name == plain]
    try:
        wanted = parse_breakpoint(plain)
    except ProgramError:
        if any(sign in plain for sign in "<>="):
            raise
        return _containing(timeline, plain)
    found = _matching(timeline, wanted.kind, wanted.wanted)
    return found if found or wanted.kind != "entry" else _containing(timeline, plain)


def _containing(timeline: Timeline, text: str) -> list[int]:
    tape, small = timeline.tape, text.lower()
    return [
        index
        for index in range(len(tape))
        if small in tape.label(index).lower() or small in operation(tape, index).lower()
    ]


def _matching(timeline: Timeline, kind: str, wanted: Any) -> list[int]:
    tape = timeline.tape
    if kind == "line":
        return [index for index in range(len(tape)) if (span := tape[index].span) and span.line == wanted]
    if kind == "op":
        return [index for index, op in enumerate(tape.ops) if op.name == wanted]
    if kind == "condition" and wanted.state is not None:
        message = say(
            "navigation.about-a-moment", "`{text}` is about a moment of the run, not about entries.", text=wanted.text
        )
        raise ProgramError(message)
    if kind in ("number", "condition"):
        with np.errstate(all="ignore"):
            return [index for index in range(len(tape)) if _meets(timeline, index, kind, wanted)]
    return []


def _meets(timeline: Timeline, index: int, kind: str, wanted: Any) -> bool:
    """Whether the entry's value and its adjoint at the end are such numbers."""
    _, arrived = timeline.arrivals.get(index, ((), ()))
    numbers = {"value": timeline.tape.primals[index], "adjoint": arrived[-1] if arrived else None}
    if kind == "number":
        return is_bad(numbers.values(), wanted)
    return (not wanted.entries or timeline.tape.label(index) in wanted.entries) and wanted.holds(numbers)
