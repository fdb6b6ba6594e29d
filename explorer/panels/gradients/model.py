"""The gradients as a table model: what the tape says, what differences say, and how far the two are apart."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core import notation
from core.basics.words import say
from explorer.look.theme import LIGHT, Theme, mono
from explorer.model.rows import GradientRow

NAME, TAPE, NUMERIC, ERROR = range(4)
TITLES = (
    "",
    say("gradients.tape", "tape"),
    say("gradients.finite-diff", "finite diff."),
    say("gradients.error", "error"),
)
_HINTS = (
    say(
        "gradients.derivative-output-input-forward",
        "The derivative of the output by this input; in forward mode the speed of the output"
    ),
    say(
        "gradients.adjoint-input-tangent-output",
        "The adjoint of the input (or the tangent of the output); grey: so far"
    ),
    say(
        "gradients.central-differences-function-run",
        "Central differences: the function run a little to both sides"
    ),
    say(
        "gradients.how-far-two-apart",
        "How far the two are apart, relative to the larger; a tick where they agree"
    ),
)
_MEASURED = ("agrees", "disagrees")
"""Verdicts beside whose mark the error stands; of the others there is only the word."""
_COLORS = {"agrees": "ok", "disagrees": "error", "skipped": "muted"}
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class GradientModel(QAbstractTableModel):
    """Rows of gradients with their checks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.narrow = False
        """Whether the titles have to be short."""
        self._rows: list[GradientRow] = []

    def show_gradients(self, rows: list[GradientRow]) -> None:
        """Show these rows."""
        if [row.name for row in rows] != [row.name for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            changed = [place for place, (new, old) in enumerate(zip(rows, self._rows)) if not _same(new, old)]
            self._rows = rows
            for place in changed:
                self.dataChanged.emit(self.index(place, NAME), self.index(place, ERROR))

    def number_at(self, row: int, column: int) -> tuple[Any, str, int] | None:
        """The number of a cell, what follows it, and how many digits it deserves."""
        shown = self._rows[row]
        if column == TAPE and shown.value is not None:
            return shown.value, "", 6
        if column == NUMERIC and shown.difference is not None:
            return shown.difference, "", 8
        return None

    def _text(self, row: int, column: int) -> str:
        shown, number = self._rows[row], self.number_at(row, column)
        if number is not None:
            value, suffix, digits = number
            return notation.number(value, digits) + suffix
        if column == ERROR and shown.verdict and shown.complete:
            return f"{shown.error} {shown.mark}" if shown.verdict in _MEASURED else shown.mark
        return (shown.name, self._note(shown), shown.sampled, "")[column]

    def _note(self, shown: GradientRow) -> str:
        """What stands in place of a number, in a word that fits; the tooltip says which kind of none it is."""
        return "none" if self.narrow and shown.note == "unwatched" else shown.note

    def _color(self, row: int, column: int) -> str:
        shown = self._rows[row]
        if column == TAPE:
            return "adjoint" if shown.complete and not shown.note else "muted"
        if column == ERROR:
            return _COLORS.get(shown.verdict, "warning")
        return "text"

    def _hint(self, row: int, column: int) -> str:
        """What the cell says whole, and what its looks mean."""
        shown, text = self._rows[row], self._text(row, column)
        if column == TAPE and shown.value is not None and not shown.complete:
            return say(
                "gradients.far-more-contributions-may",
                "{text} so far: more contributions may come",
                text=text
            )
        if column == TAPE and shown.note == "none":
            return say(
                "gradients.none-no-path-leads",
                "None: no path leads from the output to this input. Press W to see why."
            )
        if column == TAPE and shown.note == "unwatched":
            return say(
                "gradients.none-tape-not-watch",
                "None: the tape does not watch this input. Press W to see what that means."
            )
        if column == ERROR and text:
            return f"{text}: {shown.reason}" if shown.verdict in _MEASURED else shown.reason
        return text

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(TITLES)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case _Role.DisplayRole:
                return self._text(row, column)
            case _Role.ToolTipRole:
                return self._hint(row, column)
            case _Role.ForegroundRole:
                return self.theme.color(self._color(row, column))
            case _Role.FontRole:
                return mono(12)
            case _Role.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(TITLES):
            return None
        match role:
            case _Role.DisplayRole:
                return say("gradients.diff", "diff.") if section == NUMERIC and self.narrow else TITLES[section]
            case _Role.ToolTipRole:
                return _HINTS[section]
            case _Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


def _same(one: GradientRow, other: GradientRow) -> bool:
    """Whether two rows read the same; arrays count as the same only where they are the same object."""
    return all(
        new is old or (not np.ndim(new) and not np.ndim(old) and new == old) for new, old in zip(one, other)
    )
