"""Edges by the size of what they carried back: wide or hot is large, on a logarithmic scale.

So that vanishing and exploding gradients are seen. Knows arrays and colours only.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen

from explorer.drawing.measure import Style
from explorer.drawing.scene import EdgeState, GraphModel, Snapshot
from explorer.drawing.weights import Levels
from explorer.graph import paths
from explorer.graph.text import piece
from explorer.look.theme import Theme

STEPS = 12
THIN, WIDE = 0.8, 9.0
CROWD = 400  # edges in sight from which pens are one pixel wide
SCALE = (236.0, 46.0)  # pixels


def color_at(level: float, theme: Theme) -> QColor:
    """From pale to strong."""
    low, high = theme.color("adjoint_soft"), theme.color("adjoint_strong")
    t = 0.25 + 0.75 * level
    parts = [round(a + (b - a) * t) for a, b in zip(_rgb(low), _rgb(high))]
    return QColor(*parts)


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def draw(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, edges: np.ndarray, theme: Theme, zoom: float
) -> np.ndarray:
    """Draw those of `edges` that have carried a contribution; the others are given back."""
    found = snapshot.weights() if snapshot.weights is not None else None
    if found is None or not len(edges):
        return edges
    used = snapshot.edge_states[edges] == EdgeState.USED
    levels = np.where(used, found.levels[edges], np.nan)
    crowded = len(model.edges) * model.share(zoom) > CROWD
    steps = np.round(np.nan_to_num(levels) * (STEPS - 1)).astype(int)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for step in range(STEPS):
        these = edges[used & np.isfinite(levels) & (steps == step)]
        if len(these):
            level = step / (STEPS - 1)
            wide = THIN + (WIDE - THIN) * level**1.3 if snapshot.weighting == "width" else 2.6
            color = theme.color("adjoint_strong") if snapshot.weighting == "width" else color_at(level, theme)
            _draw(painter, model, these, QPen(color, wide), crowded)
    return edges[~(used & np.isfinite(levels))]


def _draw(painter: QPainter, model: GraphModel, edges: np.ndarray, pen: QPen, crowded: bool) -> None:
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if crowded:
        pen.setWidthF(1.0)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawPath(paths.curves(model.points, model.starts, edges))
        return
    painter.setPen(pen)
    for edge in edges.tolist():
        painter.drawPath(paths.curves(model.points, model.starts, np.array([edge])))


def paint_scale(painter: QPainter, found: Levels, mode: str, box: QRectF, theme: Theme) -> None:
    """The scale with its ends in a rectangle of the screen."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("border"), 1))
    painter.setBrush(theme.color("panel", 240))
    painter.drawRoundedRect(box, 8, 8)
    bar = QRectF(box.left() + 12, box.top() + 24, box.width() - 24, 12)
    painter.setPen(Qt.PenStyle.NoPen)
    if mode == "heat":
        ramp = QLinearGradient(bar.topLeft(), bar.topRight())
        for k in range(5):
            ramp.setColorAt(k / 4, color_at(k / 4, theme))
        painter.fillRect(bar, ramp)
    else:
        painter.setBrush(theme.color("adjoint_strong"))
        for k in range(40):
            high = THIN + (WIDE - THIN) * (k / 39) ** 1.3
            step = bar.width() / 40
            painter.drawRect(QRectF(bar.left() + k * step, bar.center().y() - high / 2, step, high))
    for text, share in ((f"{found.low:.0e}", 0.0), ("|contribution|", 0.5), (f"{found.high:.0e}", 1.0)):
        label = piece(text, Style.SMALL)
        label.draw(painter, bar.left() + share * (bar.width() - label.width), box.top() + 16, theme.color("muted"))
    painter.restore()
