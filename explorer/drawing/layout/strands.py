"""Strands: which values go on from one another, so that rows of a large drawing follow the program.

A pass of a loop, a unit of a layer, a running sum take one value a step further; their steps are one strand and stand
in one row. Few crossings are not sought: what repeats looks alike, which reads better where lines are many. Knows no
sizes and no coordinates.
"""

from typing import NamedTuple

import numpy as np

from explorer.drawing.layout.columns import Columns
from explorer.drawing.layout.order import by_key

_SHARED = 8  # from so many users on a value is everybody's, and nobody continues it


class Strands(NamedTuple):
    """The edges along which strands go on, and for each node how many its strand has; `root` is the node from which
    the strand and all that branches off from the same values have come.
    """

    edges: np.ndarray
    root: np.ndarray
    length: np.ndarray


def strands(count: int, edges: np.ndarray) -> Strands:
    """Each node comes from its most exclusive operand, the one with fewest users; of those that come from one value
    the one with most before it continues its strand, the others begin new ones.
    """
    chosen = _chosen(count, edges)
    parent = np.arange(count)
    parent[edges[chosen, 1]] = edges[chosen, 0]
    root, depth = _climbed(parent)
    heir = np.array(_heirs(parent.tolist(), np.lexsort((np.arange(count), -depth)).tolist()))
    goes_on = heir[edges[chosen, 0]] == edges[chosen, 1]
    before = np.arange(count)
    before[edges[chosen[goes_on], 1]] = edges[chosen[goes_on], 0]
    first, _ = _climbed(before)
    return Strands(chosen[goes_on], root, np.bincount(first, minlength=count)[first])


def in_strands(columns: Columns, found: Strands) -> np.ndarray:
    """Positions in each column: strand by strand, in the order in which the program begins them."""
    count = len(columns.cell)
    return by_key(columns, (found.root * count + np.arange(count))[columns.node])


def _chosen(count: int, edges: np.ndarray) -> np.ndarray:
    """For each node with operands that are not everybody's the edge from the most exclusive one."""
    users = np.bincount(edges[:, 0], minlength=count)
    order = np.lexsort((edges[:, 2], users[edges[:, 0]], edges[:, 1]))
    foremost = np.ones(len(order), bool)
    foremost[1:] = np.diff(edges[order, 1]) != 0
    chosen = order[foremost]
    return chosen[users[edges[chosen, 0]] < _SHARED]


def _climbed(parent: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The topmost ancestor of each node, and how many steps lead there."""
    steps = (parent != np.arange(len(parent))).astype(int)
    while not np.array_equal(parent, parent[parent]):
        steps = steps + steps[parent]
        parent = parent[parent]
    return parent, steps


def _heirs(parent: list[int], order: list[int]) -> list[int]:
    """For each node the child with the longest line of descent, or -1; `order` has children before parents."""
    reach, heir = [0] * len(parent), [-1] * len(parent)
    for node in order:
        above = parent[node]
        if above != node and reach[node] >= reach[above]:
            reach[above], heir[above] = reach[node] + 1, node
    return heir
