"""What is drawn: the placed graph (GraphModel) and how far the run has come (Snapshot).

Plain data in numpy arrays plus callables for the texts, which are asked for only when they come into sight.
Must not know Qt, nor the tape, the engine or the session. A node holds one entry of the tape or, folded, a range.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np

from explorer.drawing.camera import Box
from explorer.drawing.curves import covering
from explorer.drawing.texts.labels import NO_LABELS, Labels
from explorer.drawing.weights import Levels

WORTH_PARTS = 8000.0  # area from which an edge is covered by parts
USUAL_VIEW = 1280 * 800  # pixels


class Kind(IntEnum):
    """What a node stands for."""

    INPUT = 0
    OPERATION = 1
    OUTPUT = 2
    GROUP = 3


class EdgeState(IntEnum):
    """What has gone along an edge so far."""

    IDLE = 0  # nothing yet
    FLOWED = 1  # the operand's value, forward
    USED = 2  # a contribution, backward
    CUT = 3  # no contribution will ever come this way


class ActiveEdge(NamedTuple):
    """An edge that is being traversed in this step, with what is written on it."""

    edge: int
    partial: str = ""
    contribution: str = ""
    reverse: bool = True
    shapes: str = ""
    """How the shape changes on the way, where a value is broadcast or its adjoint summed back."""
    tangent: bool = False
    """Whether a tangent goes forward here, rather than a value."""

    @property
    def color(self) -> str:
        """The colour of what travels: that of values, or that of derivatives."""
        return "adjoint" if self.reverse or self.tangent else "primal"


class OpenGroup(NamedTuple):
    """A group whose nodes are seen, in the frame that is drawn around them: (left, top, right, bottom)."""

    number: int
    title: str
    box: Box


def _no_text(_: int) -> str:
    return ""


def _no_array(_: int) -> np.ndarray | None:
    return None


def _no_labels(_: float) -> Labels:
    return NO_LABELS


def _unknown(_: Snapshot) -> Iterable[int] | None:
    return None


def _no_progress(_: int) -> tuple[float, float]:
    return 0.0, 0.0


@dataclass(frozen=True, eq=False)
class GraphModel:
    """A placed graph.

    Edge e leads from operand `edges[e, 0]` to its user `edges[e, 1]`, as operand number `edges[e, 2]`, along
    the Bezier points `points[starts[e]:starts[e + 1]]`; it stands for `counts[e]` edges between entries. Node k
    holds the entries from `firsts[k]` up to `firsts[k + 1]`, without `firsts` just entry k; `groups[k]` is the number
    of its folded group, or -1.
    """

    positions: np.ndarray
    sizes: np.ndarray
    kinds: np.ndarray
    watched: np.ndarray
    edges: np.ndarray
    points: np.ndarray
    starts: np.ndarray
    title: Callable[[int], str]
    formula: Callable[[int], str] = _no_text
    shape: Callable[[int], str] = _no_text
    sign: Callable[[int], str] = _no_text
    """What an entry does, in a sign; nothing for inputs and groups."""
    firsts: np.ndarray | None = None
    groups: np.ndarray | None = None
    counts: np.ndarray | None = None
    frames: tuple[OpenGroup, ...] = ()
    regions: tuple[OpenGroup, ...] = ()
    """Where the nodes of a group stand that has no frame."""

    def __len__(self) -> int:
        return len(self.positions)

    def node_of(self, entry: int) -> int:
        """The node that holds an entry."""
        return entry if self.firsts is None else int(np.searchsorted(self.firsts, entry, side="right")) - 1

    def entries_of(self, node: int) -> range:
        """The entries that a node holds."""
        return range(node, node + 1) if self.firsts is None else range(*self.firsts[node : node + 2].tolist())

    @property
    def entries(self) -> int:
        """How many entries there are in all nodes."""
        return len(self) if self.firsts is None else int(self.firsts[-1])

    def group_of(self, node: int) -> int | None:
        """The number of the folded group that a node is; None where it is an entry."""
        number = -1 if self.groups is None else int(self.groups[node])
        return number if number >= 0 else None

    def frame_at(self, x: float, y: float) -> OpenGroup | None:
        """The innermost open group around a world point."""
        around = [one for one in self.frames if one.box.contains(Box(x, y, x, y))]
        return around[-1] if around else None

    @cached_property
    def boxes(self) -> np.ndarray:
        """(n, 4): left, top, right, bottom of every node."""
        return np.hstack([self.positions - self.sizes / 2, self.positions + self.sizes / 2])

    @cached_property
    def edge_boxes(self) -> np.ndarray:
        """(m, 4): a rectangle around every edge (its control points, which enclose the curve)."""
        if not len(self.edges):
            return np.zeros((0, 4))
        first = self.starts[:-1]
        low, high = np.minimum.reduceat(self.points, first), np.maximum.reduceat(self.points, first)
        return np.hstack([low, high])

    @cached_property
    def edge_lengths(self) -> np.ndarray:
        """(m,) about how long each edge is: the distance between its ends."""
        ends = self.points[self.starts[1:] - 1] - self.points[self.starts[:-1]]
        return np.hypot(ends[:, 0], ends[:, 1])

    @cached_property
    def stubs(self) -> np.ndarray:
        """(m,) whether an edge is drawn at its user only, for lines to its operand would hide everything."""
        away = np.abs(self.points[self.starts[:-1]] - self.positions[self.edges[:, 0]])
        return (away > self.sizes[self.edges[:, 0]] / 2 + 1).any(axis=1)

    @cached_property
    def points_x(self) -> np.ndarray:
        return np.ascontiguousarray(self.points[:, 0])

    @cached_property
    def points_y(self) -> np.ndarray:
        return np.ascontiguousarray(self.points[:, 1])

    @cached_property
    def _node_sides(self) -> np.ndarray:
        return np.ascontiguousarray(self.boxes.T, np.float32)

    @cached_property
    def _edge_sides(self) -> np.ndarray:
        return np.ascontiguousarray(self.edge_boxes.T, np.float32)

    @cached_property
    def bounds(self) -> Box:
        """The rectangle around everything."""
        frames = np.array([frame.box for frame in self.frames], float).reshape(-1, 4)
        everything = np.vstack([self.boxes, self.edge_boxes, frames])
        if not len(everything):
            return Box(0, 0, 1, 1)
        left, top = everything[:, :2].min(axis=0)
        right, bottom = everything[:, 2:].max(axis=0)
        return Box(float(left), float(top), float(right), float(bottom))

    def share(self, zoom: float) -> float:
        """About how much of the graph is in a usual view; the same wherever one looks at this zoom."""
        area = self.bounds.width * self.bounds.height * zoom * zoom
        return min(1.0, USUAL_VIEW / max(1.0, area))

    def box(self, node: int) -> Box:
        left, top, right, bottom = self.boxes[node].tolist()
        return Box(left, top, right, bottom)

    def route(self, edge: int) -> np.ndarray:
        """(3 s + 1, 2) control points of an edge, from operand to user."""
        return self.points[self.starts[edge] : self.starts[edge + 1]]

    def edge_parts(self, edge: int) -> np.ndarray:
        """(k, 4): rectangles that cover an edge; several where it is long, for one would hold much besides."""
        if edge not in self._edge_parts:
            left, top, right, bottom = self.edge_boxes[edge].tolist()
            small = (right - left) * (bottom - top) < WORTH_PARTS
            self._edge_parts[edge] = self.edge_boxes[edge : edge + 1] if small else covering(self.route(edge))
        return self._edge_parts[edge]

    @cached_property
    def _edge_parts(self) -> dict[int, np.ndarray]:
        return {}

    @cached_property
    def _outgoing(self) -> tuple[np.ndarray, np.ndarray]:
        order = np.argsort(self.edges[:, 0], kind="stable")
        return order, np.searchsorted(self.edges[order, 0], np.arange(len(self) + 1))

    @cached_property
    def _incoming(self) -> tuple[np.ndarray, np.ndarray]:
        order = np.argsort(self.edges[:, 1], kind="stable")
        return order, np.searchsorted(self.edges[order, 1], np.arange(len(self) + 1))

    def edges_from(self, node: int) -> np.ndarray:
        """Edges to the users of a node."""
        order, starts = self._outgoing
        return order[starts[node] : starts[node + 1]]

    def edges_to(self, node: int) -> np.ndarray:
        """Edges from the operands of a node, in operand order."""
        order, starts = self._incoming
        return order[starts[node] : starts[node + 1]]

    def nodes_in(self, *boxes: Box) -> np.ndarray:
        """Nodes that touch one of some parts of the world."""
        return _touching_any(self._node_sides, boxes)

    def edges_in(self, *boxes: Box) -> np.ndarray:
        """Edges that may touch one of some parts of the world."""
        return _touching_any(self._edge_sides, boxes)

    def node_at(self, x: float, y: float, slack: float = 0.0) -> int | None:
        """The node at a world point; the nearest within `slack` otherwise."""
        near = self.nodes_in(Box(x, y, x, y).grown(slack))
        if not len(near):
            return None
        return int(near[np.argmin(np.abs(self.positions[near] - (x, y)).sum(axis=1))])


def _touching_any(sides: np.ndarray, boxes: Sequence[Box]) -> np.ndarray:
    """The places of the rectangles that touch one of the boxes: those around all of them are looked at closely."""
    if len(boxes) == 1:
        return np.flatnonzero(_touching(sides, boxes[0]))
    left, top, right, bottom = parts = np.array(boxes, np.float32).T[:, :, None]
    around = Box(*parts[:2].min(axis=(1, 2)).tolist(), *parts[2:].max(axis=(1, 2)).tolist())
    near = np.flatnonzero(_touching(sides, around))
    lefts, tops, rights, bottoms = sides[:, near]
    touched = (lefts <= right) & (rights >= left) & (tops <= bottom) & (bottoms >= top)
    return near[touched.any(axis=0)]


def _touching(sides: np.ndarray, box: Box) -> np.ndarray:
    """Which of the rectangles given by their (4, n) sides touch a box; four passes over whole columns."""
    left, top, right, bottom = sides
    inside = left <= np.float32(box.right)
    inside &= right >= np.float32(box.left)
    inside &= top <= np.float32(box.bottom)
    inside &= bottom >= np.float32(box.top)
    return inside


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One step of the run as the graph shows it; `travel` (0..1) is how far the contributions have come."""

    states: np.ndarray
    primal_text: Callable[[int], str] = _no_text
    adjoint_text: Callable[[int], str] = _no_text
    current: int | None = None
    edge_states: np.ndarray = field(default_factory=lambda: np.zeros(0, np.uint8))
    active: Sequence[ActiveEdge] = ()
    travel: float = 1.0
    primal_array: Callable[[int], np.ndarray | None] = _no_array
    adjoint_array: Callable[[int], np.ndarray | None] = _no_array
    progress: Callable[[int], tuple[float, float]] = _no_progress
    """For a group the shares of its entries that are computed, and whose adjoint is complete."""
    weights: Callable[[], Levels] | None = None
    """The levels of the edges by what they carried."""
    weighting: str = "off"
    labels: Callable[[float], Labels] = _no_labels
    """By scale, the labels that edges and nodes keep once something was delivered."""
    settled: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    """Whether an edge has carried all that it ever will, so that its label is true."""
    touched_since: Callable[[Snapshot], Iterable[int] | None] = _unknown
    """The nodes whose texts may read otherwise than in another snapshot; None where that may be any."""
    step: object = None
    """The step that is shown, as far as whoever made the snapshot needs it."""
    backward: bool = True
    """Whether what edges have carried went from users to operands."""

    @staticmethod
    def blank(model: GraphModel) -> Snapshot:
        """Nothing has happened yet."""
        return Snapshot(np.zeros(len(model), np.uint8), edge_states=np.zeros(len(model.edges), np.uint8))

    def without_labels(self) -> Snapshot:
        """The same step, with nothing kept on edges."""
        return replace(self, labels=_no_labels)

    def at(self, travel: float) -> Snapshot:
        """The same step, with the contributions at another place."""
        return replace(self, travel=travel)

    def contributions(self, model: GraphModel, node: int) -> tuple[int, int]:
        """How many contributions a node has got, and how many it will get."""
        states = self.edge_states[model.edges_from(node)]
        return int((states == EdgeState.USED).sum()), int((states != EdgeState.CUT).sum())
