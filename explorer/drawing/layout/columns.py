"""The graph cut into columns: long edges become chains of bends, so every segment joins neighbouring columns.

All long edges of one node share one chain, as the value they carry is one. Nodes and bends are both *cells*,
numbered column by column. Knows no positions.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Columns:
    """Cells in columns, and the segments between neighbouring columns.

    Cells of column c are `starts[c]:starts[c + 1]`. `node` is the cell's node, or for a bend the node whose
    value passes. Segments are sorted by column; those leaving column c are `gaps[c]:gaps[c + 1]`. `port` is
    where a segment enters its target, between -0.5 (top) and 0.5.
    Edge e takes the first `hops[e]` bends of its source's chain (`chains[s]:chains[s + 1]` in `bends`), then
    the segment `last[e]`; with -1 for `last` it is too long and leaves the columns altogether.
    """

    starts: np.ndarray
    node: np.ndarray
    is_bend: np.ndarray
    part: np.ndarray
    cell: np.ndarray
    source: np.ndarray
    target: np.ndarray
    port: np.ndarray
    gaps: np.ndarray
    chains: np.ndarray
    bends: np.ndarray
    hops: np.ndarray
    last: np.ndarray

    @property
    def column(self) -> np.ndarray:
        """The column of each cell."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def cut(layers: np.ndarray, edges: np.ndarray, budget: int) -> Columns:
    """Cut ranked edges (source, target, slot) into segments, with at most about `budget` bends."""
    count = len(layers)
    source, target = edges[:, 0], edges[:, 1]
    hops: np.ndarray = layers[target] - layers[source] - 1
    longest = _longest_chain(count, source, hops, budget)
    lengths = np.zeros(count, int)
    short = hops <= longest
    np.maximum.at(lengths, source[short], hops[short])
    chains = np.concatenate([[0], np.cumsum(lengths)])
    owner = np.repeat(np.arange(count), lengths)
    step = np.arange(len(owner)) - chains[owner]
    layer = np.concatenate([layers, layers[owner] + 1 + step])
    cells = np.empty(len(layer), int)
    order = np.argsort(layer, kind="stable")
    cells[order] = np.arange(len(layer))
    cell, bends = cells[:count], cells[count:]

    previous = np.where(step > 0, np.roll(bends, 1), cell[owner])
    chain_end = np.append(bends, 0)[np.maximum(chains[source[short]] + hops[short] - 1, 0)]
    start = np.where(hops[short] > 0, chain_end, cell[source[short]])
    tails = np.concatenate([previous, start])
    heads = np.concatenate([bends, cell[target[short]]])
    port = np.concatenate([np.zeros(len(bends)), ports(edges, count)[short]])
    by_tail = np.argsort(tails, kind="stable")
    number = np.empty(len(tails), int)
    number[by_tail] = np.arange(len(tails))
    last = np.full(len(edges), -1)
    last[short] = number[len(bends) :]
    starts = np.searchsorted(layer[order], np.arange(int(layers.max(initial=-1)) + 2))
    return Columns(
        starts=starts, node=np.concatenate([np.arange(count), owner])[order], is_bend=order >= count,
        part=parts(count, source, target)[np.concatenate([np.arange(count), owner])][order], cell=cell,
        source=tails[by_tail], target=heads[by_tail], port=port[by_tail],
        gaps=np.searchsorted(tails[by_tail], starts), chains=chains, bends=bends, hops=hops, last=last,
    )  # fmt: skip


def _longest_chain(count: int, source: np.ndarray, hops: np.ndarray, budget: int) -> int:
    """The longest chain allowed, so that all chains together keep to the budget."""
    lengths = np.zeros(count, int)
    np.maximum.at(lengths, source, hops)
    if lengths.sum() <= budget:
        return int(lengths.max(initial=0))
    lengths.sort()
    whole = np.cumsum(lengths) + lengths * np.arange(count - 1, -1, -1)
    fitting = int(np.searchsorted(whole, budget))
    return int(lengths[max(fitting - 1, 0)])


def ports(edges: np.ndarray, count: int) -> np.ndarray:
    """Where each edge enters its target, in operand order: -0.5 is the top of the node, 0.5 its bottom."""
    order = np.lexsort((edges[:, 2], edges[:, 1]))
    arity = np.bincount(edges[:, 1], minlength=count)
    first = np.cumsum(arity) - arity
    turn = np.empty(len(edges))
    turn[order] = np.arange(len(edges)) - first[edges[order, 1]]
    return (turn + 0.5) / arity[edges[:, 1]] - 0.5


def parts(count: int, source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """A number per node, the same for nodes that hang together, counted in order of their first nodes."""
    label = np.arange(count)
    while True:
        lowest = np.minimum(label[source], label[target])
        former = label.copy()
        np.minimum.at(label, former[source], lowest)
        np.minimum.at(label, former[target], lowest)
        label = label[label]
        if np.array_equal(label, former):
            return np.asarray(np.unique(label, return_inverse=True)[1])
