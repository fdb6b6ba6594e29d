"""The inputs panel: a table with a value editor, a slider and a watch switch for each input."""

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.roles import give_role
from explorer.look.theme import Theme
from explorer.panels.inputs.delegate import InputDelegate
from explorer.panels.inputs.model import DIRECTION, NAME, SLIDER, VALUE, WATCH, InputModel, InputRow, slider_value

_HINT = say("inputs.type-numbers-vectors-matrices", "Type numbers, vectors or matrices: [[1,\xa02],\xa0[3,\xa04]]")
_ROOM_FOR_HINT = 150
_VALUE_WIDTH = 66


class InputsPanel(QWidget):
    """The table, and a sentence under it."""

    def __init__(self) -> None:
        super().__init__()
        self.model = InputModel(self)
        self.table = InputTable(self.model)
        self._hint = QLabel(_HINT)
        self._hint.setObjectName("input_hint")
        self._hint.setAccessibleName(say("inputs.about-inputs", "About the inputs"))
        self._hint.setWordWrap(True)
        self._hint.setContentsMargins(12, 6, 12, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._hint)
        self._problem = self._note = ""
        self.model.refused.connect(self.show_problem)
        self.show_problem("")
        self.show_mode("reverse")

    def show_inputs(self, rows: list[InputRow]) -> None:
        """Show these inputs; an array has the place of the slider for its text."""
        self.model.show_inputs(rows)
        self._note = " ".join(row.note for row in rows if row.note)
        self.show_problem("")  # a value that was refused is past
        self.table.clearSpans()
        for number in range(len(rows)):
            if self.model.scalar_range(number) is None:
                self.table.setSpan(number, VALUE, 1, 2)

    def show_mode(self, mode: str) -> None:
        """In forward mode each input has a direction in place of its watch switch."""
        self.table.setColumnHidden(WATCH, mode == "forward")
        self.table.setColumnHidden(DIRECTION, mode != "forward")

    def show_problem(self, sentence: str) -> None:
        """Say why a value was not taken; nothing brings back the hint."""
        self._problem = sentence
        self._show_sentence()
        if sentence and (layout := self.layout()) is not None:
            layout.activate()  # the table is as high as the sentence leaves it
            self.table.scrollTo(self.table.currentIndex())

    def _show_sentence(self) -> None:
        """A problem, else what is to be said of the switches, else the hint."""
        self._hint.setText(self._problem or self._note or _HINT)
        self._make_room()
        give_role(self._hint, "error" if self._problem else "warning" if self._note else "muted")

    def _make_room(self) -> None:
        """The hint goes where the table needs its place; what is said stays."""
        self._hint.setVisible(bool(self._problem or self._note) or self.height() >= _ROOM_FOR_HINT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.table.set_theme(theme)


class InputTable(QTableView):
    """The table of inputs; in its slider column + and - and the arrow keys change the value."""

    def __init__(self, model: InputModel) -> None:
        super().__init__()
        self.setObjectName("input_table")
        self.setAccessibleName(say("inputs.inputs", "Inputs"))
        self.setToolTip(
            say(
                "inputs.inputs-type-value-drag",
                "The inputs: type a value, drag its slider, switch whether it is watched",
            )
        )
        self.setModel(model)
        self._inputs = model
        self._painter = InputDelegate(self)
        self.setItemDelegate(self._painter)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.clicked.connect(self._edit_value)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self._size_columns()

    def _size_columns(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(30)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(NAME, 62)
        self.setColumnWidth(WATCH, 56)
        self.setColumnWidth(DIRECTION, 76)
        self.setColumnWidth(SLIDER, 108)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The slider is what can be shorter."""
        super().resizeEvent(event)
        rest = self.viewport().width() - self.columnWidth(NAME) - self.columnWidth(WATCH) - _VALUE_WIDTH
        self.setColumnWidth(SLIDER, min(max(rest, 50), 108))

    def _edit_value(self, index: QModelIndex) -> None:
        if index.column() in (VALUE, DIRECTION):
            self.edit(index)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._painter.theme = theme
        self.viewport().update()

    def keys_of_slider(self, key: int) -> int:
        """How many notches a key moves the slider that the table stands on; 0: none."""
        if self.currentIndex().column() != SLIDER:
            return 0
        notches = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Minus: -1}
        return (notches | {Qt.Key.Key_Left: -1}).get(Qt.Key(key), 0)

    def nudge(self, row: int, notches: int) -> None:
        """Move the slider of a row by hundredths of its range."""
        reach = self._inputs.scalar_range(row)
        if reach is not None:
            share = (float(self._inputs.row(row).value) - reach[0]) / (reach[1] - reach[0])
            self._inputs.request_value(row, slider_value(share + notches / 100, reach))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins at a value: that is what one comes for."""
        super().focusInEvent(event)
        current = self.currentIndex()
        if self._inputs.rowCount() and (not current.isValid() or current.column() == NAME):
            self.setCurrentIndex(self._inputs.index(max(current.row(), 0), VALUE))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Left and Right go between the value and the switch beside it."""
        aside = {QAbstractItemView.CursorAction.MoveLeft: VALUE, QAbstractItemView.CursorAction.MoveRight: WATCH}
        column = aside.get(action)
        if column == WATCH and self.isColumnHidden(WATCH):
            column = DIRECTION
        if column is None:
            return super().moveCursor(action, modifiers)
        return self._inputs.index(max(self.currentIndex().row(), 0), column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            self._edit_value(self.currentIndex())
            return
        notches = self.keys_of_slider(event.key())
        if notches:
            self.nudge(self.currentIndex().row(), notches)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        """Keys that the table needs for itself while its cell can use them."""
        if self.keys_of_slider(event.key()):
            return True
        column = self.currentIndex().column()
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return True
        typed = event.text().strip() != "" and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return (column in (VALUE, DIRECTION) and typed) or (column == WATCH and event.key() == Qt.Key.Key_Space)
