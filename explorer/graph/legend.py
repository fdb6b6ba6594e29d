"""The legend: each state of a node and of an edge drawn as it looks, with a word beside it.

Drawn by the same functions as the graph, so that it cannot lie. Knows no widget.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from core.basics.words import say
from core.timeline import State
from explorer.drawing.measure import Style
from explorer.drawing.scene import EdgeState, GraphModel, Kind, Snapshot
from explorer.graph import edges, nodes
from explorer.graph.text import piece
from explorer.look.theme import Theme

ROW, WIDTH, MARGIN = 23.0, 208.0, 14.0
ROWS: list[tuple[str, int, int]] = [
    (say("graph.not-yet-computed", "not yet computed"), State.PENDING, Kind.OPERATION),
    ("computed", State.COMPUTED, Kind.OPERATION),
    ("input", State.COMPUTED, Kind.INPUT),
    (say("graph.gathering-adjoint", "gathering its adjoint"), State.ACCUMULATING, Kind.OPERATION),
    (say("graph.adjoint-complete", "adjoint complete"), State.COMPLETE, Kind.OPERATION),
    (say("graph.no-path-output", "no path to the output"), State.UNCONNECTED, Kind.OPERATION),
    (say("graph.not-watched", "not watched"), State.UNWATCHED, Kind.INPUT),
    ("failed", State.FAILED, Kind.OPERATION),
]
EDGE_ROWS: list[tuple[str, int]] = [
    ("operand", EdgeState.FLOWED),
    (say("graph.contribution-received", "contribution received"), EdgeState.USED),
    (say("graph.carries-no-gradient", "carries no gradient"), EdgeState.CUT),
]


def paint_legend(painter: QPainter, size: tuple[int, int], theme: Theme) -> None:
    """Paint it into the lower left corner."""
    model, snapshot = _samples()
    height = ROW * (len(ROWS) + len(EDGE_ROWS)) + 14
    area = QRectF(MARGIN, size[1] - height - MARGIN, WIDTH, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("border"), 1))
    painter.setBrush(theme.color("panel", 240))
    painter.drawRoundedRect(area, 8, 8)
    for place, name in enumerate([row[0] for row in ROWS] + [row[0] for row in EDGE_ROWS]):
        y = area.top() + 7 + ROW * place + 15.5
        text = piece(name, Style.FORMULA)
        painter.save()
        painter.translate(area.left() + 54, y)
        painter.scale(0.88, 0.88)
        text.draw(painter, 0, 0, theme.color("text"))
        painter.restore()
    painter.translate(area.left() + 12, area.top() + 7)
    edges.draw_edges(painter, model, snapshot, np.arange(len(EDGE_ROWS)), theme, 1.0)
    painter.scale(0.5, 0.5)
    nodes.draw_boxes(painter, model, snapshot, np.arange(len(ROWS)), theme, 1.0, blocks=False)
    nodes.draw_eyes(painter, model, np.flatnonzero(~model.watched), theme)
    painter.restore()


def _samples() -> tuple[GraphModel, Snapshot]:
    """One node and one edge of each look, under one another; nodes at twice their size."""
    count = len(ROWS)
    rows = np.arange(count)
    positions = np.stack([np.full(count, 32.0), 2 * (ROW * rows + ROW / 2)], axis=1)
    ends = ROW * (count + np.arange(len(EDGE_ROWS))) + ROW / 2
    points = np.array([[x, y] for y in ends for x in (0.0, 10.0, 20.0, 32.0)])
    model = GraphModel(
        positions, np.full((count, 2), (60.0, 28.0)), np.array([kind for _, _, kind in ROWS], np.uint8),
        np.array([state != State.UNWATCHED for _, state, _ in ROWS]), np.zeros((len(EDGE_ROWS), 3), np.int64),
        points, np.arange(len(EDGE_ROWS) + 1) * 4, str,
    )  # fmt: skip
    states = np.array([state for _, state, _ in ROWS], np.uint8)
    edge_states = np.array([state for _, state in EDGE_ROWS], np.uint8)
    return model, Snapshot(states, edge_states=edge_states)
