"""How a tangent comes about, in words and as a formula: slope times speed, or a linear operation on tangents.

Knows tapes and the events of the tangent sweep; nothing of the reverse sweep.
"""

from collections.abc import Iterator

import numpy as np

from core.basics.words import Phrase, in_row, phrase, say
from core.events import TangentComputed
from core.notation.entries import axes_text, in_line, operand_texts, partial_text, reads, reason, repeated_axes
from core.notation.numbers import number
from core.notation.styles import PLAIN, PRODUCT, Plain, Text
from core.tape import Tape
from core.timeline import Timeline

# What each operand's tangent {t} brings, for ops that are neither elementwise nor linear: {v} is the result.
PUSHES: dict[str, tuple[str | Phrase, ...]] = {
    "prod": (phrase("notation.tangent-times-others", "Σ {t} × the product of the other elements"),),
    "max": (phrase("notation.tangent-where-largest", "{t} where {0} is largest"),),
    "min": (phrase("notation.tangent-where-smallest", "{t} where {0} is smallest"),),
    "logsumexp": ("Σ softmax({0}) × {t}",),
    "cumprod": (
        phrase(
            "notation.running-sums-running-products",
            "the running sums of {t} × the running products without each element",
        ),
    ),
    "pad": (phrase("notation.0-around", "{t} with 0 around it"),),
    "solve": ("-{0}⁻¹ {t} {v}", "{0}⁻¹ {t}"),
    "inv": ("-{v} {t} {v}",),
    "det": ("{v} × trace({0}⁻¹ {t})",),
    "logabsdet": ("trace({0}⁻¹ {t})",),
    "cholesky": (phrase("notation.times-lower-half", "{v} times the lower half of {v}⁻¹ {t} {v}⁻ᵀ"),),
    "eigh": (
        phrase(
            "notation.diag-v-v-values",
            "diag of Vᵀ {t} V for the values, its rest over the gaps between the values for the vectors",
        ),
    ),
    "svd": (
        phrase(
            "notation.diag-u-v-values",
            "diag of Uᵀ {t} V for the values, its rest over the gaps between their squares for the vectors",
        ),
    ),
    "pinv": (
        phrase("notation.pinv-jvp", "{v} {v}ᵀ {t}ᵀ (1 - {0} {v}) + (1 - {v} {0}) {t}ᵀ {v}ᵀ {v} - {v} {t} {v}"),
    ),
    "softmax": ("{v} × ({t} - Σ {v} × {t})",),
    "log_softmax": ("{t} - Σ exp({v}) × {t}",),
}
ONE_BY_ONE = say(
    "notation.product-rule-each-element", "by the product rule each element moves in turn while the others stay"
)
STAYS = say(
    "notation.matrices-split-into-must",
    "the matrices that it was split into must still make up the matrix while it moves",
)
REASONS: dict[str, str] = {
    "prod": ONE_BY_ONE,
    "cumprod": ONE_BY_ONE,
    "logsumexp": say("notation.each-element-moves-result", "each element moves the result by its share"),
    "pad": say("notation.border-not-move", "the border does not move"),
    "solve": say(
        "notation.matrix-times-solution-must", "the matrix times the solution must stay equal to the right-hand side"
    ),
    "inv": say("notation.matrix-times-inverse-must", "the matrix times its inverse must stay the identity"),
    "det": say(
        "notation.determinant-grows-sum-each", "a determinant grows by the sum of what each direction is stretched"
    ),
    "logabsdet": say(
        "notation.logarithm-determinant-grows-sum",
        "the logarithm of a determinant grows by the sum of what each direction is stretched",
    ),
    "cholesky": STAYS,
    "eigh": STAYS,
    "svd": STAYS,
    "pinv": say(
        "notation.matrix-times-pseudo-inverse",
        "the matrix times its pseudo-inverse must stay the projection on its columns, whose number does not change",
    ),
    "softmax": say(
        "notation.shares-must-still-add", "the shares must still add up to 1: what one gains the others lose"
    ),
    "log_softmax": say(
        "notation.shares-must-still-add", "the shares must still add up to 1: what one gains the others lose"
    ),
}
OWN_REASONS = frozenset(("sum", "mean", "max", "min", "getitem"))  # that read the same in either direction
TOGETHER = say(
    "notation.operation-linear-tangents-go", "the operation is linear, so tangents go through it just as values do"
)
EACH = say(
    "notation.operation-linear-each-operand",
    "the operation is linear in each operand, so each moves in turn while the others stay",
)
OTHER = say("notation.partial-given", "that is the partial that was given for it")


def tangent_terms(tape: Tape, event: TangentComputed, style: Plain = PLAIN) -> list[str]:
    """The summands of an entry's tangent, in names."""
    op, operands = tape.ops[event.index], tape.operands(event.index)
    moving = {slot: style.dot(tape.label(operands[slot])) for slot, _, _ in event.terms}
    if op.elementwise:
        return [_slope_times(partial_text(tape, event.index, slot, style), one, style) for slot, one in moving.items()]
    if op.linear == "together":
        return [_with_tangents(tape, event.index, moving, style, "0")]
    if op.linear:
        return [_with_tangents(tape, event.index, {slot: one}, style) for slot, one in moving.items()]
    return [_pushed(tape, event.index, slot, one, style) for slot, one in moving.items()]


