"""What is written in boxes that are too small for everything: the name, and under it the number that matters now.

That is the adjoint once there is one, else the value, and for arrays the shape. Must not know the widget or the camera
beyond the zoom, which decides what still can be read.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtGui import QPainter

from explorer.drawing.scene import GraphModel, NodeState, Snapshot
from explorer.graph.nodes import GROUP, look_of
from explorer.graph.text import Piece, Style, piece
from explorer.look.theme import Theme

WIDE = 0.84  # share of a box that a text may take
ALONE, ABOVE, BELOW = 0.04, 0.027, 0.027  # sizes of a name alone, of one over a number, of the number, per height
RISE, SINK = 0.19, 0.22  # where name and number stand, from the middle of the box
LONG = 6  # letters of a number that is shortened when it has more
LEAST = 6.0  # pixels on screen below which a text is left out
SIZE, MIDDLE = 13.0, 4.7  # of the letters at scale 1, and from their middle to their foot

Written = tuple[Piece, float, float]
"""A text, and where its middle is."""


def draw_brief(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, nodes: np.ndarray, theme: Theme, zoom: float
) -> None:
    """The name of each node and its number, as large as the boxes allow; all of one size and colour together."""
    alike: dict[tuple[float, str], list[Written]] = {}
    for scale, role, written in _texts(model, snapshot, nodes, zoom):
        if scale * SIZE * zoom >= LEAST:
            alike.setdefault((scale, role), []).append(written)
    for (scale, role), texts in alike.items():
        painter.save()
        painter.scale(scale, scale)
        color = theme.color(role)
        for text, x, y in texts:
            text.draw(painter, x / scale - text.width / 2, y / scale + MIDDLE, color)
        painter.restore()


def _texts(
    model: GraphModel, snapshot: Snapshot, nodes: np.ndarray, zoom: float
) -> Iterator[tuple[float, str, Written]]:
    """The size, the colour and the place of each text."""
    quiet = np.isin(snapshot.states[nodes], [NodeState.UNCONNECTED, NodeState.UNWATCHED]).tolist()
    sizes, centres = model.sizes[nodes].tolist(), model.positions[nodes].tolist()
    for node, (width, height), (x, y), muted in zip(nodes.tolist(), sizes, centres, quiet):
        name, written = piece(model.title(node), Style.TITLE), "muted" if muted else "text"
        number, role = _number(model, snapshot, node) if BELOW * height * SIZE * zoom >= LEAST else ("", "")
        text = piece(number, Style.VALUE)
        scale = _scale(text, width, BELOW * height, zoom)
        if number and scale * SIZE * zoom >= LEAST:
            yield _scale(name, width, ABOVE * height, zoom), written, (name, x, y - RISE * height)
            yield scale, role, (text, x, y + SINK * height)
        else:
            yield _scale(name, width, ALONE * height, zoom), written, (name, x, y)


def _scale(text: Piece, width: float, most: float, zoom: float) -> float:
    """In steps, so that many texts are of one size; never larger on screen than the text around the graph."""
    return min(round(min(WIDE * width / max(text.width, 24.0), most) * 16) / 16, 0.96 / zoom)


def _number(model: GraphModel, snapshot: Snapshot, node: int) -> tuple[str, str]:
    """What stands under the name, and its colour."""
    if model.kinds[node] == GROUP:
        return "", ""
    if shape := model.shape(node):
        return shape, "muted"
    look = look_of(model, snapshot, node)
    if adjoint := snapshot.adjoint_text(node):
        return _short(adjoint.rpartition(" = ")[2]), look.adjoint
    return _short(snapshot.primal_text(node)), look.value


def _short(number: str) -> str:
    """With three digits where it is long, so that it can be written large."""
    if len(number) <= LONG:
        return number
    try:
        return min(number, f"{float(number):.3g}", key=len)
    except ValueError:
        return number
