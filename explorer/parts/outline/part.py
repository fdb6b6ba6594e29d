"""Keeps the outline that of the text, jumps to its lines, and runs a notebook up to the cell that is chosen."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QTimer

from core.basics.words import say
from explorer.desk import Desk
from explorer.model.document import Document
from explorer.panels.editor.editor import FunctionEditor
from explorer.parts.outline.panel import OutlinePanel
from explorer.parts.outline.work import Verdict, end_of_cell, items, verdicts
from explorer.parts.part import Commands, Part
from explorer.places import Places
from explorer.session import Session

JOB = "cells"


class Outline(Part):
    """What the notebook said is kept with the document; how ours agrees is worked out after each run."""

    def __init__(self, session: Session, desk: Desk, places: Places, editor: FunctionEditor) -> None:
        super().__init__()
        self._session, self._desk, self._places, self._editor = session, desk, places, editor
        self._outputs: dict[int, str] = {}
        self._verdicts: Mapping[int, Verdict] = {}
        self._end = 0
        self.panel = OutlinePanel()
        self.dock = places.dock("outline", say("outline.outline", "Outline"), self.panel)
        self.panel.line_chosen.connect(self._go_to)
        self.panel.end_chosen.connect(self.run_up_to)
        self.dock.visibilityChanged.connect(lambda shown: self._show() if shown else None)
        editor.textChanged.connect(self._show_if_seen)
        session.changed.connect(self._judge)

    def commands(self) -> Commands:
        return {"outline": self.open}

    def open(self) -> None:
        """Show the outline, and let the keyboard go there."""
        self._show()
        self._places.bring_forward(self.dock, self.panel.list)

    def asked(self, text: str) -> str:
        last = end_of_cell(text, self._end) if self._end else 0
        self._editor.mark_beyond(last)
        return "\n".join(text.split("\n")[:last]) + "\n" if last else text

    def run_up_to(self, cell: int) -> None:
        """Run the text up to the end of this cell, or with 0 all of it."""
        if cell != self._end:
            self._end = cell
            self._session.set_text(self.asked(self._editor.toPlainText()))
            self._show()

    def add_to(self, document: Document) -> Document:
        return replace(document, outputs=dict(self._outputs))

    def restore(self, document: Document) -> None:
        self._outputs, self._verdicts, self._end = dict(document.outputs), {}, 0
        self._show()
        if any(one.cell for one in items(document.text)):
            QTimer.singleShot(0, self.dock, self._come_forward)  # the window may not be shown yet

    def _come_forward(self) -> None:
        self._places.bring_forward(self.dock)

    def _show_if_seen(self) -> None:
        if self.panel.isVisible():
            self._show()

    def _show(self) -> None:
        self.panel.show_items(items(self._editor.toPlainText()), self._verdicts, self._end)

    def _judge(self) -> None:
        """Hold what the cells say against what the notebook says, where it says something."""
        run = self._session.run
        if run is None or not self._outputs:
            return
        program, outputs, point = run.program.whole, dict(self._outputs), self._session.point()
        words = say("outline.comparing", "comparing with the notebook")
        self._desk.submit(
            JOB, lambda work: verdicts(program, outputs, point, work.budget), self._take, words, 0.0
        )

    def _take(self, found: dict[int, Verdict]) -> None:
        self._verdicts = found
        self._show()

    def _go_to(self, line: int) -> None:
        self._editor.show_line(line)
