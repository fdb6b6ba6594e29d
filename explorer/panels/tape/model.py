"""The tape as a table model: one row per entry, read from the frame when a row is looked at."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core import notation
from core.basics.words import say
from core.timeline import Frame, State, Timeline
from explorer.look.theme import LIGHT, Theme, mono

POINTER, NUMBER, OPERATION, PRIMAL, ADJOINT = range(5)
TITLES = (
    "",
    "#",
    say("tape.operation", "operation"),
    say("tape.primal", "primal"),
    say("tape.adjoint", "adjoint"),
)
_HINTS = (
    "",
    "",
    say("tape.entry-computes", "What the entry computes"),
    say("tape.value-forward-sweep", "Value of the forward sweep"),
    say("tape.adjoint-so-far", "Adjoint so far"),
)
_SAMPLE = 300
_NEAR = 32  # steps apart between which it is worth asking what changed
_WITHOUT = (State.UNCONNECTED, State.UNWATCHED)  # entries that get no adjoint
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TapeModel(QAbstractTableModel):
    """Entries of a timeline's tape as they stand in one frame; nothing is copied, so length costs nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.timeline: Timeline | None = None
        self.gaps: dict[int, str] = {}
        """Entries before which recording was stopped, with what to say of it."""
        self.frame: Frame | None = None
        self._arrived: Frame | None = None
        self._states = np.zeros(0, dtype=np.uint8)
        self.theme: Theme = LIGHT
        self._numbers = np.zeros(0, dtype=int)
        self._names: dict[int, str] = {}

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show another tape, before its first step."""
        self.beginResetModel()
        self.timeline = timeline
        self.frame = self._arrived = timeline.frame(0) if timeline else None
        if self.timeline and self.frame:
            self._states = self.frame.states()
            run = self.timeline.run
            self._names = {index: name for name, index in (*run.inputs.items(), *run.unwatched.items())}
            computed = np.ones(len(self.timeline.run.tape), dtype=int)
            computed[list(self._names)] = 0
            self._numbers = np.cumsum(computed)
        self.endResetModel()

    def show_frame(self, frame: Frame, arrived: Frame | None = None) -> None:
        """Show another step; only the rows that read otherwise than before are told.

        Numbers are those of `arrived`: while something travels in the graph, what it brings is not in the table yet.
        """
        before, states = self.frame, self._states
        self.frame, self._states, self._arrived = frame, frame.states(), arrived or frame
        if self.rowCount():
            rows = None if before is None else _changed_rows(before, frame, states != self._states)
            self._tell(range(self.rowCount()) if rows is None else rows)

    def _tell(self, rows: Sequence[int]) -> None:
        """Tell that these rows, given in order, have changed: run by run."""
        start = 0
        for place, row in enumerate(rows):
            if place + 1 == len(rows) or rows[place + 1] != row + 1:
                self.dataChanged.emit(self.index(rows[start], 0), self.index(row, ADJOINT))
                start = place + 1

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.theme = theme
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, ADJOINT))

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        assert self.timeline and self.frame
        match column:
            case 0:
                return self._pointer(row)
            case 1:
                return "" if row in self._names else str(self._numbers[row])
            case 2:
                return self._operation(row)
            case 3:
                return _shown(self._arrived.primal(row)) if self._arrived else ""
        return self._adjoint(row)

    def number_at(self, row: int, column: int) -> tuple[Any, str, int] | None:
        """The number of a cell, what follows it, and how many digits it deserves."""
        if self._arrived is None or column not in (PRIMAL, ADJOINT):
            return None
        value = self._arrived.primal(row) if column == PRIMAL else self._arrived.adjoint(row)
        return None if value is None else (value, "", 6)

    def letters(self, column: int, digits: int) -> int:
        """How many letters the numbers of a column take at the end of the run, arrays as their shapes."""
        if self.timeline is None:
            return 0
        last, count = self.timeline.frame(len(self.timeline)), len(self.timeline.tape)
        chosen = np.random.default_rng(0).choice(count, _SAMPLE).tolist() if count > _SAMPLE else range(count)
        values = (last.primal(row) if column == PRIMAL else last.adjoint(row) for row in chosen)
        return max((len(_brief(value, digits)) for value in values if value is not None), default=0)

    def _pointer(self, row: int) -> str:
        assert self.frame
        if row != self.frame.current:
            return "✗" if self._states[row] == State.FAILED else ""
        forward = self.frame.timeline.second_sweep == "tangent" or self.frame.phase not in ("reverse", "end")
        return "▶" if forward else "▲"

    def _operation(self, row: int) -> str:
        assert self.timeline
        if row in self._names:
            watched = self._names[row] in self.timeline.run.watched
            return f"{self._names[row]} {'watched' if watched else 'not watched'}"
        return notation.entry_formula(self.timeline.run.tape, row)

    def _adjoint(self, row: int) -> str:
        assert self.frame
        if self._states[row] in _WITHOUT and self.frame.step > self.frame.timeline.forward_end:
            return "none"
        return _shown((self._arrived or self.frame).adjoint(row))

    def color(self, row: int, column: int) -> str:
        """The name of the colour in which a cell is written."""
        if self._states[row] == State.FAILED:
            return "error"
        if column in (POINTER, NUMBER):
            return self._pointer_color(row)
        if column == PRIMAL:
            return "primal"
        if column == ADJOINT:
            return "muted" if self._states[row] in _WITHOUT else "adjoint"
        return "muted" if self._states[row] in (State.PENDING, State.UNWATCHED) else "text"

    def ground(self, row: int) -> str:
        """The name of the colour behind a row; nothing where it is that of the table."""
        return f"{self._sweep()}_soft" if self.frame is not None and row == self.frame.current else ""

    def _pointer_color(self, row: int) -> str:
        return self._sweep() if self._pointer(row) else "muted"

    def _sweep(self) -> str:
        """The colour of the sweep at work."""
        assert self.frame
        return "primal" if self.frame.step <= self.frame.timeline.forward_end else "adjoint"

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.timeline is None else len(self._numbers)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(TITLES)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid() or self.frame is None:
            return None
        row, column = index.row(), index.column()
        match role:
            case _Role.DisplayRole:
                return self.text(row, column)
            case _Role.ForegroundRole:
                return self.theme.color(self.color(row, column))
            case _Role.BackgroundRole if ground := self.ground(row):
                return self.theme.color(ground)
            case _Role.TextAlignmentRole if column in (PRIMAL, ADJOINT):
                return _RIGHT
            case _Role.FontRole:
                return mono(12)
            case _Role.ToolTipRole:
                return self.gaps.get(row) or (self.text(row, column) if column >= OPERATION else None)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(TITLES):
            return None
        match role:
            case _Role.DisplayRole:
                tangent = self.timeline is not None and self.timeline.second_sweep == "tangent"
                return "tangent" if section == ADJOINT and tangent else TITLES[section]
            case _Role.ToolTipRole:
                return _HINTS[section]
            case _Role.TextAlignmentRole:
                left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                return _RIGHT if section >= PRIMAL else left
        return None


def _changed_rows(before: Frame, after: Frame, changed: np.ndarray) -> list[int] | None:
    """The rows that read differently in two frames, of which the states differ where `changed`; None where many may."""
    first, last = sorted((before.step, after.step))
    if before.timeline is not after.timeline or last - first > _NEAR:
        return None
    timeline = after.timeline
    rows = {timeline.event(step).index for step in range(max(first, 1), last + 1)} | {before.current, after.current}
    if first <= timeline.forward_end < last:
        rows |= timeline.tape.notes.unwatched
    return sorted({*np.flatnonzero(changed).tolist(), *(row for row in rows if row is not None)})


def _brief(value: Any, digits: int) -> str:
    """A value as it is written where there is little room: an array by its shape, a power of ten with two digits."""
    text = str(np.shape(value)) if np.ndim(value) else notation.number(value, digits)
    return notation.number(value, 2) if "e" in text else text


def _shown(value: Any) -> str:
    """A value in few letters: of an array that would not be written out its shape, in parentheses like no number."""
    text = "" if value is None else notation.number(value)
    return str(np.shape(value)) if text.startswith("array") else text
