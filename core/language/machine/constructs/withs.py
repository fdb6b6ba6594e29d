"""`with`: opens a tape, pauses one, or asks an instance of the program's, for the length of a block."""

from __future__ import annotations

import ast
from typing import Any

from core.basics.errors import ProgramError
from core.basics.span import Span
from core.basics.words import say
from core.language.dialects.tensorflow_tape import Pause, TextTape
from core.language.dialects.torch.graph import GradMode
from core.language.machine.constructs.blocks import build_block
from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.constructs.targets import Assign, build_target
from core.language.machine.constructs.truth import truth
from core.language.machine.exceptions import exception_of
from core.language.machine.locals import Locals
from core.language.machine.objects import MISSING, Instance, call_method
from core.language.machine.outcome import Refusal
from core.language.machine.values import kind_of


def build_with(builder: Builder, node: ast.With) -> Evaluate:
    """`with ... as name:`; the block is left properly also when something in it fails."""
    inner = build_block(builder, node.body)
    for item in reversed(node.items):
        assign = build_target(builder, item.optional_vars) if item.optional_vars is not None else None
        place = builder.span(item.context_expr)
        inner = _within(builder.expression(item.context_expr), assign, inner, place)
    return inner


def _within(source: Evaluate, assign: Assign | None, inner: Evaluate, span: Span) -> Evaluate:
    """One context around what is inside it."""

    def execute(here: Locals) -> Any:
        value = source(here)
        if value.__class__ is Instance:
            return _within_instance(here, value, assign, inner, span)
        if not isinstance(value, TextTape | Pause | GradMode):
            raise here.fail(
                say("language.cannot-open", "`with` cannot open {kind}.", kind=kind_of(value)),
                span,
                say("language.write-tf-gradienttape-tape", "Write `with tf.GradientTape() as tape:`."),
            )
        try:
            bound = value.enter(here)
        except Refusal as refusal:
            raise here.fail(refusal.message, span, refusal.hint) from None
        try:
            if assign is not None:
                assign(here, bound)
            return inner(here)
        finally:
            value.leave(here)

    return execute


def _within_instance(here: Locals, value: Instance, assign: Assign | None, inner: Evaluate, span: Span) -> Any:
    """An instance's own `__enter__` and `__exit__`, which may keep an exception to itself."""
    if value.of.find("__exit__") is MISSING or value.of.find("__enter__") is MISSING:
        raise here.fail(
            say("language.cannot-open", "`with` cannot open {kind}.", kind=kind_of(value)),
            span,
            say("language.give-class-enter", "Give its class the methods `__enter__` and `__exit__`."),
            python="TypeError",
        )
    bound, around = call_method(here, value, "__enter__", [], {}, span), here.loop
    try:
        if assign is not None:
            assign(here, bound)
        signal = inner(here)
    except ProgramError as error:
        thrown = exception_of(error)
        if thrown is None:
            raise
        here.loop = around
        if truth(here, call_method(here, value, "__exit__", [thrown.of, thrown, None], {}, span), span):
            return None
        raise
    call_method(here, value, "__exit__", [None, None, None], {}, span)
    return signal
