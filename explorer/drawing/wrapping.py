"""Breaks a long thin layout into rows, as text into lines: what leaves a row at its right goes on in the next.

Rows end where few lines pass. Every line that is cut there runs through a lane of its own beside and between the rows.
Numbers only: it takes a finished layout and gives back one of the same kind. `lanes` knows how cut lines run.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from explorer.drawing.lanes import GUTTER, LANE, Piece, cut, joined
from explorer.drawing.layout import Layout

LONGEST = 1500.0  # so wide a picture still can be read well
THIN = 2.4  # from this ratio of width to height on, rows are worth it
RATIO = 1.7  # of the picture that is aimed at
BAND = 34.0  # so much of an empty band is left
MOST_CUTS = 3000  # so many cuts are worth the time
MOST_CUT = 14  # so many lines may pass from a row to the next
WORTH = 0.72  # share of the width that the longest row may still have
FEW = 80  # nodes up to which several numbers of rows are tried
AROUND = 3  # columns to look at for a better place to break


def wrapped(done: Layout, sizes: np.ndarray, edges: np.ndarray) -> Layout:
    """The layout in rows if it is long and thin, else as it is."""
    left, top, right, bottom = done.bounds
    width, height = right - left, bottom - top
    if width < LONGEST or width < THIN * height or not len(edges):
        return done
    wanted = max(2, round(np.sqrt(width / (RATIO * (height + GUTTER)))))
    first = _broken(done, sizes, edges, wanted)
    if first is None:
        return done
    rows, result = first
    ratio = _ratio(result)
    more = [round(rows * np.sqrt(ratio / RATIO))] if ratio > 1.2 * RATIO else []
    if len(sizes) <= FEW:
        more += [wanted - 1, wanted + 1, wanted + 2]
    others = [_broken(done, sizes, edges, number) for number in more if number > 1]
    return min((result, *(one[1] for one in others if one is not None)), key=_size)


def _broken(done: Layout, sizes: np.ndarray, edges: np.ndarray, rows: int) -> tuple[int, Layout] | None:
    """The layout in about so many rows, and how many; None where it is no good."""
    breaks = np.array(_breaks(done, sizes, edges, rows))
    if not len(breaks) or _cuts(done, breaks) > MOST_CUTS:
        return None
    return len(breaks) + 1, _in_rows(done, sizes, edges, breaks)


def _ratio(rows: Layout) -> float:
    left, top, right, bottom = rows.bounds
    return (right - left) / (bottom - top)


def _size(rows: Layout) -> float:
    """How large a view of the wanted shape must be."""
    left, top, right, bottom = rows.bounds
    return max(right - left, RATIO * (bottom - top))


def _breaks(done: Layout, sizes: np.ndarray, edges: np.ndarray, rows: int) -> list[float]:
    """The x at which rows end: in gaps between columns, where few sources have lines passing."""
    number = int(done.layers.max()) + 1
    low, high = np.full(number, np.inf), np.full(number, -np.inf)
    np.minimum.at(low, done.layers, done.positions[:, 0] - sizes[:, 0] / 2)
    np.maximum.at(high, done.layers, done.positions[:, 0] + sizes[:, 0] / 2)
    gaps = high[:-1] + 1.0  # where lines still run level
    cut = _passing(done, edges, gaps)
    width = float(done.bounds[2] - done.bounds[0])
    wanted, found, begin = width / rows, [], 0
    while low[begin] + 1.25 * wanted < high[-1]:
        place = int(np.searchsorted(gaps, low[begin] + wanted))
        near = np.arange(max(begin, place - AROUND), min(len(gaps), place + AROUND))
        if not len(near):
            break
        best = int(near[np.argmin(cut[near] + 6 * np.abs(gaps[near] - low[begin] - wanted) / wanted)])
        if cut[best] > MOST_CUT:
            return []
        found.append(float(gaps[best]))
        begin = best + 1
        if begin >= number - 1:
            break
    longest = np.diff([done.bounds[0], *found, done.bounds[2]]).max()
    return found if longest < WORTH * width else []


def _passing(done: Layout, edges: np.ndarray, gaps: np.ndarray) -> np.ndarray:
    """How many sources have lines across each gap."""
    sources, place = np.unique(edges[:, 0], return_inverse=True)
    first, last = np.full(len(sources), np.inf), np.full(len(sources), -np.inf)
    np.minimum.at(first, place, done.points[done.starts[:-1], 0])
    np.maximum.at(last, place, done.points[done.starts[1:] - 1, 0])
    begin, end = np.searchsorted(gaps, first, side="right"), np.searchsorted(gaps, last)
    change = np.zeros(len(gaps) + 1, np.int64)
    np.add.at(change, begin, 1)
    np.add.at(change, np.maximum(begin, end), -1)
    return np.cumsum(change)[:-1]


def _cuts(done: Layout, breaks: np.ndarray) -> int:
    """How many times a line is cut at all breaks together."""
    ends = np.searchsorted(breaks, [done.points[done.starts[:-1], 0], done.points[done.starts[1:] - 1, 0]])
    return int((ends[1] - ends[0]).sum())


def _in_rows(done: Layout, sizes: np.ndarray, edges: np.ndarray, breaks: np.ndarray) -> Layout:
    row = np.searchsorted(breaks, done.positions[:, 0])
    torn = np.flatnonzero(row[edges[:, 0]] != row[edges[:, 1]])
    pieces = {edge: cut(done.points[done.starts[edge] : done.starts[edge + 1]], breaks) for edge in torn.tolist()}
    counts = np.diff(done.starts)
    at = np.repeat(row[edges[:, 1]], counts)  # the row of each point of the lines that stay whole
    at[np.repeat(np.isin(np.arange(len(edges)), torn), counts)] = -1
    positions, points = _squeezed(done, sizes, row, at, pieces)
    shift, lanes = _shifts(done, positions, points, sizes, edges, breaks, row, at, pieces)
    positions = positions + shift[row]
    points = points + shift[at]
    ends = float((positions[:, 0] + sizes[:, 0] / 2).max()), float(done.bounds[0])
    routes = {edge: joined(parts, int(edges[edge, 0]), shift, lanes, ends) for edge, parts in pieces.items()}
    points, starts = _replaced(points, done.starts, routes)
    corners = np.vstack([positions - sizes / 2, positions + sizes / 2, points])
    (left, top), (right, bottom) = corners.min(0).tolist(), corners.max(0).tolist()
    return Layout(positions, done.layers, points, starts, (left, top, right, bottom))


def _replaced(
    points: np.ndarray, starts: np.ndarray, routes: dict[int, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """The points of all lines with other routes for some."""
    counts = np.diff(starts)
    parts, begin = [], 0
    for edge, route in sorted(routes.items()):
        parts += [points[begin : starts[edge]], route]
        begin = starts[edge + 1]
        counts[edge] = len(route)
    return np.vstack([*parts, points[begin:]]), np.concatenate([[0], np.cumsum(counts)])


def _squeezed(
    done: Layout, sizes: np.ndarray, row: np.ndarray, at: np.ndarray, pieces: dict[int, list[Piece]]
) -> tuple[np.ndarray, np.ndarray]:
    """Every row without the empty bands that were only needed beside the other rows; pieces are changed in place."""
    positions, points = np.array(done.positions, float), np.array(done.points, float)
    whole = np.flatnonzero(at >= 0)
    torn: dict[int, list[np.ndarray]] = {}
    for place, piece in (one for parts in pieces.values() for one in parts):
        torn.setdefault(place, []).append(piece)
    rows = int(row.max()) + 1
    for place, nodes, own in zip(range(rows), _by_row(row, rows), _by_row(at[whole], rows)):
        lines, cuts = whole[own], torn.get(place, [])
        passing = np.concatenate([points[lines, 1], *(piece[:, 1] for piece in cuts)])
        tops = np.concatenate([positions[nodes, 1] - sizes[nodes, 1] / 2, passing])
        bottoms = np.concatenate([positions[nodes, 1] + sizes[nodes, 1] / 2, passing])
        old, new = _without_bands(tops, bottoms)
        positions[nodes, 1] = np.interp(positions[nodes, 1], old, new)
        points[lines, 1] = np.interp(points[lines, 1], old, new)
        for piece in cuts:
            piece[:, 1] = np.interp(piece[:, 1], old, new)
    return positions, points


def _by_row(row: np.ndarray, rows: int) -> Iterator[np.ndarray]:
    """The places of the numbers 0, 1, 2..."""
    order = np.argsort(row, kind="stable")
    ends = np.searchsorted(row[order], np.arange(rows + 1)).tolist()
    return (order[first:last] for first, last in zip(ends, ends[1:]))


def _without_bands(tops: np.ndarray, bottoms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each height goes when empty bands shrink: support points of a map that keeps all intervals as they are."""
    order = np.argsort(tops)
    tops, reached = tops[order], np.maximum.accumulate(bottoms[order])
    after = np.flatnonzero(tops[1:] > reached[:-1] + BAND) + 1  # whatever begins below a wide band
    saved = np.cumsum(tops[after] - reached[after - 1] - BAND)
    before = np.concatenate([[0.0], saved[:-1]])[: len(saved)]
    old = np.stack([reached[after - 1], tops[after]], 1).ravel()
    new = old - np.stack([before, saved], 1).ravel()
    total = float(saved[-1]) if len(saved) else 0.0
    return np.array([tops[0], *old, reached[-1]]), np.array([tops[0], *new, reached[-1] - total])


