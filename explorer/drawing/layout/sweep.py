"""Sweeps: column after column, cells are sorted by the mean position of their neighbours.

All that large graphs get, and where small ones start from. Knows no sizes and no coordinates.
"""

from dataclasses import dataclass

import numpy as np

from explorer.drawing.layout.columns import Columns
from explorer.drawing.layout.result import Watch


@dataclass(frozen=True)
class _Side:
    """The segments of one column towards one side: fixed far ends, local near ends, ports at both."""

    far: np.ndarray
    near: np.ndarray
    port: np.ndarray
    degree: np.ndarray


class Sweeper:
    """Sorts column after column by the mean position of the neighbours already sorted."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.starts = columns.starts.tolist()
        spread = len(columns.node) + 2.0
        self.part = columns.part * spread
        self.one_part = not columns.part.any()
        self.before = self._sides(columns.target, columns.source, np.zeros(len(columns.port)))
        self.after = self._sides(columns.source, columns.target, columns.port)

    def _sides(self, near: np.ndarray, far: np.ndarray, port: np.ndarray) -> list[_Side | None]:
        """For each column of more than one cell, its segments towards the far side."""
        order = np.argsort(near, kind="stable")
        near, far, port = near[order], far[order], port[order]
        cuts = np.searchsorted(near, self.columns.starts).tolist()
        degree = np.bincount(near, minlength=len(self.columns.node))
        sides: list[_Side | None] = []
        for start, end, first, last in zip(self.starts, self.starts[1:], cuts, cuts[1:], strict=False):
            if end - start < 2 or first == last:
                sides.append(None)
                continue
            part = slice(first, last)
            sides.append(_Side(far[part], near[part] - start, port[part], degree[start:end]))
        return sides

    def sweep(self, position: np.ndarray, forward: bool, reverse_ties: bool = False) -> None:
        """Improve the positions in place, once through all columns."""
        sides = self.before if forward else self.after
        numbers = range(len(sides)) if forward else range(len(sides) - 1, -1, -1)
        for number in numbers:
            side = sides[number]
            if side is not None:
                self._sort(position, self.starts[number], self.starts[number + 1], side, reverse_ties)

    def _sort(self, position: np.ndarray, start: int, end: int, side: _Side, reverse_ties: bool) -> None:
        mine = position[start:end]
        total = np.bincount(side.near, position[side.far] + side.port, end - start)
        with np.errstate(invalid="ignore", divide="ignore"):
            key = np.where(side.degree > 0, total / side.degree, mine)
        if not self.one_part:
            key += self.part[start:end]
        if reverse_ties:
            order = np.lexsort((-mine, key))
        else:
            order = np.lexsort((mine, key))
        mine[order] = np.arange(end - start)


def swept(columns: Columns, position: np.ndarray, rounds: int, watch: Watch) -> np.ndarray:
    """Positions after several sweeps, to and fro."""
    sweeper = Sweeper(columns)
    for number in range(rounds):
        sweeper.sweep(position, forward=number % 2 == 0)
        watch.report(0.1 + 0.5 * (number + 1) / rounds)
    return position
