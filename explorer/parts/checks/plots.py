"""The plots of the checks, in pyqtgraph; imported only when they are first looked at.

Lines differ in colour, in the way they are dashed and in their marks.
"""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.basics.words import say
from core.checking.differences import ErrorCurve
from core.costs import Growth
from core.notation import number
from explorer.look.theme import Theme
from explorer.parts.checks.sheet import COMPLEX_STEP

LEAST = 1e-17
"""What an error of 0 is drawn as: there is no logarithm of 0."""
_DASH = Qt.PenStyle
STYLES = {
    "forward differences": ("adjoint_strong", _DASH.DashLine, "s"),
    "central differences": ("primal_strong", _DASH.SolidLine, "o"),
    COMPLEX_STEP: ("ok", _DASH.DotLine, "t1"),
    "forward mode": ("selection", _DASH.DashDotLine, "d"),
    "reverse mode": ("text", _DASH.SolidLine, "+"),
}
MARKS = {"s": "■", "o": "●", "t1": "▲", "d": "◆", "+": "✚"}


class CheckPlots(QWidget):
    """Error against step size at the left, operations against the number of inputs at the right."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__()
        pg.setConfigOptions(antialias=True)
        self._theme = theme
        self._shown: tuple[tuple[tuple[str, ErrorCurve], ...], Growth | None, int] = ((), None, 0)
        self.errors = _plot(
            say("checks.error-against-step-size", "Error against step size"),
            say("checks.step-h", "step h"),
            say("checks.relative-error", "relative error"),
            font,
        )
        self.costs = _plot(
            say("checks.operations-against-number-inputs", "Operations against the number of inputs"),
            say("checks.inputs-n", "inputs n"),
            "operations",
            font,
        )
        self.legend = QLabel()
        self.legend.setObjectName("check_legend")
        self.legend.setAccessibleName(say("checks.lines", "What the lines are"))
        self.legend.setWordWrap(True)
        self.told = QLabel()
        self.told.setObjectName("check_step")
        self.told.setAccessibleName(say("checks.at-step", "What differences give at the step that is dragged"))
        self.told.setProperty("role", "muted")
        self.told.setWordWrap(True)
        self.step = pg.InfiniteLine(angle=90, movable=True)
        self.step.setZValue(20)
        self.step.sigPositionChanged.connect(lambda: self._take_step(float(self.step.value())))
        self._chosen: float | None = None
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.errors, 1)
        row.addWidget(self.costs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.legend)
        column.addWidget(self.told)
        column.addLayout(row, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.show_sheet(*self._shown)

    def show_sheet(self, curves: tuple[tuple[str, ErrorCurve], ...], growth: Growth | None, inputs: int) -> None:
        """Draw the curves; `inputs` is how many numbers this program is differentiated by."""
        self._shown = (curves, growth, inputs)
        self.legend.setText(" &nbsp; ".join(self._named(name) for name in STYLES))
        for plot in (self.errors, self.costs):
            self._clear(plot)
        self._show_step()
        for name, curve in curves:
            good = np.isfinite(curve.errors)
            self._line(self.errors, name, curve.steps[good], np.maximum(curve.errors[good], LEAST))
        if growth is not None:
            for name, operations in growth.operations.items():
                self._line(self.costs, name, growth.inputs, np.maximum(operations, 1), every=6)
            pen = pg.mkPen(self._theme.color("muted"), style=_DASH.DotLine)
            self.costs.addItem(pg.InfiniteLine(np.log10(max(inputs, 1)), pen=pen))

    def _show_step(self) -> None:
        """The line at the step that is looked at: first where central differences are best."""
        curves = dict(self._shown[0])
        central = curves.get("central differences")
        self.told.setVisible(central is not None)
        if central is None or not np.isfinite(central.errors).any():
            self.told.hide()
            return
        theme = self._theme
        self.step.setPen(pg.mkPen(theme.color("adjoint_strong"), width=2))
        self.step.setHoverPen(pg.mkPen(theme.color("adjoint"), width=4))
        self.errors.getPlotItem().addItem(self.step, ignoreBounds=True)
        chosen = self._chosen if self._chosen is not None else float(np.log10(central.best))
        quiet = self.step.blockSignals(True)
        self.step.setValue(chosen)
        self.step.blockSignals(quiet)
        self._tell_step(chosen)

    def _take_step(self, chosen: float) -> None:
        """It was dragged."""
        self._chosen = chosen
        self._tell_step(chosen)

    def _tell_step(self, chosen: float) -> None:
        """What differences give at the nearest step that was tried, and how far that is off."""
        curves = dict(self._shown[0])
        forward, central = (curves[name] for name in ("forward differences", "central differences"))
        place = int(np.abs(np.log10(central.steps) - chosen).argmin())
        self.told.setText(
            say(
                "checks.at-this-step",
                "At h = {h} forward differences give {forward}, off by {far}; central ones give {central}, off by "
                "{near}. Drag the line: to its right the formula is too coarse, to its left rounding takes over.",
                h=f"{central.steps[place]:.0e}",
                forward=number(forward.estimates[place], 10),
                far=f"{forward.errors[place]:.0e}",
                central=number(central.estimates[place], 10),
                near=f"{central.errors[place]:.0e}",
            )
        )

    def _named(self, name: str) -> str:
        """A line's name after its mark, in its colour."""
        color, _, symbol = STYLES[name]
        mark = f'<span style="color:{getattr(self._theme, color)}">{MARKS[symbol]}</span>'
        return f"{mark}&nbsp;{name.replace(' ', '&nbsp;')}"

    def _clear(self, plot: pg.PlotWidget) -> None:
        item, theme = plot.getPlotItem(), self._theme
        item.clear()
        plot.setBackground(theme.color("panel"))
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setPen(theme.color("border_strong"))
            axis.setTextPen(theme.color("muted"))
        item.showGrid(x=True, y=True, alpha=0.18)

    def _line(self, plot: pg.PlotWidget, name: str, xs: np.ndarray, ys: np.ndarray, every: int = 4) -> None:
        color, dash, symbol = STYLES[name]
        pen = pg.mkPen(self._theme.color(color), width=2, style=dash)
        brush = pg.mkBrush(self._theme.color(color))
        item = plot.getPlotItem()
        item.plot(xs, ys, pen=pen)
        marks = {"symbol": symbol, "symbolSize": 8, "symbolBrush": brush, "symbolPen": None}
        item.plot(xs[::every], ys[::every], pen=None, **marks)


def _plot(title: str, bottom: str, left: str, font: QFont) -> pg.PlotWidget:
    plot = pg.PlotWidget()
    plot.setAccessibleName(title)
    plot.setToolTip(title)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.setFrameShape(plot.Shape.NoFrame)
    plot.setMinimumSize(200, 190)
    plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
    item = plot.getPlotItem()
    item.setLogMode(True, True)
    item.setLabel("bottom", bottom)
    item.setLabel("left", left)
    for side in ("left", "bottom"):
        item.getAxis(side).setStyle(tickFont=font, maxTickLevel=0)
    return plot
