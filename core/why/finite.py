"""Why a value or gradient is nan or infinite: the first entry where it began, forwards or backwards.

Knows runs, timelines and the domains in the op table; reads no text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.basics.words import say
from core.dependence import ancestors, shortest_route
from core.events import AdjointAccumulated
from core.notation import bar, entry_numbers, number, partial
from core.tape import Tape
from core.why.answer import Answer, Factor
from core.why.pulled import Pulled, is_finite

if TYPE_CHECKING:
    from core.run import Run
    from core.timeline import Timeline


def why_not_finite(run: Run, timeline: Timeline, index: int | None = None) -> Answer | None:
    """Where nan or inf began that reaches the entry (or any entry, when None is asked about), and why.

    None where its value and its adjoint are finite.
    """
    began = _forward_origin(run.tape, timeline.troubled, index)
    if began is not None:
        return _forward(run.tape, began, index)
    pulled = Pulled.of(run)
    event = _reverse_origin(pulled, index)
    if event is None:
        return None
    began = _forward_origin(run.tape, timeline.troubled, event.source)
    return _backward(run.tape, pulled, event, index) if began is None else _forward(run.tape, began, event.source)


def _forward_origin(tape: Tape, troubled: frozenset[int], index: int | None) -> int | None:
    """The troubled entry that the asked one is computed from, if its own value is not finite."""
    if index is None:
        return min(troubled, default=None)
    if is_finite(tape.primals[index]):
        return None
    return next((one for one in ancestors(tape, [index]) if one in troubled), None)


def _forward(tape: Tape, began: int, index: int | None) -> Answer:
    label, value = tape.label(began), number(tape.primals[began])
    reason, what, remedy = domain_trouble(tape, began)
    shown = f"{entry_numbers(tape, began)} = {value}" if tape.ops[began].name != "input" else value
    sentence = say("why.begins", "It begins at {label}: {what} ({shown}).", label=label, what=what, shown=shown)
    path = shortest_route(tape, began, began if index is None else index)
    return Answer(reason, sentence, remedy, began, tape[began].span, path, value=tape.primals[began])


def _reverse_origin(pulled: Pulled, index: int | None) -> AdjointAccumulated | None:
    """The first event at which a non-finite adjoint arose that reaches the asked entry."""
    if index is not None and (pulled.adjoint(index) is None or is_finite(pulled.adjoint(index))):
        return None
    tainted: dict[int, AdjointAccumulated] = {}
    for event in pulled.in_order:
        if not is_finite(event.after) and event.index not in tainted:
            tainted[event.index] = tainted.get(event.source, event)
            if index is None:
                return event
    return tainted.get(index) if index is not None else None


def _backward(tape: Tape, pulled: Pulled, event: AdjointAccumulated, index: int | None) -> Answer:
    receiver, source = tape.label(event.index), tape.label(event.source)
    local = partial(tape, event.source, event.slot)
    upstream = pulled.adjoint(event.source)
    if is_finite(event.contribution):
        reason, what = (
            "overflow",
            say(
                "why.contributions-add-up-more",
                "the contributions to {receiver} add up to more than a float can hold",
                receiver=receiver,
            ),
        )
    elif event.partial is not None and not is_finite(event.partial):
        reason = "steep"
        what = say(
            "why.partial-not-finite-point",
            "the partial {local} is not finite at this point, although the value {source} is",
            local=local,
            source=source,
        )
        if np.any(np.asarray(upstream) == 0):
            what = say(
                "why.times-nan",
                "{what}, and {source} = {upstream} times that is nan",
                what=what,
                source=bar(source),
                upstream=number(upstream),
            )
    else:
        reason, what = (
            "overflow",
            say(
                "why.times-partial-more-than",
                "{source} times the partial {local} is more than a float can hold",
                source=bar(source),
                local=local,
            ),
        )
    domain = _domain(tape, event.source)
    remedy = say("why.make-factors-smaller", "Make the factors smaller.")
    if reason == "steep":
        everywhere = domain == "all real numbers"
        remedy = (
            say("why.move-point-little", "Move the point a little.")
            if everywhere
            else say(
                "why.keep-operand-where-derivative",
                "Keep the operand where it has a derivative: {domain}.",
                domain=domain,
            )
        )
    path = shortest_route(tape, event.index if index is None else index, event.source)
    factor = Factor(event.source, event.slot, float(np.max(np.abs(event.contribution))), local)
    sentence = say(
        "why.begins-reverse-sweep",
        "It begins in the reverse sweep, at {receiver}: {what}.",
        receiver=bar(receiver),
        what=what,
    )
    return Answer(reason, sentence, remedy, event.source, tape[event.source].span, path, (factor,))


# -- what is wrong with the operands -------------------------------------------------------------------------------


def domain_trouble(tape: Tape, index: int) -> tuple[str, str, str]:
    """The short name of the cause, what is wrong with the operands, and a remedy, for an entry that is not finite."""
    op = tape.ops[index]
    if op.name == "input":
        return (
            "input",
            say("why.input-itself-not-finite", "the input itself is not finite"),
            say("why.give-another-value", "Give it another value."),
        )
    values = _at_first_bad(tape, index)
    found = TROUBLES.get(op.name, lambda *_: None)(*values) if values is not None else None
    if found is None and op.domain != "all real numbers" and not _is_infinite(tape.primals[index]):
        found = say("why.operand-outside-domain", "its operand is outside the domain, {domain}", domain=op.domain)
    if found is None:
        return (
            "overflow",
            say("why.result-larger-than-float", "the result is larger than a float can hold"),
            say("why.make-operands-smaller-use", "Make the operands smaller, or use logarithms."),
        )
    if op.name == "div":
        return (
            "division by zero",
            found,
            say("why.keep-divisor-away-0", "Keep the divisor away from 0, for example by adding a small number."),
        )
    return (
        "domain",
        found,
        say("why.keep-operand-domain", "Keep the operand in the domain: {domain}.", domain=_domain(tape, index)),
    )


def _domain(tape: Tape, index: int) -> str:
    """Where the op and its derivative are defined, without remarks."""
    return tape.ops[index].domain.split(" (")[0]


def _is_infinite(value: Any) -> bool:
    return bool(np.all(~np.isnan(value)))


def _at_first_bad(tape: Tape, index: int) -> tuple[float, ...] | None:
    """The operands' numbers where the result is first not finite; None for ops that are not elementwise."""
    if not tape.ops[index].elementwise:
        return None
    primal = np.asarray(tape.primals[index])
    where = np.unravel_index(int(np.argmax(~np.isfinite(primal))), primal.shape)
    return tuple(float(np.broadcast_to(one, primal.shape)[where]) for one in tape.operand_values(index))


