"""The sentence and the formula of each step of a timeline."""

from typing import Any

import numpy as np

from core.basics.words import listed, say, say_many, sentences
from core.events import (
    AdjointAccumulated,
    AdjointCompleted,
    AdjointSeeded,
    Failed,
    PrimalComputed,
    TangentComputed,
    TangentSeeded,
)
from core.notation.completed import completed, completion
from core.notation.domains import domain_of
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
from core.op import EVERYWHERE
from core.tape import Tape
from core.timeline import Timeline


def sentence(timeline: Timeline, step: int) -> str:
    """What happens at the step, in words."""
    if step == 0:
        return say("notation.nothing-computed", "Nothing has been computed yet.")
    tape, event = timeline.tape, timeline.event(step)
    label = "" if event.index is None else tape.label(event.index)
    match event:
        case PrimalComputed(index) if index in tape.notes.unwatched:
            return say(
                "notation.is-not-watched",
                "{name} is not watched: for the tape its value {value} is a constant.",
                name=label,
                value=number(tape.primals[index]),
            )
        case PrimalComputed(index) if tape.ops[index].name == "input":
            value = number(tape.primals[index])
            return say("notation.is-input", "{name} is an input: its value is {value}.", name=label, value=value)
        case PrimalComputed(index):
            return _computed(timeline, index)
        case AdjointSeeded(_, value):
            return _seeded(label, value)
        case AdjointAccumulated():
            return _accumulated(timeline, event)
        case AdjointCompleted():
            return completed(timeline, step, event)
        case TangentSeeded(_, value):
            return _tangent_seeded(label, value, first=step == timeline.forward_end + 1)
        case TangentComputed():
            return tangent_sentence(timeline, event)
        case Failed(_, message):
            span = timeline.run.failure.span if timeline.run.failure else None
            if span is None:
                return say("notation.stopped", "The program stopped here: {message}", message=message)
            return say(
                "notation.stopped-at-line",
                "The program stopped at line {line}: {message}",
                line=span.line,
                message=message,
            )


def formula(timeline: Timeline, step: int, style: Plain = PLAIN) -> str:
    """The step as a formula: v̄3 += v̄4 × w2 = 1 × 3 = 3."""
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
        case AdjointCompleted():
            return _chain(*completion(timeline, step, event, style))
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


def _seeded(label: str, value: Any) -> str:
    if np.ndim(value):
        return say(
            "notation.seed-of-elements",
            "The reverse sweep begins at the output: every element of {name} has partial 1 with respect to itself.",
            name=label,
        )
    return say(
        "notation.seed",
        "The reverse sweep begins at the output: {name} has partial 1 with respect to itself.",
        name=label,
    )


def _tangent_seeded(label: str, value: Any, first: bool) -> str:
    if np.any(value):
        seed = say("notation.moves", "{name} moves with speed {speed}.", name=label, speed=number(value))
    else:
        seed = say("notation.stays", "{name} stays where it is.", name=label)
    return say("notation.tangents-begin", "The tangent sweep begins: {seed}", seed=seed) if first else seed


def _computed(timeline: Timeline, index: int) -> str:
    tape = timeline.tape
    computed = say(
        "notation.computed",
        "{name} is computed from {operands}: {value}.",
        name=tape.label(index),
        operands=_operands(timeline, index),
        value=number(tape.primals[index]),
    )
    trouble = _not_finite(tape, index) if index in timeline.troubled else ""
    return sentences(through_a_view(tape, index), computed, trouble)


def drawn_formula(tape: Tape, index: int) -> str:
    """The formula of an entry, with the view through which it writes: y₂ = y₁ with [0] = 5, through z₁."""
    view, formula = tape.notes.through.get(index), entry_formula(tape, index)
    if view is None:
        return formula
    return say("notation.formula-through", "{formula}, through {view}", formula=formula, view=tape.label(view))


def through_a_view(tape: Tape, index: int) -> str:
    """What an entry does that changes an array through a view of it; nothing of other entries."""
    view, base = tape.notes.through.get(index), tape.operands(index)[:1]
    names = [tape.names.get(one) or tape.label(one) for one in (view, *base) if isinstance(one, int)]
    if view is None or len(set(names)) < 2:
        return ""
    return say(
        "notation.writes-through",
        "{view} is a view of {base}: this writes into {base}.",
        view=names[0],
        base=names[1],
    )


