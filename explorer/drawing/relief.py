"""A surface over two axes as pixels, seen from any side, with light on it: drawn without OpenGL.

The surface fills a box from -1 to 1 along both axes, turned by `azimuth` about the upright one and looked at from
`elevation` above it, in parallel projection: so lengths along an axis compare everywhere. It is drawn as a grid of
samples from behind to the front, so that whatever is nearer covers what is farther. Knows arrays only; knows no painter
and no theme.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

TALL = 0.62
"""Half the height of the box, where half its width is 1."""
FILL = 1.04
"""Share of the picture that the turned box may take."""
LIGHT = np.array([-0.5, -0.3, 0.8]) / np.linalg.norm([-0.5, -0.3, 0.8])
MOST_STRETCH = 48
"""Pixels between two neighbouring samples of a steep wall that are filled."""


@dataclass(frozen=True)
class Eye:
    """From where it is looked: angles in degrees, how near, and the width and height of the picture in pixels."""

    azimuth: float = -58.0
    elevation: float = 30.0
    near: float = 1.0
    size: tuple[float, float] = (400.0, 300.0)

    @cached_property
    def axes(self) -> np.ndarray:
        """The directions to the right, upwards on the picture, and towards the eye, as rows."""
        turn, lift = np.radians(self.azimuth), np.radians(self.elevation)
        right = np.array([-np.sin(turn), np.cos(turn), 0.0])
        toward = np.array([np.cos(lift) * np.cos(turn), np.cos(lift) * np.sin(turn), np.sin(lift)])
        return np.stack([right, np.cross(toward, right), toward])

    @cached_property
    def scale(self) -> float:
        """Pixels of one unit of the box: what fits at every azimuth, so that turning does not breathe."""
        lift = np.radians(self.elevation)
        high = np.sqrt(2.0) * abs(np.sin(lift)) + TALL * np.cos(lift)
        return FILL * self.near * min(self.size[0] / (2 * np.sqrt(2.0)), self.size[1] / (2 * high))

    def seen(self, box: np.ndarray) -> np.ndarray:
        """Places of the box (..., 3) as pixels (..., 2), downwards as on a screen."""
        flat = box @ self.axes[:2].T * self.scale
        return np.asarray(np.array(self.size) / 2 + flat * np.array([1.0, -1.0]))


@dataclass(frozen=True, eq=False)
class Relief:
    """Heights on a grid: `xs` (nx,), `ys` (ny,), `values` (ny, nx), shown between `low` and `high`."""

    xs: np.ndarray
    ys: np.ndarray
    values: np.ndarray
    low: float
    high: float

    @classmethod
    def of(cls, xs: np.ndarray, ys: np.ndarray, values: np.ndarray, samples: int) -> Relief:
        """The surface at so many samples along each axis, between those given; what is not finite lies at the top."""
        finite = values[np.isfinite(values)]
        low, high = (float(finite.min()), _ceiling(finite)) if finite.size else (0.0, 1.0)
        kept = np.clip(np.nan_to_num(values, nan=high, posinf=high, neginf=low), low, high)
        high = high if high > low else low + 1.0
        across, up = (np.linspace(one[0], one[-1], samples) for one in (xs, ys))
        return cls(across, up, between(xs, ys, kept, *np.meshgrid(across, up, sparse=True)), low, high)

    def coarser(self) -> Relief:
        """Every other sample of it."""
        return Relief(self.xs[::2], self.ys[::2], self.values[::2, ::2], self.low, self.high)

    def height(self, values: np.ndarray | float) -> np.ndarray:
        """Values as shares of the box's height, from 0 to 1."""
        share = (np.asarray(values, dtype=float) - self.low) / (self.high - self.low)
        return np.clip(np.nan_to_num(share, nan=1.0, posinf=1.0, neginf=0.0), 0.0, 1.0)

    def placed(self, xs: np.ndarray | float, ys: np.ndarray | float, values: np.ndarray | float) -> np.ndarray:
        """Points of the surface as places in the box (..., 3)."""
        across = 2 * (np.asarray(xs) - self.xs[0]) / (self.xs[-1] - self.xs[0]) - 1
        up = 2 * (np.asarray(ys) - self.ys[0]) / (self.ys[-1] - self.ys[0]) - 1
        return np.stack(np.broadcast_arrays(across, up, TALL * (2 * self.height(values) - 1)), axis=-1)

    def on(self, line: np.ndarray) -> np.ndarray:
        """Points (n, 2) as places in the box (n, 3) on the surface."""
        heights = between(self.xs, self.ys, self.values, line[:, 0], line[:, 1])
        return self.placed(line[:, 0], line[:, 1], heights)

    def inside(self, xs: np.ndarray | float, ys: np.ndarray | float) -> np.ndarray:
        """Which points lie over the grid."""
        xs, ys = np.asarray(xs), np.asarray(ys)
        return np.asarray((xs >= self.xs[0]) & (xs <= self.xs[-1]) & (ys >= self.ys[0]) & (ys <= self.ys[-1]))

    @cached_property
    def light(self) -> np.ndarray:
        """How much light, from 0 to 1, falls on each sample."""
        up, across = np.gradient(TALL * 2 * self.height(self.values), 2 / (len(self.ys) - 1), 2 / (len(self.xs) - 1))
        size = np.sqrt(across**2 + up**2 + 1.0)
        return np.asarray(np.clip((LIGHT[2] - LIGHT[0] * across - LIGHT[1] * up) / size, 0.0, 1.0))

    @cached_property
    def _upright(self) -> np.ndarray:
        return np.asarray(TALL * (2 * self.height(self.values) - 1), dtype=np.float32)

    def drawn(self, colors: np.ndarray, eye: Eye) -> np.ndarray:
        """The picture, rows of pixels, where each sample has its color (ny, nx) as a whole number; 0 where nothing
        is seen.
        """
        wide, high = (int(one) for one in eye.size)
        right, upwards, toward = eye.axes
        backwards = [slice(None, None, -1) if toward[axis] < 0 else slice(None) for axis in (1, 0)]
        x, y = np.linspace(-1, 1, len(self.xs), dtype=np.float32), np.linspace(-1, 1, len(self.ys), dtype=np.float32)
        px = wide / 2 + eye.scale * (right[0] * x[None, :] + right[1] * y[:, None])
        py = high / 2 - eye.scale * (upwards[0] * x[None, :] + upwards[1] * y[:, None] + upwards[2] * self._upright)
        px, py, colors = (one[tuple(backwards)] for one in (px, py, colors))
        column, row, tall = (one.astype(np.int32).ravel() for one in (px, py, np.ceil(_drop(py)) + 1))
        color = colors.ravel()
        canvas = np.zeros((high + MOST_STRETCH + 3, wide + 2), dtype=colors.dtype)
        good = (column >= 0) & (column < wide) & (row >= 0) & (row < high)
        if not good.all():
            column, row, tall, color = column[good], row[good], tall[good], color[good]
        _fill(canvas, row * (wide + 2) + column, tall, color)
        return canvas[:high, :wide]


