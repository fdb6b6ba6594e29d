"""The page of checks: one derivative found in several ways, with their errors and costs as a table and as plots."""

from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core import notation
from core.basics.words import say
from explorer.look.theme import LIGHT, Theme, sans
from explorer.panels.plots.element_choice import ElementChoice
from explorer.panels.small.page import Page
from explorer.parts.checks.sheet import Sheet, Way

TITLES = (
    say("checks.way", "way"),
    say("checks.derivative-title", "derivative"),
    say("checks.error", "error"),
    say("checks.runs", "runs"),
    say("checks.sweeps", "sweeps"),
    say("checks.operations", "operations"),
)


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
        self._sheet = Sheet(problem=say("checks.nothing-check-yet", "There is nothing to check yet."))
        self._plots: Any = None
        self.element = ElementChoice(
            "check",
            say("checks.derivative", "Derivative by"),
            say("checks.input-whose-derivative-checked", "Input whose derivative is checked"),
        )
        self.element.chosen.connect(self.input_chosen)
        self.choice, self.show_inputs = self.element.choice, self.element.show_inputs
        self.table = _label("check_table", say("checks.ways-derivative", "Ways to the derivative"))
        self.lesson = _label("check_lesson", say("checks.error-curve-shows", "What the error curve shows"))
        self.summary = _label("check_summary", say("checks.cheapest", "What is cheapest here"))
        for label in (self.lesson, self.summary):
            label.setProperty("role", "muted")
        self._column = self._arrange()
        self._draw()

    def _arrange(self) -> QVBoxLayout:
        page, row = QWidget(), QHBoxLayout()
        row.addWidget(self.element)
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
            from explorer.parts.checks.plots import CheckPlots

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
    page.table((sheet.title, *TITLES[1:]), [_row(way, sheet.confirmed) for way in sheet.ways], bold=0)
    for way in sheet.ways:
        if way.note:
            page.text(f"{way.name}: {way.note}", "muted")
    return page.result()


def _row(way: Way, confirmed: bool) -> tuple[str, ...]:
    """The cells of a way; where exact ways confirm the tape, what a difference lost is no cross against it."""
    cross = "" if confirmed else "✗"
    value = "not available" if way.value is None or way.value != way.value else notation.number(way.value, 12)
    if way.error is None:
        error = "" if way.name.startswith("tape") else cross
    else:
        error = f"{'0' if way.error == 0 else f'{way.error:.0e}'} {'✓' if way.agrees else cross}".strip()
    cost = way.cost
    counts = (f"{cost.evaluations:,}", f"{cost.sweeps:,}", f"{cost.operations:,}") if cost else ("", "", "")
    return tuple(escape(cell) for cell in (way.name, value, error, *counts))


def _label(name: str, title: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setAccessibleName(title)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
