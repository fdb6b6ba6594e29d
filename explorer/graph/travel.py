"""What travels along edges in a step: the bead, and the labels beside it, with their places worked out once.

The partial and the change of shape stand still; what is carried slides along with the bead. Knows models, not the
widget; coordinates are the world's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from explorer.drawing.camera import Box
from explorer.drawing.levels import Detail, detail_at
from explorer.drawing.scene import ActiveEdge, GraphModel, Snapshot
from explorer.drawing.texts.labels import Label
from explorer.graph import groups, labels, paths
from explorer.graph.kept_labels import draw_labels, label_scale
from explorer.graph.labels import Spot
from explorer.look.theme import Theme

BEAD = 6.2


class Traveller(NamedTuple):
    """What is drawn on one edge: the middle of its bead, if it is under way, and labels."""

    color: str
    bead: tuple[float, float] | None
    scale: float
    spots: tuple[tuple[Spot, bool], ...]
    """Labels, and whether each is filled."""
    resting: tuple[Label, ...]
    """Those that the edge keeps, where it keeps them."""
    resting_scale: float

    def boxes(self) -> Iterator[Box]:
        """Everything that it takes."""
        if self.bead is not None:
            yield Box(*self.bead, *self.bead).grown((BEAD + 2) * self.scale)
        yield from (spot.box(self.scale) for spot, _ in self.spots)
        yield from (label.box(self.resting_scale) for label in self.resting)


def travellers(model: GraphModel, snapshot: Snapshot, zoom: float) -> tuple[Traveller, ...]:
    """All that travels at a step, seen at a zoom; from afar nothing is written."""
    if detail_at(zoom) == Detail.FAR or not snapshot.active:
        return ()
    taken = [groups.title_box(frame.box) for frame in model.frames]
    scale = label_scale(zoom)
    kept = snapshot.labels(scale).of_edges if snapshot.settled.any() else {}
    return tuple(
        _traveller(model, snapshot, edge, zoom, taken, _staying(snapshot, edge, kept), scale)
        for edge in snapshot.active
    )


def _staying(snapshot: Snapshot, edge: ActiveEdge, kept: object) -> tuple[Label, ...]:
    """The labels that an edge keeps from this step on."""
    stays = edge.color == "adjoint" and kept and snapshot.settled[edge.edge]
    return kept.get(edge.edge, ()) if stays else ()  # type: ignore[attr-defined]


def _traveller(
    model: GraphModel, snapshot: Snapshot, active: ActiveEdge, zoom: float, taken: list[Box],
    kept: tuple[Label, ...], kept_scale: float,
) -> Traveller:  # fmt: skip
    route = model.route(active.edge)[::-1] if active.reverse else model.route(active.edge)
    scale, travel = max(1.0, 0.8 / zoom), snapshot.travel
    travelled = 0.04 + 0.9 * travel
    bead = paths.along(route, travelled)[0].tolist() if travel < 1 else None
    wanted = travelled if travel < 1 else 0.5
    texts = [(active.partial, -1, 0.5, False), (active.contribution, 1, wanted, True), (active.shapes, -1, 0.3, False)]
    resting: tuple[Label, ...] = ()
    if kept:  # what stays on the edge is where it will stay
        resting = kept if travel >= 1 else kept[:-1]
        taken.extend(label.box(kept_scale) for label in resting)
        texts = [texts[2]] if travel >= 1 else texts[1:]
    spots = []
    for text, side, at, filled in texts:
        where = labels.spot(model, route, text, side, at, scale, taken) if text else None
        if where is not None:
            taken.append(where.box(scale))
            spots.append((where, filled))
    return Traveller(active.color, bead, scale, tuple(spots), resting, kept_scale)


def draw_traveller(painter: QPainter, one: Traveller, theme: Theme) -> None:
    """Draw the bead and the labels."""
    if one.bead is not None:
        painter.setPen(QPen(theme.color("canvas"), 1.6 * one.scale))
        painter.setBrush(theme.color(f"{one.color}_strong"))
        painter.drawEllipse(QPointF(*one.bead), BEAD * one.scale, BEAD * one.scale)
    draw_labels(painter, one.resting, one.resting_scale, None, theme)
    for spot, filled in one.spots:
        labels.draw(painter, spot, theme, one.color, one.scale, filled)
