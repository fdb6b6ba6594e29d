"""Calling any value that can be called: a function of the program, or one of ours."""

from __future__ import annotations

import re
from typing import Any

from core.basics.errors import ProgramError
from core.basics.span import Span
from core.basics.words import say
from core.language.machine import operators
from core.language.machine.arguments import bind, bind_builtin
from core.language.machine.failures import failure
from core.language.machine.locals import WEIGHTS, Locals
from core.language.machine.values import PLAIN, Builtin, Callee, Function, Kind, brief, kind_of
from core.language.names.sizes import elements_made, needs_look, work_of
from core.library import fact
from core.tape import Site


def invoke(
    here: Locals, callee: Any, values: list, named: dict[str, Any], span: Span, texts: tuple[Any, ...] = ()
) -> Any:
    """Call any value; the result's tape entries are marked with the span of the call."""
    if callee.__class__ is Function:
        return call_function(here, callee, values, named, span)
    if isinstance(callee, Kind) and callee.convert is not None:
        callee = Builtin(callee.name, callee.convert, callee.signature, wants_locals=callee.wants_locals)
    if callee.__class__ is str and not callee:
        raise here.fail(
            say("language.program-computes-derivatives-itself", "The program computes derivatives by itself."),
            span,
            say("language.write-f-x-not", "Write f(x), not f''(x)."),
        )
    if not isinstance(callee, Builtin):
        if isinstance(callee, Callee):
            return callee.called(here, values, named, span)
        raise here.fail(
            say("language.cannot-called", "{kind} cannot be called.", kind=kind_of(callee).capitalize()),
            span,
            say("language.operator-missing-such", "Is an operator missing, such as `*`?"),
            python="TypeError",
        )
    try:
        if callee.measured and needs_look(callee.name, here.run.largest):
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
    except ProgramError as error:
        raise failure(here, span, error, ("", "")) from None
    except Exception as error:
        pairs = tuple(zip(texts, values))
        raise failure(here, span, error, explain_call(error, callee, values), pairs) from None
    if value.__class__ in WEIGHTS:
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
            say(
                "language.array-shape-cannot-take-shape",
                "An array of shape {shape} cannot take the shape {wanted}.",
                shape=operators.shape_text(values[0]),
                wanted=wanted,
            ),
            say("language.keep-number-elements", "Keep the number of elements."),
        )
    empty = next((value for value in values if getattr(value, "size", 1) == 0), None)
    if empty is not None and fact(callee.name, "shape") == "reduced":
        message = say(
            "language.nothing-to-reduce",
            "There is nothing that `{name}` could take: the array of shape {shape} has no elements.",
            name=callee.name,
            shape=operators.shape_text(empty),
        )
        return message, say("language.give-elements", "Give it at least one element.")
    if found := re.search(r"shapes? (\(.*?\).*?) (?:do(?:es)? not fit|cannot)", reason):
        return say(
            "language.shapes-not-fit",
            "The shapes do not fit in `{name}`: {shapes}.",
            name=callee.name,
            shapes=found.group(1),
        ), say("language.compare-their-lengths-axis", "Compare their lengths axis by axis.")
    if found := re.search(r"axis (-?\d+) is out of bounds for array of dimension (\d+)", reason):
        return _no_axis(callee.name, *map(int, found.groups()))
    if "Singular matrix" in reason:
        message = say(
            "language.matrix-singular-determinant-0",
            "The matrix in `{name}` is singular: its determinant is 0, so it has no inverse.",
            name=callee.name,
        )
        return message, say("language.give-rows-linearly-independent", "Give it rows that are linearly independent.")
    if "positive definite" in reason:
        message = say(
            "language.not-positive-definite",
            "`{name}` takes symmetric positive definite matrices, and this one is not.",
            name=callee.name,
        )
        return message, say("language.add-to-diagonal", "Make its diagonal larger, or look where it comes from.")
    if found := re.search(r"not supported between instances of '(\w+)' and '(\w+)'", reason):
        return say(
            "language.cannot-compare-these-values", "`{name}` cannot compare these values.", name=callee.name
        ), say("language.compare-numbers-numbers", "Compare numbers with numbers.")
    for value in values if not callee.name.endswith("einsum") else ():
        if value is None or isinstance(value, str | dict | set | Function | Builtin):
            return say(
                "language.cannot-take", "`{name}` cannot take {kind}.", name=callee.name, kind=kind_of(value)
            ), say("language.give-numbers-arrays", "Give it numbers or arrays.")
    if isinstance(error, ZeroDivisionError | OverflowError | MemoryError):
        return operators.explain(error, callee.name, *values)
    shapes = [operators.shape_text(value) for value in values if hasattr(value, "shape")]
    if isinstance(error, ValueError | IndexError) and len(shapes) > 1:
        return (
            say(
                "language.shapes-not-fit",
                "The shapes do not fit in `{name}`: {shapes}.",
                name=callee.name,
                shapes=" and ".join(shapes),
            ),
            say("language.compare-their-lengths-axis", "Compare their lengths axis by axis."),
        )
    shown = ", ".join(brief(value) for value in values[:3])
    if (isinstance(error, TypeError) and "argument" in reason) or not reason:
        return say(
            "language.cannot-called-like",
            "`{name}` cannot be called like this, with {shown}.",
            name=callee.name,
            shown=shown,
        ), say("language.compare-arguments-help", "Compare the arguments with the help.")
    return say(
        "language.failed", "`{name}` of {shown} failed: {reason}.", name=callee.name, shown=shown, reason=reason
    ), say("language.look-these-values", "Look at these values.")


def _no_axis(name: str, axis: int, rank: int) -> tuple[str, str]:
    if not rank:
        return say(
            "language.no-axis-go-along-given",
            "`{name}` has no axis {axis} to go along: it was given a single number.",
            name=name,
            axis=axis,
        ), say("language.give-array", "Give it an array.")
    axes = (
        say("language.only-axis-0", "its only axis is 0")
        if rank == 1
        else say("language.axes-0", "the axes are 0 to {rank}", rank=rank - 1)
    )
    return say(
        "language.no-axis-go-along", "`{name}` has no axis {axis} to go along: {axes}.", name=name, axis=axis, axes=axes
    ), say("language.count-axes-0-1", "Count axes from 0, or from -1 backwards.")


def call_function(here: Locals, function: Function, values: list, named: dict[str, Any], span: Span) -> Any:
    """Call a function that the program defines: bind the arguments and run the body with names of its own."""
    run = here.run
    run.spend(1, span, here)
    calls = (*here.calls, function.name)
    if len(calls) > run.budget.depth:
        message = say(
            "language.called-itself-more-than",
            "`{name}` has called itself more than {depth} times.",
            name=function.name,
            depth=run.budget.depth,
        )
        raise here.fail(message, span, say("language.recursion-ever-end", "Does the recursion ever end?"))
    sites = (*here.sites, Site(span, here.loop))
    inner = run.last_locals[function.name] = Locals(run, function.around, calls, here.loop, sites)
    try:
        bind(inner, function, values, named)
    except operators.Refusal as refusal:
        raise here.fail(refusal.message, span, refusal.hint, python="TypeError") from None
    return function.body(inner)
