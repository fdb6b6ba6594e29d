"""How a contribution reads that a wrong rule brings, with the right one beside it.

Knows tapes and what can be changed in a rule; does not make the change.
"""

from core.basics.words import say
from core.events import AdjointAccumulated
from core.notation.entries import (
    axes_text,
    matrix_pullback,
    operand_texts,
    partial_text,
    pullback_text,
    repeated_axes,
    times,
)
from core.notation.numbers import number
from core.notation.styles import PLAIN, Plain
from core.sweeps import pull_back
from core.timeline import Timeline


def wrong_pullback_text(timeline: Timeline, event: AdjointAccumulated, style: Plain = PLAIN) -> str:
    """What the operand receives by the wrong rule, in names: v̄4 where v̄4 × w2 would be right."""
    tape, source, slot = timeline.tape, event.source, event.slot
    upstream, right = style.bar(tape.label(source)), pullback_text(tape, source, slot, style)
    match event.change:
        case "flip the sign":
            return f"-{style.brackets(right) if ' ' in right else right}"
        case "drop the partial":
            return _summed(timeline, event, upstream, style)
        case "drop the adjoint":
            slope = partial_text(tape, source, slot, style)
            if slope is None:
                return matrix_pullback(tape, source, slot, "1", style)
            return _summed(timeline, event, slope.text, style)
        case "swap the operands":
            slope = partial_text(tape, source, 1 - slot, style)
            return pullback_text(tape, source, 1 - slot, style) if slope is None else times(upstream, slope, style)
        case "forget the transpose" if tape.ops[source].name == "matmul":
            names = [one.text for one in operand_texts(tape, source, style)]
            return style.worded("{g} @ {1}" if slot == 0 else "{0} @ {g}", names, g=upstream)
    return upstream


def _summed(timeline: Timeline, event: AdjointAccumulated, text: str, style: Plain) -> str:
    """Summed over the axes along which broadcasting had repeated the operand; so much of the rule stays right."""
    axes = repeated_axes(timeline.tape, event.source, event.slot)
    return style.summed(text, axes_text(axes)) if axes else text


def wrong_sentence(timeline: Timeline, event: AdjointAccumulated) -> str:
    """What the wrong rule brings, and what the right one would."""
    tape, label, source = timeline.tape, timeline.tape.label(event.index), timeline.tape.label(event.source)
    upstream = timeline.arrivals[event.source][1][-1]
    right = pull_back(tape, event.source, event.slot, upstream, tape.operand_values(event.source))
    op = tape.ops[event.source].name
    received = f"{wrong_pullback_text(timeline, event)} = {number(event.contribution)}"
    wanted = f"{pullback_text(tape, event.source, event.slot)} = {number(right)}"
    if event.before is None:
        return say(
            "notation.wrong-rule",
            "By the wrong rule of `{op}`, {name} receives {received} from {source}. Right would be {wanted}.",
            op=op,
            name=label,
            received=received,
            source=source,
            wanted=wanted,
        )
    return say(
        "notation.wrong-rule-adds",
        "By the wrong rule of `{op}`, {name} receives {received} from {source}, which with the {before} it has makes "
        "{after}. Right would be {wanted}.",
        op=op,
        name=label,
        received=received,
        source=source,
        before=number(event.before),
        after=number(event.after),
        wanted=wanted,
    )
