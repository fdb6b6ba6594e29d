"""The surface in three dimensions, painted without OpenGL: shaded, turned by dragging, with paths and tangent plane.

It is shown a scene, as the view from above is, and only looks. Knows nothing of what computes it.
"""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from core.basics.words import say
from core.notation import number
from explorer.drawing.relief import TALL, Eye, Relief
from explorer.look.theme import LIGHT, Theme
from explorer.parts.training.landscape import Path, Scene
from explorer.parts.training.styles import STYLES, rgb, shades

SAMPLES = 480
"""Samples of the surface along each axis; while it is turned, half of them."""
SHARP = 1.5
"""Pixels of the drawing for each of the screen, so that its edges are smooth."""
SHADE = np.array([0.42, 0.33, 0.17], dtype=np.float32)
"""How much of red, green and blue is missing where no light falls: shade is bluish, as under the sky."""
PLANE = 0.34
"""Half the width of the tangent plane, in units of the box."""
LIFT = 0.05
"""Share of the height by which it is drawn higher, for its walls stand behind and its ground lies before."""
_ROOM = QRectF(14, 10, -28, -34)


class SurfaceView(QWidget):
    """Drag or use the arrow keys to turn it, the wheel to come nearer."""

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self.setObjectName("training_surface")
        self.setAccessibleName(say("training.surface", "Surface of the loss in three dimensions"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFont(font)
        self.setMinimumSize(160, 120)
        self.azimuth, self.elevation, self.near = Eye.azimuth, Eye.elevation, 1.0
        self._theme = LIGHT
        self._scene = Scene()
        self._fine: Relief | None = None
        self._coarse: Relief | None = None
        self._known: dict[tuple[int, int], np.ndarray] = {}
        self._painted: tuple[tuple[int, int, Eye], QImage] | None = None
        self._grabbed: QPointF | None = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.update()

    def show_scene(self, scene: Scene) -> None:
        """Draw a scene."""
        land = scene.landscape
        if land is not None and land is not self._scene.landscape:
            field = land.field
            self._fine = Relief.of(field.xs, field.ys, field.values, SAMPLES)
            self._coarse = self._fine.coarser()
            self._known.clear()
        self._scene = scene
        self.update()

    def turn(self, across: float, up: float) -> None:
        """Turn it by so many degrees."""
        self.azimuth = (self.azimuth - across + 180.0) % 360.0 - 180.0
        self.elevation = min(max(self.elevation + up, 4.0), 88.0)
        self.update()

    # --- painting ----------------------------------------------------------------------------------------------

    def eye(self) -> Eye:
        """From where it is looked."""
        size = max(self.width() + _ROOM.width(), 10.0), max(self.height() + _ROOM.height(), 10.0)
        return Eye(self.azimuth, self.elevation, self.near, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        relief = self._coarse if self._grabbed is not None else self._fine
        if self._scene.landscape is None or relief is None:
            return
        eye = self.eye()
        painter.translate(_ROOM.x(), _ROOM.y() - LIFT * self.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_floor(painter, eye, relief)
        self._paint_surface(painter, eye, relief)
        for path in self._scene.paths:
            self._paint_path(painter, eye, relief, path)
        self._paint_tangent(painter, eye, relief)
        self._paint_axes(painter, eye, relief)

    def _paint_floor(self, painter: QPainter, eye: Eye, relief: Relief) -> None:
        """The ground of the box, with the shadow of each path."""
        corners = np.array([[-1, -1, -TALL], [1, -1, -TALL], [1, 1, -TALL], [-1, 1, -TALL]], dtype=float)
        painter.setPen(QPen(self._theme.color("border_strong"), 1))
        painter.setBrush(self._theme.color("raised"))
        painter.drawPolygon(_polygon(eye.seen(corners)))
        painter.setPen(QPen(self._theme.color("border"), 1))
        for place in np.linspace(-0.5, 0.5, 3):
            for ends in ([[place, -1, -TALL], [place, 1, -TALL]], [[-1, place, -TALL], [1, place, -TALL]]):
                painter.drawPolyline(_polygon(eye.seen(np.array(ends, dtype=float))))

    def _paint_surface(self, painter: QPainter, eye: Eye, relief: Relief) -> None:
        """The surface, which is drawn anew only when it is turned: paths grow on it meanwhile."""
        key = (id(relief), id(self._theme), eye)
        if self._painted is None or self._painted[0] != key:
            sharp = SHARP if relief is self._fine else 1.0
            size = round(eye.size[0] * sharp), round(eye.size[1] * sharp)
            pixels = relief.drawn(self._colored(relief), Eye(eye.azimuth, eye.elevation, eye.near, size))
            high, wide = pixels.shape
            kept = np.ascontiguousarray(pixels)
            image = QImage(kept.data, wide, high, 4 * wide, QImage.Format.Format_ARGB32_Premultiplied).copy()
            self._painted = key, image
        image = self._painted[1]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(0, 0, *eye.size), image)

    def _colored(self, relief: Relief) -> np.ndarray:
        """The colour of each sample as a whole number: that of its band, in the light, and lines between bands."""
        land = self._scene.landscape
        key = id(relief), id(self._theme)
        if land is not None and key not in self._known:
            bands = np.searchsorted(land.levels, relief.values)
            colors = shades(self._theme, len(land.levels) + 1).astype(np.float32)[bands]
            colors *= 1.0 - SHADE * (1.0 - relief.light[..., None])
            edges = np.zeros(bands.shape, dtype=bool)
            edges[1:] |= bands[1:] != bands[:-1]
            edges[:, 1:] |= bands[:, 1:] != bands[:, :-1]
            ink = rgb(self._theme, "text" if self._theme.dark else "primal")
            colors[edges] += (ink - colors[edges]) * 0.3
            parts = colors.astype(np.uint32)
            self._known[key] = 0xFF000000 | parts[..., 0] << 16 | parts[..., 1] << 8 | parts[..., 2]
        return self._known[key]

    def _paint_path(self, painter: QPainter, eye: Eye, relief: Relief, path: Path) -> None:
        style = STYLES[path.optimizer]
        inside = relief.inside(path.points[:, 0], path.points[:, 1])
        gone = path.points[: path.step + 1][inside[: path.step + 1]]
        if not len(gone):
            return
        box = relief.on(gone)
        seen = eye.seen(box)
        for color, width, dash in (
            (self._theme.color("panel", 200), 5.5, Qt.PenStyle.SolidLine),
            (self._theme.color(style.color), 2.6, style.dash),
        ):
            painter.setPen(QPen(color, width, dash, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline(_polygon(seen))
        painter.setPen(QPen(self._theme.color("panel"), 2))
        painter.setBrush(self._theme.color(style.color))
        painter.drawEllipse(QPointF(*seen[-1]), 7, 7)

    def _paint_tangent(self, painter: QPainter, eye: Eye, relief: Relief) -> None:
        """The plane that touches the surface at the point, and the point."""
        tangent = self._scene.tangent
        if tangent is None or not np.isfinite(tangent.value) or not relief.inside(tangent.x, tangent.y):
            return
        wide, deep = (relief.xs[-1] - relief.xs[0]) / 2 * PLANE, (relief.ys[-1] - relief.ys[0]) / 2 * PLANE
        signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], dtype=float)
        rise = tangent.slope_x * wide * signs[:, 0] + tangent.slope_y * deep * signs[:, 1]
        share = np.abs(rise).max() / (relief.high - relief.low)
        shrunk = min(1.0, 0.3 / share) if share > 0 else 1.0  # a steep plane is drawn smaller, so that it stays a plane
        here = relief.placed(np.array(tangent.x), np.array(tangent.y), np.array(tangent.value))
        corners = here + np.concatenate(
            [signs * PLANE * shrunk, (rise * shrunk / (relief.high - relief.low) * 2 * TALL)[:, None]], axis=1
        )
        painter.setPen(QPen(self._theme.color("adjoint_strong"), 1.5))
        painter.setBrush(self._theme.color("adjoint_strong", 62))
        painter.drawPolygon(_polygon(eye.seen(corners)))
        painter.setPen(QPen(self._theme.color("adjoint_strong"), 3))
        painter.setBrush(self._theme.color("panel"))
        painter.drawEllipse(QPointF(*eye.seen(here)), 6, 6)

    def _paint_axes(self, painter: QPainter, eye: Eye, relief: Relief) -> None:
        """The names and ends of both axes along the two edges of the ground that are nearest."""
        land = self._scene.landscape
        if land is None:
            return
        toward = eye.axes[2]
        front, side = (np.sign(toward[1]) or 1.0), (np.sign(toward[0]) or 1.0)
        painter.setFont(self.font())
        for along, fixed, name, ends in (
            (0, front, str(land.field.x), (relief.xs[0], relief.xs[-1])),
            (1, side, str(land.field.y), (relief.ys[0], relief.ys[-1])),
        ):
            places = np.full((3, 3), -TALL)
            places[:, along] = (-0.94, 0.0, 0.94)
            places[:, 1 - along] = fixed * 1.1
            words = (number(float(ends[0]), 3), name, number(float(ends[1]), 3))
            for place, text in zip(eye.seen(places), words, strict=True):
                painter.setPen(self._theme.color("text" if text == name else "muted"))
                box = QRectF(place[0] - 60, place[1] - 4, 120, 18)
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)

    # --- hands -------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grabbed = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            moved = event.position() - self._grabbed
            self._grabbed = event.position()
            self.turn(moved.x() * 0.45, moved.y() * 0.35)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.near = min(max(self.near * 1.0015 ** event.angleDelta().y(), 0.6), 4.0)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {Qt.Key.Key_Left: (-8, 0), Qt.Key.Key_Right: (8, 0), Qt.Key.Key_Up: (0, 6), Qt.Key.Key_Down: (0, -6)}
        if event.key() in turns:
            self.turn(*turns[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _polygon(points: np.ndarray) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])
