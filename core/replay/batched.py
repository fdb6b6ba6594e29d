"""A schedule carried out: values level by level, then adjoints back, many numbers at a time.

Has the methods of a `Replayable`, so that it can take its place. Knows schedules and NumPy; knows nothing of programs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from threading import Lock
from typing import Any

import numpy as np

from core.codegen import PathChanged
from core.op import Op
from core.replay.lanes import COMPARISONS
from core.replay.schedule import SUM, Group, Schedule
from core.replay.scheduling import schedule_of
from core.tape import Tape

WORTH = 8
"""So many numbers in a group on average make it quicker than numbers one by one."""
Selector = slice | np.ndarray
"""What picks numbers of the vector: a slice where they lie side by side, which copies nothing."""


def batched(
    tape: Tape, target: int, inputs: Mapping[str, int], over: Collection[str], fixed: Mapping[str, Any]
) -> Batched | None:
    """The target as a function of the inputs, in batches; None where that cannot be done or is not worth it."""
    schedule = schedule_of(tape, target, inputs)
    if schedule is None or schedule.size < WORTH * (len(schedule.groups) + 1):
        return None
    shapes = {name: np.shape(tape.primals[index]) for name, index in inputs.items()}
    return Batched(schedule, shapes, over, fixed)


class Batched:
    """A tape's target as a function of its inputs, with derivatives with respect to those in `over`.

    Agrees with the tape to rounding. Raises `PathChanged` where a branch would be taken differently, where an input has
    another shape, or where one that is not on the tape differs from its `fixed` value.
    """

    def __init__(
        self, schedule: Schedule, shapes: Mapping[str, tuple[int, ...]], over: Collection[str], fixed: Mapping[str, Any]
    ) -> None:
        self.schedule, self.shapes, self.fixed = schedule, dict(shapes), dict(fixed)
        self.over = [name for name in schedule.inputs if name in over]
        self._values = np.zeros(schedule.size)
        begin = max((one.stop for one in schedule.inputs.values()), default=0)
        self._values[begin : begin + len(schedule.first)] = schedule.first
        self._adjoints = np.zeros(schedule.size)
        moves = _moving(schedule, self.over)
        self._steps = [_step(group, moves) for group in schedule.groups]
        self._lock = Lock()

    def value(self, **point: Any) -> float:
        """The target's value at the point."""
        with self._lock, np.errstate(all="ignore"):
            self._forward(point)
            return float(self._values[self.schedule.target])

    def value_and_gradient(self, **point: Any) -> tuple[float, dict[str, Any]]:
        """The target's value and its derivative with respect to the inputs in `over`; None where it has none."""
        with self._lock, np.errstate(all="ignore"):
            self._forward(point)
            self._backward()
            found = {name: self._gradient(name) for name in self.over}
            return float(self._values[self.schedule.target]), found

    def _forward(self, point: Mapping[str, Any]) -> None:
        for name, value in self.fixed.items():
            if point.get(name, value) is not value and not np.array_equal(point[name], value):
                raise PathChanged
        values = self._values
        for name, part in self.schedule.inputs.items():
            if np.shape(point[name]) != self.shapes[name]:
                raise PathChanged
            values[part] = np.ravel(point[name])
        for step in self._steps:
            step.forward(values)
        for one in self.schedule.questions:
            answers = COMPARISONS[one.comparison](values[one.left], values[one.right])
            if not np.all(answers == one.outcome):
                raise PathChanged

    def _backward(self) -> None:
        self._adjoints.fill(0.0)
        self._adjoints[self.schedule.target] = 1.0
        for step in reversed(self._steps):
            step.backward(self._values, self._adjoints)

    def _gradient(self, name: str) -> Any:
        part = self._adjoints[self.schedule.inputs[name]].reshape(self.shapes[name])
        return part.copy() if self.shapes[name] else float(part)


def _moving(schedule: Schedule, over: Collection[str]) -> np.ndarray:
    """Which numbers change with the inputs in `over`, in a way that has a derivative."""
    moves = np.zeros(schedule.size, dtype=bool)
    for name in over:
        moves[schedule.inputs[name]] = True
    for group in schedule.groups:
        here = slice(group.start, group.stop)
        if group.op == SUM:
            moves[here] = moves[group.operands[0]].any(axis=1)
        elif not isinstance(group.op, Op):
            moves[here] = moves[group.operands[0]].any(axis=1).ravel()
        else:
            for places, rule in zip(group.operands, group.op.rules):
                moves[here] |= moves[places] if rule is not None else False
    return moves


