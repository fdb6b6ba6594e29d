"""The right sweep beside a wrong one: entry by entry, where they part, and one sentence on why."""

from typing import Any, NamedTuple

import numpy as np

from core.basics.words import say
from core.mistakes.kinds import REASONS, RULE_REASONS, Mistake
from core.notation import bar, number
from core.timeline import Timeline


class Comparison(NamedTuple):
    """An entry's adjoint as it should be and as it came out."""

    entry: int
    right: Any
    wrong: Any
    differs: bool


def comparisons(right: Timeline, wrong: Timeline) -> list[Comparison]:
    """For every entry of the tape its adjoint at the end, right and wrong."""
    return [_comparison(right, wrong, index) for index in range(len(right.tape))]


def _comparison(right: Timeline, wrong: Timeline, index: int) -> Comparison:
    one, other = _at_the_end(right, index), _at_the_end(wrong, index)
    return Comparison(index, one, other, not same(one, other))


def _at_the_end(timeline: Timeline, index: int) -> Any:
    _, arrived = timeline.arrivals.get(index, ((), ()))
    return arrived[-1] if arrived else None


def first_wrong(right: Timeline, wrong: Timeline) -> int | None:
    """The entry at which the wrong sweep first goes astray, in the order of the right sweep; None if it never does.

    Where values already differ (single precision) it is the first entry with another value.
    """
    for index, (one, other) in enumerate(zip(right.tape.primals, wrong.tape.primals)):
        if not same(one, other):
            return index
    backwards = range(len(right.tape) - 1, -1, -1)
    return next((index for index in backwards if _comparison(right, wrong, index).differs), None)


def same(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    if one.__class__ is float and other.__class__ is float:
        return bool(one == other or one != one and other != other)
    return np.shape(one) == np.shape(other) and bool(np.array_equal(one, other, equal_nan=True))


def why_wrong(mistake: Mistake, right: Timeline, wrong: Timeline) -> str:
    """One sentence on what the mistake does here, and why."""
    entry = first_wrong(right, wrong)
    if mistake.kind == "wrong rule":
        reason: str = RULE_REASONS[mistake.change].say(op=mistake.op)
    else:
        reason = REASONS[mistake.kind]
    if entry is None:
        return say("mistakes.harmless-here", "{reason} In this program nothing goes wrong by it.", reason=reason)
    label = right.tape.label(entry)
    if not same(right.tape.primals[entry], wrong.tape.primals[entry]):
        return say(
            "mistakes.first-wrong-value",
            "{reason} It first shows at {name}: {wrong} instead of {right}.",
            reason=reason,
            name=label,
            wrong=number(wrong.tape.primals[entry], 17),
            right=number(right.tape.primals[entry], 17),
        )
    value, other = _at_the_end(right, entry), _at_the_end(wrong, entry)
    if other is None:
        return say(
            "mistakes.first-without-adjoint",
            "{reason} It first shows at {name}: {adjoint} gets nothing instead of {right}.",
            reason=reason,
            name=label,
            adjoint=bar(label),
            right=number(value),
        )
    return say(
        "mistakes.first-wrong-adjoint",
        "{reason} It first shows at {name}: {adjoint} is {wrong} instead of {right}.",
        reason=reason,
        name=label,
        adjoint=bar(label),
        wrong=number(other),
        right=number(value),
    )
