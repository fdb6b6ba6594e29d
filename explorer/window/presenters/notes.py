"""The short notes in the titles of the panels, and in the status bar what the last good run gave."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from core.basics.words import say, say_many
from explorer.panels.small.card import CardTitle
from explorer.session import Session
from explorer.shown import ShownSignals


class NotesPresenter(QObject):
    """Between the session, what is shown of it, the titles of three panels, and the label in the status bar."""

    def __init__(
        self,
        session: Session,
        shown: ShownSignals,
        function: CardTitle,
        tape: CardTitle,
        inspector: CardTitle,
        status: QLabel,
    ) -> None:
        super().__init__(status)
        self._session, self._shown = session, shown
        self._function, self._tape, self._inspector, self._status = function, tape, inspector, status
        session.problem_changed.connect(self._show_program)
        shown.timeline_changed.connect(self._show_tape)
        for signal in (shown.step_changed, shown.selection_changed):
            signal.connect(self._show_inspected)

    def _show_program(self) -> None:
        run, problem = self._session.run, self._session.problem
        if problem is not None and not self._session.text.strip():
            self._function.set_note("")
        elif problem is not None:
            self._function.set_note(say("window.problem", "✗ problem"), "error")
        elif self._session.warning is not None:
            self._function.set_note(say("window.not-finite", "! not finite"), "warning")
        elif run is not None:
            count = len(run.tape) - len(run.tape.inputs)
            self._function.set_note(
                say_many("window.operations", "✓ {count:,} operation", "✓ {count:,} operations", count),
                "ok",
                say("window.operations-short", "✓ {count:,}", count=count),
            )
        self.show_status()

    def _show_tape(self) -> None:
        run = self._shown.run
        self._tape.set_note(
            say_many("window.entries", "{count:,} entry", "{count:,} entries", len(run.tape)) if run else ""
        )

    def _show_inspected(self) -> None:
        run, index = self._shown.run, self._shown.inspected
        if run is None or index is None or index >= len(run.tape):
            self._inspector.set_title(say("window.inspector", "Inspector"))
            self._inspector.set_note("")
            return
        entry = run.tape[index]
        self._inspector.set_title(say("window.entry", "Entry"), f"{entry.label} — {entry.op.name}")
        span = entry.span
        line = say("window.line", "line {line}", line=span.line) if span else ""
        self._inspector.set_note(
            say("window.line-column", "line {line}, column {column}", line=span.line, column=span.column)
            if span
            else "",
            short=line,
        )

    def show_status(self) -> None:
        """Say what the last good run gave; nothing while another is worked out."""
        session, run = self._session, self._session.run
        if session.busy:
            self._status.setText("")
        elif session.problem is not None:
            old = say("window.picture-last-text-ran", "The picture is that of the last text that ran")
            self._status.setText(
                old
                if session.stale
                else say("window.stopped-halfway", "Stopped halfway")
                if run
                else say("window.nothing-show-yet", "Nothing to show yet")
            )
        elif run is not None:
            shape = getattr(run.value, "shape", ())
            kind = getattr(run.value, "dtype", "float64")
            self._status.setText(say("window.ready", "Ready · shape {shape} · {kind}", shape=tuple(shape), kind=kind))
