"""Many shapes as one QPainterPath, made from numpy arrays in one go.

A path is read from the bytes that QDataStream writes for it (a count, then kind and point of each element,
then where the last part starts and the fill rule), which costs nothing per element in Python.
Knows geometry only.
"""

from __future__ import annotations

import struct

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

from explorer.drawing.curves import measured, points_and_directions

MOVE, LINE, CURVE, CURVE_DATA = 0, 1, 2, 3
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_WINDING = 1
_ROUND = 0.5522847498  # control distance of a quarter circle


def path(kinds: np.ndarray, points: np.ndarray) -> QPainterPath:
    """The path with these element kinds at these (k, 2) points."""
    result = QPainterPath()
    if not len(kinds):
        return result
    elements = np.empty(len(kinds), _ELEMENT)
    elements["kind"], elements["x"], elements["y"] = kinds, points[:, 0], points[:, 1]
    data = struct.pack(">i", len(kinds)) + elements.tobytes() + struct.pack(">ii", 0, _WINDING)
    stream = QDataStream(QByteArray(data))
    stream >> result
    return result


def _ranges(first: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """first[0], first[0] + 1, ... counts[0] of them, then those of first[1], ..."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - (ends - counts), counts)


def curves(points: np.ndarray, starts: np.ndarray, which: np.ndarray) -> QPainterPath:
    """The chosen Bezier routes of a CSR store."""
    first, counts = starts[which], starts[which + 1] - starts[which]
    taken = _ranges(first, counts)
    place = taken - np.repeat(first, counts)  # 0, 1, 2, 3, ... within each route
    kinds = np.where(place == 0, MOVE, np.where(place % 3 == 1, CURVE, CURVE_DATA))
    return path(kinds, points[taken])


def triangles(corners: np.ndarray) -> QPainterPath:
    """(n, 3, 2) corners as filled triangles."""
    closed = np.concatenate([corners, corners[:, :1]], axis=1)
    kinds = np.tile([MOVE, LINE, LINE, LINE], len(corners))
    return path(kinds, closed.reshape(-1, 2))


def rounded(boxes: np.ndarray, radii: np.ndarray | float) -> QPainterPath:
    """(n, 4) boxes as rounded rectangles."""
    left, top, right, bottom = boxes.T
    r = np.minimum(np.broadcast_to(radii, left.shape), np.minimum(right - left, bottom - top) / 2)
    c = r * (1 - _ROUND)
    corners = [
        (left + r, top), (right - r, top), (right - c, top), (right, top + c), (right, top + r),
        (right, bottom - r), (right, bottom - c), (right - c, bottom), (right - r, bottom),
        (left + r, bottom), (left + c, bottom), (left, bottom - c), (left, bottom - r),
        (left, top + r), (left, top + c), (left + c, top), (left + r, top),
    ]  # fmt: skip
    points = np.array(corners).transpose(2, 0, 1).reshape(-1, 2)
    kinds = [MOVE, *[LINE, CURVE, CURVE_DATA, CURVE_DATA] * 4]
    return path(np.tile(kinds, len(boxes)), points)


def arrow_heads(tips: np.ndarray, tails: np.ndarray, length: float, width: float) -> np.ndarray:
    """(n, 3, 2) corners of the arrow heads that end in `tips` and come from `tails`."""
    ahead = tips - tails
    ahead = ahead / np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)[:, None]
    across = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1) * (width / 2)
    base = tips - ahead * length
    return np.stack([tips, base + across, base - across], axis=1)


def shortened(points: np.ndarray, by: float) -> QPainterPath:
    """A route without the last `by` of its length, as a fine line."""
    line, lengths = measured(points, 24)
    goal = max(0.0, lengths[-1] - by)
    kept = lengths < goal
    end = [np.interp(goal, lengths, line[:, k]) for k in (0, 1)]
    line = np.vstack([line[kept], end])
    return path(np.array([MOVE] + [LINE] * (len(line) - 1)), line)


def along(points: np.ndarray, fraction: float) -> tuple[np.ndarray, np.ndarray]:
    """The point after `fraction` of the length of a route, and the unit direction there."""
    at, ahead = points_and_directions(points, np.array([fraction]))
    return at[0], ahead[0]
