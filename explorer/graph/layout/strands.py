"""Strands: which values go on from one another, so that rows of a large drawing follow the program.

A pass of a loop, a unit of a layer, a running sum take one value a step further; their steps are one strand and stand
in one row. Few crossings are not sought: what repeats looks alike, which reads better where lines are many. Knows no
sizes and no coordinates.
"""

import numpy as np

from explorer.graph.layout.columns import Columns
from explorer.graph.layout.order import by_key

_SHARED = 8  # from so many users on a value is everybody's, and nobody continues it


def strands(count: int, edges: np.ndarray) -> np.ndarray:
    """The first node of the strand of each node: each goes on from the operand that it shares with fewest others."""
    users = np.bincount(edges[:, 0], minlength=count)
    order = np.lexsort((edges[:, 2], users[edges[:, 0]], edges[:, 1]))
    foremost = np.ones(len(order), bool)
    foremost[1:] = np.diff(edges[order, 1]) != 0
    chosen = edges[order[foremost]]
    chosen = chosen[users[chosen[:, 0]] < _SHARED]
    first = np.arange(count)
    first[chosen[:, 1]] = chosen[:, 0]
    while not np.array_equal(first, first[first]):
        first = first[first]
    return first


def in_strands(columns: Columns, edges: np.ndarray) -> np.ndarray:
    """Positions in each column: strand by strand, in the order in which the program begins them."""
    count = len(columns.cell)
    key = strands(count, edges) * count + np.arange(count)
    return by_key(columns, key[columns.node])
