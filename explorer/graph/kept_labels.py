"""Draws the labels that edges keep after they have carried something, and the sums that nodes have got.

`explorer.drawing.texts.edge_labels` says where they are. Coordinates are the world's. Must not know the widget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from PySide6.QtGui import QPainter

from explorer.drawing.camera import Box
from explorer.drawing.levels import MIDDLE_ZOOM
from explorer.drawing.measure import Style, scales
from explorer.drawing.scene import EdgeState, GraphModel, Snapshot
from explorer.drawing.texts.labels import Label
from explorer.graph import labels
from explorer.graph.text import piece
from explorer.look.theme import Theme


def label_scale(zoom: float) -> float:
    """By how much labels are enlarged in the world, so that they can be read at a zoom."""
    return scales(zoom)[1]


def draw_kept(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, seen: Sequence[Box], theme: Theme, zoom: float
) -> None:
    """The labels of edges that have carried everything and rest now, and the sums of nodes that have got everything."""
    settled = snapshot.settled
    if zoom < MIDDLE_ZOOM or not settled.any():
        return
    scale = label_scale(zoom)
    found = snapshot.labels(scale)
    moving = {active.edge for active in snapshot.active}
    for edge, ones in found.of_edges.items():
        if settled[edge] and edge not in moving:
            draw_labels(painter, ones, scale, seen, theme)
    for node, label in found.of_nodes.items():
        through = model.edges_from(node)
        carry = through[snapshot.edge_states[through] != EdgeState.CUT]
        if settled[carry].all() and not moving.intersection(carry.tolist()):
            draw_labels(painter, (label,), scale, seen, theme)


def draw_labels(
    painter: QPainter, ones: Iterable[Label], scale: float, seen: Sequence[Box] | None, theme: Theme
) -> None:
    """Draw those that touch one of some parts of the world, None: all."""
    for label in ones:
        box = label.box(scale)
        if seen is None or any(box.touches(part) for part in seen):
            spot = labels.Spot(piece(label.text, Style.LABEL), label.x, label.y)
            labels.draw(painter, spot, theme, "adjoint", scale, label.filled)


def kept_boxes(snapshot: Snapshot, edges: np.ndarray, nodes: np.ndarray, zoom: float) -> Iterator[np.ndarray]:
    """The boxes of the labels of some edges and nodes, in the world."""
    if zoom < MIDDLE_ZOOM or not snapshot.settled.any():
        return
    scale = label_scale(zoom)
    found = snapshot.labels(scale)
    for edge in edges.tolist():
        for label in found.of_edges.get(edge, ()):
            yield np.array(label.box(scale))
    for node in nodes.tolist():
        if node in found.of_nodes:
            yield np.array(found.of_nodes[node].box(scale))
