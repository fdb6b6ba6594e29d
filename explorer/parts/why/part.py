"""Why?: asks about the entry, input or gradient that is looked at, and marks where the answer lies.

What finds the answers is imported when it is first asked, so that the window opens sooner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.look.theme import Theme
from explorer.parts.part import PATIENCE, Part, bring_forward
from explorer.parts.why.panel import WhyPanel

if TYPE_CHECKING:
    from core.timeline import Timeline
    from explorer.parts.why.work import Reasons
    from explorer.window.window import MainWindow


class Why(Part):
    """The panel, and what it is asked."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.panel = WhyPanel()
        self.dock = window.docks.add_behind("why", "Why?", self.panel)
        self.panel.entry_chosen.connect(window.stage.select)
        window.stage.timeline_shown.connect(self.forget)
        for table in (window.gradients.table, window.inputs.table):
            table.clicked.connect(lambda index: self._select_input(index.row()))

    def ask(self) -> None:
        """Ask about the input whose row has the keyboard, else about what is selected, else about what is missing."""
        stage = self.window.stage
        name = focused_input(self.window) or (missing_gradient(stage.timeline) if stage.selected is None else None)
        if name is not None:
            self.ask_input(name)
        elif stage.inspected is not None:
            self.ask_entry(stage.inspected)
        else:
            self._ask_output()

    def _select_input(self, row: int) -> None:
        """Select the entry of the input in this row of a table."""
        run = self.window.stage.shown.run
        names = list(run.point) if run is not None else []
        places = run.inputs | run.unwatched if run is not None else {}
        if row < len(names) and names[row] in places:
            self.window.stage.select(places[names[row]])

    def _ask_output(self) -> None:
        """Nothing is looked at, not even an output: ask about the first input."""
        run = self.window.stage.shown.run
        if run is not None and run.point:
            self.ask_input(next(iter(run.point)))

    def ask_input(self, name: str) -> None:
        """Ask about the gradient by an input."""
        from explorer.parts.why.work import reasons_for_input

        timeline = self.window.stage.shown.timeline
        if timeline is not None and not self._quizzed():
            self.worker.submit(lambda _: reasons_for_input(timeline, name), self._show, PATIENCE)

    def ask_entry(self, index: int) -> None:
        """Ask about an entry's gradient."""
        from explorer.parts.why.work import reasons_for_entry

        timeline = self.window.stage.shown.timeline
        if timeline is not None and not self._quizzed():
            self.worker.submit(lambda _: reasons_for_entry(timeline, index), self._show, PATIENCE)

    def _quizzed(self) -> bool:
        """While a question is open the answer is not given away here."""
        asking = self.window.tutor.quiz.asking
        if asking:
            self.window.centre.notice.say("Answer the question first, or reveal it.")
        return asking

    def _show(self, reasons: Reasons) -> None:
        self.panel.show_reasons(reasons)
        bring_forward(self.dock)
        stage, first = self.window.stage, reasons.first
        if first is None:
            stage.select(reasons.index)
            return
        stage.select(first.index if first.index is not None else reasons.index)
        if first.span is not None and not stage.shown.stale:
            self.window.function.editor.mark_selected(first.span)
            self.window.function.editor.bring_into_sight(first.span.line)
        if first.index is not None:
            self.window.graph.reveal(first.index)

    def forget(self, *_: object) -> None:
        """What was said belongs to another run."""
        self.worker.cancel()
        self.panel.show_reasons(None)

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)


def focused_input(window: MainWindow) -> str | None:
    """The input whose row in the table of inputs or of gradients has the keyboard."""
    run = window.stage.shown.run
    names = list(run.point) if run is not None else []
    for table in (window.inputs.table, window.gradients.table):
        row = table.currentIndex().row()
        if window.focusWidget() is table and 0 <= row < len(names):
            return names[row]
    return None


def missing_gradient(timeline: Timeline | None) -> str | None:
    """The first watched input whose gradient is none at the end."""
    if timeline is None or timeline.run.failure or timeline.second_sweep == "tangent":
        return None
    run, last = timeline.run, timeline.frame(len(timeline))
    watched = (name for name in run.point if name in run.watched)
    return next((name for name in watched if name not in run.inputs or last.adjoint(run.inputs[name]) is None), None)