def _log(x: float) -> str:
    return (
        say("why.logarithm-0", "the logarithm of 0 is -∞")
        if x == 0
        else say("why.no-real-logarithm-negative", "there is no real logarithm of a negative number, {x}", x=number(x))
    )


def _pow(x: float, y: float) -> str | None:
    if x == 0 and y < 0:
        return say("why.0-no-power-divides", "0 has no power {y}: that divides by 0", y=number(y))
    return (
        say("why.negative-number-no-real", "a negative number, {x}, has no real power {y}", x=number(x), y=number(y))
        if x < 0 and y != int(y)
        else None
    )


def _inside(x: float) -> str:
    return say("why.not-between-1-1", "{x} is not between -1 and 1", x=number(x))


TROUBLES: dict[str, Any] = {
    "log": _log,
    "log2": _log,
    "log10": _log,
    "log1p": lambda x: _log(1 + x),
    "div": lambda x, y: (
        (
            say("why.0-divided-0", "0 is divided by 0")
            if x == 0
            else say("why.divided-0", "{x} is divided by 0", x=number(x))
        )
        if y == 0
        else None
    ),
    "reciprocal": lambda x: say("why.1-divided-0", "1 is divided by 0") if x == 0 else None,
    "sqrt": lambda x: say("why.no-real-root-negative", "there is no real root of a negative number, {x}", x=number(x)),
    "rsqrt": lambda x: (
        say("why.1-divided-root-0", "1 is divided by the root of 0")
        if x == 0
        else say("why.no-real-root", "there is no real root of {x}", x=number(x))
    ),
    "pow": _pow,
    "mod": lambda x, y: (
        say("why.no-remainder-division-0", "there is no remainder of a division by 0") if y == 0 else None
    ),
    "arcsin": _inside,
    "arccos": _inside,
    "arctanh": _inside,
    "arccosh": lambda x: say("why.less-than-1", "{x} is less than 1", x=number(x)),
}
