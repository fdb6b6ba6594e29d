"""The sentence and the formula of each step of a timeline."""

from typing import Any

import numpy as np

from core.events import (
    AdjointAccumulated,
    AdjointCompleted,
    AdjointSeeded,
    Failed,
    PrimalComputed,
    TangentComputed,
    TangentSeeded,
)
from core.notation.entries import entry_formula, entry_numbers, in_line, partial_text, pullback_text
from core.notation.numbers import bar, dot, factor, number, shape_text
from core.timeline import Timeline


def sentence(timeline: Timeline, step: int) -> str:
    """What happens at the step, in words."""
    if step == 0:
        return "Nothing has been computed yet."
    tape, event = timeline.tape, timeline.event(step)
    label = "" if event.index is None else tape.label(event.index)
    match event:
        case PrimalComputed(index) if tape.ops[index].name == "input":
            return f"{label} is an input: its value is {number(tape.primals[index])}."
        case PrimalComputed(index):
            return _computed(timeline, index)
        case AdjointSeeded(_, value):
            each = f"every element of {label} has" if np.ndim(value) else f"{label} has"
            return f"The reverse sweep begins at the output: {each} slope 1 with respect to itself."
        case AdjointAccumulated():
            return _accumulated(timeline, event)
        case AdjointCompleted(_, value):
            derivative = f"the derivative of {timeline.run.target_label} with respect to {label}"
            return f"All contributions to {label} are in: {derivative} is {number(value)}."
        case TangentSeeded(_, value):
            return f"The tangent sweep begins: {label} moves with speed {number(value)}."
        case TangentComputed(_, value, _):
            return f"{label} moves with speed {number(value)}."
        case Failed(_, message):
            return f"The program stopped here: {message}"


def formula(timeline: Timeline, step: int) -> str:
    """The step as a formula: v̄3 += v̄4 · w2 = 1 · 3 = 3."""
    if step == 0:
        return ""
    tape, event = timeline.tape, timeline.event(step)
    label = "" if event.index is None else tape.label(event.index)
    match event:
        case PrimalComputed(index) if tape.ops[index].name == "input":
            return f"{label} = {number(tape.primals[index])}"
        case PrimalComputed(index):
            return _chain(entry_formula(tape, index), entry_numbers(tape, index), number(tape.primals[index]))
        case AdjointSeeded(_, value):
            return f"{bar(label)} = ∂{label}/∂{label} = {number(value)}"
        case AdjointAccumulated():
            return _accumulation(timeline, event)
        case AdjointCompleted(_, value):
            return f"∂{timeline.run.target_label}/∂{label} = {bar(label)} = {number(value)}"
        case TangentSeeded(_, value):
            return f"{dot(label)} = {number(value)}"
        case TangentComputed():
            return _tangent(timeline, event)
        case Failed():
            return ""


def _chain(*parts: str) -> str:
    """Joined by equals signs, without repeating what is the same."""
    kept = [part for place, part in enumerate(parts) if not place or part != parts[place - 1]]
    return " = ".join(kept)


def _computed(timeline: Timeline, index: int) -> str:
    tape = timeline.tape
    value = f"{tape.label(index)} is computed from {_operands(timeline, index)}: {number(tape.primals[index])}."
    if index not in timeline.troubled:
        return value
    domain = tape.ops[index].domain
    reason = f" (its domain: {domain})" if domain != "all real numbers" else ""
    return f"{value} Here the numbers stop being finite: {entry_numbers(tape, index)}{reason}."


def _operands(timeline: Timeline, index: int) -> str:
    names = dict.fromkeys(timeline.tape.label(one) for one in timeline.tape.operands(index) if isinstance(one, int))
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _accumulated(timeline: Timeline, event: AdjointAccumulated) -> str:
    tape = timeline.tape
    label, source = tape.label(event.index), tape.label(event.source)
    target = timeline.run.target_label
    through = (
        f"{target} reaches {label} through {source}" if target != source else f"{target} depends on {label} directly"
    )
    total = _total(label, event)
    text = partial_text(tape, event.source, event.slot)
    if text is None:
        return f"{through}: {label} receives {pullback_text(tape, event.source, event.slot)}{_summed(event)}{total}."
    slope = text.text if text.value is not None else f"{in_line(text)} = {number(event.partial)}"
    received = f"{number(_upstream(timeline, event))} × {factor(event.partial)}"
    if np.ndim(event.contribution):
        received = f"{bar(source)} times that slope, element by element"
    given = f"so {label} receives {received}{_summed(event)}{total}"
    return f"{through}: the slope of {source} with respect to {label} is {slope}, {given}."


def _total(label: str, event: AdjointAccumulated) -> str:
    if event.before is None:
        return "" if np.ndim(event.after) else f" = {number(event.after)}"
    if np.ndim(event.after):
        return f", added to what {label} already has"
    before, after = number(event.before), number(event.after)
    return f" = {number(event.contribution)}; with the {before} it already has that makes {after}"


def _summed(event: AdjointAccumulated) -> str:
    """Says so when broadcasting had repeated the operand, so that its contributions are summed."""
    if event.partial is None or np.shape(event.partial) in ((), np.shape(event.contribution)):
        return ""
    return " summed over the axes that broadcasting had repeated"


def _upstream(timeline: Timeline, event: AdjointAccumulated) -> Any:
    return timeline.arrivals[event.source][1][-1]


def _accumulation(timeline: Timeline, event: AdjointAccumulated) -> str:
    tape = timeline.tape
    left = f"{bar(tape.label(event.index))} += {pullback_text(tape, event.source, event.slot)}"
    if np.ndim(event.contribution) or event.partial is None or np.ndim(event.partial):
        shape = shape_text(event.contribution)
        value = number(event.contribution)
        return f"{left} = {value}" if not value.startswith("array") else f"{left}  ({shape})"
    numbers = f"{number(_upstream(timeline, event))} · {factor(event.partial)}"
    line = _chain(left, numbers, number(event.contribution))
    if event.before is None:
        return line
    return f"{line},  {number(event.before)} + {factor(event.contribution)} = {number(event.after)}"


def _tangent(timeline: Timeline, event: TangentComputed) -> str:
    tape = timeline.tape
    operands = tape.operands(event.index)
    terms = []
    for slot, _, _ in event.terms:
        text = partial_text(tape, event.index, slot)
        moving = dot(tape.label(operands[slot]))
        terms.append(moving if text is None or text.value == 1 else f"{text.text} · {moving}")
    numbers = " + ".join(number(term) for _, _, term in event.terms)
    return _chain(f"{dot(tape.label(event.index))} = {' + '.join(terms)}", numbers, number(event.value))
