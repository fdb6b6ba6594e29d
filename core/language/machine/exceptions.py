"""The exceptions a program can raise and catch: classes of ours with the names and the family tree of Python's.

Errors of the machine can be caught under the class that Python would raise, where that is known; the limits of a run
have none, so nothing catches them.
"""

from __future__ import annotations

from typing import Any

from core.basics.errors import ProgramError
from core.basics.span import Span
from core.basics.words import say
from core.language.machine.locals import Locals
from core.language.machine.objects import Class, Instance, construct
from core.language.machine.outcome import RunError
from core.language.machine.values import Builtin, brief, show

PARENTS = {
    "BaseException": "", "Exception": "BaseException", "KeyboardInterrupt": "BaseException",
    "ArithmeticError": "Exception", "ZeroDivisionError": "ArithmeticError", "OverflowError": "ArithmeticError",
    "FloatingPointError": "ArithmeticError", "LookupError": "Exception", "IndexError": "LookupError",
    "KeyError": "LookupError", "ValueError": "Exception", "TypeError": "Exception", "AttributeError": "Exception",
    "NameError": "Exception", "UnboundLocalError": "NameError", "RuntimeError": "Exception",
    "NotImplementedError": "RuntimeError", "StopIteration": "Exception", "AssertionError": "Exception",
    "ImportError": "Exception", "ModuleNotFoundError": "ImportError", "OSError": "Exception",
    "Warning": "Exception", "UserWarning": "Warning", "RuntimeWarning": "Warning", "DeprecationWarning": "Warning",
}  # fmt: skip


def _begin(exception: Instance, *values: Any, **named: Any) -> None:
    exception.fields["args"] = tuple(values)


def _text(exception: Instance) -> str:
    values = exception.fields.get("args", ())
    return show(values[0]) if len(values) == 1 else show(values) if values else ""


def _quoted(exception: Instance) -> str:
    return f"{exception.of.name}({', '.join(show(one, True) for one in exception.fields.get('args', ()))})"


def _tree() -> dict[str, Class]:
    methods = {
        "__init__": Builtin("Exception", _begin, ("*values", "**named")),
        "__str__": Builtin("str", _text, ("self",)),
        "__repr__": Builtin("repr", _quoted, ("self",)),
    }
    found: dict[str, Class] = {}
    for name, parent in PARENTS.items():
        found[name] = Class(name, (found[parent],) if parent else (), {} if parent else methods, None, None)
    return found


EXCEPTIONS = _tree()
ROOT = EXCEPTIONS["BaseException"]


def is_exception(value: Any) -> bool:
    """Whether a class of the program, or of ours, can be raised and caught."""
    return value.__class__ is Class and ROOT in value.order


def raised(here: Locals, value: Any, span: Span) -> RunError:
    """The error that carries what a program raises: an instance, or a class of which one is made."""
    if is_exception(value):
        value = construct(here, value, [], {}, span)
    if value.__class__ is not Instance or ROOT not in value.of.order:
        return here.fail(
            say("language.only-exceptions-raised", "Only exceptions can be raised."),
            span,
            say("language.write-raise-valueerror", 'Write raise ValueError("...").'),
            python="TypeError",
        )
    text = brief(show(value)) if len(show(value)) > 200 else show(value)
    told = say("language.program-raises", "The program raises {name}: {text}.", name=value.of.name, text=text)
    plain = say("language.program-raises-plain", "The program raises {name}.", name=value.of.name)
    error = here.fail(told if text else plain, span)
    error.raised = value
    return error


def exception_of(error: ProgramError) -> Instance | None:
    """What a program catches when this goes wrong; None where nothing may catch it."""
    if not isinstance(error, RunError):
        return None
    if error.raised is None and error.python in EXCEPTIONS:
        error.raised = made = Instance(EXCEPTIONS[error.python])
        said = error.message if error.said is None else error.said
        made.fields["args"] = (str(said),) if said else ()
    return error.raised
