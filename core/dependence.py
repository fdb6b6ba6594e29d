"""Who depends on whom on a tape: what an entry is computed from, what is computed from it, and the routes between two.

An entry *merely depends* on another where its value is computed from it. With `flows=True` only those uses count
through which a derivative passes: `floor(x)` depends on x, and no derivative flows. The products of the partials along
all routes add up to the derivative: the chain rule as a sum. How many routes there are is counted exactly even where
they are too many to be listed. Loops over indices, never recursion; knows tapes and partials, nothing of programs.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import prod
from typing import Any

from core.sweeps import partial_of
from core.tape import Tape

MOST = 100


@dataclass(frozen=True)
class Route:
    """The entries of one route in order, the slot by which each is used in the next, the partial of each such use.

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
class Routes:
    """Some routes between two entries, and how many there are altogether."""

    routes: tuple[Route, ...]
    count: int


def uses(tape: Tape, index: int, flows: bool = False) -> list[tuple[int, int]]:
    """The entries that an entry uses, as (slot, entry) in the order of its operands; repeats are kept."""
    op = tape.ops[index]
    return [
        (slot, operand)
        for slot, operand in enumerate(tape.operands(index))
        if operand.__class__ is int and not (flows and op.rules[0 if op.variadic else slot] is None)
    ]


def ancestors(tape: Tape, entries: Iterable[int], flows: bool = False, until: Collection[int] = ()) -> list[int]:
    """The entries, and everything they depend on, in the order of the tape.

    What those in `until` are computed from is not looked for.
    """
    reached = set(entries)
    for index in range(max(reached, default=-1), -1, -1):
        if index in reached and index not in until:
            reached.update(operand for _, operand in uses(tape, index, flows))
    return sorted(reached)


def descendants(tape: Tape, entries: Iterable[int], flows: bool = False) -> list[int]:
    """The entries, and everything that depends on them, in the order of the tape."""
    reached = set(entries)
    for index in range(min(reached, default=len(tape)) + 1, len(tape)):
        if any(operand in reached for _, operand in uses(tape, index, flows)):
            reached.add(index)
    return sorted(reached)


def shortest_route(tape: Tape, start: int, end: int) -> tuple[int, ...]:
    """The entries of a shortest route from one entry to a later one; empty where there is none."""
    next_of: dict[int, int] = {}
    waiting = [end]
    for index in waiting:  # grows while it is gone through: breadth first, backwards from the end
        if index == start:
            break
        for _, operand in uses(tape, index):
            if operand >= start and operand not in next_of:
                next_of[operand] = index
                waiting.append(operand)
    else:
        return ()
    route = [start]
    while route[-1] != end:
        route.append(next_of[route[-1]])
    return tuple(route)


def routes_between(tape: Tape, start: int, end: int, most: int = MOST) -> Routes:
    """The routes from `start` to `end`, the first `most` of them in the order of operands."""
    ways = _counts(tape, start, end)
    if start > end or not ways.get(start):
        return Routes((), 0)
    users = _users(tape, start, end, ways)
    found: list[Route] = []
    waiting: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((start,), ())]
    while waiting and len(found) < most:
        entries, slots = waiting.pop()
        if entries[-1] == end:
            partials = tuple(partial_of(tape, index, slot) for index, slot in zip(entries[1:], slots))
            found.append(Route(entries, slots, partials))
            continue
        for user, slot in reversed(users[entries[-1]]):
            waiting.append(((*entries, user), (*slots, slot)))
    return Routes(tuple(found), ways[start])


def _counts(tape: Tape, start: int, end: int) -> dict[int, int]:
    """For every entry between the two, how many ways lead from it to the end."""
    ways = {end: 1}
    for index in range(end, start, -1):
        if index in ways:
            for _, operand in uses(tape, index):
                if operand >= start:
                    ways[operand] = ways.get(operand, 0) + ways[index]
    return ways


def _users(tape: Tape, start: int, end: int, ways: dict[int, int]) -> dict[int, list[tuple[int, int]]]:
    """For every entry on a way to the end, the uses (entry, slot) that go on."""
    users: dict[int, list[tuple[int, int]]] = {}
    for index in range(start + 1, end + 1):
        if index in ways:
            for slot, operand in uses(tape, index):
                users.setdefault(operand, []).append((index, slot))
    return users
