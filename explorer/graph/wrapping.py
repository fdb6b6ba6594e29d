"""Breaks a long thin layout into rows, as text into lines: what leaves a row at its right goes on in the next.

Rows end where few lines pass. Every line that is cut there runs through a lane of its own beside and between the rows.
Numbers only: it takes a finished layout and gives back one of the same kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

LONGEST = 2300.0  # so wide a picture still can be read
THIN = 3.2  # from this ratio of width to height on, rows are worth it
RATIO = 1.55  # of the picture that is aimed at
LANE, GUTTER, MARGIN = 12.0, 46.0, 34.0
BAND = 34.0  # so much of an empty band is left
TURN = 9.0  # radius of a lane's corners
MOST_CUTS = 3000  # so many cuts are worth the time
MOST_CUT = 14  # so many lines may pass from a row to the next
WORTH = 0.72  # share of the width that the longest row may still have
AROUND = 3  # columns to look at for a better place to break


@dataclass(frozen=True)
class Rows:
    """A layout in rows."""

    positions: np.ndarray
    points: np.ndarray
    starts: np.ndarray
    layers: np.ndarray
    bounds: tuple[float, float, float, float]


def wrapped(done: Any, sizes: np.ndarray, edges: np.ndarray) -> Any:
    """The layout in rows if it is long and thin, else as it is."""
    left, top, right, bottom = done.bounds
    width, height = right - left, bottom - top
    if width < LONGEST or width < THIN * height or not len(edges):
        return done
    breaks = np.array(_breaks(done, sizes, edges, width, height))
    if not len(breaks) or _cuts(done, breaks) > MOST_CUTS:
        return done
    return _in_rows(done, sizes, edges, breaks)


def _breaks(done: Any, sizes: np.ndarray, edges: np.ndarray, width: float, height: float) -> list[float]:
    """The x at which rows end: in gaps between columns, where few sources have lines passing."""
    number = int(done.layers.max()) + 1
    low, high = np.full(number, np.inf), np.full(number, -np.inf)
    np.minimum.at(low, done.layers, done.positions[:, 0] - sizes[:, 0] / 2)
    np.maximum.at(high, done.layers, done.positions[:, 0] + sizes[:, 0] / 2)
    gaps = high[:-1] + 1.0  # where lines still run level
    cut = _passing(done, edges, gaps)
    rows = max(2, round(np.sqrt(width / (RATIO * (height + GUTTER)))))
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


def _passing(done: Any, edges: np.ndarray, gaps: np.ndarray) -> np.ndarray:
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


def _cuts(done: Any, breaks: np.ndarray) -> int:
    """How many times a line is cut at all breaks together."""
    ends = np.searchsorted(breaks, [done.points[done.starts[:-1], 0], done.points[done.starts[1:] - 1, 0]])
    return int((ends[1] - ends[0]).sum())


def _in_rows(done: Any, sizes: np.ndarray, edges: np.ndarray, breaks: np.ndarray) -> Rows:
    row = np.searchsorted(breaks, done.positions[:, 0])
    pieces = [_cut(done.points[done.starts[k] : done.starts[k + 1]], breaks) for k in range(len(edges))]
    done = _squeezed(done, sizes, row, pieces)
    shift, lanes = _shifts(done, sizes, edges, breaks, row, pieces)
    ends = (float((done.positions[:, 0] + sizes[:, 0] / 2 + shift[row, 0]).max()), float(done.bounds[0]))
    routes = [_joined(parts, source, shift, lanes, ends) for parts, source in zip(pieces, edges[:, 0].tolist())]
    points = np.vstack(routes)
    starts = np.concatenate([[0], np.cumsum([len(route) for route in routes])])
    positions = done.positions + shift[row]
    corners = np.vstack([positions - sizes / 2, positions + sizes / 2, points])
    (left, top), (right, bottom) = corners.min(0).tolist(), corners.max(0).tolist()
    return Rows(positions, points, starts, done.layers, (left, top, right, bottom))


def _squeezed(done: Any, sizes: np.ndarray, row: np.ndarray, pieces: list) -> Rows:
    """Every row without the empty bands that were only needed beside the other rows; pieces are changed in place."""
    positions = np.array(done.positions, float)
    for at in range(int(row.max()) + 1):
        nodes = np.flatnonzero(row == at)
        own = [points for parts in pieces for place, points in parts if place == at]
        lines = np.concatenate([points[::3, 1] for points in own]) if own else np.zeros(0)
        tops = np.concatenate([positions[nodes, 1] - sizes[nodes, 1] / 2, lines])
        bottoms = np.concatenate([positions[nodes, 1] + sizes[nodes, 1] / 2, lines])
        old, new = _without_bands(tops, bottoms)
        positions[nodes, 1] = np.interp(positions[nodes, 1], old, new)
        for points in own:
            points[:, 1] = np.interp(points[:, 1], old, new)
    return Rows(positions, done.points, done.starts, done.layers, done.bounds)


def _without_bands(tops: np.ndarray, bottoms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each height goes when empty bands shrink: support points of a map that keeps all intervals as they are."""
    order = np.argsort(tops)
    old, new, reached, saved = [], [], -np.inf, 0.0
    for top, bottom in zip(tops[order].tolist(), bottoms[order].tolist()):
        if top > reached + BAND and np.isfinite(reached):
            old.append(reached)
            new.append(reached - saved)
            saved += top - reached - BAND
            old.append(top)
            new.append(top - saved)
        elif not np.isfinite(reached):
            old.append(top)
            new.append(top)
        reached = max(reached, bottom)
    return np.array([*old, reached]), np.array([*new, reached - saved])


