"""Along which ways a point is moved to find slopes: one number at a time, or many at once in random directions.

One number at a time needs two runs for each of them; a random direction moves all at once, each up or down. An error in
one number shows in every such direction, two that cancel each other in half of them. Knows arrays only.
"""

from functools import cached_property
from typing import NamedTuple

import numpy as np

from core.checking.differences import NO_SIZE

FEW = 100
"""Numbers up to which each is moved by itself."""
SIGNS = 24
"""Random directions for more of them: two errors that cancel are missed once in 2**24 times."""
SEED = 20_240_229


class Ways:
    """Directions in which an input of this shape is moved: `all` of them along the first axis.

    `sampled` says that they are random signs instead of one number at a time.
    """

    def __init__(self, shape: tuple[int, ...], sampled: bool) -> None:
        self.shape, self.sampled = shape, sampled

    @cached_property
    def all(self) -> np.ndarray:
        """The directions, of ones and zeros, or of ones and minus ones."""
        size = int(np.prod(self.shape))
        if not self.sampled:
            return np.eye(size).reshape(size, *self.shape)
        random = np.random.default_rng(SEED)
        return (2 * random.integers(0, 2, (SIGNS, *self.shape), dtype=np.int8) - 1).astype(np.int8)

    def __len__(self) -> int:
        return SIGNS if self.sampled else int(np.prod(self.shape))

    def along(self, array: np.ndarray) -> np.ndarray:
        """For each way how much of the array lies along it: the slopes, where that is a gradient."""
        if not self.sampled:
            return np.ravel(array).astype(float)
        return np.tensordot(self.all, array, np.ndim(array)).astype(float)

    def sizes(self, value: np.ndarray) -> np.ndarray:
        """For each way how large the numbers are that move; 1 where they are nothing."""
        moved = np.abs(np.ravel(value)) if not self.sampled else np.full(SIGNS, np.sqrt(np.mean(np.square(value))))
        return np.where((moved > NO_SIZE) & np.isfinite(moved), moved, 1.0)


class Sample(NamedTuple):
    """What was found along random directions instead of for each number."""

    ways: Ways
    slopes: np.ndarray
