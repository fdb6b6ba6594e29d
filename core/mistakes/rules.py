"""Wrong rules: what an operand receives when the rule of an operation has one thing wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.mistakes.compare import same
from core.mistakes.kinds import CHANGES, Change, Kind, Mistake
from core.ops import INPUT
from core.pullbacks import swap_last
from core.sweeps import partial_of, pull_back
from core.tape import Tape
from core.tensor import as_result

if TYPE_CHECKING:
    from core.run import Run

TRIED = 40  # places at which a change is tried


def changed_contribution(tape: Tape, source: int, slot: int, cotangent: Any, change: Change) -> Any:
    """The contribution to operand `slot` with the change; the right one where the change does not fit the shapes."""
    values = tape.operand_values(source)
    right = pull_back(tape, source, slot, cotangent, values)
    if right is None:
        return None
    try:
        wrong = _changed(tape, source, slot, cotangent, values, change, right)
    except (ValueError, IndexError):  # the shapes do not fit
        return right
    if wrong is None or np.shape(wrong) != np.shape(right):
        return right
    return as_result(wrong)


def changed_partial(tape: Tape, source: int, slot: int, partial: Any, change: Change) -> Any:
    """The slope by which the changed rule of an elementwise op multiplies."""
    match change:
        case "flip the sign":
            return -partial
        case "drop the partial":
            return partial * 0 + 1.0
        case "swap the operands":
            return partial_of(tape, source, 1 - slot)
    return partial


def _changed(
    tape: Tape, source: int, slot: int, cotangent: Any, values: tuple[Any, ...], change: Change, right: Any
) -> Any:
    elementwise = tape.ops[source].elementwise
    match change:
        case "flip the sign":
            return -right
        case "drop the partial":
            return _fitted(cotangent, np.shape(right))
        case "drop the adjoint":
            return pull_back(tape, source, slot, cotangent * 0 + 1.0, values)
        case "swap the operands" if len(values) == 2 and elementwise:
            return _fitted(cotangent * partial_of(tape, source, 1 - slot), np.shape(right))
        case "swap the operands" if len(values) == 2:
            return pull_back(tape, source, 1 - slot, cotangent, values)
        case "forget the transpose" if tape.ops[source].name == "matmul":
            other = values[1 - slot]
            return cotangent @ other if slot == 0 else other @ cotangent
        case "forget the transpose" if tape.ops[source].name == "transpose":
            return swap_last(right)
    return None


def _fitted(value: Any, shape: tuple[int, ...]) -> Any:
    """The value in the shape, repeated or summed where it has to be."""
    array = np.asarray(value)
    while array.ndim > len(shape):
        array = array.sum(axis=0)
    for axis, (have, want) in enumerate(zip(array.shape, shape)):
        if want == 1 and have != 1 and array.ndim == len(shape):
            array = array.sum(axis=axis, keepdims=True)
    return np.broadcast_to(array, shape)


def changes_for(run: Run, op: str) -> tuple[Change, ...]:
    """Those changes of the op's rule that make a difference in this run."""
    tape = run.tape
    places = [
        (source, slot)
        for source, row in enumerate(tape.ops)
        if row.name == op
        for slot, operand in enumerate(tape.operands(source))
        if operand.__class__ is int
    ]
    return tuple(change for change in CHANGES if any(_matters(tape, *place, change) for place in places[:TRIED]))


def _matters(tape: Tape, source: int, slot: int, change: Change) -> bool:
    """Whether the change alters a contribution; tried with an adjoint that is not 1 anywhere."""
    size = max(int(np.size(tape.primals[source])), 1)
    cotangent = as_result(np.linspace(2.0, 3.0, size).reshape(np.shape(tape.primals[source])) * 1.0)
    right = pull_back(tape, source, slot, cotangent, tape.operand_values(source))
    if right is None:
        return False
    return not same(right, changed_contribution(tape, source, slot, cotangent, change))


def mistakes_for(run: Run) -> tuple[Mistake, ...]:
    """Every mistake that can be made in this run, the plain ones first."""
    kinds: tuple[Kind, ...] = ("overwrite", "ascending", "too early", "no seed", "no zeroing", "float32")
    plain = tuple(Mistake(kind) for kind in kinds)
    names = dict.fromkeys(op.name for op in run.tape.ops if op is not INPUT)
    return plain + tuple(Mistake("wrong rule", name, change) for name in names for change in changes_for(run, name))
