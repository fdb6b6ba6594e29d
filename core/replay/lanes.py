"""A tape computed again for many points at once: some entries get other values, one for each lane.

Arrays have the lanes as their first axis. Operations on elements, sums and the like, products of matrices and
selections are done for all lanes together; anything else lane by lane. Knows tapes; knows nothing of what lanes are.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from core.basics.types import Attributes
from core.codegen.statements import guards_of
from core.dependence import ancestors
from core.op import Op
from core.tape import NO_ATTRIBUTES, Tape

BLOCK = 32_768  # numbers of the largest value that pass through together, so that they stay in the cache
COMPARISONS: dict[str, Callable[..., Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
REDUCTIONS = frozenset(("sum", "mean", "prod", "max", "min", "logsumexp"))
ALONG_AXIS = frozenset(("softmax", "log_softmax", "cumsum", "cumprod", "flip"))

Given = Mapping[int, np.ndarray]
"""For some entries their values in every lane."""


def in_lanes(tape: Tape, target: int | None, given: Given) -> tuple[np.ndarray, np.ndarray]:
    """The target's value in every lane, and in which lanes the recorded path holds; elsewhere the value means nothing.

    `given` has for each entry that is replaced an array of which the first axis counts lanes. Without a target only the
    path is looked at, and the values are nan.
    """
    lanes = len(next(iter(given.values())))
    plan = _Plan(tape, target, given)
    largest = max((np.size(tape.primals[index]) for index in plan.order), default=1)
    step = max(1, BLOCK // largest)
    values, held = np.empty(lanes), np.empty(lanes, dtype=bool)
    with np.errstate(all="ignore"):
        for begin in range(0, lanes, step):
            block = slice(begin, begin + step)
            values[block], held[block] = plan.carried_out({index: one[block] for index, one in given.items()})
    return values, held


class _Plan:
    """What has to be computed again, in order."""

    def __init__(self, tape: Tape, target: int | None, given: Given) -> None:
        self.tape, self.target = tape, target
        self.guards = guards_of(tape)
        asked = {side for guard in self.guards for side in (guard.left, guard.right) if side.__class__ is int}
        moving = set(given)
        self.order = []
        for index in ancestors(tape, asked if target is None else {target, *asked}, until=given):
            if index not in moving and any(item.__class__ is int and item in moving for item in tape.operands(index)):
                moving.add(index)
                self.order.append(index)

    def carried_out(self, given: Given) -> tuple[Any, Any]:
        """Values and whether the path holds, for these lanes."""
        tape, values = self.tape, dict(given)
        lanes = len(next(iter(given.values())))
        for index in self.order:
            operands = [self._value(item, values) for item in tape.operands(index)]
            attributes = tape.attributes.get(index, NO_ATTRIBUTES)
            values[index] = _applied(tape.ops[index], operands, attributes, lanes)
        held = np.ones(lanes, dtype=bool)
        for guard in self.guards:
            left, right = (self._value(side, values)[0] for side in (guard.left, guard.right))
            answers = COMPARISONS[guard.comparison](left, right) == guard.outcome
            held &= np.broadcast_to(answers if answers.ndim < 2 else answers.reshape(lanes, -1).all(axis=1), lanes)
        return np.nan if self.target is None else self._value(self.target, values)[0], held

    def _value(self, item: Any, values: Given) -> tuple[Any, bool]:
        """A value, and whether it has lanes."""
        if item.__class__ is not int:
            return np.asarray(getattr(item, "primal", item)), False
        if item in values:
            return values[item], True
        return np.asarray(self.tape.primals[item]), False


Laned = tuple[Any, bool]


def _applied(op: Op, operands: list[Laned], attributes: Attributes, lanes: int) -> Any:
    """The operation for all lanes."""
    if op.elementwise:
        return op.forward(*_aligned(operands), **attributes)
    first = operands[0][0]
    match op.name:
        case name if name in REDUCTIONS:
            axis = attributes["axis"]
            axis = tuple(range(1, first.ndim)) if axis is None else _moved(axis)
            return op.forward(first, **{**attributes, "axis": axis})
        case name if name in ALONG_AXIS and attributes["axis"] is not None:
            return op.forward(first, **{**attributes, "axis": _moved(attributes["axis"])})
        case "matmul":
            return _matmul(*operands)
        case "reshape":
            return np.reshape(first, (lanes, *np.atleast_1d(attributes["shape"])))
        case "transpose":
            axes = attributes["axes"]
            axes = range(first.ndim - 1, 0, -1) if axes is None else _moved(tuple(axes))
            return np.transpose(first, (0, *axes))
        case "getitem" if _is_simple(attributes["key"]):
            key = attributes["key"]
            return first[(slice(None), *(key if isinstance(key, tuple) else (key,)))]
        case "stack" | "concatenate":
            full = [one if laned else np.broadcast_to(one, (lanes, *one.shape)) for one, laned in operands]
            return op.forward(*full, **{**attributes, "axis": _moved(attributes["axis"])})
    return np.stack([op.forward(*_lane(operands, lane), **attributes) for lane in range(lanes)])


def _aligned(operands: list[Laned]) -> list[Any]:
    """Operands whose own axes broadcast as they do without lanes: missing ones are put behind the lanes."""
    most = max(one.ndim - laned for one, laned in operands)
    return [
        one.reshape(len(one), *[1] * (most - one.ndim + 1), *one.shape[1:]) if laned and one.ndim - 1 < most else one
        for one, laned in operands
    ]


def _moved(axis: Any) -> Any:
    """Axes counted with the lanes before them."""
    if isinstance(axis, tuple | list):
        return tuple(_moved(one) for one in axis)
    return axis + 1 if axis >= 0 else axis


def _matmul(left: Laned, right: Laned) -> Any:
    (one, one_laned), (other, other_laned) = left, right
    one_is_row, other_is_column = one.ndim - one_laned == 1, other.ndim - other_laned == 1
    one = one[:, None, :] if one_is_row and one_laned else one[None, :] if one_is_row else one
    other = other[..., None] if other_is_column else other
    found = np.matmul(one, other)
    found = found[..., 0] if other_is_column else found
    return found[..., 0] if one_is_row and other_is_column else found[..., 0, :] if one_is_row else found


def _is_simple(key: Any) -> bool:
    """Whether a key picks by whole numbers and slices only."""
    parts = key if isinstance(key, tuple) else (key,)
    return all(isinstance(one, int | np.integer | slice) for one in parts)


def _lane(operands: list[Laned], lane: int) -> list[Any]:
    return [one[lane] if laned else one for one, laned in operands]
