"""Where the view looks: pan, zoom, fit and the eased way between two places.

Pure arithmetic on world and screen coordinates; knows nothing of Qt. Time enters as a fraction.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

MIN_ZOOM, MAX_ZOOM = 0.0005, 8.0
LEAST_READING, READING = 0.5, 0.8


class Box(NamedTuple):
    """An axis-parallel rectangle in world coordinates."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def center(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> Box:
        """The box with a margin on all sides."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def contains(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def touches(self, other: Box) -> bool:
        """Whether the two have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )


@dataclass(frozen=True)
class Camera:
    """`(x, y)` is the world point in the view's upper left corner; `zoom` is pixels per world unit."""

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.x) * self.zoom, (y - self.y) * self.zoom

    def to_world(self, x: float, y: float) -> tuple[float, float]:
        return self.x + x / self.zoom, self.y + y / self.zoom

    def visible(self, width: float, height: float) -> Box:
        """The part of the world in a view of this size."""
        return Box(self.x, self.y, self.x + width / self.zoom, self.y + height / self.zoom)

    def panned(self, dx: float, dy: float) -> Camera:
        """The picture moves by (dx, dy) pixels."""
        return replace(self, x=self.x - dx / self.zoom, y=self.y - dy / self.zoom)

    def zoomed(self, factor: float, x: float, y: float) -> Camera:
        """Zoom by `factor`; the world point under screen point (x, y) stays there."""
        zoom = min(MAX_ZOOM, max(MIN_ZOOM, self.zoom * factor))
        world_x, world_y = self.to_world(x, y)
        return Camera(world_x - x / zoom, world_y - y / zoom, zoom)

    def snapped(self, ratio: float = 1.0) -> Camera:
        """Moved by less than a device pixel so that panning shifts the picture by whole pixels."""
        step = self.zoom * ratio
        return replace(self, x=round(self.x * step) / step, y=round(self.y * step) / step)

    def center(self, width: float, height: float) -> tuple[float, float]:
        """The world point in the middle of a view of this size."""
        return self.to_world(width / 2, height / 2)


def centered(x: float, y: float, zoom: float, width: float, height: float) -> Camera:
    """The camera that has (x, y) in the middle of the view."""
    return Camera(x - width / 2 / zoom, y - height / 2 / zoom, zoom)


def fitted(
    box: Box, width: float, height: float, margin: float = 28, max_zoom: float = 1.25, above: float = 0
) -> Camera:
    """The camera that shows all of `box`, in the middle, no larger than `max_zoom`, below `above` pixels."""
    above = max(margin, above)
    room_x, room_y = max(16.0, width - 2 * margin), max(16.0, height - margin - above)
    zoom = min(max_zoom, room_x / max(box.width, 1e-9), room_y / max(box.height, 1e-9))
    zoom = max(MIN_ZOOM, zoom)
    x, y = box.center
    return centered(x, y - (above - margin) / 2 / zoom, zoom, width, height)


def beginning(
    box: Box, first: Box, width: float, height: float, margin: float = 28, above: float = 0, least: float = 0.0
) -> Camera:
    """The camera that shows where a graph begins that is too large to be seen whole: `first`, its upper left part.

    It is as large as can be read well, smaller only where that shows the whole height; no smaller than `least`.
    """
    above = max(margin, above)
    room = max(16.0, height - margin - above)
    zoom = max(least, min(READING, max(LEAST_READING, room / max(box.height, 1e-9))))
    top = first.center[1] - room / 2 / zoom
    top = box.center[1] - room / 2 / zoom if box.height <= room / zoom else max(box.top, top)
    return Camera(box.left - margin / zoom, top - above / zoom, zoom)


def revealing(
    camera: Camera, box: Box, width: float, height: float, margin: float = 40, above: float = 0
) -> Camera:
    """The nearest camera of the same zoom that shows `box` below `above` pixels; the same one when it is in sight."""
    seen = camera.visible(width, height).grown(-margin / camera.zoom)
    seen = seen._replace(top=seen.top + above / camera.zoom)
    dx = min(0.0, box.left - seen.left) or max(0.0, box.right - seen.right)
    dy = min(0.0, box.top - seen.top) or max(0.0, box.bottom - seen.bottom)
    if box.width > seen.width:
        dx = box.center[0] - seen.center[0]
    if box.height > seen.height:
        dy = box.center[1] - seen.center[1]
    return replace(camera, x=camera.x + dx, y=camera.y + dy) if dx or dy else camera


def ease(fraction: float) -> float:
    """Start and end gently: 0 to 0, 1 to 1, with no speed at either end."""
    t = min(1.0, max(0.0, fraction))
    return t * t * t * (t * (6 * t - 15) + 10)


def between(start: Camera, end: Camera, fraction: float, width: float, height: float) -> Camera:
    """The camera on the eased way from `start` to `end`, zooming about a fixed point of the picture."""
    t = ease(fraction)
    zoom = math.exp(math.log(start.zoom) * (1 - t) + math.log(end.zoom) * t)
    if abs(end.zoom / start.zoom - 1) > 1e-6:
        t = (1 / zoom - 1 / start.zoom) / (1 / end.zoom - 1 / start.zoom)
    (x0, y0), (x1, y1) = start.center(width, height), end.center(width, height)
    return centered(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t, zoom, width, height)
