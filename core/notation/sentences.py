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
from core.notation.entries import (
    axes_text,
    entry_formula,
    entry_numbers,
    in_line,
    partial_text,
    pullback_text,
    reason,
    repeated_axes,
    times,
)
from core.notation.numbers import bar, number, shape_text
from core.notation.styles import PLAIN, SIGN, Plain, Text
from core.notation.tangents import added, tangent_numbers, tangent_sentence, tangent_terms
from core.notation.wrong import wrong_pullback_text, wrong_sentence
from core.timeline import Timeline


def sentence(timeline: Timeline, step: int) -> str:
    """What happens at the step, in words."""
    if step == 0:
        return "Nothing has been computed yet."
    tape, event = timeline.tape, timeline.event(step)
    label = "" if event.index is None else tape.label(event.index)
    match event:
        case PrimalComputed(index) if index in tape.notes.unwatched:
            return f"{label} is not watched: for the tape its value {number(tape.primals[index])} is a constant."
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
            if timeline.run.target is not None and np.isnan(tape.primals[timeline.run.target]).all():
                lost = f"but {timeline.run.target_label} is not a number at this point, so it has no derivative here"
                return f"All contributions to {label} are in: they add up to {number(value)}, {lost}."
            return f"All contributions to {label} are in: {derivative} is {number(value)}."
        case TangentSeeded(_, value):
            begins = "The tangent sweep begins: " if step == timeline.forward_end + 1 else ""
            return f"{begins}{label} {f'moves with speed {number(value)}' if np.any(value) else 'stays where it is'}."
        case TangentComputed():
            return tangent_sentence(timeline, event)
        case Failed(_, message):
            failure = timeline.run.failure
            where = f"at line {failure.span.line}" if failure and failure.span else "here"
            return f"The program stopped {where}: {message}"


def formula(timeline: Timeline, step: int, style: Plain = PLAIN) -> str:
    """The step as a formula: v̄3 += v̄4 · w2 = 1 · 3 = 3."""
    if step == 0:
        return ""
    tape, event = timeline.tape, timeline.event(step)
    label = "" if event.index is None else tape.label(event.index)
    name = style.name(label).text
    match event:
        case PrimalComputed(index) if tape.ops[index].name == "input":
            return _chain(name, style.number(tape.primals[index]).text)
        case PrimalComputed(index):
            value = style.number(tape.primals[index]).text
            return _chain(entry_formula(tape, index, style), entry_numbers(tape, index, style), value)
        case AdjointSeeded(_, value):
            return _chain(style.bar(label), style.derivative(label, label), style.number(value).text)
        case AdjointAccumulated():
            return _accumulation(timeline, event, style)
        case AdjointCompleted(_, value):
            target = timeline.run.target_label
            return _chain(style.derivative(target, label), style.bar(label), style.number(value).text)
        case TangentSeeded(_, value):
            return _chain(style.dot(label), style.number(value).text)
        case TangentComputed():
            return _tangent(timeline, event, style)
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
    tape = timeline.tape
    names = dict.fromkeys(tape.label(one) for one in tape.operands(index) if isinstance(one, int))
    unwatched = [tape.label(one) for one in tape.unwatched_behind(index)]
    if not unwatched:
        return _listed(list(names))
    are = "is" if len(unwatched) == 1 else "are"
    return f"{_listed(list(names))}, with a constant from {_listed(unwatched)}, which {are} not watched"


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _accumulated(timeline: Timeline, event: AdjointAccumulated) -> str:
    if event.change:
        return wrong_sentence(timeline, event)
    tape = timeline.tape
    label, source = tape.label(event.index), tape.label(event.source)
    target = timeline.run.target_label
    through = (
        f"{target} reaches {label} through {source}" if target != source else f"{target} depends on {label} directly"
    )
    total = _total(label, event)
    text = partial_text(tape, event.source, event.slot)
    if text is None:
        why = reason(tape, event.source)
        received = f"{label} receives {pullback_text(tape, event.source, event.slot)}{total}"
        return f"{through}: {received}{', because ' + why if why else ''}."
    if _undefined(timeline, event.source):
        domain, value = tape.ops[event.source].domain, number(event.partial)
        return (
            f"{through}: {source} is not defined at this point (its domain: {domain}), so it has no slope. "
            f"The formula {text.text} gives {value} all the same, which means nothing here."
        )
    slope = text.text if text.value is not None else f"{in_line(text)} = {number(event.partial)}"
    received = f"{number(_upstream(timeline, event))} × {PLAIN.factor(PLAIN.number(event.partial))}"
    if np.ndim(event.contribution):
        received = f"{bar(source)} times that slope, element by element"
    given = f"so {label} receives {received}{_summed(timeline, event)}{total}"
    return f"{through}: the slope of {source} with respect to {label} is {slope}, {given}."


def _undefined(timeline: Timeline, index: int) -> bool:
    """Whether the entry is where nan begins because its operand lies outside the domain."""
    outside = timeline.tape.ops[index].domain != "all real numbers" and index in timeline.troubled
    return outside and bool(np.isnan(timeline.tape.primals[index]).all())


def _total(label: str, event: AdjointAccumulated) -> str:
    if event.before is None:
        return "" if np.ndim(event.after) else f" = {number(event.after)}"
    if np.ndim(event.after):
        return f", added to what {label} already has"
    before, after = number(event.before), number(event.after)
    return f" = {number(event.contribution)}; with the {before} it already has that makes {after}"


def _summed(timeline: Timeline, event: AdjointAccumulated) -> str:
    """Says along which axes the contribution is summed, where broadcasting had repeated the operand."""
    axes = repeated_axes(timeline.tape, event.source, event.slot)
    return f", summed over {axes_text(axes)}, along which broadcasting had repeated it," if axes else ""


def _upstream(timeline: Timeline, event: AdjointAccumulated) -> Any:
    return timeline.arrivals[event.source][1][-1]


def _accumulation(timeline: Timeline, event: AdjointAccumulated, style: Plain) -> str:
    tape = timeline.tape
    rule = wrong_pullback_text if event.change else _right_pullback_text
    left = style.bar(tape.label(event.index)) + style.gets + rule(timeline, event, style)
    value = style.number(event.contribution)
    if np.ndim(event.contribution) or event.partial is None or np.ndim(event.partial):
        shown = not number(event.contribution).startswith("array")
        return _chain(left, value.text) if shown else f"{left}  {style.brackets(shape_text(event.contribution))}"
    numbers = times(style.number(_upstream(timeline, event)).text, Text(style.number(event.partial).text, SIGN), style)
    line = _chain(left, value.text) if event.change else _chain(left, numbers, value.text)
    if event.before is None:
        return line
    total = _chain(style.number(event.before).text + style.plus + style.factor(value), style.number(event.after).text)
    return f"{line},{style.gap}{total}"


def _right_pullback_text(timeline: Timeline, event: AdjointAccumulated, style: Plain) -> str:
    return pullback_text(timeline.tape, event.source, event.slot, style)


def _tangent(timeline: Timeline, event: TangentComputed, style: Plain) -> str:
    numbers = tangent_numbers(timeline, event, style)
    shown = not any("array" in text for text in numbers)
    symbols = added(tangent_terms(timeline.tape, event, style), style)
    left = style.dot(timeline.tape.label(event.index))
    if not shown:
        return f"{_chain(left, symbols)}  {style.brackets(shape_text(event.value))}"
    sums = numbers[0] + "".join(style.plus + style.factor(Text(text), 0) for text in numbers[1:])
    return _chain(left, symbols, sums, style.number(event.value).text)
