"""Edges between entries as edges between drawn nodes: what runs between the same two nodes is one bundle.

Between two entries that stand for themselves every operand keeps its own edge. Numbers only; knows no tape.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Bundles(NamedTuple):
    """`edges` (k, 3) drawn: source node, target node, slot; `of` says for every entry edge its place in them, -1 where
    it runs inside a node; `counts` how many each stands for.
    """

    edges: np.ndarray
    of: np.ndarray
    counts: np.ndarray


def bundled(edges: np.ndarray, starts: np.ndarray, folded: np.ndarray) -> Bundles:
    """Bundles of entry edges (m, 3); node k holds entries from `starts[k]`, `folded[k]` says whether it is a group."""
    source = np.searchsorted(starts, edges[:, 0], side="right") - 1
    target = np.searchsorted(starts, edges[:, 1], side="right") - 1
    slot = np.where(folded[target], 0, edges[:, 2]) if len(edges) else edges[:, 2]
    outside = np.flatnonzero(source != target)
    of = np.full(len(edges), -1)
    drawn = np.stack([target[outside], slot[outside], source[outside]], axis=1)
    unique, place, counts = np.unique(drawn, axis=0, return_inverse=True, return_counts=True)
    of[outside] = place.reshape(-1)
    result = unique[:, [2, 0, 1]].astype(np.int64).reshape(-1, 3)
    into = folded[result[:, 1]] if len(result) else np.zeros(0, bool)
    first = np.searchsorted(result[:, 1], result[:, 1])
    result[:, 2] = np.where(into, np.arange(len(result)) - first, result[:, 2])
    return Bundles(result, of, counts)


def latest(values: np.ndarray, of: np.ndarray, count: int, never: int) -> np.ndarray:
    """The largest value among the members of each bundle that is not `never`; `never` where there is none."""
    result = np.full(count, -1)
    drawn = (of >= 0) & (values != never)
    np.maximum.at(result, of[drawn], values[drawn])
    return np.where(result < 0, never, result)


def earliest(values: np.ndarray, of: np.ndarray, count: int, never: int) -> np.ndarray:
    """The smallest value among the members of each bundle."""
    result = np.full(count, never)
    drawn = of >= 0
    np.minimum.at(result, of[drawn], values[drawn])
    return result
