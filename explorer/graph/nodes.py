"""Draws nodes: boxes in batches by state, then the texts and marks of each.

Coordinates are the world's; the painter is already transformed. Must not know the widget or the camera
beyond the zoom, which decides how much is worth drawing.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from core.timeline import State
from explorer.drawing.looks import CURRENT, GROUP, INPUT, LOOKS, Look, drawn_state, look_of, radii
from explorer.drawing.measure import Style, scales
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.drawing.texts.brief import map_places
from explorer.graph import groups, heat
from explorer.graph.brief import draw_brief
from explorer.graph.text import piece
from explorer.look.theme import Theme

CROWD = 220  # nodes in sight that are not worth round corners
MOST_DOTS = 5  # more contributions are counted in digits
GATHERING = {State.SEEDED, State.ACCUMULATING}


def draw_boxes(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, nodes: np.ndarray, theme: Theme, zoom: float,
    blocks: bool,
) -> None:  # fmt: skip
    """Fill and outline `nodes`, one batch per state; `blocks` takes the strong colours for a far view."""
    states = snapshot.states[nodes].copy()
    for place in np.flatnonzero(states == CURRENT):
        states[place] = drawn_state(snapshot, int(nodes[place]))
    crowded = len(model) * model.share(zoom) > CROWD
    for state in np.unique(states).tolist():
        these = nodes[states == state]
        look = LOOKS[state]
        if blocks:
            _draw_blocks(painter, model, these, look, theme)
        else:
            _draw_batch(painter, model, these, look, theme, crowded, state == State.COMPUTED)


def _draw_blocks(painter: QPainter, model: GraphModel, nodes: np.ndarray, look: Look, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(look.block))
    painter.drawRects([_rect(box) for box in model.boxes[nodes].tolist()])


def _draw_batch(
    painter: QPainter, model: GraphModel, nodes: np.ndarray, look: Look, theme: Theme, crowded: bool,
    computed: bool,
) -> None:  # fmt: skip
    pen = QPen(theme.color(look.line), look.weight)
    if look.dashed:
        pen.setDashPattern([3.5, 3])
    if look.dotted:
        pen.setDashPattern([1, 2.5])
    painter.setPen(pen)
    painter.setBrush(theme.color(look.fill))
    inputs = model.kinds[nodes] == INPUT
    if not crowded:
        stacks = model.kinds[nodes] == GROUP
        groups.draw_stacks(painter, model, nodes[stacks])
        nodes, inputs = nodes[~stacks], inputs[~stacks]
    if crowded:  # so many are so small that their corners do not show
        pen.setCosmetic(True)
        pen.setWidthF(1)
        painter.setPen(pen)
        painter.drawRects([_rect(box) for box in model.boxes[nodes[~inputs]].tolist()])
    else:
        _draw_rounded(painter, model, nodes[~inputs])
    if computed:
        painter.setPen(QPen(theme.color("primal_strong"), 1.5))
    _draw_rounded(painter, model, nodes[inputs])
    if look.hatched:
        painter.setBrush(QBrush(theme.color("faint", 90), Qt.BrushStyle.BDiagPattern))
        _draw_rounded(painter, model, nodes)


def _draw_rounded(painter: QPainter, model: GraphModel, nodes: np.ndarray) -> None:
    """One by one: filling many shapes as one smooth path costs ten times as much."""
    corners = radii(model.kinds[nodes], model.sizes[nodes, 1]).tolist()
    for box, radius in zip(model.boxes[nodes].tolist(), corners):
        painter.drawRoundedRect(_rect(box), radius, radius)


def _rect(box: list[float]) -> QRectF:
    left, top, right, bottom = box
    return QRectF(left, top, right - left, bottom - top)


def draw_cards(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, nodes: np.ndarray, theme: Theme, zoom: float
) -> None:
    """Everything in the boxes: texts, heat maps and marks."""
    for node in nodes.tolist():
        look = look_of(model, snapshot, node)
        if model.kinds[node] == GROUP:
            groups.draw_card(painter, model, snapshot, node, theme, zoom)
            continue
        box = _rect(model.boxes[node].tolist())
        if model.shape(node):
            _draw_heat_maps(painter, model, snapshot, node, theme, zoom)
        _draw_marks(painter, box, model, node, look, theme)
        if progress := _progress(model, snapshot, node):
            _draw_progress(painter, box, *progress, theme, scales(zoom)[1])
    draw_brief(painter, model, snapshot, nodes, theme, zoom)


def _draw_heat_maps(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, node: int, theme: Theme, zoom: float
) -> None:
    """The primal's map on the left, the adjoint's beside it."""
    arrays = ((snapshot.primal_array(node), "primal"), (snapshot.adjoint_array(node), "adjoint"))
    for place, (array, hue) in enumerate(arrays):
        places = map_places(model, node, array.shape, zoom) if array is not None else []
        if array is not None and places:
            heat.draw(painter, QRectF(*places[place]), array, theme, hue, zoom)


def _draw_marks(painter: QPainter, box: QRectF, model: GraphModel, node: int, look: Look, theme: Theme) -> None:
    if look.crossed:
        _draw_cross(painter, box.topRight() + QPointF(-3, 3), theme)
    if model.kinds[node] == INPUT and not model.watched[node]:
        _draw_closed_eye(painter, QPointF(box.right() - 20, box.top() + 15), theme.color("muted"))


def draw_eyes(painter: QPainter, model: GraphModel, nodes: np.ndarray, theme: Theme) -> None:
    """A closed eye in the middle of each node: how an input that is not watched is marked."""
    for x, y in model.positions[nodes].tolist():
        _draw_closed_eye(painter, QPointF(x, y), theme.color("muted"))


def _progress(model: GraphModel, snapshot: Snapshot, node: int) -> tuple[int, int] | None:
    """How many of several contributions a node has got, until it has all."""
    if drawn_state(snapshot, node) not in GATHERING or not len(snapshot.edge_states):
        return None
    done, total = snapshot.contributions(model, node)
    return (done, total) if total > 1 and done < total else None


def _draw_progress(painter: QPainter, box: QRectF, done: int, total: int, theme: Theme, scale: float) -> None:
    """`done` of `total` contributions on the lower edge of the box: dots, or a fraction when there are many."""
    color = theme.color("adjoint_strong")
    painter.save()
    painter.translate(box.center().x(), box.bottom())
    painter.scale(scale, scale)
    if total > MOST_DOTS:
        text = piece(f"{done}/{total}", Style.SMALL)
        painter.setPen(QPen(color, 1.2))
        painter.setBrush(theme.color("canvas"))
        painter.drawRoundedRect(QRectF(-text.width / 2 - 6, -9, text.width + 12, 18), 9, 9)
        text.draw(painter, -text.width / 2, 4.5, theme.color("adjoint"))
    painter.setPen(QPen(color, 1.4))
    for k in range(total if total <= MOST_DOTS else 0):
        painter.setBrush(color if k < done else theme.color("canvas"))
        painter.drawEllipse(QPointF(11 * (k - (total - 1) / 2), 0), 4, 4)
    painter.restore()


def _draw_cross(painter: QPainter, at: QPointF, theme: Theme) -> None:
    painter.setPen(QPen(theme.color("card"), 1.5))
    painter.setBrush(theme.color("error"))
    painter.drawEllipse(at, 9, 9)
    painter.setPen(QPen(theme.color("card"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(at + QPointF(-3, -3), at + QPointF(3, 3))
    painter.drawLine(at + QPointF(-3, 3), at + QPointF(3, -3))


def _draw_closed_eye(painter: QPainter, at: QPointF, color: QColor) -> None:
    """An eye with a stroke through it: this input is not watched."""
    eye = QPainterPath(at + QPointF(-7, 0))
    eye.quadTo(at + QPointF(0, -7.5), at + QPointF(7, 0))
    eye.quadTo(at + QPointF(0, 7.5), at + QPointF(-7, 0))
    painter.setPen(QPen(color, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(eye)
    painter.drawEllipse(at, 1.7, 1.7)
    painter.drawLine(at + QPointF(-5.5, 5.5), at + QPointF(5.5, -5.5))
