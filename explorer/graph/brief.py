"""Paints what is written in nodes; `explorer.drawing.texts.brief` says what, where and how large.

Coordinates are the world's. Must not know the widget.
"""

import numpy as np
from PySide6.QtGui import QPainter

from explorer.drawing.measure import Style
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.drawing.texts.brief import Written, brief_texts
from explorer.graph.text import piece
from explorer.look.theme import Theme


def draw_brief(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, nodes: np.ndarray, theme: Theme, zoom: float
) -> None:
    """Draw what is written in `nodes`; all of one size together."""
    alike: dict[float, list[Written]] = {}
    for one in brief_texts(model, snapshot, nodes, zoom, laid_out_width):
        if one.text:
            alike.setdefault(one.scale, []).append(one)
    for scale, texts in alike.items():
        painter.save()
        painter.scale(scale, scale)
        for text, style, _, x, y, color in texts:
            piece(text, style).draw(painter, x / scale, y / scale, theme.color(color))
        painter.restore()


def laid_out_width(text: str, style: Style) -> float:
    """The width of a text that will be drawn: it is laid out once for both."""
    return piece(text, style).width
