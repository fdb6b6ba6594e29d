"""The curves of the edges: level past a column's boxes, bending only in the gaps between columns.

So no curve can touch a foreign box: inside a column it runs where its bend was given room. Edges enter in
operand order and leave in the order of where they go. Works left to right; knows no colours and no text.
"""

from dataclasses import dataclass

import numpy as np

from explorer.drawing.layout.columns import Columns

_ENTRY_STEP = 24.0
_EXIT_STEP = 14.0
_LANE_STEP = 12.0


@dataclass(frozen=True)
class Frame:
    """Where everything stands: `left` and `right` side of each column, centre and size of each node."""

    left: np.ndarray
    right: np.ndarray
    centres: np.ndarray
    sizes: np.ndarray
    heights: np.ndarray


def routed(
    columns: Columns, edges: np.ndarray, layers: np.ndarray, frame: Frame, ports: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Control points of all edges, and where each edge's points start; `ports` (m, 2) are given ends, or nan."""
    if not len(edges):
        return np.zeros((0, 2)), np.zeros(1, int)
    source, target = edges[:, 0], edges[:, 1]
    out, into = _exits(columns, edges, frame), _entries(columns, edges, frame)
    if ports is not None:
        out, into = (np.where(np.isnan(given), free, given) for given, free in zip(ports.T, (out, into), strict=True))
    leave, enter = frame.centres[source, 1] + out, frame.centres[target, 1] + into
    edge, begin, end, height = _passages(columns, edges, layers, frame)
    counts = 4 + 2 * np.bincount(edge, minlength=len(edges))
    starts = np.concatenate([[0], np.cumsum(counts)])
    points = np.empty((starts[-1], 2))
    ends = starts[1:]
    points[starts[:-1]] = np.stack([frame.centres[source, 0] + frame.sizes[source, 0] / 2, leave], 1)
    points[starts[:-1] + 1] = np.stack([frame.right[layers[source]], leave], 1)
    points[ends - 2] = np.stack([frame.left[layers[target]], enter], 1)
    points[ends - 1] = np.stack([frame.centres[target, 0] - frame.sizes[target, 0] / 2, enter], 1)
    turn = np.arange(len(edge)) - np.searchsorted(edge, edge)
    at = starts[edge] + 2 + 2 * turn
    points[at] = np.stack([begin, height], 1)
    points[at + 1] = np.stack([end, height], 1)
    return _curves(*_simplified(points, starts))


def _passages(
    columns: Columns, edges: np.ndarray, layers: np.ndarray, frame: Frame
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The level stretches of all edges past foreign columns: edge, from x, to x, height; sorted by edge."""
    source = edges[:, 0]
    inside = columns.last >= 0
    hops = np.where(inside, columns.hops, 1)
    edge = np.repeat(np.arange(len(edges)), hops)
    turn = np.arange(len(edge)) - np.repeat(np.cumsum(hops) - hops, hops)
    column = layers[source[edge]] + 1 + turn
    end_column = np.where(inside[edge], column, layers[edges[edge, 1]] - 1)
    height = np.empty(len(edge))
    chained = inside[edge]
    chain = (columns.chains[source[edge]] + turn)[chained]
    height[chained] = frame.heights[columns.bends[chain]]
    height[~chained] = _lanes(source[~inside], frame)
    return edge, frame.left[column], frame.right[end_column], height


def _lanes(source: np.ndarray, frame: Frame) -> np.ndarray:
    """Heights outside the drawing for edges too long to thread through it: one lane per source."""
    if not len(source):
        return np.zeros(0)
    top = float((frame.centres[:, 1] - frame.sizes[:, 1] / 2).min())
    bottom = float((frame.centres[:, 1] + frame.sizes[:, 1] / 2).max())
    owners, owner = np.unique(source, return_inverse=True)
    upper = frame.centres[owners, 1] < (top + bottom) / 2
    number = np.where(upper, np.cumsum(upper), np.cumsum(~upper))
    step = _LANE_STEP * min(1.0, 50 / len(owners))
    return np.where(upper, top - 30 - step * number, bottom + 30 + step * number)[owner]


def _entries(columns: Columns, edges: np.ndarray, frame: Frame) -> np.ndarray:
    """How far from its target's middle each edge enters: operand order, first one on top."""
    target = edges[:, 1]
    arity = np.bincount(target, minlength=len(frame.sizes))[target]
    order = np.lexsort((np.arange(len(edges)), edges[:, 2], target))
    turn = np.empty(len(edges))
    turn[order] = np.arange(len(edges)) - np.searchsorted(target[order], target[order])
    step = np.minimum(_ENTRY_STEP, frame.sizes[target, 1] * 0.84 / arity)
    return (turn - (arity - 1) / 2) * step


def _exits(columns: Columns, edges: np.ndarray, frame: Frame) -> np.ndarray:
    """How far from its source's middle each edge leaves: by where it goes; a shared chain leaves once."""
    source = edges[:, 0]
    inside = columns.last >= 0
    chained = inside & (columns.hops > 0)
    first_bend = columns.bends[columns.chains[source[chained]]]
    aim = np.empty(len(edges))
    straight = inside & ~chained
    aim[straight] = frame.centres[edges[straight, 1], 1] + columns.port[columns.last[straight]]
    aim[chained] = frame.heights[first_bend]
    aim[~inside] = _lanes(source[~inside], frame)
    order = np.lexsort((aim, source))
    fresh = np.ones(len(edges), bool)
    fresh[1:] = (np.diff(source[order]) != 0) | (np.diff(aim[order]) != 0)
    number = np.cumsum(fresh)
    turn, exits = np.empty(len(edges)), np.zeros(len(frame.sizes))
    turn[order] = number - number[np.searchsorted(source[order], source[order])]
    np.maximum.at(exits, source, turn + 1)
    step = np.minimum(_EXIT_STEP, frame.sizes[source, 1] * 0.8 / exits[source])
    return (turn - (exits[source] - 1) / 2) * step


def _simplified(points: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Leave out points that repeat their neighbour or lie inside a level stretch."""
    same_height = np.diff(points[:, 1]) == 0
    same = same_height & (np.diff(points[:, 0]) == 0)
    inner = np.ones(len(points), bool)
    inner[starts[:-1]] = inner[starts[1:] - 1] = False
    before, after = slice(None, -1), slice(1, None)
    idle = np.zeros(len(points), bool)
    idle[1:-1] = (same_height[before] & same_height[after]) | same[before] | same[after]
    keep = ~(inner & idle)
    kept = np.concatenate([[0], np.cumsum(keep)])
    return points[keep], kept[starts]


def _curves(points: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cubic curves through the points of each edge, level at every point."""
    pieces = np.diff(starts) - 1
    edge = np.repeat(np.arange(len(pieces)), np.diff(starts))
    first = np.concatenate([[0], np.cumsum(3 * pieces + 1)])
    at = first[edge] + 3 * (np.arange(len(points)) - starts[edge])
    curves = np.empty((first[-1], 2))
    curves[at] = points
    joined = edge[1:] == edge[:-1]
    one, two, at = points[:-1][joined], points[1:][joined], at[:-1][joined]
    middle = (one[:, 0] + two[:, 0]) / 2
    level = one[:, 1] == two[:, 1]
    curves[at + 1] = np.stack([np.where(level, (2 * one[:, 0] + two[:, 0]) / 3, middle), one[:, 1]], 1)
    curves[at + 2] = np.stack([np.where(level, (one[:, 0] + 2 * two[:, 0]) / 3, middle), two[:, 1]], 1)
    return curves, first
