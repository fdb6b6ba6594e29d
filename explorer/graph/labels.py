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
from explorer.drawing.curves import points_and_directions
from explorer.drawing.measure import Style
from explorer.drawing.scene import GraphModel
from explorer.graph.text import piece
from explorer.look.inline import Piece
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
    order = np.argsort(np.abs(PLACES - wanted), kind="stable")
    at, ahead = points_and_directions(route, PLACES[order])
    for words in dict.fromkeys((text, shorter(text))):
        label = piece(words, Style.LABEL)
        for way in (side, -side):
            middles = _beside(at, ahead, label, way, scale)
            free = np.flatnonzero(_are_free(model, middles, label, scale, taken))
            if len(free):
                return Spot(label, *middles[free[0]].tolist())
    return None


def shorter(text: str) -> str:
    """The same with two digits of each number."""
    return NUMBER.sub(lambda match: f"{float(match.group()):.2g}", text)


def _beside(at: np.ndarray, ahead: np.ndarray, label: Piece, side: int, scale: float) -> np.ndarray:
    """The middles of a label beside points of a route, given the directions there."""
    across = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    across = np.where(((across[:, 1] < 0) == (side < 0))[:, None], across, -across)
    half = label.width / 2 + 7
    away = np.abs(across[:, 0]) * (half - HEIGHT / 2) + HEIGHT / 2 + CLEAR
    return np.asarray(at + across * (away * scale)[:, None])


def _are_free(
    model: GraphModel, middles: np.ndarray, label: Piece, scale: float, taken: Sequence[Box]
) -> np.ndarray:
    """Where a label would lie on no node and on nothing that is taken."""
    half = np.array([(label.width / 2 + 7) * scale, HEIGHT / 2 * scale])
    low, high = middles - half, middles + half
    around = Box(*low.min(axis=0).tolist(), *high.max(axis=0).tolist()).grown(1.0)
    nodes = model.boxes[model.nodes_in(around)] + (-1.0, -1.0, 1.0, 1.0)
    others = np.vstack([nodes, np.reshape(taken, (-1, 4))])
    across = (low[:, :1] < others[:, 2]) & (others[:, 0] < high[:, :1])
    down = (low[:, 1:] < others[:, 3]) & (others[:, 1] < high[:, 1:])
    return np.asarray(~(across & down).any(axis=1))


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
