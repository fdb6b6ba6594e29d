"""The shortcut sheet: all keys, made from the table of actions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.basics.words import alternatives, say
from explorer.look.theme import mono
from explorer.panels.small.scrolled import scrolled
from explorer.window.actions import ACTIONS, MENUS, Row, shown_keys

Words = Sequence[tuple[str, str]]
"""Words of the field, each with what it means."""
_EXTRA = {
    "Run": (("Escape", say("window.leave-editor-keys-above", "Leave the editor, so that the keys above play")),),
    "Edit": (
        ("Tab", say("window.indent-shift-tab-other", "Indent; Shift+Tab the other way")),
        ("Enter", say("window.edit-value-input", "Edit the value of an input")),
    ),
    "View": (
        ("Shift+Arrows", say("window.walk-along-edges", "Walk along the edges")),
        ("Enter", say("window.unfold-selected-group", "Unfold the selected group")),
        ("Shift+Enter", say("window.fold-group-around", "Fold the group around it")),
        ("0", say("window.true-size-graph", "True size of the graph")),
        ("Wheel", say("window.move-graph-ctrl-zoom", "Move the graph; with Ctrl zoom")),
    ),
}


class ShortcutSheet(QDialog):
    """A dialog with one block for each menu, and below them the words; it scrolls where the screen is small."""

    def __init__(self, parent: QWidget | None = None, words: Words = ()) -> None:
        super().__init__(parent)
        self.setObjectName("shortcut_sheet")
        self.setWindowTitle(say("window.keyboard-shortcuts", "Keyboard shortcuts"))
        blocks = {menu: _rows(menu) for menu in MENUS}
        columns = (("Run", "Understand"), ("Marks", "Edit", "Help"), ("File", "View"))
        row = QHBoxLayout()
        row.setSpacing(40)
        for menus in columns:
            column = QVBoxLayout()
            column.setSpacing(20)
            for menu in menus:
                column.addLayout(_block(MENUS[menu], blocks[menu]))
            column.addStretch(1)
            row.addLayout(column)
        self._arrange(row, words)

    def _arrange(self, keys: QHBoxLayout, words: Words) -> None:
        page = QWidget()
        page.setObjectName("shortcut_page")
        column = QVBoxLayout(page)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(20)
        column.addLayout(keys)
        if words:
            column.addLayout(_glossary(words))
        self.area = scrolled(page)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        wanted, room = page.sizeHint(), self.screen().availableSize()
        self.resize(min(wanted.width() + 24, room.width() - 40), min(wanted.height() + 4, room.height() - 60))


def _glossary(words: Words) -> QGridLayout:
    """The words with what they mean."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(7)
    heading = QLabel(say("window.words", "Words").upper())
    heading.setProperty("role", "title")
    grid.addWidget(heading, 0, 0, 1, 2)
    for number, (word, meaning) in enumerate(words, 1):
        name, text = QLabel(word), QLabel(meaning)
        name.setProperty("role", "adjoint")
        text.setWordWrap(True)
        grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, number, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _rows(menu: str) -> list[tuple[str, str]]:
    found = [(alternatives(shown_keys(row)), row.title.rstrip("…")) for row in _with_keys(menu)]
    return found + list(_EXTRA.get(menu, ()))


def _with_keys(menu: str) -> list[Row]:
    return [row for row in ACTIONS if row.menu == menu and row.shortcut]


def _block(title: str, rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(7)
    heading = QLabel(title.upper())
    heading.setProperty("role", "title")
    grid.addWidget(heading, 0, 0, 1, 2)
    for number, (keys, what) in enumerate(rows, 1):
        label = QLabel(keys)
        label.setFont(mono(12.5))
        label.setProperty("role", "primal")
        grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(QLabel(what), number, 1)
    grid.setColumnStretch(1, 1)
    return grid
