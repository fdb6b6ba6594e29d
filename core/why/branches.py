"""Branches that are computed and not taken: where nan or inf in them reaches a gradient although no value has it.

`where` takes elements of two arrays that are both computed; the reverse sweep goes through both of them, and 0 times
a partial that is not finite is nan. Knows tapes; reads no text.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from core.dependence import descendants
from core.tape import Tape

CHOOSING = ("where", "minimum", "maximum", "clip", "getitem")


class Untaken(NamedTuple):
    """The entry that chooses, and the slot of the operand that it does not take."""

    chooser: int
    slot: int


def untaken(tape: Tape, entry: int, bad: Any) -> Untaken | None:
    """Where the bad elements of the entry are left: the first chooser that takes none of them, if there is one.

    `bad` says which elements of the entry have a value or a partial that is not finite.
    """
    after = set(descendants(tape, [entry]))
    for index in sorted(after):
        if tape.ops[index].name not in CHOOSING:
            continue
        for slot, operand in enumerate(tape.operands(index)):
            if operand.__class__ is int and operand in after and _leaves(tape, index, slot, operand, entry, bad):
                return Untaken(index, slot)
    return None


def _leaves(tape: Tape, chooser: int, slot: int, operand: int, entry: int, bad: Any) -> bool:
    """Whether the chooser takes none of the elements that are bad in its operand."""
    values, primal = tape.operand_values(chooser), np.asarray(tape.primals[chooser])
    there = ~np.isfinite(tape.primals[operand])
    if not np.any(there):  # only a partial is not finite: elements are followed where they keep their places
        there = bad if np.shape(bad) == np.shape(tape.primals[operand]) else np.zeros(())
    if not np.any(there):
        return False
    if tape.ops[chooser].name == "getitem":
        return bool(np.all(np.isfinite(primal)))
    taken = _taken(tape.ops[chooser].name, slot, values, primal)
    return taken is not None and not np.any(taken & there)


def _taken(op: str, slot: int, values: tuple[Any, ...], primal: Any) -> Any:
    """Which elements of the operand at the slot are in the result."""
    if op == "where":
        condition = np.asarray(values[0], bool)
        return {1: condition, 2: ~condition}.get(slot)
    return primal == np.asarray(values[slot])
