"""Paints the resting picture: chooses how much detail fits the zoom, culls, and draws edges, then nodes.

One function for the screen and for export. What depends on how many are in sight is decided by the zoom alone,
so that parts painted at different times fit together. Must not know the widget; `overlay` draws what moves.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QRegion

from explorer.drawing.camera import Box, Camera
from explorer.drawing.levels import Detail, detail_at
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.graph import edges, groups, kept_labels, nodes, raster
from explorer.look.theme import Theme

MANY = 1600  # from so many nodes in sight a far view is made of pixels


def paint_graph(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, camera: Camera, area: QRectF, theme: Theme,
    detail: Detail | None = None,
) -> None:  # fmt: skip
    """Paint the part of the graph in `area` (screen coordinates), over a cleared ground."""
    paint_parts(painter, model, snapshot, camera, [area], theme, detail)


def paint_parts(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, camera: Camera, areas: Sequence[QRectF], theme: Theme,
    detail: Detail | None = None,
) -> None:  # fmt: skip
    """Paint several parts of the graph in one go, each as `paint_graph` would."""
    painter.save()
    _clip(painter, areas)
    for area in areas:
        painter.fillRect(area, theme.color("canvas"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fine = detail is not None  # asked for: an export, which may take its time
    detail = detail_at(camera.zoom) if detail is None else detail
    if detail == Detail.FAR and not fine and len(model) * model.share(camera.zoom) > MANY:
        for area in areas:
            raster.paint(painter, model, snapshot, camera, area.toAlignedRect(), theme)
    else:
        _paint_shapes(painter, model, snapshot, camera, areas, theme, detail, fine)
    painter.restore()


def _clip(painter: QPainter, areas: Sequence[QRectF]) -> None:
    if len(areas) == 1:
        painter.setClipRect(areas[0])
        return
    region = QRegion()
    for area in areas:
        region += area.toAlignedRect()
    painter.setClipRegion(region)


def world(camera: Camera, area: QRectF) -> Box:
    """The part of the world behind a rectangle of the screen."""
    left, top = camera.to_world(area.left(), area.top())
    right, bottom = camera.to_world(area.right(), area.bottom())
    return Box(left, top, right, bottom)


def enter_world(painter: QPainter, camera: Camera) -> None:
    """From now on the painter takes world coordinates."""
    painter.scale(camera.zoom, camera.zoom)
    painter.translate(-camera.x, -camera.y)


def _paint_shapes(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, camera: Camera, areas: Sequence[QRectF], theme: Theme,
    detail: Detail, fine: bool,
) -> None:  # fmt: skip
    seen = [world(camera, area).grown(6 / camera.zoom) for area in areas]
    in_sight, through = model.nodes_in(*seen), model.edges_in(*seen)
    whole = Box(*(min(one[k] for one in seen) for k in (0, 1)), *(max(one[k] for one in seen) for k in (2, 3)))
    enter_world(painter, camera)
    groups.draw_frames(painter, model.frames, whole, theme, camera.zoom)
    resting = np.setdiff1d(through, [active.edge for active in snapshot.active], assume_unique=True)
    edges.draw_edges(painter, model, snapshot, resting.astype(np.int64), theme, camera.zoom, fine)
    if detail == Detail.NEAR:
        edges.draw_origins(painter, model, through, theme)
    nodes.draw_boxes(painter, model, snapshot, in_sight, theme, camera.zoom, blocks=detail == Detail.FAR)
    if detail != Detail.FAR:
        nodes.draw_cards(painter, model, snapshot, in_sight, theme, camera.zoom)
        kept_labels.draw_kept(painter, model, snapshot, seen, theme, camera.zoom)
