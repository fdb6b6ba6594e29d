"""From a tape to the graph that is drawn: sizes and edges for the layout, then the placed model.

Node i is entry i; constants that serve one operation are part of its formula, not nodes. The wording comes
from the caller. Must not know the session, nor how the layout works.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from explorer.graph import heat
from explorer.graph.nodes import radii
from explorer.graph.scene import EdgeState, GraphModel, Kind
from explorer.graph.text import Style, width

LEAST_WIDTH, MOST_WIDTH, HEIGHT = 106.0, 280.0, 68.0
MEASURED = 3000  # larger graphs guess the widths of their texts
LAYER_GAP = 96.0
NEVER = np.iinfo(np.int64).max
USUAL_VALUE = " = -0.1234"  # room for an adjoint like this
GUESSED = {Style.TITLE: 9.3, Style.VALUE: 7.9, Style.FORMULA: 8.1, Style.SMALL: 6.7}


class PlacedGraph(Protocol):
    """What a layout gives back, as far as it is used here."""

    @property
    def positions(self) -> np.ndarray: ...

    @property
    def points(self) -> np.ndarray: ...

    @property
    def starts(self) -> np.ndarray: ...


@dataclass(frozen=True, eq=False)
class Draft:
    """A graph before its layout: what the layout needs, and the texts."""

    sizes: np.ndarray
    edges: np.ndarray
    kinds: np.ndarray
    watched: np.ndarray
    title: Callable[[int], str]
    formula: Callable[[int], str]
    shape: Callable[[int], str]

    @property
    def layout_options(self) -> dict[str, Any]:
        """What to tell the layout besides sizes and edges; the gap leaves room for labels on edges."""
        output = np.flatnonzero(self.kinds == Kind.OUTPUT)
        inputs = np.flatnonzero(self.kinds == Kind.INPUT).tolist()
        return {"inputs": inputs, "output": int(output[0]) if len(output) else None, "layer_gap": LAYER_GAP}

    def placed(self, layout: PlacedGraph) -> GraphModel:
        """The model with the layout's positions and routes."""
        points = _meeting_pills(self, layout)
        return GraphModel(
            layout.positions, self.sizes, self.kinds, self.watched, self.edges, points, layout.starts,
            self.title, self.formula, self.shape,
        )  # fmt: skip


def draft(
    tape: Any, formula: Callable[[int], str], *, output: int | None = None,
    watched: Collection[int] | None = None,
) -> Draft:  # fmt: skip
    """Sizes, edges and texts of a tape; `formula(i)` reads "v4 = v3 · w2", `watched` are entry indices."""
    count = len(tape)
    kinds = np.full(count, Kind.OPERATION, np.uint8)
    seen = np.ones(count, bool)
    edges: list[tuple[int, int, int]] = []
    for index in range(count):
        entry = tape[index]
        if entry.op.name == "input":
            kinds[index] = Kind.INPUT
            seen[index] = watched is None or index in watched
        edges += [(x, index, slot) for slot, x in enumerate(entry.operands) if isinstance(x, int)]
    if output is not None and kinds[output] == Kind.OPERATION:
        kinds[output] = Kind.OUTPUT

    def title(index: int) -> str:
        return tape[index].label

    def right_side(index: int) -> str:
        _, equals, rest = formula(index).partition(" = ")
        return equals + rest

    def shape(index: int) -> str:
        dimensions = np.shape(tape[index].primal)
        return str(tuple(dimensions)) if dimensions else ""

    sizes = _sizes(tape, kinds, title, right_side, shape)
    table = np.array(edges, np.int64).reshape(-1, 3)
    return Draft(sizes, table, kinds, seen, title, right_side, shape)


def _sizes(
    tape: Any, kinds: np.ndarray, title: Callable[[int], str], formula: Callable[[int], str],
    shape: Callable[[int], str],
) -> np.ndarray:  # fmt: skip
    measure = width if len(tape) <= MEASURED else _guess
    sizes = np.empty((len(tape), 2))
    for index in range(len(tape)):
        name = title(index)
        wide = measure(name, Style.TITLE) + 26
        if kinds[index] != Kind.INPUT:
            wide += measure(formula(index), Style.FORMULA)
        wide = max(wide, measure(name + USUAL_VALUE, Style.VALUE) + 24)
        high, dimensions = HEIGHT, np.shape(tape[index].primal)
        if dimensions:
            map_width, map_height = heat.room(dimensions)
            wide = max(wide + measure(shape(index), Style.SMALL) + 10, 2 * map_width + 36, 150.0)
            high += map_height + 10
        sizes[index] = min(MOST_WIDTH, max(LEAST_WIDTH, wide)), high
    return np.ceil(sizes / 2) * 2


def _guess(text: str, style: Style) -> float:
    return GUESSED[style] * len(text)


def _meeting_pills(draft: Draft, layout: PlacedGraph) -> np.ndarray:
    """The routes with their beginnings moved to the round ends of the pills they leave."""
    points = np.array(layout.points, float)
    if not len(draft.edges):
        return points
    source, first = draft.edges[:, 0], np.asarray(layout.starts)[:-1]
    half = draft.sizes[source] / 2
    aside = points[first] - np.asarray(layout.positions)[source]
    right = np.abs(aside[:, 0] - half[:, 0]) < 1e-6
    radius = radii(draft.kinds[source], 2 * half[:, 1])
    into = np.clip(np.abs(aside[:, 1]) - (half[:, 1] - radius), 0, radius)  # how far into the round corner
    inset = radius - np.sqrt(radius**2 - into**2)
    points[first, 0] -= np.where(right & (draft.kinds[source] == Kind.INPUT), inset, 0.0)
    return points


def contribution_steps(events: Iterable[Any], edges: np.ndarray) -> np.ndarray:
    """The step after which each edge has carried its contribution; beyond the last step if it never does.

    `events` are those of steps 1, 2, ...; the ones that carry a contribution have `index`, `source`, `slot`.
    """
    place = {(int(x), int(y), int(slot)): edge for edge, (x, y, slot) in enumerate(edges)}
    steps = np.full(len(edges), NEVER)
    for step, event in enumerate(events, start=1):
        if hasattr(event, "contribution"):
            edge = place.get((event.index, event.source, event.slot))
            if edge is not None:
                steps[edge] = step
    return steps


def edge_states(
    edges: np.ndarray, carried: np.ndarray, computed: np.ndarray, step: int, reverse: bool
) -> np.ndarray:
    """The state of every edge after `step`.

    `carried` is from `contribution_steps`, `computed` a bool per node; in the reverse sweep the edges that
    never carry anything are shown as cut.
    """
    flowed = computed[edges[:, 1]]
    states = np.where(flowed, EdgeState.FLOWED, EdgeState.IDLE).astype(np.uint8)
    if reverse:
        states[flowed & (carried == NEVER)] = EdgeState.CUT
    states[carried <= step] = EdgeState.USED
    return states
