"""The break-it panel: a choice of mistakes, what the chosen one does, and right and wrong adjoints side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.basics.words import say
from core.mistakes import CHANGE_TITLES, Comparison, Mistake
from explorer.look.theme import Theme
from explorer.look.wording import unquoted
from explorer.panels.small.menu_button import menu_button, new_menu
from explorer.parts.mistakes.comparison_model import ENTRY, MARK, RIGHT, WRONG, ComparisonModel

_NOTHING = say(
    "mistakes.choose-mistake-see-reverse",
    "Choose a mistake to see what the reverse sweep makes of it, and why the rule is as it is.",
)


class MistakesPanel(QWidget):
    """Asks for a mistake to be made, or for the right sweep to be shown again."""

    mistake_chosen = Signal(object)
    entry_chosen = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mistakes_panel")
        self.choice = menu_button(
            "mistake_choice", say("mistakes.mistake-make-purpose", "Which mistake to make on purpose")
        )
        self.choice.setText(say("mistakes.choose-mistake", "Choose a mistake ▾"))
        self.leave = QPushButton(say("mistakes.back", "Back"))
        self.leave.setObjectName("mistake_leave")
        self.leave.setToolTip(say("mistakes.show-right-sweep-again", "Show the right sweep again (Backspace)"))
        self.leave.clicked.connect(self.left)
        self.title = QLabel()
        self.title.setObjectName("mistake_title")
        self.title.setAccessibleName(say("mistakes.mistake", "The mistake"))
        self.title.setStyleSheet("font-weight: 600")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.sentence = QLabel(_NOTHING)
        self.sentence.setObjectName("mistake_sentence")
        self.sentence.setAccessibleName(say("mistakes.mistake-2", "What the mistake does"))
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.model = ComparisonModel(self)
        self.table = self._table()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 4)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.choice)
        row.addStretch(1)
        row.addWidget(self.leave)
        column.addLayout(row)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self.show_right()

    def _table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("comparison_table")
        table.setToolTip(
            say("mistakes.adjoints-right-sweep-beside", "The adjoints of the right sweep beside those of the wrong one")
        )
        table.setAccessibleName(say("mistakes.right-wrong-adjoints", "Right and wrong adjoints"))
        table.setModel(self.model)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(26)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(24)
        for place in (ENTRY, RIGHT, WRONG):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(MARK, 38)
        table.clicked.connect(self._choose)
        table.activated.connect(self._choose)
        return table

    def _choose(self, index: QModelIndex) -> None:
        self.entry_chosen.emit(self.model.entry(index.row()))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.model.theme = theme
        self.table.viewport().update()

    def show_mistakes(self, mistakes: Sequence[Mistake]) -> None:
        """Offer these mistakes; wrong rules are put together by operation."""
        menu, parts = new_menu(self.choice), dict[str, QMenu]()
        for mistake in mistakes:
            if mistake.kind == "wrong rule":
                if not parts:
                    menu.addSeparator()
                if mistake.op not in parts:
                    parts[mistake.op] = menu.addMenu(say("mistakes.wrong-rule-2", "Wrong rule for {op}", op=mistake.op))
                action = parts[mistake.op].addAction(_headed(CHANGE_TITLES[mistake.change]))
            else:
                action = menu.addAction(mistake.title[:1].upper() + mistake.title[1:])
            action.triggered.connect(lambda _=False, mistake=mistake: self.mistake_chosen.emit(mistake))
        self.choice.setEnabled(bool(mistakes))

    def show_wrong(
        self, title: str, sentence: str, rows: tuple[Comparison, ...], labels: tuple[str, ...], first: int | None
    ) -> None:
        """Show what a mistake does, beside what is right."""
        self.choice.setText(say("mistakes.another-mistake", "Another mistake ▾"))
        self.title.setText(f"✗ {title[:1].upper()}{title[1:]}")
        self.title.show()
        self.sentence.setText(unquoted(sentence))
        self.model.show_rows(rows, labels, first)
        self.table.show()
        self.leave.show()
        if (row := self.model.row_of_first()) is not None and (layout := self.layout()) is not None:
            layout.activate()  # the table is as high as the sentence leaves it
            self.table.scrollTo(self.model.index(row, ENTRY))

    def show_right(self) -> None:
        """Nothing is broken."""
        self.choice.setText(say("mistakes.choose-mistake", "Choose a mistake ▾"))
        self.title.hide()
        self.sentence.setText(_NOTHING)
        self.model.show_rows((), (), None)
        self.table.hide()
        self.leave.hide()
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)


def _headed(title: str) -> str:
    """With a capital letter."""
    return title[:1].upper() + title[1:]
