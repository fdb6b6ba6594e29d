"""`del`: names lose their value, lists and dictionaries an item."""

from __future__ import annotations

import ast
from typing import Any

from core.basics.words import say
from core.language.machine import operators
from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.constructs.subscripts import explain
from core.language.machine.failures import failure
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.objects import Instance
from core.language.machine.values import kind_of


def delete(builder: Builder, node: ast.Delete) -> Evaluate:
    """The closure of `del name, owner[key]`."""
    parts = [_target(builder, part) for part in node.targets]

    def execute(here: Locals) -> None:
        for part in parts:
            part(here)

    return execute


def _target(builder: Builder, node: ast.expr) -> Evaluate:
    if isinstance(node, ast.Name):
        return _name(builder, node)
    return _attribute(builder, node) if isinstance(node, ast.Attribute) else _item(builder, node)


def _name(builder: Builder, node: ast.Name) -> Evaluate:
    name, depth, span = node.id, builder.scope.find(node.id), builder.span(node)

    def remove(here: Locals) -> None:
        names: Any = here.run.globals if depth is None else here
        if name not in names:
            raise here.fail(
                say("language.no-value-could-deleted", "`{name}` has no value that could be deleted.", name=name),
                span,
                say("language.remove-line", "Remove the line."),
            )
        del names[name]

    return remove


def _attribute(builder: Builder, node: ast.Attribute) -> Evaluate:
    owner, span, name = builder.expression(node.value), builder.span(node), node.attr

    def remove(here: Locals) -> None:
        value = owner(here)
        if value.__class__ is not Instance or name not in value.fields:
            raise here.fail(
                say("language.no-value-could-deleted", "`{name}` has no value that could be deleted.", name=name),
                span,
                say("language.remove-line", "Remove the line."),
                python="AttributeError",
            )
        del value.fields[name]

    return remove


def _item(builder: Builder, node: ast.expr) -> Evaluate:
    assert isinstance(node, ast.Subscript)
    owner, key = builder.expression(node.value), builder.expression(node.slice)
    span, text = builder.span(node), builder.text(node.value)

    def remove(here: Locals) -> None:
        value, place = owner(here), key(here)
        try:
            if isinstance(value, dict):
                operators.check_key(place)
                del value[place]
            elif isinstance(value, list):
                del value[whole(place)]
            else:
                raise operators.Refusal(
                    say("language.items-cannot-deleted", "The items of {kind} cannot be deleted.", kind=kind_of(value)),
                    say("language.pick-those-keep", "Pick those to keep."),
                )
        except Exception as error:
            raise failure(here, span, error, explain(error, text(), value, place)) from None

    return remove
