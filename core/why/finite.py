"""Why a value or gradient is nan or infinite: the first entry where it began, forwards or backwards.

Knows runs, timelines and the domains in the op table; reads no text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.basics.words import say
from core.dependence import ancestors, shortest_route
from core.events import AdjointAccumulated
from core.language.reading.places import Places
from core.notation import bar, entry_numbers, number, operation, partial
from core.tape import Tape
from core.why.answer import Answer, Factor
from core.why.branches import Untaken, untaken
from core.why.double_where import double_where
from core.why.kinds import BRANCH
from core.why.operands import domain_trouble, slope_remedy
from core.why.pulled import Pulled, is_finite
from core.why.troubles import GROWING, OVERFLOW

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
    if began is not None:
        bad = ~np.isfinite(run.tape.primals[began])
        return _in_a_branch(run, began, bad, index) or _forward(run.tape, began, event.source)
    bad = ~np.isfinite(event.contribution)
    return _in_a_branch(run, event.source, bad, index) or _backward(run.tape, pulled, event, index)


def _forward_origin(tape: Tape, troubled: frozenset[int], index: int | None) -> int | None:
    """The troubled entry that the asked one is computed from, if its own value is not finite."""
    if index is None:
        return min(troubled, default=None)
    if is_finite(tape.primals[index]):
        return None
    return next((one for one in ancestors(tape, [index]) if one in troubled), None)


def _forward(tape: Tape, began: int, index: int | None) -> Answer:
    label, value = tape.label(began), number(tape.primals[began])
    cause, what, remedy = domain_trouble(tape, began)
    shown = f"{entry_numbers(tape, began)} = {value}" if tape.ops[began].name != "input" else value
    sentence = say("why.begins", "It begins at {label}: {what} ({shown}).", label=label, what=what, shown=shown)
    path = shortest_route(tape, began, began if index is None else index)
    return Answer(cause, sentence, remedy, began, tape[began].span, path, value=tape.primals[began])


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
    steep = _is_steep(tape, event)
    if is_finite(event.contribution):
        what = say(
            "why.contributions-add-up-more",
            "the contributions to {receiver} add up to more than a float can hold",
            receiver=receiver,
        )
    elif steep and event.partial is not None:
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
    elif steep:
        what = say(
            "why.derivative-not-finite",
            "the derivative of {source} = {formula} is not finite at this point, although the value is",
            source=source,
            formula=operation(tape, event.source),
        )
    else:
        what = say(
            "why.times-partial-more-than",
            "{source} times the partial {local} is more than a float can hold",
            source=bar(source),
            local=local,
        )
    remedy = slope_remedy(tape, event) if steep else say("why.make-factors-smaller", "Make the factors smaller.")
    path = shortest_route(tape, event.index if index is None else index, event.source)
    factor = Factor(event.source, event.slot, float(np.max(np.abs(event.contribution))), local)
    sentence = say(
        "why.begins-reverse-sweep",
        "It begins in the reverse sweep, at {receiver}: {what}.",
        receiver=bar(receiver),
        what=what,
    )
    cause = "steep" if steep else OVERFLOW
    return Answer(cause, sentence, remedy, event.source, tape[event.source].span, path, (factor,))


def _is_steep(tape: Tape, event: AdjointAccumulated) -> bool:
    """Whether the partial itself is not finite, or what stands for it where there is none."""
    if event.partial is not None:
        return not is_finite(event.contribution) and not is_finite(event.partial)
    return bool(np.any(np.isnan(event.contribution))) and tape.ops[event.source].name not in GROWING


# -- branches that are not taken -----------------------------------------------------------------------------------


def _in_a_branch(run: Run, entry: int, bad: Any, index: int | None) -> Answer | None:
    """The answer where what is not finite lies in a branch that the value does not take."""
    tape = run.tape
    left = untaken(tape, entry, bad) if run.target is not None and is_finite(tape.primals[run.target]) else None
    if left is None:
        return None
    label, span = tape.label(entry), tape[left.chooser].span
    chooser = Places(run.program.text).short(span) if span is not None else operation(tape, left.chooser)
    what = (
        domain_trouble(tape, entry).what
        if not is_finite(tape.primals[entry])
        else say("why.partial-there-not-finite", "the partial there is not finite")
    )
    sentence = say(
        "why.branch-not-taken",
        "It begins at {label} = {formula}: {what}. `{chooser}` does not take these elements, so no value has them; but"
        " the reverse sweep goes through what is not taken too, and 0 times a partial that is not finite is nan.",
        label=label,
        formula=operation(tape, entry),
        what=what,
        chooser=chooser,
    )
    path = shortest_route(tape, entry if index is None else index, entry)
    return Answer(BRANCH, sentence, _twice(run, left, entry), entry, tape[entry].span, path, value=tape.primals[entry])


def _twice(run: Run, left: Untaken, entry: int) -> str:
    proposal = double_where(run, left, run.tape[entry].span)
    if proposal is None:
        return say(
            "why.operand-safe-first",
            "Use `where` twice: give the operand a safe value where it is not taken, and compute with that.",
        )
    return say(
        "why.double-where",
        "Use `where` twice: `{line}`, and then `{instead}`.",
        line=proposal.line,
        instead=proposal.instead,
    )
