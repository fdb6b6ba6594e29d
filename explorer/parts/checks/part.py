"""The page of checks: works out the derivative in all ways for the run that is shown, when somebody looks."""

from core.basics.words import say
from explorer.desk import Desk
from explorer.look.theme import Theme
from explorer.parts.checks.panel import ChecksPanel
from explorer.parts.checks.sheet import Sheet
from explorer.parts.part import Commands, Part
from explorer.places import Places
from explorer.session import sizes
from explorer.shown import ShownSignals


class ChecksPage(Part):
    """The page, and what it shows."""

    def __init__(self, shown: ShownSignals, desk: Desk, places: Places) -> None:
        super().__init__()
        self._shown, self._desk, self._places = shown, desk, places
        self.panel = ChecksPanel()
        tip = say("checks.derivative-five-ways-their", "The derivative in five ways: their errors, and what they cost")
        places.page(
            "checks", say("checks.checks", "Checks"), say("checks.checks-costs", "Checks and costs"), self.panel, tip
        )
        self._known: tuple[object, str, int] | None = None
        self.panel.shown.connect(self._refresh)
        self.panel.input_chosen.connect(lambda *_: self._refresh())
        shown.timeline_changed.connect(self._refresh)

    def commands(self) -> Commands:
        return {"go_checks": lambda: self._places.show_page("checks")}

    def _refresh(self) -> None:
        timeline = self._shown.timeline
        if not self.panel.isVisible() or timeline is None:
            return
        point = {name: timeline.run.point[name] for name in timeline.run.inputs if name in timeline.run.point}
        self.panel.show_inputs(sizes(point))
        name, element = self.panel.choice()
        if not name:
            self.panel.show_sheet(
                Sheet(
                    timeline,
                    problem=say(
                        "checks.no-input-watched-no", "No input is watched, so there is no derivative to check."
                    ),
                )
            )
        elif self._known is None or self._known[0] is not timeline or self._known[1:] != (name, element):
            from explorer.parts.checks.work import sheet

            self._known = (timeline, name, element)
            self._desk.submit(
                "checks",
                lambda _: sheet(timeline, name, element),
                self.panel.show_sheet,
                say("checks.comparing-derivatives", "comparing derivatives"),
            )

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)
