"""Calling any value that can be called: a function of the program, or one of ours."""

from __future__ import annotations

import re
from typing import Any

from core.basics.span import Span
from core.language.machine import operators
from core.language.machine.arguments import bind, bind_builtin
from core.language.machine.failures import failure
from core.language.machine.locals import SEQUENCES, Locals
from core.language.machine.values import PLAIN, Builtin, Function, Kind, brief, kind_of
from core.language.names.sizes import elements_made, needs_look, work_of
from core.tape import Site


def invoke(
    here: Locals, callee: Any, values: list, named: dict[str, Any], span: Span, texts: tuple[Any, ...] = ()
) -> Any:
    """Call any value; the result's tape entries are marked with the span of the call."""
    if callee.__class__ is Function:
        return call_function(here, callee, values, named, span)
    if isinstance(callee, Kind) and callee.convert is not None:
        callee = Builtin(callee.name, callee.convert, ("value",))
    if callee.__class__ is str and not callee:
        raise here.fail("The program computes derivatives by itself.", span, "Write f(x), not f''(x).")
    if not isinstance(callee, Builtin):
        raise here.fail(
            f"{kind_of(callee).capitalize()} cannot be called.", span, "Is an operator missing, such as `*`?"
        )
    try:
        if needs_look(callee.name, here.run.largest):
            here.run.reserve(elements_made(callee.name, values, named), span, here)
            here.run.afford(work_of(callee.name, values, named), span, here)
        arguments, keywords = bind_builtin(callee, values, named)
        if callee.wants_locals:
            value = callee.call(here, span, *arguments, **keywords)
        else:
            value = callee.call(*arguments, **keywords)
        if here.run.changing is not None:
            owner, again = _on_another(here, span, callee, arguments, keywords)
            value = here.run.changing.called(callee.name, owner, value, again)
    except Exception as error:
        pairs = tuple(zip(texts, values))
        raise failure(here, span, error, explain_call(error, callee, values), pairs) from None
    if value.__class__ in SEQUENCES:
        here.run.hold(value, span, here)
    if value.__class__ not in PLAIN or value.__class__ in (list, tuple):
        here.run.note(value, span, here)
    elif value.__class__ is not float and values:
        here.run.pass_over(values[0], span, here)
    return value


def _on_another(here: Locals, span: Span, callee: Builtin, arguments: list, keywords: dict[str, Any]) -> tuple:
    """The first argument of a call, and the same call as a function of it."""
    first = None if arguments else next(iter(keywords), None)
    around = (here, span) if callee.wants_locals else ()

    def again(owner: Any) -> Any:
        if first is not None:
            return callee.call(*around, **{**keywords, first: owner})
        return callee.call(*around, owner, *arguments[1:], **keywords)

    return (arguments[0] if arguments else keywords.get(first)), again  # type: ignore[arg-type]


def explain_call(error: BaseException, callee: Builtin, values: list) -> tuple[str, str]:
    """A sentence and a hint for what a function of ours said about its arguments."""
    if isinstance(error, operators.Refusal):
        return error.message, error.hint
    reason = str(error).split("\n")[0].rstrip(".")
    if "reshape" in callee.name and isinstance(error, ValueError) and values:
        wanted = ", ".join(brief(value) for value in values[1:])
        return (
            f"An array of shape {operators.shape_text(values[0])} cannot take the shape {wanted}.",
            "Keep the number of elements.",
        )
    if found := re.search(r"shapes? (\(.*?\).*?) (?:do(?:es)? not fit|cannot)", reason):
        return f"The shapes do not fit in `{callee.name}`: {found.group(1)}.", "Compare their lengths axis by axis."
    if found := re.search(r"axis (-?\d+) is out of bounds for array of dimension (\d+)", reason):
        return _no_axis(callee.name, *map(int, found.groups()))
    if "Singular matrix" in reason:
        message = f"The matrix in `{callee.name}` is singular: its determinant is 0, so it has no inverse."
        return message, "Give it rows of which none is made of the others."
    if found := re.search(r"not supported between instances of '(\w+)' and '(\w+)'", reason):
        return f"`{callee.name}` cannot compare these values.", "Compare numbers with numbers."
    for value in values if not callee.name.endswith("einsum") else ():
        if value is None or isinstance(value, str | dict | set | Function | Builtin):
            return f"`{callee.name}` cannot take {kind_of(value)}.", "Give it numbers or arrays."
    if isinstance(error, ZeroDivisionError | OverflowError | MemoryError):
        return operators.explain(error, callee.name, *values)
    shapes = [operators.shape_text(value) for value in values if hasattr(value, "shape")]
    if isinstance(error, ValueError | IndexError) and len(shapes) > 1:
        return (
            f"The shapes do not fit in `{callee.name}`: {' and '.join(shapes)}.",
            "Compare their lengths axis by axis.",
        )
    shown = ", ".join(brief(value) for value in values[:3])
    if (isinstance(error, TypeError) and "argument" in reason) or not reason:
        return f"`{callee.name}` cannot be called like this, with {shown}.", "Compare the arguments with the help."
    return f"`{callee.name}` of {shown} failed: {reason}.", "Look at these values."


def _no_axis(name: str, axis: int, rank: int) -> tuple[str, str]:
    if not rank:
        return f"`{name}` has no axis {axis} to go along: it was given a single number.", "Give it an array."
    axes = "its only axis is 0" if rank == 1 else f"the axes are 0 to {rank - 1}"
    return f"`{name}` has no axis {axis} to go along: {axes}.", "Count axes from 0, or from -1 backwards."


def call_function(here: Locals, function: Function, values: list, named: dict[str, Any], span: Span) -> Any:
    """Call a function that the program defines: bind the arguments and run the body with names of its own."""
    run = here.run
    run.spend(1, span, here)
    calls = (*here.calls, function.name)
    if len(calls) > run.budget.depth:
        message = f"`{function.name}` has called itself more than {run.budget.depth} times."
        raise here.fail(message, span, "Does the recursion ever end?")
    sites = (*here.sites, Site(span, here.loop))
    inner = run.last_locals[function.name] = Locals(run, function.around, calls, here.loop, sites)
    try:
        bind(inner, function, values, named)
    except operators.Refusal as refusal:
        raise here.fail(refusal.message, span, refusal.hint) from None
    return function.body(inner)
