"""The choice of a pass: "pass 3 of 5,000", under the text of a loop that trains. Knows numbers, no runs."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QToolButton, QWidget

from core.basics.words import say
from explorer.panels.small.menu_button import menu_button, new_menu

_WORDS = {
    "first": say("editor.first-pass", "The first pass"),
    "last": say("editor.last-pass", "The last pass"),
    "after": say("editor.after-the-loop", "What follows the loop"),
    "all": say("editor.through-all-passes", "Through all passes"),
}
_HINTS = {
    "after": say("editor.after-hint", "The output after the loop, with what the loop changes as it is then"),
    "all": say("editor.all-hint", "One tape of all passes: how the output depends on where the loop began"),
}


class PassChoice(QWidget):
    """Emits the pass that is chosen: its number, "after" or "all"; hidden where there is nothing to choose."""

    pass_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pass_choice")
        self._title = QLabel(say("editor.pass", "Pass"))
        self.number = QSpinBox()
        self.number.setObjectName("pass_number")
        self.number.setAccessibleName(say("editor.pass-of-loop", "Pass of the loop"))
        self.number.setToolTip(
            say("editor.pass-hint", "Which pass of the loop is shown; what the loop changes is constant in a pass")
        )
        self.number.setKeyboardTracking(False)
        self.number.setGroupSeparatorShown(True)
        self.before = self._step("pass_before", "‹", say("editor.pass-before", "The pass before"), -1)
        self.next = self._step("pass_next", "›", say("editor.pass-next", "The next pass"), 1)
        self._count = QLabel()
        self.button: QToolButton = menu_button("pass_button", say("editor.other-passes", "The last pass, and others"))
        self.button.setText("▾")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 2)
        row.setSpacing(6)
        for part in (self._title, self.before, self.number, self.next, self._count):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.button)
        self.number.valueChanged.connect(self.pass_chosen.emit)
        self.hide()

    def _step(self, name: str, sign: str, words: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(sign)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same in the number
        button.setStyleSheet("QToolButton { padding: 2px 6px }")
        button.clicked.connect(lambda: self.number.stepBy(by))
        return button

    def show_passes(self, at: int | str, count: int, line: int, has_after: bool) -> None:
        """Show which of `count` passes is looked at; `at` is its number, "after" or "all"."""
        inside = isinstance(at, int)
        self._title.setText(say("editor.pass", "Pass") if inside else _WORDS[str(at)])
        self._title.setToolTip(say("editor.loop-in-line", "The loop in line {line}", line=line))
        with QSignalBlocker(self.number):
            self.number.setRange(1, count)
            if isinstance(at, int):
                self.number.setValue(at)
        for part in (self.before, self.number, self.next):
            part.setVisible(inside)
        self.before.setEnabled(at != 1)
        self.next.setEnabled(at != count)
        self._count.setText(say("editor.of-passes", "of {count:,}", count=count) if inside else "")
        menu = new_menu(self.button)
        menu.setToolTipsVisible(True)
        for word, value in (("first", 1), ("last", count), ("after", "after"), ("all", "all")):
            if word == "after" and not has_after:
                continue
            action = menu.addAction(_WORDS[word])
            action.setToolTip(_HINTS.get(word, ""))
            action.setCheckable(True)
            action.setChecked(at == value)
            action.triggered.connect(lambda _=False, value=value: self.pass_chosen.emit(value))
        self.show()

    def show_none(self) -> None:
        """There is no loop that trains."""
        self.hide()

    def controls(self) -> list[QWidget]:
        """What takes the keyboard."""
        return [self.number, self.button]
