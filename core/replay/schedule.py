"""A tape of numbers as few operations on arrays: equal operations whose operands are known at the same time, together.

This is dynamic batching (Looks et al., "Deep Learning with Dynamic Computation Graphs", 2017): each number gets a
level, one above its highest operand, and numbers of one level and operation are computed in one go. What a loop does
for each sample, or a layer for each neuron, falls together by itself. A chain of additions counts as one sum, so that
it does not take a level for each term; its terms may then be added in another order, which is exact to rounding.

Knows ops; knows nothing of how a tape is read, or how a schedule is carried out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import copysign
from typing import Any

import numpy as np

from core.basics.types import Attributes
from core.op import Op
from core.tape import NO_ATTRIBUTES

Places = Any
"""Where a number lies, or an array of such places."""
Exponent = float | None
Kind = tuple[int, Op | str, str, Exponent | int | tuple[int, ...]]
"""Level, operation, attributes and exponent of numbers computed together; of sums and picks, what shape they have."""


SUM, PICK = "sum", "pick"


@dataclass(frozen=True, eq=False)
class Group:
    """Numbers computed together, which lie from `start` to `stop`: by an op, as sums, or picked where a number says.

    `operands` has for each slot where the operands lie. Of sums it has one table with a row for each. Of picks it has
    one table for each, from which a row is picked, and where the numbers lie that say which. `exponent` is what all are
    raised to, where it is one number.
    """

    op: Op | str
    attributes: Attributes
    start: int
    stop: int
    operands: tuple[np.ndarray, ...]
    exponent: Exponent = None


@dataclass(frozen=True, eq=False)
class Question:
    """Comparisons that must come out as they did when the tape was recorded."""

    comparison: str
    left: np.ndarray
    right: np.ndarray
    outcome: bool


@dataclass(frozen=True, eq=False)
class Schedule:
    """All numbers of a tape in one vector: the inputs' elements, then constants, then what is computed, level by level.

    `first` holds the constants; `inputs` says where the elements of each input lie.
    """

    inputs: dict[str, slice]
    first: np.ndarray
    groups: list[Group]
    questions: list[Question]
    target: int
    size: int


class Draft:
    """A group that is being gathered: where its numbers and their operands lie, provisionally."""

    def __init__(self, slots: int, attributes: Attributes = NO_ATTRIBUTES) -> None:
        self.found: list[int] = []
        self.operands: list[list[Any]] = [[] for _ in range(slots)]
        self.attributes = attributes


class Constants:
    """Constants, each kept once, and their places."""

    def __init__(self) -> None:
        self.places: dict[tuple[float, float], int] = {}
        self.values: dict[int, float] = {}

    def place(self, value: float, level: list[int]) -> int:
        """Where the constant lies; `level` grows by a place where it is met for the first time."""
        key = value, copysign(1.0, value)
        if key not in self.places:
            self.places[key], self.values[len(level)] = len(level), value
            level.append(0)
        return self.places[key]

    def value(self, place: Places) -> float | None:
        """The constant at a place, None where there is none."""
        return self.values.get(place) if place.__class__ is int else None


def arranged(
    where: dict[str, slice],
    level: list[int],
    constants: Constants,
    drafts: Mapping[Kind, Draft],
    questions: list[tuple[str, int, int, bool]],
    target: int,
) -> Schedule:
    """Everything at its final place: inputs as they are, constants behind them, then group after group."""
    inputs = max((one.stop for one in where.values()), default=0)
    final = np.full(len(level), -1)
    final[:inputs] = np.arange(inputs)
    final[list(constants.values)] = np.arange(inputs, inputs + len(constants.values))
    groups, begin = [], inputs + len(constants.values)
    for kind, draft in sorted(drafts.items(), key=lambda one: one[0][0]):
        stop = begin + len(draft.found)
        final[draft.found] = np.arange(begin, stop)
        groups.append(
            Group(
                kind[1],
                draft.attributes,
                begin,
                stop,
                tuple(final[np.array(slot, dtype=int)] for slot in draft.operands),
                kind[3] if isinstance(kind[3], float) else None,
            )
        )
        begin = stop
    first = np.array(list(constants.values.values()), dtype=float)
    return Schedule(where, first, groups, _questions(questions, final), int(final[target]), begin)


def _questions(questions: list[tuple[str, int, int, bool]], final: np.ndarray) -> list[Question]:
    """Questions of one kind together."""
    kinds = dict.fromkeys((comparison, outcome) for comparison, _, _, outcome in questions)
    return [
        Question(
            comparison,
            final[[one[1] for one in questions if (one[0], one[3]) == (comparison, outcome)]],
            final[[one[2] for one in questions if (one[0], one[3]) == (comparison, outcome)]],
            outcome,
        )
        for comparison, outcome in kinds
    ]
