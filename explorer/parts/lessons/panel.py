"""The lesson panel: what is said at this moment, what is asked, what one answered, and how to go on.

Shows and asks; it knows no answers and no lesson.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.roles import give_role
from explorer.look.theme import Theme
from explorer.panels.small.worded import text_button, text_label
from explorer.parts.lessons.content import Content, marked_up, read_aloud


class LessonPanel(QWidget):
    """One moment at a time."""

    answered = Signal(str)
    tried = Signal(str)
    went_on = Signal()
    hint_requested = Signal()
    reveal_requested = Signal()
    way_requested = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lesson_panel")
        self.title = text_label("lesson_title", say("lessons.title", "Lesson"), "heading")
        self.progress = QProgressBar()
        self.progress.setObjectName("lesson_progress")
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.text = _prose("lesson_text", say("lessons.text", "What is there to see"))
        self.question = _prose("lesson_question", say("lessons.panel-question", "Question"), "strong")
        self.choices, self.tries = QWidget(), QWidget()
        for box, name in ((self.choices, "lesson_choices"), (self.tries, "lesson_tries")):
            box.setObjectName(name)
            QVBoxLayout(box).setContentsMargins(0, 0, 0, 0)
        self.field = QLineEdit()
        self.field.setObjectName("lesson_answer")
        self.field.setAccessibleName(say("lessons.panel-answer", "Your answer"))
        self.field.setToolTip(say("lessons.answer-tip", "A number, a list or a formula; Return checks it"))
        self.field.setPlaceholderText(say("lessons.answer-here", "Your answer, then Return"))
        self.field.returnPressed.connect(self._check)
        self.answers = _prose("lesson_answers", say("lessons.answers", "What you answered"))
        self.then = _prose("lesson_then", say("lessons.then", "What follows from it"))
        self.hints = _prose("lesson_hints", say("lessons.hints", "Hints"), "muted")
        self.waiting = _prose("lesson_waiting", say("lessons.waiting", "What to do"), "muted")
        self._make_buttons()
        self._arrange()
        self.content = Content()

    def _make_buttons(self) -> None:
        self.check = text_button(
            "lesson_check", say("lessons.check", "Check"), say("lessons.check-tip", "Check the answer (Return)"),
            self._check, "primary",
        )
        self.next = text_button(
            "lesson_next", say("lessons.next", "Next"), say("lessons.next-tip", "Go on (Alt+Return)"),
            self.went_on.emit, "primary",
        )
        self.way = text_button(
            "lesson_way", "", say("lessons.way-tip", "Go where the lesson goes on"), self.way_requested.emit, "primary"
        )
        self.way.setAccessibleName(say("lessons.way-tip", "Go where the lesson goes on"))
        self.hint = text_button(
            "lesson_hint", say("lessons.hint", "Hint"), say("lessons.hint-tip", "Show the next of three hints"),
            self.hint_requested.emit,
        )
        self.reveal = text_button(
            "lesson_reveal", say("lessons.show-answer", "Show answer"),
            say("lessons.show-answer-tip", "Show the answer, or pass over the task"), self.reveal_requested.emit,
        )
        self.leave = text_button(
            "lesson_leave", say("lessons.leave", "Leave"),
            say("lessons.leave-tip", "Leave the lesson; begin it again from the Help menu"), self.left.emit, "flat",
        )  # fmt: skip

    def _arrange(self) -> None:
        top, row = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignTop)
        for button in (self.check, self.next, self.way, self.hint, self.reveal):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(top)
        for widget in (
            self.progress, self.text, self.question, self.choices, self.field, self.answers, self.then, self.hints,
            self.tries, self.waiting,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addLayout(row)
        column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Everything takes its colours from the style sheet."""

    def show_content(self, content: Content) -> None:
        """Show a moment, or the same one further on; what is being typed stays."""
        before, self.content = self.content, content
        self.title.setText(content.title)
        self.progress.setRange(0, max(content.all, 1))
        self.progress.setValue(content.met)
        self.progress.setAccessibleName(
            say("lessons.progress", "{met} of {all} moments", met=content.met, all=content.all)
        )
        for label, text in (
            (self.text, content.text), (self.question, content.question), (self.waiting, content.waiting),
            (self.then, content.then), (self.hints, "\n".join(content.hints)),
        ):  # fmt: skip
            _write(label, text)
        _say_answers(self.answers, content.answers)
        _fill(self.choices, content.choices, self.answered.emit)
        _fill(self.tries, content.tries, self.tried.emit)
        self.way.setText(content.way)
        self.next.setText(content.next)
        for widget, shown in (
            (self.field, content.field), (self.check, content.field), (self.next, bool(content.next)),
            (self.way, bool(content.way)), (self.hint, content.more_hints), (self.reveal, content.reveal),
        ):  # fmt: skip
            widget.setVisible(shown)
        if content.question != before.question:
            self.field.clear()
        elif content.answers != before.answers:
            self.field.selectAll()  # so that the next answer takes the place of the wrong one

    def first_thing_to_do(self) -> QWidget:
        """What the keyboard goes to at this moment."""
        buttons = self.choices.findChildren(QPushButton)
        wanted = [self.field, *buttons[:1], self.next, self.way]
        return next((one for one in wanted if not one.isHidden()), self.leave)

    def _check(self) -> None:
        if self.field.text().strip():
            self.answered.emit(self.field.text())


_prose = partial(text_label, form=Qt.TextFormat.RichText)
"""A label for texts with marks."""


def _write(label: QLabel, text: str) -> None:
    label.setText(marked_up(text))
    label.setVisible(bool(text))
    label.setAccessibleDescription(read_aloud(text))


def _say_answers(label: QLabel, answers: Sequence[tuple[str, bool, str]]) -> None:
    lines = [
        say("lessons.you-said", "{sign} You said {answer}. {sentence}",
            sign="✓" if right else "✗", answer=answer, sentence=sentence)
        if answer
        else sentence
        for answer, right, sentence in answers
    ]  # fmt: skip
    _write(label, "\n".join(lines))
    give_role(label, "ok" if answers and answers[-1][1] else "error")


def _fill(box: QWidget, titles: Sequence[str], slot: Callable[[str], object]) -> None:
    """Buttons with these titles in the box; those that are there already stay, and keep the keyboard."""
    there = [button.text() for button in box.findChildren(QPushButton)]
    if there != list(titles):
        layout = box.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        for place, title in enumerate(titles, 1):
            layout.addWidget(text_button(f"{box.objectName()}_{place}", title, title, partial(slot, title)))
    box.setVisible(bool(titles))
