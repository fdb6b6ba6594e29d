"""From a tape to the graph that is drawn: sizes and edges for the layout, then the placed model.

A node is an entry or a folded group; constants that serve one operation are part of its formula, not nodes. The
wording comes from the caller. Must not know the session, nor how the layout works.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from core.tape import Tape
from explorer.drawing.bundles import Bundles, bundled
from explorer.drawing.heat_map import room
from explorer.drawing.levels import LEGIBLE
from explorer.drawing.looks import radii
from explorer.drawing.measure import Measure, Style, estimated, scales
from explorer.drawing.scene import EdgeState, GraphModel, Kind, OpenGroup

LEAST_WIDTH, MOST_WIDTH, HEIGHT = 110.0, 280.0, 60.0
GROUP_WIDTH, GROUP_HEIGHT = 176.0, 88.0
MEASURED = 3000  # larger graphs guess the widths of their texts
FEW, MANY = 26, 80  # up to so many nodes there is room for all labels on edges; beyond the others they are not sought
WIDE_GAP, LAYER_GAP, NARROW_GAP = 104.0, 72.0, 56.0
NEVER = np.iinfo(np.int64).max
USUAL_NUMBERS = "-0.123 -0.1234"  # room for a value and an adjoint like these
USUAL_SIGN = 26.0  # about as wide as a sign
PADDING = 10.0  # between the edge of a box and its texts


class PlacedGraph(Protocol):
    """What a layout gives back, as far as it is used here."""

    @property
    def positions(self) -> np.ndarray: ...

    @property
    def points(self) -> np.ndarray: ...

    @property
    def starts(self) -> np.ndarray: ...


class Parts(Protocol):
    """Which entries each node holds, and which folded group it is (-1: none)."""

    @property
    def starts(self) -> np.ndarray: ...

    @property
    def groups(self) -> np.ndarray: ...


@dataclass(frozen=True, eq=False)
class Draft:
    """A graph before its layout: what the layout needs, and the texts."""

    sizes: np.ndarray
    bundles: Bundles
    kinds: np.ndarray
    watched: np.ndarray
    title: Callable[[int], str]
    formula: Callable[[int], str]
    shape: Callable[[int], str]
    sign: Callable[[int], str]
    parts: Parts | None = None

    @property
    def edges(self) -> np.ndarray:
        return self.bundles.edges

    @property
    def layout_options(self) -> dict[str, Any]:
        """What to tell the layout besides sizes and edges; the gap leaves room for labels on edges."""
        output = np.flatnonzero(self.kinds == Kind.OUTPUT)
        inputs = np.flatnonzero(self.kinds == Kind.INPUT).tolist()
        common = {"inputs": inputs, "output": int(output[0]) if len(output) else None}
        if FEW < len(self.kinds) <= MANY:
            return {**common, "layer_gap": NARROW_GAP, "node_gap": 16.0, "low": True}
        return {**common, "layer_gap": WIDE_GAP if len(self.kinds) <= FEW else LAYER_GAP}

    def placed(self, layout: PlacedGraph, frames: tuple[OpenGroup, ...] = ()) -> GraphModel:
        """The model with the layout's positions and routes."""
        points = _meeting_pills(self, layout)
        firsts, groups = (self.parts.starts, self.parts.groups) if self.parts else (None, None)
        return GraphModel(
            layout.positions, self.sizes, self.kinds, self.watched, self.edges, points, layout.starts,
            self.title, self.formula, self.shape, self.sign, firsts, groups, self.bundles.counts, frames,
        )  # fmt: skip


def operand_edges(tape: Tape) -> np.ndarray:
    """(m, 3) source entry, target entry, slot: every operand that stands on the tape, by target and slot."""
    edges = [
        (operand, index, slot)
        for index in range(len(tape))
        for slot, operand in enumerate(tape.operands(index))
        if operand.__class__ is int
    ]
    return np.array(edges, np.int64).reshape(-1, 3)


def unwatched_edges(tape: Tape) -> np.ndarray:
    """(m, 3) like `operand_edges`: from each input that is not watched to the entries that have a constant from it."""
    edges = []
    for index in sorted(tape.notes.cuts) if tape.notes.unwatched else ():
        constants = [slot for slot, operand in enumerate(tape.operands(index)) if operand.__class__ is not int]
        for entry in tape.unwatched_behind(index) if constants else ():
            values, primal = tape.operand_values(index), tape.primals[entry]
            itself = (slot for slot in constants if np.array_equal(values[slot], primal))
            edges.append((entry, index, next(itself, constants[0])))
    return np.array(edges, np.int64).reshape(-1, 3)


def _no_sign(_: int) -> str:
    return ""


def draft(
    tape: Tape, formula: Callable[[int], str], *, output: int | None = None, watched: Collection[int] | None = None,
    edges: np.ndarray | None = None, parts: Parts | None = None, group_title: Callable[[int], str] = str,
    group_sum: Callable[[int], str] = str, measure: Measure = estimated, sign: Callable[[int], str] = _no_sign,
) -> Draft:  # fmt: skip
    """Sizes, edges and texts of a tape; `formula(i)` reads "v4 = v3 × w2" and `sign(i)` "×", `watched` are entries.

    With `parts` some nodes are groups: `group_title` and `group_sum` say by number what is written on them. `measure`
    tells how wide texts are.
    """
    edges = operand_edges(tape) if edges is None else edges
    starts = np.arange(len(tape) + 1) if parts is None else parts.starts
    groups = np.full(len(starts) - 1, -1) if parts is None else parts.groups
    kinds, seen = _kinds(tape, starts, groups, output, watched)

    def title(node: int) -> str:
        return group_title(int(groups[node])) if groups[node] >= 0 else tape.label(int(starts[node]))

    def right_side(node: int) -> str:
        if groups[node] >= 0:
            return ""
        _, equals, rest = formula(int(starts[node])).partition(" = ")
        return equals + rest

    def shape(node: int) -> str:
        if groups[node] >= 0:
            return group_sum(int(groups[node]))
        dimensions = np.shape(tape.primals[int(starts[node])])
        return str(tuple(dimensions)) if dimensions else ""

    def alone(node: int) -> str:
        return "" if groups[node] >= 0 else sign(int(starts[node]))

    sizes = _sizes(tape, starts, kinds, title, alone, shape, measure)
    if parts is None:
        bundles = Bundles(edges, np.arange(len(edges)), np.ones(len(edges), np.int64))
    else:
        bundles = bundled(edges, starts, groups >= 0)
    return Draft(sizes, bundles, kinds, seen, title, right_side, shape, alone, parts)


