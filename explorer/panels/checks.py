"""The page of checks: one derivative found in several ways, with their errors and costs as a table and as plots."""

from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from core import notation
from explorer.panels.menu_button import menu_button
from explorer.panels.page import Page
from explorer.theme import LIGHT, Theme, sans
from explorer.understanding.sheet import Sheet, Way

TITLES = ("way", "derivative", "error", "runs", "sweeps", "operations")


class ChecksPanel(QScrollArea):
    """A choice of derivative, the table, and the plots."""

    input_chosen = Signal(str, int)
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("checks_panel")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._theme = LIGHT
        self._sheet = Sheet(problem="There is nothing to check yet.")
        self._sizes: dict[str, int] = {}
        self._name = ""
        self._plots: Any = None
        self.names = menu_button("check_input", "Input whose derivative is checked")
        self.element = _element()
        self.element.valueChanged.connect(self._choose)
        self.table = _label("check_table", "Ways to the derivative")
        self.lesson = _label("check_lesson", "What the error curve shows")
        self.summary = _label("check_summary", "What is cheapest here")
        for label in (self.lesson, self.summary):
            label.setProperty("role", "muted")
        self._column = self._arrange()
        self._draw()

    def _arrange(self) -> QVBoxLayout:
        page, row = QWidget(), QHBoxLayout()
        told = QLabel("Derivative by")
        told.setProperty("role", "muted")
        for widget in (told, self.names, self.element):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 8, 12, 8)
        column.addLayout(row)
        for widget in (self.table, self.lesson, self.summary):
            column.addWidget(widget)
        column.addStretch(0)
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        return column

    def choice(self) -> tuple[str, int]:
        """The input chosen, and which of its numbers."""
        return self._name, self.element.value()

    def show_inputs(self, sizes: dict[str, int]) -> None:
        """Offer these inputs, each with so many numbers."""
        self._sizes = sizes
        self._name = self._name if self._name in sizes else next(iter(sizes), "")
        self.names.setText(f"{self._name or 'nothing'} ▾")
        menu = QMenu(self)
        for name in sizes:
            menu.addAction(name).triggered.connect(lambda _=False, name=name: self._choose_name(name))
        self.names.setMenu(menu)
        quiet = self.element.blockSignals(True)
        self.element.setRange(0, max(sizes.get(self._name, 1) - 1, 0))
        self.element.blockSignals(quiet)
        self.element.setEnabled(sizes.get(self._name, 1) > 1)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show what was found."""
        self._sheet = sheet
        self._draw()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        if self._plots is not None:
            self._plots.set_theme(theme)
        self._draw()

    def _choose_name(self, name: str) -> None:
        self._name = name
        self.show_inputs(self._sizes)
        self._choose()

    def _choose(self) -> None:
        self.input_chosen.emit(*self.choice())

    def _draw(self) -> None:
        sheet = self._sheet
        self.table.setText(ways_table(sheet, self._theme))
        spoken = (f"{way.name}: {'' if way.value is None else notation.number(way.value, 8)}" for way in sheet.ways)
        self.table.setAccessibleDescription(sheet.problem or "; ".join(spoken))
        self.lesson.setText(sheet.lesson)
        self.summary.setText(sheet.summary)
        if self.isVisible() and not sheet.problem:
            self._draw_plots()
        if self._plots is not None:
            self._plots.setVisible(not sheet.problem)

    def _draw_plots(self) -> None:
        if self._plots is None:
            from explorer.panels.check_plots import CheckPlots

            self._plots = CheckPlots(self._theme, sans(10.5))
            self._column.insertWidget(2, self._plots, 1)
        self._plots.show_sheet(self._sheet.curves, self._sheet.growth, self._sheet.inputs)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
        self._draw()


def ways_table(sheet: Sheet, theme: Theme) -> str:
    """The ways as a table in HTML, or the sentence that says why there is none."""
    page = Page(theme)
    if sheet.problem:
        page.text(sheet.problem, "muted")
        return page.result()
    page.table((sheet.title, *TITLES[1:]), [_row(way) for way in sheet.ways], bold=0)
    for way in sheet.ways:
        if way.note:
            page.text(f"{way.name}: {way.note}", "muted")
    return page.result()


def _row(way: Way) -> tuple[str, ...]:
    value = "not available" if way.value is None or way.value != way.value else notation.number(way.value, 12)
    if way.error is None:
        error = "" if way.name.startswith("tape") else "✗"
    else:
        error = f"{'0' if way.error == 0 else f'{way.error:.0e}'} {'✓' if way.agrees else '✗'}"
    cost = way.cost
    counts = (f"{cost.evaluations:,}", f"{cost.sweeps:,}", f"{cost.operations:,}") if cost else ("", "", "")
    return tuple(escape(cell) for cell in (way.name, value, error, *counts))


def _element() -> QSpinBox:
    box = QSpinBox()
    box.setObjectName("check_element")
    box.setAccessibleName("Number of the element in the input")
    box.setPrefix("element ")
    box.setToolTip("Which number of the input: type, or press Up and Down")
    return box


def _label(name: str, title: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setAccessibleName(title)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
