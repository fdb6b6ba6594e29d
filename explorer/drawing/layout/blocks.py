"""Whole lines and nodes as blocks in one list from top to bottom, and moving them there so that few lines cross.

A block is a node or the chain of bends of a long line; its cells keep one order in all columns, so long lines
never cross twice. A block moves to the place in the list where it makes the fewest crossings, after
Bachmaier, Brandenburg, Brunner and Huebner, A Global k-Level Crossing Reduction Algorithm (2010); among equal
places it drifts up and down in turn, which opens the way for others. Several lists are improved at once.
Knows no sizes and no coordinates.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from explorer.drawing.layout.columns import Columns
from explorer.drawing.layout.crossings import PORT_WEIGHT
from explorer.drawing.layout.result import Watch

_Row = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
_Cases = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]


class Blocks:
    """The blocks of a graph cut into columns, and what each gains from passing each other one.

    `of` is the block of each cell. The row of a block lists cases (other, near, far, extra): passing downwards
    below `other` costs the sign of far's place less near's place, plus `extra`.
    """

    def __init__(self, columns: Columns) -> None:
        nodes = len(columns.cell)
        owners = np.unique(columns.node[columns.is_bend])
        chain = np.zeros(nodes, int)
        chain[owners] = nodes + np.arange(len(owners))
        self.of = np.where(columns.is_bend, chain[columns.node], columns.node)
        self.owner = np.concatenate([np.arange(nodes), owners])
        self.count = len(self.owner)
        part = np.zeros(self.count, int)
        part[self.of] = columns.part
        ends = np.cumsum(np.bincount(part)) if len(part) else np.zeros(0, int)
        self.part = part
        self.room = list(zip((ends - np.bincount(part))[part].tolist(), ends[part].tolist(), strict=True))
        self.rows = self._rows(columns)
        self.size = sum(len(row[0]) for row in self.rows)

    def _rows(self, columns: Columns) -> list[_Row]:
        cases = list(_cases(columns, self.of[columns.source], self.of[columns.target]))
        if not cases:
            return [(np.zeros(0, int),) * 3 + (np.zeros(0),)] * self.count
        mover, other, near, far, extra = (np.concatenate(parts) for parts in zip(*cases, strict=True))
        order = np.argsort(mover, kind="stable")
        bounds = np.searchsorted(mover[order], np.arange(self.count + 1)).tolist()
        other, near, far, extra = other[order], near[order], far[order], extra[order]
        return [(other[a:b], near[a:b], far[a:b], extra[a:b]) for a, b in pairwise(bounds)]

    def places(self, keys: np.ndarray) -> np.ndarray:
        """Places of all blocks, by a key per block; parts that do not hang together stay apart."""
        order = np.lexsort((keys, self.part))
        place = np.empty(self.count, int)
        place[order] = np.arange(self.count)
        return place

    def improve(self, lists: np.ndarray, rounds: int, watch: Watch) -> None:
        """Move blocks in place, in all lists (k, count) of places, through all blocks several times."""
        shift = np.arange(len(lists))[:, None] * (self.count + 1) + 1
        movers = [block for block, row in enumerate(self.rows) if len(row[0])]
        for turn in range(rounds):
            watch.check()
            for block in movers:
                self._move(lists, block, shift, turn % 2 == 0)

    def _move(self, lists: np.ndarray, block: int, shift: np.ndarray, down: bool) -> None:
        other, near, far, extra = self.rows[block]
        steps = np.sign(lists.take(far, 1) - lists.take(near, 1)) + extra
        width = self.count + 1
        spread = np.bincount((lists.take(other, 1) + shift).ravel(), steps.ravel(), len(lists) * width)
        low, high = self.room[block]
        cost = spread.reshape(-1, width)[:, low : high + 1].cumsum(1)
        cost -= cost[:, :1]
        gap = (high - cost[:, ::-1].argmin(1) if down else low + cost.argmin(1))[:, None]
        at = lists[:, block, None]
        to = gap - (gap > at)
        lists += ((lists < at) & (lists >= to)).view(np.int8) - ((lists > at) & (lists <= to)).view(np.int8)
        lists[:, block] = to[:, 0]


def _cases(columns: Columns, tails: np.ndarray, heads: np.ndarray) -> Iterator[_Cases]:
    """Gap by gap, pairs of segments that can cross; `tails` and `heads` are the blocks they join."""
    for first, last in pairwise([*columns.gaps.tolist(), len(tails)]):
        if last - first < 2:
            continue
        tail, head, port = tails[first:last], heads[first:last], columns.port[first:last]
        inner = tail == head
        all_, free, held = np.arange(last - first), np.flatnonzero(~inner), np.flatnonzero(inner)
        ones, twos = _pairs(free, all_)
        differ = tail[ones] != tail[twos]
        one, two = ones[differ], twos[differ]
        same = head[one] == head[two]
        extra = np.where(same, PORT_WEIGHT * np.sign(port[two] - port[one]), 0.0)
        yield tail[one], tail[two], head[one], head[two], extra
        differ = head[ones] != head[twos]
        one, two = ones[differ], twos[differ]
        yield head[one], head[two], tail[one], tail[two], np.zeros(len(one))
        one, two = _pairs(held, free)
        differ = (tail[one] != tail[two]) & (tail[one] != head[two])
        one, two = one[differ], two[differ]
        yield tail[one], tail[two], tail[two], head[two], np.zeros(len(one))
        yield tail[one], head[two], head[two], tail[two], np.zeros(len(one))


def _pairs(one: np.ndarray, two: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every one of the first with every one of the second."""
    return np.repeat(one, len(two)), np.tile(two, len(one))
