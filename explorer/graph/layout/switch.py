"""Switching neighbours: two cells of a column change places when that removes crossings.

All pairs of every second column are looked at in one go: their neighbours stand still meanwhile, so each
switch counts exactly. Knows no coordinates.
"""

from dataclasses import dataclass

import numpy as np

from explorer.graph.layout.columns import Columns
from explorer.graph.layout.result import Watch

_LARGEST = 4096  # pairs of neighbours looked at for one pair of cells


@dataclass(frozen=True)
class _Neighbours:
    """Neighbours of each cell on one side: `far[first[c]:first[c] + degree[c]]`, with the ports there."""

    first: np.ndarray
    degree: np.ndarray
    far: np.ndarray
    port: np.ndarray


class Switcher:
    """Finds and makes the switches that remove crossings."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        count = len(columns.node)
        self.sides = (
            _neighbours(count, columns.target, columns.source, np.zeros(len(columns.port))),
            _neighbours(count, columns.source, columns.target, columns.port),
        )
        self.column = columns.column
        self.base = columns.starts[self.column]

    def improve(self, position: np.ndarray, watch: Watch, passes: int = 12) -> None:
        """Switch in place until a pass finds nothing."""
        for _ in range(passes):
            watch.check()
            switched = [self._switch(position, phase >> 1, phase & 1) for phase in range(4)]
            if not any(switched):
                return

    def _switch(self, position: np.ndarray, odd_column: int, odd_pair: int) -> int:
        """Look at every second pair of every second column; how many changed places."""
        row = np.empty(len(position), int)
        row[self.base + position] = np.arange(len(position))
        upper, lower = row[:-1], row[1:]
        column = self.column[upper]
        chosen = (column == self.column[lower]) & (column & 1 == odd_column)
        chosen &= (position[upper] & 1 == odd_pair) & (self.columns.part[upper] == self.columns.part[lower])
        upper, lower = upper[chosen], lower[chosen]
        gain = sum(_gain(side, position, upper, lower) for side in self.sides)
        better = np.flatnonzero(np.asarray(gain) > 0)
        position[upper[better]] += 1
        position[lower[better]] -= 1
        return len(better)


def _neighbours(count: int, near: np.ndarray, far: np.ndarray, port: np.ndarray) -> _Neighbours:
    order = np.argsort(near, kind="stable")
    degree = np.bincount(near, minlength=count)
    return _Neighbours(np.cumsum(degree) - degree, degree, far[order], port[order])


def _gain(side: _Neighbours, position: np.ndarray, upper: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """Crossings that vanish on this side when each upper cell changes places with the lower one."""
    across = side.degree[lower]
    pairs = side.degree[upper] * across
    pairs[pairs > _LARGEST] = 0
    owner = np.repeat(np.arange(len(upper)), pairs)
    turn = np.arange(len(owner)) - np.repeat(np.cumsum(pairs) - pairs, pairs)
    mine, theirs = np.divmod(turn, across[owner])
    key = position[side.far] + side.port
    above = key[side.first[upper][owner] + mine]
    below = key[side.first[lower][owner] + theirs]
    return np.bincount(owner, np.sign(above - below), len(upper))