def _drop(py: np.ndarray) -> np.ndarray:
    """How many pixels each sample must reach down so that no gap is left to its neighbours."""
    drop = np.full(py.shape, 1.0, dtype=np.float32)
    for axis in (0, 1):
        step = np.diff(py, axis=axis)
        ahead = [slice(None)] * 2
        behind = [slice(None)] * 2
        ahead[axis], behind[axis] = slice(None, -1), slice(1, None)
        np.maximum(drop[tuple(ahead)], step, out=drop[tuple(ahead)])
        np.maximum(drop[tuple(behind)], -step, out=drop[tuple(behind)])
    return np.minimum(drop, MOST_STRETCH)


def _fill(canvas: np.ndarray, places: np.ndarray, tall: np.ndarray, colors: np.ndarray) -> None:
    """Each sample as a bar two pixels wide that reaches `tall` pixels down, later ones over earlier ones."""
    width, count = canvas.shape[1], 2 * tall
    ends = np.cumsum(count)
    within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - count, count)
    canvas.reshape(-1)[np.repeat(places, count) + (within >> 1) * width + (within & 1)] = np.repeat(colors, count)


def between(xs: np.ndarray, ys: np.ndarray, values: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Values (ny, nx) of a grid at other places, broadcast together: bilinear between its points."""
    across = np.clip(np.interp(x, xs, np.arange(len(xs))), 0, len(xs) - 1.000001)
    up = np.clip(np.interp(y, ys, np.arange(len(ys))), 0, len(ys) - 1.000001)
    i, j = up.astype(int), across.astype(int)
    a, b = up - i, across - j
    below = values[i, j] * (1 - b) + values[i, j + 1] * b
    above = values[i + 1, j] * (1 - b) + values[i + 1, j + 1] * b
    return np.asarray(below * (1 - a) + above * a)


def _ceiling(values: np.ndarray) -> float:
    """Where peaks are cut off: a wall far above nine tenths of all places would hide everything."""
    low, most, high = float(values.min()), float(np.quantile(values, 0.9)), float(values.max())
    return min(high, low + 2.2 * (most - low)) if most > low else high
