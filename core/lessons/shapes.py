"""The shape of a curve in one word: what is predicted of it, and how it is computed. Knows numbers only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.basics.words import say

SHAPES = ("rises", "falls", "flat", "valley", "hill", "other")
NAMES = {
    "rises": say("lessons.rises", "rises"),
    "falls": say("lessons.falls", "falls"),
    "flat": say("lessons.flat", "stays the same"),
    "valley": say("lessons.valley", "falls, then rises"),
    "hill": say("lessons.hill", "rises, then falls"),
    "other": say("lessons.other-shape", "goes up and down"),
}
STILL = 1e-2
"""A change smaller than this part of the whole range does not count."""


def shape_of(values: Sequence[float] | np.ndarray) -> str:
    """The word for a curve, by where its finite values go up and down."""
    heights = np.asarray(values, dtype=float)
    heights = heights[np.isfinite(heights)]
    if len(heights) < 2:
        return "flat"
    size = float(np.ptp(heights))
    if size <= 1e-9 * max(float(np.max(np.abs(heights))), 1e-300):
        return "flat"
    ways: list[int] = []
    last = heights[0]
    for height in heights[1:]:
        if abs(height - last) > STILL * size:
            way = 1 if height > last else -1
            ways += [way] if not ways or ways[-1] != way else []
            last = height
    return {(1,): "rises", (-1,): "falls", (-1, 1): "valley", (1, -1): "hill"}.get(tuple(ways), "other")
