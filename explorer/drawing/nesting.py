"""Lays out open groups as frames: each frame by itself, then as one large node among its neighbours.

So no foreign node ever stands in a frame, however groups nest. Lines cross a frame's border at ports: zero-width nodes
inside, places on the border outside. Numbers only; how one level is laid out is the layout's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from explorer.drawing.layout import Layout

TITLE, PAD = 30.0, 18.0
PORT = 16.0  # from one port to the next
INNER_GAP = 76.0
EFFORT, LEAST_EFFORT = 150.0, 15.0  # of all levels together, and of each (see `layout`)
TOP = -1  # the level outside all frames


class Nest(NamedTuple):
    """An open group: which nodes (from, to) lie in it, and in which frame it lies itself (-1: in none)."""

    first: int
    stop: int
    parent: int


@dataclass
class Nested:
    """Everything placed: like a layout, and a box (left, top, right, bottom) for each frame."""

    positions: np.ndarray
    points: np.ndarray
    starts: np.ndarray
    boxes: np.ndarray


@dataclass
class _Level:
    """One frame's inside while it is laid out; elements are nodes (>= 0) or frames (~number)."""

    elements: list[int]
    segments: dict[tuple[Any, Any], None] = field(default_factory=dict)  # in order; both ends: element or port
    ports_in: dict[int, int] = field(default_factory=dict)  # source node -> place
    ports_out: dict[int, int] = field(default_factory=dict)
    size: tuple[float, float] = (0.0, 0.0)
    centres: dict[int, np.ndarray] = field(default_factory=dict)
    routes: dict[tuple[Any, Any], np.ndarray] = field(default_factory=dict)
    heights_in: dict[int, float] = field(default_factory=dict)
    heights_out: dict[int, float] = field(default_factory=dict)


def nested(
    sizes: np.ndarray, edges: np.ndarray, nests: Sequence[Nest], layout: Callable[..., Layout], inputs: Sequence[int],
    output: int | None, previous: np.ndarray | None = None, **options: Any,
) -> Nested:  # fmt: skip
    """Lay out nodes joined by `edges` with the given frames, outer frames before inner ones."""
    home = np.full(len(sizes), TOP)
    for number, nest in enumerate(nests):
        home[nest.first : nest.stop] = number
    levels = {number: _Level([]) for number in range(TOP, len(nests))}
    for node, number in enumerate(home.tolist()):
        levels[number].elements.append(node)
    for number, nest in enumerate(nests):
        levels[nest.parent].elements.append(~number)
    layout = _remembering(layout)
    chains = [_routed_through(levels, nests, home, edge) for edge in edges.tolist()]
    for number in range(len(nests) - 1, TOP - 1, -1):
        pins = [node for node in inputs if home[node] == number]
        last = output if output is not None and home[output] == number else None
        former = previous if number == TOP else None
        own = dict(options) if number == TOP else {**options, "layer_gap": INNER_GAP}
        own["effort"] = max(LEAST_EFFORT, EFFORT * len(levels[number].elements) / len(sizes))
        _place(levels[number], levels, sizes, layout, pins, last, former, number, own)
    return _gathered(levels, nests, home, chains, len(sizes))


def _remembering(layout: Callable[..., Layout]) -> Callable[..., Layout]:
    """The layout, asked once for frames that are alike inside, as passes of a loop are."""
    known: dict[tuple, Layout] = {}

    def remembered(sizes: np.ndarray, edges: np.ndarray, **options: Any) -> Layout:
        key = (sizes.tobytes(), edges.tobytes(), *(_key(options[name]) for name in sorted(options)))
        if key not in known:
            known[key] = layout(sizes, edges, **options)
        return known[key]

    return remembered


def _key(option: Any) -> Any:
    if isinstance(option, np.ndarray):
        return option.tobytes()
    return tuple(option) if isinstance(option, list) else option


def _routed_through(
    levels: dict[int, _Level], nests: Sequence[Nest], home: np.ndarray, edge: list[int]
) -> list[tuple[int, tuple[Any, Any]]]:
    """The pieces of an edge, level by level: out of the frames around its source, into those around its target."""
    source, target, slot = edge
    up, down = _outwards(nests, int(home[source])), _outwards(nests, int(home[target]))
    meet = next(level for level in up if level in down)
    chain: list[tuple[int, tuple[Any, Any]]] = []
    at: Any = source
    for level in up[: up.index(meet)]:
        levels[level].ports_out.setdefault(source, len(levels[level].ports_out))
        chain.append((level, (at, ("out", source))))
        at = (~level, source)
    for level in [meet, *down[: down.index(meet)][::-1]]:
        inner = _toward(down, level)
        if inner is None:
            chain.append((level, (at, (target, slot))))
            continue
        levels[inner].ports_in.setdefault(source, len(levels[inner].ports_in))
        chain.append((level, (at, (~inner, source))))
        at = ("in", source)
    for level, segment in chain:
        levels[level].segments[segment] = None
    return chain


def _outwards(nests: Sequence[Nest], level: int) -> list[int]:
    found = [level]
    while level != TOP:
        level = nests[level].parent
        found.append(level)
    return found


def _toward(down: list[int], level: int) -> int | None:
    """The frame of `level` that the target lies in; None where it stands there itself."""
    place = down.index(level)
    return down[place - 1] if place else None


