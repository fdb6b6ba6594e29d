"""List, set and dictionary comprehensions and generator expressions."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from core.basics.span import Span
from core.language.machine.chains import Generated, on_top
from core.language.machine.constructs.builder import Builder, Evaluate, Table
from core.language.machine.constructs.targets import build_target
from core.language.machine.constructs.truth import check_keys, truth
from core.language.machine.iteration import iterate
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal

Produce = Callable[[Locals, Any], Iterator[Any]]


def _start(builder: Builder, node: Any, results: list[ast.expr]) -> tuple[Evaluate, Produce, Span]:
    """The closure for what is gone through first, and that which then yields the values of the results.

    One tuple (or one value) per round.
    """
    outer, scope = builder.scope, builder.names.scopes[node]
    first = builder.expression(node.generators[0].iter)
    builder.scope = scope
    stages = []
    for number, part in enumerate(node.generators):
        source = first if number == 0 else builder.expression(part.iter)
        conditions = [(builder.expression(test), builder.span(test)) for test in part.ifs]
        stages.append(
            (source, builder.span(part.iter), build_target(builder, part.target), conditions, part.target.lineno)
        )
    values = [builder.expression(result) for result in results]
    builder.scope = outer

    def rounds(here: Locals, level: int, source: Any) -> Iterator[Any]:
        _, span, assign, conditions, line = stages[level]
        around = here.loop
        for number, item in enumerate(iterate(here, source, span), 1):
            here.loop = (*around, (line, number))
            assign(here, item)
            if all(truth(here, test(here), place) for test, place in conditions):
                if level + 1 < len(stages):
                    yield from rounds(here, level + 1, stages[level + 1][0](here))
                else:
                    yield values[0](here) if len(values) == 1 else (values[0](here), values[1](here))
        here.loop = around

    def produce(here: Locals, source: Any) -> Iterator[Any]:
        return rounds(Locals(here.run, here, here.calls, here.loop, here.sites), 0, source)

    return first, produce, builder.span(node)


def list_comprehension(builder: Builder, node: ast.ListComp) -> Evaluate:
    first, produce, span = _start(builder, node, [node.elt])
    return lambda here: here.run.hold(list(produce(here, first(here))), span, here)


def generator(builder: Builder, node: ast.GeneratorExp) -> Evaluate:
    first, produce, span = _start(builder, node, [node.elt])

    def evaluate(here: Locals) -> Generated:
        source = first(here)
        try:
            return on_top(Generated(produce(here, source)), (source,))
        except Refusal as refusal:
            raise here.fail(refusal.message, span, refusal.hint) from None

    return evaluate


def set_comprehension(builder: Builder, node: ast.SetComp) -> Evaluate:
    first, produce, span = _start(builder, node, [node.elt])

    def evaluate(here: Locals) -> set:
        values = list(produce(here, first(here)))
        check_keys(here, values, span)
        return here.run.hold(set(values), span, here)

    return evaluate


def dict_comprehension(builder: Builder, node: ast.DictComp) -> Evaluate:
    first, produce, span = _start(builder, node, [node.key, node.value])

    def evaluate(here: Locals) -> dict:
        pairs = list(produce(here, first(here)))
        check_keys(here, [key for key, _ in pairs], span)
        return here.run.hold(dict(pairs), span, here)

    return evaluate


COMPREHENSIONS: Table = {
    ast.ListComp: list_comprehension,
    ast.GeneratorExp: generator,
    ast.SetComp: set_comprehension,
    ast.DictComp: dict_comprehension,
}
