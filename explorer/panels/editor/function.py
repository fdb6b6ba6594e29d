"""The function panel: the editor, under it what was printed, and the one sentence that says what is wrong."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.basics.span import Span
from core.basics.words import say
from explorer.look.roles import give_role
from explorer.look.wording import unquoted
from explorer.panels.editor.editor import FunctionEditor
from explorer.panels.editor.passes import PassChoice
from explorer.panels.editor.printed import PrintedStrip

_HINT = say("editor.marked-text-operation-step", "The marked text is the operation of this step.")
_ROOM_FOR_HINT = 200


class FunctionPanel(QWidget):
    """The editor with its sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.editor = FunctionEditor()
        self.passes = PassChoice()
        self.printed = PrintedStrip()
        self._label = QLabel(_HINT)
        self._label.setObjectName("problem_label")
        self._label.setAccessibleName(say("editor.problem", "Problem"))
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setContentsMargins(12, 6, 12, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.editor, 1)
        column.addWidget(self.passes)
        column.addWidget(self.printed)
        column.addWidget(self._label)
        give_role(self._label, "muted")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()

    def _make_room(self) -> None:
        """The hint goes where the text needs its place; a problem stays."""
        self._label.setVisible(self._label.text() != _HINT or self.height() >= _ROOM_FOR_HINT)

    def show_run(self, printed: str, skipped: Sequence[Span], passed_over: Sequence[tuple[Span, str]] = ()) -> None:
        """Show what a run printed, and grey what it did not enter, and the lines that were passed over for a reason."""
        self.printed.show_printed(printed)
        self.editor.mark_skipped((*skipped, *(span for span, _ in passed_over)), dict(passed_over))

    def show_problem(self, sentence: str, span: Span | None, role: str = "error") -> None:
        """Say what is wrong, or with `role` "warning" what is strange, and underline it; "" says all is well."""
        sentence = unquoted(sentence)
        self._label.setText(sentence or _HINT)
        self._make_room()
        self._label.setAccessibleDescription(sentence)
        give_role(self._label, role if sentence else "muted")
        self.editor.mark_problem(span if sentence else None)

