"""How high each cell stands: long lines straight, nodes amid their neighbours, nothing overlapping.

After Brandes and Koepf, Fast and Simple Horizontal Coordinate Assignment (2001): cells are aligned with a
median neighbour in four ways (from the left or right, upper or lower median), each is packed, and every cell
takes the mean of its two middle answers. Knows the order in each column and sizes, no curves.
"""

from itertools import pairwise

import numpy as np

from explorer.drawing.layout.columns import Columns
from explorer.drawing.layout.result import Watch

_Bounds = list[tuple[int, float]]
_MAIN = 2  # operations more than the other operand has behind it make an operand the main line


def aligned(columns: Columns, position: np.ndarray, gaps: np.ndarray, watch: Watch) -> np.ndarray:
    """Centre height of each cell; `gaps[r]` is the least distance from the cell in row place r to the next.

    Row places run column by column, top to bottom; the last one of each column is not looked at.
    """
    place = columns.starts[columns.column] + position
    row = np.empty(len(place), int)
    row[place] = np.arange(len(place))
    tails, heads = place[columns.source], place[columns.target]
    height = columns.port
    inner = columns.is_bend[columns.source] & columns.is_bend[columns.target]
    good = ~_conflicts(tails, heads, inner)
    tails, heads, height = tails[good], heads[good], height[good]
    weight = _depths(columns)[row]
    answers = []
    for forward in (True, False):
        near, far = (heads, tails) if forward else (tails, heads)
        upper, lower = _medians(near, far, height, weight)
        for first, second, down in ((upper, lower, True), (lower, upper, False)):
            watch.check()
            root = _blocks(columns.starts, first, second, forward, down)
            answers.append(_packed(columns.starts, root, gaps, down))
    return _middle(np.array(answers))[place]


def _conflicts(tails: np.ndarray, heads: np.ndarray, inner: np.ndarray) -> np.ndarray:
    """Segments that cross a segment between two bends, and so may not be straight. Ends are row places."""
    order = np.argsort(tails[inner], kind="stable")
    starts, ends = tails[inner][order], heads[inner][order]
    if not len(starts):
        return np.zeros(len(tails), bool)
    highest = np.concatenate([[-1], np.maximum.accumulate(ends)])
    lowest = np.concatenate([np.minimum.accumulate(ends[::-1])[::-1], [len(ends) + heads.max()]])
    above = highest[np.searchsorted(starts, tails, "left")]
    below = lowest[np.searchsorted(starts, tails, "right")]
    return ((above > heads) | (below < heads)) & ~inner


def _depths(columns: Columns) -> np.ndarray:
    """How many operations lie behind each cell; bends weigh less than any node."""
    depth = [0] * len(columns.node)
    for tail, head in zip(columns.source.tolist(), columns.target.tolist(), strict=True):
        depth[head] = max(depth[head], depth[tail] + 1)
    return np.where(columns.is_bend, -_MAIN, depth)


