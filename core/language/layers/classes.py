"""How classes of ours are made for the language: methods are functions of ours, and a call of an instance is a group.

A class is made once and never changes; what an instance holds are its attributes, by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.basics.span import Span
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.objects import MISSING, Class, Instance, bound
from core.language.machine.values import Builtin, Function
from core.tape import Site

ANYTHING = ("*values", "**named")


def method(name: str, call: Callable[..., Any], signature: str = "", alone: bool = False) -> Builtin:
    """A method: `call(here, span, self, ...)`, or `call(self, ...)` for one that stands `alone`.

    The signature lists the arguments behind `self` as the table of library functions does.
    """
    parts = tuple(signature.split())
    return Builtin(name, call, ANYTHING if parts == ANYTHING else ("self", *parts), wants_locals=not alone)


def class_of(name: str, bases: tuple[Class, ...], methods: dict[str, Any]) -> Class:
    """A class of ours."""
    return Class(name, bases, methods, None, None)


def is_made_of(value: Any, of: Class) -> bool:
    """Whether a value is an instance of a class or of one that derives from it."""
    return value.__class__ is Instance and of in value.of.order


def grouped(here: Locals, span: Span, owner: Instance, name: str, call: str, values: list, named: dict) -> Any:
    """owner.call(...), whose entries on the tape belong to a group of this name."""
    run = here.run
    found = owner.of.find(call) if call not in owner.fields else owner.fields[call]
    if found.__class__ is Function:  # its own entries say where they come from
        return invoke(here, renamed(bound(found, owner), name), values, named, span)
    inner = Locals(run, here.parent, (*here.calls, name), here.loop, (*here.sites, Site(span, here.loop)))
    value = invoke(inner, bound(found, owner), values, named, span)
    if len(run.primals) != run.marked:
        run.note(value, span, inner)
    return value


def renamed(function: Any, name: str) -> Any:
    """The same function of the program under another name."""
    if function.__class__ is not Function or function.name == name:
        return function
    return Function(name, function.parameters, function.defaults, function.body, function.around, function.span)


def text_of(owner: Instance, name: str) -> str:
    """A text that an instance holds, "" where there is none."""
    found = owner.fields.get(name, "")
    return found if isinstance(found, str) else ""


__all__ = ["ANYTHING", "MISSING", "class_of", "grouped", "is_made_of", "method", "renamed", "text_of"]
