"""Numbers that come one after the other, as an array that grows with them: each is read once.

Knows sequences only.
"""

from collections.abc import Sequence

import numpy as np

LEAST = 1e-300
"""What 0 is drawn as on a logarithmic scale: there is no logarithm of it."""
MOST_DRAWN = 4000
"""Points of a curve that are drawn: with more, the smallest and the largest of each stretch."""


class Growing:
    """The numbers of one sequence, which only ever grows."""

    def __init__(self, source: Sequence[float]) -> None:
        self.source = source
        self.count = 0
        self.positive = True
        """Whether none of them lies below 0."""
        self._room = np.zeros(64)

    def grow(self) -> bool:
        """Read what has come since; whether there was anything."""
        before, count = self.count, len(self.source)
        if count == before:
            return False
        if count > len(self._room):
            self._room = np.concatenate([self._room, np.zeros(max(count, len(self._room)))])
        self._room[before:count] = self.source[before:count]
        self.positive = self.positive and not bool((self._room[before:count] < 0).any())
        self.count = count
        return True

    def drawn(self, logarithmic: bool) -> tuple[np.ndarray, np.ndarray]:
        """Steps and numbers, thinned where there are too many to be told apart; gaps where one is not finite."""
        values = self._room[: self.count]
        return thinned(np.maximum(values, LEAST) if logarithmic else values)


def thinned(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Steps and values with no more points than can be told apart; what is not finite is a gap."""
    values = np.where(np.isfinite(values), values, np.nan)
    steps = np.arange(len(values))
    if len(values) <= MOST_DRAWN:
        return steps, values
    width = -(-len(values) // (MOST_DRAWN // 2))
    whole = len(values) // width * width
    parts = np.nan_to_num(values[:whole], nan=np.inf).reshape(-1, width)
    begins = np.arange(0, whole, width)
    kept = np.unique(
        np.concatenate([begins + parts.argmin(axis=1), begins + parts.argmax(axis=1), np.arange(whole, len(values))])
    )
    return steps[kept], values[kept]
