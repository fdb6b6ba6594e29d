"""What is said when an adjoint is complete: which ways delivered what, and that together they are the derivative.

Knows the step before only through what arrived.
"""

import numpy as np

from core.basics.words import listed, say
from core.events import AdjointAccumulated, AdjointCompleted
from core.notation.numbers import number
from core.notation.styles import PLAIN, Plain
from core.timeline import Timeline

MOST_WAYS = 5
"""More ways than these are not told one by one."""


def completed(timeline: Timeline, step: int, event: AdjointCompleted) -> str:
    """The sentence of the step."""
    target, name, value = timeline.run.target_label, timeline.tape.label(event.index), number(event.value)
    if timeline.run.target is not None and np.isnan(timeline.tape.primals[timeline.run.target]).all():
        return say(
            "notation.complete-without-derivative",
            "All contributions to {name} are in: they add up to {value}, but {target} is not a number at this point, "
            "so it has no derivative here.",
            name=name,
            value=value,
            target=target,
        )
    ways = _ways(timeline, step, event)
    if ways:
        return say(
            "notation.ways-add",
            "{ways} from {target} to {name} have delivered: {parts}. Ways add: {sum} = {value}, the derivative of "
            "{target} with respect to {name}.",
            ways=say("notation.both-ways", "Both ways") if len(ways) == 2 else _all_ways(len(ways)),
            target=target,
            name=name,
            parts=listed(_delivered(timeline, way) for way in ways),
            sum=_sum(ways, PLAIN),
            value=value,
        )
    return say(
        "notation.complete",
        "All contributions to {name} are in: the derivative of {target} with respect to {name} is {value}.",
        name=name,
        target=target,
        value=value,
    )


def completion(timeline: Timeline, step: int, event: AdjointCompleted, style: Plain) -> list[str]:
    """The parts of the step's formula: the derivative, the adjoint, what was added, and what that makes."""
    label = timeline.tape.label(event.index)
    ways = _ways(timeline, step, event)
    return [
        style.derivative(timeline.run.target_label, label),
        style.bar(label),
        *([_sum(ways, style)] if ways else []),
        style.number(event.value).text,
    ]


def _ways(timeline: Timeline, step: int, event: AdjointCompleted) -> list[AdjointAccumulated]:
    """The contributions, where they are several single numbers that can be told one by one; else none."""
    ways = timeline.frame(step).contributions(event.index)
    told = 2 <= len(ways) <= MOST_WAYS and not any(np.ndim(way.contribution) or way.change for way in ways)
    return ways if told else []


def _all_ways(count: int) -> str:
    return say("notation.all-ways", "All {count} ways", count=count)


def _delivered(timeline: Timeline, way: AdjointAccumulated) -> str:
    value, source = number(way.contribution), timeline.tape.label(way.source)
    if source == timeline.run.target_label:
        return say("notation.delivered-directly", "{value} directly", value=value)
    return say("notation.delivered-through", "{value} through {source}", value=value, source=source)


def _sum(ways: list[AdjointAccumulated], style: Plain) -> str:
    first, *more = [style.number(way.contribution) for way in ways]
    return first.text + "".join(style.plus + style.factor(one, 0) for one in more)
