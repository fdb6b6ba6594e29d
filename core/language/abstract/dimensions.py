"""Shapes that are not known yet: axes whose lengths must agree, found out while a program is read.

Knows nothing of syntax; `shapes` reads programs with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle

COUNTED = 3  # the length of what is gone through, and of what an index that is not a constant points into
USUAL = (3, 2, 4)  # the lengths of axes about which nothing is known, one after the other
LONGEST = 200


@dataclass(eq=False)
class Axis:
    """One axis: its length where the text says it, at least how long it must be, and whether longer ones do as well."""

    length: int | None = None
    least: int = 0
    free: bool = False
    same: Axis | None = None

    @property
    def root(self) -> Axis:
        """The axis that stands for all that must be as long as this one."""
        axis = self
        while axis.same is not None:
            axis = axis.same
        return axis

    def holds(self, position: int) -> None:
        """An index that is used."""
        self.root.least = max(self.root.least, position + 1 if position >= 0 else -position)


def join(one: Axis, other: Axis) -> None:
    """Both are equally long from now on; lengths that the text gives are left alone."""
    one, other = one.root, other.root
    if one is other or (one.length is not None and other.length is not None):
        return
    other.same = one
    one.length = one.length if one.length is not None else other.length
    one.least, one.free = max(one.least, other.least), one.free or other.free


@dataclass(eq=False)
class Guess:
    """What is known of a value: its axes, and the input (`source`) that grows when the value needs more of them.

    Of the source's axes, the first `within` have been taken off, as by an index.
    """

    axes: list[Axis] = field(default_factory=list)
    source: Guess | None = None
    within: int = 0
    name: str = ""
    regular: bool = False

    def needs(self, rank: int) -> None:
        """The value must have at least so many axes."""
        source = self.source
        if source is None or len(self.axes) >= rank:
            return
        while len(source.axes) < min(rank + self.within, 4):
            source.axes.append(Axis())
        self.axes = source.axes[self.within :] if source is not self else source.axes

    def holds(self, position: int) -> None:
        """An index of the first axis that is used."""
        if self.axes:
            self.axes[0].holds(position)

    def item(self) -> Guess:
        """What one index leaves."""
        self.needs(1)
        return Guess(self.axes[1:], self.source, self.within + 1)


class Several(Guess):
    """Several values side by side, as a tuple or a pass of `zip` gives them."""

    def __init__(self, parts: list[Guess], axes: Sequence[Axis] = ()) -> None:
        super().__init__(list(axes))
        self.parts = parts


class SideBySide(Guess):
    """What goes through several values at once, as `zip` does."""

    def __init__(self, parts: list[Guess]) -> None:
        super().__init__()
        self.parts = parts


def matrix_like(value: Guess) -> bool:
    """Whether the name of an input is written as matrices are, with a capital letter."""
    source = value.source
    return source is not None and value.within == 0 and source.name[:1].isupper()


def data_like(value: Guess) -> bool:
    """Whether the name of an input is one that data have rather than parameters."""
    return value.source is not None and value.source.name[:1] in "xyzuvt"


def broadcast(one: Guess, other: Guess) -> Guess:
    """The result of an elementwise operation."""
    longer, shorter = (one, other) if len(one.axes) >= len(other.axes) else (other, one)
    for axis, partner in zip(reversed(longer.axes), reversed(shorter.axes)):
        if 1 not in (axis.root.length, partner.root.length):
            join(axis, partner)
    if longer.axes:
        return Guess(list(longer.axes), longer.source, longer.within)
    open_ones = sorted((part for part in (one, other) if part.source is not None), key=lambda part: not data_like(part))
    return open_ones[0] if open_ones else Guess()


def together(values: list[Guess]) -> Guess:
    """The result of an elementwise operation on all of them."""
    made = values[0]
    for value in values[1:]:
        made = broadcast(made, value)
    return made


def loosen(value: Guess) -> None:
    """Nothing but agreement with others decides how long the axes are."""
    for axis in value.axes:
        axis.root.free = True


def product(left: Guess, right: Guess, matrices: bool = False) -> Guess:
    """The result of `@`; operands without axes become vectors, or matrices where their names are capital letters."""
    for operand in (left, right):
        operand.needs(2 if matrices or matrix_like(operand) else 1)
        loosen(operand)
    if not left.axes or not right.axes:
        return Guess()
    join(left.axes[-1], right.axes[-2] if len(right.axes) > 1 else right.axes[0])
    return Guess([*left.axes[:-1], *right.axes[:-2], *right.axes[-1:]] if len(right.axes) > 1 else left.axes[:-1])


def lengths(values: list[Guess]) -> dict[Axis, int]:
    """A length for every axis of these values, in their order."""
    found: dict[Axis, int] = {}
    usual = cycle(USUAL)
    for axis, matrix in ((axis.root, len(value.axes) > 1) for value in values for axis in value.axes):
        if axis not in found:
            if axis.length is not None:
                length = axis.length
            elif axis.free or matrix:
                length = max(2, axis.least) if axis.least else next(usual)
            else:
                length = axis.least or COUNTED
            found[axis] = max(1, min(length, LONGEST))
    return found
