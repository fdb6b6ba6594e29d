"""What each edge has carried at the end of a sweep, in words: its local partial and its contribution; and their sums.

This is the picture in which 36 = 6 + 30 can be read off. Knows timelines; wording comes from `core.notation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from core import notation
from core.basics.types import Cotangent, Partial
from core.events import AdjointAccumulated, TangentComputed
from core.timeline import Timeline

DIGITS = 4  # of the numbers on edges
LONGEST = 14  # letters of an array that is written whole
TERMS = 4  # so many contributions are written as a sum


class Delivery(NamedTuple):
    """What stands on an edge that was used."""

    partial: str
    contribution: str


Carried = tuple[Partial, Cotangent]
"""The partial of an edge and what it carried."""


def deliveries(timeline: Timeline, links: np.ndarray, of: np.ndarray) -> dict[int, Delivery]:
    """By drawn edge what it carries; a bundle has the sum of what it brings to one entry, and no partial."""
    carried = dict(_carried(timeline))
    members: dict[int, list[Carried]] = {}
    sources: dict[int, set[int]] = {}
    for edge, (source, target, slot) in zip(of.tolist(), links.tolist()):
        if edge >= 0 and (target, slot) in carried:
            members.setdefault(edge, []).append(carried[target, slot])
            sources.setdefault(edge, set()).add(source)
    alone = {edge: _alone(*ones[0]) for edge, ones in members.items() if len(ones) == 1}
    summed = {edge: [one for _, one in ones] for edge, ones in members.items() if len(sources[edge]) == 1 < len(ones)}
    return alone | {edge: Delivery("", _text(sum(ones))) for edge, ones in summed.items() if not _arrays(ones)}


def _carried(timeline: Timeline) -> Iterator[tuple[tuple[int, int], Carried]]:
    """By target and slot the partial and what was carried: contributions back, or the terms of tangents."""
    for event in timeline.later:
        if isinstance(event, AdjointAccumulated):
            yield (event.source, event.slot), (event.partial, event.contribution)
        elif isinstance(event, TangentComputed):
            for slot, partial, term in event.terms:
                yield (event.index, slot), (partial, term)


def _alone(partial: Partial, contribution: Cotangent) -> Delivery:
    shown = "" if partial is None or np.ndim(partial) else f"× {notation.number(partial, DIGITS)}"
    return Delivery(shown, _text(contribution))


def _text(value: Cotangent) -> str:
    text = notation.number(value, DIGITS)
    return text if len(text) <= LONGEST and not text.startswith("array") else str(tuple(np.shape(value)))


def _arrays(ones: Sequence[Cotangent]) -> bool:
    return any(np.ndim(one) for one in ones)


def sums(timeline: Timeline) -> dict[int, str]:
    """By entry how its adjoint adds up, where a few numbers come together: 6 + 30 = 36."""
    arrived: dict[int, list[Cotangent]] = {}
    for event in timeline.later:
        if isinstance(event, AdjointAccumulated):
            arrived.setdefault(event.index, []).append(event.contribution)
    return {entry: _sum(ones) for entry, ones in arrived.items() if 1 < len(ones) <= TERMS and not _arrays(ones)}


def _sum(ones: Sequence[Cotangent]) -> str:
    digits = DIGITS if len(ones) < TERMS - 1 else DIGITS - 1
    numbers = [notation.number(one, digits) for one in ones]
    text = numbers[0]
    for number in numbers[1:]:
        text += f" − {number[1:]}" if number.startswith("-") else f" + {number}"
    return f"{text} = {notation.number(sum(ones), digits)}"
