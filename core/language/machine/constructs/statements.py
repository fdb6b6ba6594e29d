"""What each kind of statement does when it runs, one function per kind, in one table.

A statement's closure returns None to go on, or the signal BREAK, CONTINUE or RETURN.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from core.basics.errors import ProgramError
from core.basics.words import say, sentences
from core.functions.calling import shape_of
from core.language.dialects.tensorflow_variables import is_variable, refuse_update
from core.language.interface.random_inputs import leaf_name
from core.language.machine import operators
from core.language.machine.constructs import generators
from core.language.machine.constructs.attempts import build_raise, build_try
from core.language.machine.constructs.blocks import build_block
from core.language.machine.constructs.builder import Builder, Evaluate, Table
from core.language.machine.constructs.calls import build_function
from core.language.machine.constructs.classes import build_class
from core.language.machine.constructs.decorators import build_decorators
from core.language.machine.constructs.deletion import delete
from core.language.machine.constructs.matches import build_match
from core.language.machine.constructs.signals import BREAK, CONTINUE, RETURN
from core.language.machine.constructs.subscripts import build_pick, build_put
from core.language.machine.constructs.targets import build_target
from core.language.machine.constructs.truth import truth
from core.language.machine.constructs.withs import build_with
from core.language.machine.failures import failure
from core.language.machine.iteration import iterate
from core.language.machine.locals import WEIGHTS, Locals
from core.language.machine.objects import MISSING, Instance, operate
from core.language.machine.values import PLAIN, brief
from core.language.machine.wholes import KEEPING, remember
from core.language.names.sizes import product_work
from core.tensor import Tensor


def expression(builder: Builder, node: ast.Expr) -> Evaluate:
    if name := leaf_name(node):  # from this line on it stands for a leaf
        target = ast.copy_location(ast.Name(name, ast.Store()), node)
        return assign(builder, ast.copy_location(ast.Assign([target], node.value), node))
    value = builder.expression(node.value)

    def execute(here: Locals) -> None:
        value(here)

    return execute


def final_expression(builder: Builder, node: ast.Expr) -> Evaluate:
    """The last line of a program: its value is the program's."""
    value = builder.expression(node.value)

    def execute(here: Locals) -> None:
        here.result = value(here)

    return execute


def assign(builder: Builder, node: ast.Assign) -> Evaluate:
    value, targets = builder.expression(node.value), [build_target(builder, target) for target in node.targets]
    first = node.targets[0]
    if len(targets) == 1 and isinstance(first, ast.Name) and builder.is_here(first.id) and first not in builder.inputs:
        return _assign_here(first.id, value)
    if len(targets) == 1:
        only = targets[0]

        def execute_one(here: Locals) -> None:
            only(here, value(here))

        return execute_one

    def execute(here: Locals) -> None:
        made = value(here)
        for target in targets:
            target(here, made)

    return execute


def _assign_here(name: str, value: Evaluate) -> Evaluate:
    """name = value, in the call that runs; the usual case, written out for speed."""

    def execute(here: Locals) -> None:
        made = here[name] = value(here)
        if made.__class__ is Tensor:
            run = here.run
            if made.tape is run.tape:
                run.names.setdefault(made.index, name)
            else:
                run.tape.name(made, name)
        elif isinstance(made, Tensor):
            here.run.tape.name(made, name)

    return execute


def annotated(builder: Builder, node: ast.AnnAssign) -> Evaluate:
    if node.value is None:
        return lambda here: None
    return assign(builder, ast.copy_location(ast.Assign([node.target], node.value), node))


def augmented(builder: Builder, node: ast.AugAssign) -> Evaluate:
    """x += y; lists and arrays change in place, as in Python."""
    value, combine = builder.expression(node.value), _combine(builder, node, operators.in_place(type(node.op)))
    plain = _combine(builder, node, operators.ARITHMETIC[type(node.op)])
    if isinstance(node.target, ast.Subscript):
        return _augmented_item(builder, node, value, combine, plain)
    load = ast.copy_location(_as_load(node.target), node.target)
    store, current = build_target(builder, node.target), builder.expression(load)
    updated = _updated(builder, node, combine, plain)

    def execute(here: Locals) -> None:
        before = current(here)
        store(here, updated(here, before, value(here)))

    def execute_keeping_whole(here: Locals) -> None:
        before, other = current(here), value(here)
        store(here, remember(here.run, updated(here, before, other), before, other))

    return execute_keeping_whole if builder.tells_whole and isinstance(node.op, KEEPING) else execute


