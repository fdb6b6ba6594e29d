"""The page of checks: works out the derivative in all ways for the run on the stage, when somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.look.theme import Theme
from explorer.parts.checks.panel import ChecksPanel
from explorer.parts.checks.sheet import Sheet
from explorer.parts.part import PATIENCE, Part
from explorer.session import sizes

if TYPE_CHECKING:
    from explorer.window.window import MainWindow


class ChecksPage(Part):
    """The page, and what it shows."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.panel = ChecksPanel()
        tooltip = "The derivative in five ways: their errors, and what they cost"
        window.centre.add_page("checks", "Checks", "Checks and costs", self.panel, tooltip)
        self._known: tuple[object, str, int] | None = None
        self.panel.shown.connect(self._refresh)
        self.panel.input_chosen.connect(lambda *_: self._refresh())
        window.stage.timeline_shown.connect(lambda _: self._refresh())

    def _refresh(self) -> None:
        timeline = self.window.stage.shown.timeline
        if not self.panel.isVisible() or timeline is None:
            return
        point = {name: timeline.run.point[name] for name in timeline.run.inputs if name in timeline.run.point}
        self.panel.show_inputs(sizes(point))
        name, element = self.panel.choice()
        if not name:
            self.panel.show_sheet(Sheet(timeline, problem="No input is watched, so there is no derivative to check."))
        elif self._known is None or self._known[0] is not timeline or self._known[1:] != (name, element):
            from explorer.parts.checks.work import sheet

            self._known = (timeline, name, element)
            self.worker.submit(lambda _: sheet(timeline, name, element), self.panel.show_sheet, PATIENCE)

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)
