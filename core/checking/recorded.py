"""What the tape of a run has to say for itself: the slopes of what was recorded, its kinks, and how it rounds.

Slopes come from complex steps, so that a wrong rule is seen; adjoints are believed only where those confirm them. Knows
runs; takes no difference of a program.
"""

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np

from core.basics.cuts import Cause
from core.basics.types import Adjoint
from core.checking.complex_kernels import SYMMETRIC
from core.checking.complex_steps import bent, rules_of_its_own, slope_along
from core.checking.doubt import Doubt
from core.checking.verdict import AGREES
from core.dependence import ancestors
from core.run import Run

NOTHING = 1e-13  # a slope that changes the output by less than this share of it is nothing beside it
VANISHED = 1e-80  # what the square of an infinitesimal leaves
FITS = 1e-6  # how closely the adjoints that trusted rules pull back must fit the rest of the tape

Trusted = Mapping[int, Adjoint]
"""Entries whose own rule is taken for granted, with their adjoints."""


class Recorded:
    """The tape of a run as a witness; `sweep` gives the adjoints of all its entries, when they are needed."""

    def __init__(self, run: Run, sweep: Callable[[], list[Adjoint]], cancelled: Callable[[], bool]) -> None:
        self._run, self._tape, self._sweep, self._cancelled = run, run.tape, sweep, cancelled

    @cached_property
    def _adjoints(self) -> list[Adjoint]:
        return self._sweep()

    @cached_property
    def own_rules(self) -> Trusted:
        """The entries with a rule of the text's own."""
        return self._trusting(rules_of_its_own(self._tape))

    @cached_property
    def kinks(self) -> Trusted:
        """The entries at a kink, a tie or a jump."""
        return self._trusting(bent(self._tape, self._random()))

    def _trusting(self, entries: set[int]) -> Trusted:
        return {index: self._adjoints[index] for index in sorted(entries) if self._adjoints[index] is not None}

    def _random(self) -> np.random.Generator:
        return np.random.default_rng(len(self._tape))

    @cached_property
    def noise(self) -> float:
        """The rounding error of the output: that of every entry, times how much the output depends on it."""
        total = precision(self._run.value) * float(np.abs(np.sum(self._run.value)))
        for primal, adjoint in zip(self._tape.primals, self._adjoints, strict=True):
            if adjoint is not None:
                moved = precision(primal) * float(np.sum(np.abs(primal) * np.abs(adjoint)))
                total += moved if np.isfinite(moved) else 0.0
        return total

    @cached_property
    def plain_noise(self) -> float:
        """The same without asking the tape what depends on what: the rounding of its largest value."""
        finite = (precision(one) * float(np.max(np.abs(one), initial=0.0)) for one in self._tape.primals)
        return max(filter(np.isfinite, finite), default=0.0)

    @cached_property
    def coarseness(self) -> float:
        """How many times less closely slopes can agree where something on the tape has less than double precision."""
        return max(1.0, np.sqrt(max(map(precision, self._tape.primals), default=0.0)) / AGREES)

    def slopes(self, doubt: Doubt, trusted: Trusted) -> np.ndarray:
        """The slopes of what was recorded at the open places; nan where that cannot be told."""
        target, entry = self._run.target, self._run.inputs[doubt.name]
        assert target is not None
        return np.array([
            np.nan if self._cancelled() else slope_along(self._tape, target, {entry: doubt.ways.all[k]}, trusted)
            for k in doubt.open
        ])  # fmt: skip

    def confirms(self, doubt: Doubt, slopes: np.ndarray) -> np.ndarray:
        """At which open places the slopes that the gradient says are these."""
        expected, allowed = (
            doubt.expected[doubt.open],
            AGREES * np.maximum(np.abs(doubt.expected[doubt.open]), np.abs(slopes)),
        )
        nothing = np.maximum(NOTHING * np.abs(np.sum(self._run.value)) / doubt.sizes[doubt.open], VANISHED)
        if doubt.ways.sampled:
            allowed = np.maximum(allowed, doubt.allowed[doubt.open])
        return np.abs(expected - slopes) <= np.maximum(allowed, nothing) * self.coarseness

    def earns(self, trusted: Trusted) -> bool:
        """Whether the adjoints that trusted rules pull back are right themselves."""
        target, random = self._run.target, self._random()
        if not trusted or target is None:
            return True
        for _ in range(3):
            way = {index: random.choice((-1.0, 1.0), np.shape(self._tape.primals[index])) for index in trusted}
            parts = [float(np.sum(adjoint * way[index])) for index, adjoint in trusted.items()]
            found = slope_along(self._tape, target, way, trusted)
            if not abs(found - sum(parts)) <= FITS * self.coarseness * sum(map(abs, parts)):
                return False
        return True

    # -- what it notes -------------------------------------------------------------------------------------------------

    def symmetric(self, doubt: Doubt) -> bool:
        """Whether the input is a square matrix and the tape has operations whose rule is that of a symmetric one."""
        shape = doubt.gradient.shape
        square = len(shape) > 1 and shape[-1] == shape[-2]
        return square and any(op.name in SYMMETRIC for op in self._tape.ops)

    def own_rule(self, name: str) -> str | None:
        """The operation with a rule of the text's own on the way from the input; None where there is none."""
        entry = self._run.inputs[name]
        on_the_way = (index for index in self.own_rules if entry in ancestors(self._tape, [index]))
        return next((self._tape.ops[index].name for index in on_the_way), None)

    def cut(self, name: str) -> Cause | None:
        """What cut a path from the input to the output; None where nothing did."""
        tape = self._tape
        for index in sorted(tape.notes.cuts.keys() & self._behind_output()):
            for cause in tape.notes.causes_in(tape, index):
                if cause.index is not None and self._run.inputs[name] in ancestors(tape, [cause.index]):
                    return cause
        return None

    def read_plainly(self, name: str) -> str | None:
        """The label of a value, computed from the input, that the program read as a plain number."""
        notes, entry = self._tape.notes, self._run.inputs[name]
        read = sorted(notes.departures | notes.looked_at | notes.picking)
        return next((self._tape.label(index) for index in read if entry in ancestors(self._tape, [index])), None)

    def new_leaf(self, moved: Run) -> str | None:
        """The label of a leaf made on the way, on which the output depends, that has another value in the moved run."""
        own = {*self._run.inputs.values(), *self._tape.notes.unwatched}
        for index in sorted((set(self._tape.inputs) - own) & self._behind_output()):
            there = index < len(moved.tape) and moved.tape.primals[index]
            if not np.array_equal(there, self._tape.primals[index]):
                return self._tape.label(index)
        return None

    def _behind_output(self) -> set[int]:
        assert self._run.target is not None
        return set(ancestors(self._tape, [self._run.target]))


def precision(value: object) -> float:
    """The relative rounding error of a value of this dtype; nothing for whole numbers."""
    dtype = getattr(value, "dtype", None)
    if dtype is None:
        return float(np.finfo(float).eps) if isinstance(value, float) else 0.0
    return float(np.finfo(dtype).eps) if dtype.kind in "fc" else 0.0
