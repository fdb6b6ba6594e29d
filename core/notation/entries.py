"""One entry of the tape in mathematics: v4 = v3 × w2, its numbers, its local partials and its pullbacks."""

from typing import Any

import numpy as np

from core.basics.words import listed, say, say_many
from core.notation.expressions import render
from core.notation.numbers import number, shape_text
from core.notation.pullbacks import PULLBACKS, REASONS, SET_TWICE, THROUGH
from core.notation.styles import CHOICE, PLAIN, PRODUCT, Plain, Text
from core.op import OPERAND_NAMES
from core.sweeps import partial_of
from core.tape import Constant, Entry, Tape


def operand_texts(tape: Tape, index: int, style: Plain = PLAIN) -> list[Text]:
    """The operands by name, constants by value unless they are the value of an input that is not watched."""
    unwatched = _unwatched_operands(tape, index)
    operands = [unwatched.get(slot, one) for slot, one in enumerate(tape[index].operands)]
    return [style.number(x.value) if isinstance(x, Constant) else style.name(tape.label(x)) for x in operands]


def _unwatched_operands(tape: Tape, index: int) -> dict[int, int | Constant]:
    """The constants that are inputs which are not watched: their slots, and the entries of those inputs."""
    behind = tape.unwatched_behind(index)
    values = tape.operand_values(index) if behind else ()
    return {slot: one for slot, value in enumerate(values) for one in behind if value is tape.primals[one]}


def value_texts(tape: Tape, index: int, style: Plain = PLAIN) -> list[Text]:
    """The operands by value."""
    return [style.number(value) for value in tape.operand_values(index)]


def operation(tape: Tape, index: int, style: Plain = PLAIN) -> str:
    """The right-hand side of an entry: v3 × w2; for an input "input"."""
    entry = tape[index]
    return "input" if entry.op.name == "input" else reads(entry, operand_texts(tape, index, style), style)


def entry_formula(tape: Tape, index: int, style: Plain = PLAIN) -> str:
    """The whole entry: v4 = v3 × w2; for an input its name alone."""
    label = style.name(tape.label(index)).text
    return label if tape.ops[index].name == "input" else label + style.equals + operation(tape, index, style)


def entry_numbers(tape: Tape, index: int, style: Plain = PLAIN) -> str:
    """The right-hand side with numbers put in: 10 × 3."""
    return reads(tape[index], value_texts(tape, index, style), style)


def reads(entry: Entry, operands: list[Text], style: Plain) -> str:
    """An entry's operation with these texts as its operands."""
    if entry.op.name == "pow":
        base, exponent = operands
        return style.power(base, exponent).text
    if entry.op.name == "div" and style is not PLAIN:
        return style.quotient(*operands).text
    attributes = entry.attributes
    fields = {"key": key_text(attributes.get("key")), "shape": shape_text(entry.primal)}
    template = style.template(entry.op)
    return style.filled(template, operands, **fields) + style.words(_over(attributes))


def _over(attributes: dict[str, Any]) -> str:
    """Which axes a reduction takes together, unless it takes all."""
    axis = attributes.get("axis")
    if axis is None or "keepdims" not in attributes:
        return ""
    axes = axis if isinstance(axis, tuple) else (axis,)
    return " " + say("notation.over-axes", "over {axes}", axes=axes_text(axes))


def key_text(key: Any) -> str:
    """An index as it is typed: 0, 1:3, :, 2."""
    if isinstance(key, tuple):
        return ", ".join(map(key_text, key))
    if isinstance(key, slice):
        parts = ["" if part is None else str(part) for part in (key.start, key.stop)]
        return ":".join(parts if key.step is None else (*parts, str(key.step)))
    if key is Ellipsis:
        return "..."
    return number(key) if isinstance(key, np.ndarray) else str(key)


def partial_text(tape: Tape, index: int, slot: int, style: Plain = PLAIN) -> Text | None:
    """The local partial with respect to operand `slot` as a formula in names; None for ops that have no such."""
    op = tape.ops[index]
    formula = op.partials[slot] if op.elementwise else None
    if formula is None:
        return None
    names = dict(zip(OPERAND_NAMES, operand_texts(tape, index, style), strict=False))
    return render(formula, {**names, "v": style.name(tape.label(index))}, style)


