"""Where the labels stay that edges keep: on their edges, over no node and no other label.

The contribution matters most: where both have no room it stands alone, and where it has none either, nothing does.
Knows the placed graph and a measure of texts; knows no run, nor who paints.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from explorer.drawing.curves import points_and_directions
from explorer.drawing.measure import Measure, Style
from explorer.drawing.scene import GraphModel
from explorer.drawing.texts.deliveries import Delivery
from explorer.drawing.texts.labels import HEIGHT, Label, Labels

PAD, BETWEEN = 7.0, 3.0  # around the text of a label, and between two, at scale 1
TITLE = 30.0  # the height of the titles of open groups
PLACES = np.array([0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.15, 0.85])  # best first
SAMPLES = np.linspace(0.05, 0.95, 19)
CROSSED = 1.5  # how much worse each foreign line below a label makes a place, in steps through `PLACES`
BELOW = 4.0  # from a node to its sum
MARGIN = 14.0  # by which labels may stick out of the graph at its sides


class EdgeLabels:
    """The labels of a placed graph, for every scale at which they can be read."""

    def __init__(
        self, model: GraphModel, carried: Mapping[int, Delivery], totals: Mapping[int, str], measure: Measure
    ) -> None:
        self.model, self._carried, self._totals, self._measure = model, carried, totals, measure
        self._bounds = model.bounds
        self.at = lru_cache(maxsize=4)(self._at)

    def _at(self, scale: float) -> Labels:
        """Where they are at a scale; each is found a place once, short edges first."""
        model = self.model
        found: dict[int, tuple[Label, ...]] = {}
        lines, owners = self._lines()
        titles = [(box.left, box.top, box.right, min(box.bottom, box.top + TITLE)) for _, _, box in model.frames]
        taken = np.vstack([model.boxes, np.reshape(titles, (-1, 4))])
        for edge in sorted(self._carried, key=lambda edge: float(model.edge_lengths[edge])):
            foreign = lines[owners != edge]
            labels = self._on_edge(edge, self._carried[edge], scale, taken, foreign)
            if labels:
                found[edge] = labels
                taken = np.vstack([taken, [one.box(scale) for one in labels]])
        sums: dict[int, Label] = {}
        for node, text in self._totals.items():
            label = self._at_node(node, text, scale, taken)
            if label is not None:
                sums[node] = label
                taken = np.vstack([taken, [label.box(scale)]])
        return Labels(found, sums)

    def _lines(self) -> tuple[np.ndarray, np.ndarray]:
        """Points along all edges, and the edge of each."""
        model = self.model
        points = [points_and_directions(model.route(edge), SAMPLES)[0] for edge in range(len(model.edges))]
        return np.vstack([np.zeros((0, 2)), *points]), np.repeat(np.arange(len(points)), len(SAMPLES))

    def _half(self, text: str, scale: float) -> float:
        return (self._measure(text, Style.LABEL) / 2 + PAD) * scale

    def _on_edge(
        self, edge: int, carried: Delivery, scale: float, taken: np.ndarray, foreign: np.ndarray
    ) -> tuple[Label, ...]:
        where = points_and_directions(self.model.route(edge), PLACES)[0]
        second = self._half(carried.contribution, scale)
        for partial in dict.fromkeys((carried.partial, "")):
            first = self._half(partial, scale) if partial else 0.0
            gap = BETWEEN * scale if partial else 0.0
            half = first + second + gap / 2
            room = self._bounds.grown(MARGIN - half)
            inside = (where[:, 0] >= room.left) & (where[:, 0] <= room.right)
            best = _best(where[inside], half, HEIGHT / 2 * scale, taken, foreign) if inside.any() else None
            if best is None:
                continue
            where = where[inside]
            x, y = where[best].tolist()
            label = Label(carried.contribution, True, x + half - second, y, second)
            return (Label(partial, False, x - half + first, y, first), label) if partial else (label,)
        return ()

    def _at_node(self, node: int, text: str, scale: float, taken: np.ndarray) -> Label | None:
        left, top, right, bottom = self.model.boxes[node].tolist()
        half, away = self._half(text, scale), BELOW + HEIGHT / 2 * scale
        x = max((left + right) / 2, left - MARGIN + half)
        where = np.array([[x, bottom + away], [x, top - away]])
        best = _best(where, half, HEIGHT / 2 * scale, taken, np.zeros((0, 2)))
        return None if best is None else Label(text, False, x, float(where[best, 1]), half)


def _best(where: np.ndarray, half: float, high: float, taken: np.ndarray, foreign: np.ndarray) -> int | None:
    """The best of several places for a label: free of boxes, and over few lines; None where there is none."""
    low, top = where - (half + 1, high + 1), where + (half + 1, high + 1)
    free = ~(
        (taken[None, :, 0] < top[:, None, 0]) & (taken[None, :, 2] > low[:, None, 0])
        & (taken[None, :, 1] < top[:, None, 1]) & (taken[None, :, 3] > low[:, None, 1])
    ).any(axis=1)  # fmt: skip
    if not free.any():
        return None
    inside = ((foreign[None] > low[:, None]) & (foreign[None] < top[:, None])).all(axis=2).sum(axis=1)
    return int(np.argmin(np.where(free, np.arange(len(where)) + CROSSED * inside, np.inf)))