def tangent_numbers(timeline: Timeline, event: TangentComputed, style: Plain = PLAIN) -> list[str]:
    """The same summands with numbers put in: slope times speed where both are numbers, else the term itself."""
    if timeline.tape.ops[event.index].linear == "together":
        return [style.number(event.value).text]
    texts = []
    for slot, partial, term in event.terms:
        speed = _speed(timeline, event, slot)
        scalar = partial is not None and not np.ndim(term)
        factors = style.number(partial).text + style.times + style.factor(style.number(speed)) if scalar else ""
        texts.append(factors or style.number(term).text)
    return texts


def added(terms: list[str], style: Plain = PLAIN) -> str:
    """Summands joined by plus, or by minus where one begins with it."""
    return terms[0] + "".join(
        style.minus + term[1:] if term.startswith("-") else style.plus + term for term in terms[1:]
    )


def _slope_times(slope: Text | None, moving: str, style: Plain) -> str:
    if slope is None or slope.value == 1:
        return moving
    return f"-{moving}" if slope.value == -1 else style.inside(slope, PRODUCT) + style.times + moving


def _with_tangents(tape: Tape, index: int, moving: dict[int, str], style: Plain, resting: str = "") -> str:
    """The operation with tangents in the places of what moves; the rest under its name, or as `resting`."""
    names = [Text(resting) if resting else one for one in operand_texts(tape, index, style)]
    return reads(tape[index], [Text(moving[slot]) if slot in moving else one for slot, one in enumerate(names)], style)


def _pushed(tape: Tape, index: int, slot: int, moving: str, style: Plain) -> str:
    templates = PUSHES.get(tape.ops[index].name, (phrase("notation.change-along", "the change of {v} along {t}"),))
    names = [one.text for one in operand_texts(tape, index, style)]
    return style.worded(templates[min(slot, len(templates) - 1)], names, t=moving, v=style.name(tape.label(index)).text)


def _speed(timeline: Timeline, event: TangentComputed, slot: int) -> object:
    operand = timeline.tape.operands(event.index)[slot]
    return timeline.arrivals[operand][1][-1]


def tangent_sentence(timeline: Timeline, event: TangentComputed) -> str:
    """Why an entry's tangent is what it is."""
    tape, op, label = timeline.tape, timeline.tape.ops[event.index], timeline.tape.label(event.index)
    if not op.elementwise:
        own = REASONS.get(op.name) or (reason(tape, event.index) if op.name in OWN_REASONS else "")
        return say(
            "notation.tangent-because",
            "{name}'s tangent is {formula}, because {reason}.",
            name=label,
            formula=added(tangent_terms(tape, event)),
            reason=own or (TOGETHER if op.linear == "together" else EACH if op.linear else OTHER),
        )
    parts = list(_parts(timeline, event))
    if np.ndim(event.value):
        return _tangent_of_array(label, parts)
    value = number(event.value)
    if len(parts) == 1:
        return say(
            "notation.tangent-is", "{name}'s tangent is {value}: {part}.", name=label, value=value, part=parts[0]
        )
    return say(
        "notation.tangent-together",
        "{name}'s tangent is {value}: {parts}; together {value}.",
        name=label,
        value=value,
        parts=in_row(parts),
    )


def _tangent_of_array(label: str, parts: list[str]) -> str:
    if len(parts) == 1:
        return say("notation.tangent-product", "{name}'s tangent is a product: {part}.", name=label, part=parts[0])
    return say("notation.tangent-sum", "{name}'s tangent is a sum: {parts}.", name=label, parts=in_row(parts))


def _parts(timeline: Timeline, event: TangentComputed) -> Iterator[str]:
    """For each operand that moves: the slope by it, its speed, and what they bring."""
    tape, label = timeline.tape, timeline.tape.label(event.index)
    products = tangent_numbers(timeline, event)
    for (slot, partial, term), product in zip(event.terms, products):
        name = tape.label(tape.operands(event.index)[slot])
        text = partial_text(tape, event.index, slot)
        slope = "" if text is None else text.text if text.value is not None else f"{in_line(text)} = {number(partial)}"
        if np.ndim(term):
            yield _elementwise(label, name, slope, repeated_axes(tape, event.index, slot))
        else:
            yield say(
                "notation.moves-by",
                "the partial of {label} with respect to {name} is {slope} and {name} moves with speed {speed}, "
                "which makes {product} = {value}",
                label=label,
                name=name,
                slope=slope,
                speed=number(_speed(timeline, event, slot)),
                product=product,
                value=number(term),
            )


def _elementwise(label: str, name: str, slope: str, axes: tuple[int, ...]) -> str:
    """What an operand's tangent brings where both are arrays."""
    part = say(
        "notation.times-tangent",
        "the partial of {label} with respect to {name} is {slope}, times {name}'s tangent, element by element",
        label=label,
        name=name,
        slope=slope,
    )
    if not axes:
        return part
    return say(
        "notation.repeated-over",
        "{part}, repeated over {axes} as {name} itself is",
        part=part,
        axes=axes_text(axes),
        name=name,
    )
