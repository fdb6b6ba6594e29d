"""The small picture of the whole graph in the corner, with the part in view framed.

Keeps one picture and repaints the nodes that change; knows the model and the camera, not the widget.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from explorer.drawing.camera import Camera, fitted
from explorer.drawing.looks import LOOKS
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.graph import raster
from explorer.look.theme import Theme

LARGEST = (184.0, 124.0)
GAP = 14.0
INSET = 9.0
FEW = 64  # so many changed nodes are painted one by one


class Minimap:
    """Where the map lies and what it shows."""

    def __init__(self) -> None:
        self._picture: QImage | None = None
        self._states: np.ndarray | None = None

    def forget(self) -> None:
        """The model or the theme has changed."""
        self._picture = self._states = None

    def _update(self, model: GraphModel, snapshot: Snapshot, area: QRectF, theme: Theme) -> QImage:
        """The picture of these states; when few have changed, only their blocks are painted again."""
        own, states = self.camera(model, area), snapshot.states
        changed = np.flatnonzero(states != self._states) if self._states is not None else None
        if self._picture is None or changed is None or len(changed) > FEW:
            size = int(area.width()), int(area.height())
            self._picture = raster.blocks(model, snapshot, own, *size, theme)
        else:
            painter = QPainter(self._picture)
            for node in changed.tolist():
                left, top, right, bottom = model.box(node)
                x, y = own.to_screen(left, top)
                wide, high = max(1, int((right - left) * own.zoom)), max(1, int((bottom - top) * own.zoom))
                painter.fillRect(int(x), int(y), wide, high, theme.color(LOOKS[int(states[node])].block))
            painter.end()
        self._states = states
        return self._picture

    @staticmethod
    def area(model: GraphModel, width: float, height: float, avoid: Sequence[QRectF] = ()) -> QRectF:
        """Its rectangle, shaped like the graph: lower right, or the corner farthest from what it would cover there."""
        bounds = model.bounds
        scale = min(LARGEST[0] / max(bounds.width, 1), LARGEST[1] / max(bounds.height, 1))
        wide = max(64.0, min(LARGEST[0], bounds.width * scale)) + 2 * INSET
        high = max(40.0, min(LARGEST[1], bounds.height * scale)) + 2 * INSET
        right, below = round(width - wide - GAP), round(height - high - GAP)
        corners = [QRectF(x, y, round(wide), round(high)) for y in (below, GAP) for x in (right, GAP)]
        if not any(corners[0].intersects(box) for box in avoid):
            return corners[0]
        return max(corners, key=lambda corner: min(_distance(corner, box) for box in avoid))

    @staticmethod
    def is_needed(model: GraphModel, camera: Camera, width: float, height: float) -> bool:
        """Whether some of the graph is out of sight, and there is room for a map."""
        return not camera.visible(width, height).contains(model.bounds) and min(width, height) > 240

    @classmethod
    def camera(cls, model: GraphModel, area: QRectF) -> Camera:
        """The map's own camera, with its origin in the corner of `area`."""
        return fitted(model.bounds, area.width(), area.height(), margin=INSET)

    def to_world(self, model: GraphModel, area: QRectF, point: QPointF) -> tuple[float, float]:
        """The place of the graph under a point of the map."""
        inside = point - area.topLeft()
        return self.camera(model, area).to_world(inside.x(), inside.y())

    def paint(
        self, painter: QPainter, model: GraphModel, snapshot: Snapshot, camera: Camera, size: tuple[int, int],
        area: QRectF, theme: Theme,
    ) -> None:  # fmt: skip
        """Paint the map into `area` for a view of this size looking through `camera`."""
        own = self.camera(model, area)
        picture = self._update(model, snapshot, area, theme)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("panel", 235))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.drawImage(area.topLeft(), picture)
        self._paint_frame(painter, area, own, camera, size, theme)
        painter.restore()

    @staticmethod
    def _paint_frame(
        painter: QPainter, area: QRectF, own: Camera, camera: Camera, size: tuple[int, int], theme: Theme
    ) -> None:
        seen = camera.visible(*size)
        corner, end = own.to_screen(seen.left, seen.top), own.to_screen(seen.right, seen.bottom)
        frame = QRectF(QPointF(*corner), QPointF(*end)).translated(area.topLeft())
        frame = frame.intersected(area.adjusted(3, 3, -3, -3))
        tint = QColor(theme.color("text"))
        tint.setAlpha(18)
        painter.setBrush(tint)
        painter.setPen(QPen(theme.color("text", 170), 1.3))
        painter.drawRoundedRect(frame, 4, 4)


def _distance(one: QRectF, other: QRectF) -> float:
    """How far two rectangles are apart: the gap between them, 0 where they meet."""
    across = max(one.left() - other.right(), other.left() - one.right(), 0.0)
    down = max(one.top() - other.bottom(), other.top() - one.bottom(), 0.0)
    return math.hypot(across, down)
