"""What is wrong with the operands of an entry that is not finite, in the names of the program.

Knows tapes and the rows of `troubles`; reads no text.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core.basics.words import say
from core.dependence import ancestors
from core.events import AdjointAccumulated
from core.notation import entry_formula, number
from core.notation.domains import domain_of
from core.op import EVERYWHERE
from core.tape import Tape
from core.why.troubles import (
    GROWING,
    SLOPES,
    VALUES,
    Operand,
    Trouble,
    emptied,
    not_finite_itself,
    overflowed,
    singular,
    unlucky,
)


def domain_trouble(tape: Tape, index: int) -> Trouble:
    """What is wrong with the operands of an entry that is not finite."""
    op, names = tape.ops[index], [called(tape, one) for one in tape.operands(index)]
    if op.name == "input":
        return Trouble(
            "input",
            say("why.input-itself-not-finite", "the input itself is not finite"),
            say("why.give-another-value", "Give it another value."),
        )
    values = tape.operand_values(index)
    if any(np.size(value) == 0 for value in values):
        first = next(one for one in ancestors(tape, [index]) if np.size(tape.primals[one]) == 0)
        return emptied(op.name, called(tape, first))
    if op.elementwise:
        operands = at_first(tape, index, ~np.isfinite(tape.primals[index]))
        broken = next((one for one in operands if not np.isfinite(one.value)), None)
        if broken is not None:
            return not_finite_itself(broken.text)
        found = VALUES[op.name](*operands) if op.name in VALUES else None
        if found is not None:
            return found
    if op.name in ("logabsdet", "inv", "solve"):
        return singular(names[0], op.name == "logabsdet")
    if op.name in GROWING or op.name in VALUES:
        return overflowed(names[0])
    return unlucky(op.name, "" if op.domain == EVERYWHERE else plain_domain(tape, index))


def slope_remedy(tape: Tape, event: AdjointAccumulated) -> str:
    """How to keep the operands where the partial is finite."""
    op = tape.ops[event.source]
    if op.name in SLOPES and event.partial is not None:
        return SLOPES[op.name](*at_first(tape, event.source, ~np.isfinite(event.partial)))
    if op.domain == EVERYWHERE:
        return say("why.move-point-little", "Move the point a little.")
    return say(
        "why.keep-operand-where-derivative",
        "Keep the operand where it has a derivative: {domain}.",
        domain=plain_domain(tape, event.source),
    )


def plain_domain(tape: Tape, index: int) -> str:
    """Where the entry and its derivative are defined, without remarks."""
    return domain_of(tape, index).split(" (")[0]


def called(tape: Tape, operand: Any) -> str:
    """How an operand is called: by its name, with what it is where the text gives it none; a constant by its value."""
    if operand.__class__ is not int:
        return number(operand)
    label = tape.label(operand)
    return label if operand in tape.names or tape.ops[operand].name == "input" else entry_formula(tape, operand)


def at_first(tape: Tape, index: int, bad: Any) -> list[Operand]:
    """The operands' numbers at the first bad element, or at the first of all."""
    bad = np.broadcast_to(bad, np.shape(tape.primals[index]))
    place = np.unravel_index(int(np.argmax(bad)), bad.shape) if bad.ndim else ()
    return [
        Operand(float(np.broadcast_to(value, bad.shape)[place]), called(tape, one))
        for one, value in zip(tape.operands(index), tape.operand_values(index), strict=True)
    ]
