"""The outline as a list: cells with a sign of how they agree with the notebook, functions and classes below them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.theme import mono
from explorer.parts.outline.work import Item, Verdict

_LINE, _CELL = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_SIGNS = {"same": "✓", "parts": "≠", "stopped": "!"}
_EMPTY = say("outline.empty", "The text has no cells, functions or classes.")


class OutlinePanel(QWidget):
    """Emits the line that is gone to, and the cell up to which the text is to run (0: all of it)."""

    line_chosen = Signal(int)
    end_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("outline")
        self._items: tuple[Item, ...] = ()
        self._verdicts: dict[int, Verdict] = {}
        self._end = 0
        self.list = QListWidget()
        self.list.setObjectName("outline_list")
        self.list.setAccessibleName(say("outline.outline", "Outline"))
        self.list.setToolTip(say("outline.list-hint", "Return or a click goes to the line"))
        self.list.setFont(mono(12))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.detail = QLabel()
        self.detail.setObjectName("outline_detail")
        self.detail.setAccessibleName(say("outline.detail", "What the cell says"))
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail.setProperty("role", "muted")
        self.up_to = self._button(
            "outline_up_to", say("outline.up-to-here", "Run up to this cell"),
            say("outline.up-to-hint", "Run the text up to the end of this cell; what follows is grey"),
        )  # fmt: skip
        self.whole = self._button(
            "outline_whole", say("outline.run-all", "Run all cells"), say("outline.all-hint", "Run the whole text")
        )
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.up_to)
        row.addWidget(self.whole)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 10)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)
        column.addWidget(self._buttons)
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)
        self.list.currentItemChanged.connect(lambda *_: self._show_detail())
        self.up_to.clicked.connect(lambda: self.end_chosen.emit(self.current_cell()))
        self.whole.clicked.connect(lambda: self.end_chosen.emit(0))
        self.show_items((), {}, 0)

    def _button(self, name: str, words: str, hint: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setToolTip(hint)
        button.setAccessibleName(words)
        button.setProperty("role", "flat")
        return button

    def show_items(self, items: Sequence[Item], verdicts: Mapping[int, Verdict], end: int) -> None:
        """Show these lines; cells behind the one that `end`s the run are grey (0: none is)."""
        shown = (tuple(items), dict(verdicts), end)
        if shown == (self._items, self._verdicts, self._end) and self.list.count():
            return
        self._items, self._verdicts, self._end = shown
        row = self.list.currentRow()
        self.list.clear()
        beyond = False
        for one in items:
            verdict = self._verdicts.get(one.cell) if one.cell else None
            sign = _SIGNS[verdict.word] if verdict else " "
            number = f"{sign} {one.cell:>2}  " if one.cell else "      " if any(each.cell for each in items) else ""
            item = QListWidgetItem(number + "  " * max(one.depth - 1, 0) + one.title)
            item.setData(_LINE, one.line)
            item.setData(_CELL, one.cell)
            item.setToolTip(verdict.told if verdict else one.title)
            if beyond:
                item.setForeground(self.palette().placeholderText())
            beyond = beyond or bool(end) and one.cell == end
            self.list.addItem(item)
        if not items:
            item = QListWidgetItem(_EMPTY)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self._buttons.setVisible(any(one.cell for one in items))
        self.whole.setEnabled(bool(end))
        self._show_detail()

    def current_cell(self) -> int:
        """The number of the cell in which the chosen line is; 0 where there is none."""
        row = self.list.currentRow()
        return next((one.cell for one in reversed(self._items[: row + 1]) if one.cell), 0)

    def choose(self, row: int) -> None:
        """Choose a line of the outline."""
        self.list.setCurrentRow(row)

    def _show_detail(self) -> None:
        verdict = self._verdicts.get(self.current_cell())
        text = verdict.told if verdict else ""
        self.detail.setText(text if len(text) <= 600 else text[:600] + "…")
        self.detail.setVisible(bool(text))
        self.up_to.setEnabled(bool(self.current_cell()))

    def _go(self, item: QListWidgetItem) -> None:
        line = item.data(_LINE)
        if line:
            self.line_chosen.emit(line)
