"""Who stands above whom in each column, so that few segments cross.

Several starting orders are improved as lists of blocks, the worse half is dropped again and again, and the
best is kicked out of its place to find a better one near by. Knows no sizes and no coordinates.
"""

from collections.abc import Iterator
from itertools import islice
from math import inf

import numpy as np

from explorer.drawing.layout.blocks import Blocks
from explorer.drawing.layout.columns import Columns
from explorer.drawing.layout.crossings import weighed
from explorer.drawing.layout.result import Watch
from explorer.drawing.layout.sift import Sifter
from explorer.drawing.layout.sweep import Sweeper

_HEATS = (2, 2, 4, 8)  # rounds between two choices
_VISIT, _VISIT_LIST, _CASE = 30e-3, 2e-3, 30e-6  # rough milliseconds for a block, times lists, times cases
_KICKED, _KICK_ROUNDS, _KICK = 6, 3, 0.08  # lists, rounds, and how far blocks are thrown, by the list's length
_PATIENCE = 6  # kicks in a row that bring nothing


class Ordering:
    """The search for a good order of one graph cut into columns; `crossed` is how good it is so far.

    Efforts are in rough milliseconds; what is done depends on sizes, never on the clock.
    """

    def __init__(self, columns: Columns, guesses: list[np.ndarray], watch: Watch) -> None:
        self.columns, self.watch = columns, watch
        self.blocks = Blocks(columns)
        self.guesses = guesses
        self.best, self.crossed = np.zeros(self.blocks.count, int), inf

    def search(self, effort: float) -> None:
        """Improve as many starting orders as the effort allows, fewer and fewer of them."""
        numbers = range(1, 2 * len(self.guesses) + 1)
        fitting = max([number for number in numbers if 2 * _HEATS[0] * self._cost(number) <= effort], default=1)
        lists = np.array(list(islice(_starts(self.columns, self.blocks, self.guesses), fitting)))
        for rounds in _HEATS:
            rounds = max(1, min(rounds, int(effort / self._cost(len(lists)))))
            effort -= rounds * self._cost(len(lists))
            lists = lists[self._improved(lists, rounds)[: (len(lists) + 1) // 2]]
            if effort <= 0 or not self.crossed:
                return

    def kick(self, effort: float) -> None:
        """Throw blocks of the best order about and improve again, while the effort lasts."""
        random = np.random.default_rng(0)
        stale = 0
        for turn in range(self.kicks(effort)):
            if not self.crossed or stale > _PATIENCE:
                return
            former = self.crossed
            thrown = self.best + random.normal(0, _KICK * len(self.best), (_KICKED, len(self.best)))
            if turn % 2:
                few = random.random(thrown.shape) < 4 / len(self.best)
                thrown = np.where(few, random.permuted(np.tile(self.best, (_KICKED, 1)), axis=1), self.best)
            self._improved(np.array([self.blocks.places(keys) for keys in thrown]), _KICK_ROUNDS)
            stale = 0 if self.crossed < former else stale + 1

    def kicks(self, effort: float) -> int:
        """How many kicks an effort buys."""
        return int(effort / (_KICK_ROUNDS * self._cost(_KICKED)))

    def positions(self, fine: bool) -> np.ndarray:
        """Position of each cell in its column; with `fine`, single cells move as well."""
        position = by_key(self.columns, self.best[self.blocks.of])
        if fine and self.crossed:
            sifted = position.copy()
            Sifter(self.columns).improve(sifted, 4, self.watch)
            if weighed(self.columns, sifted) < self.crossed:
                return sifted
        return position

    def _cost(self, lists: int) -> float:
        """Milliseconds of a round through so many lists."""
        return self.blocks.count * (_VISIT + _VISIT_LIST * lists) + self.blocks.size * lists * _CASE

    def _improved(self, lists: np.ndarray, rounds: int) -> np.ndarray:
        """Improve the lists in place, and remember the best; their numbers, the better ones first."""
        self.blocks.improve(lists, rounds, self.watch)
        counts = [weighed(self.columns, by_key(self.columns, places[self.blocks.of])) for places in lists]
        order = np.argsort(counts, kind="stable")
        if counts[order[0]] <= self.crossed:
            self.best, self.crossed = lists[order[0]].copy(), counts[order[0]]
        return order


def _starts(columns: Columns, blocks: Blocks, guesses: list[np.ndarray]) -> Iterator[np.ndarray]:
    """Lists of blocks to start from: each guess after a sweep from left to right, and as it is."""
    sweeper = Sweeper(columns)
    size = np.maximum(np.diff(columns.starts)[columns.column], 1)
    number = np.bincount(blocks.of, minlength=blocks.count)
    for guess in guesses:
        position = by_key(columns, guess)
        sweeper.sweep(position, forward=True)
        share = np.bincount(blocks.of, (position + 0.5) / size, blocks.count) / number
        yield blocks.places(share)
    for guess in guesses:
        yield blocks.places(np.bincount(blocks.of, guess, blocks.count) / number)


def by_key(columns: Columns, key: np.ndarray) -> np.ndarray:
    """Positions in each column by a key per cell, connected parts kept together."""
    column = columns.column
    order = np.lexsort((key, columns.part, column))
    position = np.empty(len(order), int)
    position[order] = np.arange(len(order)) - columns.starts[column[order]]
    return position
