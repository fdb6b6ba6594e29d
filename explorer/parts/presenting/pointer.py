"""A pointer that a hall can see: a large light spot that follows the mouse, and goes when the mouse rests.

Knows the window that it lies over, and nothing of what is shown there.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

_SHARE, _LEAST = 0.05, 36  # of the height of the window, and in pixels
_REST_MS = 2_500


class Pointer(QWidget):
    """Hidden until it is told to follow and the mouse moves."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("pointer")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self.hide)
        self.hide()

    def follow(self) -> None:
        """Follow the mouse from now on."""
        _application().installEventFilter(self)

    def leave(self) -> None:
        """Follow nothing."""
        _application().removeEventFilter(self)
        self._resting.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._go_to(self._window.mapFromGlobal(event.globalPosition().toPoint()))
        return False

    def _go_to(self, place: QPoint) -> None:
        side = max(_LEAST, round(_SHARE * self._window.height()))
        self.setGeometry(place.x() - side // 2, place.y() - side // 2, side, side)
        self.raise_()
        self.show()
        self._resting.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(230, 30, 40, 90))
        painter.setPen(QPen(QColor(230, 30, 40, 200), 2))
        painter.drawEllipse(self.rect().adjusted(2, 2, -2, -2))


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
