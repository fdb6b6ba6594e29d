"""`super()`: the bases of the class in which a method is written."""

from __future__ import annotations

import ast
from typing import Any

from core.basics.words import say
from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.locals import Locals
from core.language.machine.objects import Class, Instance, Super
from core.language.reading.scopes import Scope


def build_super(builder: Builder, node: ast.Call) -> Evaluate:
    """`super()` in a method, and `super(Class, self)`."""
    span = builder.span(node)
    given = [builder.expression(part) for part in node.args]
    depth, first = _home(builder.scope)

    def evaluate(here: Locals) -> Super:
        if len(given) == 2:
            behind, owner = given[0](here), given[1](here)
        else:
            behind = owner = None
            if depth and first:
                names: Any = here
                for level in range(depth):
                    owner = names.get(first) if level == depth - 1 else None
                    names = names.parent
                behind = names.result
        if behind.__class__ is not Class or owner.__class__ not in (Instance, Class):
            raise here.fail(
                say("language.super-outside-method", "`super()` is outside any method."),
                span,
                say("language.call-base-by-name", "Call the method of the base by its name."),
                python="RuntimeError",
            )
        return Super(behind, owner)

    return evaluate


def _home(scope: Scope) -> tuple[int, str]:
    """How many calls out the class around stands, and the name of the method's first parameter."""
    depth = 0
    around: Scope | None = scope
    while around is not None and around.parent is not None:
        depth += 1
        if around.parent.kind == "class":
            return depth, around.first
        around = around.parent
    return 0, ""
