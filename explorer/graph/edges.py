"""Draws edges at rest: curves in batches by state, with arrow heads the way that something went last.

Coordinates are the world's. A pen of one device pixel draws thousands of curves in milliseconds, any wider
one a few hundred; so the number of edges in sight decides.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explorer.drawing.looks import EDGE_LOOKS
from explorer.drawing.measure import Style
from explorer.drawing.scene import EdgeState, GraphModel, Snapshot
from explorer.graph import paths, weights
from explorer.graph.text import piece
from explorer.look.theme import Theme

FEW = 60  # up to so many edges are drawn with a pen of their own width
HEADS = 700  # up to so many get arrow heads
FAR_ZOOM, FAR_ALPHA = 0.16, 110  # from afar, edges stand back behind the nodes
HEAD_LENGTH, HEAD_WIDTH = 9.0, 7.5
ORIGIN = 48.0  # as wide a name is written beside a line that starts elsewhere


def draw_edges(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, edges: np.ndarray, theme: Theme, zoom: float,
    fine: bool = False,
) -> None:  # fmt: skip
    """Draw `edges`, those that carried something above the others."""
    if snapshot.weighting != "off":
        shown = edges
        edges = weights.draw(painter, model, snapshot, edges, theme, zoom)
        weighed = np.setdiff1d(shown, edges)
        if len(weighed) and (fine or len(model.edges) * model.share(zoom) <= HEADS):
            color, size = theme.color("adjoint_strong"), max(1.0, 0.45 / zoom)
            draw_heads(painter, model, weighed, color, 1.3 * size, snapshot.backward)
    states = snapshot.edge_states[edges] if len(snapshot.edge_states) else np.zeros(len(edges), np.uint8)
    about = len(model.edges) * model.share(zoom)
    few = fine or about <= FEW
    for state, look in EDGE_LOOKS.items():
        these = edges[states == state]
        if not len(these):
            continue
        color = theme.color(look.line, FAR_ALPHA if not few and zoom < FAR_ZOOM else 255)
        pen = QPen(color, look.weight if few else 1.0)
        pen.setCosmetic(not few)
        if look.dashed and few:
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if few:  # one by one: a wide pen along many curves at once costs five times as much
            for edge in these.tolist():
                painter.drawPath(paths.curves(model.points, model.starts, np.array([edge])))
        else:
            painter.drawPath(paths.curves(model.points, model.starts, these))
        if fine or about <= HEADS:
            back = state == EdgeState.USED and snapshot.backward
            draw_heads(painter, model, these, theme.color(look.line), max(1.0, 0.45 / zoom), back)


def draw_origins(painter: QPainter, model: GraphModel, edges: np.ndarray, theme: Theme) -> None:
    """Beside lines that are drawn at their user only, the names of the values that they bring."""
    for edge in edges[model.stubs[edges]].tolist():
        name = piece(model.title(int(model.edges[edge, 0])), Style.SMALL, ORIGIN)
        x, y = model.points[model.starts[edge]].tolist()
        name.draw(painter, x - name.width - 4, y + 4, theme.color("muted"))


def draw_heads(
    painter: QPainter, model: GraphModel, edges: np.ndarray, color: QColor, scale: float, back: bool = False
) -> None:
    """Arrow heads at the users' end, or at the operands' end where something came back."""
    tips = model.starts[edges] if back else model.starts[edges + 1] - 1
    tails = tips + 1 if back else tips - 1
    corners = paths.arrow_heads(model.points[tips], model.points[tails], HEAD_LENGTH * scale, HEAD_WIDTH * scale)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for one in corners.tolist():
        painter.drawConvexPolygon([QPointF(x, y) for x, y in one])
