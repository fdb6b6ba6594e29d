"""The plot panel: the output along one input, with the tangent whose slope is the gradient.

pyqtgraph is imported when the plot is first looked at, for it takes as long to load as all the rest.
"""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.theme import LIGHT, Theme, sans
from explorer.model.curve import Curve
from explorer.panels.plots.element_choice import ElementChoice


class PlotPanel(QWidget):
    """A choice of input, and the plot."""

    input_chosen = Signal(str, int)
    point_dragged = Signal(float)
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plot_panel")
        self._theme = LIGHT
        self._curve: Curve | None = None
        self._plot: Any = None
        self._drawing = False
        self.element = ElementChoice(
            "plot",
            say("plots.output-along", "Output along"),
            say("plots.input-along-output-plotted", "Input along which the output is plotted"),
        )
        self.element.chosen.connect(self.input_chosen)
        self.choice, self.show_inputs = self.element.choice, self.element.show_inputs
        self._slope = QLabel()
        self._slope.setObjectName("plot_slope")
        self._slope.setTextFormat(Qt.TextFormat.PlainText)
        self._slope.setProperty("role", "adjoint")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 6)
        self._column.setSpacing(8)
        self._column.addLayout(self._row())
        self._empty = QLabel(
            say("plots.no-line-plot-output", "There is no line to plot: the output is not a single number.")
        )
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self._empty, 1)

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.element)
        row.addSpacing(12)
        row.addWidget(self._slope)
        row.addStretch(1)
        return row

    def show_curve(self, curve: Curve | None) -> None:
        """Draw a curve, or say that there is none."""
        self._curve = curve
        if self.isVisible():
            self._draw()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        if self._plot is not None:
            self._plot.set_theme(theme)

    def _draw(self) -> None:
        curve = self._curve
        self._empty.setVisible(curve is None)
        if self._plot is None and curve is not None:
            from explorer.panels.plots.curve_view import CurveView

            self._plot = CurveView(self._theme, sans(11))
            self._plot.point_dragged.connect(self.point_dragged)
            self._column.addWidget(self._plot, 1)
        if self._plot is not None:
            self._plot.setVisible(curve is not None)
            if curve is not None:
                self._plot.show_curve(curve)
        slope = curve.slope if curve else None
        told = curve is not None and slope is not None
        self._slope.setText(f"slope ∂{curve.output}/∂{curve.title} = {slope:.6g}" if curve and told else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
        self._draw()
