"""A slim bar at the top of the window that says one thing and offers up to two answers; never in the way."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from core.basics.words import say
from explorer.look.wording import unquoted

SECONDS_SHOWN = 8


class Notice(QFrame):
    """Hidden until there is something to say; what asks for no answer leaves by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.quiet = False
        """Before an audience nothing is said."""
        self.setProperty("role", "panel")
        self.label = QLabel()
        self.label.setObjectName("notice_label")
        self.label.setAccessibleName(say("small.notice", "Notice"))
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self._answer = QPushButton()
        self._answer.setObjectName("notice_answer")
        self._answer.clicked.connect(self._accept)
        close = QPushButton(say("small.dismiss", "Dismiss"))
        close.setObjectName("notice_dismiss")
        close.setProperty("role", "flat")
        close.setToolTip(say("small.close-sentence", "Close this sentence"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.addWidget(self.label, 1)
        row.addWidget(self._answer)
        row.addWidget(close)
        self._on_answer: Callable[[], object] | None = None
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.setInterval(SECONDS_SHOWN * 1000)
        self._leaving.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, answer: str = "", on_answer: Callable[[], object] | None = None) -> None:
        """Show a sentence, and where `answer` is given a button that does `on_answer`."""
        text = unquoted(text)
        self.label.setText(text)
        self._answer.setText(answer)
        self._answer.setToolTip(f"{text} {answer}".strip())
        self._answer.setVisible(bool(answer))
        self._on_answer = on_answer
        self.setVisible(not self.quiet)
        self._leaving.stop()
        if not answer:
            self._leaving.start()

    def _accept(self) -> None:
        self.hide()
        if self._on_answer is not None:
            self._on_answer()
