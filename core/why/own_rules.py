"""Where a path goes through a derivative that the text itself states, and whether that rule uses what arrives.

Knows runs and the ops of user-made rules; reads no text.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from core.basics.words import say, sentences
from core.custom import CustomOp
from core.notation import bar, number
from core.sweeps import pull_back
from core.tape import Tape
from core.why.answer import Factor
from core.why.pulled import Pulled


def own_rule(tape: Tape, pulled: Pulled, factors: Iterable[Factor]) -> tuple[str, str]:
    """What is to be said of the first factor that is a rule of the text's own, and a remedy; "" where there is none."""
    for factor in factors:
        op, adjoint = tape.ops[factor.index], pulled.adjoint(factor.index)
        if not isinstance(op, CustomOp):
            continue
        label = tape.label(factor.index)
        told = say(
            "why.states-own-derivative",
            "At {label} the derivative is not derived: `{function}` states it itself.",
            label=label,
            function=op.name,
        )
        if not _forgets(tape, factor, adjoint):
            return told, ""
        forgotten = say(
            "why.own-rule-forgets",
            "That rule gives the same whatever arrives, so {adjoint} = {value} is lost there.",
            adjoint=bar(label),
            value=number(adjoint),
        )
        remedy = say(
            "why.multiply-by-what-arrives",
            "Let the rule of `{function}` multiply by the adjoint that it is given.",
            function=op.name,
        )
        return sentences(told, forgotten), remedy
    return "", ""


def _forgets(tape: Tape, factor: Factor, adjoint: object) -> bool:
    """Whether the rule gives the same for twice the adjoint, and one that is not 1."""
    given = np.asarray(adjoint)
    if np.all(given == 1):  # then nothing is lost
        return False
    values = tape.operand_values(factor.index)
    once, twice = (pull_back(tape, factor.index, factor.slot, one, values) for one in (given, 2 * given))
    return once is not None and twice is not None and bool(np.any(once)) and np.array_equal(once, twice)
