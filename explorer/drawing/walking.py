"""Walking from node to node with the arrow keys: along edges left and right, to neighbours up and down.

Pure; knows the model only.
"""

from __future__ import annotations

import numpy as np

from explorer.drawing.scene import GraphModel


def neighbour(model: GraphModel, node: int, direction: str) -> int | None:
    """The node one gets to by going "left" (an operand), "right" (a user), "up" or "down"; None at an end."""
    if direction == "left":
        return _nearest(model, node, model.edges[model.edges_to(node), 0])
    if direction == "right":
        return _nearest(model, node, model.edges[model.edges_from(node), 1])
    return _beside(model, node, -1 if direction == "up" else 1)


def _nearest(model: GraphModel, node: int, others: np.ndarray) -> int | None:
    """Of several, the one at the most similar height; the first of equals."""
    if not len(others):
        return None
    away = np.abs(model.positions[others, 1] - model.positions[node, 1])
    return int(others[np.argmin(away)])


def _beside(model: GraphModel, node: int, way: int) -> int | None:
    """The next node above or below that stands in the same column; else the nearest in that direction."""
    offset = (model.positions - model.positions[node]) * (1, way)
    ahead = np.flatnonzero(offset[:, 1] > 1e-6)
    if not len(ahead):
        return None
    overlap = (model.sizes[ahead, 0] + model.sizes[node, 0]) / 2
    sideways = np.maximum(0, np.abs(offset[ahead, 0]) - overlap * 0.5)
    return int(ahead[np.argmin(offset[ahead, 1] + 3 * sideways)])
