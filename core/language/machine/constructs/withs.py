"""`with`: opens a tape, or pauses one, for the length of a block."""

from __future__ import annotations

import ast
from typing import Any

from core.basics.words import say
from core.language.dialects.tensorflow_tape import Pause, TextTape
from core.language.dialects.torch.graph import NoGrad
from core.language.machine.constructs.blocks import build_block
from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.constructs.targets import build_target
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import kind_of


def build_with(builder: Builder, node: ast.With) -> Evaluate:
    """`with ... as name:`; the block is left properly also when something in it fails."""
    items = [
        (
            builder.expression(item.context_expr),
            item.optional_vars and build_target(builder, item.optional_vars),
            builder.span(item.context_expr),
        )
        for item in node.items
    ]
    body = build_block(builder, node.body)

    def execute(here: Locals) -> Any:
        opened: list[Any] = []
        try:
            for source, assign, span in items:
                value = source(here)
                if not isinstance(value, TextTape | Pause | NoGrad):
                    raise here.fail(
                        say("language.cannot-open", "`with` cannot open {kind}.", kind=kind_of(value)),
                        span,
                        say("language.write-tf-gradienttape-tape", "Write `with tf.GradientTape() as tape:`."),
                    )
                try:
                    bound = value.enter(here)
                except Refusal as refusal:
                    raise here.fail(refusal.message, span, refusal.hint) from None
                opened.append(value)
                if assign:
                    assign(here, bound)
            return body(here)
        finally:
            for value in reversed(opened):
                value.leave(here)

    return execute
