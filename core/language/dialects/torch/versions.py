"""Which values were changed in place since they were used: PyTorch's version counters, told by who keeps what.

What an operation keeps is an entry of a segment, or a constant. When a store changes, whatever stands for its value or
for that of one of its views is marked; a sweep that needs it refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple, Protocol

import numpy as np

from core.language.dialects.torch.segments import Spot, held, spot_of
from core.ops import table
from core.tape import Tape
from core.tensor import Tensor

BY_RESULT = {
    "relu": replace(table["relu"], partials=("step(v)",), vjps=("multiply_no_nan(g, step(v))",)),
    "expm1": replace(table["expm1"], partials=("v + 1.0",)),
}
"""Operations whose rule here is told by the operand, and of which PyTorch keeps the result: the same where both agree,
which they no longer do where one of them was changed through `.data`."""


class Chain(Protocol):
    """What records now."""

    tape: Tape


class Shown(NamedTuple):
    """What shows a store: what is kept of it, in which places (None: all), what counts changes (None: the store)."""

    kept: Any
    places: np.ndarray | None
    counter: object


class Versions:
    """The constants that were changed, by identity, and the views that show a constant; entries have their own."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.changed: dict[int, Callable[[], Any]] = {}
        self.shown: dict[int, tuple[Callable[[], Any], list[Shown]]] = {}

    def show(self, root: Tensor, seen: Tensor, places: np.ndarray, counter: object = None) -> None:
        """A view of a store has been read: whatever changes the store changes it as well.

        `counter` stands for the `.data` through which it was reached, and which counts its changes by itself.
        """
        seen_at = spot_of(seen, self.chain)
        self._shown_by(root).append(Shown(seen_at if seen_at is not None else held(seen.primal), places, counter))

    def _shown_by(self, root: Tensor) -> list[Shown]:
        """What shows the present value of a store, and where in it."""
        spot = spot_of(root, self.chain)
        if spot is not None:
            return spot[0].shown.setdefault(spot[1], [])
        known = self.shown.get(id(root.primal))
        if known is None or known[0]() is not root.primal:
            known = self.shown[id(root.primal)] = (held(root.primal), [])
        return known[1]

    def change(self, root: Tensor, put: Callable[[], None], counter: object = None) -> None:
        """Change a store: what is kept of its value and of its views holds no longer, and whoever needs it refuses.

        What another counter counts becomes the new value, and nobody notices: where the store is changed through its
        `.data`, which has a `counter` of its own, that is all else; where it is changed itself, what is kept of that.
        """
        spot, before = spot_of(root, self.chain), root.primal
        itself = Shown(spot if spot is not None else held(before), None, None)
        others: list[Shown] = []
        for one in [itself, *self._take_shown(root, spot)]:
            if one.counter is counter:
                self._mark(one.kept)
            else:
                others.append(one)
        put()
        if others:
            now = np.asarray(root.primal)
            for one in others:
                seen = now if one.places is None else np.ravel(now)[one.places]
                self._shown_by(root).append(one._replace(kept=self._renewed(one.kept, seen)))

    def _take_shown(self, root: Tensor, spot: Spot | None) -> list[Shown]:
        if spot is not None:
            return spot[0].shown.pop(spot[1], [])
        found = self.shown.pop(id(root.primal), None)
        return found[1] if found is not None and found[0]() is root.primal else []

    def _mark(self, one: Any) -> None:
        if isinstance(one, tuple):
            one[0].changed.add(one[1])
        elif (value := one()) is not None:
            self.changed[id(value)] = one

    def _renewed(self, one: Any, value: Any) -> Any:
        """What is kept, with another value, as the tape keeps it then."""
        value = value if np.ndim(value) else float(value)
        if isinstance(one, tuple):
            tape, index = one
            tape.primals[index] = value
            for place, op in enumerate(tape.ops):
                if op.name in BY_RESULT and (place == index or index in tape.operands(place)):
                    tape.ops[place] = BY_RESULT[op.name]
            return one
        old, tape = one(), self.chain.tape
        for column in (tape.first, tape.second):
            for index, item in enumerate(column):
                if item is old and item is not None:
                    column[index] = value
        return held(value)

    def was_changed(self, value: Any) -> bool:
        """Whether a constant was changed since it was used."""
        known = self.changed.get(id(value))
        return known is not None and known() is value
