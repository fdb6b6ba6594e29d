"""How whatever goes wrong in an operation becomes an error of the program, with its place and the values."""

from __future__ import annotations

from typing import Any

from core.basics.errors import ProgramError
from core.basics.span import Span
from core.language.machine.locals import Locals
from core.language.machine.outcome import RunError
from core.language.machine.values import brief


def operand_values(pairs: tuple[tuple[Any, Any], ...]) -> tuple[tuple[str, str], ...]:
    """Texts and values of operands, leaving out those whose text says it all."""
    named = ((text() if callable(text) else text, value) for text, value in pairs)
    return tuple((text, brief(value)) for text, value in named if not text.replace(".", "").lstrip("-").isdigit())


def failure(here: Locals, span: Span, error: BaseException, told: tuple[str, str], pairs: tuple = ()) -> ProgramError:
    """The error to raise for something Python or the engine refused."""
    if isinstance(error, ProgramError):
        return error if error.span is not None else RunError(error.message, span, error.hint, here.calls, here.loop)
    message, hint = told
    return here.fail(message, span, hint, operand_values(pairs))
