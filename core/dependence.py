"""All ways from one entry to another, with the product of the local partials along each: the chain rule as a sum.

The products of all paths add up to the derivative. How many there are is counted exactly even where they are too many
to be listed. Loops over indices, never recursion; knows tapes and partials, nothing of drawing.
"""

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from core.sweeps import partial_of
from core.tape import Tape

MOST = 100


@dataclass(frozen=True)
class Path:
    """The entries of one path in order, the slot by which each is used in the next, the partial of each such use.

    `product` is that of all partials; None where one of them is not an elementwise number or array.
    """

    entries: tuple[int, ...]
    slots: tuple[int, ...]
    partials: tuple[Any, ...]

    @property
    def product(self) -> Any:
        if any(partial is None for partial in self.partials):
            return None
        return prod(self.partials, start=1.0)


@dataclass(frozen=True)
class Paths:
    """Some paths between two entries, and how many there are altogether."""

    paths: tuple[Path, ...]
    count: int


def ancestors(tape: Tape, entry: int) -> list[int]:
    """Every entry that the entry depends on, in the order of the tape."""
    reached = np.zeros(entry + 1, bool)
    reached[entry] = True
    for index in range(entry, -1, -1):
        if reached[index]:
            for operand in tape.operands(index):
                if operand.__class__ is int:
                    reached[operand] = True
    reached[entry] = False
    return np.flatnonzero(reached).tolist()


def descendants(tape: Tape, entry: int) -> list[int]:
    """Every entry that depends on the entry, in the order of the tape."""
    reached = {entry}
    for index in range(entry + 1, len(tape)):
        if any(operand.__class__ is int and operand in reached for operand in tape.operands(index)):
            reached.add(index)
    return sorted(reached - {entry})


def paths_between(tape: Tape, start: int, end: int, most: int = MOST) -> Paths:
    """The paths from `start` to `end`, the first `most` of them in the order of operands."""
    ways = _counts(tape, start, end)
    if start > end or not ways.get(start):
        return Paths((), 0)
    users = _users(tape, start, end, ways)
    found: list[Path] = []
    waiting: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((start,), ())]
    while waiting and len(found) < most:
        entries, slots = waiting.pop()
        if entries[-1] == end:
            partials = tuple(partial_of(tape, index, slot) for index, slot in zip(entries[1:], slots))
            found.append(Path(entries, slots, partials))
            continue
        for user, slot in reversed(users[entries[-1]]):
            waiting.append(((*entries, user), (*slots, slot)))
    return Paths(tuple(found), ways[start])


def _counts(tape: Tape, start: int, end: int) -> dict[int, int]:
    """For every entry between the two, how many ways lead from it to the end."""
    ways = {end: 1}
    for index in range(end, start, -1):
        if index in ways:
            for operand in tape.operands(index):
                if operand.__class__ is int and operand >= start:
                    ways[operand] = ways.get(operand, 0) + ways[index]
    return ways


def _users(tape: Tape, start: int, end: int, ways: dict[int, int]) -> dict[int, list[tuple[int, int]]]:
    """For every entry on a way to the end, the uses (entry, slot) that go on."""
    users: dict[int, list[tuple[int, int]]] = {}
    for index in range(start + 1, end + 1):
        if index in ways:
            for slot, operand in enumerate(tape.operands(index)):
                if operand.__class__ is int:
                    users.setdefault(operand, []).append((index, slot))
    return users
