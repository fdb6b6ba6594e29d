"""The small picture of the whole graph in the corner, with the part in view framed.

Keeps one picture and repaints the nodes that change; knows the model and the camera, not the widget.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from explorer.drawing.camera import Camera, fitted
from explorer.drawing.looks import LOOKS
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.graph import raster
from explorer.look.theme import Theme

LARGEST = (120.0, 75.0)
INSET = 6.0
ROOM = (360, 340)  # pixels that a view must have for a map to be worth its place
MOST_SEEN = 0.6  # of the graph, beyond which there is no map
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
    def size(model: GraphModel) -> tuple[float, float]:
        """Its size, shaped like the graph."""
        bounds = model.bounds
        scale = min(LARGEST[0] / max(bounds.width, 1), LARGEST[1] / max(bounds.height, 1))
        wide = min(LARGEST[0], max(64.0, bounds.width * scale + 2 * INSET))
        return round(wide), round(min(LARGEST[1], max(36.0, bounds.height * scale + 2 * INSET)))

    @staticmethod
    def is_needed(model: GraphModel, camera: Camera, width: float, height: float) -> bool:
        """Whether much of the graph is out of sight, and there is room for a map."""
        seen, bounds = camera.visible(width, height), model.bounds
        across = min(seen.right, bounds.right) - max(seen.left, bounds.left)
        down = min(seen.bottom, bounds.bottom) - max(seen.top, bounds.top)
        share = max(0.0, across) * max(0.0, down) / max(bounds.width * bounds.height, 1e-9)
        return share < MOST_SEEN and width > ROOM[0] and height > ROOM[1]

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

