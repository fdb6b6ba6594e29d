"""Why a gradient is zero: which factor on every path is zero, or which contributions cancel.

Knows runs and the rules of the op table; reads no text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.basics.words import listed, say, sentences
from core.custom import CustomOp
from core.events import AdjointAccumulated
from core.notation import number, operation, partial
from core.tape import Tape
from core.why.answer import Answer, Factor
from core.why.kinds import OWN_RULE
from core.why.pulled import Pulled, is_zero

if TYPE_CHECKING:
    from core.run import Run

SATURATING = ("sigmoid", "tanh", "erf", "softplus", "silu", "gelu", "elu", "exp", "exp2", "arctan", "logsumexp")
SWITCHES = ("relu", "relu6")
CHOICES = ("maximum", "minimum", "clip", "where", "max", "min", "getitem", "setitem", "pad", "tril", "triu", "diag")
STEPS = ("sign",)

REMEDIES = {
    OWN_RULE: say("why.look-own-rule", "Look at the rule that the text states there."),
    "saturated": say("why.keep-operand-nearer-0", "Keep its operand nearer to 0, where the partial is larger."),
    "off": say(
        "why.move-operand-above-0",
        "Move the operand above 0, or use a function whose partial is not 0 there, such as softplus or elu.",
    ),
    "multiplied by zero": say(
        "why.change-factor-while-0", "Change that factor: while it is 0, nothing that it multiplies matters."
    ),
    "not chosen": say(
        "why.only-chosen-gets-gradient", "Only what is chosen gets a gradient; make the choice smooth if all should."
    ),
    "flat": say(
        "why.move-point-little-partial",
        "Move the point a little: the partial is 0 here, at a peak, a valley or a flat place.",
    ),
    "kink": say(
        "why.move-point-little-either", "Move the point a little: on either side of the kink there is a derivative."
    ),
    "step": say(
        "why.use-smooth-function-derivative", "Use a smooth function: the derivative of a step is 0 everywhere."
    ),
    "cancel": say(
        "why.look-contributions-one-one",
        "Look at the contributions one by one: each path matters, only their sum does not.",
    ),
    "seed": say("why.seed-sweep-1", "Seed the sweep with 1."),
    "zero factor": say("why.look-factor", "Look at that factor."),
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
    sentence = say(
        "why.sweep-starts-0-0", "The sweep starts at {label} with 0, and 0 times any partial is 0.", label=label
    )
    return Answer("seed", sentence, REMEDIES["seed"], path[-1], _span(run.tape, path[-1]), tuple(path))


def _cancelled(run: Run, pulled: Pulled, path: list[int], arrived: list[AdjointAccumulated]) -> Answer:
    tape, label = run.tape, run.tape.label(path[-1])
    if len(arrived) == 1:  # an array whose elements cancel in a later sum does not end here
        return _blocked(run, path, arrived)
    parts = listed(
        say(
            "why.through",
            "{contribution} through {source}",
            contribution=number(event.contribution),
            source=tape.label(event.source),
        )
        for event in arrived[:4]
    )
    sentence = say("why.receives-they-cancel", "{label} receives {parts}: they cancel.", label=label, parts=parts)
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
    sentence: str = say(
        "why.partial-is-0",
        "At {source} = {formula} the partial (the local slope) is 0: {what}.",
        source=source,
        formula=operation(tape, event.source),
        what=what,
    )
    if len(stopped) > 1:
        others = say("why.same-of-others", "The same is true of the other {others}.", others=_count(len(stopped) - 1))
        sentence = sentences(sentence, others)
    factor = Factor(event.source, event.slot, 0.0, partial(tape, event.source, event.slot))
    marked = (*path, event.source)
    return Answer(reason, sentence, REMEDIES[reason], event.source, _span(tape, event.source), marked, (factor,))


def _count(others: int) -> str:
    return say("why.path", "path") if others == 1 else say("why.paths", "{others} paths", others=others)


def _local(tape: Tape, event: AdjointAccumulated) -> tuple[str, str]:
    """The short name of the cause, and what is the case at this operation."""
    name = tape.ops[event.source].name
    values, slot = tape.operand_values(event.source), event.slot
    labels = [tape.label(one) if isinstance(one, int) else number(one) for one in tape.operands(event.source)]
    mine, x = labels[slot], values[slot]
    if isinstance(tape.ops[event.source], CustomOp):
        return OWN_RULE, say("why.own-rule-zero", "`{name}` states its own derivative, and that is 0 here", name=name)
    if name in SWITCHES:
        return "off", say(
            "why.off-where-operand-0",
            "{name} is off where its operand is 0 or less, and {mine} is {x}",
            name=name,
            mine=mine,
            x=number(x),
        )
    if name in CHOICES:
        return "not chosen", say("why.not-chooses", "{mine} is not what `{name}` chooses here", mine=mine, name=name)
    if name in STEPS:
        return "step", say("why.step-flat-both-sides", "`{name}` is a step, flat on both sides", name=name)
    if name in ("mul", "matmul", "einsum") and len(values) == 2:
        return "multiplied by zero", say(
            "why.multiplied", "{mine} is multiplied by {other}", mine=mine, other=_other(labels, values, slot)
        )
    if name == "div" and slot == 1:
        return "multiplied by zero", say(
            "why.numerator", "the numerator is {label} = {value}", label=labels[0], value=number(values[0])
        )
    if name in ("prod", "cumprod") and is_zero(tape.primals[event.source]):
        return "multiplied by zero", say("why.another-multiplied-elements-0", "another of the multiplied elements is 0")
    if name in SATURATING:
        return "saturated", say(
            "why.saturated-partial-too-small",
            "`{name}` is saturated at {mine} = {x}: its partial is too small for a float",
            name=name,
            mine=mine,
            x=number(x),
        )
    if name == "abs":
        return "kink", say(
            "why.no-derivative-where-0",
            "`{name}` has no derivative where {mine} is {x}, and 0 is taken for it",
            name=name,
            mine=mine,
            x=number(x),
        )
    if tape.ops[event.source].elementwise:
        return "flat", say(
            "why.flat",
            "{operation} is flat at {mine} = {x}",
            operation=operation(tape, event.source),
            mine=mine,
            x=number(x),
        )
    return "zero factor", say("why.local-factor-towards-0", "its local factor towards {mine} is 0", mine=mine)


def _other(labels: list[str], values: tuple[Any, ...], slot: int) -> str:
    other = labels[1 - slot]
    value = number(values[1 - slot])
    return value if other == value else say("why.which-is", "{other}, which is {value}", other=other, value=value)


def _size(value: Any) -> float:
    return float(np.sum(value))


def _span(tape: Tape, index: int) -> Any:
    return tape[index].span
