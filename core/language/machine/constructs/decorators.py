"""The few decorators there are: those that only change speed, and those that make derivatives."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from core.language.machine.constructs.builder import Builder
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.values import Function


def build_decorators(builder: Builder, node: ast.FunctionDef) -> Callable[[Locals, Function], Any]:
    """The closure that applies a function's decorators, the lowest first."""
    parts = [(_evaluate(builder, part), builder.span(part)) for part in reversed(node.decorator_list)]

    def decorate(here: Locals, function: Function) -> Any:
        made: Any = function
        for decorator, span in parts:
            found = decorator(here)
            made = made if found is None else invoke(here, found, [made], {}, span)
        return made

    return decorate


def _evaluate(builder: Builder, node: ast.expr) -> Callable[[Locals], Any]:
    """A decorator with brackets, such as `@tf.function(jit_compile=True)`, is one that changes nothing here."""
    if isinstance(node, ast.Call):
        return lambda here: None
    return builder.expression(node)
