"""What an entry does, in as few letters as possible: ×, 3 ×, x², tanh, @. For places too small for a formula."""

import re

from core.basics.words import say
from core.notation.entries import key_text
from core.notation.numbers import number
from core.notation.styles import PLAIN, Text
from core.tape import Tape

INFIX = re.compile(r"\{0\} (\S+) \{1\}")
CALL = re.compile(r"([\w ]+)\(\{")
LONGEST = 6  # letters of a notation that is short enough to stand for itself
SHORT = {"identity": "=", "where": "if", "stack": "[ ]", "solve": "x⁻¹ y"}
"""Signs of ops whose notation says more than they need."""


def operation_sign(tape: Tape, index: int) -> str:
    """The operation of an entry with its constant operand, if that is one number; nothing for an input."""
    op = tape.ops[index]
    if op.name == "input":
        return ""
    constants = [_constant(operand) for operand in tape.operands(index)]
    if op.name == "pow":
        return _power(*constants)
    reads = op.reads or f"{op.name}({{0}})"
    if infix := INFIX.fullmatch(reads):
        sign = "−" if infix[1] == "-" else infix[1]
        return " ".join(part for part in (constants[0], sign, constants[1]) if part)
    if op.name in SHORT:
        return SHORT[op.name]
    if call := CALL.match(reads):
        return call[1]
    if op.name in ("getitem", "setitem"):
        key = key_text(tape[index].attributes.get("key"))
        place = f"[{key}]" if len(key) + 2 <= LONGEST else "[…]"
        return place if op.name == "getitem" else _written(tape, index, f"{place} ←")
    return _unary(op.name, reads)


def _written(tape: Tape, index: int, sign: str) -> str:
    """The sign of an entry that changes an array, with the view through which it does, if there is one."""
    view = tape.notes.through.get(index)
    if view is None:
        return sign
    return say("notation.sign-through", "{sign} via {view}", sign=sign, view=tape.names.get(view) or tape.label(view))


def _constant(operand: object) -> str:
    """A number that is not on the tape, with three digits; nothing for another operand."""
    return number(operand, 3) if isinstance(operand, float) else ""


def _power(base: str, exponent: str) -> str:
    raised = Text(exponent, value=float(exponent)) if exponent else Text("x" if base else "y")
    return PLAIN.power(Text(base or "x"), raised).text


def _unary(name: str, reads: str) -> str:
    """The notation with x in it, or the sign alone where it stands before its operand with a space; else the name."""
    if reads.endswith(" {0}"):
        return reads.removesuffix(" {0}")
    try:
        text = reads.format("x", "y", all="x", key="", shape="")
    except (IndexError, KeyError):
        return name
    return text.replace("-", "−") if len(text) <= LONGEST else name
