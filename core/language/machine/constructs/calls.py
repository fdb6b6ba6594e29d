"""Calling: how arguments meet parameters, and what happens when a function of the program or of ours is called."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from core.basics.words import say
from core.language.dialects.tensorflow_variables import AT_A_PLACE, is_variable
from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.constructs.reflection import REFLECTING, build_reflection
from core.language.machine.constructs.subscripts import build_pick
from core.language.machine.constructs.supers import build_super
from core.language.machine.invocation import invoke
from core.language.machine.iteration import iterate
from core.language.machine.locals import Locals
from core.language.machine.objects import MISSING as NOT_THERE
from core.language.machine.objects import Class, Instance, Super, call_method
from core.language.machine.values import Builtin, Function, Parameters, kind_of
from core.language.names.methods import method_of
from core.language.names.namespaces import MISSING
from core.tensor import Tensor

DIRECT = frozenset((float, Tensor))
OWNERS = frozenset((Instance, Class, Super))


def build_call(builder: Builder, node: ast.Call) -> Evaluate:
    """A call, as fast as its form allows."""
    if isinstance(node.func, ast.Name) and node.func.id == "super" and "super" not in builder.names.module.bound:
        return build_super(builder, node)
    if isinstance(node.func, ast.Name) and node.func.id in REFLECTING and builder.is_free(node.func.id):
        return build_reflection(builder, node, node.func.id)
    callee = builder.constant_of(node.func)
    simple = not node.keywords and not any(isinstance(item, ast.Starred) for item in node.args)
    if isinstance(callee, Builtin) and callee.direct and simple and len(node.args) == 1:
        return _direct(builder, node, callee)
    if callee is MISSING and isinstance(node.func, ast.Attribute):
        return _method(builder, node)
    return _general(builder, node)


def _direct(builder: Builder, node: ast.Call, callee: Builtin) -> Evaluate:
    """An elementary function of one operand."""
    operand, span, function = builder.expression(node.args[0]), builder.span(node), callee.call
    text = builder.text(node.args[0])

    near = builder.near_name(node.args[0])

    def evaluate(here: Locals) -> Any:
        try:
            a = here[near] if near else operand(here)
        except KeyError:
            a = operand(here)
        if a.__class__ in DIRECT:
            value = function(a)
            if value.__class__ is Tensor:
                here.run.note(value, span, here)
            return value
        return invoke(here, callee, [a], {}, span, (text,))

    return evaluate


def build_arguments(builder: Builder, nodes: list[ast.expr]) -> Callable[[Locals], list]:
    """The closure that evaluates positional arguments, spreading those with a star."""
    parts = [
        (
            builder.expression(node.value if isinstance(node, ast.Starred) else node),
            isinstance(node, ast.Starred),
            builder.span(node),
        )
        for node in nodes
    ]
    if not any(star for _, star, _ in parts):
        plain = [part for part, _, _ in parts]
        return lambda here: [part(here) for part in plain]

    def evaluate(here: Locals) -> list:
        values: list = []
        for part, star, span in parts:
            value = part(here)
            if star:
                values.extend(iterate(here, value, span))
            else:
                values.append(value)
        return values

    return evaluate


def _keywords(builder: Builder, node: ast.Call) -> Callable[[Locals], dict[str, Any]]:
    parts = [(item.arg, builder.expression(item.value), builder.span(item.value)) for item in node.keywords]

    def evaluate(here: Locals) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, part, span in parts:
            value = part(here)
            if name is not None:
                values[name] = value
            elif isinstance(value, dict) and all(isinstance(key, str) for key in value):
                values.update(value)
            else:
                raise here.fail(
                    say(
                        "language.after-comes-dictionary-names",
                        "After `**` comes a dictionary of names, not {kind}.",
                        kind=kind_of(value),
                    ),
                    span,
                )
        return values

    return evaluate


def _general(builder: Builder, node: ast.Call) -> Evaluate:
    callee, span = builder.expression(node.func), builder.span(node)
    arguments, keywords = build_arguments(builder, node.args), _keywords(builder, node)
    texts = tuple(builder.text(item) for item in node.args)
    named = bool(node.keywords)

    def evaluate(here: Locals) -> Any:
        function = callee(here)
        values = arguments(here)
        return invoke(here, function, values, keywords(here) if named else {}, span, texts)

    return evaluate


def _method(builder: Builder, node: ast.Call) -> Evaluate:
    attribute = node.func
    assert isinstance(attribute, ast.Attribute)
    if attribute.attr == "assign" and isinstance(attribute.value, ast.Subscript):
        return _assigned_item(builder, node, attribute.value)
    owner, span, wanted = builder.expression(attribute.value), builder.span(node), attribute.attr
    arguments, keywords = build_arguments(builder, node.args), _keywords(builder, node)
    texts = (builder.text(attribute.value), *(builder.text(item) for item in node.args))

    def evaluate(here: Locals) -> Any:
        value = owner(here)
        if value.__class__ in OWNERS:
            found = call_method(here, value, wanted, arguments(here), keywords(here), span)
            if found is not NOT_THERE:
                return found
        method = method_of(here, value, wanted, span)
        return invoke(here, method, [value, *arguments(here)], keywords(here), span, texts)

    return evaluate


def _assigned_item(builder: Builder, node: ast.Call, place: ast.Subscript) -> Evaluate:
    """`v[key].assign(value)`, which changes a part of a variable."""
    owner, key, pick = builder.expression(place.value), builder.expression(place.slice), build_pick(builder, place)
    arguments, keywords, span = build_arguments(builder, node.args), _keywords(builder, node), builder.span(node)
    texts = (builder.text(place.value), builder.text(place.slice), *(builder.text(item) for item in node.args))

    def evaluate(here: Locals) -> Any:
        held, where = owner(here), key(here)
        if is_variable(held):
            return invoke(here, AT_A_PLACE, [held, where, *arguments(here)], keywords(here), span, texts)
        item = pick(here, held, where)
        method = method_of(here, item, "assign", span)
        return invoke(here, method, [item, *arguments(here)], keywords(here), span, texts)

    return evaluate


def build_parameters(arguments: ast.arguments) -> Parameters:
    """The parameters as a value."""
    positional = (*arguments.posonlyargs, *arguments.args)
    return Parameters(
        tuple(part.arg for part in positional),
        len(arguments.posonlyargs),
        tuple(part.arg for part in arguments.kwonlyargs),
        arguments.vararg.arg if arguments.vararg else None,
        arguments.kwarg.arg if arguments.kwarg else None,
    )


def build_function(builder: Builder, node: ast.FunctionDef | ast.Lambda, name: str, body: Evaluate) -> Evaluate:
    """The closure that makes the function's value, evaluating the defaults."""
    shape, span = build_parameters(node.args), builder.span(node)
    positional = shape.positional[len(shape.positional) - len(node.args.defaults) :]
    defaults = [(part, builder.expression(value)) for part, value in zip(positional, node.args.defaults)]
    defaults += [(part, builder.expression(value)) for part, value in zip(shape.named, node.args.kw_defaults) if value]

    def evaluate(here: Locals) -> Function:
        values = {part: value(here) for part, value in defaults}
        return Function(name, shape, values, body, here, span)

    return evaluate


def build_lambda(builder: Builder, node: ast.Lambda) -> Evaluate:
    """A lambda: a function whose body is one expression."""
    outer, builder.scope = builder.scope, builder.names.scopes[node]
    body = builder.expression(node.body)
    builder.scope = outer
    return build_function(builder, node, "lambda", body)
