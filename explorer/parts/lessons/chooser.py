"""The sheet from which a lesson is chosen: all in their order, with those that were finished.

Nothing is locked. Knows titles, and nothing of what is in a lesson.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.basics.words import say, say_many
from core.lessons.lesson import Head


class Listed(NamedTuple):
    """A lesson in the list, and whether it was walked to its end."""

    head: Head
    finished: bool


class LessonsSheet(QDialog):
    """A list to choose from. Signal: `chosen` (the id of a lesson)."""

    chosen = Signal(str)

    def __init__(self, lessons: Sequence[Listed], current: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessons_sheet")
        self.setWindowTitle(say("lessons.lessons", "Lessons"))
        self._lessons = list(lessons)
        self.list = QListWidget()
        self.list.setObjectName("lessons_list")
        self.list.setAccessibleName(say("lessons.lessons", "Lessons"))
        self.after = QLabel()
        self.after.setObjectName("lessons_after")
        self.after.setWordWrap(True)
        self.after.setMinimumHeight(44)
        self.after.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox()
        self.begin = buttons.addButton(say("lessons.begin", "Begin"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.begin.setProperty("role", "primary")
        buttons.addButton(say("lessons.close", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        for widget in (QLabel(_invitation(self._lessons)), self.list, self.after, buttons):
            column.addWidget(widget)
        self.list.currentRowChanged.connect(self._describe)
        self.list.itemActivated.connect(lambda _: self._choose())
        for lesson in self._lessons:
            self.list.addItem(QListWidgetItem(_line(lesson)))
        self.list.setCurrentRow(_first(self._lessons, current))
        self.resize(560, 560)

    def _describe(self, row: int) -> None:
        if 0 <= row < len(self._lessons):
            self.after.setText(self._lessons[row].head.after)

    def _choose(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._lessons):
            self.accept()
            self.chosen.emit(self._lessons[row].head.id)


def _line(lesson: Listed) -> str:
    return say(
        "lessons.line",
        "{sign} {title} · {minutes}",
        sign="✓" if lesson.finished else "    ",
        title=f"{lesson.head.number}. {lesson.head.title}" if lesson.head.number else lesson.head.title,
        minutes=say_many("lessons.in-minutes", "{count} minute", "{count} minutes", lesson.head.minutes),
    )


def _invitation(lessons: Sequence[Listed]) -> str:
    finished = sum(lesson.finished for lesson in lessons)
    if not finished:
        return say("lessons.begin-anywhere", "Begin anywhere: nothing is locked, and you can leave at any moment.")
    return say("lessons.finished-of", "{finished} of {all} finished.", finished=finished, all=len(lessons))


def _first(lessons: Sequence[Listed], current: str) -> int:
    """The lesson that is open; else the first that is not finished."""
    for row, lesson in enumerate(lessons):
        if lesson.head.id == current or not current and not lesson.finished:
            return row
    return 0
