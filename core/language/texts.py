"""f-strings and number formats, within limits: no format can ask for an attribute or a gigabyte."""

from __future__ import annotations

import ast
import re
from typing import Any

import numpy as np

from core.language.builder import Builder, Evaluate
from core.language.frames import Frame
from core.language.operators import MAX_LENGTH
from core.language.outcome import Refusal
from core.language.values import kind_of, show
from core.span import Span
from core.tensor import Tensor

SPECIFICATION = re.compile(r"(?:.?[<>=^])?[-+ ]?#?0?(\d{0,3})[,_]?(?:\.(\d{1,2}))?[bdeEfFgGnosxX%]?\Z", re.DOTALL)


def build_fstring(builder: Builder, node: ast.JoinedStr) -> Evaluate:
    """The closure of an f-string."""
    parts = [_part(builder, part) for part in node.values]
    span = builder.span(node)

    def evaluate(frame: Frame) -> str:
        try:
            texts = [part(frame) for part in parts]
        except Refusal as refusal:
            raise frame.fail(refusal.message, span, refusal.hint) from None
        if sum(map(len, texts)) > MAX_LENGTH:
            raise frame.fail("This string would be too long.", span, "Use a smaller one.")
        return frame.run.hold("".join(texts), span, frame)

    return evaluate


def _part(builder: Builder, node: ast.expr) -> Evaluate:
    if isinstance(node, ast.Constant):
        text = str(node.value)
        return lambda frame: text
    assert isinstance(node, ast.FormattedValue)
    value, span, quoted = builder.expression(node.value), builder.span(node.value), node.conversion in (97, 114)
    specification = builder.expression(node.format_spec) if node.format_spec is not None else None

    def evaluate(frame: Frame) -> str:
        made = value(frame)
        if quoted or specification is None:
            return show(made, quoted)
        return format_value(frame, made, specification(frame), span)

    return evaluate


def format_value(frame: Frame, value: Any, specification: str, span: Span | None) -> str:
    """`format(value, specification)` for numbers and strings."""
    if not specification:
        return show(value)
    match = SPECIFICATION.match(specification)
    if match is None:
        raise frame.fail(
            f"The format `{specification[:20]}` is not known.", span, "Write for example {x:.3f} or {x:>8.2e}."
        )
    plain = value.primal if isinstance(value, Tensor) else value
    if isinstance(plain, np.ndarray) and plain.size == 1:
        plain = plain.item()
    if not isinstance(plain, int | float | str | np.number):
        raise frame.fail(
            f"{kind_of(value).capitalize()} cannot be formatted by `{specification}`.",
            span,
            "Format one number at a time.",
        )
    try:
        return format(plain, specification)
    except (ValueError, TypeError, OverflowError):
        message = f"The format `{specification}` does not fit {kind_of(value)}."
        raise frame.fail(message, span, "Write for example {x:.3f} or {x:>8.2e}.") from None
