"""Where the keyboard is, and where it goes when what had it disappears: to the graph, never to a button.

A closed panel or a dismissed notice would else hand the keyboard to whatever comes next, and the next press of Space
would be that button's. The ring shows where the keyboard is on views that draw nothing of their own for it.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTabBar, QWidget
from shiboken6 import isValid

from explorer.look.theme import LIGHT, Theme

_THICK = 4
_DRAW_THEIR_OWN = (QAbstractButton, QLineEdit)


class KeyboardHome(QObject):
    """Watches the focus of one window."""

    def __init__(self, window: QWidget, home: Callable[[], QWidget]) -> None:
        super().__init__(window)
        self._window, self._home = window, home
        self.ring = FocusRing(window)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def close(self) -> None:
        """The window closes: where the keyboard goes then concerns nobody here."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.disconnect(self._follow)
        self.ring.leave()

    def go_home(self) -> None:
        """Give the keyboard to the graph, or to what stands for it while another page is shown."""
        self._home().setFocus(Qt.FocusReason.OtherFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.ring.set_theme(theme)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self._window.isAncestorOf(new):
            self.ring.leave()
            return
        vanished = old is not None and isValid(old) and self._window.isAncestorOf(old) and not old.isVisible()
        if vanished and isinstance(new, QAbstractButton | QTabBar):
            self.go_home()
        elif isinstance(new, _DRAW_THEIR_OWN) or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self.ring.leave()
        else:
            self.ring.surround(new)


class FocusRing(QWidget):
    """A thin frame over the widget that has the keyboard; it takes no clicks."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._color = QColor(LIGHT.color("focus"))
        self._window = window
        self._around: QWidget | None = None
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._color = QColor(theme.color("focus"))
        self.update()

    def surround(self, widget: QWidget) -> None:
        """Lie over this widget from now on, wherever it moves."""
        self.leave()
        self._around = widget
        widget.installEventFilter(self)
        self._lie_over()

    def leave(self) -> None:
        """Surround nothing."""
        if self._around is not None and isValid(self._around):
            self._around.removeEventFilter(self)
        self._around = None
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self._lie_over()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.MouseButtonPress):
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
        painter.setPen(QPen(self._color, 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