def _updated(builder: Builder, node: ast.AugAssign, combine: Any, plain: Any) -> Callable[[Locals, Any, Any], Any]:
    """What is bound after `x += y`: `x` itself where it changes in place, else what was made."""
    span, text = builder.span(node), builder.text(node.target)

    def update(here: Locals, before: Any, value: Any) -> Any:
        if is_variable(before):
            refused = refuse_update(operators.SIGNS[type(node.op)])
            raise here.fail(refused.message, span, refused.hint)
        changing = here.run.changing
        if changing is None or not changing.updates(before):
            return combine(here, before, value)
        made = plain(here, before, value)
        try:
            changing.updated(before, value, made)
            changing.overwrite(before, made)
        except Exception as error:
            raise failure(here, span, error, explain_update(error, text(), before, made)) from None
        here.run.note(before, span, here)
        return before

    return update


def explain_update(error: BaseException, text: str, before: Any, made: Any) -> tuple[str, str]:
    """A sentence and a hint for a change in place that cannot be."""
    if isinstance(error, operators.Refusal):
        return error.message, error.hint
    shapes = operators.shape_text(before), operators.shape_text(made)
    message = say(
        "language.array-shape-cannot-take",
        "An array of shape {shape} cannot take the shape {other} in place.",
        shape=shapes[0],
        other=shapes[1],
    )
    return message, say("language.write-instead-2", "Write {text} = {text} ... instead.", text=text)


def _augmented_item(builder: Builder, node: ast.AugAssign, value: Evaluate, combine: Any, plain: Any) -> Evaluate:
    """x[i] += y; `x` and `i` are evaluated once, before `y`."""
    target = node.target
    assert isinstance(target, ast.Subscript)
    owner, key = builder.expression(target.value), builder.expression(target.slice)
    pick, put = build_pick(builder, target), build_put(builder, target)
    update, span, text = _updated(builder, node, combine, plain), builder.span(node), builder.text(target)

    def execute(here: Locals) -> None:
        held, place = owner(here), key(here)
        before = pick(here, held, place)
        if not isinstance(held, Tensor):
            put(here, held, place, update(here, before, value(here)))
            return
        operand = value(here)
        made = plain(here, before, operand)
        assert here.run.changing is not None  # the program assigns an item
        try:
            here.run.changing.updated(before, operand, made)
            if shape_of(before) not in ((), shape_of(made)):
                raise ValueError(shape_of(made))
        except (ValueError, operators.Refusal) as error:
            raise failure(here, span, error, explain_update(error, text(), before, made)) from None
        put(here, held, place, made)

    return execute


def _combine(builder: Builder, node: ast.AugAssign, plain: operators.Operation) -> Callable[[Locals, Any, Any], Any]:
    """The operator itself, with every guard."""
    sign = operators.SIGNS[type(node.op)]
    guarded, span = operators.careful(sign, plain), builder.span(node)
    texts = builder.text(node.target), builder.text(node.value)

    def combine(here: Locals, a: Any, b: Any) -> Any:
        run = here.run
        try:
            if a.__class__ in operators.CAREFUL or b.__class__ in operators.CAREFUL:
                made = guarded(a, b)
            else:
                if run.largest > 1:
                    run.reserve(operators.result_size(sign, a, b), span, here)
                    if sign == "@":
                        run.afford(product_work(a, b), span, here)
                made = plain(a, b)
        except Exception as error:
            if (a.__class__ is Instance or b.__class__ is Instance) and not isinstance(error, ProgramError):
                found = operate(here, sign, a, b, span, in_place=True)
                if found is not MISSING:
                    return found
            told = operators.explain(error, f"{sign}=" if sign in "+-*/" else sign, a, b)
            raise failure(here, span, error, told, tuple(zip(texts, (a, b)))) from None
        if made.__class__ is complex:
            raise here.fail(
                say("language.negative-number-no-real", "A negative number has no real power with a fraction."),
                span,
                say("language.use-whole-exponent", "Use a whole exponent."),
            )
        if made.__class__ not in PLAIN:
            run.note(made, span, here)
        elif made.__class__ in WEIGHTS:
            run.hold(b if made is a else made, span, here)
        return made

    return combine


def _as_load(node: Any) -> Any:
    if isinstance(node, ast.Name):
        return ast.Name(node.id, ast.Load())
    return ast.Attribute(node.value, node.attr, ast.Load())


def function(builder: Builder, node: ast.FunctionDef) -> Evaluate:
    decorate = build_decorators(builder, node)
    outer, builder.scope = builder.scope, builder.names.scopes[node]
    pauses = any(map(generators.yields, node.body))
    block = generators.build_body(builder, node.body) if pauses else build_block(builder, node.body)
    builder.scope = outer

    def returning(here: Locals) -> Any:
        block(here)
        return here.result

    body = block if pauses else returning

    make, depth, name = build_function(builder, node, node.name, body), builder.scope.find(node.name), node.name

    def execute(here: Locals) -> None:
        names: Any = here.run.globals if depth is None else here
        names[name] = decorate(here, make(here))

    return execute


