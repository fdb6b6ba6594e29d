"""Why?: asks about the entry, input or gradient that is looked at, and marks where the answer lies.

What finds the answers is imported when it is first asked, so that the window opens sooner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.panels.why import WhyPanel
from explorer.theme import Theme
from explorer.tutor.part import PATIENCE, Part, bring_forward

if TYPE_CHECKING:
    from explorer.understanding.reasons import Reasons
    from explorer.window import MainWindow


class Why(Part):
    """The panel, and what it is asked."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.panel = WhyPanel()
        self.dock = window.docks.add_behind("why", "Why?", self.panel)
        self.panel.entry_chosen.connect(window.stage.select)
        window.stage.timeline_shown.connect(self.forget)

    def ask(self) -> None:
        """Ask about the input whose row has the keyboard, else about the entry that is looked at."""
        window = self.window
        name = focused_input(window)
        if name is not None:
            self.ask_input(name)
        elif window.stage.inspected is not None:
            self.ask_entry(window.stage.inspected)
        else:
            self._ask_output()

    def _ask_output(self) -> None:
        """Nothing is looked at, not even an output: ask about the first input."""
        run = self.window.stage.shown.run
        if run is not None and run.point:
            self.ask_input(next(iter(run.point)))

    def ask_input(self, name: str) -> None:
        """Ask about the gradient by an input."""
        from explorer.understanding.reasons import reasons_for_input

        timeline = self.window.stage.shown.timeline
        if timeline is not None and not self._quizzed():
            self.worker.submit(lambda _: reasons_for_input(timeline, name), self._show, PATIENCE)

    def ask_entry(self, index: int) -> None:
        """Ask about an entry's gradient."""
        from explorer.understanding.reasons import reasons_for_entry

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
    """The input whose row in the table of inputs has the keyboard."""
    table = window.inputs.table
    if window.focusWidget() is not table or not table.currentIndex().isValid():
        return None
    return str(table.model().index(table.currentIndex().row(), 0).data())
