"""What is written in each node, where, and how large: the operation first, then value and adjoint, its name last.

Letters have two sizes and are never smaller on screen than can be read: from afar they grow in the world, and what has
no room then is shortened or left out. Must not know who paints, nor the camera beyond the zoom.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from explorer.drawing.heat_map import room as map_room
from explorer.drawing.looks import GROUP, INPUT, Look, look_of
from explorer.drawing.measure import BIG, SMALL, Measure, Style, scales
from explorer.drawing.scene import GraphModel, Snapshot
from explorer.drawing.texts.shortening import cut, together

PADDING, PILL = 10.0, 15.0  # between the edge of a box and its texts
BESIDE = 8.0  # between two texts in one line
GAP = 7.0  # at most, above and below lines
STACK, CHIP, BARS = 8.0, 25.0, 13.0  # what a folded group takes for its cards, its chip and its bars
LOWEST_MAP = 8.0
UP, ABOVE = 1.1, 0.82  # height of a line, and its part above the baseline, by the size of the letters


class Written(NamedTuple):
    """A text with its style, by how much it is enlarged, its left end on the baseline, and its colour."""

    text: str
    style: Style
    scale: float
    x: float
    y: float
    color: str


class Room(NamedTuple):
    """The inside of a box, and how much letters are enlarged there."""

    left: float
    top: float
    right: float
    bottom: float
    big: float
    small: float

    @property
    def width(self) -> float:
        return self.right - self.left


def brief_texts(
    model: GraphModel, snapshot: Snapshot, nodes: np.ndarray, zoom: float, measure: Measure
) -> Iterator[Written]:
    """Everything that is written in some nodes at a zoom."""
    big, small = scales(zoom)
    kinds, boxes = model.kinds[nodes].tolist(), model.boxes[nodes].tolist()
    for node, kind, (left, top, right, bottom) in zip(nodes.tolist(), kinds, boxes):
        look = look_of(model, snapshot, node)
        if kind == GROUP:
            inside = Room(left + PADDING, top + STACK, right - PADDING - STACK, bottom - BARS, big, small)
            yield from _group(model, snapshot, node, look, inside, measure)
        elif kind == INPUT:
            inside = Room(left + PILL, top, right - PILL, bottom, big, small)
            yield from _input(model, snapshot, node, look, inside, measure)
        else:
            inside = Room(left + PADDING, top, right - PADDING, bottom, big, small)
            yield from _operation(model, snapshot, node, look, inside, measure)


def _operation(
    model: GraphModel, snapshot: Snapshot, node: int, look: Look, inside: Room, measure: Measure
) -> Iterator[Written]:
    """The operation at the left and the name at the right, below them the value and the adjoint."""
    first, last = _lines(inside)
    sign, name = model.sign(node), model.title(node)
    if not sign:
        sign, name = name, ""
    shown = cut(sign, inside.width / inside.big, measure, Style.TITLE)
    long = measure(shown, Style.TITLE) * inside.big
    x = inside.left if last is not None else (inside.left + inside.right - long) / 2
    yield Written(shown, Style.TITLE, inside.big, x, first, "text" if look.value != "muted" else "muted")
    left = inside.width - long - BESIDE
    known = cut(name, left / inside.small, measure, Style.VALUE) if name and last is not None else ""
    if known:
        end = inside.right - measure(known, Style.VALUE) * inside.small
        yield Written(known, Style.VALUE, inside.small, end, first, "muted")
    if last is not None:
        value, adjoint = _numbers(model, snapshot, node, inside, measure)
        yield Written(value, Style.VALUE, inside.small, inside.left, last, look.value)
        end = inside.right - measure(adjoint, Style.VALUE) * inside.small
        yield Written(adjoint, Style.VALUE, inside.small, end, last, look.adjoint)


def _input(
    model: GraphModel, snapshot: Snapshot, node: int, look: Look, inside: Room, measure: Measure
) -> Iterator[Written]:
    """The name in the middle, below it the value and the adjoint."""
    first, last = _lines(inside)
    name = cut(model.title(node), inside.width / inside.big, measure, Style.TITLE)
    yield from _centred(((name, "text"),), Style.TITLE, inside.big, first, inside, measure)
    if last is not None:
        value, adjoint = _numbers(model, snapshot, node, inside, measure)
        both = tuple(one for one in ((value, look.value), (adjoint, look.adjoint)) if one[0])
        yield from _centred(both, Style.VALUE, inside.small, last, inside, measure)


def _centred(
    texts: tuple[tuple[str, str], ...], style: Style, scale: float, y: float, inside: Room, measure: Measure
) -> Iterator[Written]:
    """Texts with their colours side by side, in the middle."""
    widths = [measure(text, style) * scale for text, _ in texts]
    spare = inside.width - sum(widths)
    between = min(16.0, spare / 2)
    x = (inside.left + inside.right - sum(widths) - between * (len(texts) - 1)) / 2
    for (text, color), width in zip(texts, widths):
        yield Written(text, style, scale, x, y, color)
        x += width + between


def _group(
    model: GraphModel, snapshot: Snapshot, node: int, look: Look, inside: Room, measure: Measure
) -> Iterator[Written]:
    """The title with how much is inside, and as many of the lines below as there is room for."""
    status, adjoint = snapshot.primal_text(node), snapshot.adjoint_text(node)
    lines = [(text, color) for text, color in ((status, look.value), (adjoint, look.adjoint)) if text]
    high, line = UP * BIG * inside.big, UP * SMALL * inside.small
    fitting = int((inside.bottom - inside.top - high) // line)
    if fitting < len(lines):  # the state at work while there is one, else the adjoint
        lines = lines[-fitting:] if fitting > 0 and snapshot.current != node else lines[: max(0, fitting)]
    gap = max(0.0, min(GAP, (inside.bottom - inside.top - high - line * len(lines)) / (len(lines) + 2)))
    y = inside.top + gap + ABOVE * BIG * inside.big
    room = inside.width - (CHIP if inside.big == 1.0 else 0.0)
    title = _title(model.title(node), room / inside.big, measure)
    yield Written(title, Style.TITLE, inside.big, inside.left, y, "text")
    long = measure(title, Style.TITLE) * inside.big + BESIDE
    note = model.shape(node)
    if measure(note, Style.VALUE) * inside.small <= room - long:
        yield Written(note, Style.VALUE, inside.small, inside.left + long, y, "muted")
    y += high - ABOVE * BIG * inside.big + ABOVE * SMALL * inside.small
    for text, color in lines:
        y += gap
        yield Written(_line(text, inside, measure), Style.VALUE, inside.small, inside.left, y, color)
        y += line


def _title(title: str, room: float, measure: Measure) -> str:
    """The title of a group; where it is too long and its last word is a number or a range, that alone."""
    last = title.rpartition(" ")[2]
    if measure(title, Style.TITLE) > room and last[:1].isdigit():
        title = last
    return cut(title, room, measure, Style.TITLE)


def _line(text: str, inside: Room, measure: Measure) -> str:
    """A line as long as fits: with fewer digits, then only what stands after the equals sign."""
    room = inside.width / inside.small
    for words in (text, text.rpartition(" = ")[2]):
        if shorter := together((words,), room, measure, Style.VALUE):
            return shorter[0]
    return cut(text, room, measure, Style.VALUE)


def _lines(inside: Room) -> tuple[float, float | None]:
    """The baselines of the first and the last line; None for the last where only one has room."""
    high, line = UP * BIG * inside.big, UP * SMALL * inside.small
    spare = inside.bottom - inside.top - high - line
    if spare < 0:
        return (inside.top + inside.bottom) / 2 + 0.36 * BIG * inside.big, None
    gap = min(GAP, spare / 3)
    return inside.top + gap + ABOVE * BIG * inside.big, inside.bottom - gap - (UP - ABOVE) * SMALL * inside.small


def _numbers(
    model: GraphModel, snapshot: Snapshot, node: int, inside: Room, measure: Measure
) -> tuple[str, str]:
    """Value and adjoint side by side; where only one has room, the adjoint once there is one."""
    room = inside.width / inside.small
    value, adjoint = snapshot.primal_text(node), snapshot.adjoint_text(node).rpartition(" = ")[2]
    shape = model.shape(node)
    if shape:
        half = (room - BESIDE) / 2
        value = value if value and measure(value, Style.VALUE) <= half else shape
        adjoint = adjoint if measure(adjoint, Style.VALUE) <= half else ""
    if not value or not adjoint:
        both = together((value, adjoint), room, measure, Style.VALUE)
    else:
        both = together((value, adjoint), room - BESIDE / inside.small, measure, Style.VALUE)
    if both is not None:
        return both[0], both[1]
    last = together((adjoint or value,), room, measure, Style.VALUE)
    if last is None:
        return "", ""
    return ("", last[0]) if adjoint else (last[0], "")


def map_places(
    model: GraphModel, node: int, shape: tuple[int, ...], zoom: float
) -> list[tuple[float, float, float, float]]:
    """Where the heat maps of a node's value and adjoint go, between the lines: left, top, width, height."""
    left, top, right, bottom = model.boxes[node].tolist()
    big, small = scales(zoom)
    first, last = _lines(Room(left, top, right, bottom, big, small))
    if last is None:
        return []
    top, bottom = first + 4, last - ABOVE * SMALL * small - 2
    width, height = map_room(shape)
    height = min(height, bottom - top)
    x = left + PADDING if model.kinds[node] != INPUT else (left + right) / 2 - width - 5
    return [(x, top, width, height), (x + width + 10, top, width, height)] if height >= LOWEST_MAP else []