def _place(
    level: _Level, levels: dict[int, _Level], sizes: np.ndarray, layout: Callable[..., Layout], pins: list[int],
    output: int | None, previous: np.ndarray | None, number: int, options: dict[str, Any],
) -> None:  # fmt: skip
    """Lay out one level; its inner frames are done."""
    place = {element: k for k, element in enumerate(level.elements)}
    box = [sizes[e] if e >= 0 else np.array(levels[~e].size) for e in level.elements]
    count = len(box)
    entrance = {source: count + k for k, source in enumerate(level.ports_in)}
    box += [np.array([1.0, PORT])] * len(entrance)
    exit_at = count + len(entrance)
    if level.ports_out:
        box.append(np.array([1.0, PORT * len(level.ports_out)]))
    table = [
        [_number(tail, place, entrance, exit_at), *_head(level, levels, head, place, exit_at)]
        for tail, head in level.segments
    ]
    pinned = [place[node] for node in pins] + list(entrance.values())
    last = exit_at if level.ports_out else (place[output] if output is not None else None)
    former = None
    if previous is not None:
        former = np.array([previous[e] if e >= 0 else (np.nan, np.nan) for e in level.elements]).reshape(-1, 2)
    done = layout(
        np.array(box), np.array(table, np.int64).reshape(-1, 3), inputs=pinned, output=last, previous=former,
        ports=_ports(level, levels), **options,
    )  # fmt: skip
    _take(level, levels, done, place, entrance, exit_at, number)


def _number(tail: Any, place: dict[int, int], entrance: dict[int, int], exit_at: int) -> int:
    if not isinstance(tail, tuple):
        return place[tail]
    return entrance[tail[1]] if tail[0] == "in" else place[tail[0]]


def _head(
    level: _Level, levels: dict[int, _Level], head: tuple[Any, int], place: dict[int, int], exit_at: int
) -> tuple[int, int]:
    """Where a piece ends, and as which operand."""
    where, which = head
    if where == "out":
        return exit_at, level.ports_out[which]
    if where < 0:
        order = sorted(levels[~where].heights_in, key=lambda source: levels[~where].heights_in[source])
        return place[where], order.index(which)
    return place[where], which


def _ports(level: _Level, levels: dict[int, _Level]) -> np.ndarray:
    """Where the pieces leave frames and enter them, from the middle of the frame."""
    found = np.full((len(level.segments), 2), np.nan)
    for k, (tail, (head, which)) in enumerate(level.segments):
        if isinstance(tail, tuple) and tail[0] != "in":
            inner = levels[~tail[0]]
            found[k, 0] = inner.heights_out[tail[1]] - inner.size[1] / 2
        if head != "out" and head < 0:
            inner = levels[~head]
            found[k, 1] = inner.heights_in[which] - inner.size[1] / 2
    return found


def _take(
    level: _Level, levels: dict[int, _Level], done: Layout, place: dict[int, int], entrance: dict[int, int],
    exit_at: int, number: int,
) -> None:  # fmt: skip
    """Keep where everything went, measured from the frame's upper left corner."""
    left, top, right, bottom = done.bounds
    if number == TOP:
        origin = np.zeros(2)
    else:
        port_x = [float(done.positions[k, 0]) + 0.5 for k in entrance.values()]
        left = min(port_x) if port_x and min(port_x) < left + 1 else left - PAD
        if port_x:
            top, bottom = top - 4, bottom + 4
        right += -1.0 if level.ports_out and done.positions[exit_at, 0] + 1 > right else PAD
        origin = np.array([left, top - TITLE])
        level.size = (right - left, bottom - top + TITLE + PAD)
    for element, k in place.items():
        level.centres[element] = done.positions[k] - origin
    for source, k in entrance.items():
        level.heights_in[source] = float(done.positions[k, 1] - origin[1])
    for k, (tail, head) in enumerate(level.segments):
        route = np.array(done.points[done.starts[k] : done.starts[k + 1]], float) - origin
        if head[0] == "out":
            route = _drawn_out(route, right - origin[0])
            level.heights_out[head[1]] = float(route[-1, 1])
        if isinstance(tail, tuple) and tail[0] == "in":
            route = _drawn_out(route[::-1], 0.0)[::-1]
        level.routes[tail, head] = route


def _drawn_out(route: np.ndarray, x: float) -> np.ndarray:
    """A route that goes on straight to the frame's border."""
    end = route[-1]
    steps = np.stack([np.linspace(end[0], x, 4)[1:], np.full(3, end[1])], axis=1)
    return np.vstack([route, steps]) if abs(x - end[0]) > 1e-6 else route


def _gathered(
    levels: dict[int, _Level], nests: Sequence[Nest], home: np.ndarray, chains: list, count: int
) -> Nested:
    """Everything in the coordinates of the whole picture."""
    corners = {TOP: np.zeros(2)}
    boxes = np.zeros((len(nests), 4))
    for number, nest in enumerate(nests):
        level = levels[number]
        centre = corners[nest.parent] + levels[nest.parent].centres[~number]
        corners[number] = centre - np.array(level.size) / 2
        boxes[number] = [*corners[number], *(corners[number] + level.size)]
    positions = np.zeros((count, 2))
    for node, number in enumerate(home.tolist()):
        positions[node] = corners[number] + levels[number].centres[node]
    routes = []
    for chain in chains:
        pieces = [levels[level].routes[segment] + corners[level] for level, segment in chain]
        routes.append(np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])]))
    starts = np.concatenate([[0], np.cumsum([len(route) for route in routes])]).astype(np.int64)
    points = np.vstack(routes) if routes else np.zeros((0, 2))
    return Nested(positions, points, starts, boxes)
