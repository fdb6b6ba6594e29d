"""One sentence over the lower edge of the graph, such as where the program stopped.

Draws; knows neither model nor widget.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from explorer.look.theme import Theme

PADDING = 12
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter


def height_of_announcement(text: str, width: float, metrics: QFontMetricsF) -> float:
    """How high the sentence is in a strip of this width."""
    return metrics.boundingRect(QRectF(0, 0, width - 2 * PADDING, 1e4), _WRAPPED, text).height() + PADDING


def paint_announcement(painter: QPainter, text: str, area: QRectF, theme: Theme) -> None:
    """Paint the sentence in the colours of an error, as wide as it needs."""
    words = painter.boundingRect(area.adjusted(PADDING, 0, -PADDING, 0), _WRAPPED, text)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("error"), 1))
    painter.setBrush(theme.color("error_soft"))
    painter.drawRoundedRect(words.adjusted(-PADDING, -PADDING / 2, PADDING, PADDING / 2), 8, 8)
    painter.setPen(theme.color("error"))
    painter.drawText(words, _WRAPPED, text)
    painter.restore()
