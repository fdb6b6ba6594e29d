"""The inputs as a table model: name, value, slider, watch switch; it emits requests and changes nothing."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from core.basics.words import say
from explorer.model.curve import sensible_range
from explorer.model.values import Value, beginning, format_value, parse_value

NAME, VALUE, SLIDER, WATCH, DIRECTION = range(5)
TITLES = (
    say("inputs.input", "input"),
    say("inputs.value-title", "value"),
    "",
    say("inputs.watch", "watch"),
    say("inputs.direction", "direction"),
)
_HINTS = (
    say("inputs.name-function", "The name in the function"),
    say(
        "inputs.type-number-vector-like",
        "Type a number, a vector like [1, 2] or a matrix like [[1, 2], [3, 4]]"
    ),
    say("inputs.drag-press", "Drag, or press + and -"),
    say("inputs.whether-tape-watches-input", "Whether the tape watches this input, so that it gets a gradient"),
    say(
        "inputs.how-fast-input-moves",
        "How fast this input moves in forward mode: type a number, or an array of the input's shape"
    ),
)
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


@dataclass(frozen=True, eq=False)
class InputRow:
    """One input as shown."""

    name: str
    value: Value
    watched: bool
    direction: Value | None = None
    hint: str = ""
    """Where the input comes from, for the tooltip of its name."""
    note: str = ""
    """What is to be said of its watch switch."""
    fixed: str = ""
    """Why its value cannot be set here; "" where it can."""
    always_watched: bool = False


_LETTERS = 60
_MOST_TYPED = 5_000
"""Numbers that a value may have to be edited in its cell."""


class InputModel(QAbstractTableModel):
    """Rows of inputs; an edit is asked for, and seen when the rows come back."""

    value_requested = Signal(str, object)
    watch_requested = Signal(str, bool)
    direction_requested = Signal(str, object)
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[InputRow] = []
        self._ranges: dict[str, tuple[float, float]] = {}

    def show_inputs(self, rows: list[InputRow]) -> None:
        """Show these inputs; the view keeps its place while their names stay."""
        if [row.name for row in rows] != [row.name for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, DIRECTION))
        self._ranges = {row.name: self._range(row) for row in rows if np.ndim(row.value) == 0}

    def row(self, number: int) -> InputRow:
        """The input of a row."""
        return self._rows[number]

    def scalar_range(self, number: int) -> tuple[float, float] | None:
        """From where to where the slider of this row reaches; None where the value is an array."""
        return self._ranges.get(self._rows[number].name)

    def request_value(self, number: int, value: Value) -> None:
        """Ask for another value of the input in this row."""
        if not self._rows[number].fixed:
            self.value_requested.emit(self._rows[number].name, value)

    def _range(self, row: InputRow) -> tuple[float, float]:
        """The range stays while the value lies in it, so that the slider does not run away under the hand."""
        value = float(row.value)
        known = self._ranges.get(row.name)
        if known and known[0] <= value <= known[1]:
            return known
        return sensible_range(value)

    def _text(self, row: InputRow, column: int) -> str:
        match column:
            case 0:
                return row.name
            case 1:
                return beginning(row.value, _LETTERS)
            case 4:
                return "" if row.direction is None else beginning(row.direction, _LETTERS)
        return ""

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(TITLES)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        match role:
            case _Role.DisplayRole:
                return self._text(row, column)
            case _Role.EditRole:
                return self._editable(row, column)
            case _Role.CheckStateRole if column == WATCH:
                return Qt.CheckState.Checked if row.watched else Qt.CheckState.Unchecked
            case _Role.ToolTipRole if row.fixed and column in (VALUE, SLIDER):
                return row.fixed
            case _Role.ToolTipRole if column == VALUE and np.size(row.value) > _MOST_TYPED:
                return say(
                    "inputs.too-many-numbers",
                    "{count:,} numbers are too many to be typed here; make them in the text.",
                    count=np.size(row.value),
                )
            case _Role.ToolTipRole if column == WATCH and row.note:
                return row.note
            case _Role.ToolTipRole:
                return row.hint or _HINTS[column] if column == NAME else _HINTS[column]
            case _Role.AccessibleTextRole:
                return self._spoken(row, column)
        return None

    def _editable(self, row: InputRow, column: int) -> str:
        """The text with which editing begins."""
        value = {VALUE: row.value, DIRECTION: row.direction}.get(column)
        return self._text(row, column) if value is None else format_value(value)

    def _spoken(self, row: InputRow, column: int) -> str:
        if column == WATCH:
            if row.watched:
                state = say("inputs.is-watched", "{name} is watched", name=row.name)
            else:
                state = say("inputs.is-not-watched", "{name} is not watched", name=row.name)
            return say("inputs.with-note", "{state}. {note}", state=state, note=row.note) if row.note else state
        title = TITLES[column] or say("inputs.slider", "slider")
        return f"{title} {self._text(row, column) or self._text(row, VALUE)}"

    def setData(self, index: _Index, value: Any, role: int = _Role.EditRole) -> bool:
        if not index.isValid():
            return False
        name = self._rows[index.row()].name
        if index.column() == WATCH and role == _Role.CheckStateRole:
            self.watch_requested.emit(name, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if index.column() not in (VALUE, DIRECTION) or role != _Role.EditRole:
            return False
        try:
            parsed = parse_value(str(value))
            if index.column() == DIRECTION and np.ndim(parsed) and np.shape(parsed) != np.shape(self._value(index)):
                raise ValueError(say(
                    "inputs.direction-one-number-array",
                    "a direction is one number, or an array of the input's shape"
                ))
        except ValueError as error:
            self.refused.emit(say("inputs.text", "{name}: {message}.", name=name, message=error))
            return False
        self.refused.emit("")
        (self.value_requested if index.column() == VALUE else self.direction_requested).emit(name, parsed)
        return True

    def _value(self, index: _Index) -> Value:
        return self._rows[index.row()].value

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        row = self._rows[index.row()]
        editable = not row.fixed if index.column() == VALUE else row.direction is not None
        if index.column() in (VALUE, DIRECTION) and editable and np.size(row.value) <= _MOST_TYPED:
            flags |= Qt.ItemFlag.ItemIsEditable
        if index.column() == WATCH and not row.always_watched:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(TITLES):
            return None
        if role == _Role.TextAlignmentRole:
            left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
            across = (left, right, left, Qt.AlignmentFlag.AlignHCenter, right)[section]
            return across | Qt.AlignmentFlag.AlignVCenter
        return TITLES[section] if role == _Role.DisplayRole else None


def slider_value(share: float, reach: tuple[float, float]) -> float:
    """The value at a share (0..1) of the slider, rounded to a thousandth of its range."""
    low, high = reach
    step = (high - low) / 1000
    digits = max(0, -int(np.floor(np.log10(step)))) if step > 0 else 0
    return float(np.round(low + round(min(max(share, 0.0), 1.0) * 1000) * step, digits))
