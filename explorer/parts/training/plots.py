"""The curves of a training, in pyqtgraph: loss, sizes of gradients, histograms, predictions, decision boundary.

Each is shown data that others have worked out, and draws only what has changed. Knows nothing of what is trained.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.theme import LIGHT, Theme
from explorer.parts.training.growing import Growing
from explorer.parts.training.plotting import dress, plot_widget
from explorer.parts.training.styles import STYLES, rgb

MANY = 100
"""Points of which each is drawn smaller."""
COLORS = ("primal_strong", "adjoint_strong", "selection", "ok", "error", "tangent_strong", "warning", "text")
MARKS = ("━", "╍", "┅", "┉")
"""How each kind of line looks, for the legend."""
DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)


class Plot(QWidget):
    """A plot with a legend above it; a sentence stands in its place while there is nothing to draw."""

    def __init__(self, title: str, font: QFont, empty: str = "") -> None:
        super().__init__()
        self._theme = LIGHT
        self.plot = plot_widget(title, font)
        self.item = self.plot.getPlotItem()
        self.legend = QLabel()
        self.legend.setAccessibleName(say("training.lines", "What the lines are"))
        self.legend.setWordWrap(True)
        self.legend.hide()
        self._empty = QLabel(empty)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setVisible(bool(empty))
        self.plot.setVisible(not empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.legend)
        column.addWidget(self._empty, 1)
        column.addWidget(self.plot, 1)

    def hasHeightForWidth(self) -> bool:
        """A legend of two lines takes the room of the plot, not that of its neighbours."""
        return False

    def say(self, words: str) -> None:
        """What is written above the plot."""
        self.legend.setText(words)
        self.legend.setVisible(bool(words))

    def show_filled(self, filled: bool) -> None:
        """Whether there is something to draw."""
        self._empty.setVisible(not filled)
        self.plot.setVisible(filled)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        dress(self.plot, theme)

    def label(self, bottom: str, left: str) -> None:
        """Name the axes."""
        self.item.setLabel("bottom", bottom, color=self._theme.muted)
        self.item.setLabel("left", left, color=self._theme.muted)


class Steps(Plot):
    """Curves over the steps on a logarithmic scale, and the step that is looked at; a click goes to a step."""

    step_chosen = Signal(int)

    def __init__(self, title: str, font: QFont, empty: str) -> None:
        super().__init__(title, font, empty)
        self._logarithmic = True
        self.item.setLogMode(False, True)
        self._curves: dict[str, pg.PlotDataItem] = {}
        self._names: tuple[str, ...] = ()
        self._grown: dict[str, Growing] = {}
        self._step = pg.InfiniteLine(0)
        self.item.addItem(self._step, ignoreBounds=True)
        self.plot.scene().sigMouseClicked.connect(self._take_click)

    def show_curves(self, curves: Mapping[str, Sequence[float]], step: int, last: int) -> None:
        """Draw the values after each step, out of `last` steps."""
        self.show_filled(any(len(values) > 1 for values in curves.values()))
        if tuple(curves) != self._names:
            self._name_curves(tuple(curves))
        fresh = False
        for name, values in curves.items():
            if name not in self._grown or self._grown[name].source is not values:
                self._grown[name] = Growing(values)
        grown = {name for name in curves if self._grown[name].grow()}
        positive = all(self._grown[name].positive for name in curves)
        if positive != self._logarithmic:  # there is no logarithm of what lies below 0
            self._logarithmic, fresh = positive, True
            self.item.setLogMode(False, positive)
        for name in curves if fresh else grown:
            self._curves[name].setData(*self._grown[name].drawn(self._logarithmic))
        self._step.setValue(step)
        self.item.setXRange(0, max(last, 1), padding=0.02)

    def _name_curves(self, names: tuple[str, ...]) -> None:
        """Others are drawn from now on."""
        for curve in self._curves.values():
            self.item.removeItem(curve)
        self._names = names
        self._curves = {name: self.item.plot(connect="finite") for name in names}
        self._grown.clear()
        for place, (name, curve) in enumerate(self._curves.items()):
            curve.setPen(self.pen(name, place))
        self._name_lines()

    def pen(self, name: str, place: int) -> pg.mkPen:
        """How the curve of this name is drawn."""
        return pg.mkPen(self._theme.color(COLORS[place % len(COLORS)]), width=2, style=DASHES[place % len(DASHES)])

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._step.setPen(pg.mkPen(theme.color("muted"), width=1, style=Qt.PenStyle.DashLine))
        for place, (name, curve) in enumerate(self._curves.items()):
            curve.setPen(self.pen(name, place))
        self._name_lines()

    def _name_lines(self) -> None:
        """The legend, where there is more than one line."""
        names = [
            f'<span style="color:{self.pen(name, place).color().name()}">{MARKS[place % len(MARKS)]}</span>&nbsp;{name}'
            for place, name in enumerate(self._names)
        ]
        self.legend.setText(" &nbsp; ".join(names))
        self.legend.setVisible(len(names) > 1 and self.named)

    named = True
    """Whether there is a legend."""

    def _take_click(self, event: MouseClickEvent) -> None:
        view = self.item.getViewBox()
        if view.sceneBoundingRect().contains(event.scenePos()):
            self.step_chosen.emit(round(view.mapSceneToView(event.scenePos()).x()))


class Losses(Steps):
    """The loss of each optimizer, in its colour."""

    named = False

    def pen(self, name: str, place: int) -> pg.mkPen:
        style = STYLES[name]
        return pg.mkPen(self._theme.color(style.color), width=2.2, style=style.dash)


class Histograms(Plot):
    """How the numbers of each parameter are spread: before as an outline, now filled."""

    def __init__(self, title: str, font: QFont) -> None:
        super().__init__(title, font)
        self._shown: Sequence[tuple[str, np.ndarray, np.ndarray]] = ()

    def show_histograms(self, shown: Sequence[tuple[str, np.ndarray, np.ndarray]]) -> None:
        """Draw (name, counts, edges) of some parameters, each one row above the last."""
        self._shown = shown
        self.item.clear()
        for row, (_, counts, edges) in enumerate(shown):
            color = self._theme.color(COLORS[row % len(COLORS)])
            top = max(float(counts.max(initial=0)), 1.0) * 1.15
            curve = pg.PlotCurveItem(edges, row + counts / top, stepMode="center", fillLevel=row)
            curve.setPen(pg.mkPen(color, width=1.2))
            fill = self._theme.color(COLORS[row % len(COLORS)], 70)
            curve.setBrush(pg.mkBrush(fill))
            self.item.addItem(curve)
        ticks = [(row + 0.4, name) for row, (name, _, _) in enumerate(shown)]
        self.item.getAxis("left").setTicks([ticks])
        if shown:
            self.item.setYRange(0, len(shown), padding=0.02)
            self.item.enableAutoRange(axis="x")

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.show_histograms(self._shown)


class Fit(Plot):
    """Predictions against data: along the one column of the inputs, or against each other; or a decision boundary."""

    def __init__(self, title: str, font: QFont) -> None:
        super().__init__(title, font)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._border = pg.PlotCurveItem(connect="finite")
        self._line = pg.PlotCurveItem()
        self._dots = pg.ScatterPlotItem(pxMode=True)
        self._others = pg.ScatterPlotItem(pxMode=True)
        for depth, one in enumerate((self._image, self._border, self._dots, self._others, self._line)):
            one.setZValue(depth)
            self.item.addItem(one)

    def show_nothing(self) -> None:
        """There is nothing to predict."""
        for one in (self._border, self._line, self._dots, self._others):
            one.setData([], [])
        self._image.clear()

    def show_predictions(self, rows: np.ndarray, targets: np.ndarray, values: np.ndarray, name: str) -> None:
        """Data as dots and predictions as a line over one column; with more columns, one against the other."""
        self.show_nothing()
        theme = self._theme
        rim = pg.mkPen(theme.color("panel"), width=0.8)
        self._line.setPen(pg.mkPen(theme.color("adjoint_strong"), width=2.6))
        if rows.ndim < 2 or rows.shape[1] == 1:
            xs = np.ravel(rows) if np.size(rows) == np.size(targets) else np.arange(np.size(targets))
            order = np.argsort(xs, kind="stable")
            self._line.setData(xs[order], values[order])
            size = 6 if len(xs) < MANY else 4
            brush = pg.mkBrush(theme.color("primal_strong", 130))
            self._dots.setData(xs, targets, size=size, brush=brush, pen=rim if len(xs) < MANY else None)
            self.label(name, "")
        else:
            low, high = float(np.nanmin(targets)), float(np.nanmax(targets))
            self._line.setData([low, high], [low, high])
            self._dots.setData(targets, values, size=6, brush=pg.mkBrush(theme.color("primal_strong", 150)), pen=rim)
            self.label(say("training.target", "target"), say("training.predicted", "predicted"))
        self.item.enableAutoRange()

    def show_boundary(
        self, xs: np.ndarray, ys: np.ndarray, values: np.ndarray, level: float,
        border: Sequence[np.ndarray], rows: np.ndarray, targets: np.ndarray,
    ) -> None:  # fmt: skip
        """Where a classifier says one or the other, and the data: circles and squares."""
        theme = self._theme
        self.show_nothing()
        self._image.setImage(_sides(theme, values - level), levels=(0, 255), autoLevels=False)
        dx, dy = xs[1] - xs[0], ys[1] - ys[0]
        self._image.setRect(QRectF(xs[0] - dx / 2, ys[0] - dy / 2, xs[-1] - xs[0] + dx, ys[-1] - ys[0] + dy))
        self._border.setPen(pg.mkPen(theme.color("text"), width=2))
        gap = np.full((1, 2), np.nan)
        whole = np.concatenate([part for line in border for part in (line, gap)] or [gap])
        self._border.setData(whole[:, 0], whole[:, 1])
        upper = targets > level
        rim = pg.mkPen(theme.color("panel"), width=1)
        for dots, some, color, symbol in (
            (self._dots, upper, "primal_strong", "o"),
            (self._others, ~upper, "adjoint_strong", "s"),
        ):
            brush = pg.mkBrush(theme.color(color))
            dots.setData(rows[some, 0], rows[some, 1], size=8, symbol=symbol, brush=brush, pen=rim)
        self.item.setXRange(xs[0], xs[-1], padding=0)
        self.item.setYRange(ys[0], ys[-1], padding=0)


def _sides(theme: Theme, score: np.ndarray) -> np.ndarray:
    """Blue where the score is above 0 and orange below, the deeper the surer; as rows of red, green and blue."""
    ground, above, below = (rgb(theme, name) for name in ("panel", "primal_mid", "adjoint_mid"))
    scale = float(np.nanquantile(np.abs(score), 0.8)) or 1.0
    sure = np.clip(np.nan_to_num(np.abs(score) / scale), 0.0, 1.0)[..., None]
    side = np.where((score > 0)[..., None], above, below)
    return np.asarray(ground + (side - ground) * (0.18 + 0.62 * sure)).astype(np.uint8)
