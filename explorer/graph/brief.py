"""Paints names and numbers in boxes that are too small for everything; `explorer.drawing.brief` says which and where.

Coordinates are the world's. Must not know the widget.
"""

import numpy as np
from PySide6.QtGui import QPainter

from explorer.drawing.brief import brief_texts
from explorer.drawing.measure import Style
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.graph.text import piece
from explorer.look.theme import Theme

MIDDLE = 4.7  # from the middle of the letters to their foot, at scale 1


def draw_brief(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, nodes: np.ndarray, theme: Theme, zoom: float
) -> None:
    """Draw what is written in `nodes`; all of one size and colour together."""
    for (scale, role), texts in brief_texts(model, snapshot, nodes, zoom, _laid_out_width).items():
        painter.save()
        painter.scale(scale, scale)
        color = theme.color(role)
        for words, style, x, y in texts:
            text = piece(words, style)
            text.draw(painter, x / scale - text.width / 2, y / scale + MIDDLE, color)
        painter.restore()


def _laid_out_width(text: str, style: Style) -> float:
    """The width of a text that will be drawn: it is laid out once for both."""
    return piece(text, style).width
