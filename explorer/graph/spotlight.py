"""What the graph points out beside selection and step: entries that were found, and a lit part of the graph.

Found nodes get a ring, or a beacon where they are tiny; while a part is lit the rest is paler. Knows models only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explorer.drawing.camera import Camera
from explorer.drawing.levels import Detail, detail_at
from explorer.drawing.looks import radius_of
from explorer.drawing.measure import Style
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.graph import brief, edges, groups, nodes, paths
from explorer.graph.painting import enter_world, world
from explorer.graph.text import piece
from explorer.look.theme import Theme

PALE = 185  # of 255
BEACON = 7.0
MOST_RINGS = 3000


@dataclass(frozen=True, eq=False)
class Spotlight:
    """Entries that were found; entries that are lit, and whether only the edges of a `route` between them are."""

    found: Sequence[int] = ()
    lit: Sequence[int] | None = None
    route: bool = False
    moves: Mapping[int, str] = field(default_factory=dict)
    """By entry what is written above its node: how far it moves."""

    def nodes(self, model: GraphModel, entries: Iterable[int]) -> np.ndarray:
        """The nodes that hold the entries."""
        return np.unique(np.array([model.node_of(entry) for entry in entries], np.int64))

    def lit_edges(self, model: GraphModel, lit: np.ndarray) -> np.ndarray:
        """The edges between lit nodes; of a route only those from each entry to the next."""
        if not len(model.edges):
            return np.zeros(0, np.int64)
        if not self.route:
            return np.flatnonzero(np.isin(model.edges[:, 0], lit) & np.isin(model.edges[:, 1], lit))
        path = [model.node_of(entry) for entry in self.lit or ()]
        steps = set(zip(path, path[1:]))
        return np.array([k for k, (a, b, _) in enumerate(model.edges.tolist()) if (a, b) in steps], np.int64)


def paint(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, light: Spotlight, camera: Camera, area: QRectF,
    theme: Theme,
) -> None:  # fmt: skip
    """Paint over the resting picture."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if light.lit is not None:
        painter.fillRect(area, theme.color("canvas", PALE))
        _paint_lit(painter, model, snapshot, light, camera, area, theme)
    if light.found:
        enter_world(painter, camera)
        _paint_found(painter, model, light.nodes(model, light.found), camera, area, theme)
    painter.restore()


def _paint_lit(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, light: Spotlight, camera: Camera, area: QRectF,
    theme: Theme,
) -> None:  # fmt: skip
    painter.save()
    enter_world(painter, camera)
    lit = light.nodes(model, light.lit or ())
    shown = light.lit_edges(model, lit)
    color = theme.color("selection")
    if light.route and len(shown) <= edges.FEW:
        painter.setPen(QPen(color, max(3.0, 1.5 / camera.zoom)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(paths.curves(model.points, model.starts, shown))
        edges.draw_heads(painter, model, shown, color, max(1.3, 0.6 / camera.zoom))
    else:
        edges.draw_edges(painter, model, snapshot, shown, theme, camera.zoom)
    seen = np.intersect1d(lit, model.nodes_in(world(camera, area)))
    detail = detail_at(camera.zoom)
    nodes.draw_boxes(painter, model, snapshot, seen, theme, camera.zoom, blocks=detail == Detail.FAR)
    if detail == Detail.NEAR:
        nodes.draw_cards(painter, model, snapshot, seen, theme, camera.zoom)
    elif detail == Detail.MIDDLE:
        brief.draw_brief(painter, model, snapshot, seen, theme, camera.zoom)
    painter.restore()


def paint_moves(
    painter: QPainter, model: GraphModel, light: Spotlight, camera: Camera, theme: Theme
) -> None:
    """Over each node the move of its last entry that moves; above everything else."""
    if not light.moves or detail_at(camera.zoom) == Detail.FAR:
        return
    texts = {model.node_of(entry): text for entry, text in sorted(light.moves.items())}
    for node, text in texts.items():
        box, words = model.box(node), piece(text, Style.LABEL)
        x, y = camera.to_screen(box.center[0], box.top)
        painter.setPen(QPen(theme.color("canvas"), 1.5))
        painter.setBrush(theme.color("selection"))
        painter.drawRoundedRect(QRectF(x - words.width / 2 - 7, y - 11, words.width + 14, 18), 9, 9)
        words.draw(painter, x - words.width / 2, y + 2.5, theme.color("on_accent"))


def _paint_found(
    painter: QPainter, model: GraphModel, found: np.ndarray, camera: Camera, area: QRectF, theme: Theme
) -> None:
    seen = np.intersect1d(found, model.nodes_in(world(camera, area)))[:MOST_RINGS]
    color, width = theme.color("warning"), max(2.5, 1.4 / camera.zoom)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, width))
    if detail_at(camera.zoom) == Detail.FAR:
        for x, y in model.positions[seen].tolist():
            painter.drawEllipse(QPointF(x, y), BEACON / camera.zoom, BEACON / camera.zoom)
        return
    for node in seen.tolist():
        gap = 3 + width / 2
        box = groups.rect(model.box(node).grown(gap))
        radius = radius_of(model, node) + gap
        painter.drawRoundedRect(box, radius, radius)
