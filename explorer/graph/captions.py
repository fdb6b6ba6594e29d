"""Names seen from afar: over each part of a flat graph that is one group a bracket with its title.

Knows models and the camera, not the widget.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explorer.drawing.camera import Camera
from explorer.drawing.levels import Detail, detail_at
from explorer.drawing.measure import Style
from explorer.drawing.scene import GraphModel
from explorer.graph.text import piece
from explorer.look.theme import Theme

ABOVE, TICK = 12.0, 6.0  # pixels from the part to its bracket, and the bracket's height
NARROW = 46.0  # pixels that a part must be wide


def paint_captions(
    painter: QPainter, model: GraphModel, camera: Camera, size: tuple[float, float], theme: Theme
) -> None:
    """The captions of all parts in sight, in screen coordinates; near by, where names can be read, there are none."""
    if detail_at(camera.zoom) != Detail.FAR:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for region in model.regions:
        left, top = camera.to_screen(region.box.left, region.box.top)
        right, _ = camera.to_screen(region.box.right, region.box.bottom)
        left, right = max(left, 0.0), min(right, size[0])
        if right - left >= NARROW and -ABOVE < top < size[1]:
            _paint(painter, region.title, (left, right), max(top - ABOVE, 24.0), theme)
    painter.restore()


def _paint(painter: QPainter, title: str, span: tuple[float, float], y: float, theme: Theme) -> None:
    left, right = span
    painter.setPen(QPen(theme.color("border_strong"), 1.2))
    painter.drawPolyline(
        [QPointF(left, y + TICK), QPointF(left, y), QPointF(right, y), QPointF(right, y + TICK)]
    )
    text = piece(title, Style.CAPTION, right - left)
    x = (left + right - text.width) / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("canvas", 200))
    painter.drawRoundedRect(QRectF(x - 4, y - 23, text.width + 8, 20), 4, 4)
    text.draw(painter, x, y - 8, theme.color("muted"))
