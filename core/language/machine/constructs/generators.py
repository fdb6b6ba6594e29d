"""Functions with `yield`: their statements as generators, each of which goes on where it was left.

Only statements that hold a `yield` are built anew here; all others are those of the language.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Generator
from typing import Any

from core.basics.errors import ProgramError
from core.language.machine.chains import Generated, on_top
from core.language.machine.constructs.attempts import build_handler, chosen, handle
from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.constructs.signals import BREAK, CONTINUE, RETURN
from core.language.machine.constructs.targets import build_target
from core.language.machine.constructs.truth import truth
from core.language.machine.exceptions import exception_of
from core.language.machine.iteration import iterate
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal

Resume = Callable[[Locals], Generator[Any, Any, Any]]
"""What runs a statement: yields what the program yields, and returns the statement's signal."""


def yields(node: ast.AST) -> bool:
    """Whether there is a `yield` in a statement, not counting the functions in it."""
    if isinstance(node, ast.Yield | ast.YieldFrom):
        return True
    if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef | ast.GeneratorExp):
        return False
    return any(yields(child) for child in ast.iter_child_nodes(node))


def build_body(builder: Builder, statements: list[ast.stmt]) -> Evaluate:
    """The body of a function that gives a generator when it is called."""
    block, span = build_block(builder, statements), builder.places.head(statements[0])

    def body(here: Locals) -> Any:
        around: list[Any] = []
        names: Any = here
        while names.parent is not None:
            around += names.values()
            names = names.parent
        try:
            return on_top(Generated(block(here)), around)
        except Refusal as refusal:
            raise here.fail(refusal.message, span, refusal.hint) from None

    return body


def build_block(builder: Builder, statements: list[ast.stmt]) -> Resume:
    """Statements one after the other."""
    number = builder.block_number(statements)
    parts = [
        (True, _statement(builder, one)) if yields(one) else (False, builder.statement(one)) for one in statements
    ]

    def resume(here: Locals) -> Any:
        here.run.entered.add(number)
        for pauses, part in parts:
            signal = (yield from part(here)) if pauses else part(here)
            if signal is not None:
                return signal
        return None

    return resume


def _statement(builder: Builder, node: ast.stmt) -> Any:
    match node:
        case ast.Expr(value=ast.Yield() as given):
            return _yield(builder, given, lambda here, value: None)
        case ast.Assign(targets=[target], value=ast.Yield() as given):
            return _yield(builder, given, build_target(builder, target))
        case ast.Expr(value=ast.YieldFrom() as given):
            return _yield_from(builder, given)
        case ast.If():
            return _branch(builder, node)
        case ast.For():
            return _loop(builder, node)
        case ast.While():
            return _repeat(builder, node)
        case ast.Try():
            return _try(builder, node)
    raise AssertionError  # checked when the text was read


def _yield(builder: Builder, node: ast.Yield, assign: Callable[[Locals, Any], None]) -> Resume:
    value = builder.expression(node.value) if node.value is not None else None

    def resume(here: Locals) -> Any:
        sent = yield value(here) if value is not None else None
        assign(here, sent)

    return resume


def _yield_from(builder: Builder, node: ast.YieldFrom) -> Resume:
    value, span = builder.expression(node.value), builder.span(node)

    def resume(here: Locals) -> Any:
        yield from iterate(here, value(here), span)

    return resume


def _branch(builder: Builder, node: ast.If) -> Resume:
    test, span = builder.expression(node.test), builder.span(node.test)
    then = build_block(builder, node.body)
    otherwise = build_block(builder, node.orelse) if node.orelse else None

    def resume(here: Locals) -> Any:
        if truth(here, test(here), span):
            return (yield from then(here))
        return (yield from otherwise(here)) if otherwise is not None else None

    return resume


def _loop(builder: Builder, node: ast.For) -> Resume:
    source, target, span = builder.expression(node.iter), build_target(builder, node.target), builder.span(node.iter)
    body, line = build_block(builder, node.body), node.lineno
    otherwise = build_block(builder, node.orelse) if node.orelse else None

    def resume(here: Locals) -> Any:
        around, signal = here.loop, None
        for number, item in enumerate(iterate(here, source(here), span), 1):
            here.loop = (*around, (line, number))
            target(here, item)
            signal = yield from body(here)
            if signal is not None and signal is not CONTINUE:
                break
        here.loop = around
        return (yield from _after_loop(here, signal, otherwise))

    return resume


def _repeat(builder: Builder, node: ast.While) -> Resume:
    test, span = builder.expression(node.test), builder.span(node.test)
    body, line = build_block(builder, node.body), node.lineno
    otherwise = build_block(builder, node.orelse) if node.orelse else None

    def resume(here: Locals) -> Any:
        around, number, signal = here.loop, 0, None
        while truth(here, test(here), span):
            number += 1
            here.loop = (*around, (line, number))
            here.run.spend(1, span, here)
            signal = yield from body(here)
            if signal is not None and signal is not CONTINUE:
                break
        here.loop = around
        return (yield from _after_loop(here, signal, otherwise))

    return resume


def _after_loop(here: Locals, signal: Any, otherwise: Resume | None) -> Any:
    """What a loop is left with: its `else` where neither `break` nor `return` ended it."""
    if signal is RETURN:
        return RETURN
    return (yield from otherwise(here)) if otherwise is not None and signal is not BREAK else None


def _try(builder: Builder, node: ast.Try) -> Resume:
    """A `try` that yields in its body; its handlers and its `finally` are plain blocks."""
    body = build_block(builder, node.body)
    handlers = [build_handler(builder, part) for part in node.handlers]
    after = [builder.statement(one) for one in node.finalbody]

    def resume(here: Locals) -> Any:
        around = here.loop
        try:
            signal = yield from body(here)
        except ProgramError as error:
            thrown = exception_of(error)
            if thrown is None:
                raise
            here.loop = around
            handler = chosen(here, handlers, thrown)
            if handler is None:
                for part in after:
                    part(here)
                raise
            signal = handle(here, handler, error)
        for part in after:
            part(here)
        return signal

    return resume
