"""Draws nodes: boxes in batches by state, then the texts and marks of each.

Coordinates are the world's; the painter is already transformed. Must not know the widget or the camera
beyond the zoom, which decides how much is worth drawing.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from core.timeline import State
from explorer.drawing.heat_map import room as map_room
from explorer.drawing.looks import CURRENT, GROUP, INPUT, LOOKS, Look, drawn_state, look_of, radii
from explorer.drawing.measure import Style
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.graph import groups, heat
from explorer.graph.text import Piece, piece
from explorer.look.theme import Theme

PADDING = 12.0
CROWD = 220  # nodes in sight that are not worth round corners
LINE = 19.0  # from one line of text to the next
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
    """Everything that is written in the boxes."""
    for node in nodes.tolist():
        _draw_card(painter, model, snapshot, node, theme, zoom)


def _draw_card(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, node: int, theme: Theme, zoom: float
) -> None:
    look = look_of(model, snapshot, node)
    if model.kinds[node] == GROUP:
        groups.draw_card(painter, model, snapshot, node, look, theme)
        return
    box = QRectF(QPointF(*model.boxes[node, :2].tolist()), QPointF(*model.boxes[node, 2:].tolist()))
    shape = model.shape(node)
    primal, adjoint = snapshot.primal_text(node), snapshot.adjoint_text(node)
    lines = [(primal, Style.VALUE, look.value), (adjoint, Style.VALUE, look.adjoint)]
    progress = _progress(model, snapshot, node)
    if model.kinds[node] == INPUT:
        _draw_pill_texts(painter, box, model.title(node), shape, lines, theme)
    else:
        spare = _progress_width(*progress) if progress else 0.0
        _draw_card_texts(painter, box, model.title(node), model.formula(node), shape, lines, spare, theme)
    if shape:
        _draw_heat_maps(painter, box, snapshot, node, theme, zoom, model.kinds[node] == INPUT)
    _draw_marks(painter, box, model, node, look, theme)
    if progress:
        _draw_progress(painter, box, *progress, theme, upright=model.kinds[node] == INPUT)


def _draw_pill_texts(
    painter: QPainter, box: QRectF, title: str, shape: str, lines: list[tuple[str, Style, str]], theme: Theme
) -> None:
    room = box.width() - 2 * PADDING
    y = box.top() + 20
    name = piece(title, Style.TITLE, room)
    mark = piece(shape, Style.SMALL) if shape else None
    x = box.center().x() - (name.width + (mark.width + 6 if mark else 0)) / 2
    name.draw(painter, x, y, theme.color("text"))
    if mark:
        mark.draw(painter, x + name.width + 6, y, theme.color("muted"))
    y = box.bottom() - 12 - LINE
    for text, style, color in lines:
        if text:
            line = fitting(text, style, room)
            line.draw(painter, box.center().x() - line.width / 2, y, theme.color(color))
        y += LINE


def _draw_card_texts(
    painter: QPainter, box: QRectF, title: str, formula: str, shape: str,
    lines: list[tuple[str, Style, str]], spare: float, theme: Theme,
) -> None:  # fmt: skip
    """The last line leaves `spare` room at its end."""
    x, y, room = box.left() + PADDING, box.top() + 20, box.width() - 2 * PADDING
    name = piece(title, Style.TITLE, room)
    name.draw(painter, x, y, theme.color("text"))
    mark = piece(shape, Style.SMALL) if shape else None
    left = room - name.width - (mark.width + 8 if mark else 0)
    if formula and left > 20:
        piece(formula, Style.FORMULA, left).draw(painter, x + name.width, y, theme.color("muted"))
    if mark:
        mark.draw(painter, box.right() - PADDING - mark.width, y, theme.color("muted"))
    y = box.bottom() - 11 - LINE
    for (text, style, color), width in zip(lines, (room, room - spare)):
        if text:
            fitting(text, style, width).draw(painter, x, y, theme.color(color))
        y += LINE


def fitting(text: str, style: Style, room: float) -> Piece:
    """A line of text; when it is too long for `v̄4 = -0.25`, only what stands after the equals sign."""
    line = piece(text, style)
    if line.width <= room:
        return line
    return piece(text.rpartition(" = ")[2], style, room)


def _draw_heat_maps(
    painter: QPainter, box: QRectF, snapshot: Snapshot, node: int, theme: Theme, zoom: float, centred: bool
) -> None:
    """The primal's map on the left, the adjoint's beside it."""
    for array, hue in ((snapshot.primal_array(node), "primal"), (snapshot.adjoint_array(node), "adjoint")):
        if array is None or not array.ndim:
            continue
        width, height = map_room(array.shape)
        x = box.left() + PADDING
        if centred:
            x = box.center().x() - width - 5
        if hue == "adjoint":
            x += width + 10
        heat.draw(painter, QRectF(x, box.top() + 30, width, height), array, theme, hue, zoom)


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
    """How many of several contributions a node has got, while it is getting them."""
    if drawn_state(snapshot, node) not in GATHERING or not len(snapshot.edge_states):
        return None
    done, total = snapshot.contributions(model, node)
    return (done, total) if total > 1 else None


def _progress_width(done: int, total: int) -> float:
    """The room that the progress takes at the lower right of a card."""
    return 9.0 * total + 6 if total <= MOST_DOTS else piece(f"{done}/{total}", Style.SMALL).width + 8


def _draw_progress(
    painter: QPainter, box: QRectF, done: int, total: int, theme: Theme, upright: bool
) -> None:
    """`done` of `total` contributions: dots, or a fraction when there are many; upright in pills."""
    color = theme.color("adjoint_strong")
    first, step = box.bottomRight() + QPointF(-PADDING - 4 - 9 * (total - 1), -12), QPointF(9, 0)
    if upright:
        first, step = QPointF(box.right() - 13, box.center().y() + 3), QPointF(0, -9)
    if total > (3 if upright else MOST_DOTS):
        text = piece(f"{done}/{total}", Style.SMALL)
        y = box.top() + 20 if upright else box.bottom() - 9
        text.draw(painter, box.right() - PADDING - text.width, y, theme.color("adjoint"))
        return
    painter.setPen(QPen(color, 1.2))
    for k in range(total):
        painter.setBrush(color if k < done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(first + step * k, 3, 3)


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
