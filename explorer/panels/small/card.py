"""A card: a title bar with a note at its right, over a body, in one rounded frame; alone or as a dock.

Shapes only; the colours come from the style sheet of the theme. Knows nothing of what a card holds.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from explorer.look.sizes import px

_TITLE_HEIGHT, _SIDE = 34, 12
_TITLE_SHAPE = "#card_title { border-bottom-left-radius: 0; border-bottom-right-radius: 0; }"
_BODY_SHAPE = "#card_body { border-top-width: 0; border-top-left-radius: 0; border-top-right-radius: 0; }"


class CardTitle(QFrame):
    """The title in small capitals, and room at the right for a note and further widgets."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("card_title")
        self.setProperty("role", "panel")
        self.setStyleSheet(_TITLE_SHAPE)
        self.setFixedHeight(px(_TITLE_HEIGHT))
        self._line = _TitleLine(title)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(_SIDE, 0, _SIDE, 0)
        self.row.addWidget(self._line, 1)

    def fit_text(self) -> None:
        """Be as high as the size of texts asks for."""
        self.setFixedHeight(px(_TITLE_HEIGHT))

    def set_title(self, title: str, name: str = "") -> None:
        """Change the title, shown in capitals, and the name after it, shown as it is."""
        self._line.set_title(f"{title.upper()}  {name}".rstrip())

    def set_note(self, text: str, role: str = "muted", short: str = "") -> None:
        """Show a short text at the right, in the colour of a role of the theme; `short` where there is less room."""
        self._line.set_note(text, short or text, role)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """A dock takes the height of its title from here."""
        return QSize(80, px(_TITLE_HEIGHT))


class _TitleLine(QWidget):
    """Title and note, placed by hand: texts that change with every step must not have the window laid out again."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title, self.note = QLabel(title.upper(), self), QLabel(self)
        self.title.setProperty("role", "title")
        self._words = ("", "")

    def set_title(self, text: str) -> None:
        """Change the title."""
        if text != self.title.text():
            self.title.setText(text)
            self._place()

    def set_note(self, text: str, short: str, role: str) -> None:
        """Change the note, and its colour."""
        if self.note.property("role") != role:
            self.note.setProperty("role", role)
            self.note.style().unpolish(self.note)
            self.note.style().polish(self.note)
        elif (text, short) == self._words:
            return
        self._words = text, short
        self._place()

    def _place(self) -> None:
        """The title comes before the note."""
        long, short = self._words
        wide = self.title.sizeHint().width()
        metrics, room = self.note.fontMetrics(), self.width() - wide - _SIDE
        text = long if metrics.horizontalAdvance(long) + _SIDE <= room else short
        if text != self.note.text():
            self.note.setText(text)
        beside = min(self.note.sizeHint().width(), max(self.width() - wide - _SIDE // 2, 0)) if text else 0
        self.title.setGeometry(0, 0, max(min(wide, self.width() - beside), 0), self.height())
        self.note.setGeometry(self.width() - beside, 0, beside, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(self.title.sizeHint().width(), _TITLE_HEIGHT - 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(20, 10)


class Card(QWidget):
    """A title bar over a body, not movable."""

    def __init__(self, title: CardTitle, body: QWidget) -> None:
        super().__init__()
        self.title = title
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._body = card_body(body)
        column.addWidget(title)
        column.addWidget(self._body, 1)

    def set_background(self, color: str) -> None:
        """Fill the body, so that the room around its round corners has the colour of what lies in it."""
        self._body.setStyleSheet(f"{_BODY_SHAPE} #card_body {{ background: {color}; }}")


class CardDock(QDockWidget):
    """A card that can be moved, floated and hidden."""

    def __init__(self, name: str, title: str, body: QWidget, closable: bool = False) -> None:
        super().__init__(title)
        self.setObjectName(f"{name}_dock")
        self.card = CardTitle(title)
        self.setTitleBarWidget(self.card)
        self.setWidget(card_body(body))
        self.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        if closable:
            self.card.row.setContentsMargins(12, 0, 4, 0)
            self.card.row.addWidget(_close_button(self, title))


def _close_button(dock: QDockWidget, title: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(f"close_{dock.objectName()}")
    button.setText("✕")
    button.setToolTip(f"Close {title}")
    button.setAccessibleName(f"Close {title}")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(dock.hide)
    return button


def card_body(widget: QWidget) -> QFrame:
    """The lower part of a card around `widget`."""
    body = QFrame()
    body.setObjectName("card_body")
    body.setProperty("role", "panel")
    body.setStyleSheet(_BODY_SHAPE)
    column = QVBoxLayout(body)
    column.setContentsMargins(1, 0, 1, 6)
    column.setSpacing(0)
    column.addWidget(widget)
    return body
