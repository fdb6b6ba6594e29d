"""Labels on edges that are being traversed: where they fit without lying on a card, shortened where they do not.

The partial stands still near the middle of its edge; what is carried slides along as far as there is room for it. Where
there is no room at all, nothing is written: the step's sentence says it too. Knows models, not the widget.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from explorer.drawing.camera import Box
from explorer.drawing.measure import Style
from explorer.drawing.scene import GraphModel
from explorer.graph import paths
from explorer.graph.text import Piece, piece
from explorer.look.theme import Theme

HEIGHT, CLEAR = 18.0, 7.0
PLACES = np.linspace(0.06, 0.94, 23)
NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?")


@dataclass(frozen=True)
class Spot:
    """A label and the middle of its pill."""

    text: Piece
    x: float
    y: float

    def box(self, scale: float) -> Box:
        half = (self.text.width / 2 + 7) * scale
        return Box(self.x - half, self.y - HEIGHT / 2 * scale, self.x + half, self.y + HEIGHT / 2 * scale)


def spot(
    model: GraphModel, route: np.ndarray, text: str, side: int, wanted: float, scale: float, taken: Sequence[Box] = ()
) -> Spot | None:
    """The free place for a text beside a route that is nearest to the `wanted` fraction of its length; on the upper
    side (-1) or the lower (1), else on the other. None where there is none.
    """
    places = sorted(PLACES.tolist(), key=lambda place: abs(place - wanted))
    for words in dict.fromkeys((text, shorter(text))):
        label = piece(words, Style.LABEL)
        for way in (side, -side):
            for place in places:
                found = _beside(route, label, way, place, scale)
                if _is_free(model, found.box(scale), taken):
                    return found
    return None


def shorter(text: str) -> str:
    """The same with two digits of each number."""
    return NUMBER.sub(lambda match: f"{float(match.group()):.2g}", text)


def _beside(route: np.ndarray, label: Piece, side: int, place: float, scale: float) -> Spot:
    at, ahead = paths.along(route, place)
    across = np.array([-ahead[1], ahead[0]])
    across = across if (across[1] < 0) == (side < 0) else -across
    half = label.width / 2 + 7
    away = abs(across[0]) * (half - HEIGHT / 2) + HEIGHT / 2 + CLEAR
    x, y = (at + across * away * scale).tolist()
    return Spot(label, x, y)


def _is_free(model: GraphModel, box: Box, taken: Sequence[Box]) -> bool:
    if any(_touch(box, other) for other in taken):
        return False
    return not len(model.nodes_in(box.grown(1.0)))


def _touch(one: Box, other: Box) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom


def draw(painter: QPainter, where: Spot, theme: Theme, name: str, scale: float, filled: bool) -> None:
    """A pill with text: outlined for what stands on the edge, filled for what it carries."""
    half = where.text.width / 2 + 7
    painter.save()
    painter.translate(where.x, where.y)
    painter.scale(scale, scale)
    painter.setPen(QPen(theme.color(f"{name}_strong"), 1.2))
    painter.setBrush(theme.color(f"{name}_strong" if filled else f"{name}_soft"))
    painter.drawRoundedRect(QRectF(-half, -HEIGHT / 2, 2 * half, HEIGHT), HEIGHT / 2, HEIGHT / 2)
    where.text.draw(painter, -where.text.width / 2, 4.3, theme.color("on_accent" if filled else name))
    painter.restore()
