"""A gradient that plain differences do not confirm, with what is known of it: what the judge gets, and what it says.

Data only.
"""

from typing import NamedTuple

import numpy as np

from core.checking.verdict import Word
from core.checking.ways import Ways

UNSURE = 4.0  # so many times its own uncertainty may a difference be off
BLIND = 0.1  # a difference whose uncertainty is more than this share of the slope tells nothing


class Doubt(NamedTuple):
    """One input whose differences `found` along `ways` are not the slopes `expected` from its gradient.

    `allowed` is how far each may be off in any case, `sizes` how large the numbers are that move along each way, and
    `open` are the places of those that need an explanation.
    """

    name: str
    ways: Ways
    gradient: np.ndarray
    expected: np.ndarray
    found: np.ndarray
    allowed: np.ndarray
    sizes: np.ndarray
    open: np.ndarray


class Settled(NamedTuple):
    """The differences of a doubt as exactly as they can be had, and how unsure each is.

    `left` are the places where even that does not make up for what they are off, `blind` those where it would make up
    for too much to be worth anything.
    """

    slopes: np.ndarray
    unsure: np.ndarray
    left: np.ndarray
    blind: np.ndarray


class Judged(NamedTuple):
    """The word, why in a sentence (or "" for the usual one), and the differences as they are known by now."""

    word: Word
    told: str
    settled: Settled
