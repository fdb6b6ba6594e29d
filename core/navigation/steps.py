"""Which step comes next or before, by event, entry, source line, loop pass or function, and over, into or out of calls.

Going by a unit stops where a new one begins, so that going back is the exact inverse of going forward from one stop to
the next. The stops are found once for a timeline; a move is then a binary search.
"""

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any

import numpy as np

from core.basics.words import say
from core.events import AdjointAccumulated
from core.timeline import Timeline

UNITS = ("event", "entry", "line", "pass", "call")


class Steps:
    """The stops of one timeline."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._stops: dict[str, np.ndarray] = {}

    @cached_property
    def entries(self) -> np.ndarray:
        """For each step from 1 on the entry at work, -1 where there is none."""
        timeline = self.timeline
        later = [_entry(event) for event in timeline.later]
        return np.concatenate([np.arange(timeline.computed), np.array(later, dtype=np.int64)]).astype(np.int64)

    @cached_property
    def depths(self) -> np.ndarray:
        """For each step from 0 on how many calls deep it is."""
        of_entry = np.array([len(_place(self.timeline, one, "call_stack")) for one in range(self.timeline.computed)])
        depths = np.where(self.entries < 0, 0, of_entry[self.entries] if len(of_entry) else 0)
        return np.concatenate([[0], depths])

    def stops(self, unit: str) -> np.ndarray:
        """The steps at which a new unit ("event", "entry", "line", "pass", "call") begins, with the first and last."""
        if unit not in self._stops:
            self._stops[unit] = self._find_stops(unit)
        return self._stops[unit]

    def next(self, step: int, unit: str = "event") -> int:
        """The next stop after the step; the last step when there is none."""
        stops = self.stops(unit)
        place = int(np.searchsorted(stops, step, side="right"))
        return int(stops[min(place, len(stops) - 1)])

    def previous(self, step: int, unit: str = "event") -> int:
        """The last stop before the step; 0 when there is none."""
        stops = self.stops(unit)
        return int(stops[max(int(np.searchsorted(stops, step, side="left")) - 1, 0)])

    def line(self, index: int) -> int:
        """The line of an entry's text; 0 where it has none."""
        span = _place(self.timeline, index, "span")
        return span.line if span else 0

    def visit_beginnings(self, line: int) -> np.ndarray:
        """The steps at which a visit of the line begins, in either sweep: by its own text or by a call made on it."""
        numbers: dict[frozenset[Hashable], int] = {frozenset(): 0}
        of_entry = np.array([numbers.setdefault(one, len(numbers)) for one in self._visits(line)], dtype=np.int64)
        if len(numbers) == 1:
            return np.zeros(0, dtype=np.int64)
        visits = list(numbers)
        now = np.where(self.entries < 0, 0, of_entry[self.entries])
        before = np.concatenate([[0], now[:-1]])
        before[self.timeline.computed : self.timeline.computed + 1] = 0
        changed = np.flatnonzero(now != before)
        begins = [bool(visits[one] - visits[other]) for one, other in zip(now[changed], before[changed])]
        return changed[np.array(begins, dtype=bool)] + 1

    def _visits(self, line: int) -> list[frozenset[Hashable]]:
        """For each entry the visits of the line to which it belongs.

        Two entries belong to the same visit where they share the calls and the loop passes that led to the line.
        """
        nowhere: frozenset[Hashable] = frozenset()
        known: dict[tuple[int, int, bool], frozenset[Hashable]] = {}
        result = [nowhere] * self.timeline.computed
        for index, place in enumerate(self.timeline.tape.provenances[: self.timeline.computed]):
            if place is None or place.span is None:
                continue
            here = place.span.line == line
            if not here and not place.sites:
                continue
            key = (id(place.sites), id(place.loop), here)
            if key not in known:
                sites = place.sites
                calls = [(sites[:depth], one.loop) for depth, one in enumerate(sites) if one.span.line == line]
                known[key] = frozenset([*calls, (sites, place.loop)] if here else calls)
            result[index] = known[key]
        return result

    def over(self, step: int, forward: bool = True) -> int:
        """The nearest step that is no deeper in calls than this one, so that whole calls are passed over."""
        return self._nearest(step, forward, lambda depths: depths <= self.depths[step])

    def into(self, step: int, forward: bool = True) -> int:
        """The nearest step that is deeper in calls than this one; the neighbouring step when there is none."""
        found = self._nearest(step, forward, lambda depths: depths > self.depths[step])
        return found if self.depths[found] > self.depths[step] else self._neighbour(step, forward)

    def out(self, step: int, forward: bool = True) -> int:
        """The nearest step that is less deep in calls: out of the present one."""
        return self._nearest(step, forward, lambda depths: depths < self.depths[step])

    def _nearest(self, step: int, forward: bool, wanted: Callable[[np.ndarray], np.ndarray]) -> int:
        part = self.depths[step + 1 :] if forward else self.depths[:step][::-1]
        found = wanted(part)
        if not found.any():
            return len(self.timeline) if forward else 0
        distance = int(np.argmax(found)) + 1
        return step + distance if forward else step - distance

    def _neighbour(self, step: int, forward: bool) -> int:
        return min(step + 1, len(self.timeline)) if forward else max(step - 1, 0)

    def _find_stops(self, unit: str) -> np.ndarray:
        last = len(self.timeline)
        return np.arange(last + 1) if unit == "event" else np.unique([0, *self.beginnings(unit), last])

    def beginnings(self, unit: str) -> np.ndarray:
        """The steps at which a unit begins: where the entry, line, pass or call is another than at the step before."""
        last = len(self.timeline)
        units = self._numbered(unit)[self.entries] if self.timeline.computed else self.entries
        backward = np.arange(1, last + 1) > self.timeline.computed
        new = np.ones(last, dtype=bool)
        new[1:] = (units[1:] != units[:-1]) | (backward[1:] != backward[:-1])
        return np.flatnonzero(new) + 1

    def _numbered(self, unit: str) -> np.ndarray:
        """For each entry a number that is the same exactly for entries of the same unit."""
        numbers: dict[Hashable, int] = {}
        return np.array(
            [numbers.setdefault(self._unit_of(one, unit), len(numbers)) for one in range(self.timeline.computed)],
            dtype=np.int64,
        )

    def _unit_of(self, index: int, unit: str) -> Hashable:
        if unit == "entry":
            return index
        if unit == "line":
            return self.line(index), tuple(site.span for site in _place(self.timeline, index, "sites"))
        if unit == "pass":
            return _place(self.timeline, index, "loop")
        if unit == "call":
            return _place(self.timeline, index, "call_stack")
        raise ValueError(
            say("navigation.unknown-unit", "steps go by {units}, not by {unit!r}", units=", ".join(UNITS), unit=unit)
        )


def _entry(event: Any) -> int:
    index = event.source if isinstance(event, AdjointAccumulated) else event.index
    return -1 if index is None else index


def _place(timeline: Timeline, index: int, what: str) -> Any:
    provenances = timeline.tape.provenances
    provenance = provenances[index] if index < len(provenances) else None
    return getattr(provenance, what) if provenance is not None else ()
