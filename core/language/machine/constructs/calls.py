"""Calling: how arguments meet parameters, and what happens when a function of the program or of ours is called."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.invocation import invoke
from core.language.machine.iteration import iterate
from core.language.machine.locals import Frame
from core.language.machine.values import Builtin, Function, Parameters, kind_of
from core.language.names.methods import method_of
from core.language.names.namespaces import MISSING
from core.tensor import Tensor

DIRECT = frozenset((float, Tensor))


def build_call(builder: Builder, node: ast.Call) -> Evaluate:
    """A call, as fast as its form allows."""
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

    def evaluate(frame: Frame) -> Any:
        try:
            a = frame[near] if near else operand(frame)
        except KeyError:
            a = operand(frame)
        if a.__class__ in DIRECT:
            value = function(a)
            if value.__class__ is Tensor:
                frame.run.note(value, span, frame)
            return value
        return invoke(frame, callee, [a], {}, span, (text,))

    return evaluate


def build_arguments(builder: Builder, nodes: list[ast.expr]) -> Callable[[Frame], list]:
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
        return lambda frame: [part(frame) for part in plain]

    def evaluate(frame: Frame) -> list:
        values: list = []
        for part, star, span in parts:
            value = part(frame)
            if star:
                values.extend(iterate(frame, value, span))
            else:
                values.append(value)
        return values

    return evaluate


def _keywords(builder: Builder, node: ast.Call) -> Callable[[Frame], dict[str, Any]]:
    parts = [(item.arg, builder.expression(item.value), builder.span(item.value)) for item in node.keywords]

    def evaluate(frame: Frame) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, part, span in parts:
            value = part(frame)
            if name is not None:
                values[name] = value
            elif isinstance(value, dict) and all(isinstance(key, str) for key in value):
                values.update(value)
            else:
                raise frame.fail(f"After `**` comes a dictionary of names, not {kind_of(value)}.", span)
        return values

    return evaluate


def _general(builder: Builder, node: ast.Call) -> Evaluate:
    callee, span = builder.expression(node.func), builder.span(node)
    arguments, keywords = build_arguments(builder, node.args), _keywords(builder, node)
    texts = tuple(builder.text(item) for item in node.args)
    named = bool(node.keywords)

    def evaluate(frame: Frame) -> Any:
        function = callee(frame)
        values = arguments(frame)
        return invoke(frame, function, values, keywords(frame) if named else {}, span, texts)

    return evaluate


def _method(builder: Builder, node: ast.Call) -> Evaluate:
    attribute = node.func
    assert isinstance(attribute, ast.Attribute)
    owner, span, wanted = builder.expression(attribute.value), builder.span(node), attribute.attr
    arguments, keywords = build_arguments(builder, node.args), _keywords(builder, node)
    texts = (builder.text(attribute.value), *(builder.text(item) for item in node.args))

    def evaluate(frame: Frame) -> Any:
        value = owner(frame)
        method = method_of(frame, value, wanted, span)
        return invoke(frame, method, [value, *arguments(frame)], keywords(frame), span, texts)

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

    def evaluate(frame: Frame) -> Function:
        values = {part: value(frame) for part, value in defaults}
        return Function(name, shape, values, body, frame, span)

    return evaluate


def build_lambda(builder: Builder, node: ast.Lambda) -> Evaluate:
    """A lambda: a function whose body is one expression."""
    outer, builder.scope = builder.scope, builder.names.scopes[node]
    body = builder.expression(node.body)
    builder.scope = outer
    return build_function(builder, node, "lambda", body)
