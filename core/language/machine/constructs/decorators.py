"""Decorators: those of Python's classes, those that only change speed, those that make derivatives, the text's own."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from core.language.dialects.torch.graph import GradMode
from core.language.machine.constructs.builder import Builder
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.objects import Property, Unbound
from core.language.machine.values import Builtin

Decorate = Callable[[Locals, Any], Any]


def build_decorators(builder: Builder, node: ast.FunctionDef | ast.ClassDef) -> Decorate:
    """The closure that applies the decorators of a function or a class, the lowest first."""
    parts = [_decorator(builder, part) for part in reversed(node.decorator_list)]

    def decorate(here: Locals, made: Any) -> Any:
        for part in parts:
            made = part(here, made)
        return made

    return decorate


def _decorator(builder: Builder, node: ast.expr) -> Decorate:
    callee = node.func if isinstance(node, ast.Call) else node
    text = ast.unparse(callee)
    if text in OF_CLASSES:
        return OF_CLASSES[text]
    if isinstance(callee, ast.Attribute) and callee.attr == "setter":
        held = builder.expression(callee.value)
        return lambda here, made: Property(held(here).get, made)
    if last_word(text) in UNRECORDED and not _is_own(builder, callee):
        return lambda here, made: _unrecorded(made)
    if text in WITHOUT_EFFECT:
        return lambda here, made: made
    last = last_word(text)
    if isinstance(node, ast.Call) and not _is_own(builder, callee) and last not in WITH_OPTIONS:
        return lambda here, made: made  # `@tf.function(jit_compile=True)` changes nothing here
    decorator, span = builder.expression(callee if last == "lru_cache" else node), builder.span(node)
    return lambda here, made: invoke(here, decorator(here), [made], {}, span)


def _is_own(builder: Builder, callee: ast.expr) -> bool:
    """Whether the program itself defines the decorator."""
    while isinstance(callee, ast.Attribute):
        callee = callee.value
    return isinstance(callee, ast.Name) and callee.id not in builder.aliases and (
        callee.id in builder.names.module.bound or builder.scope.find(callee.id) is not None
    )  # fmt: skip


def last_word(text: str) -> str:
    """The last part of a dotted name."""
    return text.rpartition(".")[2]


def _unrecorded(function: Any) -> Builtin:
    """A function whose body records no gradients."""
    def call(here: Locals, span: Any, *values: Any, **named: Any) -> Any:
        block = GradMode(False)
        block.enter(here)
        try:
            return invoke(here, function, list(values), named, span)
        finally:
            block.leave(here)

    return Builtin(getattr(function, "name", "function"), call, ("*values", "**named"), wants_locals=True)


UNRECORDED = ("no_grad", "inference_mode")
OF_CLASSES: dict[str, Decorate] = {
    "property": lambda here, made: Property(made),
    "staticmethod": lambda here, made: Unbound(made, False),
    "classmethod": lambda here, made: Unbound(made, True),
}
WITH_OPTIONS = ("dataclass", "lru_cache", "partial")
WITHOUT_EFFECT = frozenset(("abstractmethod", "abc.abstractmethod", "wraps", "functools.wraps"))
