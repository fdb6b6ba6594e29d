"""Contour lines and filled bands of a field, by contourpy. Knows grids of values; knows nothing of pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

COUNT = 12
FLAT = 0.15  # where half of a field lies below this share of its height, levels are spaced by ratio
LOWEST = 1e-4  # of the height, where levels spaced by ratio begin at the least


@dataclass(frozen=True, eq=False)
class Contour:
    """The lines on which a field has a value; each has a row for every point, of x and y."""

    level: float
    lines: list[np.ndarray]


@dataclass(frozen=True, eq=False)
class Band:
    """Where a field lies between two values: polygons, the first ring of each its outline and the others its holes."""

    low: float
    high: float
    polygons: list[list[np.ndarray]]


class Grid(Protocol):
    """Values over a grid: a field, or anything like it."""

    @property
    def xs(self) -> np.ndarray:
        """Where the columns are."""

    @property
    def ys(self) -> np.ndarray:
        """Where the rows are."""

    @property
    def values(self) -> np.ndarray:
        """The value at each."""


def levels(field: Grid, count: int = COUNT) -> np.ndarray:
    """Values to draw lines at: evenly spaced, or by ratio above the lowest in a field with high walls."""
    finite = field.values[np.isfinite(field.values)]
    if not finite.size or finite.min() == finite.max():
        return np.array([])
    low, high = float(finite.min()), float(finite.max())
    if float(np.median(finite)) - low > FLAT * (high - low):
        return np.linspace(low, high, count + 2)[1:-1]
    begin = max(float(np.quantile(finite, 0.02)) - low, LOWEST * (high - low))
    return low + np.geomspace(begin, high - low, count + 1)[:-1]


def contours(field: Grid, at: np.ndarray | None = None) -> list[Contour]:
    """The lines at these values, or at those of `levels`."""
    from contourpy import LineType, contour_generator

    generator = contour_generator(
        field.xs, field.ys, _heights(field), name="serial", line_type=LineType.Separate
    )
    values = levels(field) if at is None else at
    return [Contour(float(level), [np.asarray(one) for one in generator.lines(float(level))]) for level in values]


def _heights(field: Grid) -> np.ndarray:
    """The values, with those left out that are not finite."""
    return field.values if np.isfinite(field.values).all() else np.ma.masked_invalid(field.values)


def bands(field: Grid, at: np.ndarray | None = None) -> list[Band]:
    """The bands between these values, or those of `levels`, and below and above them; they cover the field."""
    from contourpy import FillType, contour_generator

    finite = field.values[np.isfinite(field.values)]
    if not finite.size:
        return []
    generator = contour_generator(
        field.xs, field.ys, _heights(field), name="serial", fill_type=FillType.OuterOffset
    )
    values = levels(field) if at is None else at
    room = 1e-9 * max(abs(float(finite.min())), abs(float(finite.max())), 1e-300)
    edges = [float(finite.min()) - room, *map(float, values), float(finite.max()) + room]
    found = []
    for low, high in zip(edges, edges[1:]):
        if low < high:
            found.append(Band(low, high, [*map(_rings, *generator.filled(low, high)[:2])]))
    return found


def _rings(points: Any, offsets: Any) -> list[np.ndarray]:
    """The rings of a polygon, of which all points lie one after the other."""
    return [points[begin:end] for begin, end in zip(offsets, offsets[1:])]
