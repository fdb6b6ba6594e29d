"""What each kind of expression does when it is evaluated, one function per kind, in one table."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from core.basics.errors import ProgramError
from core.basics.words import say
from core.language.dialects.torch.notes import GradFn
from core.language.machine import objects, operators
from core.language.machine.constructs.builder import Builder, Evaluate, Table
from core.language.machine.constructs.calls import build_arguments, build_call, build_lambda
from core.language.machine.constructs.comprehensions import COMPREHENSIONS
from core.language.machine.constructs.fstrings import build_fstring
from core.language.machine.constructs.subscripts import build_slice, build_subscript
from core.language.machine.constructs.targets import build_target
from core.language.machine.constructs.truth import check_keys, truth
from core.language.machine.failures import failure
from core.language.machine.iteration import holds
from core.language.machine.locals import SEQUENCES, WEIGHTS, Locals, new_provenance
from core.language.machine.objects import Instance
from core.language.machine.values import PLAIN, kind_of
from core.language.machine.wholes import KEEPING, remember
from core.language.names.methods import attribute_of
from core.language.names.namespaces import MISSING
from core.language.names.sizes import elements_made, product_work
from core.language.reading.check import is_type_name
from core.tape import Provenance
from core.tensor import Tensor
from core.variable import Variable

CAREFUL = operators.CAREFUL


def constant(builder: Builder, node: ast.Constant) -> Evaluate:
    value = node.value
    return lambda here: value


def name(builder: Builder, node: ast.Name) -> Evaluate:
    found = builder.constant_of(node)
    if found is not MISSING:
        return lambda here: found
    span, identifier = builder.span(node), node.id
    depth = 0 if builder.is_here(identifier) else builder.scope.find(identifier)
    return _loader(identifier, depth, span)


def _loader(identifier: str, depth: int | None, span: Any) -> Evaluate:
    def from_globals(here: Locals) -> Any:
        try:
            return here.run.globals[identifier]
        except KeyError:
            raise _unbound(here, identifier, span) from None

    def from_here(here: Locals) -> Any:
        try:
            return here[identifier]
        except KeyError:
            raise _unbound(here, identifier, span) from None

    def from_around(here: Locals) -> Any:
        outer: Any = here
        for _ in range(depth or 0):
            outer = outer.parent
        try:
            return outer[identifier]
        except KeyError:
            raise _unbound(here, identifier, span) from None

    return from_globals if depth is None else from_here if depth == 0 else from_around


def _unbound(here: Locals, identifier: str, span: Any) -> Exception:
    message = say("language.no-value-yet", "`{identifier}` has no value yet.", identifier=identifier)
    return here.fail(
        message,
        span,
        say("language.give-one-before-line", "Give it one before this line; a branch not taken gives none."),
        python="NameError",
    )


def binary(builder: Builder, node: ast.BinOp) -> Evaluate:
    chain = [node]
    while isinstance(chain[-1].left, ast.BinOp):
        chain.append(chain[-1].left)
    if builder.tells_whole and len(chain) <= 20 and isinstance(node.op, KEEPING):
        return _keeping_whole(builder, node)
    if len(chain) <= 20:
        return _single(builder, node, builder.expression(node.left))
    first = builder.expression(chain[-1].left)
    steps = [(_combine(builder, part), builder.expression(part.right)) for part in reversed(chain)]

    def evaluate(here: Locals) -> Any:
        value = first(here)
        for combine, right in steps:
            value = combine(here, value, right(here))
        return value

    return evaluate


def _keeping_whole(builder: Builder, node: ast.BinOp) -> Evaluate:
    """One operator, in a text that prints whole numbers it computes from inputs."""
    left, right, combine = builder.expression(node.left), builder.expression(node.right), _combine(builder, node)

    def evaluate(here: Locals) -> Any:
        a, b = left(here), right(here)
        return remember(here.run, combine(here, a, b), a, b)

    return evaluate


def _single(builder: Builder, node: ast.BinOp, left: Evaluate) -> Evaluate:
    """One operator between two operands; the usual case, written out for speed."""
    right, plain = builder.expression(node.right), operators.ARITHMETIC[type(node.op)]
    combine, span = _combine(builder, node), builder.span(node)
    near_left, near_right = builder.near_name(node.left), builder.near_name(node.right)

    def evaluate(here: Locals) -> Any:
        try:
            a = here[near_left] if near_left else left(here)
            b = here[near_right] if near_right else right(here)
        except KeyError:
            a, b = left(here), right(here)
        kind, other = a.__class__, b.__class__
        if (
            kind is Tensor
            and (other is Tensor and here.run.largest < SMALL or other is float or other is int)
            or other is Tensor
            and (kind is float or kind is int)
        ):
            try:
                value = plain(a, b)
            except Exception:
                return combine(here, a, b)
            run = here.run
            size = run.marked + 1
            if value.primal.__class__ is float and len(run.primals) == size < run.next_size:
                run.provenances.append(new_provenance(Provenance, (span, here.calls, here.loop, here.sites)))
                run.marked = size
            else:
                run.note(value, span, here)
            return value
        return combine(here, a, b)

    def evaluate_with_constant(here: Locals) -> Any:
        try:
            a = here[near_left] if near_left else left(here)
        except KeyError:
            a = left(here)
        if a.__class__ is Tensor:
            try:
                value = plain(a, number)
            except Exception:
                return combine(here, a, number)
            run = here.run
            size = run.marked + 1
            if value.primal.__class__ is float and len(run.primals) == size < run.next_size:
                run.provenances.append(new_provenance(Provenance, (span, here.calls, here.loop, here.sites)))
                run.marked = size
            else:
                run.note(value, span, here)
            return value
        return combine(here, a, number)

    if type(node.op) not in FAST:
        return lambda here: combine(here, left(here), right(here))
    if isinstance(node.right, ast.Constant) and type(node.right.value) in (int, float):
        number = node.right.value
        return evaluate_with_constant
    return evaluate


FAST = (ast.Add, ast.Sub, ast.Mult, ast.Div)
SMALL = 2_000  # arrays below this size cannot make too large ones together


def _combine(builder: Builder, node: ast.BinOp) -> Callable[[Locals, Any, Any], Any]:
    """The operator itself, with every guard."""
    sign, plain = operators.SIGNS[type(node.op)], operators.ARITHMETIC[type(node.op)]
    guarded, span = operators.careful(sign, plain), builder.span(node)

    def combine(here: Locals, a: Any, b: Any) -> Any:
        run = here.run
        try:
            if a.__class__ in CAREFUL or b.__class__ in CAREFUL:
                if a.__class__ in LISTS or b.__class__ in LISTS:
                    run.reserve(elements_made(sign, [a, b], {}), span, here)
                value = guarded(a, b)
            else:
                if run.largest > 1:
                    run.reserve(operators.result_size(sign, a, b), span, here)
                    if sign == "@":
                        run.afford(product_work(a, b), span, here)
                value = plain(a, b)
        except Exception as error:
            if (a.__class__ is Instance or b.__class__ is Instance) and not isinstance(error, ProgramError):
                found = objects.operate(here, sign, a, b, span)
                if found is not objects.MISSING:
                    return found
            told = _no_list(node, sign, a, b) or operators.explain(error, sign, a, b)
            pairs = ((builder.text(node.left), a), (builder.text(node.right), b))
            raise failure(here, span, error, told, pairs) from None
        kind = value.__class__
        if kind is complex:
            raise here.fail(
                say("language.negative-number-no-real", "A negative number has no real power with a fraction."),
                span,
                say("language.use-whole-exponent", "Use a whole exponent."),
            )
        if kind not in PLAIN:
            run.note(value, span, here)
        elif kind in WEIGHTS:
            run.hold(value, span, here)
        return value

    return combine


LISTS = (list, tuple)


def _no_list(node: ast.BinOp, sign: str, a: Any, b: Any) -> tuple[str, str] | None:
    """What to say about a matrix product of plain lists."""
    if sign != "@" or operators.is_array(a) or operators.is_array(b):
        return None
    for part, value in ((node.left, a), (node.right, b)):
        if value.__class__ in LISTS and isinstance(part, ast.Name):
            return say(
                "language.multiplies-arrays",
                "`@` multiplies arrays, and `{id}` is {kind}.",
                id=part.id,
                kind=kind_of(value),
            ), say("language.write-np-array", "Write {id} = np.array([...]).", id=part.id)
    return None


def unary(builder: Builder, node: ast.UnaryOp) -> Evaluate:
    operand, sign = builder.expression(node.operand), operators.SIGNS[type(node.op)]
    plain, span, text = operators.UNARY[type(node.op)], builder.span(node), builder.text(node.operand)
    if (
        isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
        and type(node.operand.value) in (int, float)
    ):
        value: Any = -node.operand.value  # type: ignore[operator]
        return lambda here: value

    def evaluate(here: Locals) -> Any:
        a = operand(here)
        try:
            value = plain(a)
        except Exception as error:
            if a.__class__ is Instance and not isinstance(error, ProgramError):
                found = objects.call_method(here, a, objects.SIGNED.get(sign, ""), [], {}, span)
                if found is not objects.MISSING:
                    return found
            raise failure(here, span, error, operators.explain(error, sign, a), ((text, a),)) from None
        if value is a and isinstance(a, Tensor) and here.run.changing is not None:
            value = here.run.changing.plus(a)
        if value.__class__ not in PLAIN:
            here.run.note(value, span, here)
        return remember(here.run, value, a) if here.run.whole else value

    return evaluate


def boolean(builder: Builder, node: ast.BoolOp) -> Evaluate:
    parts = [(builder.expression(part), builder.span(part)) for part in node.values]
    last, wanted = parts.pop()[0], isinstance(node.op, ast.Or)

    def evaluate(here: Locals) -> Any:
        for part, span in parts:
            value = part(here)
            if truth(here, value, span) is wanted:
                return value
        return last(here)

    return evaluate


def compare(builder: Builder, node: ast.Compare) -> Evaluate:
    first, texts = builder.expression(node.left), [builder.text(node.left)]
    steps = []
    for sign, part in zip(node.ops, node.comparators):
        texts.append(builder.text(part))
        steps.append(
            (
                operators.SIGNS[type(sign)],
                operators.COMPARISONS[type(sign)],
                builder.expression(part),
                texts[-2],
                texts[-1],
            )
        )
    span = builder.span(node)

    def evaluate(here: Locals) -> Any:
        left = first(here)
        value: Any = True
        for number, (sign, plain, part, left_text, right_text) in enumerate(steps):
            if number and not truth(here, value, span):
                return value
            right = part(here)
            if right.__class__ in SEQUENCES:
                here.run.pass_over(right, span, here)
            try:
                if right.__class__ is Instance and sign in LOOKING:
                    value = holds(here, right, left, span) is (sign == "in")
                else:
                    value = plain(left, right)
            except Exception as error:
                told = operators.explain(error, sign, left, right)
                raise failure(here, span, error, told, ((left_text, left), (right_text, right))) from None
            left = right
        if value.__class__ not in PLAIN:
            here.run.note(value, span, here)
        return value

    return evaluate


LOOKING = ("in", "not in")


def conditional(builder: Builder, node: ast.IfExp) -> Evaluate:
    test, span = builder.expression(node.test), builder.span(node.test)
    numbers = builder.block_number(node.body), builder.block_number(node.orelse)
    then, otherwise = builder.expression(node.body), builder.expression(node.orelse)

    def evaluate(here: Locals) -> Any:
        if truth(here, test(here), span):
            here.run.entered.add(numbers[0])
            return then(here)
        here.run.entered.add(numbers[1])
        return otherwise(here)

    return evaluate


def sequence(make: Callable[[list], Any]) -> Callable[[Builder, Any], Evaluate]:
    def build(builder: Builder, node: ast.Tuple | ast.List | ast.Set) -> Evaluate:
        if any(isinstance(item, ast.Starred) for item in node.elts):
            return _with_stars(builder, node, make)
        items, span, keys = [builder.expression(item) for item in node.elts], builder.span(node), make is set

        def evaluate(here: Locals) -> Any:
            values = [item(here) for item in items]
            if keys:
                check_keys(here, values, span)
            return make(values)

        return evaluate

    return build


def _with_stars(builder: Builder, node: Any, make: Callable[[list], Any]) -> Evaluate:
    collect, span = build_arguments(builder, node.elts), builder.span(node)

    def evaluate(here: Locals) -> Any:
        values = collect(here)
        if make is set:
            check_keys(here, values, span)
        return here.run.hold(make(values), span, here)

    return evaluate


def dictionary(builder: Builder, node: ast.Dict) -> Evaluate:
    span = builder.span(node)
    keys = [None if key is None else builder.expression(key) for key in node.keys]
    pairs = list(zip(keys, map(builder.expression, node.values)))

    def evaluate(here: Locals) -> Any:
        result: dict = {}
        for key, item in pairs:
            if key is None:
                more = item(here)
                if not isinstance(more, dict):
                    raise here.fail(
                        say(
                            "language.after-dictionary-comes-dictionary",
                            "After `**` in a dictionary comes a dictionary.",
                        ),
                        span,
                    )
                result.update(more)
            else:
                made = key(here)
                check_keys(here, [made], span)
                result[made] = item(here)
        return here.run.hold(result, span, here)

    return evaluate


def type_name(builder: Builder, node: ast.Call) -> Evaluate:
    """type(x).__name__, with the names that the libraries give their own."""
    value = builder.expression(node.args[0])
    tensor = {"torch": "Tensor", "jax": "ArrayImpl", "tensorflow": "EagerTensor"}.get(builder.library, "float64")

    def evaluate(here: Locals) -> str:
        found = value(here)
        if isinstance(found, Instance):
            return found.of.name
        if isinstance(found, Tensor):
            if builder.library in ("torch", "numpy"):
                return "ndarray" if builder.library == "numpy" and found.ndim else getattr(found, "called", tensor)
            return "ResourceVariable" if isinstance(found, Variable) else tensor
        if isinstance(found, GradFn):
            return found.name
        return type(found).__name__ if type(found) in PLAIN else kind_of(found).split()[-1]

    return evaluate


def attribute(builder: Builder, node: ast.Attribute) -> Evaluate:
    if is_type_name(node):
        return type_name(builder, node.value)  # type: ignore[arg-type]
    found = builder.constant_of(node)
    if found is not MISSING:
        return lambda here: found
    owner, span, wanted = builder.expression(node.value), builder.span(node), node.attr

    def evaluate(here: Locals) -> Any:
        held = owner(here)
        if held.__class__ is Instance and wanted in held.fields:
            return held.fields[wanted]
        value = attribute_of(here, held, wanted, span)
        if value.__class__ not in PLAIN:
            here.run.note(value, span, here)
        return value

    return evaluate


def walrus(builder: Builder, node: ast.NamedExpr) -> Evaluate:
    """name := value"""
    value, store = builder.expression(node.value), build_target(builder, node.target)

    def evaluate(here: Locals) -> Any:
        made = value(here)
        store(here, made)
        return made

    return evaluate


EXPRESSIONS: Table = {
    ast.Constant: constant, ast.Name: name, ast.BinOp: binary, ast.UnaryOp: unary, ast.BoolOp: boolean,
    ast.Compare: compare, ast.IfExp: conditional, ast.Tuple: sequence(tuple), ast.List: sequence(list),
    ast.Set: sequence(set), ast.Dict: dictionary, ast.Attribute: attribute, ast.Call: build_call,
    ast.Lambda: build_lambda, ast.Subscript: build_subscript, ast.Slice: build_slice, ast.JoinedStr: build_fstring,
    ast.NamedExpr: walrus, **COMPREHENSIONS,
}  # fmt: skip
