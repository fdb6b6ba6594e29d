"""The legend: each state of a node and of an edge drawn as it looks, with a word beside it.

Drawn by the same functions as the graph, so that it cannot lie. Knows no widget.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from core.basics.words import say
from core.timeline import State
from explorer.drawing.measure import Style
from explorer.drawing.scene import EdgeState, GraphModel, Kind, Snapshot
from explorer.graph import edges, nodes
from explorer.graph.text import piece
from explorer.look.theme import Theme

ROW, SAMPLE, BETWEEN = 23.0, 40.0, 18.0
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


def height_of_legend(width: float) -> float:
    """How high it is in a strip of this width."""
    return ROW * (1 + max(row for row, _ in _places(width)))


def paint_legend(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """Paint it into a strip, row by row."""
    model, snapshot = _samples()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, (row, x) in enumerate(_places(area.width())):
        painter.save()
        painter.translate(area.left() + x + 2, area.top() + ROW * row)
        piece(_names()[number], Style.FORMULA).draw(painter, SAMPLE, 16, theme.color("text"))
        if number >= len(ROWS):
            painter.translate(0, -ROW * number)
            edges.draw_edges(painter, model, snapshot, np.array([number - len(ROWS)]), theme, 1.0)
        else:
            painter.scale(0.5, 0.5)
            painter.translate(0, -2 * ROW * number)
            nodes.draw_boxes(painter, model, snapshot, np.array([number]), theme, 1.0, blocks=False)
            nodes.draw_eyes(painter, model, np.flatnonzero(~model.watched & (np.arange(len(ROWS)) == number)), theme)
        painter.restore()
    painter.restore()


def _names() -> list[str]:
    return [row[0] for row in ROWS] + [row[0] for row in EDGE_ROWS]


def _places(width: float) -> list[tuple[int, float]]:
    """The row of each entry and where it begins: one behind the other, as words in a text."""
    places, row, x = [], 0, 0.0
    for name in _names():
        wide = SAMPLE + piece(name, Style.FORMULA).width + BETWEEN
        if x and x + wide > width:
            row, x = row + 1, 0.0
        places.append((row, x))
        x += wide
    return places


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
