"""The far view: tens of thousands of nodes and edges as pixels, made by numpy instead of painted.

Nodes become blocks in the colour of their state, edges a soft density in which bundles show. Both are
anchored in the world, so that parts painted at different times fit together. Knows arrays and colours only.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from core.timeline import State
from explorer.drawing.camera import Camera
from explorer.drawing.looks import LOOKS
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.look.theme import Theme

SAMPLES = 120_000  # about so many points along all edges in a view
COARSE = 4  # pixels of a cell when there are too few points for every pixel
SHADES = 32
MOST = 255  # points counted in a cell
PORTION = 30_000  # points looked at together
DRAWN_ORDER = [
    State.PENDING, State.UNWATCHED, State.UNCONNECTED, State.COMPUTED, State.COMPLETE,
    State.SEEDED, State.ACCUMULATING, State.CURRENT, State.FAILED,
]  # fmt: skip


def paint(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, camera: Camera, area: QRect, theme: Theme
) -> None:
    """Paint what the camera sees in a rectangle of the screen."""
    moved = camera.panned(-area.x(), -area.y())
    if len(model.edges):
        _paint_edges(painter, model, moved, area, theme)
    painter.drawImage(area.topLeft(), blocks(model, snapshot, moved, area.width(), area.height(), theme))


def blocks(
    model: GraphModel, snapshot: Snapshot, camera: Camera, width: int, height: int, theme: Theme
) -> QImage:
    """The nodes' blocks, at least a pixel each, on a transparent ground; what matters more lies above."""
    flat = np.zeros(height * width, np.uint32)
    nodes = model.nodes_in(camera.visible(width, height))
    corners = (model.boxes[nodes] - (camera.x, camera.y, camera.x, camera.y)) * camera.zoom
    low = np.floor(corners[:, :2]).astype(np.int64)
    extent = np.maximum(1, np.floor(corners[:, 2:]).astype(np.int64) - low)
    states = snapshot.states[nodes]
    for state in DRAWN_ORDER:
        these = np.flatnonzero(states == state)
        if len(these):
            color = np.uint32(theme.color(LOOKS[state].block).rgba())
            _fill(flat, width, height, low[these], extent[these], color)
    return _image(flat.reshape(height, width))


def _fill(
    flat: np.ndarray, width: int, height: int, low: np.ndarray, extent: np.ndarray, color: np.uint32
) -> None:
    """Fill many small rectangles: the same pixel of all of them at a time."""
    widest, tallest = extent.max(axis=0).tolist()
    for dy in range(tallest):
        for dx in range(widest):
            column, row = low[:, 0] + dx, low[:, 1] + dy
            fits = (dx < extent[:, 0]) & (dy < extent[:, 1])
            fits &= (column >= 0) & (column < width) & (row >= 0) & (row < height)
            flat[row[fits] * width + column[fits]] = color


def _paint_edges(painter: QPainter, model: GraphModel, camera: Camera, area: QRect, theme: Theme) -> None:
    """Points along the edges, counted in cells of the screen; the more of them, the stronger."""
    rate = _rate(model, camera.zoom)
    cell = 1 if rate > 0.6 else COARSE
    left, top = round(camera.x * camera.zoom), round(camera.y * camera.zoom)
    first_column, first_row = left // cell - 1, top // cell - 1
    columns, rows = area.width() // cell + 4, area.height() // cell + 4
    counts = np.zeros(rows * columns, np.uint8)
    for x, y in _points(model, model.edges_in(camera.visible(area.width(), area.height())), rate, camera.zoom):
        column = np.floor(x * (camera.zoom / cell)).astype(np.int32) - first_column
        row = np.floor(y * (camera.zoom / cell)).astype(np.int32) - first_row
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        cells, times = np.unique(row[inside] * columns + column[inside], return_counts=True)
        counts[cells] = np.minimum(counts[cells] + times, MOST)
    cover = 1 - np.exp(-0.45 * np.arange(MOST + 1) / (cell * cell * rate))
    shades = _shades(theme, "edge")[(cover * (SHADES - 1) + 0.5).astype(np.int64)][counts]
    target = QRectF(
        area.x() + first_column * cell - left, area.y() + first_row * cell - top, columns * cell, rows * cell
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, cell > 1)
    painter.drawImage(target, _image(shades.reshape(rows, columns)))
    painter.restore()


def _rate(model: GraphModel, zoom: float) -> float:
    """Points per pixel of edge; the same wherever one looks at this zoom."""
    return min(1.0, SAMPLES / max(1.0, model.edge_lengths.sum() * zoom * model.share(zoom)))


def _points(
    model: GraphModel, edges: np.ndarray, rate: float, zoom: float
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Points along the given edges, evenly in the parameter; in portions, for the sake of memory."""
    wanted = model.edge_lengths[edges] * (zoom * rate)
    counts = np.floor(wanted + (edges * edges * 0.6180339887) % 1).astype(np.int64)  # rounded by a fixed lot
    ends = np.cumsum(counts)
    cuts = np.searchsorted(ends, np.arange(0, int(counts.sum()), PORTION), "right").tolist()
    for first, last in pairwise([*cuts, len(edges)]):
        yield _portion(model, edges[first:last], counts[first:last])


def _portion(model: GraphModel, edges: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """So many points along each of some edges."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    each = np.repeat(np.arange(len(edges)), counts)
    lot = (edges * edges * 0.7548776662) % 1  # lines side by side begin at other places, so that no pattern shows
    t = (np.arange(total) - (ends - counts)[each] + lot[each]) / counts[each]
    first = model.starts[edges]
    segments = ((model.starts[edges + 1] - first - 1) // 3)[each]
    place = t * segments
    segment = np.minimum(place.astype(np.int64), segments - 1)
    base = first[each] + 3 * segment
    return _cubic(model.points_x, base, place - segment), _cubic(model.points_y, base, place - segment)


def _cubic(values: np.ndarray, base: np.ndarray, u: np.ndarray) -> np.ndarray:
    v = 1 - u
    ends = v * v * v * values[base] + u * u * u * values[base + 3]
    return ends + 3 * u * v * (v * values[base + 1] + u * values[base + 2])


def _shades(theme: Theme, name: str) -> np.ndarray:
    """Strengths of a colour from nothing to full, as premultiplied ARGB."""
    color = theme.color(name)
    alpha = np.linspace(0, 1, SHADES)
    a, r, g, b = ((c * alpha).astype(np.uint32) for c in (255, color.red(), color.green(), color.blue()))
    return (a << 24 | r << 16 | g << 8 | b).astype(np.uint32)


def _image(pixels: np.ndarray) -> QImage:
    height, width = pixels.shape
    pixels = np.ascontiguousarray(pixels)
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
