"""A field as a shaded surface seen from a side: quadrilaterals to paint one after the other, from back to front.

Geometry only, so that it works where there is no OpenGL: the view turns about the upright axis (azimuth) and is tipped
(elevation), both in degrees; what is far is as large as what is near. Knows fields; knows no painter and no colour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin

import numpy as np

from core.field import Field, levels

MOST = 60  # quadrilaterals along a side
UPRIGHT = 0.7  # height of the box, of which the other sides are 1
LIGHT = np.array([-0.4, -0.3, 0.85])
AMBIENT = 0.35  # how bright what lies in the shade is
ROOM = 0.06  # of the picture that is left free around the surface


@dataclass(frozen=True, eq=False)
class Surface:
    """`quads` are corners in pixels, `height` and `shade` (both from 0 to 1) say how each is coloured.

    `project(x, y, value)` says where in the picture a point of the space lies, for paths and planes drawn over it;
    `box` are the lines of the frame that lie behind the surface.
    """

    quads: np.ndarray
    height: np.ndarray
    shade: np.ndarray
    box: np.ndarray
    project: Callable[[object, object, object], np.ndarray]


def surface(
    field: Field, azimuth: float, elevation: float, size: tuple[float, float], most: int = MOST
) -> Surface:
    """The surface as it is seen, in a picture of this size."""
    rows, columns = (_chosen(count, most) for count in field.values.shape)
    xs, ys, values = field.xs[columns], field.ys[rows], field.values[np.ix_(rows, columns)]
    lift = relief(field)
    unit = np.stack(np.broadcast_arrays(_unit(xs, field.xs)[None, :], _unit(ys, field.ys)[:, None], lift(values)), -1)
    turned = _turn(azimuth, elevation)
    place = _placement(turned, size)
    corners = np.stack([unit[:-1, :-1], unit[:-1, 1:], unit[1:, 1:], unit[1:, :-1]], axis=2)
    order = _back_to_front(turned, corners.shape[:2])
    corners = corners.reshape(-1, 4, 3)[order]
    corners = corners[np.isfinite(corners).all(axis=(1, 2))]

    def project(x: object, y: object, value: object) -> np.ndarray:
        parts = _unit(np.asarray(x), field.xs), _unit(np.asarray(y), field.ys), lift(np.asarray(value, dtype=float))
        return place(np.stack(np.broadcast_arrays(*parts), axis=-1))

    middle = corners[:, :, 2].mean(axis=1) if len(corners) else np.zeros(0)
    box = place(_frame(turned))
    return Surface(place(corners), np.clip(middle / UPRIGHT + 0.5, 0, 1), _shades(corners), box, project)


@lru_cache(maxsize=4)  # the same while the view turns
def relief(field: Field) -> Callable[[np.ndarray], np.ndarray]:
    """How high a value is drawn: evenly, or by its logarithm above the lowest where levels are spaced by ratio."""
    finite = field.values[np.isfinite(field.values)]
    at = levels(field)
    if not len(at):
        return lambda values: np.where(np.isfinite(values), 0.0, np.nan)
    low, high = float(finite.min()), float(finite.max())
    steps = np.diff(at)
    if np.allclose(steps, steps[0]):
        return lambda values: UPRIGHT * ((np.asarray(values) - low) / (high - low) - 0.5)
    begin = max(float(np.quantile(finite, 0.25)), float(at[0])) - low  # lower down a coarse grid would look frayed
    top = np.log1p((high - low) / begin)
    return lambda values: UPRIGHT * (np.log1p(np.maximum(np.asarray(values) - low, 0) / begin) / top - 0.5)


def _chosen(count: int, most: int) -> np.ndarray:
    """Evenly spread places, the first and the last among them."""
    return np.unique(np.linspace(0, count - 1, min(count, most + 1)).round().astype(int))


def _unit(values: np.ndarray, over: np.ndarray) -> np.ndarray:
    return (values - over[0]) / (over[-1] - over[0]) - 0.5


def _turn(azimuth: float, elevation: float) -> np.ndarray:
    """The matrix from the box to the view: to the right, upwards, towards the eye."""
    a, e = radians(azimuth), radians(elevation)
    right = (cos(a), sin(a), 0.0)
    towards = (sin(a) * cos(e), -cos(a) * cos(e), sin(e))
    up = (-sin(a) * sin(e), cos(a) * sin(e), cos(e))
    return np.array([right, up, towards])


def _placement(turned: np.ndarray, size: tuple[float, float]) -> Callable[[np.ndarray], np.ndarray]:
    """From the box to pixels; the box keeps its size while it is turned."""
    across = 2**0.5
    scale = (1 - 2 * ROOM) * min(size[0] / across, size[1] / (across * 0.5 + UPRIGHT))

    def place(points: np.ndarray) -> np.ndarray:
        seen = points @ turned[:2].T * scale
        return np.stack([size[0] / 2 + seen[..., 0], size[1] / 2 - seen[..., 1]], axis=-1)

    return place


def _back_to_front(turned: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Cells in an order in which none hides one that comes later: away from the eye first, along both sides."""
    rows, columns = shape
    down = np.arange(rows) if turned[2, 1] >= 0 else np.arange(rows)[::-1]
    along = np.arange(columns) if turned[2, 0] >= 0 else np.arange(columns)[::-1]
    return (down[:, None] * columns + along[None, :]).ravel()


def _shades(corners: np.ndarray) -> np.ndarray:
    """How much light falls on each, from its normal."""
    normals = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    lengths = np.linalg.norm(normals, axis=1)
    facing = normals @ (LIGHT / np.linalg.norm(LIGHT)) / np.where(lengths > 0, lengths, 1.0)
    return AMBIENT + (1 - AMBIENT) * np.clip(facing, 0, 1)


def _frame(turned: np.ndarray) -> np.ndarray:
    """The floor and the two walls behind, as lines with two ends each."""
    h = UPRIGHT / 2
    x, y = (-0.5 if turned[2, axis] >= 0 else 0.5 for axis in (0, 1))
    floor = [((-0.5, y, -h), (0.5, y, -h)), ((-0.5, -y, -h), (0.5, -y, -h))]
    floor += [((x, -0.5, -h), (x, 0.5, -h)), ((-x, -0.5, -h), (-x, 0.5, -h))]
    walls = [((one, y, -h), (one, y, h)) for one in (-0.5, 0.5)] + [((x, -y, -h), (x, -y, h))]
    tops = [((-0.5, y, h), (0.5, y, h)), ((x, -0.5, h), (x, 0.5, h))]
    return np.array([*floor, *walls, *tops])
