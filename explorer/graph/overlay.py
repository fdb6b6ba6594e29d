"""Draws what moves over the resting picture: the current node's halo, edges being traversed with their
travelling contributions, selection and hover.

Draws a handful of things only. Must not know the widget.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from core.timeline import State
from explorer.drawing.camera import Box, Camera
from explorer.drawing.levels import Detail, detail_at
from explorer.drawing.looks import radius_of
from explorer.drawing.scene import ActiveEdge, GraphModel, Snapshot
from explorer.graph import edges, groups, paths
from explorer.graph.painting import enter_world
from explorer.graph.travel import Traveller, draw_traveller, travellers
from explorer.look.theme import Theme

THICK = 3.2
HALO = 8.0
BEACON = 15.0  # radius in pixels of the ring that shows where the current node is when it is tiny


@dataclass(frozen=True)
class Focus:
    """What the user points at."""

    selected: int | None = None
    hovered: int | None = None


def paint_overlay(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, focus: Focus, camera: Camera, theme: Theme,
    moving: Sequence[Traveller] | None = None,
) -> None:  # fmt: skip
    """Paint everything that is drawn anew in each frame; `moving`, where it is worked out already, is what travels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    enter_world(painter, camera)
    width = max(1.0, 0.5 / camera.zoom)
    for node, color in ((focus.hovered, "border_strong"), (focus.selected, "selection")):
        if node is not None:
            _draw_pointed_at(painter, model, node, theme.color(color), width)
    if snapshot.current is not None:
        _draw_halo(painter, model, snapshot, snapshot.current, camera, theme)
    for edge in snapshot.active:
        _draw_traversed(painter, model, edge, theme, width)
    for one in travellers(model, snapshot, camera.zoom) if moving is None else moving:
        draw_traveller(painter, one, theme)
    painter.restore()


def overlay_boxes(
    model: GraphModel, snapshot: Snapshot, camera: Camera, moving: Sequence[Traveller]
) -> Iterator[Box]:
    """The parts of the world that step and movement are painted on."""
    width = max(1.0, 0.5 / camera.zoom)
    if snapshot.current is not None:
        far = detail_at(camera.zoom) == Detail.FAR
        beacon = (BEACON + 2) / camera.zoom
        x, y = model.positions[snapshot.current].tolist()
        yield Box(x, y, x, y).grown(beacon) if far else model.box(snapshot.current).grown(HALO + 2)
    for edge in snapshot.active:
        for left, top, right, bottom in model.edge_parts(edge.edge).tolist():
            yield Box(left, top, right, bottom).grown(9.0 * width)
    for one in moving:
        yield from one.boxes()


def hue(snapshot: Snapshot) -> str:
    """The colour of the running sweep."""
    node = snapshot.current
    if node is not None and snapshot.states[node] == State.FAILED:
        return "error"
    derived = any(edge.color == "adjoint" for edge in snapshot.active)
    forward = any(edge.color == "primal" for edge in snapshot.active)
    if derived or (node is not None and not forward and snapshot.adjoint_text(node)):
        return "adjoint"
    return "primal"


def _strong(name: str) -> str:
    return name if name == "error" else f"{name}_strong"


def _draw_pointed_at(painter: QPainter, model: GraphModel, node: int, color: QColor, width: float) -> None:
    """A ring around a node, and its edges lifted out."""
    around = np.concatenate([model.edges_to(node), model.edges_from(node)])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if len(around) <= edges.FEW:
        painter.setPen(QPen(color, 1.6 * width))
        painter.drawPath(paths.curves(model.points, model.starts, around))
    _ring(painter, model, node, color, 3.5 * width, 2 * width)


def _ring(painter: QPainter, model: GraphModel, node: int, color: QColor, gap: float, width: float) -> None:
    """A ring filled between two outlines, which costs a tenth of stroking one with a wide pen."""
    box = groups.rect(model.box(node))
    radius = radius_of(model, node)
    ring = QPainterPath()
    for out in (gap + width / 2, gap - width / 2):
        ring.addRoundedRect(box.adjusted(-out, -out, out, out), radius + out, radius + out)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPath(ring)


def _draw_halo(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, node: int, camera: Camera, theme: Theme
) -> None:
    color = theme.color(_strong(hue(snapshot)))
    soft = QColor(color)
    soft.setAlpha(70)
    if detail_at(camera.zoom) == Detail.FAR:
        painter.setBrush(soft)
        painter.setPen(QPen(color, 2.2 / camera.zoom))
        painter.drawEllipse(QPointF(*model.positions[node].tolist()), *[BEACON / camera.zoom] * 2)
        return
    _ring(painter, model, node, soft, HALO / 2 + 0.5, HALO)
    _ring(painter, model, node, color, 0.0, 2.4)


def _draw_traversed(
    painter: QPainter, model: GraphModel, active: ActiveEdge, theme: Theme, width: float
) -> None:
    """The edge thick, in the colour of its sweep, with its head at the end that receives."""
    color = theme.color(_strong(active.color))
    route = model.route(active.edge)
    route = route[::-1] if active.reverse else route
    length = 14.0 * width
    tip, tail = route[-1], route[-2]
    corners = paths.arrow_heads(tip[None], tail[None], length, 12.5 * width)
    painter.setPen(QPen(color, THICK * width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(paths.shortened(route, 0.7 * length))  # the line ends inside its head
    painter.setPen(QPen(color, 1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(color)
    painter.drawPath(paths.triangles(corners))
