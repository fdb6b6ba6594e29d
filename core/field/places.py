"""One number among the inputs of a program: an input that is a number, or an element of an array.

Knows points; knows nothing of programs.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np

from core.basics.types import Point

MOST = 2000  # places that are offered


class Place(NamedTuple):
    """An input, and where in it."""

    name: str
    at: tuple[int, ...] = ()

    def __str__(self) -> str:
        """How it is written in a text."""
        return self.name + (f"[{', '.join(map(str, self.at))}]" if self.at else "")

    def of(self, point: Point) -> float:
        """The number that is there."""
        return float(np.asarray(point[self.name])[self.at])

    def put(self, point: Point, value: float) -> dict[str, Any]:
        """The point with another number there."""
        changed = np.array(point[self.name], dtype=float)
        changed[self.at] = value
        return {**point, self.name: changed if self.at else float(changed)}


def places(point: Point, names: Collection[str]) -> list[Place]:
    """Every number of these inputs, in order; of very many the first."""
    found = [Place(name, at) for name in names for at in _within(point[name])]
    return found[:MOST]


def _within(value: Any) -> list[tuple[int, ...]]:
    shape = np.shape(value)
    count = min(int(np.prod(shape)), MOST)
    return [tuple(int(one) for one in np.unravel_index(flat, shape)) for flat in range(count)] if shape else [()]
