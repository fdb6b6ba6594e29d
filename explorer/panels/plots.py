"""The plot panel: the output along one input, with the tangent whose slope is the gradient.

pyqtgraph is imported when the plot is first looked at, for it takes as long to load as all the rest.
"""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSpinBox, QVBoxLayout, QWidget

from explorer.curve import Curve
from explorer.panels.menu_button import menu_button
from explorer.theme import LIGHT, Theme, sans


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
        self._name = ""
        self._sizes: dict[str, int] = {}
        self._names = menu_button("plot_input", "Input along which the output is plotted")
        self._element = QSpinBox()
        self._element.setObjectName("plot_element")
        self._element.setAccessibleName("Number of the element in the input")
        self._element.setPrefix("element ")
        self._element.setToolTip("Which number of the input: type, or press Up and Down")
        self._element.valueChanged.connect(self._choose)
        self._slope = QLabel()
        self._slope.setObjectName("plot_slope")
        self._slope.setTextFormat(Qt.TextFormat.PlainText)
        self._slope.setProperty("role", "adjoint")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 6)
        self._column.setSpacing(8)
        self._column.addLayout(self._row())
        self._empty = QLabel("There is no line to plot: the output is not a single number.")
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self._empty, 1)

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        along = QLabel("Output along")
        along.setProperty("role", "muted")
        row.addWidget(along)
        row.addWidget(self._names)
        row.addWidget(self._element)
        row.addSpacing(12)
        row.addWidget(self._slope)
        row.addStretch(1)
        return row

    def show_inputs(self, sizes: dict[str, int]) -> None:
        """Offer these inputs, each with so many numbers."""
        self._sizes = sizes
        self._name = self._name if self._name in sizes else next(iter(sizes), "")
        self._names.setText(f"{self._name} ▾")
        menu = QMenu(self)
        for name in sizes:
            menu.addAction(name).triggered.connect(lambda _=False, name=name: self._choose_name(name))
        self._names.setMenu(menu)
        size = sizes.get(self._name, 1)
        quiet = self._element.blockSignals(True)
        self._element.setRange(0, size - 1)
        self._element.blockSignals(quiet)
        self._element.setVisible(size > 1)

    def choice(self) -> tuple[str, int]:
        """The input chosen, and which of its numbers."""
        return self._name, self._element.value()

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

    def _choose_name(self, name: str) -> None:
        self._name = name
        self.show_inputs(self._sizes)
        self._choose()

    def _choose(self) -> None:
        self.input_chosen.emit(*self.choice())

    def _draw(self) -> None:
        curve = self._curve
        self._empty.setVisible(curve is None)
        if self._plot is None and curve is not None:
            from explorer.panels.curve_view import CurveView

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
