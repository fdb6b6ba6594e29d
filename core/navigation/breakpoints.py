"""Breakpoints: a line, an entry, an op, the first number that is not finite, or a condition on the numbers of a step.

A breakpoint is data, and where it is hit is a function of it and the timeline.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from core.basics.errors import ProgramError
from core.basics.words import say
from core.navigation.anchors import beginnings, quantities
from core.navigation.conditions import HINT, Condition, is_bad, parse_condition
from core.navigation.steps import Steps
from core.ops import table
from core.tape import Tape
from core.timeline import Timeline


@dataclass(frozen=True)
class Breakpoint:
    """Where to stop; `wanted` is a line number, a label, the name of an op, "nan" or "inf", or a condition."""

    text: str
    kind: Literal["line", "entry", "op", "number", "condition"]
    wanted: Any

    def __str__(self) -> str:
        return self.text


def parse_breakpoint(text: str, tape: Tape | None = None) -> Breakpoint:
    """Read a breakpoint; with a tape, a label must be one of its entries. Raises ProgramError if it is none."""
    plain = text.strip()
    if line := re.fullmatch(r"(?:line\s+)?(\d{1,9})", plain):
        return Breakpoint(plain, "line", int(line[1]))
    if number := re.fullmatch(r"(?:first\s+)?(nan|inf|not finite)", plain, re.IGNORECASE):
        return Breakpoint(plain, "number", number[1].lower())
    if op := re.fullmatch(r"op\s+(\w+)", plain):
        if op[1] not in table:
            raise ProgramError(say("navigation.no-operation", "There is no operation `{op}`.", op=op[1]), hint=HINT)
        return Breakpoint(plain, "op", op[1])
    labels = None if tape is None else {tape.label(index) for index in range(len(tape))}
    if labels is not None and plain in labels or labels is None and plain.isidentifier():
        return Breakpoint(plain, "entry", plain)
    if plain.isidentifier():
        raise ProgramError(say("navigation.no-entry", "There is no entry `{name}` on the tape.", name=plain), hint=HINT)
    condition = parse_condition(plain)
    named = condition.entries if condition.state is None else condition.state.names
    known = labels if condition.state is None or tape is None else {*tape.names.values()}
    missing = sorted(named - known) if known is not None else []
    if missing:
        raise ProgramError(
            say("navigation.no-entry", "There is no entry `{name}` on the tape.", name=missing[0]),
            hint=HINT,
        )
    return Breakpoint(plain, "condition", condition)


def hits(timeline: Timeline, breakpoint: Breakpoint, steps: Steps | None = None) -> np.ndarray:
    """The steps at which the breakpoint stops, in order."""
    steps = steps or Steps(timeline)
    match breakpoint.kind:
        case "line":
            return steps.visit_beginnings(breakpoint.wanted)
        case "entry":
            tape = timeline.tape
            return _begins(steps, "entry", {one for one in range(len(tape)) if tape.label(one) == breakpoint.wanted})
        case "op":
            found = {one for one, op in enumerate(timeline.tape.ops) if op.name == breakpoint.wanted}
            return _begins(steps, "entry", found)
        case "number":
            return _changes(timeline, lambda known, index: is_bad(known.values(), breakpoint.wanted))
    if breakpoint.wanted.state is not None:
        return beginnings(timeline, breakpoint.wanted.state)
    return _changes(timeline, lambda known, index: _meets(timeline.tape, breakpoint.wanted, known, index))


def next_hit(
    timeline: Timeline, breakpoints: Iterable[Breakpoint], step: int, forward: bool = True, steps: Steps | None = None
) -> int | None:
    """The nearest step after (or before) this one at which any of the breakpoints stops; None where there is none."""
    found = [hits(timeline, one, steps) for one in breakpoints]
    later = [part[part > step] if forward else part[part < step] for part in found]
    ends = [int(part[0] if forward else part[-1]) for part in later if len(part)]
    return None if not ends else min(ends) if forward else max(ends)


def _begins(steps: Steps, unit: str, entries: set[int]) -> np.ndarray:
    """The steps at which the unit begins with one of the entries at work."""
    beginnings = steps.beginnings(unit)
    return beginnings[np.isin(steps.entries[beginnings - 1], list(entries))]


def _changes(timeline: Timeline, wanted: Any) -> np.ndarray:
    """The steps whose numbers are wanted."""
    tape = timeline.tape
    with np.errstate(all="ignore"):
        found = [index + 1 for index, value in enumerate(tape.primals) if wanted({"value": value}, index)]
        for step, event in enumerate(timeline.later, timeline.computed + 1):
            if event.index is not None and wanted(quantities(event, tape), event.index):
                found.append(step)
    return np.array(found, dtype=np.int64)


def _meets(tape: Tape, condition: Condition, known: dict[str, Any], index: int) -> bool:
    if condition.entries and tape.label(index) not in condition.entries:
        return False
    return condition.holds(known)
