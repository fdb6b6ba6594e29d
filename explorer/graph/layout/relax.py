"""Heights for graphs too large for fine work: a few rounds over all columns at once, linear in size.

Every cell moves to the mean of its neighbours; where cells come too close, they are pushed apart downwards
and upwards, and the mean of both pushes is taken. Knows the order in each column and sizes, no curves.
"""

import numpy as np

from explorer.graph.layout.columns import Columns
from explorer.graph.layout.result import Watch


def relaxed(columns: Columns, position: np.ndarray, gaps: np.ndarray, watch: Watch, rounds: int = 12) -> np.ndarray:
    """Centre height of each cell; `gaps[r]` is the least distance from row place r to the next."""
    column = columns.column
    place = columns.starts[column] + position
    tails, heads = place[columns.source], place[columns.target]
    count = len(place)
    first = columns.starts[column]
    offset = np.concatenate([[0.0], np.cumsum(gaps)[:-1]]) if count else np.zeros(0)
    offset = offset - offset[first]
    last = columns.starts[column + 1] - 1
    height = offset - offset[last] / 2
    weight = np.where(columns.is_bend[columns.source] & columns.is_bend[columns.target], 4.0, 1.0)
    degree = np.bincount(tails, weight, count) + np.bincount(heads, weight, count)
    stride = 4 * float(np.ptp(height)) + 4 * float(offset.max(initial=0)) + 1
    for number in range(rounds):
        watch.report(0.6 + 0.2 * number / rounds)
        wish = np.bincount(heads, weight * height[tails], count)
        wish += np.bincount(tails, weight * height[heads], count)
        wish = np.where(degree > 0, wish / np.maximum(degree, 1), height)
        height = _apart(wish - offset, column * stride) + offset
    return height[place]


def _apart(slack: np.ndarray, lift: np.ndarray) -> np.ndarray:
    """Make each column's numbers rise: the mean of raising the later ones and lowering the earlier ones."""
    lifted = slack + lift
    down = np.maximum.accumulate(lifted)
    up = np.minimum.accumulate(lifted[::-1])[::-1]
    return (down + up) / 2 - lift
