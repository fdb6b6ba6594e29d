"""What stands left of `=`: a name, names that share out a value, an item, an attribute."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from core.basics.words import say, say_many
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
        if isinstance(value, Tensor):
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
                raise here.fail(
                    say_many(
                        "language.names-cannot-take",
                        "{names} names cannot take {count} value.",
                        "{names} names cannot take {count} values.",
                        len(items),
                        names=count,
                    ),
                    span,
                    say("language.give-every-name-one", "Give every name one value."),
                )
            spread = items
        else:
            after = count - star - 1
            if len(items) < count - 1:
                raise here.fail(
                    _too_few(count - 1, len(items)),
                    span,
                    say("language.give-every-name-one", "Give every name one value."),
                )
            spread = [*items[:star], list(items[star : len(items) - after]), *items[len(items) - after :]]
        for target, item in zip(targets, spread):
            target(here, item)

    return assign


def _too_few(needed: int, given: int) -> str:
    """What to say where a star takes what the other names leave, and not even they get a value."""
    if not given:
        text = say("language.there-are-none", "there are none")
    else:
        text = say_many("language.there-are", "there is {count}", "there are {count}", given)
    return say_many(
        "language.names-need-at-least",
        "These names need at least {count} value; {given}.",
        "These names need at least {count} values; {given}.",
        needed,
        given=text,
    )


def _attribute_target(builder: Builder, node: ast.expr) -> Assign:
    assert isinstance(node, ast.Attribute)
    owner, span, wanted = builder.expression(node.value), builder.span(node), node.attr

    def assign(here: Locals, value: Any) -> None:
        set_attribute(here, owner(here), wanted, value, span)

    return assign
