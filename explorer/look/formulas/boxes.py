"""Boxes of a formula: glyphs and lines with their places, put side by side, above one another, and under roots.

The proportions are those of TeX's plain style, rounded. Lengths are pixels, y grows downward from the baseline. Knows
no LaTeX and no painter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from explorer.look.formulas.letters import extent

SCRIPT, LEAST = 0.7, 0.55  # of the size around, and at least of the size of the whole
AXIS, RULE = 0.25, 0.055  # height of the axis, and how thick rules are, by the size of the letters


class Glyphs(NamedTuple):
    """A text whose baseline begins at (x, y), drawn `stretch` times as high."""

    text: str
    x: float
    y: float
    pixels: float
    stretch: float = 1.0


class Stroke(NamedTuple):
    """A line through points, `thick` pixels wide."""

    points: tuple[tuple[float, float], ...]
    thick: float


Mark = Glyphs | Stroke


@dataclass(frozen=True)
class Box:
    """Marks with the room that they take to the right, above the baseline and below it."""

    marks: tuple[Mark, ...] = ()
    width: float = 0.0
    above: float = 0.0
    below: float = 0.0

    def moved(self, x: float, y: float) -> tuple[Mark, ...]:
        """The marks at another place."""
        return tuple(
            one._replace(x=one.x + x, y=one.y + y)
            if isinstance(one, Glyphs)
            else one._replace(points=tuple((a + x, b + y) for a, b in one.points))
            for one in self.marks
        )


def glyphs(text: str, pixels: float) -> Box:
    """A text."""
    width, above, below = extent(text, pixels)
    return Box((Glyphs(text, 0.0, 0.0, pixels),), width, above, below)


def space(width: float) -> Box:
    """Nothing, so wide."""
    return Box(width=width)


def row(parts: Sequence[Box]) -> Box:
    """Boxes side by side on one baseline."""
    marks: list[Mark] = []
    x = 0.0
    for part in parts:
        marks += part.moved(x, 0.0) if x else part.marks
        x += part.width
    above, below = (max((getattr(part, side) for part in parts), default=0.0) for side in ("above", "below"))
    return Box(tuple(marks), x, above, below)


def scripts(base: Box, low: Box | None, high: Box | None, pixels: float) -> Box:
    """A base with what stands below and above at its right."""
    marks, width, above, below = list(base.marks), 0.0, base.above, base.below
    for script, y in ((low, 0.22 * pixels), (high, -max(0.36 * pixels, base.above - 0.28 * pixels))):
        if script is not None:
            marks += script.moved(base.width + 0.04 * pixels, y)
            width = max(width, script.width + 0.08 * pixels)
            above, below = max(above, script.above - y), max(below, script.below + y)
    return Box(tuple(marks), base.width + width, above, below)


def under(sign: Box, low: Box | None, high: Box | None, pixels: float) -> Box:
    """A large sign with its limits below and above it."""
    width = max(one.width for one in (sign, low, high) if one is not None)
    marks, above, below = list(sign.moved((width - sign.width) / 2, 0)), sign.above, sign.below
    if low is not None:
        y = sign.below + 0.1 * pixels + low.above
        marks += low.moved((width - low.width) / 2, y)
        below = y + low.below
    if high is not None:
        y = -sign.above - 0.1 * pixels - high.below
        marks += high.moved((width - high.width) / 2, y)
        above = high.above - y
    return Box(tuple(marks), width, above, below)


def barred(inner: Box, pixels: float) -> Box:
    """A line over a box; of a name with a subscript over all of it."""
    y, thick = -inner.above - 0.12 * pixels, RULE * pixels
    line = Stroke(((0.03 * pixels, y), (inner.width - 0.03 * pixels, y)), thick)
    return Box((*inner.marks, line), inner.width, -y + thick, inner.below)


def dotted(inner: Box, pixels: float) -> Box:
    """A dot over the first letter of a box."""
    letters = [one for one in inner.marks if isinstance(one, Glyphs)]
    wide = extent(letters[0].text, letters[0].pixels).width if letters else inner.width
    dot, y = glyphs("·", pixels), -inner.above - 0.1 * pixels
    rise = (dot.above - dot.below) / 2
    return Box((*inner.marks, *dot.moved((wide - dot.width) / 2, y + rise)), inner.width, 0.2 * pixels - y, inner.below)


def fraction(top: Box, bottom: Box, pixels: float) -> Box:
    """One box over another with a line between them."""
    width, axis, thick = max(top.width, bottom.width) + 0.24 * pixels, -AXIS * pixels, RULE * pixels
    up, down = axis - 0.16 * pixels - top.below, axis + 0.16 * pixels + bottom.above
    marks = (
        *top.moved((width - top.width) / 2, up),
        *bottom.moved((width - bottom.width) / 2, down),
        Stroke(((0.06 * pixels, axis), (width - 0.06 * pixels, axis)), thick),
    )
    return Box(marks, width, top.above - up, bottom.below + down)


def root(inner: Box, degree: Box | None, pixels: float) -> Box:
    """A box under a root sign, with the degree where it is not two."""
    thick, above, below = RULE * pixels, inner.above + 0.18 * pixels, inner.below + 0.05 * pixels
    first = degree.width * 0.75 if degree is not None else 0.0
    wide = 0.62 * pixels + first
    hook = ((first, -0.3 * pixels), (first + 0.14 * pixels, -0.36 * pixels), (first + 0.34 * pixels, below))
    sign = Stroke((*hook, (wide - 0.05 * pixels, -above), (wide + inner.width + 0.05 * pixels, -above)), thick)
    marks = (*inner.moved(wide, 0.0), sign)
    if degree is not None:
        marks = (*marks, *degree.moved(0.0, -0.5 * pixels))
    return Box(marks, wide + inner.width + 0.1 * pixels, above + thick, below + thick)


def fenced(left: str, inner: Box, right: str, pixels: float) -> Box:
    """A box between fences as high as it is."""
    return row([_fence(left, inner, pixels), inner, _fence(right, inner, pixels)])


def _fence(sign: str, inner: Box, pixels: float) -> Box:
    """One fence, as high above the axis as below it."""
    if sign in ("", "."):
        return Box()
    plain, axis = glyphs(sign, pixels), AXIS * pixels
    reach = max(inner.above - axis, inner.below + axis) + 0.05 * pixels
    usual = (plain.above + plain.below) / 2
    stretch = reach / usual if reach > 1.1 * usual else 1.0
    middle = (plain.above - plain.below) / 2
    y = middle * stretch - axis if stretch > 1.0 else 0.0
    return Box(
        (Glyphs(sign, 0.0, y, pixels, stretch),), plain.width, plain.above * stretch - y, plain.below * stretch + y
    )


def grid(rows: Sequence[Sequence[Box]], pixels: float) -> Box:
    """Boxes in rows and columns, between brackets."""
    columns = max(len(one) for one in rows)
    widths = [max((one[k].width for one in rows if k < len(one)), default=0.0) for k in range(columns)]
    gap, edge = 0.7 * pixels, 0.3 * pixels
    heights = [max(box.above for box in one) + max(box.below for box in one) for one in rows]
    whole = sum(heights) + 0.28 * pixels * (len(rows) - 1)
    marks: list[Mark] = []
    y = top = -whole / 2 - AXIS * pixels
    for cells, high in zip(rows, heights):
        base, x = y + max(box.above for box in cells), edge
        for box, wide in zip(cells, widths):
            marks += box.moved(x + (wide - box.width) / 2, base)
            x += wide + gap
        y += high + 0.28 * pixels
    width = 2 * edge + sum(widths) + gap * (columns - 1)
    up, down, lip, thick = top - 0.1 * pixels, top + whole + 0.1 * pixels, 0.16 * pixels, RULE * pixels
    for x, inward in ((0.1 * pixels, lip), (width - 0.1 * pixels, -lip)):
        marks.append(Stroke(((x + inward, up), (x, up), (x, down), (x + inward, down)), thick))
    return Box(tuple(marks), width, -up + thick, down + thick)
