"""The surface from above, in pyqtgraph: filled contours, gradients as arrows, paths, and a point that can be dragged.

It is shown a scene and emits requests: where to start from, where the point was dragged, which part to look at. Knows
nothing of what computes them.
"""

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.basics.words import say
from explorer.drawing.relief import between
from explorer.look.theme import LIGHT, Theme
from explorer.parts.training.landscape import Landscape, Path, Scene
from explorer.parts.training.plotting import dress, plot_widget
from explorer.parts.training.styles import STYLES, rgb, shades

PIXELS = 400
"""Of the filled contours along each side, where the field has far fewer cells."""
ARROW = (7.0, 19.0)
"""Pixels of the shortest and of the longest arrow."""
OWN_ARROW = (30.0, 74.0)
HEAD = 0.38
"""Length of an arrow's head, as a share of the arrow."""
MARKED = 60
"""Steps of a path up to which each has a mark of its own."""


class ContourView(QWidget):
    """Signals: `chosen` (a click: start from there), `dragged` and `dropped` (the point), `window_changed`."""

    chosen = Signal(float, float)
    dragged = Signal(float, float)
    dropped = Signal(float, float)
    window_changed = Signal()

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self._theme = LIGHT
        self._scene = Scene()
        self._quiet = False
        self.plot = plot_widget(say("training.contours", "Contours of the loss"), font, mouse=True)
        self._item = self.plot.getPlotItem()
        self._item.layout.setContentsMargins(2, 8, 10, 0)
        self._bands = pg.ImageItem(axisOrder="row-major")
        self._lines, self._arrows = pg.PlotCurveItem(connect="finite"), pg.PlotCurveItem()
        self._level, self._own = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._tracks: dict[str, Track] = {}
        self._point = pg.TargetItem(symbol="o", size=15, movable=True)
        self._point.setZValue(40)
        for depth, item in enumerate((self._bands, self._lines, self._arrows, self._level)):
            item.setZValue(depth)
            item.setCacheMode(item.CacheMode.DeviceCoordinateCache)  # they rest while paths grow
            self._item.addItem(item, ignoreBounds=True)
        self._own.setZValue(39)
        self._item.addItem(self._own, ignoreBounds=True)
        self._item.addItem(self._point, ignoreBounds=True)
        self._point.sigPositionChanged.connect(self._tell_drag)
        self._point.sigPositionChangeFinished.connect(self._tell_drop)
        self.plot.scene().sigMouseClicked.connect(self._take_click)
        self._item.getViewBox().sigRangeChangedManually.connect(lambda *_: self.window_changed.emit())
        self._item.getViewBox().sigResized.connect(lambda *_: self._draw_arrows())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)

    # --- what is shown -----------------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        dress(self.plot, theme, grid=0)
        ink = theme.color("text" if theme.dark else "primal", 70)
        self._lines.setPen(pg.mkPen(ink, width=1))
        self._arrows.setPen(pg.mkPen(theme.color("text", 150), width=1))  # a wider one takes ten times as long
        self._level.setPen(pg.mkPen(theme.color("adjoint_strong"), width=1.5, style=Qt.PenStyle.DashLine))
        self._own.setPen(pg.mkPen(theme.color("adjoint_strong"), width=3))
        self._point.setPen(pg.mkPen(theme.color("adjoint_strong"), width=3))
        self._point.setBrush(pg.mkBrush(theme.color("panel")))
        self._point.setHoverPen(pg.mkPen(theme.color("adjoint"), width=3))
        self._point.setHoverBrush(pg.mkBrush(theme.color("adjoint_soft")))
        for track in self._tracks.values():
            track.set_theme(theme)
        self.show_scene(self._scene, fresh=True)

    def show_scene(self, scene: Scene, fresh: bool = False) -> None:
        """Draw a scene; what is as it was is not drawn again unless `fresh`."""
        before, self._scene = self._scene, scene
        self._quiet = True
        if scene.landscape is not None and (fresh or scene.landscape is not before.landscape):
            self._draw_landscape(scene.landscape)
        if fresh or scene.tangent is not before.tangent:
            self._draw_tangent()
        self._draw_paths()
        self._quiet = False

    def seen(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of what is seen."""
        (left, right), (bottom, top) = self._item.getViewBox().viewRange()
        return left, right, bottom, top

    def _draw_landscape(self, land: Landscape) -> None:
        field, theme = land.field, self._theme
        colors = shades(theme, len(land.levels) + 1)
        left, right, bottom, top = land.box
        xs, ys, values = field.xs, field.ys, field.values
        if len(xs) < PIXELS / 2:
            xs, ys = np.linspace(left, right, PIXELS), np.linspace(bottom, top, PIXELS)
            values = between(field.xs, field.ys, field.values, *np.meshgrid(xs, ys, sparse=True))
        bands = colors[np.searchsorted(land.levels, np.where(np.isfinite(values), values, np.inf))]
        bands[~np.isfinite(values)] = rgb(theme, "raised")
        self._bands.setImage(bands, levels=(0, 255), autoLevels=False)
        dx, dy = xs[1] - xs[0], ys[1] - ys[0]
        self._bands.setRect(QRectF(left - dx / 2, bottom - dy / 2, right - left + dx, top - bottom + dy))
        self._lines.setData(*_joined([line for one in land.contours for line in one.lines]))
        self._item.getViewBox().setRange(xRange=(left, right), yRange=(bottom, top), padding=0)
        self._item.setLabel("bottom", str(field.x), color=theme.muted)
        self._item.setLabel("left", str(field.y), color=theme.muted)
        self._draw_arrows()

    def _draw_arrows(self) -> None:
        land = self._scene.landscape
        if land is None:
            return
        xs, ys, _, us, vs = np.array([tuple(vars(one).values()) for one in land.arrows]).T
        self._arrows.setData(*self._shafts(xs, ys, -us, -vs, ARROW), connect="pairs")
        self._draw_tangent()

    def _shafts(
        self, xs: np.ndarray, ys: np.ndarray, us: np.ndarray, vs: np.ndarray, pixels: tuple[float, float]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Arrows with heads as pairs of points: longer where the slope is steeper, on a logarithmic scale."""
        wide, high = self._item.getViewBox().viewPixelSize()
        across, up = us / wide, vs / high
        steep = np.hypot(across * wide**2, up * high**2)
        good = np.isfinite(steep) & (steep > 0)
        xs, ys, across, up, steep = xs[good], ys[good], across[good], up[good], steep[good]
        if not len(xs):
            return np.zeros(0), np.zeros(0)
        size = np.log10(steep)
        share = np.clip(1.0 + (size - size.max()) / 2.5, 0.0, 1.0)
        long = (pixels[0] + (pixels[1] - pixels[0]) * share) / np.hypot(across, up)
        tips = np.stack([across * long, up * long])
        turned = []
        for angle in (np.pi - 0.45, np.pi + 0.45):
            turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
            turned.append(tips + HEAD * (turn @ tips))
        pairs = [np.zeros_like(tips), tips, tips, turned[0], tips, turned[1]]
        px = np.stack([xs + one[0] * wide for one in pairs], axis=1).ravel()
        py = np.stack([ys + one[1] * high for one in pairs], axis=1).ravel()
        return px, py

    def _draw_tangent(self) -> None:
        """The point, the way down from it, and the line along which the tangent plane is level."""
        tangent = self._scene.tangent
        there = tangent is not None and bool(np.isfinite(tangent.value))
        for item in (self._point, self._level, self._own):
            item.setVisible(there)
        if tangent is None or not there:
            return
        x, y = np.array([tangent.x]), np.array([tangent.y])
        u, v = np.array([tangent.slope_x]), np.array([tangent.slope_y])
        if not self._point.moving:
            quiet, self._quiet = self._quiet, True
            self._point.setPos(tangent.x, tangent.y)
            self._quiet = quiet
        length = float(np.clip(OWN_ARROW[0] * self._steepness(tangent.slope_x, tangent.slope_y), *OWN_ARROW))
        self._own.setData(*self._shafts(x, y, -u, -v, (length, length)), connect="pairs")
        left, right, bottom, top = self.seen()
        size = np.hypot(u * (right - left), v * (top - bottom))[0]
        if size > 0:
            along = np.array([-v[0] / (right - left), u[0] / (top - bottom)])
            along = along / np.hypot(along[0] / (right - left), along[1] / (top - bottom)) * 0.14
            self._level.setData(x[0] + along[0] * np.array([-1, 1]), y[0] + along[1] * np.array([-1, 1]))
        else:
            self._level.setData([], [])

    def _steepness(self, slope_x: float, slope_y: float) -> float:
        """How steep it is here, 1 where the loss falls over the whole picture by a tenth of what it spans."""
        land = self._scene.landscape
        if land is None or not len(land.levels):
            return 1.0
        left, right, bottom, top = land.box
        span = float(land.levels[-1] - land.levels[0]) or 1.0
        return 1.0 + float(np.hypot(slope_x * (right - left), slope_y * (top - bottom))) / span / 3

    def _draw_paths(self) -> None:
        wanted = {path.optimizer: path for path in self._scene.paths}
        for name in self._tracks.keys() - wanted.keys():
            self._tracks.pop(name).remove(self._item)
        for name, path in wanted.items():
            if name not in self._tracks:
                self._tracks[name] = Track(name, self._item)
                self._tracks[name].set_theme(self._theme)
            self._tracks[name].show(path)

    # --- what is asked for -------------------------------------------------------------------------------------

    def _tell_drag(self) -> None:
        if not self._quiet:
            self.dragged.emit(*self._rounded(self._point.pos().x(), self._point.pos().y()))

    def _tell_drop(self) -> None:
        if not self._quiet:
            self.dropped.emit(*self._rounded(self._point.pos().x(), self._point.pos().y()))

    def _rounded(self, x: float, y: float) -> tuple[float, float]:
        """A place with no more digits than a pixel tells."""
        digits = [1 - int(np.floor(np.log10(max(one, 1e-300)))) for one in self._item.getViewBox().viewPixelSize()]
        return round(float(x), digits[0] - 1), round(float(y), digits[1] - 1)

    def _take_click(self, event: MouseClickEvent) -> None:
        view = self._item.getViewBox()
        inside = view.sceneBoundingRect().contains(event.scenePos())
        if event.button() == Qt.MouseButton.LeftButton and inside and self._scene.landscape is not None:
            place: QPointF = view.mapSceneToView(event.scenePos())
            self.chosen.emit(*self._rounded(place.x(), place.y()))


class Track:
    """The path of one optimizer: a halo, the way it goes, the way it has gone, and where it is."""

    def __init__(self, optimizer: str, plot: pg.PlotItem) -> None:
        self._style = STYLES[optimizer]
        self._halo, self._whole, self._gone = pg.PlotCurveItem(), pg.PlotCurveItem(), pg.PlotCurveItem()
        self._marks = pg.ScatterPlotItem(pxMode=True)
        self._items = (self._whole, self._halo, self._gone, self._marks)
        for depth, item in enumerate(self._items):
            item.setZValue(10 + depth)
            plot.addItem(item, ignoreBounds=True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        color, ground = theme.color(self._style.color), theme.color("panel", 190)
        self._halo.setPen(pg.mkPen(ground, width=5))
        self._gone.setPen(pg.mkPen(color, width=2.4, style=self._style.dash))
        self._whole.setPen(pg.mkPen(theme.color(self._style.color, 110), width=1.4, style=self._style.dash))
        self._brush, self._rim = pg.mkBrush(color), pg.mkPen(theme.color("panel"), width=1.2)

    def show(self, path: Path) -> None:
        """Draw a path, followed up to its step."""
        good = path.points[np.isfinite(path.points).all(axis=1)]
        gone = good[: path.step + 1]
        self._whole.setData(good[:, 0], good[:, 1])
        self._halo.setData(gone[:, 0], gone[:, 1])
        self._gone.setData(gone[:, 0], gone[:, 1])
        if not len(gone):
            self._marks.setData([], [])
            return
        small = gone[:-1] if len(gone) <= MARKED else gone[:0]
        sizes = np.r_[np.full(len(small), 5.0), 13.0]
        marked = np.concatenate([small, gone[-1:]])
        self._marks.setData(
            marked[:, 0], marked[:, 1], size=sizes, brush=self._brush, pen=self._rim, symbol=self._style.symbol
        )

    def remove(self, plot: pg.PlotItem) -> None:
        """Take it off the plot."""
        for item in self._items:
            plot.removeItem(item)


def _joined(lines: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Many lines as one, parted by gaps."""
    if not lines:
        return np.zeros(0), np.zeros(0)
    gap = np.full((1, 2), np.nan)
    whole = np.concatenate([part for line in lines for part in (line, gap)])
    return whole[:, 0], whole[:, 1]
