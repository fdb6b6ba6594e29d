"""f-strings: their parts evaluated one after the other and joined."""

from __future__ import annotations

import ast

from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.formats import formatted, joined
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import show
from core.language.machine.wholes import as_typed


def build_fstring(builder: Builder, node: ast.JoinedStr) -> Evaluate:
    """The closure of an f-string."""
    parts = [_part(builder, part) for part in node.values]
    span = builder.span(node)

    def evaluate(here: Locals) -> str:
        try:
            text = joined(part(here) for part in parts)
        except Refusal as refusal:
            raise here.fail(refusal.message, span, refusal.hint) from None
        return here.run.hold(text, span, here)

    return evaluate


def _part(builder: Builder, node: ast.expr) -> Evaluate:
    if isinstance(node, ast.Constant):
        text = str(node.value)
        return lambda here: text
    assert isinstance(node, ast.FormattedValue)
    value, span = builder.expression(node.value), builder.span(node.value)
    conversion, quoted = node.conversion > 0, node.conversion in (97, 114)
    specification = builder.expression(node.format_spec) if node.format_spec is not None else None

    def evaluate(here: Locals) -> str:
        made = as_typed(here.run, value(here))
        shown = show(made, quoted) if conversion else made
        if specification is None:
            return show(shown)
        try:
            return formatted(shown, specification(here))
        except Refusal as refusal:
            raise here.fail(refusal.message, span, refusal.hint) from None

    return evaluate
