"""List, set and dictionary comprehensions and generator expressions."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from core.basics.span import Span
from core.language.machine.constructs.builder import Builder, Evaluate, Table
from core.language.machine.constructs.targets import build_target
from core.language.machine.constructs.truth import check_keys, truth
from core.language.machine.iteration import iterate
from core.language.machine.locals import Frame

Produce = Callable[[Frame], Iterator[Any]]


def _start(builder: Builder, node: Any, results: list[ast.expr]) -> tuple[Callable[[Frame], Iterator[Any]], Span]:
    """The closure that yields the values of the results, one tuple (or one value) per round."""
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

    def rounds(frame: Frame, level: int, source: Any) -> Iterator[Any]:
        _, span, assign, conditions, line = stages[level]
        around = frame.loop
        for number, item in enumerate(iterate(frame, source, span), 1):
            frame.loop = (*around, (line, number))
            assign(frame, item)
            if all(truth(frame, test(frame), place) for test, place in conditions):
                if level + 1 < len(stages):
                    yield from rounds(frame, level + 1, stages[level + 1][0](frame))
                else:
                    yield values[0](frame) if len(values) == 1 else (values[0](frame), values[1](frame))
        frame.loop = around

    def produce(frame: Frame) -> Iterator[Any]:
        inner = Frame(frame.run, frame, frame.calls, frame.loop, frame.sites)
        return rounds(inner, 0, stages[0][0](frame))

    return produce, builder.span(node)


def list_comprehension(builder: Builder, node: ast.ListComp) -> Evaluate:
    produce, span = _start(builder, node, [node.elt])
    return lambda frame: frame.run.hold(list(produce(frame)), span, frame)


def generator(builder: Builder, node: ast.GeneratorExp) -> Evaluate:
    produce, _ = _start(builder, node, [node.elt])
    return produce


def set_comprehension(builder: Builder, node: ast.SetComp) -> Evaluate:
    produce, span = _start(builder, node, [node.elt])

    def evaluate(frame: Frame) -> set:
        values = list(produce(frame))
        check_keys(frame, values, span)
        return set(values)

    return evaluate


def dict_comprehension(builder: Builder, node: ast.DictComp) -> Evaluate:
    produce, span = _start(builder, node, [node.key, node.value])

    def evaluate(frame: Frame) -> dict:
        pairs = list(produce(frame))
        check_keys(frame, [key for key, _ in pairs], span)
        return dict(pairs)

    return evaluate


COMPREHENSIONS: Table = {
    ast.ListComp: list_comprehension,
    ast.GeneratorExp: generator,
    ast.SetComp: set_comprehension,
    ast.DictComp: dict_comprehension,
}
