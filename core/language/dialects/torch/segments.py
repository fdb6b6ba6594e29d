"""One piece of the graph behind `backward()`: a tape, what was freed on it, and which values were changed since.

Knows tapes; the chain that the segments make is `graph`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import ref

import numpy as np

from core.ops import INPUT
from core.tape import Tape
from core.tensor import Tensor

Spot = tuple["Segment", int]
"""An entry of a segment."""


class Segment(Tape):
    """What was recorded between two backward passes.

    `links` are the entries that stand for entries of earlier segments. `changed` are entries whose value was changed
    in place since; `shown` the entries at which views of an entry were read, with their places in it; `also` the
    values that an entry keeps beside those of its operation; `cloned` the entries that keep a copy of their first
    operand, `asked` those from which a backward pass has freed what it passed.
    """

    __slots__ = ("chain", "number", "links", "linked", "changed", "shown", "also", "cloned", "spent", "freed", "asked")

    def __init__(self, chain: object, number: int) -> None:
        super().__init__()
        self.chain, self.number = ref(chain), number
        self.links: dict[int, Spot] = {}
        self.linked: dict[tuple[int, int], int] = {}
        self.changed: set[int] = set()
        self.shown: dict[int, list[Any]] = {}
        self.also: dict[int, list[Any]] = {}
        self.cloned: set[int] = set()
        self.spent: list[set[int]] = []
        self.freed: set[int] = set()
        self.asked: set[int] = set()

    def index_of(self, tensor: Any) -> int | None:
        """The entry of a tensor; one of an earlier segment gets an entry here that stands for it.

        None for a plain value, such as the number that a tensor is compared with.
        """
        if not isinstance(tensor, Tensor):
            return None
        if tensor.tape is self:
            return tensor.index
        found = super().index_of(tensor)
        if found is not None or not self.number or tensor.trainable:
            return found
        spot = spot_of(tensor, self.chain())
        return None if spot is None else self._link(spot, tensor.primal)

    def _link(self, spot: Spot, value: Any) -> int:
        known = self.linked.get((id(spot[0]), spot[1]))
        if known is not None:
            return known
        index = self.append(INPUT, (), value)
        self.inputs.append(index)
        self.links[index] = spot
        self.linked[id(spot[0]), spot[1]] = index
        return index

    def below(self, indices: set[int]) -> set[int]:
        """The entries from which these were computed, with themselves."""
        found = set(indices)
        for index in range(max(found, default=-1), -1, -1):
            if index in found:
                found.update(sources_of(self, index))
        return found

    def was_freed(self, index: int) -> bool:
        """Whether a backward pass freed what the entry had kept."""
        if self.spent:
            self.freed |= self.below(set().union(*self.spent))
            self.spent = []
        return index in self.freed


def sources_of(tape: Tape, index: int) -> list[int]:
    """The operands of an entry through which a derivative flows."""
    op = tape.ops[index]
    return [
        one for slot, one in enumerate(tape.operands(index))
        if one.__class__ is int and (op.variadic or op.rules[slot] is not None)
    ]  # fmt: skip


def held(value: Any) -> Callable[[], Any]:
    """The value, as long as somebody else needs it."""
    return ref(value) if isinstance(value, np.ndarray) else lambda: value


def spot_of(tensor: Any, chain: object | None) -> Spot | None:
    """The entry of a tensor on the newest segment that has one."""
    place = getattr(tensor, "tape", None)
    if isinstance(place, Segment):
        return (place, tensor.index) if place.chain() is chain else None
    if not isinstance(place, Tape):
        return None
    others = ((tape(), index) for tape, index in place.elsewhere.get(tensor.index, ()))
    found = [(tape, index) for tape, index in others if isinstance(tape, Segment) and tape.chain() is chain]
    return max(found, key=lambda spot: spot[0].number, default=None)
