"""One sentence over the lower edge of the graph, such as where the program stopped.

Draws; knows neither model nor widget.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explorer.look.theme import Theme

MARGIN = 14
PADDING = 12
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter


def paint_announcement(painter: QPainter, text: str, size: tuple[int, int], theme: Theme) -> None:
    """Paint the sentence in the colours of an error, as wide as it needs."""
    room = QRectF(MARGIN + PADDING, 0, size[0] - 2 * (MARGIN + PADDING), size[1])
    words = painter.boundingRect(room, _WRAPPED, text)
    words.moveBottom(size[1] - MARGIN - PADDING / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("error"), 1))
    painter.setBrush(theme.color("error_soft"))
    painter.drawRoundedRect(words.adjusted(-PADDING, -PADDING / 2, PADDING, PADDING / 2), 8, 8)
    painter.setPen(theme.color("error"))
    painter.drawText(words, _WRAPPED, text)
    painter.restore()