def _shifts(
    done: Any, sizes: np.ndarray, edges: np.ndarray, breaks: np.ndarray, row: np.ndarray, pieces: list
) -> tuple[np.ndarray, dict[tuple[int, int], tuple[int, int, float]]]:
    """By how much each row moves; and for each source that passes a row's end its lane, how many, and the lane's y."""
    count = len(breaks) + 1
    passing: list[dict[int, float]] = [{} for _ in breaks]
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, row, done.positions[:, 1] - sizes[:, 1] / 2)
    np.maximum.at(high, row, done.positions[:, 1] + sizes[:, 1] / 2)
    for parts, source in zip(pieces, edges[:, 0].tolist()):
        for at, points in parts:
            low[at], high[at] = min(low[at], points[:, 1].min()), max(high[at], points[:, 1].max())
        for at, points in parts[:-1]:
            passing[at].setdefault(source, float(points[-1, 1]))
    left_ends = [float(done.bounds[0]), *breaks]
    shift, lanes, y = np.zeros((count, 2)), {}, float(done.bounds[1])
    for at in range(count):
        shift[at] = done.bounds[0] - left_ends[at], y - low[at]
        y += high[at] - low[at] + GUTTER
        if at < len(passing):
            order = sorted(passing[at], key=lambda source: passing[at][source])
            for place, source in enumerate(order):
                lanes[at, source] = (place, len(order), y - GUTTER / 2 + place * LANE)
            y += LANE * (len(order) - 1)
    return shift, lanes


def _cut(points: np.ndarray, breaks: np.ndarray) -> list[tuple[int, np.ndarray]]:
    """A route in the pieces that lie in each row: (row, control points)."""
    first, last = np.searchsorted(breaks, [points[0, 0], points[-1, 0]])
    found, rest = [], np.array(points, float)
    for row in range(first, last):
        before, rest = _split(rest, float(breaks[row]))
        found.append((row, before))
    return [*found, (int(last), rest)]


def _split(points: np.ndarray, x: float) -> tuple[np.ndarray, np.ndarray]:
    """A route that runs rightwards, parted at x."""
    segment = min(int(np.searchsorted(points[3::3, 0], x)), (len(points) - 1) // 3 - 1)
    p = points[3 * segment : 3 * segment + 4]
    low, high = 0.0, 1.0
    for _ in range(40):
        t = (low + high) / 2
        a, b, c = p[:-1] + (p[1:] - p[:-1]) * t
        d, e = a + (b - a) * t, b + (c - b) * t
        middle = d + (e - d) * t
        low, high = (t, high) if middle[0] < x else (low, t)
    before = np.vstack([points[: 3 * segment + 1], [a, d, middle]])
    after = np.vstack([[middle, e, c], points[3 * segment + 3 :]])
    return before, after


def _joined(
    parts: list[tuple[int, np.ndarray]], source: int, shift: np.ndarray, lanes: dict, ends: tuple[float, float]
) -> np.ndarray:
    """The pieces of a route with lanes between them."""
    right, left = ends
    route = parts[0][1] + shift[parts[0][0]]
    for (row, _), (below, piece) in zip(parts, parts[1:]):
        place, count, y = lanes[row, source]
        piece = piece + shift[below]
        beside = right + MARGIN + (count - 1 - place) * LANE
        before = left - MARGIN - place * LANE
        corners = np.array(
            [route[-1], [beside, route[-1, 1]], [beside, y], [before, y], [before, piece[0, 1]], piece[0]]
        )
        route = np.vstack([route, rounded(corners)[1:], piece[1:]])
    return route


def rounded(corners: np.ndarray) -> np.ndarray:
    """Straight lines through corners as Bezier curves, with the corners rounded."""
    points = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:]):
        inward, outward = before - corner, after - corner
        begin = corner + inward * min(0.5, TURN / max(float(np.hypot(*inward)), 1e-9))
        end = corner + outward * min(0.5, TURN / max(float(np.hypot(*outward)), 1e-9))
        points += _line(points[-1], begin) + [corner + (begin - corner) * 0.45, corner + (end - corner) * 0.45, end]
    return np.array(points + _line(points[-1], corners[-1]))


def _line(start: np.ndarray, end: np.ndarray) -> list[np.ndarray]:
    return [start + (end - start) / 3, start + (end - start) * 2 / 3, end]
