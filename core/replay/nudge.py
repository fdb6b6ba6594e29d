"""Nudges: what the values of a tape are when one entry moves a little and everything that depends on it follows.

The operations are computed again in their order, from the entry that moves on; comparisons are not asked again, so that
the path through the program stays as it was recorded. Knows tapes only.
"""

import numpy as np

from core.basics.types import Primal
from core.tape import Tape


def nudged(tape: Tape, index: int, by: float) -> dict[int, Primal]:
    """By entry, the values that change when every number of entry `index` grows by `by`; of that entry too."""
    found: dict[int, Primal] = {index: tape.primals[index] + by}
    for place in range(index + 1, len(tape)):
        operands = tape.operands(place)
        if not any(one.__class__ is int and one in found for one in operands):
            continue
        known = tape.values_of(operands)
        values = [found.get(one, value) if one.__class__ is int else value for one, value in zip(operands, known)]
        with np.errstate(all="ignore"):
            found[place] = tape.ops[place].forward(*values, **tape.attributes.get(place, {}))
    return found
