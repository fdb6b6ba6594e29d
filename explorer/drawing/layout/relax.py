"""Heights for graphs too large for fine work: once through all columns to the right and once back, linear in size.

Every cell moves to the height of the cell whose strand it continues, or else amid its neighbours on the side that is
done; where cells of a column would come too close, those that meet move on together, long strands least of all. So
strands run straight however long they are. Knows the order in each column and sizes, no curves.
"""

from itertools import pairwise

import numpy as np

from explorer.drawing.layout.columns import Columns
from explorer.drawing.layout.result import Watch

_BEND, _MOST = 0.2, 12  # how much bends resist being pushed aside, and at most nodes, by the lengths of their strands


def relaxed(
    columns: Columns, position: np.ndarray, gaps: np.ndarray, strand: np.ndarray, length: np.ndarray,
    watch: Watch,
) -> np.ndarray:  # fmt: skip
    """Centre height of each cell; `gaps[r]` is the least distance from row place r to the next.

    `strand` are the segments at whose ends one strand goes on (-1 counts for nothing), `length` is that of each node's.
    """
    first = columns.starts[columns.column]
    place = first + position
    offset = np.concatenate([[0.0], np.cumsum(gaps)[:-1]]) if len(place) else np.zeros(0)
    offset = offset - offset[first]
    middle = offset[columns.starts[columns.column + 1] - 1] / 2
    tails, heads = place[columns.source], place[columns.target]
    main = np.zeros(len(tails), bool)
    main[strand[strand >= 0]] = True
    weight = np.empty(len(place))
    weight[place] = np.where(columns.is_bend, _BEND, np.minimum(length, _MOST)[columns.node])
    height, starts = (offset - middle).tolist(), columns.starts.tolist()
    bounds = list(pairwise(starts))
    for turn, (near, far) in enumerate(((heads, tails), (tails, heads))):
        watch.report(0.6 + 0.1 * turn)
        lines = _lines(near, far, main, len(place))
        _drawn(bounds[:: 1 - 2 * turn], lines, weight.tolist(), height, offset.tolist(), watch)
    return np.array(height)[place]


def _lines(near: np.ndarray, far: np.ndarray, main: np.ndarray, count: int) -> list[list[int]]:
    """By cell the far ends of its lines; where some are of its strand, of those only."""
    strung = np.zeros(count, bool)
    strung[near[main]] = True
    kept = main | ~strung[near]
    order = np.flatnonzero(kept)[np.argsort(near[kept], kind="stable")]
    cuts = np.searchsorted(near[order], np.arange(count + 1)).tolist()
    ends = far[order].tolist()
    return [ends[first:last] for first, last in pairwise(cuts)]


def _drawn(
    bounds: list[tuple[int, int]], lines: list[list[int]], weight: list[float], height: list[float],
    offset: list[float], watch: Watch,
) -> None:  # fmt: skip
    """Draw column after column to the far ends of its lines; heights are changed in place."""
    for start, end in bounds:
        watch.check()
        wishes = [
            sum([height[other] for other in lines[cell]]) / len(lines[cell]) - offset[cell] if lines[cell] else None
            for cell in range(start, end)
        ]
        known = [wish for wish in wishes if wish is not None]
        if known:
            _settle(start, wishes, known[0], weight, height, offset)


def _settle(
    start: int, wishes: list[float | None], wish: float, weight: list[float], height: list[float], offset: list[float]
) -> None:
    """Heights of a column as near as can be to the wishes; cells without one stay with those above.

    Among numbers that never fall, the weighted means of neighbours in the wrong order (pool adjacent violators).
    """
    means: list[float] = []
    weights: list[float] = []
    counts: list[int] = []
    for place, given in enumerate(wishes):
        mean = wish = wish if given is None else given
        heavy, count = weight[start + place], 1
        while means and means[-1] > mean:
            other = weights.pop()
            mean = (mean * heavy + means.pop() * other) / (heavy + other)
            heavy += other
            count += counts.pop()
        means.append(mean)
        weights.append(heavy)
        counts.append(count)
    for mean, count in zip(means, counts):
        for cell in range(start, start + count):
            height[cell] = mean + offset[cell]
        start += count