def _shifts(
    done: Layout, positions: np.ndarray, points: np.ndarray, sizes: np.ndarray, edges: np.ndarray, breaks: np.ndarray,
    row: np.ndarray, at: np.ndarray, pieces: dict[int, list[Piece]],
) -> tuple[np.ndarray, dict[tuple[int, int], tuple[int, int, float]]]:  # fmt: skip
    """By how much each row moves; and for each source that passes a row's end its lane, how many, and the lane's y."""
    count = len(breaks) + 1
    passing: list[dict[int, float]] = [{} for _ in breaks]
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    for rows, tops, bottoms in (
        (row, positions[:, 1] - sizes[:, 1] / 2, positions[:, 1] + sizes[:, 1] / 2),
        (at[at >= 0], points[at >= 0, 1], points[at >= 0, 1]),
    ):
        np.minimum.at(low, rows, tops)
        np.maximum.at(high, rows, bottoms)
    for edge, parts in pieces.items():
        for place, piece in parts:
            low[place], high[place] = min(low[place], piece[:, 1].min()), max(high[place], piece[:, 1].max())
        for place, piece in parts[:-1]:
            passing[place].setdefault(int(edges[edge, 0]), float(piece[-1, 1]))
    left_ends = [float(done.bounds[0]), *breaks]
    shift, lanes, y = np.zeros((count, 2)), {}, float(done.bounds[1])
    for place in range(count):
        shift[place] = done.bounds[0] - left_ends[place], y - low[place]
        y += high[place] - low[place] + GUTTER
        order = sorted(passing[place], key=passing[place].__getitem__) if place < len(passing) else []
        for lane, source in enumerate(order):
            lanes[place, source] = (lane, len(order), y - GUTTER / 2 + lane * LANE)
        y += LANE * max(0, len(order) - 1)
    return shift, lanes
