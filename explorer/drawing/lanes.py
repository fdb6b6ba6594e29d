"""Lines that go on in another row: cut where rows end, and joined again by lanes beside and between the rows.

Numbers only; knows neither nodes nor how rows are found.
"""

from __future__ import annotations

import numpy as np

LANE, GUTTER, MARGIN = 9.0, 38.0, 30.0
TURN = 9.0  # radius of a lane's corners

Piece = tuple[int, np.ndarray]
"""A row, and the control points of a line there."""


def cut(points: np.ndarray, breaks: np.ndarray) -> list[Piece]:
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
    t = _parameter(p[:, 0].tolist(), x)
    a, b, c = p[:-1] + (p[1:] - p[:-1]) * t
    d, e = a + (b - a) * t, b + (c - b) * t
    middle = d + (e - d) * t
    before = np.vstack([points[: 3 * segment + 1], [a, d, middle]])
    after = np.vstack([[middle, e, c], points[3 * segment + 3 :]])
    return before, after


def _parameter(along: list[float], x: float) -> float:
    """Where a curve with these rising control points passes x."""
    p, q, r, s = along
    low, high = 0.0, 1.0
    for _ in range(40):
        t = (low + high) / 2
        u = 1 - t
        passed = u * u * u * p + 3 * u * t * (u * q + t * r) + t * t * t * s < x
        low, high = (t, high) if passed else (low, t)
    return (low + high) / 2


def joined(
    parts: list[Piece], source: int, shift: np.ndarray, lanes: dict, ends: tuple[float, float]
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
    inner = corners[1:-1]
    inward, outward = corners[:-2] - inner, corners[2:] - inner
    begins, ends = (inner + _shortened(way) for way in (inward, outward))
    starts, stops = np.vstack([corners[:1], ends]), np.vstack([begins, corners[-1:]])
    lines = [starts + (stops - starts) / 3, starts + (stops - starts) * 2 / 3, stops]
    turns = [inner + (begins - inner) * 0.45, inner + (ends - inner) * 0.45, ends]
    both = np.concatenate([np.stack(lines, axis=1)[:-1], np.stack(turns, axis=1)], axis=1).reshape(-1, 2)
    return np.vstack([corners[:1], both, *(line[-1:] for line in lines)])


def _shortened(ways: np.ndarray) -> np.ndarray:
    """From each corner towards the next, as far as the turn needs and the way allows."""
    lengths = np.maximum(np.hypot(ways[:, 0], ways[:, 1]), 1e-9)
    return np.asarray(ways * np.minimum(0.5, TURN / lengths)[:, None])
