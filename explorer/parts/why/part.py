"""Why?: asks about the entry, input or gradient that is looked at, and marks where the answer lies.

What finds the answers is imported when it is first asked, so that the window opens sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTableView

from core.basics.words import say
from explorer.desk import Desk
from explorer.graph.view import GraphView
from explorer.look.theme import Theme
from explorer.panels.editor.editor import FunctionEditor
from explorer.parts.part import Commands, Offer, Part
from explorer.parts.why.panel import WhyPanel
from explorer.places import Places
from explorer.shown import ShownSignals

if TYPE_CHECKING:
    from core.timeline import Timeline
    from explorer.parts.why.work import Reasons

JOB = "why"


class Why(Part):
    """The panel, and what it is asked. `tables` are those that have a row for each input."""

    def __init__(
        self,
        shown: ShownSignals,
        desk: Desk,
        places: Places,
        editor: FunctionEditor,
        graph: GraphView,
        tables: Sequence[QTableView],
    ) -> None:
        super().__init__()
        self._shown, self._desk, self._places = shown, desk, places
        self._editor, self._graph, self._tables = editor, graph, tables
        self.panel = WhyPanel()
        self.dock = places.dock("why", say("why.title", "Why?"), self.panel)
        self.panel.entry_chosen.connect(shown.select)
        shown.timeline_changed.connect(self.forget)
        shown.veil_changed.connect(self._follow_veil)
        for table in tables:
            table.clicked.connect(lambda index: self._select_input(index.row()))

    def commands(self) -> Commands:
        return {"why": self.ask}

    def offers(self, found: int | str) -> Iterable[Offer]:
        ask: Callable[[], None] = (lambda: self.ask_input(found)) if isinstance(found, str) else (
            lambda: self.ask_entry(found)
        )
        return [Offer("Why?\tW", say(
            "why.why-gradient-none-zero-not",
            "Why its gradient is none, zero, not finite, large or small"
        ), ask)]

    def ask(self) -> None:
        """Ask about the input whose row has the keyboard, else about what is selected, else about what is missing."""
        shown = self._shown
        name = self._focused_input() or (missing_gradient(shown.timeline) if shown.selected is None else None)
        if name is not None:
            self.ask_input(name)
        elif shown.inspected is not None:
            self.ask_entry(shown.inspected)
        elif shown.run is not None and shown.run.point:  # not even an output is looked at
            self.ask_input(next(iter(shown.run.point)))

    def _focused_input(self) -> str | None:
        """The input whose row in one of the tables has the keyboard."""
        names = list(self._shown.run.point) if self._shown.run is not None else []
        for table in self._tables:
            row = table.currentIndex().row()
            if table.window().focusWidget() is table and 0 <= row < len(names):
                return names[row]
        return None

    def _select_input(self, row: int) -> None:
        """Select the entry of the input in this row of a table."""
        run = self._shown.run
        names = list(run.point) if run is not None else []
        places = run.inputs | run.unwatched if run is not None else {}
        if row < len(names) and names[row] in places:
            self._shown.select(places[names[row]])

    def ask_input(self, name: str) -> None:
        """Ask about the gradient by an input."""
        from explorer.parts.why.work import reasons_for_input

        self._find(lambda timeline: reasons_for_input(timeline, name))

    def ask_entry(self, index: int) -> None:
        """Ask about an entry's gradient."""
        from explorer.parts.why.work import reasons_for_entry

        self._find(lambda timeline: reasons_for_entry(timeline, index))

    def _find(self, reasons: Callable[[Timeline], Reasons]) -> None:
        """Find the reasons; but while a question is open the answer is not given away here."""
        timeline = self._shown.timeline
        if self._shown.veil is not None:
            self._places.say(say("why.answer-question-first-reveal", "Answer the question first, or reveal it."))
        elif timeline is not None:
            self._desk.submit(JOB, lambda _: reasons(timeline), self._show, say(
                "why.looking-reasons",
                "looking for reasons"
            ))

    def _show(self, reasons: Reasons) -> None:
        self.panel.show_reasons(reasons)
        self._places.bring_forward(self.dock)
        first = reasons.first
        if first is None:
            self._shown.select(reasons.index)
            return
        self._shown.select(first.index if first.index is not None else reasons.index)
        if first.span is not None and not self._shown.stale:
            self._editor.mark_selected(first.span)
            self._editor.bring_into_sight(first.span.line)
        if first.index is not None:
            self._graph.reveal(first.index)

    def _follow_veil(self) -> None:
        if self._shown.veil is not None:
            self.forget()

    def forget(self) -> None:
        """What was said belongs to another run, or would answer a question."""
        self._desk.cancel(JOB)
        self.panel.show_reasons(None)

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)


def missing_gradient(timeline: Timeline | None) -> str | None:
    """The first watched input whose gradient is none at the end."""
    if timeline is None or timeline.run.failure or timeline.second_sweep == "tangent":
        return None
    run, last = timeline.run, timeline.frame(len(timeline))
    watched = (name for name in run.point if name in run.watched)
    return next((name for name in watched if name not in run.inputs or last.adjoint(run.inputs[name]) is None), None)
