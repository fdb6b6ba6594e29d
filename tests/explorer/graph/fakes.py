"""A little tape and a column placement, so that the canvas is tested without engine and layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.timeline import State
from explorer.drawing.build import draft
from explorer.drawing.scene import EdgeState, GraphModel


@dataclass(frozen=True)
class Op:
    name: str


@dataclass(frozen=True)
class Constant:
    value: Any


@dataclass(frozen=True)
class Entry:
    index: int
    op: Op
    operands: tuple
    primal: Any
    label: str
    formula: str = ""
    attributes: dict = field(default_factory=dict)
    span: None = None


@dataclass(frozen=True)
class Placed:
    positions: np.ndarray
    points: np.ndarray
    starts: np.ndarray


class Entries(list[Entry]):
    """A tape as far as the graph reads it."""

    @property
    def ops(self) -> list[Op]:
        return [entry.op for entry in self]

    @property
    def primals(self) -> list[Any]:
        return [entry.primal for entry in self]

    def label(self, index: int) -> str:
        return self[index].label

    def operands(self, index: int) -> tuple:
        return self[index].operands


def columns(sizes: np.ndarray, edges: np.ndarray) -> Placed:
    """Each node right of its operands, one under another."""
    layers = np.zeros(len(sizes), int)
    for source, target, _ in edges.tolist():
        layers[target] = max(layers[target], layers[source] + 1)
    positions = np.zeros((len(sizes), 2))
    for layer in range(layers.max(initial=0) + 1):
        these = np.flatnonzero(layers == layer)
        rows = np.arange(len(these)) - (len(these) - 1) / 2
        positions[these] = np.stack([np.full(len(these), layer * 190.0), rows * 120.0], axis=1)
    ends = []
    for source, target, slot in edges.tolist():
        arity = (edges[:, 1] == target).sum()
        start = positions[source] + (sizes[source, 0] / 2, 0)
        end = positions[target] + (-sizes[target, 0] / 2, 18 * (slot - (arity - 1) / 2))
        bend = (end[0] - start[0]) / 2
        ends += [start, start + (bend, 0), end - (bend, 0), end]
    return Placed(positions, np.array(ends).reshape(-1, 2), np.arange(len(edges) + 1) * 4)


def seed_tape() -> list[Entry]:
    """3*w1**2 + 2*w1*w2 at (5, 3)."""
    three, two = Constant(3.0), Constant(2.0)
    return [
        Entry(0, Op("input"), (), 5.0, "w1", "w1"),
        Entry(1, Op("input"), (), 3.0, "w2", "w2"),
        Entry(2, Op("square"), (0,), 25.0, "v1", "v1 = w1²"),
        Entry(3, Op("mul"), (three, 2), 75.0, "v2", "v2 = 3 × v1"),
        Entry(4, Op("mul"), (two, 0), 10.0, "v3", "v3 = 2 × w1"),
        Entry(5, Op("mul"), (4, 1), 30.0, "v4", "v4 = v3 × w2"),
        Entry(6, Op("add"), (3, 5), 105.0, "z", "z = v2 + v4"),
    ]


def model_of(tape: list[Entry], **options: Any) -> GraphModel:
    outline = draft(Entries(tape), lambda i: tape[i].formula, **options)
    return outline.placed(columns(outline.sizes, outline.edges))


def seed_model() -> GraphModel:
    return model_of(seed_tape(), output=6)


def grid_model(count: int, width: int = 40) -> GraphModel:
    """`count` nodes in rows of a serpentine, each fed by the one before and by one a few places back."""
    index = np.arange(count)
    height = max(1, -(-count // width))
    positions = np.stack([index // height * 190.0, index % height * 110.0], axis=1)
    sizes = np.full((count, 2), (120.0, 68.0))
    first = np.stack([index[height:] - height, index[height:], np.zeros(max(0, count - height), int)], axis=1)
    before = np.maximum(0, index[height:] - 1 - height)
    back = np.stack([before, index[height:], np.ones(len(first), int)], axis=1)
    edges = np.concatenate([first, back])
    start = positions[edges[:, 0]] + (60, 0)
    end = positions[edges[:, 1]] + np.stack([np.full(len(edges), -60), edges[:, 2] * 16 - 8], axis=1)
    bend = np.stack([(end - start)[:, 0] / 2, np.zeros(len(edges))], axis=1)
    points = np.stack([start, start + bend, end - bend, end], axis=1).reshape(-1, 2)
    kinds = np.where(index < height, 0, 1).astype(np.uint8)
    return GraphModel(
        positions, sizes, kinds, np.ones(count, bool), edges, points, np.arange(len(edges) + 1) * 4,
        lambda i: f"v{i}", lambda i: f" = v{i - 1} × w{i % 7}",
    )  # fmt: skip


def states_after(model: GraphModel, computed: int, complete: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Node and edge states when so many have a value, and so many from the end have an adjoint."""
    count = len(model)
    states = np.where(np.arange(count) < computed, State.COMPUTED, State.PENDING).astype(np.uint8)
    states[count - complete :] = State.COMPLETE
    target = model.edges[:, 1]
    edges = np.where(target < computed, EdgeState.FLOWED, EdgeState.IDLE).astype(np.uint8)
    edges[target >= count - complete] = EdgeState.USED
    return states, edges
