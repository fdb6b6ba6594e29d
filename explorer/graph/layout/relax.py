"""Heights for graphs too large for fine work: once through all columns to the right and once back, linear in size.

Every cell moves to the mean of its neighbours on the side that is done, or amid the cells of its column that have some;
where cells would come too close, those that meet move on together, as little as possible. Knows the order in each
column and sizes, no curves.
"""

import numpy as np

from explorer.graph.layout.columns import Columns
from explorer.graph.layout.result import Watch

_STIFF, _HALF = 8.0, 2.0  # how much stiffer than others lines are between two bends, and at one


def relaxed(columns: Columns, position: np.ndarray, gaps: np.ndarray, watch: Watch) -> np.ndarray:
    """Centre height of each cell; `gaps[r]` is the least distance from row place r to the next."""
    first = columns.starts[columns.column]
    place = first + position
    offset = np.concatenate([[0.0], np.cumsum(gaps)[:-1]]) if len(place) else np.zeros(0)
    offset = offset - offset[first]
    height = offset - offset[columns.starts[columns.column + 1] - 1] / 2
    tails, heads = place[columns.source], place[columns.target]
    bends = columns.is_bend[columns.source].astype(int) + columns.is_bend[columns.target]
    weight = np.choose(bends, (1.0, _HALF, _STIFF))
    numbers = range(len(columns.starts) - 1)
    for turn, (near, far) in enumerate(((heads, tails), (tails, heads))):
        watch.report(0.6 + 0.1 * turn)
        _drawn(columns.starts, numbers[:: 1 - 2 * turn], near, far, weight, height, offset)
    return height[place]


def _drawn(
    starts: np.ndarray, numbers: range, near: np.ndarray, far: np.ndarray, weight: np.ndarray, height: np.ndarray,
    offset: np.ndarray,
) -> None:  # fmt: skip
    """Draw column after column to the far ends of its lines; heights are changed in place."""
    order = np.argsort(near, kind="stable")
    near, far, weight = near[order], far[order], weight[order]
    pull = np.bincount(near, weight, len(height))
    cuts, bounds = np.searchsorted(near, starts).tolist(), starts.tolist()
    for number in numbers:
        start, end = bounds[number : number + 2]
        lines = slice(cuts[number], cuts[number + 1])
        if lines.start == lines.stop:
            continue
        total = np.bincount(near[lines] - start, weight[lines] * height[far[lines]], end - start)
        drawn = np.flatnonzero(pull[start:end])
        wish = np.interp(np.arange(end - start), drawn, total[drawn] / pull[start + drawn])
        height[start:end] = offset[start:end] + _rising((wish - offset[start:end]).tolist())


def _rising(wishes: list[float]) -> np.ndarray:
    """The numbers nearest to the wishes that never fall (pool adjacent violators)."""
    means: list[float] = []
    counts: list[int] = []
    for mean in wishes:
        count = 1
        while means and means[-1] > mean:
            other = counts.pop()
            mean = (mean * count + means.pop() * other) / (count + other)
            count += other
        means.append(mean)
        counts.append(count)
    return np.repeat(means, counts)
