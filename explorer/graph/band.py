"""The strip below the picture for what explains it: map, scale, legend, and what went wrong. It covers no node.

Knows sizes only; each of them paints itself.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF

GAP = 8.0


class Band(NamedTuple):
    """Where each part lies in a view, None where it is not shown, and how many pixels all of them take."""

    chart: QRectF | None
    scale: QRectF | None
    legend: QRectF | None
    announcement: QRectF | None
    height: float


def band(
    size: tuple[int, int], chart: tuple[float, float] | None, scale: tuple[float, float] | None, legend: float,
    announcement: float,
) -> Band:  # fmt: skip
    """The band of a view: sizes of the map and the scale (None: not shown), heights of legend and announcement (or 0).

    Map and scale stand at the right, side by side; legend and announcement are above them, as wide as the view.
    """
    width, height = size
    row = max((one[1] for one in (chart, scale) if one), default=0.0)
    heights = [part + GAP for part in (announcement, legend, row) if part]
    if not heights:
        return Band(None, None, None, None, 0.0)
    total = sum(heights) + GAP
    y, wide = height - total + GAP, width - 2 * GAP
    told = QRectF(GAP, y, wide, announcement) if announcement else None
    y += announcement + GAP if announcement else 0.0
    words = QRectF(GAP, y, wide, legend) if legend else None
    right, below = width - GAP, height - GAP
    places = []
    for one in (chart, scale):
        places.append(QRectF(right - one[0], below - one[1], *one) if one else None)
        right -= one[0] + GAP if one else 0.0
    return Band(places[0], places[1], words, told, total)
