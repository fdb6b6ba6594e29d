"""What each value is computed from, as the values of a walk over a program; on which inputs, and where it is cut off.

Knows the program's syntax tree and which blocks the run entered; knows no tape that really recorded, and no numbers.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from core.basics.span import Span
from core.language.abstract.cutting import COUNTS, DECIDES, cut_of_argument, cut_of_call, cut_of_node, path_called
from core.language.abstract.domain import Call, Domain, Function, Reader
from core.language.abstract.links import FLOWS, Findings, Link, Links, Overwritten, Value, merged
from core.language.abstract.opened_tapes import special, torch_gradient
from core.language.abstract.roles import used_as
from core.language.interface.inputs import Input
from core.language.reading.places import Places

CHOOSING = ("max", "min", "sorted", "next", "pop")


class DependenceDomain(Domain[Value]):
    """The domain of links; `found` is what was noticed on the way."""

    passes = 2  # what one pass of a loop stores, the next one reads
    deepest = 5
    patience = math.inf

    def __init__(
        self, inputs: Iterable[Input], places: Places, skipped: Iterable[Span] = (), library: str = "numpy"
    ) -> None:
        self.found = Findings()
        self._places = places
        self._library = library
        self._skipped = set(skipped)
        self._variables = {one.name for one in inputs if one.kind == "variable" and one.watched}

    def unknown(self, node: ast.AST | None = None) -> Value:
        return Value(node=node)

    def input(self, name: str, node: ast.AST | None = None) -> Value:
        return Value(source=name, kind="variable" if name in self._variables else "", node=node)

    def function(self, function: Function) -> Value:
        return Value(kind="function", content=function)

    def function_in(self, value: Value) -> Function | None:
        return value.content if value.kind == "function" else None

    # -- operations ----------------------------------------------------------------------------------------------

    def operation(self, node: ast.AST, operands: list[Value]) -> Value:
        return self.found.through(operands, node, cut_of_node(node))

    def join(self, values: list[Value], node: ast.AST) -> Value:
        return merged(values)

    def several(self, node: ast.AST, items: list[Value]) -> Value:
        return replace(self.found.through(items, node), kind="list", content=items)

    def collected(self, node: ast.expr, item: Value) -> Value:
        return self.found.through([item], node)

    def attribute(self, node: ast.Attribute, owner: Value) -> Value:
        return torch_gradient(self.found, owner, node) if node.attr == "grad" else self.operation(node, [owner])

    def index(self, node: ast.Subscript, owner: Value, where: list[Value]) -> Value:
        match node.slice:
            case ast.Constant(value=int(place)) if owner.kind == "list" and abs(place) < len(owner.content):
                return owner.content[place]
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        picked = [used_as(self.found, one, COUNTS, part, node) for one, part in zip(where, parts)]
        item = self.found.through([owner, *picked], node)
        if owner.kind == "list":
            self.found.choices.append(item)
        return item

    def call(self, walk: Reader[Value], call: Call[Value]) -> Value:
        """A function of ours, or one of the program that was handed to one of ours."""
        concerns_tapes = special(self.found, walk, call)
        if concerns_tapes is not None:
            return concerns_tapes
        operands = [*([] if call.owner is None else [call.owner]), *self._given(call)]
        plain = [one for one in operands if one.kind != "function"]
        functions = [one for one in operands if one.kind == "function"]
        if functions and not plain:
            return functions[0]  # grad(f), which is called as f is
        if functions:
            plain = [walk.follow(functions[0].content, plain, {}, call.node)]
        value = self.found.through(plain, call.node, cut_of_call(call.name, call.node, self._library))
        if call.name in CHOOSING:
            self.found.choices.append(value)
        return value

    def _given(self, call: Call[Value]) -> list[Value]:
        """What is handed to a call, each as it is used there: an argument that only decides or counts is cut."""
        path = path_called(call.node.func)
        keywords = {item.arg or "": item.value for item in call.node.keywords}
        places: list[tuple[int | str, Value, ast.expr]] = [
            *((place, value, node) for place, (value, node) in enumerate(zip(call.given, call.node.args))),
            *((name, value, keywords[name]) for name, value in call.named.items()),
        ]
        return [
            value if (cut := cut_of_argument(path, place)) is None else used_as(self.found, value, cut, node, call.node)
            for place, value, node in places
        ]

    # -- names ---------------------------------------------------------------------------------------------------

    def pieces(self, value: Value, targets: list[ast.expr], node: ast.AST) -> list[Value]:
        if value.kind == "list" and len(value.content) == len(targets):
            return value.content
        return [self.found.through([value], node) for _ in targets]

    def stored(
        self, walk: Reader[Value], target: ast.expr, old: Value | None, value: Value, node: ast.AST
    ) -> Value | None:
        return self.found.through([old, value] if old is not None else [value], node)

    def bound(self, name: str, old: Value | None, value: Value, node: ast.AST) -> Value:
        if old is not None and old is not value:
            self._notice_loss(name, old, value, node)
            if old.kind == "variable" and value.kind != "variable" or old.former:
                value = replace(value, former=old.former or old.source)
        return self._named(source_of(name, node), value) if value.kind in ("", "list") else value

    def _named(self, source: str, value: Value) -> Value:
        """The value as something that a tape can be asked about; another name for a source is remembered with it."""
        if value.source:
            return replace(value, links={**value.links, source: FLOWS})
        for tape in self.found.tapes:
            links = value.taped.get(tape, {})
            if tape.recording and any(link.flows for link in links.values()):
                tape.watched.add(source)
        return replace(value, source=source)

    def _notice_loss(self, name: str, old: Value, new: Value, node: ast.AST) -> None:
        for source in old.sources():
            link = old.link(source)
            if link is not None and link.flows and new.link(source) is None:
                self.found.overwritten[source] = Overwritten(name, node)

    # -- what the run did ----------------------------------------------------------------------------------------

    def entered(self, block: list[ast.stmt] | ast.expr) -> bool:
        span = self._places.block(block) if isinstance(block, list) else self._places.of(block)
        return span not in self._skipped

    def decided(self, value: Value, tests: list[Value]) -> Value:
        more: Links = {}
        for test in tests:
            for source in test.sources():
                if value.link(source) is None:
                    cut = test.link(source)
                    more[source] = Link(DECIDES, cut.node if cut and cut.node else test.node)
        return replace(value, links={**value.links, **more}) if more else value

    @contextmanager
    def within(self, opened: list[Value]) -> Iterator[None]:
        """Tapes that are opened record, those that are paused do not; afterwards all is as it was before."""
        before = {tape: tape.recording for tape in self.found.tapes}
        for one in opened:
            if one.kind == "tape":
                one.content.recording = True
            elif one.kind == "pause":
                for tape in one.content:
                    tape.recording = False
        yield
        for tape in self.found.tapes:
            tape.recording = before.get(tape, False)


def source_of(name: str, node: ast.AST) -> str:
    """The name of an intermediate value as a source: the name it was given, and where."""
    return f"{name}@{getattr(node, 'lineno', 0)}"
