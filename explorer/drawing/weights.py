"""The sizes of what edges carried back as levels on a logarithmic scale: vanishing and exploding gradients show.

Knows arrays; `explorer.graph.weights` paints them.
"""

from typing import NamedTuple

import numpy as np

MODES = ("off", "width", "heat")
LARGEST = 308.0  # the decades that floats have


class Levels(NamedTuple):
    """For each edge a level from 0 to 1, nan where nothing was carried; `low` and `high` are the sizes at 0 and 1."""

    levels: np.ndarray
    low: float
    high: float


def levels_of(sizes: np.ndarray) -> Levels:
    """Levels on a logarithmic scale: at least four decades, at most all there are; 0 and nan carry nothing."""
    known = np.isfinite(sizes) & (sizes > 0)
    logs = np.log10(np.where(known, sizes, 1.0))
    high = min(float(np.ceil(logs.max(where=known, initial=-np.inf))), LARGEST) if known.any() else 0.0
    low = min(float(np.floor(logs.min(where=known, initial=high))), high - 4)
    levels = np.where(known, np.minimum((logs - low) / (high - low), 1.0), np.nan)
    return Levels(np.where(np.isinf(sizes), 1.0, levels), 10.0**low, 10.0**high)
