"""Where an entry is defined, in the names of its own operands. Knows the op table and tapes."""

import re

from core.notation.entries import operand_texts
from core.op import OPERAND_NAMES
from core.tape import Tape


def domain_of(tape: Tape, index: int) -> str:
    """The domain of the entry's op with the names of its operands in the place of x, y and z."""
    names = [text.text for text in operand_texts(tape, index)]
    exponent = tape.operands(index)[-1] if tape.ops[index].name == "pow" else 0
    if exponent.__class__ is not int:
        power = float(tape.operand_values(index)[-1]) if not hasattr(tape.operand_values(index)[-1], "shape") else 0.5
        return f"{names[0]} ≠ 0" if power == int(power) else f"{names[0]} > 0"
    letters = dict(zip(OPERAND_NAMES, names))
    return re.sub(r"\b[xyz]\b", lambda letter: letters.get(letter[0], letter[0]), tape.ops[index].domain)
