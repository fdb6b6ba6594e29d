"""The reverse sweep of a tape, itself recorded: from it come second derivatives.

Knows tapes and sweeps; knows nothing of programs or of generated text.
"""

from typing import Any, NamedTuple

import numpy as np

from core.events import AdjointAccumulated, AdjointCompleted, Event
from core.notation import bar
from core.sweeps import Observer, reverse
from core.tape import Provenance, Tape, set_recorders
from core.tensor import Tensor, as_result


class RecordedSweep(NamedTuple):
    """A tape that goes on with its own reverse sweep.

    `adjoints` are those of the first entries, None where nothing arrived; `named` says at which entry of the longer
    tape an adjoint stands, for those that were given a name.
    """

    tape: Tape
    adjoints: list[Any]
    named: dict[int, int]

    def place(self, index: int | None) -> int | None:
        """Where the adjoint of an entry stands on the longer tape; None where it is the same at every point."""
        adjoint = self.adjoint(index)
        return self.tape.index_of(adjoint) if isinstance(adjoint, Tensor) else None

    def adjoint(self, index: int | None) -> Any:
        """What arrived at an entry."""
        return None if index is None or index >= len(self.adjoints) else self.adjoints[index]


def recorded_sweep(tape: Tape, target: int, seed: Any = 1.0, names: bool = True) -> RecordedSweep:
    """A copy of the tape on which the reverse sweep from the target is recorded after the entries that there are.

    With `names` its entries get labels, adjoints those of their entries with a bar, and the text that they come from.
    """
    longer, named = tape.copied(), dict[int, int]()
    before = set_recorders((longer,))
    try:
        seeds = {target: Tensor(as_result(np.asarray(seed)))}
        adjoints = reverse(longer, seeds, _naming(longer, named) if names else None, recorded=True)
    finally:
        set_recorders(before)
    longer.mark(None)
    return RecordedSweep(longer, adjoints, named)


def _naming(tape: Tape, named: dict[int, int]) -> Observer:
    """An observer that gives the entries of the sweep their labels, and the text of what they are derived from."""
    labels = [tape.label(index) for index in range(len(tape))]

    def observe(event: Event) -> None:
        if isinstance(event, AdjointAccumulated):
            source = tape.provenances[event.source] if event.source < len(tape.provenances) else None
            tape.mark(source if source is not None else Provenance(None))
        elif isinstance(event, AdjointCompleted) and isinstance(event.value, Tensor):
            place = tape.index_of(event.value)
            if place is not None and place >= len(labels):
                tape.names.setdefault(place, bar(labels[event.index]))
                named[event.index] = place

    return observe
