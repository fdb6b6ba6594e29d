"""Differentiating again: the reverse sweep recorded as entries of a longer tape, which is then a run like any other.

Entries of the first run keep their indices and labels; the entries after them are the sweep, adjoints labelled with a
bar. Knows runs; how a sweep is recorded stands in `recorded`.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.notation import bar
from core.run import Run
from core.second_derivatives.recorded import RecordedSweep, recorded_sweep
from core.tape import Tape, set_recorders
from core.tensor import Tensor


@dataclass(frozen=True)
class RunAgain(Run):
    """A run whose tape is that of another run followed by its reverse sweep; the target is a component of a gradient.

    `first` is the run that was differentiated, `adjoints` says at which entry the adjoint of each of its entries stands
    (those that do not depend on any input stand nowhere).
    """

    first: Run | None = None
    adjoints: dict[int, int] = field(default_factory=dict)

    @property
    def border(self) -> int:
        """The number of entries of the first run: from this index on they belong to the reverse sweep."""
        return len(self.first.tape) if self.first is not None else 0

    def layer(self, index: int) -> int:
        """0 for the entries of the original program, 1 for those of its reverse sweep, and so on."""
        if self.first is None:
            return 0
        below = self.first.layer(index) if isinstance(self.first, RunAgain) else 0
        return below if index < self.border else _depth(self)


def _depth(run: Run) -> int:
    depth = 0
    while isinstance(run, RunAgain) and run.first is not None:
        depth, run = depth + 1, run.first
    return depth


def differentiate_again(run: Run, name: str, element: tuple[int, ...] | None = None) -> RunAgain:
    """The run in which the gradient of `run` with respect to the input is the output, or one element of it.

    Its target is None where the gradient is the same everywhere. Raises ValueError where there is no gradient.
    """
    longer = sweep_of(run)
    tape, gradient = longer.tape, longer.adjoint(run.inputs.get(name))
    if gradient is None:
        raise ValueError(
            say(
                "second.no-gradient-respect-nothing",
                "{target_label} has no gradient with respect to {name}, so there is nothing to differentiate",
                target_label=run.target_label,
                name=name,
            )
        )
    label = bar(name)
    if np.ndim(_plain(gradient)):
        gradient, label = _element(tape, gradient, element, label)
    place = tape.index_of(gradient) if isinstance(gradient, Tensor) else None
    if place is not None:
        tape.names.setdefault(place, label)
    fields = {one: getattr(run, one) for one in Run.__dataclass_fields__}
    fields |= {"tape": tape, "target": place, "value": _plain(gradient), "target_name": label, "failure": None}
    return RunAgain(**fields, first=run, adjoints=longer.named)


def _element(tape: Tape, gradient: Any, element: tuple[int, ...] | None, label: str) -> tuple[Any, str]:
    """One element of an array, or the sum of all when none is chosen."""
    before = set_recorders((tape,))
    try:
        if element is None:
            return f.sum(gradient), f"Σ {label}"
        return f.getitem(gradient, element), f"{label}[{', '.join(map(str, element))}]"
    finally:
        set_recorders(before)
        tape.mark(None)


def sweep_of(run: Run) -> RecordedSweep:
    """The run's tape with its reverse sweep recorded; ValueError where no watched input reaches the output."""
    if run.target is None or run.failure:
        raise ValueError(
            say(
                "second.no-gradient-differentiate-output",
                "there is no gradient to differentiate: the output does not depend on a watched input",
            )
        )
    return recorded_sweep(run.tape, run.target, run.seed)


def _plain(value: Any) -> Any:
    return value.primal if isinstance(value, Tensor) else value
