"""A label that says as much as there is room for. Knows nothing of what it says."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class Fitted(QLabel):
    """Shows a long text where it fits, else a short one; it takes no room from its neighbours."""

    def __init__(self) -> None:
        super().__init__()
        self._texts = ("", "")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str, short: str = "") -> None:
        """Say this, or `short` where there is too little room; the tooltip has all of it."""
        self._texts = text, short or text
        self.setToolTip(text)
        self._fit()

    def _fit(self) -> None:
        text, short = self._texts
        self.setText(text if self.fontMetrics().horizontalAdvance(text) <= self.width() else short)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