def _medians(near: np.ndarray, far: np.ndarray, port: np.ndarray, weight: np.ndarray) -> tuple[list[int], list[int]]:
    """Upper and lower median neighbour of each row place, -1 where it has none.

    Where the two differ and one clearly carries the main line of the computation, it is taken for both; where a line
    goes on past a node that it serves, the line.
    """
    count = len(weight)
    order = np.lexsort((port, far, near))
    degree = np.bincount(near, minlength=count)
    first = np.cumsum(degree) - degree
    sorted_far = np.append(far[order], -1)
    some = degree > 0
    upper = np.where(some, sorted_far[np.where(some, first + (degree - 1) // 2, 0)], -1)
    lower = np.where(some, sorted_far[np.where(some, first + degree // 2, 0)], -1)
    bend = weight == -_MAIN
    lead = np.where(bend, _MAIN * (bend[upper].astype(int) - bend[lower]), weight[upper] - weight[lower])
    lead = np.where(degree == 2, lead, 0)
    main = np.where(lead >= _MAIN, upper, lower)
    upper, lower = np.where(lead <= -_MAIN, main, upper), np.where(lead >= _MAIN, main, lower)
    return upper.tolist(), lower.tolist()


def _blocks(starts: np.ndarray, first: list[int], second: list[int], forward: bool, down: bool) -> list[int]:
    """The root of the straight line each row place belongs to: one neighbour per cell, none crossing."""
    count = len(first)
    root = list(range(count))
    taken = [False] * count
    columns = list(pairwise(starts.tolist()))
    for start, end in columns if forward else reversed(columns):
        limit = -1 if down else count
        for cell in range(start, end) if down else range(end - 1, start - 1, -1):
            for neighbour in (first[cell], second[cell]):
                if neighbour < 0 or taken[neighbour] or (neighbour <= limit if down else neighbour >= limit):
                    continue
                root[cell] = root[neighbour]
                taken[neighbour] = True
                limit = neighbour
                break
    return root


def _packed(starts: np.ndarray, root: list[int], gaps: np.ndarray, down: bool) -> np.ndarray:
    """Heights with each block straight, packed from the top (`down`) or the bottom, then drawn together."""
    count = len(root)
    roots = np.array(root)
    if not down:
        heights = _packed(_flipped(starts), (count - 1 - roots[::-1]).tolist(), np.roll(gaps[::-1], -1), True)
        return -heights[::-1]
    pair = np.ones(count, bool)
    pair[starts[1:] - 1] = False
    upper = np.flatnonzero(pair)
    above, below, gap = roots[upper], roots[upper + 1], gaps[upper]
    order = _block_order(count, above, below)
    height = _push(count, order, above, below, gap)
    return np.array(_pull(height, order, above, below, gap))[roots]


def _flipped(starts: np.ndarray) -> np.ndarray:
    """The bounds of the columns when the row is read backwards."""
    return starts[-1] - starts[::-1]


def _adjacent(count: int, key: np.ndarray, other: np.ndarray, gap: np.ndarray) -> list[_Bounds]:
    """For each key, the others with their distances."""
    lists: list[_Bounds] = [[] for _ in range(count)]
    for one, two, distance in zip(key.tolist(), other.tolist(), gap.tolist(), strict=True):
        lists[one].append((two, distance))
    return lists


def _block_order(count: int, above: np.ndarray, below: np.ndarray) -> list[int]:
    """Block roots in an order in which every block comes after those above it."""
    waiting = np.bincount(below, minlength=count).tolist()
    followers = _adjacent(count, above, below, np.zeros(len(above)))
    order = [cell for cell in range(count) if not waiting[cell]]
    for cell in order:
        for follower, _ in followers[cell]:
            waiting[follower] -= 1
            if not waiting[follower]:
                order.append(follower)
    return order


def _push(count: int, order: list[int], above: np.ndarray, below: np.ndarray, gap: np.ndarray) -> list[float]:
    """Every block as high as those above it allow."""
    height = [0.0] * count
    uppers = _adjacent(count, below, above, gap)
    for block in order:
        if uppers[block]:
            height[block] = max([height[other] + distance for other, distance in uppers[block]])
    return height


def _pull(height: list[float], order: list[int], above: np.ndarray, below: np.ndarray, gap: np.ndarray) -> list[float]:
    """Every block down to the one beneath it: no holes inside the drawing."""
    lowers = _adjacent(len(height), above, below, gap)
    for block in reversed(order):
        if lowers[block]:
            lowest = min([height[other] - distance for other, distance in lowers[block]])
            height[block] = max(height[block], lowest)
    return height


def _middle(answers: np.ndarray) -> np.ndarray:
    """Align the four answers to the narrowest and take the mean of the two middle ones, cell by cell."""
    low, high = answers.min(1), answers.max(1)
    narrowest = int(np.argmin(high - low))
    shift = np.where([True, False, True, False], low[narrowest] - low, high[narrowest] - high)
    return np.sort(answers + shift[:, None], 0)[1:3].mean(0)
