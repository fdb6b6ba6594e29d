"""A run as a sequence of steps, each of which can be drawn alone.

The timeline keeps, for every entry, when it was computed, seeded, added to and completed. A frame is a look-up in
those records: no frame depends on another, and seeking costs the same wherever one goes. A timeline never changes.
Knows runs and events; knows nothing of words or drawing.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable
from copy import copy
from enum import IntEnum
from functools import cached_property
from itertools import count, repeat

import numpy as np

from core.basics.types import Adjoint, Point, Primal
from core.basics.words import say
from core.events import (
    AdjointAccumulated,
    AdjointCompleted,
    AdjointSeeded,
    Event,
    Failed,
    PrimalComputed,
    TangentComputed,
    TangentSeeded,
)
from core.ops import INPUT
from core.run import Run
from core.sweeps import Observer, reverse, tangents

NEVER = np.iinfo(np.int64).max
LOOK_EVERY = 1024
"""Events of numbers between two looks whether the work is to go on."""
Look = Callable[[], object]


def _no_look() -> None:
    """Nothing is to be looked at."""


class State(IntEnum):
    """How far an entry has come at some step."""

    PENDING = 0
    COMPUTED = 1
    CURRENT = 2
    SEEDED = 3
    ACCUMULATING = 4
    COMPLETE = 5
    UNCONNECTED = 6
    FAILED = 7
    UNWATCHED = 8


class Timeline:
    """The steps of a run: step 0 is before everything, step k is after event k.

    `computed_at`, `seeded_at`, `arrived_at`, `completed_at` and `failed_at` say for every entry at which step that
    happens (`NEVER` where it does not); `arrivals` has for each entry the steps at which its adjoint or tangent grew,
    and what it then was.
    """

    def __init__(self, run: Run, later: Iterable[Event], look: Look = _no_look) -> None:
        """`later` are the events after the last primal; the forward sweep is the order of the tape itself.

        `look` is called every now and then, and may raise where the work is to end.
        """
        self.run = run
        self.tape = run.tape
        self.later = tuple(later)
        self.computed = len(run.tape)
        self.forward_end = self.computed + bool(self.later and isinstance(self.later[0], Failed))
        self._index_events(look)

    @classmethod
    def of(cls, run: Run, direction: Point | None = None, look: Look = _no_look) -> "Timeline":
        """The forward sweep, then the reverse sweep from the target; with `direction` the tangent sweep instead.

        `direction` maps input names to tangents. `look` is called every now and then, and may raise where the work is
        to end.
        """
        later: list[Event] = []
        if run.failure:
            later.append(Failed(None, run.failure.message))
        elif run.target is not None:
            _sweep(run, direction, _visible(run, later, look))
        return cls(run, later, look)

    def with_failure(self, entry: int, step: int) -> "Timeline":
        """The same steps, in which this entry turns out to be wrong at this step."""
        other = copy(self)
        other.failed_at = self.failed_at.copy()
        other.failed_at[entry] = step
        other.failed_at.setflags(write=False)
        return other

    def __len__(self) -> int:
        return self.computed + len(self.later)

    def __bool__(self) -> bool:
        """A timeline without steps is still a timeline."""
        return True

    def event(self, step: int) -> Event:
        """The event that leads to the step; steps count from 1."""
        if not 1 <= step <= len(self):
            raise IndexError(
                say("run.step-not-one-1", "step {step} is not one of 1 to {count}", step=step, count=len(self))
            )
        return PrimalComputed(step - 1) if step <= self.computed else self.later[step - self.computed - 1]

    def frame(self, step: int) -> "Frame":
        """Everything to be drawn at the step."""
        if not 0 <= step <= len(self):
            raise IndexError(
                say("run.step-not-one-0", "step {step} is not one of 0 to {count}", step=step, count=len(self))
            )
        return Frame(self, step)

    def chapters(self) -> list[tuple[str, int, int]]:
        """Name, first and last step of each sweep."""
        chapters = [("forward", 0, self.forward_end)]
        if len(self) > self.forward_end:
            chapters.append((self.second_sweep, self.forward_end, len(self)))
        return chapters

    @cached_property
    def second_sweep(self) -> str:
        """What follows the forward sweep: "reverse" or "tangent"."""
        return "tangent" if self.later and isinstance(self.later[0], TangentSeeded) else "reverse"

    def _index_events(self, look: Look) -> None:
        """When each thing happens to each entry, as arrays of step numbers that cannot be written to."""
        count = self.computed
        self.computed_at = np.arange(1, count + 1)
        self.completed_at = np.full(count, NEVER)
        self.seeded_at = np.full(count, NEVER)
        self.failed_at = np.full(count, NEVER)
        self.arrivals: dict[int, tuple[list[int], list[Adjoint]]] = {}
        self.step_of_contribution: dict[tuple[int, int], int] = {}
        for step, event in enumerate(self.later, count + 1):
            self._index_event(step, event)
            if not step % LOOK_EVERY:
                look()
        self.arrived_at = _scattered(count, {index: steps[0] for index, (steps, _) in self.arrivals.items()})
        self._complete_interior()
        for index in self.troubled:
            self.failed_at[index] = self.computed_at[index]
        for steps in (self.computed_at, self.seeded_at, self.arrived_at, self.completed_at, self.failed_at):
            steps.setflags(write=False)

    @cached_property
    def troubled(self) -> frozenset[int]:
        """The entries at which nan or inf begins: not finite although all operands are."""
        bad = {index for index, primal in enumerate(self.tape.primals) if not _finite(primal)}
        return frozenset(
            index
            for index in bad
            if not any(operand in bad for operand in self.tape.operands(index) if operand.__class__ is int)
        )

    def _index_event(self, step: int, event: Event) -> None:
        match event:
            case AdjointAccumulated():
                self.step_of_contribution[event.source, event.slot] = step
                self._arrive(event.index, step, event.after)
            case AdjointSeeded(index, value) | TangentSeeded(index, value):
                self.seeded_at[index] = step
                self._arrive(index, step, value)
            case TangentComputed(index, value):
                self._arrive(index, step, value)
                self.completed_at[index] = step
            case AdjointCompleted(index):
                self.completed_at[index] = step
            case Failed(index) if index is not None:
                self.failed_at[index] = step

    def _arrive(self, index: int, step: int, value: Adjoint) -> None:
        steps, values = self.arrivals.setdefault(index, ([], []))
        steps.append(step)
        values.append(value)

    def _complete_interior(self) -> None:
        """An entry's adjoint is complete when the sweep first pulls back through it, or at the sweep's end."""
        first_pull: dict[int, int] = {}
        for (source, _), step in self.step_of_contribution.items():
            first_pull.setdefault(source, step)
        self.completed_at = np.minimum(self.completed_at, _scattered(self.computed, first_pull))
        arrived = self.arrived_at != NEVER
        self.completed_at[arrived & (self.completed_at == NEVER)] = len(self)


def _scattered(count: int, steps: dict[int, int]) -> np.ndarray:
    """An array of step numbers by entry; NEVER where none is given."""
    result = np.full(count, NEVER)
    result[np.fromiter(steps, dtype=np.int64, count=len(steps))] = list(steps.values())
    return result


def _finite(primal: Primal) -> bool:
    return math.isfinite(primal) if primal.__class__ is float else bool(np.isfinite(primal).all())


def _visible(run: Run, events: list[Event], look: Look) -> Observer:
    """An observer that keeps the events that are steps: completion only where a gradient is thereby ready.

    It looks whether the sweep is to go on: now and then where there are floats alone, else at every event.
    """
    every = count(1) if run.tape.scalar else repeat(LOOK_EVERY)

    def observe(event: Event) -> None:
        if not next(every) % LOOK_EVERY:
            look()
        if not isinstance(event, AdjointCompleted) or run.tape.ops[event.index] is INPUT:
            events.append(event)

    return observe


def _sweep(run: Run, direction: Point | None, observe: Observer) -> None:
    if direction is None and run.target is not None:
        reverse(run.tape, {run.target: run.seed}, observe)
    elif direction is not None:
        tangents(
            run.tape, {run.inputs[name]: value for name, value in direction.items() if name in run.watched}, observe
        )


class Frame:
    """What is known at one step: values, adjoints (or tangents) and states of all entries."""

    def __init__(self, timeline: Timeline, step: int) -> None:
        self.timeline = timeline
        self.step = step
        self.event: Event | None = timeline.event(step) if step else None

    @property
    def phase(self) -> str:
        """Which part of the run this is: "start", "forward", "reverse" (or "tangent"), or "end"."""
        if self.step == 0:
            return "start"
        if self.step == len(self.timeline) and self.step > self.timeline.forward_end:
            return "end"
        return "forward" if self.step <= self.timeline.forward_end else self.timeline.second_sweep

    @property
    def current(self) -> int | None:
        """The entry at work: computed, or being pulled back through."""
        if self.event is None:
            return None
        return self.event.source if isinstance(self.event, AdjointAccumulated) else self.event.index

    def primal(self, index: int) -> Primal | None:
        """The entry's value, None if it is not computed yet."""
        return self.timeline.tape.primals[index] if self.timeline.computed_at[index] <= self.step else None

    def adjoint(self, index: int) -> Adjoint:
        """The entry's adjoint (or tangent) so far, None if nothing arrived yet."""
        steps, values = self.timeline.arrivals.get(index, ((), ()))
        arrived = bisect_right(steps, self.step)
        return values[arrived - 1] if arrived else None

    def contributions(self, index: int) -> list[AdjointAccumulated]:
        """What made up the adjoint so far, in order of arrival."""
        steps, _ = self.timeline.arrivals.get(index, ((), ()))
        events = (self.timeline.event(step) for step in steps[: bisect_right(steps, self.step)])
        return [event for event in events if isinstance(event, AdjointAccumulated)]

    def expected_contributions(self, index: int) -> int:
        """How many contributions the whole sweep brings."""
        steps, _ = self.timeline.arrivals.get(index, ((), ()))
        return sum(isinstance(self.timeline.event(step), AdjointAccumulated) for step in steps)

    def state(self, index: int) -> State:
        """How far the entry has come."""
        return State(int(self.states()[index]))

    def states(self) -> np.ndarray:
        """The state of every entry, as numbers of `State`."""
        timeline, step = self.timeline, self.step
        states = np.where(timeline.computed_at <= step, State.COMPUTED, State.PENDING).astype(np.uint8)
        states[timeline.arrived_at <= step] = State.ACCUMULATING
        states[timeline.completed_at <= step] = State.COMPLETE
        states[(timeline.seeded_at <= step) & (states == State.ACCUMULATING)] = State.SEEDED
        if step > timeline.forward_end:
            states[timeline.arrived_at == NEVER] = State.UNCONNECTED
        if self.current is not None:
            states[self.current] = State.CURRENT
        for index in timeline.tape.notes.unwatched:
            states[index] = State.UNWATCHED if timeline.computed_at[index] <= step else State.PENDING
        states[timeline.failed_at <= step] = State.FAILED
        return states