def _not_finite(tape: Tape, index: int) -> str:
    numbers = entry_numbers(tape, index)
    if tape.ops[index].domain == EVERYWHERE:
        return say("notation.not-finite", "Here the numbers stop being finite: {numbers}.", numbers=numbers)
    return say(
        "notation.outside-domain",
        "Here the numbers stop being finite: {numbers} (its domain: {domain}).",
        numbers=numbers,
        domain=domain_of(tape, index),
    )


def _operands(timeline: Timeline, index: int) -> str:
    tape = timeline.tape
    names = listed(dict.fromkeys(tape.label(one) for one in tape.operands(index) if isinstance(one, int)))
    unwatched = [tape.label(one) for one in tape.unwatched_behind(index)]
    if not unwatched:
        return names
    return say_many(
        "notation.with-constants",
        "{names}, with a constant from {unwatched}, which is not watched",
        "{names}, with a constant from {unwatched}, which are not watched",
        len(unwatched),
        names=names,
        unwatched=listed(unwatched),
    )


def _accumulated(timeline: Timeline, event: AdjointAccumulated) -> str:
    if event.change:
        return wrong_sentence(timeline, event)
    tape = timeline.tape
    label, source = tape.label(event.index), tape.label(event.source)
    text = partial_text(tape, event.source, event.slot)
    through = _through(timeline.run.target_label, label, source)
    if text is None:
        return _pulled_back(
            through, _received(label, event, pullback_text(tape, event.source, event.slot)), tape, event
        )
    if _undefined(timeline, event.source):
        return say(
            "notation.undefined-here",
            "{through}: {source} is not defined at this point (its domain: {domain}), so it has no partial. "
            "The formula {formula} gives {value} all the same, which means nothing here.",
            through=through,
            source=source,
            domain=domain_of(tape, event.source),
            formula=text.text,
            value=number(event.partial),
        )
    return say(
        "notation.accumulates",
        "{through}: the partial of {source} with respect to {name} is {slope}, so {received}.",
        through=through,
        source=source,
        name=label,
        slope=text.text if text.value is not None else f"{in_line(text)} = {number(event.partial)}",
        received=_received(label, event, _contribution(timeline, event)),
    )


def _through(target: str, label: str, source: str) -> str:
    """By which way the target depends on what receives."""
    if target == source:
        return say("notation.depends-directly", "{target} depends on {name} directly", target=target, name=label)
    return say(
        "notation.reaches-through",
        "{target} reaches {name} through {source}",
        target=target,
        name=label,
        source=source,
    )


def _pulled_back(through: str, received: str, tape: Tape, event: AdjointAccumulated) -> str:
    """What an operation that is not elementwise passes on, and why where that surprises."""
    why = reason(tape, event.source)
    if not why:
        return say("notation.pulled-back", "{through}: {received}.", through=through, received=received)
    return say(
        "notation.pulled-back-because",
        "{through}: {received}, because {reason}.",
        through=through,
        received=received,
        reason=why,
    )


def _contribution(timeline: Timeline, event: AdjointAccumulated) -> str:
    """The product that arrives, and along which axes it is summed, where broadcasting had repeated the operand."""
    if np.ndim(event.contribution):
        source = bar(timeline.tape.label(event.source))
        product: str = say("notation.times-partial", "{adjoint} times that partial, element by element", adjoint=source)
    else:
        product = f"{number(_upstream(timeline, event))} × {PLAIN.factor(PLAIN.number(event.partial))}"
    axes = repeated_axes(timeline.tape, event.source, event.slot)
    if not axes:
        return product
    return say(
        "notation.summed-over",
        "{product}, summed over {axes}, along which broadcasting had repeated it",
        product=product,
        axes=axes_text(axes),
    )


def _received(label: str, event: AdjointAccumulated, what: str) -> str:
    """What an operand receives, and what it has then."""
    if np.ndim(event.after):
        if event.before is None:
            return say("notation.receives", "{name} receives {what}", name=label, what=what)
        return say("notation.adds", "{name} receives {what}, added to what {name} already has", name=label, what=what)
    contribution, after = number(event.contribution), number(event.after)
    if event.before is None:
        return say("notation.receives-number", "{name} receives {what} = {value}", name=label, what=what, value=after)
    return say(
        "notation.adds-number",
        "{name} receives {what} = {value}; with the {before} it already has that makes {after}",
        name=label,
        what=what,
        value=contribution,
        before=number(event.before),
        after=after,
    )


def _undefined(timeline: Timeline, index: int) -> bool:
    """Whether the entry is where nan begins because its operand lies outside the domain."""
    outside = timeline.tape.ops[index].domain != EVERYWHERE and index in timeline.troubled
    return outside and bool(np.isnan(timeline.tape.primals[index]).all())


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
