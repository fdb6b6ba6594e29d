"""The function panel: the editor, and under it the one sentence that says what is wrong or what is marked."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.span import Span
from explorer.panels.editor import FunctionEditor

_HINT = "The marked text is the operation of this step."
_ROOM_FOR_HINT = 200


class FunctionPanel(QWidget):
    """The editor with its sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.editor = FunctionEditor()
        self._label = QLabel(_HINT)
        self._label.setObjectName("problem_label")
        self._label.setAccessibleName("Problem")
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setContentsMargins(12, 6, 12, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.editor, 1)
        column.addWidget(self._label)
        self._set_role("muted")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()

    def _make_room(self) -> None:
        """The hint goes where the text needs its place; a problem stays."""
        self._label.setVisible(self._label.text() != _HINT or self.height() >= _ROOM_FOR_HINT)

    def show_problem(self, sentence: str, span: Span | None, role: str = "error") -> None:
        """Say what is wrong, or with `role` "warning" what is strange, and underline it; "" says all is well."""
        self._label.setText(sentence or _HINT)
        self._make_room()
        self._label.setAccessibleDescription(sentence)
        self._set_role(role if sentence else "muted")
        self.editor.mark_problem(span if sentence else None)

    def _set_role(self, role: str) -> None:
        if self._label.property("role") != role:
            self._label.setProperty("role", role)
            self._label.style().unpolish(self._label)
            self._label.style().polish(self._label)
