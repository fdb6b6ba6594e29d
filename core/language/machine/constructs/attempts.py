"""`try` with `except`, `else` and `finally`, and `raise`. What a limit of the run ends, nothing catches."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple

from core.basics.errors import ProgramError
from core.basics.span import Span
from core.basics.words import say
from core.language.machine.constructs.blocks import build_block
from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.constructs.targets import Assign, build_target
from core.language.machine.exceptions import exception_of, is_exception, raised
from core.language.machine.locals import Locals
from core.language.machine.objects import Instance

HANDLING = "handling"


class Handler(NamedTuple):
    """One `except`: the classes it catches (all where there are none), the name it gives, and its block."""

    kinds: Evaluate | None
    assign: Assign | None
    block: Evaluate
    span: Span


def build_try(builder: Builder, node: ast.Try) -> Evaluate:
    """The closure of a whole `try`."""
    body = build_block(builder, node.body)
    otherwise = build_block(builder, node.orelse) if node.orelse else None
    handlers = [build_handler(builder, part) for part in node.handlers]

    def attempt(here: Locals) -> Any:
        around = here.loop
        try:
            signal = body(here)
        except ProgramError as error:
            thrown = exception_of(error)
            here.loop = around
            handler = None if thrown is None else chosen(here, handlers, thrown)
            if handler is None:
                raise
            return handle(here, handler, error)
        return signal if signal is not None or otherwise is None else otherwise(here)

    return finally_after(attempt, build_block(builder, node.finalbody)) if node.finalbody else attempt


def build_handler(builder: Builder, node: ast.ExceptHandler) -> Handler:
    """One `except`, built."""
    kinds = builder.expression(node.type) if node.type is not None else None
    assign = None
    if node.name is not None:
        assign = build_target(builder, ast.copy_location(ast.Name(node.name, ast.Store()), node))
    return Handler(kinds, assign, build_block(builder, node.body), builder.span(node.type or node))


def chosen(here: Locals, handlers: list[Handler], thrown: Instance) -> Handler | None:
    """The first handler that catches this exception."""
    for handler in handlers:
        if handler.kinds is None:
            return handler
        found = handler.kinds(here)
        kinds = found if isinstance(found, tuple) else (found,)
        if not all(map(is_exception, kinds)):
            raise here.fail(
                say("language.except-takes-classes", "After `except` come classes of exceptions."),
                handler.span,
                say("language.write-except-valueerror", "Write `except ValueError as error:`."),
                python="TypeError",
            )
        if any(kind in thrown.of.order for kind in kinds):
            return handler
    return None


def handle(here: Locals, handler: Handler, error: ProgramError) -> Any:
    """Run the block of a handler; within it a bare `raise` raises the same again."""
    run = here.run
    run.spend(1, handler.span, here)
    before = run.memory.get(HANDLING)
    run.memory[HANDLING] = error
    try:
        if handler.assign is not None:
            handler.assign(here, exception_of(error))
        return handler.block(here)
    finally:
        run.memory[HANDLING] = before


def finally_after(attempt: Evaluate, final: Evaluate) -> Evaluate:
    """The attempt with its `finally`, which may itself return or leave a loop."""

    def execute(here: Locals) -> Any:
        around = here.loop
        try:
            signal = attempt(here)
        except ProgramError as error:
            if exception_of(error) is None:
                raise
            here.loop = around
            signal = final(here)
            if signal is None:
                raise
            return signal
        result = here.result
        last = final(here)
        if last is not None:
            return last
        here.result = result
        return signal

    return execute


def build_raise(builder: Builder, node: ast.Raise) -> Evaluate:
    """`raise`, `raise error`, `raise Class(...) from cause`."""
    value, span = builder.expression(node.exc) if node.exc is not None else None, builder.span(node)

    def execute(here: Locals) -> Any:
        if value is not None:
            raise raised(here, value(here), span)
        handled = here.run.memory.get(HANDLING)
        if handled is None:
            raise here.fail(
                say("language.nothing-raise-again", "There is nothing to raise again here."),
                span,
                say("language.write-raise-valueerror", 'Write raise ValueError("...").'),
                python="RuntimeError",
            )
        raise handled

    return execute
