"""Which values were changed in place since they were used: PyTorch's version counters, told by who keeps what.

What an operation keeps is an entry of a segment, or a constant. When a store changes, whatever stands for its value or
for that of one of its views is marked; a sweep that needs it refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

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


class Versions:
    """The constants that were changed, by identity, and the views that show a constant; entries have their own."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.changed: dict[int, Callable[[], Any]] = {}
        self.shown: dict[int, tuple[Callable[[], Any], list[tuple[Any, np.ndarray]]]] = {}

    def show(self, root: Tensor, seen: Tensor, places: np.ndarray) -> None:
        """A view of a store has been read: whatever changes the store changes it as well."""
        seen_at = spot_of(seen, self.chain)
        self._shown_by(root).append((seen_at if seen_at is not None else held(seen.primal), places))

    def _shown_by(self, root: Tensor) -> list[tuple[Any, np.ndarray]]:
        """What shows the present value of a store, and where in it."""
        spot = spot_of(root, self.chain)
        if spot is not None:
            return spot[0].shown.setdefault(spot[1], [])
        known = self.shown.get(id(root.primal))
        if known is None or known[0]() is not root.primal:
            known = self.shown[id(root.primal)] = (held(root.primal), [])
        return known[1]

    def change(self, root: Tensor) -> None:
        """A store is about to change: what is kept of its present value and of its views holds no longer."""
        spot = spot_of(root, self.chain)
        for one, _ in self._take_shown(root, spot):
            self._mark(one)
        self._mark(spot if spot is not None else held(root.primal))

    def _take_shown(self, root: Tensor, spot: Spot | None) -> list[tuple[Any, np.ndarray]]:
        if spot is not None:
            return spot[0].shown.pop(spot[1], [])
        found = self.shown.pop(id(root.primal), None)
        return found[1] if found is not None and found[0]() is root.primal else []

    def _mark(self, one: Any) -> None:
        if isinstance(one, tuple):
            one[0].changed.add(one[1])
        elif (value := one()) is not None:
            self.changed[id(value)] = one

    def change_silently(self, root: Tensor, put: Callable[[], None], read: list[Any]) -> None:
        """Change a store through `.data`: what is kept of it becomes the new value, and nobody notices.

        What is kept of the `.data` itself, of which these values were `read`, holds no longer.
        """
        for value in read:
            self._mark(value)
        read.clear()
        spot, before = spot_of(root, self.chain), root.primal
        shown = self._take_shown(root, spot)
        put()
        flat = np.ravel(np.asarray(root.primal))
        every = np.arange(flat.size).reshape(np.shape(root.primal))
        shown.append((spot if spot is not None else held(before), every))
        for one, places in shown:
            self._replace(one, flat[places])
        self._shown_by(root).extend(shown)

    def _replace(self, one: Any, value: Any) -> None:
        value = value if np.ndim(value) else float(value)
        if isinstance(one, tuple):
            tape, index = one
            tape.primals[index] = value
            for place, op in enumerate(tape.ops):
                if op.name in BY_RESULT and (place == index or index in tape.operands(place)):
                    tape.ops[place] = BY_RESULT[op.name]
            return
        old, tape = one(), self.chain.tape
        for column in (tape.first, tape.second):
            for index, item in enumerate(column):
                if item is old and item is not None:
                    column[index] = value

    def was_changed(self, value: Any) -> bool:
        """Whether a constant was changed since it was used."""
        known = self.changed.get(id(value))
        return known is not None and known() is value
