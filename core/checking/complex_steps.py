"""Slopes of what was recorded, found without a single derivative rule: a complex step from entry to entry.

The formulas of the values alone are used, each with an infinitesimal imaginary part that says how fast its operands
move; ops that have no complex version are differenced by themselves. So the slopes are as exact as the values are,
whatever the step of a difference would have to be, and a wrong rule cannot hide. What a program cuts off from the
tape, or computes otherwise elsewhere, is not seen: these are slopes of the tape, not of the program. Knows tapes and
formulas, of rules only that of an entry in which it is told to trust; knows nothing of programs.

Squire and Trapp, "Using complex variables to estimate derivatives of real functions" (1998).
"""

from collections.abc import Mapping
from functools import cache

import numpy as np

from core.basics.types import Adjoint, Array, Attributes, Rule
from core.checking.complex_kernels import COMPLEX, SYMMETRIC, WITHOUT
from core.custom import CustomOp
from core.op import Op
from core.sweeps import pull_back
from core.tape import NO_ATTRIBUTES, Tape

INFINITESIMAL = 1e-100  # its square is nothing, and yet there is room for slopes of any size
LOCAL_STEP = 2e-3  # of a difference of fourth order, relative to the largest operand
SETTLED = 1e-6  # how closely two steps of it must agree

Directions = Mapping[int, Array]
"""By entry, how fast it is made to move."""


def slope_along(tape: Tape, target: int, directions: Directions, trusted: Mapping[int, Adjoint] = {}) -> float:
    """How fast the sum of the target's elements moves when these entries do; nan where that cannot be told.

    In `trusted` are entries whose own rule is taken for granted, with their adjoints: they pass on what that rule says
    of the adjoint, and move only as `directions` says. Then what the directions give is the adjoints' sum with them
    just where every other rule on the tape is right.
    """
    moved: dict[int, Array] = {}
    passed_on = 0.0
    with np.errstate(all="ignore"):
        for index in range(min(directions, default=target + 1), target + 1):
            operands = tape.operands(index)
            if index in trusted:
                passed_on += _passed_on(tape, index, trusted[index], moved)
            elif any(one.__class__ is int and one in moved for one in operands):
                values = [
                    moved.get(one, tape.primals[one]) if one.__class__ is int else value
                    for one, value in zip(operands, tape.values_of(operands), strict=True)
                ]
                moved[index] = stepped(tape.ops[index], values, tape.attributes.get(index, NO_ATTRIBUTES))
            if index in directions:
                moved[index] = tape.primals[index] + 1j * INFINITESIMAL * np.asarray(directions[index])
        return passed_on + float(np.sum(speed(moved[target]))) if target in moved else passed_on


def _passed_on(tape: Tape, index: int, adjoint: Adjoint, moved: Mapping[int, Array]) -> float:
    """How fast a trusted entry lets the target move: what it passes on to each operand, times how fast that moves."""
    total, operands = 0.0, tape.operands(index)
    values = tape.values_of(operands)
    for slot, operand in enumerate(operands):
        if operand.__class__ is int and operand in moved:
            contribution = pull_back(tape, index, slot, adjoint, values)
            total += 0.0 if contribution is None else float(np.sum(contribution * speed(moved[operand])))
    return total


def speed(moved: Array) -> Array:
    """How fast a value moves, of which that is the imaginary part."""
    return np.imag(moved) / INFINITESIMAL


def stepped(op: Op, values: list[Array], attributes: Attributes) -> Array:
    """The op's value for operands some of which move; nan where this cannot be told."""
    if op.name in WITHOUT:
        return _differenced(op, values, attributes)
    return _formula(op)(*values, **attributes)


@cache
def _formula(op: Op) -> Rule:
    return op.compiled(op.primal, "", COMPLEX)


def _differenced(op: Op, values: list[Array], attributes: Attributes) -> Array:
    """The op's value and its slope by differences of its own, both operands moved along together."""
    at = [np.real(value) for value in values]
    speeds = [speed(value) if np.iscomplexobj(value) else np.zeros(np.shape(value)) for value in values]
    if op.name in SYMMETRIC:
        at, speeds = ([(one + np.swapaxes(one, -1, -2)) / 2 for one in some] for some in (at, speeds))
    fastest = max(float(np.max(np.abs(one), initial=0.0)) for one in speeds)
    if fastest == 0:
        return op.forward(*at, **attributes)
    unit = max(float(np.max(np.abs(one), initial=0.0)) for one in at) or 1.0

    def central(h: float) -> Array:
        there, back = (
            op.forward(*(x + s * h * v / fastest for x, v in zip(at, speeds)), **attributes) for s in (1, -1)
        )
        return (there - back) / (2 * h)

    fine, coarse = ((4 * central(h / 2) - central(h)) / 3 for h in (LOCAL_STEP * unit / 4, LOCAL_STEP * unit))
    unsettled = np.abs(fine - coarse) > SETTLED * (np.max(np.abs(fine)) + np.max(np.abs(at[0])) / unit)
    slopes = np.where(np.any(unsettled), np.nan, fine * fastest)
    return op.forward(*at, **attributes) + 1j * INFINITESIMAL * slopes


# -- entries at which there is no slope --------------------------------------------------------------------------


def rules_of_its_own(tape: Tape) -> set[int]:
    """The entries whose rule the text itself gives."""
    return {index for index, op in enumerate(tape.ops) if isinstance(op, CustomOp)}


SIDE = 1e-6  # how far to each side, relative to the operand
CLOSER = 16  # so many times nearer once more: there a curve looks straight and a kink as before


def bent(tape: Tape, random: np.random.Generator) -> set[int]:
    """The entries with different slopes to both sides along a random direction: those at a kink, a tie or a jump."""
    with np.errstate(all="ignore"):
        return {index for index in range(len(tape)) if _is_bent(tape, index, random)}


def _is_bent(tape: Tape, index: int, random: np.random.Generator) -> bool:
    op, operands = tape.ops[index], tape.operands(index)
    if isinstance(op, CustomOp) or op.linear or not any(one.__class__ is int for one in operands):
        return False
    attributes, values = tape.attributes.get(index, NO_ATTRIBUTES), tape.values_of(operands)
    moving = [one.__class__ is int and np.asarray(value).dtype.kind == "f" for one, value in zip(operands, values)]
    size = SIDE * (max((float(np.max(np.abs(value), initial=0.0)) for value in values), default=0.0) or 1.0)
    ways = [size * random.uniform(-1.0, 1.0, np.shape(value)) for value in values]

    def at(step: float) -> Array:
        there = (v + step * way if moves else v for v, way, moves in zip(values, ways, moving, strict=True))
        return np.asarray(op.forward(*there, **attributes), dtype=float)

    here = at(0.0)
    wide, close = (np.abs(at(step) - 2 * here + at(-step)) for step in (1.0, 1.0 / CLOSER))
    return bool(np.any((close > wide / CLOSER**1.5) & (close > ROUNDING * np.maximum(np.abs(here), size))))


ROUNDING = 1e-14
