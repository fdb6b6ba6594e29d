"""The plot itself, in pyqtgraph; imported only when a plot is first shown."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.theme import Theme
from explorer.model.curve import Curve, heights

TANGENT = 0.12  # of the plot's width, on both sides of the point


class CurveView(QWidget):
    """A line, its tangent, and a point that can be dragged along."""

    point_dragged = Signal(float)

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__()
        pg.setConfigOptions(antialias=True)
        self._plot = pg.PlotWidget()
        self._plot.setAccessibleName(say("plots.plot-output", "Plot of the output"))
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._item = self._plot.getPlotItem()
        self._item.setClipToView(True)
        for side in ("left", "bottom"):
            self._item.getAxis(side).setStyle(tickFont=font)
            self._item.getAxis(side).enableAutoSIPrefix(False)
        self._line = self._item.plot()
        self._tangent = self._item.plot()
        self._walk = self._item.plot(symbol="o", symbolSize=6)
        self._point = pg.TargetItem(symbol="o", size=13, movable=True)
        self._point.sigPositionChanged.connect(self._tell)
        self._point.sigPositionChangeFinished.connect(self._set_range)
        self._item.addItem(self._point)
        self._drawing = False
        self._shown: Curve | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._plot)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self._plot.setBackground(theme.color("panel"))
        for side in ("left", "bottom"):
            axis = self._item.getAxis(side)
            axis.setPen(theme.color("border_strong"))
            axis.setTextPen(theme.color("muted"))
        self._item.showGrid(x=True, y=True, alpha=0.18)
        self._line.setPen(pg.mkPen(theme.color("primal_strong"), width=2.2))
        dashed = Qt.PenStyle.DashLine
        self._tangent.setPen(pg.mkPen(theme.color("adjoint_strong"), width=2, style=dashed))
        self._walk.setPen(pg.mkPen(theme.color("adjoint_mid"), width=1.2))
        self._walk.setSymbolBrush(pg.mkBrush(theme.color("adjoint_strong")))
        self._walk.setSymbolPen(pg.mkPen(theme.color("panel"), width=0.8))
        self._point.setPen(pg.mkPen(theme.color("adjoint_strong"), width=2.5))
        self._point.setBrush(pg.mkBrush(theme.color("panel")))
        self._point.setHoverBrush(pg.mkBrush(theme.color("adjoint_soft")))
        if self._shown:
            self.show_curve(self._shown)

    def show_curve(self, curve: Curve) -> None:
        """Draw a curve with its tangent and point."""
        self._shown = curve
        self._drawing = True
        with np.errstate(invalid="ignore"):
            self._line.setData(curve.xs, curve.ys, connect="finite")
        slope = curve.slope
        half = (curve.xs[-1] - curve.xs[0]) * TANGENT
        if slope is not None and np.isfinite(slope) and np.isfinite(curve.y):
            ends = np.array([curve.x - half, curve.x + half])
            self._tangent.setData(ends, curve.y + slope * (ends - curve.x))
        else:
            self._tangent.setData([], [])
        if np.isfinite(curve.y):
            self._point.setPos(curve.x, curve.y)
        self._point.setVisible(bool(np.isfinite(curve.y)))
        self._label(curve)
        if not self._point.moving:  # under the pointer nothing jumps
            self._set_range()
        self._drawing = False

    def show_walk(self, xs: np.ndarray, ys: np.ndarray) -> None:
        """Mark places on the way along the line, in order."""
        good = np.isfinite(xs) & np.isfinite(ys)
        self._walk.setData(xs[good], ys[good])

    def _label(self, curve: Curve) -> None:
        color = self._theme.muted
        self._item.setLabel("bottom", curve.title, color=color)
        self._item.setLabel("left", curve.output, color=color)

    def _set_range(self) -> None:
        if self._shown is not None:
            self._item.setXRange(float(self._shown.xs[0]), float(self._shown.xs[-1]), padding=0.02)
            self._item.setYRange(*heights(self._shown), padding=0)

    def _tell(self) -> None:
        if not self._drawing:
            self.point_dragged.emit(float(self._point.pos().x()))
