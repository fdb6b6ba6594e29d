"""Strands: which values go on from one another, so that rows of a large drawing follow the program.

A pass of a loop, a unit of a layer, a running sum take one value a step further; their steps are one strand and stand
in one row. Few crossings are not sought: what repeats looks alike, which reads better where lines are many. Knows no
sizes and no coordinates.
"""

from typing import NamedTuple

import numpy as np

from explorer.graph.layout.columns import Columns
from explorer.graph.layout.order import by_key

_SHARED = 8  # from so many users on a value is everybody's, and nobody continues it


class Strands(NamedTuple):
    """The edges along which strands go on; for each node the first node of its strand, and how many nodes that has."""

    edges: np.ndarray
    first: np.ndarray
    length: np.ndarray


def strands(count: int, edges: np.ndarray) -> Strands:
    """Each node goes on from its most exclusive operand, the one with fewest users."""
    users = np.bincount(edges[:, 0], minlength=count)
    order = np.lexsort((edges[:, 2], users[edges[:, 0]], edges[:, 1]))
    foremost = np.ones(len(order), bool)
    foremost[1:] = np.diff(edges[order, 1]) != 0
    chosen = order[foremost]
    chosen = chosen[users[edges[chosen, 0]] < _SHARED]
    first = np.arange(count)
    first[edges[chosen, 1]] = edges[chosen, 0]
    while not np.array_equal(first, first[first]):
        first = first[first]
    return Strands(chosen, first, np.bincount(first, minlength=count)[first])


def in_strands(columns: Columns, found: Strands) -> np.ndarray:
    """Positions in each column: strand by strand, in the order in which the program begins them."""
    count = len(columns.cell)
    return by_key(columns, (found.first * count + np.arange(count))[columns.node])
