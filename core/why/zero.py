"""Why a gradient is zero: which factor on every path is zero, or which contributions cancel.

Knows runs and the rules of the op table; reads no text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.events import AdjointAccumulated
from core.notation import number, operation, partial
from core.tape import Tape
from core.why.answer import Answer, Factor
from core.why.pulled import Pulled, is_zero

if TYPE_CHECKING:
    from core.run import Run

SATURATING = ("sigmoid", "tanh", "erf", "softplus", "silu", "gelu", "elu", "exp", "exp2", "arctan", "logsumexp")
SWITCHES = ("relu", "relu6")
CHOICES = ("maximum", "minimum", "clip", "where", "max", "min", "getitem", "setitem", "pad", "tril", "triu", "diag")
STEPS = ("sign",)

REMEDIES = {
    "saturated": "Keep its operand nearer to 0, where the partial is larger.",
    "off": "Move the operand above 0, or use a function whose partial is not 0 there, such as softplus or elu.",
    "multiplied by zero": "Change that factor: while it is 0, nothing that it multiplies matters.",
    "not chosen": "Only what is chosen gets a gradient; make the choice smooth if all should.",
    "flat": "Move the point a little: the partial is 0 here, at a peak, a valley or a flat place.",
    "kink": "Move the point a little: on either side of the kink there is a derivative.",
    "step": "Use a smooth function: the derivative of a step is 0 everywhere.",
    "cancel": "Look at the contributions one by one: each path matters, only their sum does not.",
    "seed": "Seed the sweep with 1.",
    "zero factor": "Look at that factor.",
}


def why_zero(run: Run, index: int) -> Answer | None:
    """Why the adjoint of the entry is zero; None where it is not (or not there)."""
    pulled = Pulled.of(run)
    adjoint = pulled.adjoint(index)
    if adjoint is None or not is_zero(adjoint):
        return None
    path = [index]
    while True:
        arrived = pulled.arrivals.get(path[-1], [])
        if not arrived:
            return _seed(run, path)
        if not all(is_zero(event.contribution) for event in arrived):
            return _cancelled(run, pulled, path, arrived)
        stopped = [event for event in arrived if not is_zero(pulled.adjoint(event.source))]
        if stopped:
            return _blocked(run, path, stopped)
        path.append(arrived[0].source)


def _seed(run: Run, path: list[int]) -> Answer:
    label = run.tape.label(path[-1])
    sentence = f"The sweep starts at {label} with 0, and 0 times any partial is 0."
    return Answer("seed", sentence, REMEDIES["seed"], path[-1], _span(run.tape, path[-1]), tuple(path))


def _cancelled(run: Run, pulled: Pulled, path: list[int], arrived: list[AdjointAccumulated]) -> Answer:
    tape, label = run.tape, run.tape.label(path[-1])
    if len(arrived) == 1:  # an array whose elements cancel in a later sum does not end here
        return _blocked(run, path, arrived)
    parts = " and ".join(f"{number(event.contribution)} through {tape.label(event.source)}" for event in arrived[:4])
    sentence = f"{label} receives {parts}: they cancel."
    factors = tuple(
        Factor(event.source, event.slot, _size(event.contribution), partial(tape, event.source, event.slot))
        for event in arrived
    )
    return Answer("cancel", sentence, REMEDIES["cancel"], path[-1], _span(tape, path[-1]), tuple(path), factors)


def _blocked(run: Run, path: list[int], stopped: list[AdjointAccumulated]) -> Answer:
    """The answer for a contribution that is zero although the adjoint above is not."""
    tape, event = run.tape, stopped[0]
    reason, what = _local(tape, event)
    source = tape.label(event.source)
    more = "" if len(stopped) == 1 else f" The same is true of the other {_count(len(stopped) - 1)}."
    sentence = f"At {source} = {operation(tape, event.source)} the partial (the local slope) is 0: {what}.{more}"
    factor = Factor(event.source, event.slot, 0.0, partial(tape, event.source, event.slot))
    marked = (*path, event.source)
    return Answer(reason, sentence, REMEDIES[reason], event.source, _span(tape, event.source), marked, (factor,))


def _count(others: int) -> str:
    return "path" if others == 1 else f"{others} paths"


def _local(tape: Tape, event: AdjointAccumulated) -> tuple[str, str]:
    """The short name of the cause, and what is the case at this operation."""
    name = tape.ops[event.source].name
    values, slot = tape.operand_values(event.source), event.slot
    labels = [tape.label(one) if isinstance(one, int) else number(one) for one in tape.operands(event.source)]
    mine, x = labels[slot], values[slot]
    if name in SWITCHES:
        return "off", f"{name} is off where its operand is 0 or less, and {mine} is {number(x)}"
    if name in CHOICES:
        return "not chosen", f"{mine} is not what `{name}` chooses here"
    if name in STEPS:
        return "step", f"`{name}` is a step, flat on both sides"
    if name in ("mul", "matmul", "einsum") and len(values) == 2:
        return "multiplied by zero", f"{mine} is multiplied by {_other(labels, values, slot)}"
    if name == "div" and slot == 1:
        return "multiplied by zero", f"the numerator is {labels[0]} = {number(values[0])}"
    if name in ("prod", "cumprod") and is_zero(tape.primals[event.source]):
        return "multiplied by zero", "another of the multiplied elements is 0"
    if name in SATURATING:
        return "saturated", f"`{name}` is saturated at {mine} = {number(x)}: its partial is too small for a float"
    if name == "abs":
        return "kink", f"`{name}` has no derivative where {mine} is {number(x)}, and 0 is taken for it"
    if tape.ops[event.source].elementwise:
        return "flat", f"{operation(tape, event.source)} is flat at {mine} = {number(x)}"
    return "zero factor", f"its local factor towards {mine} is 0"


def _other(labels: list[str], values: tuple[Any, ...], slot: int) -> str:
    other = labels[1 - slot]
    value = number(values[1 - slot])
    return value if other == value else f"{other}, which is {value}"


def _size(value: Any) -> float:
    return float(np.sum(value))


def _span(tape: Tape, index: int) -> Any:
    return tape[index].span
