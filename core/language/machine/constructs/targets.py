"""What stands left of `=`: a name, names that share out a value, an item, an attribute."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from core.language.machine.constructs.builder import Builder
from core.language.machine.constructs.subscripts import build_assignment
from core.language.machine.iteration import iterate
from core.language.machine.locals import Locals
from core.language.names.methods import set_attribute
from core.tensor import Tensor

Assign = Callable[[Locals, Any], None]


def build_target(builder: Builder, node: ast.expr) -> Assign:
    """The closure that gives a target its value."""
    if isinstance(node, ast.Name):
        return _name_target(builder, node)
    if isinstance(node, ast.Tuple | ast.List):
        return _unpack(builder, node)
    if isinstance(node, ast.Subscript):
        return build_assignment(builder, node)
    return _attribute_target(builder, node)


def _name_target(builder: Builder, node: ast.Name) -> Assign:
    name, depth = node.id, builder.scope.find(node.id)
    source = builder.inputs.get(node, "")

    def assign(here: Locals, value: Any) -> None:
        names: Any = here
        if depth is None:
            names = here.run.globals
        else:
            for _ in range(depth):
                names = names.parent
        names[name] = value
        if value.__class__ is Tensor:
            here.run.tape.name(value, name)

    def assign_input(here: Locals, value: Any) -> None:
        assign(here, here.run.input(source, value))

    return assign_input if source else assign


def _unpack(builder: Builder, node: ast.Tuple | ast.List) -> Assign:
    targets = [build_target(builder, part.value if isinstance(part, ast.Starred) else part) for part in node.elts]
    star = next((i for i, part in enumerate(node.elts) if isinstance(part, ast.Starred)), None)
    span, count = builder.span(node), len(targets)

    def assign(here: Locals, value: Any) -> None:
        items = value if value.__class__ in (list, tuple) else list(iterate(here, value, span))
        if star is None:
            if len(items) != count:
                given = f"{len(items)} value{'s' * (len(items) != 1)}"
                raise here.fail(f"{count} names cannot take {given}.", span, "Give every name one value.")
            spread = items
        else:
            after = count - star - 1
            if len(items) < count - 1:
                needed = f"{count - 1} value{'s' * (count != 2)}"
                given = f"there {'is' if len(items) == 1 else 'are'} {len(items) or 'none'}"
                raise here.fail(f"These names need at least {needed}; {given}.", span, "Give every name one value.")
            spread = [*items[:star], list(items[star : len(items) - after]), *items[len(items) - after :]]
        for target, item in zip(targets, spread):
            target(here, item)

    return assign


def _attribute_target(builder: Builder, node: ast.expr) -> Assign:
    assert isinstance(node, ast.Attribute)
    owner, span, wanted = builder.expression(node.value), builder.span(node), node.attr

    def assign(here: Locals, value: Any) -> None:
        set_attribute(here, owner(here), wanted, value, span)

    return assign
