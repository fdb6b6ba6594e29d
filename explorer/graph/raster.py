"""The far view: tens of thousands of nodes and edges as pixels, made by numpy instead of painted.

Nodes become blocks in the colour of their state, edges a soft density. Knows arrays and colours only.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from explorer.graph.camera import Camera
from explorer.graph.looks import LOOKS
from explorer.graph.scene import GraphModel, NodeState, Snapshot
from explorer.theme import Theme

SAMPLES = 160_000  # points along all edges together
DRAWN_ORDER = [
    NodeState.PENDING, NodeState.UNCONNECTED, NodeState.COMPUTED, NodeState.COMPLETE, NodeState.SEEDED,
    NodeState.ACCUMULATING, NodeState.CURRENT, NodeState.FAILED,
]  # fmt: skip


def image(
    model: GraphModel, snapshot: Snapshot, camera: Camera, width: int, height: int, theme: Theme,
    edges: bool = True,
) -> QImage:  # fmt: skip
    """A picture of what the camera sees, `width` x `height` pixels, on a transparent ground."""
    seen = camera.visible(width, height)
    pixels = np.zeros((height, width), np.uint32)
    if edges and len(model.edges):
        pixels = _edge_density(model, model.edges_in(seen), camera, width, height, theme)
    nodes = model.nodes_in(seen)
    _blocks(pixels, model, snapshot, nodes, camera, theme)
    picture = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return picture.copy()


def _edge_density(
    model: GraphModel, edges: np.ndarray, camera: Camera, width: int, height: int, theme: Theme
) -> np.ndarray:
    """Points along the edges, counted per pixel; the more of them, the stronger."""
    if not len(edges):
        return np.zeros((height, width), np.uint32)
    edges = edges[:: max(1, len(edges) * 6 // SAMPLES)]
    spans = (model.edge_boxes[edges, 2:] - model.edge_boxes[edges, :2]).sum(axis=1) * camera.zoom
    wanted = np.clip(spans, 2, 4000)
    wanted *= min(1.0, SAMPLES / wanted.sum())
    counts = np.maximum(2, wanted.astype(int))
    owner = np.repeat(np.arange(len(edges)), counts)
    ends = np.cumsum(counts)
    t = (np.arange(ends[-1]) - np.repeat(ends - counts, counts) + 0.5) / np.repeat(counts, counts)
    places = _on_routes(model, edges[owner], t)
    column = ((places[0] - camera.x) * camera.zoom).astype(np.int64)
    row = ((places[1] - camera.y) * camera.zoom).astype(np.int64)
    inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    density = np.bincount(row[inside] * width + column[inside], minlength=width * height)
    return _premultiplied(theme, "edge", 36)[np.minimum(density, 5)].reshape(height, width)


def _on_routes(model: GraphModel, edges: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The points of the given edges at parameters t, as columns."""
    first = model.starts[edges]
    segments = (model.starts[edges + 1] - first - 1) // 3
    place = t * segments
    segment = np.minimum(place.astype(np.int64), segments - 1)
    u = place - segment
    base = first + 3 * segment
    v = 1 - u
    weights = (v * v * v, 3 * v * v * u, 3 * v * u * u, u * u * u)
    x, y = model.points_x, model.points_y
    return (
        sum((w * x[base + k] for k, w in enumerate(weights)), np.zeros(len(t))),
        sum((w * y[base + k] for k, w in enumerate(weights)), np.zeros(len(t))),
    )


def _premultiplied(theme: Theme, name: str, step: int) -> np.ndarray:
    """Six strengths of a colour, from nothing upwards, as premultiplied ARGB."""
    color = theme.color(name)
    alphas = [min(255, step * k + (24 if k else 0)) for k in range(6)]
    table = [
        a << 24 | color.red() * a // 255 << 16 | color.green() * a // 255 << 8 | color.blue() * a // 255
        for a in alphas
    ]
    return np.array(table, np.uint32)


def _blocks(
    pixels: np.ndarray, model: GraphModel, snapshot: Snapshot, nodes: np.ndarray, camera: Camera, theme: Theme
) -> None:
    """Fill the nodes' blocks, at least a pixel each; what matters more lies above."""
    height, width = pixels.shape
    boxes = (model.boxes[nodes] - (camera.x, camera.y, camera.x, camera.y)) * camera.zoom
    low = np.floor(boxes[:, :2]).astype(np.int64)
    extent = np.maximum(1, np.floor(boxes[:, 2:]).astype(np.int64) - low)
    tallest, widest = (int(extent[:, k].max(initial=1)) for k in (1, 0))
    states = snapshot.states[nodes]
    flat = pixels.reshape(-1)
    for state in DRAWN_ORDER:
        these = np.flatnonzero(states == state)
        if not len(these):
            continue
        color = np.uint32(theme.color(LOOKS[state].block).rgba())
        left, top = low[these, 0], low[these, 1]
        wide, high = extent[these, 0], extent[these, 1]
        for dy in range(tallest):
            for dx in range(widest):
                column, row = left + dx, top + dy
                fits = (dx < wide) & (dy < high)
                fits &= (column >= 0) & (column < width) & (row >= 0) & (row < height)
                flat[row[fits] * width + column[fits]] = color
