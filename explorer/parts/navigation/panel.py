"""The panel of stops: breakpoints and bookmarks as one list, with a field for new breakpoints."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.basics.words import say
from explorer.look.roles import give_role

_HELP = say(
    "navigation.line-line-3-entry",
    "A line (line 3), an entry (v4), an operation (op sin), a condition (abs(adjoint) > 1e3), or: first nan",
)
_EMPTY = say(
    "navigation.no-breakpoints-no-bookmarks",
    "No breakpoints and no bookmarks yet. Type a breakpoint above, click beside a line number, or press Ctrl+B.",
)


class Stop(NamedTuple):
    """A line of the list: what it is ("stop" or "bookmark"), its text, what is said of it, and where it leads."""

    kind: str
    text: str
    about: str
    step: int


class StopsPanel(QWidget):
    """The list and the field."""

    breakpoint_requested = Signal(str)
    removed = Signal(object)
    """A Stop."""
    chosen = Signal(object)
    """A Stop to go to."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setObjectName("breakpoint_field")
        self.field.setAccessibleName(say("navigation.new-breakpoint", "New breakpoint"))
        self.field.setPlaceholderText(say("navigation.stop-abs-adjoint-1e3", "Stop at… abs(adjoint) > 1e3"))
        self.field.setToolTip(say("navigation.enter-adds", "{help}; Enter adds it", help=_HELP))
        self.field.returnPressed.connect(self._add)
        self.list = _StopList()
        self.list.itemActivated.connect(lambda item: self.chosen.emit(_stop_of(item)))
        self.list.removal_requested.connect(lambda item: self.removed.emit(_stop_of(item)))
        self._problem = QLabel()
        self._problem.setObjectName("breakpoint_problem")
        self._problem.setAccessibleName(say("navigation.about-breakpoints", "About breakpoints"))
        self._problem.setWordWrap(True)
        self._problem.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 4)
        row = QHBoxLayout()
        row.addWidget(self.field)
        column.addLayout(row)
        column.addWidget(self._problem)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        self.say("")

    def show_stops(self, stops: Sequence[Stop]) -> None:
        """Show these stops."""
        self.list.clear()
        for stop in stops:
            sign = "◆" if stop.kind == "stop" else "⚑"
            item = QListWidgetItem(f"{sign} {stop.text}   {stop.about}")
            item.setData(Qt.ItemDataRole.UserRole, stop._asdict())
            item.setToolTip(say("navigation.enter-goes-delete-removes", "Enter goes there; Delete removes it"))
            self.list.addItem(item)
        self.list.setVisible(bool(stops))
        self.say("")

    def say(self, problem: str) -> None:
        """Say what is wrong with a breakpoint; nothing brings back the hint."""
        hint = "" if self.list.count() else _EMPTY
        self._problem.setText(problem or hint)
        self._problem.setVisible(bool(problem or hint))
        give_role(self._problem, "error" if problem else "muted")

    def _add(self) -> None:
        text = self.field.text().strip()
        if text:
            self.breakpoint_requested.emit(text)

    def taken(self) -> None:
        """The breakpoint in the field was set."""
        self.field.clear()


class _StopList(QListWidget):
    """A list from which Delete removes."""

    removal_requested = Signal(QListWidgetItem)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stop_list")
        self.setAccessibleName(say("navigation.breakpoints-bookmarks", "Breakpoints and bookmarks"))
        self.setToolTip(say("navigation.enter-goes-stop-delete", "Enter goes to a stop, Delete removes it"))
        self.setWordWrap(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentItem() is not None:
            self.removal_requested.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


def _stop_of(item: QListWidgetItem) -> Stop:
    return Stop(**item.data(Qt.ItemDataRole.UserRole))
