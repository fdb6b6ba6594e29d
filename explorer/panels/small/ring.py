"""A frame around a widget: where the keyboard is, or what a lesson speaks of. Knows no other widget."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from explorer.look.theme import LIGHT, Theme

_THICK = 4


class Ring(QWidget):
    """A frame in a colour of the theme over one widget of a window at a time; it takes no clicks and no keys.

    With `until_clicked` it leaves when the widget is clicked.
    """

    def __init__(self, window: QWidget, name: str, color: str, width: int = 2, until_clicked: bool = True) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._name, self._width, self._until_clicked = color, width, until_clicked
        self._color = QColor(LIGHT.color(color))
        self._window = window
        self._around: QWidget | None = None
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._color = QColor(theme.color(self._name))
        self.update()

    def surround(self, widget: QWidget) -> None:
        """Lie over this widget from now on, wherever it moves."""
        self.leave()
        self._around = widget
        for moved in self._with_ancestors(widget):
            moved.installEventFilter(self)
        self._lie_over()

    def leave(self) -> None:
        """Surround nothing."""
        if self._around is not None and isValid(self._around):
            for moved in self._with_ancestors(self._around):
                moved.removeEventFilter(self)
        self._around = None
        self.hide()

    def _with_ancestors(self, widget: QWidget) -> Iterator[QWidget]:
        """The widget and all that it lies in below the window: where one of them moves, it does."""
        here: QWidget | None = widget
        while here is not None and here is not self._window:
            yield here
            here = here.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self._lie_over()
        elif watched is self._around and (
            event.type() == QEvent.Type.Hide or self._until_clicked and event.type() == QEvent.Type.MouseButtonPress
        ):
            self.hide()
        return False

    def _lie_over(self) -> None:
        if self._around is None or not isValid(self._around) or not self._around.isVisible():
            self.hide()
            return
        self.setGeometry(QRect(self._around.mapTo(self._window, self._around.rect().topLeft()), self._around.size()))
        inside = self.rect().adjusted(_THICK, _THICK, -_THICK, -_THICK)
        self.setMask(QRegion(self.rect()) - QRegion(inside))  # what changes inside is painted without it
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self._color, self._width))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