class _Elements:
    """A group of one operation on elements, ready to be carried out both ways."""

    def __init__(self, group: Group, op: Op, moves: np.ndarray) -> None:
        self.op, self.attributes = op, group.attributes
        self.here = slice(group.start, group.stop)
        self.more = () if group.exponent is None else (group.exponent,)
        self.operands = [_selector(places) for places in group.operands]
        self.receivers = [
            (op.pullbacks[slot], _Receiver(places))
            for slot, places in enumerate(group.operands)
            if op.rules[slot] is not None and moves[places].any()
        ]

    def forward(self, values: np.ndarray) -> None:
        """Compute the group's values."""
        values[self.here] = self.op.forward(*[values[one] for one in self.operands], *self.more, **self.attributes)

    def backward(self, values: np.ndarray, adjoints: np.ndarray) -> None:
        """Add to the operands' adjoints what flows from the group's."""
        g, v = adjoints[self.here], values[self.here]
        operands = [values[one] for one in self.operands]
        for pullback, receiver in self.receivers:
            receiver.add(adjoints, pullback(g, v, *operands, *self.more, **self.attributes))


class _Sums:
    """A group of sums, each of as many terms."""

    def __init__(self, group: Group, moves: np.ndarray) -> None:
        self.here, self.shape = slice(group.start, group.stop), group.operands[0].shape
        self.terms = _selector(group.operands[0].ravel())
        self.receivers = _of_terms(group.operands[0], moves)

    def forward(self, values: np.ndarray) -> None:
        """Add up the terms."""
        values[self.here] = values[self.terms].reshape(self.shape).sum(axis=1)

    def backward(self, values: np.ndarray, adjoints: np.ndarray) -> None:
        """Every term gets what its sum has."""
        g = adjoints[self.here]
        for lanes, receiver in self.receivers:
            receiver.add(adjoints, g[lanes])


class _Picks:
    """A group of rows, each picked from its table where another number says."""

    def __init__(self, group: Group) -> None:
        self.here = slice(group.start, group.stop)
        self.tables, self.keys = group.operands
        self.each = np.arange(len(self.tables))
        self.rows = self.tables[:, 0]

    def forward(self, values: np.ndarray) -> None:
        """Pick the rows; a number that names none goes another way."""
        keys = values[self.keys]
        whole = keys.astype(int)
        if np.any(whole != keys) or np.any(whole < -self.tables.shape[1]) or np.any(whole >= self.tables.shape[1]):
            raise PathChanged
        self.rows = self.tables[self.each, whole]
        values[self.here] = values[self.rows].ravel()

    def backward(self, values: np.ndarray, adjoints: np.ndarray) -> None:
        """The picked rows get what was picked, the others nothing."""
        np.add.at(adjoints, self.rows.ravel(), adjoints[self.here])


_Step = _Elements | _Sums | _Picks


def _step(group: Group, moves: np.ndarray) -> _Step:
    if isinstance(group.op, Op):
        return _Elements(group, group.op, moves)
    return _Sums(group, moves) if group.op == SUM else _Picks(group)


def _of_terms(places: np.ndarray, moves: np.ndarray) -> list[tuple[np.ndarray, _Receiver]]:
    """For sums: which sum each receiver's terms belong to. Terms used often and terms used once are kept apart."""
    lanes = np.repeat(np.arange(len(places)), places.shape[1])
    flat = places.ravel()
    often = np.bincount(flat)[flat] > 1
    found = []
    for chosen in (often & moves[flat], ~often & moves[flat]):
        if chosen.any():
            found.append((lanes[chosen], _Receiver(flat[chosen])))
    return found


class _Receiver:
    """Adds amounts at places, which may repeat."""

    def __init__(self, places: np.ndarray) -> None:
        self.low, self.high = int(places.min()), int(places.max()) + 1
        self.part = slice(self.low, self.high)
        self.places = places - self.low
        self.repeats = len(np.unique(places)) < len(places)
        self.selector = _selector(places)

    def add(self, adjoints: np.ndarray, amounts: Any) -> None:
        """Add an amount for each place."""
        if not self.repeats:
            adjoints[self.selector] += amounts
        elif self.high - self.low == 1:
            adjoints[self.low] += np.sum(np.broadcast_to(amounts, self.places.shape))
        else:
            amounts = np.broadcast_to(amounts, self.places.shape)
            adjoints[self.part] += np.bincount(self.places, amounts, self.high - self.low)


def _selector(places: np.ndarray) -> Selector:
    begin = int(places[0])
    if np.array_equal(places, np.arange(begin, begin + len(places))):
        return slice(begin, begin + len(places))
    return places
