"""Heights pressed together where a picture is to be low: lines run less straight, and nothing comes too close.

Every cell wants to be as much nearer to the middle as the picture is too high; where cells of a column would come too
close, those that meet share what they miss. Knows the order in each column and least distances, no curves.
"""

from itertools import pairwise

import numpy as np

from explorer.drawing.layout.columns import Columns


def pressed(columns: Columns, position: np.ndarray, gaps: np.ndarray, heights: np.ndarray) -> np.ndarray:
    """Centre height of each cell, in a picture about as high as its fullest column.

    `gaps[r]` is the least distance from the cell in row place r to the next.
    """
    place = columns.starts[columns.column] + position
    row = np.empty(len(heights))
    row[place] = heights
    bounds = [(start, end) for start, end in pairwise(columns.starts.tolist()) if start < end]
    needed = max((float(gaps[start : end - 1].sum()) for start, end in bounds), default=0.0)
    reach = float(np.ptp(row)) if len(row) else 0.0
    if reach <= needed or not reach:
        return heights
    middle = (float(row.max()) + float(row.min())) / 2
    wanted = middle + (row - middle) * needed / reach
    for start, end in bounds:
        offset = np.concatenate([[0.0], np.cumsum(gaps[start : end - 1])])
        row[start:end] = _rising(wanted[start:end] - offset) + offset
    return row[place]


def _rising(wishes: np.ndarray) -> np.ndarray:
    """The numbers that never fall and are nearest to the wishes (pool adjacent violators)."""
    means: list[float] = []
    counts: list[int] = []
    for wish in wishes.tolist():
        mean, count = wish, 1
        while means and means[-1] > mean:
            other = counts.pop()
            mean = (mean * count + means.pop() * other) / (count + other)
            count += other
        means.append(mean)
        counts.append(count)
    return np.repeat(means, counts)
