"""A tape in single precision: every value computed and kept with 24 binary digits."""

from typing import Any

import numpy as np

from core.ops import INPUT
from core.tape import NO_ATTRIBUTES, Tape
from core.tensor import compute


def single_precision(tape: Tape) -> Tape:
    """The same tape with every value computed and kept in single precision."""
    single = Tape()
    for index, op in enumerate(tape.ops):
        attributes = tape.attributes.get(index, NO_ATTRIBUTES)
        if op is INPUT:
            single.append(op, (), in_single_precision(tape.primals[index]))
            single.inputs.append(index)
            continue
        operands = [one if one.__class__ is int else in_single_precision(one) for one in tape.operands(index)]
        values = tuple(single.primals[one] if one.__class__ is int else one for one in operands)
        single.append(op, operands, in_single_precision(compute(op, values, attributes)), attributes)
    single.take_over(tape)
    return single


def in_single_precision(value: Any) -> Any:
    """The value in single precision; truth values and whole numbers as they are."""
    array = np.asarray(getattr(value, "primal", value))
    with np.errstate(all="ignore"):
        return array.astype(np.float32)[()] if array.dtype.kind == "f" else value
