"""Undo for all that a person changes: text, values, watch switches, folding, and a document that replaced another.

The editor keeps the history of its text; here is only the order in which things of every kind were changed, and for
each of the others what there was before. Knows no widget but the editor.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QObject
from PySide6.QtGui import QAction

from explorer.model.document import Document
from explorer.panels.editor.editor import FunctionEditor
from explorer.parts.folding.part import Folding
from explorer.session import Choices, Session
from explorer.shown import ShownSignals

TOGETHER_MS = 900
"""Changes of one value that follow each other so closely are one: a slider that is pulled."""
MOST = 500


@dataclass(frozen=True)
class Change:
    """What was changed, and how it was before: nothing for a text, which the editor knows."""

    kind: str
    name: str = ""
    choices: Choices | None = None
    opened: frozenset[int] | None = None
    document: Document | None = None


class Undoing(QObject):
    """The changes that can be undone, and those that were."""

    def __init__(
        self,
        session: Session,
        shown: ShownSignals,
        editor: FunctionEditor,
        folding: Folding,
        document: Callable[[], Document],
        bring_back: Callable[[Document], object],
        actions: tuple[QAction, QAction],
    ) -> None:
        """`document` is all as it is now, and `bring_back` puts one on screen; `actions` are undo and redo."""
        super().__init__(editor)
        self._session, self._shown, self._editor, self._folding = session, shown, editor, folding
        self._document, self._bring_back = document, bring_back
        self._undo_action, self._redo_action = actions
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._working = False
        self._opened: frozenset[int] | None = None
        self._since = QElapsedTimer()
        editor.document().undoCommandAdded.connect(lambda: self._note(Change("text")))
        editor.undo_requested.connect(self.undo)
        editor.redo_requested.connect(self.redo)
        session.choosing.connect(self._note_choice)
        shown.timeline_changed.connect(self._follow_picture)
        shown.picture_changed.connect(self._note_folding)
        self._tell()

    def commands(self) -> dict[str, Callable[[], object]]:
        """By the name of an action what it does."""
        return {"undo": self.undo, "redo": self.redo}

    def note_document(self) -> None:
        """Another document is about to be shown; the history of the text ends with it."""
        if not self._working and self._editor.toPlainText().strip():
            self._done = [change for change in self._done if change.kind == "document"]
            self._note(Change("document", document=self._document()))

    def undo(self) -> None:
        """Take back what was changed last."""
        self._move(self._done, self._undone, self._editor.undo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._move(self._undone, self._done, self._editor.redo)

    def _move(self, source: list[Change], target: list[Change], text: Callable[[], None]) -> None:
        """Put back what the last change of `source` replaced, and keep in `target` what that replaces."""
        if not source:
            return
        change, self._working = source.pop(), True
        if change.kind == "text":
            text()
            target.append(change)
        elif change.choices is not None:
            target.append(Change("choice", choices=self._session.choices()))
            self._session.choose(change.choices)
        elif change.document is not None:
            target.append(Change("document", document=self._document()))
            self._bring_back(change.document)
        else:
            target.append(Change("folding", opened=self._opened))
            self._opened = change.opened
            self._folding.open_groups(change.opened)
        self._working = False
        self._since.invalidate()
        self._tell()

    def _note(self, change: Change) -> None:
        if not self._working:
            self._done = [*self._done[-MOST:], change]
            self._undone.clear()
            self._tell()

    def _note_choice(self, name: str) -> None:
        """A value or a switch is about to be another."""
        last = self._done[-1] if self._done else None
        close = self._since.isValid() and self._since.elapsed() < TOGETHER_MS
        self._since.start()
        if not (close and last is not None and last.kind == "choice" and last.name == name):
            self._note(Change("choice", name, self._session.choices()))

    def _follow_picture(self) -> None:
        """Another run: whatever is open there was not opened by hand."""
        self._opened = self._shown.picture.opened if self._shown.picture is not None else None

    def _note_folding(self) -> None:
        opened = self._shown.picture.opened if self._shown.picture is not None else None
        if opened != self._opened:
            before, self._opened = self._opened, opened
            self._note(Change("folding", opened=before))

    def _tell(self) -> None:
        self._undo_action.setEnabled(bool(self._done))
        self._redo_action.setEnabled(bool(self._undone))
