"""Sifting: each cell in turn moves to the place in its column where it makes the fewest crossings.

For a column whose neighbours stand still, the crossings of every pair of its cells, either way round, are one
matrix product; a cell then walks up and down and takes the best place. Knows no coordinates.
"""

from dataclasses import dataclass

import numpy as np

from explorer.graph.layout.columns import Columns
from explorer.graph.layout.result import Watch

_WIDEST = 256  # cells; wider columns are left as the sweeps made them


@dataclass(frozen=True)
class _Side:
    """The segments of one column towards one side: local near ends, far ends and where they enter there."""

    near: np.ndarray
    far: np.ndarray
    port: np.ndarray


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
            self.sides.append(
                (
                    _Side(columns.target[come] - start, columns.source[come], np.zeros(len(come))),
                    _Side(columns.source[go] - start, columns.target[go], columns.port[go]),
                )
            )

    def improve(self, position: np.ndarray, rounds: int, watch: Watch) -> None:
        """Sift all columns to and fro, in place, until a round gains nothing."""
        numbers = range(len(self.sides))
        gained = [True]
        for turn in range(rounds):
            watch.check()
            gained.append(
                any([self._sift(position, number, turn) for number in (numbers if turn % 2 == 0 else numbers[::-1])])
            )
            if not any(gained[-2:]):
                return

    def _sift(self, position: np.ndarray, number: int, turn: int) -> bool:
        """Sift one column; whether crossings went away. Among equal places the far ones are tried too."""
        sides = self.sides[number]
        if sides is None:
            return False
        start, end = self.starts[number : number + 2]
        mine = position[start:end]
        matrix = _excess(sides[0], position, end - start) + _excess(sides[1], position, end - start)
        if not matrix.any():
            return False
        part = self.part[start:end]
        if part[0] != part[-1] or (part != part[0]).any():
            matrix[part[:, None] < part] = -np.inf
            matrix[part[:, None] > part] = np.inf
        order = np.argsort(mine).tolist()
        gained = _settle(order, matrix.tolist(), turn)
        mine[order] = np.arange(end - start)
        return gained


def _excess(side: _Side, position: np.ndarray, count: int) -> np.ndarray:
    """Entry u, v: crossings on this side with u above v, less those with v above u."""
    if not len(side.near):
        return np.zeros((count, count))
    key = position[side.far] + side.port
    order = np.argsort(key, kind="stable")
    sorted_key = key[order]
    place = np.empty(len(key), int)
    place[order] = np.cumsum(np.concatenate([[0], sorted_key[1:] != sorted_key[:-1]]))
    width = int(place.max()) + 1
    lines = np.bincount(side.near * width + place, minlength=count * width).reshape(count, width).astype(float)
    crossed = lines @ (np.cumsum(lines, 1) - lines).T
    return crossed - crossed.T


def _settle(order: list[int], excess: list[list[float]], turn: int) -> bool:
    """Move each cell of the column to its best place; on equal places `turn` decides which way it drifts."""
    gained = False
    for cell in list(order):
        costs = excess[cell]
        at = order.index(cell)
        best, place = 0.0, at
        cost = 0.0
        upwards = turn % 4 in (1, 2)
        for index in range(at - 1, -1, -1):
            cost += costs[order[index]]
            if cost < best or (upwards and cost == best):
                best, place = cost, index
        cost = 0.0
        for index in range(at + 1, len(order)):
            cost -= costs[order[index]]
            if cost < best or (turn % 4 in (0, 3) and cost == best and turn > 0):
                best, place = cost, index
        if place != at:
            del order[at]
            order.insert(place, cell)
            gained = gained or best < 0
    return gained
