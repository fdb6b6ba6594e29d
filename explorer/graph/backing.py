"""Keeps the resting picture of the view and repaints as little of it as possible.

Panning shifts the pixmap and paints the strips that come into sight; a step repaints the nodes whose state,
text or array has changed. Knows painting, not the widget.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap

from explorer.drawing.camera import Camera
from explorer.drawing.levels import Detail, detail_at
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.graph.kept_labels import kept_boxes
from explorer.graph.painting import paint_parts, world
from explorer.look.theme import Theme

PATCHES = 24  # more changes than this repaint everything
MOST_PARTS = 160  # and so many parts that were not painted yet
LEAST_STRETCH, MOST_STRETCH, LEAST_SEEN = 0.6, 1.9, 0.5  # of what is shown in place of a sharp picture
REACH = 14  # world units by which a node's marks may stick out of its box


class Backing:
    """The pixmap with everything that does not move."""

    def __init__(self) -> None:
        self._pixmap = QPixmap()
        self._camera = Camera()
        self._shown: Snapshot | None = None
        self._texts: dict[int, tuple[Any, ...]] = {}
        self._key: tuple[Any, ...] = ()
        self._dirty: list[QRectF] | None = None  # None: everything

    def forget(self) -> None:
        """Whatever is kept is no longer true."""
        self._dirty, self._shown = None, None
        self._texts.clear()

    def show(self, model: GraphModel, snapshot: Snapshot) -> list[QRectF] | None:
        """Another step: mark what looks different from the last one. The parts of the view, or None for all of it."""
        if self._shown is None or self._dirty is None:
            self._shown, self._dirty = snapshot, None
            return None
        nodes, edges = self._changes(model, snapshot)
        self._shown = snapshot
        if len(nodes) + len(edges) > PATCHES or len(self._dirty) > MOST_PARTS:
            self._dirty = None
            return None
        self._dirty += [self._on_screen(box, REACH) for box in model.boxes[nodes]]
        self._dirty += [self._on_screen(box, 8) for edge in edges.tolist() for box in model.edge_parts(edge)]
        self._dirty += [self._on_screen(box, 2) for box in kept_boxes(snapshot, edges, nodes, self._camera.zoom)]
        return self._dirty

    def picture(
        self, model: GraphModel, snapshot: Snapshot, camera: Camera, size: tuple[int, int], ratio: float,
        theme: Theme,
    ) -> QPixmap:  # fmt: skip
        """The picture as the camera sees it now, brought up to date."""
        self._prepare(size, ratio, theme)
        area = QRectF(0, 0, *size)
        patches = self._shift(camera, area) if self._dirty is not None else None
        self._camera = camera
        patches = [area] if patches is None or self._dirty is None else _merged(patches + self._dirty)
        if patches:
            self._paint(model, snapshot, [patch & area for patch in patches], theme)
        self._shown, self._dirty = snapshot, []
        return self._pixmap

    def stretched(self, painter: QPainter, camera: Camera, size: tuple[int, int], theme: Theme) -> bool:
        """Draw what is kept as large as the camera wants it, without painting anything; False where that would show
        too little, or too coarsely.
        """
        scale = camera.zoom / self._camera.zoom
        if self._dirty is None or self._pixmap.isNull() or not LEAST_STRETCH <= scale <= MOST_STRETCH:
            return False
        x, y = camera.to_screen(self._camera.x, self._camera.y)
        target = QRectF(x, y, self._key[0] * scale, self._key[1] * scale)
        whole = QRectF(0, 0, *size)
        if (target & whole).width() * (target & whole).height() < LEAST_SEEN * whole.width() * whole.height():
            return False
        painter.fillRect(whole, theme.color("canvas"))
        painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))
        return True

    def _prepare(self, size: tuple[int, int], ratio: float, theme: Theme) -> None:
        key = (*size, ratio, theme.name)
        if key != self._key:
            self._key = key
            self._pixmap = QPixmap(round(size[0] * ratio), round(size[1] * ratio))
            self._pixmap.setDevicePixelRatio(ratio)
            self._dirty = None

    def _shift(self, camera: Camera, area: QRectF) -> list[QRectF] | None:
        """Move the pixmap along with the camera; the strips to paint, or None when all is new."""
        if camera == self._camera:
            return []
        if camera.zoom != self._camera.zoom:
            return None
        ratio = self._pixmap.devicePixelRatio()
        dx, dy = ((self._camera.x - camera.x) * camera.zoom, (self._camera.y - camera.y) * camera.zoom)
        steps = round(dx * ratio), round(dy * ratio)
        if abs(dx) >= area.width() or abs(dy) >= area.height():
            return None
        self._pixmap.scroll(*steps, QRect(0, 0, self._pixmap.width(), self._pixmap.height()))
        self._dirty = [patch.translated(dx, dy) for patch in self._dirty or []]
        strips = []
        if dx:
            strips.append(QRectF(0 if dx > 0 else area.width() + dx, 0, abs(dx), area.height()))
        if dy:
            strips.append(QRectF(0, 0 if dy > 0 else area.height() + dy, area.width(), abs(dy)))
        return strips

    def _paint(self, model: GraphModel, snapshot: Snapshot, patches: list[QRectF], theme: Theme) -> None:
        parts = [QRectF(patch.toAlignedRect()) for patch in patches if not patch.isEmpty()]
        if not parts:
            return
        painter = QPainter(self._pixmap)
        paint_parts(painter, model, snapshot, self._camera, parts, theme)
        painter.end()
        self._remember(model, snapshot, parts)

    def _remember(self, model: GraphModel, snapshot: Snapshot, parts: list[QRectF]) -> None:
        if detail_at(self._camera.zoom) == Detail.FAR:
            return
        if parts[0].width() * parts[0].height() > 0.9 * self._key[0] * self._key[1]:
            self._texts.clear()
        for node in model.nodes_in(*(world(self._camera, part) for part in parts)).tolist():
            self._texts[node] = _content(snapshot, node)

    def _changes(self, model: GraphModel, new: Snapshot) -> tuple[np.ndarray, np.ndarray]:
        """Nodes and edges in sight that look different now."""
        old = self._shown
        assert old is not None
        seen = world(self._camera, QRectF(0, 0, self._key[0], self._key[1])) if self._key else model.bounds
        changed = old.states != new.states
        edges = np.union1d(np.flatnonzero(old.edge_states != new.edge_states), _moved(old, new))
        if len(old.settled) == len(new.settled):
            edges = np.union1d(edges, np.flatnonzero(old.settled != new.settled))
        edges = edges.astype(np.int64)
        changed[model.edges[edges, 0]] = True  # their count of contributions
        nodes = np.flatnonzero(changed)
        nodes = nodes[_touch(model.boxes[nodes], seen)]
        edges = edges[_touch(model.edge_boxes[edges], seen)]
        if detail_at(self._camera.zoom) != Detail.FAR:
            touched = new.touched_since(old)
            known = self._texts if touched is None else [node for node in touched if node in self._texts]
            rewritten = [node for node in known if not _same(self._texts[node], _content(new, node))]
            nodes = np.union1d(nodes, np.array(rewritten, np.int64))
        return nodes, edges

    def _on_screen(self, box: np.ndarray, margin: float) -> QRectF:
        left, top = self._camera.to_screen(*(box[:2] - margin).tolist())
        right, bottom = self._camera.to_screen(*(box[2:] + margin).tolist())
        return QRectF(left - 1, top - 1, right - left + 2, bottom - top + 2)


def _moved(old: Snapshot, new: Snapshot) -> list[int]:
    """Edges that are traversed in one of the steps only; while they are, the overlay draws them."""
    return sorted({active.edge for active in old.active} ^ {active.edge for active in new.active})


def _merged(patches: list[QRectF]) -> list[QRectF]:
    """One patch instead of many, where that is hardly more to paint."""
    whole = QRectF()
    for patch in patches:
        whole = whole.united(patch)
    parts = sum(patch.width() * patch.height() for patch in patches)
    return [whole] if len(patches) > 1 and whole.width() * whole.height() <= 1.3 * parts else patches


def _touch(boxes: np.ndarray, seen: Any) -> np.ndarray:
    across = (boxes[:, 0] <= seen.right) & (boxes[:, 2] >= seen.left)
    return across & (boxes[:, 1] <= seen.bottom) & (boxes[:, 3] >= seen.top)


def _content(snapshot: Snapshot, node: int) -> tuple[Any, ...]:
    texts = snapshot.primal_text(node), snapshot.adjoint_text(node)
    return (*texts, snapshot.primal_array(node), snapshot.adjoint_array(node))


def _same(first: tuple[Any, ...], second: tuple[Any, ...]) -> bool:
    return first[:2] == second[:2] and first[2] is second[2] and first[3] is second[3]
