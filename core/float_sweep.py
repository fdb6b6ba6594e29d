"""The reverse sweep over a tape of floats: one loop, its text made from the rules of the ops on that tape.

A rule written into the loop itself needs no call and no look-up for each entry, which makes the sweep half again
as fast. It accumulates in the order of the general sweep, bit for bit. Knows tapes and the formulas of ops; what to
do where Python's arithmetic raises it is told.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import length_hint

from core.basics.types import Adjoint
from core.op import SCALAR, Op
from core.ops import INPUT
from core.tape import Tape
from core.tensor import OUTSIDE_DOMAIN

Adjoints = list[Adjoint]

# `at_x` and `at_y` are the operands as the tape stores them: an int is an index, anything else a constant. How many
# adjoints are still to do is the index of the entry at hand.
TEXT = """
def sweep(tape, adjoints, pass_on):
    primals = tape.primals
    to_do = reversed(adjoints)
    columns = zip(reversed(tape.ops), reversed(tape.first), reversed(tape.second), reversed(primals), to_do)
    # Backwards over the columns; g is the adjoint of the entry, complete since all its users have been passed.
    for op, at_x, at_y, v, g in columns:
        # Nothing to pass on, or nobody to pass it on to: an input.
        if g is None or at_x is None:
            continue
        try:
            # One operand alone, or the second is a constant: what the first receives.
            if at_y.__class__ is not int:
                x, y = primals[at_x], at_y
                {for_x}
            # The first is a constant: what the second receives.
            elif at_x.__class__ is not int:
                x, y, at_x = at_x, primals[at_y], at_y
                {for_y}
            # Both receive, the first one here and the second one below.
            else:
                x, y = primals[at_x], primals[at_y]
                {for_both}
                before = adjoints[at_x]
                adjoints[at_x] = to_x if before is None else before + to_x
                at_x = at_y
        # Where Python's arithmetic raises, the general sweep knows what NumPy answers.
        except OUTSIDE_DOMAIN:
            pass_on(length_hint(to_do))
            continue
        # Added to what the operand has from its other uses.
        before = adjoints[at_x]
        adjoints[at_x] = contribution if before is None else before + contribution
"""


def sweep(tape: Tape, adjoints: Adjoints, pass_on: Callable[[int], None]) -> None:
    """Add to the adjoints, where some are seeds, what flows from them; `pass_on` is asked where a formula raises."""
    _loop(frozenset(tape.ops))(tape, adjoints, pass_on)


@lru_cache(maxsize=256)
def _loop(ops: frozenset[Op]) -> Callable[..., None]:
    """The loop for tapes with these ops."""
    known = sorted(ops - {INPUT}, key=lambda op: op.name)
    rules = [(*op.rules, None)[:2] for op in known]
    text = TEXT.format(
        for_x=_choice(f"contribution = {first}" for first, _ in rules),
        for_y=_choice(f"contribution = {second}" for _, second in rules),
        for_both=_choice(f"to_x, contribution = {first}, {second}" for first, second in rules),
    )
    names = {f"op_{place}": op for place, op in enumerate(known)}
    space = {**SCALAR, **names, "OUTSIDE_DOMAIN": OUTSIDE_DOMAIN, "length_hint": length_hint}
    exec(compile(text, "<sweep over floats>", "exec"), space)
    loop: Callable[..., None] = space["sweep"]
    return loop


def _choice(statements: Iterable[str]) -> str:
    """The statement of the op at hand, chosen by comparing with one op after the other."""
    lines = [f"if op is op_{place}: {statement}" for place, statement in enumerate(statements)]
    return f"\n{INDENT}el".join(lines) or "pass"


INDENT = " " * 16
