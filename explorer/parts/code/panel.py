"""The page of derivative code: the text, how to copy it and how to take it elsewhere."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.theme import Theme
from explorer.panels.small.menu_button import menu_button
from explorer.parts.code.code_view import CodeView

DIALECTS = {"numpy": "NumPy", "tensorflow": "TensorFlow", "pytorch": "PyTorch"}


class CodePanel(QWidget):
    """Both sweeps as Python; a click on a line asks for its entry."""

    line_chosen = Signal(int)
    export_requested = Signal(str)
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("code_panel")
        self.view = CodeView()
        self.setFocusProxy(self.view)
        self.view.line_chosen.connect(self.line_chosen)
        self._problem = QLabel()
        self._problem.setObjectName("code_problem")
        self._problem.setProperty("role", "muted")
        self._problem.setWordWrap(True)
        self._problem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.copy = QPushButton(say("code.copy", "Copy"))
        self.copy.setObjectName("code_copy")
        self.copy.setToolTip(say("code.copy-whole-text", "Copy the whole text"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.view.toPlainText()))
        self.export = menu_button(
            "code_export",
            say("code.write-script-gives-same", "Write a script that gives the same numbers elsewhere (Ctrl+Shift+E)"),
        )
        self.export.setText(say("code.export", "Export as ▾"))
        menu = QMenu(self)
        for name, title in DIALECTS.items():
            action = menu.addAction(say("code.script", "{title} script…", title=title))
            action.triggered.connect(lambda _=False, name=name: self.export_requested.emit(name))
        self.export.setMenu(menu)
        self._arrange()
        self.show_code("", say("code.nothing-write-down-yet", "There is nothing to write down yet."))

    def _arrange(self) -> None:
        row = QHBoxLayout()
        told = QLabel(say("code.click-line-select-node", "Click a line to select its node"))
        told.setProperty("role", "muted")
        row.addWidget(told)
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 4)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        column.addWidget(self._problem, 1)

    def show_code(self, text: str, problem: str = "") -> None:
        """Show a text, or why there is none."""
        self.view.show_text(text)
        self._problem.setText(problem)
        self.view.setVisible(not problem)
        self._problem.setVisible(bool(problem))
        for button in (self.copy, self.export):
            button.setEnabled(not problem)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.view.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
