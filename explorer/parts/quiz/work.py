"""Which question comes next, where to stand while it is open, and what to hide.

Pure functions of timelines. Knows no widget.
"""

from collections.abc import Collection

import numpy as np

from core.quiz import KINDS, Question, question_at
from core.timeline import Timeline


def next_question(timeline: Timeline, after: int, kinds: Collection[str] = KINDS) -> Question | None:
    """The first question that a step after this one answers; None where there is none."""
    for step in range(max(after, 0) + 1, len(timeline) + 1):
        question = question_at(timeline, step, kinds)
        if question is not None and bool(np.all(np.isfinite(question.answer))):
            return question
    return None


def last_step(question: Question) -> int:
    """The last step at which the answer cannot be read off: for a gradient, before its last contribution."""
    if question.kind == "gradient":
        arrived, _ = question.timeline.arrivals.get(question.index, ([], []))
        if arrived:
            return arrived[-1] - 1
    return question.step - 1


def veiled(question: Question) -> frozenset[int]:
    """The entries about which nothing more is to be said: their slopes and pullbacks hold the answer."""
    entries = {question.index, *(index for _, index in question.hidden)}
    if question.source is not None:
        entries.add(question.source)
    timeline = question.timeline
    if question.kind == "gradient":
        arrived = timeline.frame(len(timeline)).contributions(question.index)
        entries.update(event.source for event in arrived[-1:])
    return frozenset(entries)


