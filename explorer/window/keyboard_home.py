"""Where the keyboard is, and where it goes when what had it disappears: to the graph, never to a button.

A closed panel or a dismissed notice would else hand the keyboard to whatever comes next, and the next press of Space
would be that button's. The ring shows where the keyboard is on views that draw nothing of their own for it.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QTabBar, QWidget
from shiboken6 import isValid

from explorer.look.theme import Theme
from explorer.panels.small.ring import Ring

_DRAW_THEIR_OWN = (QAbstractButton, QLineEdit)


class KeyboardHome(QObject):
    """Watches the focus of one window."""

    def __init__(self, window: QWidget, home: Callable[[], QWidget]) -> None:
        super().__init__(window)
        self._window, self._home = window, home
        self.ring = Ring(window, "focus_ring", "focus")
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
        if vanished and isinstance(new, QAbstractButton | QTabBar | QPlainTextEdit):
            self.go_home()
        elif isinstance(new, _DRAW_THEIR_OWN) or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self.ring.leave()
        else:
            self.ring.surround(new)
