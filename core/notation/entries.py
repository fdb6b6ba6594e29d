"""One entry of the tape in mathematics: v4 = v3 · w2, its numbers, its local partials and its pullbacks."""

import re
from typing import Any

import numpy as np

from core.notation.expressions import CHOICE, PRODUCT, Text, constant, name, power, render
from core.notation.numbers import bar, factor, number, shape_text
from core.op import OPERAND_NAMES
from core.sweeps import partial_of
from core.tape import Constant, Entry, Tape

# How the pullbacks of ops that are not elementwise read: {g} is the adjoint of the result, {0} and {1} the operands.
PULLBACKS: dict[str, tuple[str, ...]] = {
    "matmul": ("{g} @ {1}ᵀ", "{0}ᵀ @ {g}"),
    "sum": ("{g} repeated over the shape of {0}",),
    "mean": ("{g} / {n}, repeated over the shape of {0}",),
    "prod": ("{g} · the product of the other elements",),
    "max": ("{g} where {0} is largest",),
    "min": ("{g} where {0} is smallest",),
    "logsumexp": ("{g} · softmax({0})",),
    "cumsum": ("{g} summed up from the end",),
    "cumprod": ("{g} · the running products without each element",),
    "reshape": ("{g} in the shape of {0}",),
    "transpose": ("{g}ᵀ",),
    "broadcast_to": ("{g} summed over the repeated axes",),
    "getitem": ("{g} at [{key}], 0 elsewhere",),
    "scatter_add": ("{g}[{key}]",),
    "pad": ("{g} without the border",),
    "flip": ("{g} in reversed order",),
    "roll": ("{g} rolled back",),
    "repeat": ("{g} summed over the copies",),
    "tile": ("{g} summed over the copies",),
    "tril": ("the lower triangle of {g}",),
    "triu": ("the upper triangle of {g}",),
    "diag": ("the diagonal of {g}",),
    "setitem": ("{g} with 0 at [{key}]", "{g}[{key}]"),
    "concatenate": ("the part of {g} that belongs to {mine}",),
    "stack": ("the part of {g} that belongs to {mine}",),
    "einsum": ("{g} combined with the other operands",),
    "solve": ("-({0}⁻ᵀ {g}) {v}ᵀ", "{0}⁻ᵀ {g}"),
    "inv": ("-{v}ᵀ {g} {v}ᵀ",),
    "det": ("{g} · {v} · {0}⁻ᵀ",),
    "logabsdet": ("{g} · {0}⁻ᵀ",),
    "cholesky": ("the symmetric pullback of {g} through {v}",),
}


def operand_texts(entry: Entry, tape: Tape) -> list[Text]:
    """The operands by name, constants by value."""
    return [constant(one.value) if isinstance(one, Constant) else name(tape.label(one)) for one in entry.operands]


def value_texts(entry: Entry, tape: Tape) -> list[Text]:
    """The operands by value."""
    return [constant(value) for value in tape.operand_values(entry.index)]


def operation(tape: Tape, index: int) -> str:
    """The right-hand side of an entry: v3 · w2; for an input "input"."""
    entry = tape[index]
    return "input" if entry.op.name == "input" else _reads(entry, operand_texts(entry, tape))


def entry_formula(tape: Tape, index: int) -> str:
    """The whole entry: v4 = v3 · w2; for an input its name alone."""
    if tape.ops[index].name == "input":
        return tape.label(index)
    return f"{tape.label(index)} = {operation(tape, index)}"


def entry_numbers(tape: Tape, index: int) -> str:
    """The right-hand side with numbers put in: 10 · 3."""
    entry = tape[index]
    return _reads(entry, value_texts(entry, tape))


def _reads(entry: Entry, operands: list[Text]) -> str:
    if entry.op.name == "pow":
        base, exponent = operands
        return power(Text(factor(base.value)) if base.value is not None else base, exponent).text
    bare = [one.text for one in operands]
    texts = bare if FUNCTION.fullmatch(entry.op.reads) else [_guarded(text) for text in bare]
    attributes = entry.attributes
    fields = {"all": ", ".join(bare), "key": key_text(attributes.get("key")), "shape": shape_text(entry.primal)}
    return entry.op.reads.format(*texts, **fields) + _over(attributes)


FUNCTION = re.compile(r"[^{}]*[(|\[]\{[^{}]*\}(, \{[^{}]*\})*[)|\]]")
"""How an op reads whose operands stand inside brackets, where a minus sign needs none of its own."""


def _guarded(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


def _over(attributes: dict[str, Any]) -> str:
    """Which axes a reduction takes together, unless it takes all."""
    axis = attributes.get("axis")
    if axis is None or "keepdims" not in attributes:
        return ""
    axes = axis if isinstance(axis, tuple) else (axis,)
    return f" over axis {axes[0]}" if len(axes) == 1 else f" over axes {', '.join(map(str, axes))}"


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


def partial_text(tape: Tape, index: int, slot: int) -> Text | None:
    """The local partial with respect to operand `slot` as a formula in names; None for ops that have no such."""
    entry = tape[index]
    formula = entry.op.partials[slot] if entry.op.elementwise else None
    return None if formula is None else render(formula, _names(entry, operand_texts(entry, tape), tape.label(index)))


def _names(entry: Entry, operands: list[Text], label: str) -> dict[str, Text]:
    return {**dict(zip(OPERAND_NAMES, operands, strict=False)), "v": name(label)}


def partial(tape: Tape, index: int, slot: int) -> str:
    """The local partial as a line: ∂v4/∂v3 = w2 = 3."""
    entry = tape[index]
    left = f"∂{tape.label(index)}/∂{operand_texts(entry, tape)[slot].text}"
    text = partial_text(tape, index, slot)
    if text is None:
        return f"{left}: {pullback_text(tape, index, slot)}"
    value = number(partial_of(tape, index, slot))
    return f"{left} = {text.text}" if text.text == value else f"{left} = {in_line(text)} = {value}"


def in_line(text: Text) -> str:
    """The formula as one link in a chain of equals signs: a choice goes into parentheses."""
    return f"({text.text})" if text.binds == CHOICE else text.text


def pullback_text(tape: Tape, index: int, slot: int) -> str:
    """What operand `slot` receives from the entry, in names: v̄4 · w2, or for matrices v̄4 @ w2ᵀ."""
    entry = tape[index]
    g = bar(tape.label(index))
    text = partial_text(tape, index, slot)
    if text is not None:
        return _times(g, text)
    operands = [one.text for one in operand_texts(entry, tape)]
    templates = PULLBACKS.get(entry.op.name, ("{g} through {v}",))
    if entry.op.name == "matmul" and all(np.ndim(value) == 1 for value in tape.operand_values(index)):
        templates = ("{g} · {1}", "{g} · {0}")
    template = templates[slot if slot < len(templates) else 0]
    fields = {"g": g, "v": tape.label(index), "mine": operands[slot], "key": key_text(entry.attributes.get("key"))}
    return template.format(*operands, n=_count(tape, entry), **fields)


def _count(tape: Tape, entry: Entry) -> int:
    """How many elements a mean takes together."""
    return int(np.size(tape.operand_values(entry.index)[0]) / max(np.size(entry.primal), 1))


def _times(left: str, right: Text) -> str:
    if right.value == 1:
        return left
    if right.value == -1:
        return f"-{left}"
    if right.text.startswith("1 / "):
        return left + right.text[1:]
    plain = right.binds >= PRODUCT and not right.text.startswith("-")
    return f"{left} · {right.text if plain else f'({right.text})'}"
