"""The quiz panel: a question, a field for the answer, what was wrong with it, hints, and the score so far.

Shows and asks; it knows no answers.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from core.basics.words import say, sentences
from explorer.look.roles import give_role
from explorer.look.theme import Theme
from explorer.look.wording import unquoted
from explorer.panels.small.menu_button import menu_button
from explorer.panels.small.worded import text_button, text_label

HINTS = 3
_EVERYTHING = say("quiz.everything", "everything")


class QuizPanel(QWidget):
    """One question at a time."""

    answered = Signal(str)
    hint_requested = Signal()
    reveal_requested = Signal()
    next_requested = Signal()
    stop_requested = Signal()
    kind_chosen = Signal(str)
    """What to ask for: the name of a kind, or "" for all."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("quiz_panel")
        self._kinds = kinds
        self.choice = self._choice()
        self.question = text_label("quiz_question", say("quiz.question", "Question"))
        self.question.setStyleSheet("font-size: 14px")
        self.answer = QLineEdit()
        self.answer.setObjectName("quiz_answer")
        self.answer.setAccessibleName(say("quiz.answer", "Your answer"))
        self.answer.setPlaceholderText(say("quiz.such-6-1-2", "such as 6, [1, 2] or v3 * w2"))
        self.answer.setToolTip(
            say(
                "quiz.type-number-list-expression",
                "Type a number, a list, or an expression in the names that are known; Return checks it",
            )
        )
        self.answer.returnPressed.connect(self._check)
        self.feedback = text_label("quiz_feedback", say("quiz.feedback", "Feedback"))
        self.hints = text_label("quiz_hints", say("quiz.hints", "Hints"), "muted")
        self.score = text_label("quiz_score", say("quiz.score-2", "Score"), "muted")
        self.check = text_button(
            "quiz_check",
            say("quiz.check", "Check"),
            say("quiz.check-answer-return", "Check the answer (Return)"),
            self._check,
            "primary",
        )
        self.hint = text_button(
            "quiz_hint",
            say("quiz.hint", "Hint"),
            say("quiz.show-next-three-hints", "Show the next of three hints"),
            self.hint_requested.emit,
        )
        self.reveal = text_button(
            "quiz_reveal",
            say("quiz.reveal", "Reveal"),
            say("quiz.show-answer-counts-not", "Show the answer; it counts as not known"),
            self._reveal,
        )
        self.next = text_button(
            "quiz_next",
            say("quiz.next-question", "Next question"),
            say("quiz.ask-next-question", "Ask the next question"),
            self._next,
            "primary",
        )
        self.stop = text_button(
            "quiz_stop",
            say("quiz.stop", "Stop"),
            say("quiz.end-quiz-show-everything", "End the quiz and show everything again"),
            self._stop,
            "flat",
        )
        self._arrange()
        self.show_nothing(say("quiz.press-q-asked-comes", "Press Q to be asked what comes next."))

    def _choice(self) -> QToolButton:
        button, menu = menu_button("quiz_kind", say("quiz.asked", "What to be asked for")), QMenu(self)
        for kind, title in {"": _EVERYTHING, **self._kinds}.items():
            action = menu.addAction(_headed(title))
            action.triggered.connect(lambda _=False, kind=kind: self._choose(kind))
        button.setMenu(menu)
        button.setText(f"{_headed(_EVERYTHING)} ▾")
        return button

    def _choose(self, kind: str) -> None:
        title = self._kinds.get(kind, _EVERYTHING)
        self.choice.setText(f"{_headed(title)} ▾")
        self.kind_chosen.emit(kind)

    def _arrange(self) -> None:
        top, row = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.choice)
        top.addStretch(1)
        top.addWidget(self.stop)
        for button in (self.check, self.hint, self.reveal, self.next):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 6)
        column.setSpacing(8)
        column.addLayout(top)
        for widget in (self.question, self.answer, self.feedback):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.hints)
        column.addStretch(1)
        column.addWidget(self.score)

    def set_theme(self, theme: Theme) -> None:
        """Everything takes its colours from the style sheet."""

    def show_question(self, text: str) -> None:
        """Ask."""
        self.question.setText(text)
        self.answer.clear()
        self.answer.setEnabled(True)
        self.show_feedback("", None)
        self.show_hints([])
        self._buttons(asking=True)
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_feedback(self, sentence: str, right: bool | None, misconception: str = "") -> None:
        """Say whether the answer was right; `right` None: neither."""
        sign = {True: "✓ ", False: "✗ ", None: ""}[right]
        named = (
            say("quiz.looks-like", "It looks like: {misconception}.", misconception=misconception)
            if misconception
            else ""
        )
        _say(self.feedback, sign + sentences(named, sentence), {True: "ok", False: "error", None: "text"}[right])

    def show_hints(self, hints: list[str]) -> None:
        """Show the hints so far."""
        _say(
            self.hints,
            "\n".join(
                say("quiz.hint-number", "Hint {place}: {hint}", place=place, hint=hint)
                for place, hint in enumerate(hints, 1)
            ),
            "muted",
        )
        self.hint.setText(
            say("quiz.hint-of", "Hint {place} of {number}", place=len(hints) + 1, number=HINTS)
            if len(hints) < HINTS
            else say("quiz.no-more-hints", "No more hints")
        )
        self.hint.setEnabled(len(hints) < HINTS)

    def show_solved(self) -> None:
        """The answer is out: offer the next question."""
        self._buttons(asking=False)
        self.answer.setEnabled(False)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_nothing(self, sentence: str) -> None:
        """No question is open."""
        self.question.setText(sentence)
        for widget in (self.answer, self.check, self.hint, self.reveal, self.next, self.stop):
            widget.hide()
        _say(self.feedback, "", "text")
        _say(self.hints, "", "muted")

    def show_score(self, text: str) -> None:
        """Show the score so far."""
        _say(self.score, text, "muted")

    def _buttons(self, asking: bool) -> None:
        for widget in (self.answer, self.stop):
            widget.show()
        for button in (self.check, self.hint, self.reveal):
            button.setVisible(asking)
        self.next.setVisible(not asking)

    def _reveal(self) -> None:
        self.reveal_requested.emit()

    def _next(self) -> None:
        self.next_requested.emit()

    def _stop(self) -> None:
        self.stop_requested.emit()

    def _check(self) -> None:
        if self.answer.text().strip():
            self.answered.emit(self.answer.text())


def _say(label: QLabel, text: str, role: str) -> None:
    label.setText(unquoted(text))
    label.setVisible(bool(text))
    label.setAccessibleDescription(text)
    give_role(label, role)


def _headed(title: str) -> str:
    """With a capital letter."""
    return title[:1].upper() + title[1:]
