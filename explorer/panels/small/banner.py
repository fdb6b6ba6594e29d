"""The banner over the graph while it shows something other than the program's own run.

It says in words and with stripes that a sweep is broken on purpose, or names the layers one has gone up.
Knows no model.
"""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.theme import LIGHT, Theme
from explorer.look.wording import unquoted

STRIPE = 14
_GAPS = 60  # between and around what stands in the row of the trail


class Banner(QFrame):
    """Hidden while the program's own run is shown."""

    part_chosen = Signal(int)
    """How many of the detours to keep: 0 is the program itself."""
    side_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setAccessibleName(say("small.graph-shows", "What the graph shows"))
        self._theme = LIGHT
        self.stripes = Stripes()
        self.warning = QLabel(say("small.broken-purpose", "BROKEN ON PURPOSE"))
        self.warning.setObjectName("banner_warning")
        self.sentence = QLabel()
        self.sentence.setObjectName("banner_sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.side = _button(
            "banner_side",
            say("small.show-right", "Show right"),
            say("small.switch-between-right-wrong", "Switch between the right and the wrong sweep (X)"),
        )
        self.side.clicked.connect(self.side_requested)
        self.leave = _button(
            "banner_leave",
            say("small.leave", "Leave"),
            say("small.back-program-own-run", "Back to the program's own run (Backspace)"),
        )
        self._trail_room = QWidget()
        self._trail_room.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # widens no window
        self._trail = QHBoxLayout(self._trail_room)
        self._trail.setContentsMargins(0, 0, 0, 0)
        self._trail.setSpacing(0)
        self._depth = 0
        self.leave.clicked.connect(lambda: self.part_chosen.emit(max(self._depth - 1, 0)))
        self._arrange()
        self.hide()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 8, 0)
        row.setSpacing(6)
        row.addWidget(self.warning)
        row.addWidget(self._trail_room, 100)
        row.addStretch(1)  # where the trail is hidden
        row.addWidget(self.side)
        row.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addWidget(self.stripes)
        column.addLayout(row)
        column.addWidget(self.sentence)
        self.sentence.setContentsMargins(14, 0, 12, 0)

    def show_trail(self, parts: list[str], sentence: str, broken: bool, right: bool = False) -> None:
        """Name the layers from the program up; `broken`: the last is wrong on purpose, `right`: but not just now."""
        self._depth = len(parts) - 1
        while (item := self._trail.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, part in enumerate(parts):
            if place:
                self._trail.addWidget(QLabel("›"))
            self._trail.addWidget(self._part(part, place))
        self._trail.addStretch(1)
        self.sentence.setText(unquoted(sentence))
        self.setAccessibleDescription(f"{'Broken on purpose. ' if broken else ''}{' › '.join(parts)}. {sentence}")
        self.stripes.setVisible(broken and not right)
        self.warning.setVisible(broken)
        self.warning.setText(
            say("small.right-sweep", "THE RIGHT SWEEP")
            if right
            else say("small.broken-purpose-2", "✗ BROKEN ON PURPOSE")
        )
        self.side.setVisible(broken)
        self.side.setText(say("small.show-wrong", "Show wrong") if right else say("small.show-right", "Show right"))
        self.leave.setText(say("small.leave", "Leave") if broken else say("small.back", "Back"))
        self._dress(broken and not right)
        self._make_room()
        self.setVisible(len(parts) > 1)

    def _make_room(self) -> None:
        """Where both do not fit, the warning needs the room of the trail."""
        beside = [part.sizeHint().width() for part in (self.warning, self.side, self.leave) if part.isVisibleTo(self)]
        fits = self._trail.sizeHint().width() + sum(beside) + _GAPS <= self.width()
        self._trail_room.setVisible(fits or not self.warning.isVisibleTo(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _part(self, text: str, place: int) -> QPushButton:
        button = _button(f"banner_part_{place}", text, say("small.go", "Go to {text}", text=text))
        button.setProperty("role", "flat")
        button.setStyleSheet("padding: 3px 6px")
        button.setEnabled(place < self._depth)
        button.clicked.connect(lambda: self.part_chosen.emit(place))
        return button

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.stripes.theme = theme
        self._dress(self.stripes.isVisibleTo(self))

    def _dress(self, broken: bool) -> None:
        theme = self._theme
        fill, line, word = (
            (theme.error_soft, theme.error, theme.error) if broken else (theme.raised, theme.border, theme.text)
        )
        self.setStyleSheet(f"#banner {{ background: {fill}; border: none; border-bottom: 2px solid {line}; }}")
        self.warning.setStyleSheet(f"color: {word}; font-weight: 700; letter-spacing: 1px")


class Stripes(QWidget):
    """A band of slanted stripes, as at a building site."""

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self.setFixedHeight(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.theme.color("warning_soft"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("error"))
        box = QRectF(self.rect())
        for left in range(-STRIPE, self.width() + STRIPE, 2 * STRIPE):
            low, high = QPointF(left, box.bottom() + 1), QPointF(left + box.height(), box.top())
            across = QPointF(STRIPE, 0)
            painter.drawPolygon(QPolygonF([low, low + across, high + across, high]))


def _button(name: str, text: str, tooltip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setToolTip(tooltip)
    button.setAccessibleName(tooltip)
    return button