def _kinds(
    tape: Tape, starts: np.ndarray, groups: np.ndarray, output: int | None, watched: Collection[int] | None
) -> tuple[np.ndarray, np.ndarray]:
    """What each node is, and whether it is an input that is not watched."""
    kinds = np.where(groups >= 0, Kind.GROUP, Kind.OPERATION).astype(np.uint8)
    seen = np.ones(len(kinds), bool)
    alone = np.flatnonzero(groups < 0)
    entries = starts[alone]
    kinds[alone[entries == output]] = Kind.OUTPUT
    inputs = np.array([tape.ops[entry].name == "input" for entry in entries.tolist()], bool)
    kinds[alone[inputs]] = Kind.INPUT
    seen[alone[inputs]] = [watched is None or entry in watched for entry in entries[inputs].tolist()]
    return kinds, seen


def _sizes(
    tape: Tape, starts: np.ndarray, kinds: np.ndarray, title: Callable[[int], str], sign: Callable[[int], str],
    shape: Callable[[int], str], measure: Measure,
) -> np.ndarray:  # fmt: skip
    large = len(kinds) > MEASURED
    measure = estimated if large else measure
    sizes = np.empty((len(kinds), 2))
    scalar = np.zeros(len(kinds), bool)
    if large:
        numbers = [tape.primals[entry].__class__ is float for entry in starts[:-1].tolist()]
        scalar = np.array(numbers) & (kinds != Kind.GROUP)
        lengths = np.array([len(title(node)) for node in np.flatnonzero(scalar).tolist()])
        sizes[scalar] = _usual(lengths, kinds[scalar] == Kind.INPUT)
    for node in np.flatnonzero(~scalar).tolist():
        name = title(node)
        if kinds[node] == Kind.GROUP:
            sizes[node] = _group_width(measure(name, Style.TITLE), measure(shape(node), Style.SMALL)), GROUP_HEIGHT
            continue
        wide = _width(measure(name, Style.TITLE), 0.0)
        if kinds[node] != Kind.INPUT:
            wide = _width(measure(sign(node), Style.TITLE), measure(name, Style.VALUE))
        wide = max(wide, measure(USUAL_NUMBERS, Style.VALUE) + 2 * PADDING)
        high, dimensions = HEIGHT, np.shape(tape.primals[int(starts[node])])
        if dimensions:
            map_width, map_height = room(dimensions)
            wide = max(wide, 2 * map_width + 36, 150.0)
            high += map_height + 8
        sizes[node] = min(MOST_WIDTH, max(LEAST_WIDTH, wide)), high
    return np.ceil(sizes / 2) * 2


def _width(sign: float, name: float) -> float:
    """The width for an operation and a name beside it, also where the operation stands alone and is written larger."""
    enlarged = scales(LEGIBLE)[0] * sign + 2 * PADDING
    return max(sign + name + 10 + 2 * PADDING, enlarged)


def _group_width(title: float, note: float) -> float:
    """The width for the title of a group, its small print and its chip."""
    return min(MOST_WIDTH, max(GROUP_WIDTH, title + note + 64, scales(LEGIBLE)[0] * title + 56))


def _usual(lengths: np.ndarray, inputs: np.ndarray) -> np.ndarray:
    """Sizes of the nodes of numbers with titles of these lengths, at a guess."""
    wide = Style.VALUE.letter * lengths + np.where(inputs, 0.0, USUAL_SIGN) + 10 + 2 * PADDING
    wide = np.maximum(wide, Style.VALUE.letter * len(USUAL_NUMBERS) + 2 * PADDING)
    return np.stack([np.clip(wide, LEAST_WIDTH, MOST_WIDTH), np.full(len(wide), HEIGHT)], axis=1)


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


def contribution_steps(steps: Mapping[tuple[int, int], int], edges: np.ndarray) -> np.ndarray:
    """The step after which each edge between entries has carried its contribution; NEVER if it never does.

    `steps` tells it by the entry that the contribution comes from and the slot.
    """
    return np.array([steps.get((target, slot), NEVER) for _, target, slot in edges.tolist()], np.int64)


def edge_states(flowed: np.ndarray, carried: np.ndarray, step: int, reverse: bool) -> np.ndarray:
    """The state of every edge after `step`: `flowed` tells when its value went forward, `carried` when a contribution
    came back. Edges over which the tape sees nothing go are shown as cut; in the reverse sweep so are all that never
    carry anything.
    """
    has_flowed = flowed <= step
    states = np.where(has_flowed, EdgeState.FLOWED, EdgeState.IDLE).astype(np.uint8)
    if reverse:
        states[has_flowed & (carried == NEVER)] = EdgeState.CUT
    states[flowed == NEVER] = EdgeState.CUT
    states[carried <= step] = EdgeState.USED
    return states