def partial(tape: Tape, index: int, slot: int, style: Plain = PLAIN) -> str:
    """The local partial as a line: ∂v4/∂v3 = w2 = 3."""
    operand = tape.operands(index)[slot]
    by = tape.label(operand) if isinstance(operand, int) else number(operand)
    left = style.derivative(tape.label(index), by)
    text = partial_text(tape, index, slot, style)
    if text is None:
        return f"{left}: {pullback_text(tape, index, slot, style)}"
    value = style.number(partial_of(tape, index, slot)).text
    return f"{left} = {text.text}" if text.text == value else f"{left} = {in_line(text, style)} = {value}"


def in_line(text: Text, style: Plain = PLAIN) -> str:
    """The formula as one link in a chain of equals signs: a choice goes into parentheses."""
    return style.brackets(text.text) if text.binds == CHOICE else text.text


def pullback_text(tape: Tape, index: int, slot: int, style: Plain = PLAIN) -> str:
    """What operand `slot` receives from the entry, in names: v̄4 × w2, or for matrices v̄4 @ w2ᵀ."""
    g = style.bar(tape.label(index))
    text = partial_text(tape, index, slot, style)
    if text is None:
        return matrix_pullback(tape, index, slot, g, style)
    axes = repeated_axes(tape, index, slot)
    product = times(g, text, style)
    return style.summed(product, axes_text(axes)) if axes else product


def repeated_axes(tape: Tape, index: int, slot: int) -> tuple[int, ...]:
    """The axes along which broadcasting repeated an operand of an elementwise op, so that adjoints are summed."""
    if not tape.ops[index].elementwise:
        return ()
    result, operand = np.shape(tape.primals[index]), np.shape(tape.operand_values(index)[slot])
    added = len(result) - len(operand)
    stretched = (added + axis for axis, n in enumerate(operand) if n == 1 and result[added + axis] != 1)
    return (*range(added), *stretched)


def axes_text(axes: tuple[int, ...]) -> str:
    """axis 0; axes 0 and 1."""
    return say_many("notation.axes", "axis {axes}", "axes {axes}", len(axes), axes=listed(map(str, axes)))


def reason(tape: Tape, index: int) -> str:
    """Why the op's rule is as it is, where that surprises; else nothing."""
    name = tape.ops[index].name
    if name == "setitem" and _way_of_setting(tape, tape[index]) == LAST:
        return SET_TWICE.say()
    return REASONS[name].say(n=_count(tape, tape[index])) if name in REASONS else ""


def matrix_pullback(tape: Tape, index: int, slot: int, g: str, style: Plain) -> str:
    """The pullback of an op that is not elementwise, as its rule reads, for the adjoint `g`."""
    entry = tape[index]
    operands = [one.text for one in operand_texts(tape, index, style)]
    templates = PULLBACKS.get(entry.op.name, (THROUGH,))
    if entry.op.name == "setitem" and slot == 1:
        templates = (templates[0], templates[_way_of_setting(tape, entry)])
    if entry.op.name == "matmul" and all(np.ndim(value) == 1 for value in tape.operand_values(index)):
        templates = ("{g} × {1}", "{g} × {0}")
    template = templates[slot if slot < len(templates) else 0]
    fields = {"g": g, "v": style.name(tape.label(index)).text, "mine": operands[slot]}
    return style.worded(template, operands, n=_count(tape, entry), key=key_text(entry.attributes.get("key")), **fields)


SET, SUMMED, LAST = 1, 2, 3  # ways of setting elements, as their words stand in the table of pullbacks


def _way_of_setting(tape: Tape, entry: Entry) -> int:
    """Whether a place was set several times, or else one number was put into several places."""
    changed, put = tape.operand_values(entry.index)
    places = np.arange(np.size(changed)).reshape(np.shape(changed))[entry.attributes["key"]]
    if np.size(np.unique(places)) < np.size(places):
        return LAST
    return SUMMED if np.size(put) < np.size(places) else SET


def _count(tape: Tape, entry: Entry) -> str:
    """How many elements a mean takes together."""
    return str(int(np.size(tape.operand_values(entry.index)[0]) / max(np.size(entry.primal), 1)))


def times(left: str, right: Text, style: Plain = PLAIN) -> str:
    """An adjoint times a partial, without a factor of one."""
    if right.value == 1:
        return left
    if right.value == -1:
        return f"-{left}"
    if right.text.startswith("1 / "):
        return left + right.text[1:]
    return left + style.times + style.factor(right, PRODUCT)
