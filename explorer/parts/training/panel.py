"""The page of training: choices above, pictures in the middle, the steps below.

Shows what it is told, and emits requests through its parts. Knows no training.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explorer.look.theme import LIGHT, Theme
from explorer.parts.training.setup_bar import SetupBar
from explorer.parts.training.transport import Transport

if TYPE_CHECKING:
    from explorer.parts.training.pictures import Pictures

NARROW = 860
"""Width below which optimizers are called by their short names."""
KEYS = {
    Qt.Key.Key_Home: "to_start",
    Qt.Key.Key_Left: "step_back",
    Qt.Key.Key_Space: "play",
    Qt.Key.Key_Right: "step_forward",
    Qt.Key.Key_End: "to_end",
}


class TrainingPanel(QWidget):
    """Signals: `shown` (somebody looks), `built` (the pictures are there now), `asked` (a key of the transport)."""

    shown = Signal()
    built = Signal()
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("training_panel")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)  # widens no window
        self._theme = LIGHT
        self._pictures: Any = None
        self.setup, self.transport = SetupBar(), Transport()
        self.setFocusProxy(self.transport.slider)
        self.transport.asked.connect(self.asked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 6)
        self._column.setSpacing(4)
        self._column.addWidget(self.setup)
        self._column.addStretch(0)
        self._column.addWidget(self.transport)

    @property
    def pictures(self) -> "Pictures":
        """The pictures; made when they are first asked for."""
        if self._pictures is None:
            from explorer.parts.training.pictures import Pictures

            self._pictures = Pictures()
            self._pictures.set_theme(self._theme)
            self._column.insertWidget(1, self._pictures, 1)
            self.built.emit()
        pictures: Pictures = self._pictures
        return pictures

    @property
    def has_pictures(self) -> bool:
        """Whether somebody has looked."""
        return self._pictures is not None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.setup.set_theme(theme)
        self.transport.set_theme(theme)
        if self._pictures is not None:
            self._pictures.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setup.optimizers.set_short(self.width() < NARROW)

    def event(self, event: QEvent) -> bool:
        """On this page the keys of the player go through the steps of the training, unless a widget needs them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QAbstractSpinBox)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        return plain and not typing and Qt.Key(event.key()) in KEYS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_ours(event):
            self.asked.emit(KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
