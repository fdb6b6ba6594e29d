"""Places a draft: flat where no group is open, else each open group in a frame of its own. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from explorer.drawing.build import Draft
from explorer.drawing.camera import Box
from explorer.drawing.layout import Layout, layout
from explorer.drawing.nesting import Nest, Nested, nested
from explorer.drawing.scene import GraphModel, OpenGroup
from explorer.drawing.wrapping import wrapped

MANY = 80  # nodes, from which on rows follow the program
HUB = 40  # users, from which on such a graph shows a value where it is used, without lines
LARGE, FAR, MOST_SPAN = 3000, 60, 40  # nodes; columns that a far edge passes; columns for each node, about
STUB, STUB_STEP = 34.0, 18.0
MOST_FRAMES = 80  # beyond, open groups are drawn without frames


def place(
    drawn: Draft, frames: Sequence[tuple[int, str, int, int, int]] = (), previous: np.ndarray | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> GraphModel:  # fmt: skip
    """Lay the graph out. `frames` are open groups, outer before inner: number, title, first and last node + 1, and the
    place in `frames` of the one around it (-1: none); `previous` (n, 2) are former centres, nan for new nodes.
    """
    options: dict[str, Any] = {**drawn.layout_options, "cancelled": cancelled}
    if not frames or len(frames) > MOST_FRAMES:
        return drawn.placed(in_rows(drawn.sizes, drawn.edges, previous=previous, **options))
    nests = [Nest(first, stop, parent) for _, _, first, stop, parent in frames]
    apart = _hubs(len(drawn.sizes), drawn.edges)
    done = nested(drawn.sizes, drawn.edges[~apart], nests, in_rows, previous=previous, **options)
    points, starts = _with_stubs(done, drawn.sizes, drawn.edges, apart)
    done = replace(done, points=points, starts=starts)
    boxes = [Box(*box) for box in done.boxes.tolist()]
    return drawn.placed(done, tuple(OpenGroup(number, title, box) for (number, title, *_), box in zip(frames, boxes)))


def in_rows(sizes: np.ndarray, edges: np.ndarray, ports: np.ndarray | None = None, **options: Any) -> Layout:
    """A layout, broken into rows where it is long and thin."""
    apart = _hubs(len(sizes), edges) | _far(len(sizes), edges)
    ports = None if ports is None else ports[~apart]
    done = layout(sizes, edges[~apart], ports=ports, follow=len(sizes) > MANY, **options)
    done = wrapped(done, sizes, edges[~apart])
    points, starts = _with_stubs(done, sizes, edges, apart)
    return replace(done, points=points, starts=starts)


def _hubs(count: int, edges: np.ndarray) -> np.ndarray:
    """In a graph of many nodes the edges from values that are used everywhere."""
    users = np.bincount(edges[:, 0], minlength=count)
    return users[edges[:, 0]] > (HUB if count > MANY else len(edges))


def _far(count: int, edges: np.ndarray) -> np.ndarray:
    """The edges that pass so many columns of a large graph that routes around all nodes would fill the memory."""
    if count < LARGE or not len(edges):
        return np.zeros(len(edges), bool)
    layers = [0] * count
    for source, target, _ in edges[np.argsort(edges[:, 1], kind="stable")].tolist():
        layers[target] = max(layers[target], layers[source] + 1)
    layer = np.array(layers)
    spans = layer[edges[:, 1]] - layer[edges[:, 0]]
    return spans > FAR if spans.sum() > MOST_SPAN * count else np.zeros(len(edges), bool)


def _with_stubs(
    done: Layout | Nested, sizes: np.ndarray, edges: np.ndarray, apart: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The routes of a layout, and some edges as stubs at their users: lines across everything would hide it."""
    counts = np.full(len(edges), 4)
    counts[~apart] = np.diff(done.starts)
    starts = np.concatenate([[0], np.cumsum(counts)])
    points = np.empty((starts[-1], 2))
    points[np.repeat(~apart, counts)] = done.points
    target = edges[apart, 1]
    shift = np.stack([np.zeros(len(target)), STUB_STEP * (edges[apart, 2] % 2 * 2 - 1)], axis=1)
    end = done.positions[target] - sizes[target] * (0.5, 0) + shift
    stub = np.array([STUB, 0.0])
    route = np.stack([end - stub, end - stub / 2, end - stub / 3, end], axis=1)
    points[np.repeat(apart, counts)] = route.reshape(-1, 2)
    return points, starts
