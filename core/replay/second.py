"""The reverse sweep of a tape, itself recorded: from it come second derivatives.

Knows tapes and sweeps; knows nothing of generated text.
"""

from collections.abc import Sequence

from core.ops import INPUT
from core.sweeps import reverse
from core.tape import NO_ATTRIBUTES, Tape, set_recorders
from core.tensor import Tensor, apply, place_on


def gradient_tape(tape: Tape, inputs: Sequence[int], target: int) -> tuple[Tape, list[int | None]]:
    """A tape that computes the derivatives of the target, and their entries there; None for those that are constant.

    Its inputs are the given ones in their order, under their names; the target must be a number.
    """
    outer, inner = Tape(), Tape()
    tensors = _again(tape, inputs, target, outer, inner)
    before = set_recorders((outer,))
    try:
        seed = inner.index_of(tensors[target])
        adjoints = reverse(inner, {seed: 1.0}, recorded=True) if seed is not None else [None] * len(inner)
    finally:
        set_recorders(before)
    return outer, [outer.index_of(adjoints[place]) for place in range(len(inputs))]


def _again(tape: Tape, inputs: Sequence[int], target: int, outer: Tape, inner: Tape) -> dict[int, Tensor]:
    """Do the tape's operations once more, recorded on both other tapes."""
    tensors: dict[int, Tensor] = {}
    for index in inputs:
        tensors[index] = tensor = Tensor(tape.primals[index])
        for other in (outer, inner):
            place_on(tensor, other, other.add_input(tensor, tensor.primal))
            other.names[other.inputs[-1]] = tape.label(index)
    before = set_recorders((outer, inner))
    try:
        for index in range(target + 1):
            op = tape.ops[index]
            if op is INPUT:
                tensors.setdefault(index, Tensor(tape.primals[index]))
            else:
                operands = tuple(tensors[item] if item.__class__ is int else item for item in tape.operands(index))
                tensors[index] = apply(op, operands, tape.attributes.get(index, NO_ATTRIBUTES))
    finally:
        set_recorders(before)
    return tensors
