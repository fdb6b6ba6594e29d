"""Where in a run an expression about its state holds, and what such an expression is asked with.

Knows timelines and expressions; knows no breakpoint and no lesson.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from core.arithmetic import Known
from core.events import (
    AdjointAccumulated,
    AdjointCompleted,
    AdjointSeeded,
    Event,
    PrimalComputed,
    TangentComputed,
    TangentSeeded,
)
from core.navigation.grammar import Expression
from core.navigation.places import Missing, Place, Places
from core.tape import Tape
from core.timeline import NEVER, Timeline


def known_at(timeline: Timeline, step: int, places: Places, more: Mapping[str, Any] = {}) -> dict[str, Any]:
    """What a condition is asked with at a step, besides what the caller knows more."""
    shown = quantities(timeline.event(step), timeline.tape) if step else {}
    return {**shown, "timeline": timeline, "step": step, "places": places, "anchored": True, **more}


def quantities(event: Event, tape: Tape) -> dict[str, Any]:
    """The numbers that a step shows: what was computed, or what arrived."""
    match event:
        case PrimalComputed(index):
            return {"value": tape.primals[index]}
        case AdjointAccumulated():
            return {"adjoint": event.after, "contribution": event.contribution, "partial": event.partial}
        case AdjointSeeded(_, value) | AdjointCompleted(_, value):
            return {"adjoint": value}
        case TangentSeeded(_, value) | TangentComputed(_, value):
            return {"tangent": value}
    return {}


def beginnings(timeline: Timeline, expression: Expression) -> np.ndarray:
    """The steps at which an expression begins to hold; none where it means what the run does not have."""
    places = Places(timeline.tape, timeline.run.program.text)
    try:
        found = list(_begins(timeline, expression, lambda step: known_at(timeline, step, places)))
    except Missing:
        found = []
    return np.array(found, dtype=np.int64)


def first_step(timeline: Timeline, expression: Expression, known: Callable[[int], Known]) -> int | None:
    """The first step at which an expression holds, None for none; raises Missing and ProgramError."""
    return next(_begins(timeline, expression, known), None)


def _begins(timeline: Timeline, expression: Expression, known: Callable[[int], Known]) -> Iterator[int]:
    before = False
    for step in _candidates(timeline, expression, known):
        now = expression.holds(known(step))
        if now and not before:
            yield step
        before = now


def _candidates(timeline: Timeline, expression: Expression, known: Callable[[int], Known]) -> list[int] | range:
    """The steps at which what the expression says can change; all of them where it looks at the step itself."""
    last = len(timeline)
    if "step" in expression.changes or not expression.changes:
        return range(last + 1)
    steps = {0, 1, timeline.forward_end, timeline.forward_end + 1, last}
    steps |= {timeline.forward_end + count for count in (2, 3)}
    for mention in expression.mentions:
        place = mention(known(0))
        if isinstance(place, Place):
            steps |= _steps_of(timeline, place.index)
    if "done" in expression.functions:
        return range(last + 1)
    return sorted(step for step in steps if 0 <= step <= last)


def _steps_of(timeline: Timeline, index: int) -> set[int]:
    """The steps at which anything happens to an entry, or is passed on from it."""
    arrived, _ = timeline.arrivals.get(index, ((), ()))
    slots = range(len(timeline.tape.operands(index)))
    passed = {timeline.step_of_contribution.get((index, slot), NEVER) for slot in slots}
    return {*arrived, *passed, int(timeline.computed_at[index]), int(timeline.completed_at[index])} - {NEVER}
