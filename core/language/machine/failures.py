"""How whatever goes wrong in an operation becomes an error of the program, with its place and the values."""

from __future__ import annotations

from typing import Any

from core.basics.errors import ProgramError
from core.basics.span import Span
from core.basics.words import say
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal, RunError
from core.language.machine.values import brief

TOO_DEEP = say("language.program-went-too-deep", "The program went too deep to be followed.")
DOES_IT_END = say("language.recursion-never-end", "Does a recursion never end?")
NO_MEMORY = say("language.not-enough-memory", "There is not enough memory for this.")
SMALLER_ARRAYS = say("language.use-smaller-arrays", "Use smaller arrays.")


def operand_values(pairs: tuple[tuple[Any, Any], ...]) -> tuple[tuple[str, str], ...]:
    """Texts and values of operands, leaving out those whose text says it all."""
    named = ((text() if callable(text) else text, value) for text, value in pairs)
    return tuple((text, brief(value)) for text, value in named if not text.replace(".", "").lstrip("-").isdigit())


def failure(here: Locals, span: Span, error: BaseException, told: tuple[str, str], pairs: tuple = ()) -> ProgramError:
    """The error to raise for something Python or the engine refused."""
    if isinstance(error, RecursionError):
        return here.fail(TOO_DEEP, span, DOES_IT_END)
    if isinstance(error, MemoryError):
        return here.fail(NO_MEMORY, span, SMALLER_ARRAYS)
    if isinstance(error, ProgramError):
        return error if error.span is not None else RunError(error.message, span, error.hint, here.calls, here.loop)
    message, hint = told
    made = here.fail(message, span, hint, operand_values(pairs))
    made.python = error.python if isinstance(error, Refusal) else python_class(error)
    made.said = str(error) if made.python in SAID_BY_PYTHON and not isinstance(error, Refusal) else None
    return made


def python_class(error: BaseException) -> str:
    """The name of the class under which a program can catch what Python or NumPy raised; "" for other things."""
    return next((one.__name__ for one in type(error).__mro__ if one.__name__ in CATCHABLE), "")


SAID_BY_PYTHON = frozenset(("ZeroDivisionError", "IndexError", "KeyError", "OverflowError", "FloatingPointError"))
CATCHABLE = frozenset((*SAID_BY_PYTHON, "ValueError", "TypeError", "AttributeError", "StopIteration"))