def return_value(builder: Builder, node: ast.Return) -> Evaluate:
    if node.value is None:
        return lambda here: RETURN
    value = builder.expression(node.value)

    def execute(here: Locals) -> Any:
        here.result = value(here)
        return RETURN

    return execute


def branch(builder: Builder, node: ast.If) -> Evaluate:
    test, span = builder.expression(node.test), builder.span(node.test)
    then = build_block(builder, node.body)
    otherwise = build_block(builder, node.orelse) if node.orelse else None

    def execute(here: Locals) -> Any:
        if truth(here, test(here), span):
            return then(here)
        return otherwise(here) if otherwise is not None else None

    return execute


def _leave(here: Locals, around: Any, signal: Any, otherwise: Evaluate | None) -> Any:
    """A loop is over: what it hands on, after its `else` block unless it was broken off."""
    here.loop = around
    if signal is RETURN:
        return RETURN
    return otherwise(here) if otherwise is not None and signal is not BREAK else None


def loop(builder: Builder, node: ast.For) -> Evaluate:
    source, target, span = builder.expression(node.iter), build_target(builder, node.target), builder.span(node.iter)
    body, line = _passes(builder, node), node.lineno
    otherwise = build_block(builder, node.orelse) if node.orelse else None

    def execute(here: Locals) -> Any:
        around = here.loop
        signal = None
        for number, item in enumerate(iterate(here, source(here), span), 1):
            here.loop = (*around, (line, number))
            target(here, item)
            signal = body(here)
            if signal is not None and signal is not CONTINUE:
                break
        return _leave(here, around, signal, otherwise)

    return execute if node not in builder.followed else _followed(execute, node)


def _passes(builder: Builder, node: ast.For | ast.While) -> Evaluate:
    """The body of a loop; of one that may train, whoever follows the run is told of each pass."""
    body = build_block(builder, node.body)
    if node not in builder.followed:
        return body

    def one_pass(here: Locals) -> Any:
        if here.run.follower is not None:
            here.run.follower.begin(here, node)
        return body(here)

    return one_pass


def _followed(execute: Evaluate, node: ast.For | ast.While) -> Evaluate:
    """A loop of which whoever follows the run is told that it was left."""

    def whole(here: Locals) -> Any:
        signal = execute(here)
        if here.run.follower is not None:
            here.run.follower.left(here, node)
        return signal

    return whole


def repeat(builder: Builder, node: ast.While) -> Evaluate:
    test, span = builder.expression(node.test), builder.span(node.test)
    body, line = _passes(builder, node), node.lineno
    otherwise = build_block(builder, node.orelse) if node.orelse else None

    def execute(here: Locals) -> Any:
        run, around, number, signal = here.run, here.loop, 0, None
        while truth(here, test(here), span):
            number += 1
            here.loop = (*around, (line, number))
            run.spend(1, span, here)
            signal = body(here)
            if signal is not None and signal is not CONTINUE:
                break
        return _leave(here, around, signal, otherwise)

    return execute if node not in builder.followed else _followed(execute, node)


def nothing(builder: Builder, node: ast.stmt) -> Evaluate:
    return lambda here: None


def assertion(builder: Builder, node: ast.Assert) -> Evaluate:
    test, span, text = builder.expression(node.test), builder.span(node.test), builder.text(node.test)
    message = builder.expression(node.msg) if node.msg else None

    def execute(here: Locals) -> None:
        if not truth(here, test(here), span):
            reason = message(here) if message else ""
            told = say("language.assertion-fails", "The assertion `{text}` does not hold.", text=text())
            text_given = reason if isinstance(reason, str) else brief(reason)
            error = here.fail(sentences(told, text_given[:200]), span, python="AssertionError")
            error.said = text_given
            raise error

    return execute


STATEMENTS: Table = {
    ast.Expr: expression, ast.Assign: assign, ast.AnnAssign: annotated, ast.AugAssign: augmented,
    ast.FunctionDef: function, ast.Return: return_value, ast.If: branch, ast.For: loop, ast.While: repeat,
    ast.Break: lambda builder, node: lambda here: BREAK, ast.Continue: lambda builder, node: lambda here: CONTINUE,
    ast.Pass: nothing, ast.Import: nothing, ast.ImportFrom: nothing, ast.Global: nothing, ast.Nonlocal: nothing,
    ast.Delete: delete, ast.Assert: assertion, ast.With: build_with, ast.ClassDef: build_class, ast.Try: build_try,
    ast.Raise: build_raise, ast.Match: build_match,
}  # fmt: skip
