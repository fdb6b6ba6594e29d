"""Sifting: each cell in turn moves to the place in its column where it makes the fewest crossings.

For a column whose neighbours stand still, the crossings of every pair of its cells, either way round, are one
matrix product; a cell then walks up and down and takes the best place. Knows no coordinates.
"""

from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf

import numpy as np

from explorer.drawing.layout.columns import Columns
from explorer.drawing.layout.result import Watch

_FEW = 40  # segments; above, one matrix product is faster than looking at all pairs
_WIDEST = 256  # cells; wider columns are left as the sweeps made them


@dataclass(frozen=True)
class _Side:
    """The segments of one column towards one side: local near ends, far ends and where they enter there.

    Segments are sorted by near end; `spans` are those of each cell.
    """

    near: np.ndarray
    far: np.ndarray
    port: np.ndarray
    spans: list[tuple[int, int]]


class Sifter:
    """Moves cells within their columns so that crossings go away, never so that any come."""

    def __init__(self, columns: Columns) -> None:
        self.starts = columns.starts.tolist()
        self.part = columns.part
        before = np.argsort(columns.target, kind="stable")
        entries = np.searchsorted(columns.target[before], columns.starts).tolist()
        gaps = [*columns.gaps.tolist(), len(columns.source)]
        self.sides: list[tuple[_Side, _Side] | None] = []
        for number in range(len(self.starts) - 1):
            start, end = self.starts[number : number + 2]
            if not 1 < end - start <= _WIDEST:
                self.sides.append(None)
                continue
            come = before[entries[number] : entries[number + 1]]
            go = np.arange(gaps[number], gaps[number + 1])
            zeros = np.zeros(len(come))
            self.sides.append(
                (
                    _side(end - start, columns.target[come] - start, columns.source[come], zeros),
                    _side(end - start, columns.source[go] - start, columns.target[go], columns.port[go]),
                )
            )
        self.one_part = not columns.part.any()

    def improve(self, position: np.ndarray, rounds: int, watch: Watch) -> None:
        """Sift all columns to and fro, in place, until nothing moves."""
        numbers = range(len(self.sides))
        due = [True] * (len(self.sides) + 2)
        for turn in range(rounds):
            watch.check()
            drifting = turn in (1, 2)
            if not drifting and not any(due[1:-1]):
                return
            for number in numbers[:: 1 if turn % 2 == 0 else -1]:
                if drifting or due[number + 1]:
                    moved = self._sift(position, number, turn)
                    due[number + 1] = False
                    if moved:
                        due[number] = due[number + 2] = True

    def _sift(self, position: np.ndarray, number: int, turn: int) -> bool:
        """Sift one column; whether anything moved. In turns 1 and 2 cells drift over equal places."""
        sides = self.sides[number]
        if sides is None:
            return False
        start, end = self.starts[number : number + 2]
        mine = position[start:end]
        excess = _excess(sides, position)
        if not self.one_part:
            _keep_apart(excess, self.part[start:end].tolist())
        order = np.argsort(mine).tolist()
        moved = _settle(order, excess, upwards=turn == 1, downwards=turn == 2)
        if moved:
            mine[order] = np.arange(end - start)
        return moved


def _side(count: int, near: np.ndarray, far: np.ndarray, port: np.ndarray) -> _Side:
    bounds = np.searchsorted(near, np.arange(count + 1)).tolist()
    return _Side(near, far, port, list(pairwise(bounds)))


def _excess(sides: tuple[_Side, _Side], position: np.ndarray) -> list[list[float]]:
    """Entry u, v: crossings of their segments with u above v, less those with v above u."""
    keys = [position[side.far] + side.port for side in sides]
    if len(keys[0]) + len(keys[1]) > _FEW:
        before, after = (_excess_of_many(side, ends) for side, ends in zip(sides, keys, strict=True))
        matrix: list[list[float]] = (before + after).tolist()
        return matrix
    few = [_excess_of_few(side, ends) for side, ends in zip(sides, keys, strict=True)]
    return [[a + b for a, b in zip(*rows, strict=True)] for rows in zip(*few, strict=True)]


def _excess_of_few(side: _Side, numbers: np.ndarray) -> list[list[float]]:
    keys = numbers.tolist()
    ends = [keys[first:last] for first, last in side.spans]
    excess = [[0.0] * len(ends) for _ in ends]
    for cell, mine in enumerate(ends):
        if mine:
            for other in range(cell):
                count = 0.0
                for key in mine:
                    for their in ends[other]:
                        count += (key > their) - (key < their)
                excess[cell][other] = count
                excess[other][cell] = -count
    return excess


def _excess_of_many(side: _Side, keys: np.ndarray) -> np.ndarray:
    count = len(side.spans)
    if not len(keys):
        return np.zeros((count, count))
    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    place = np.empty(len(keys), int)
    place[order] = np.cumsum(np.concatenate([[0], sorted_keys[1:] != sorted_keys[:-1]]))
    width = int(place.max()) + 1
    lines = np.bincount(side.near * width + place, minlength=count * width).reshape(count, width).astype(np.float32)
    # Not "@": the threads of a linear algebra library cost more than they bring at this size.
    crossed = np.einsum("up,vp->uv", lines, np.cumsum(lines, 1) - lines)
    return crossed - crossed.T


def _keep_apart(excess: list[list[float]], part: list[int]) -> None:
    """Cells of different parts never change places."""
    for row, mine in zip(excess, part, strict=True):
        for other, theirs in enumerate(part):
            if mine != theirs:
                row[other] = -inf if mine < theirs else inf


def _settle(order: list[int], excess: list[list[float]], upwards: bool, downwards: bool) -> bool:
    """Move each cell of the column to its best place, far up or down among equal ones; whether any moved."""
    moved = False
    for cell in list(order):
        costs = excess[cell]
        at = order.index(cell)
        row = [costs[other] for other in order]
        steps = list(accumulate(row[:at][::-1]))
        best, place = 0.0, at
        if steps:
            low = min(steps)
            if low < best or (upwards and low == best):
                best, place = low, at - 1 - (_last(steps, low) if upwards else steps.index(low))
        steps = list(accumulate(row[at + 1 :]))
        if steps:
            low = -max(steps)
            if low < best or (downwards and low == best):
                best, place = low, at + 1 + (_last(steps, -low) if downwards else steps.index(-low))
        if place != at:
            del order[at]
            order.insert(place, cell)
            moved = True
    return moved


def _last(numbers: list[float], wanted: float) -> int:
    return len(numbers) - 1 - numbers[::-1].index(wanted)
