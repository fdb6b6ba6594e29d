"""A card: a title bar with a note at its right, over a body, in one rounded frame; alone or as a dock.

Shapes only; the colours come from the style sheet of the theme. Knows nothing of what a card holds.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

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
        self.setFixedHeight(_TITLE_HEIGHT)
        self._title = QLabel(title.upper())
        self._title.setProperty("role", "title")
        self._note = QLabel()
        self._note.hide()
        self._words = ("", "")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(_SIDE, 0, _SIDE, 0)
        self.row.addWidget(self._title)
        self.row.addStretch(1)
        self.row.addWidget(self._note)

    def set_title(self, title: str, name: str = "") -> None:
        """Change the title, shown in capitals, and the name after it, shown as it is."""
        self._title.setText(f"{title.upper()}  {name}".rstrip())
        self._make_room()

    def set_note(self, text: str, role: str = "muted", short: str = "") -> None:
        """Show a short text at the right, in the colour of a role of the theme; `short` where there is less room."""
        self._words = text, short or text
        self._make_room()
        self._note.setVisible(bool(text))
        if self._note.property("role") != role:
            self._note.setProperty("role", role)
            self._note.style().unpolish(self._note)
            self._note.style().polish(self._note)

    def _make_room(self) -> None:
        """The title comes before the note."""
        long, short = self._words
        room = self.contentsRect().width() - self._title.sizeHint().width() - 2 * _SIDE
        self._note.setText(long if self._note.fontMetrics().horizontalAdvance(long) + _SIDE <= room else short)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """A dock takes the height of its title from here."""
        return QSize(80, _TITLE_HEIGHT)


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
