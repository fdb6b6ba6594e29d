"""Reads a program's text and follows what each value is computed from, without running it.

Branches that the run did not enter are left out; loops are gone through twice; functions are followed where they are
called. What expressions mean stands in `expressions`. Knows the program's syntax tree, no tape and no values.
"""

import ast
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from core.language.reading.places import Places
from core.why.cuts import DECIDES, cut_of_node
from core.why.values import FLOWS, Link, Links, ReadTape, Value, merged, through


class Query(NamedTuple):
    """A gradient that the text asks one of its tapes for."""

    tape: ReadTape
    target: Value
    source: Value
    source_text: str
    link: Link | None
    node: ast.AST


class Overwritten(NamedTuple):
    """A name that lost its connection with a source when it was assigned again."""

    name: str
    node: ast.AST


@dataclass(frozen=True, eq=False)
class Scope:
    """The names of a function's call, and those of where it was written."""

    names: dict[str, Value]
    parent: "Scope | None" = None

    def find(self, name: str) -> Value | None:
        """The value of the name here or further out."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return None


class Reading:
    """One reading of a program; afterwards `target`, `queries` and `overwritten` are known."""

    def __init__(self, program: Any, skipped: tuple[Any, ...] = ()) -> None:
        self.program = program
        self.places = Places(program.text)
        self.skipped = set(skipped)
        self.scope = Scope({})
        self.tapes: list[ReadTape] = []
        self.queries: list[Query] = []
        self.overwritten: dict[str, Overwritten] = {}
        self.choices: list[Value] = []  # of which the text does not say which operand was taken
        self.deciding: list[Value] = []
        self.returned: list[list[Value]] = []
        self.depth = self.looping = 0
        self.backward: Value | None = None
        self.last = Value()
        self._read()

    def _read(self) -> None:
        kinds = {one.name: one.kind for one in self.program.inputs}
        self.scope.names.update(
            {name: Value(source=name) for name, kind in kinds.items() if kind in ("free", "parameter")}
        )
        self.block(self.program.tree.body)
        entry = self.program.interface.main_function
        if entry is not None:
            function = self.scope.find(entry.name)
            arguments = {name: Value(source=name) for name, kind in kinds.items() if kind == "parameter"}
            if function is not None:
                self.last = self.call(function, [], arguments, entry)

    def target(self, name: str = "") -> Value:
        """The value of the output, or of the name that is differentiated."""
        wanted = name or ("" if self.program.interface.main_function else self.program.output)
        return (self.scope.find(wanted) if wanted else None) or self.last

    # -- statements ----------------------------------------------------------------------------------------------

    def block(self, statements: list[ast.stmt]) -> None:
        """Read statements in order; if the run never entered them, what they would change was decided here."""
        if statements and not self.entered(statements):
            names = self.scope.names
            stored = {part for one in statements for part in _stored_names(one)}
            names.update({name: self.decided(names[name]) for name in stored if name in names})
            return
        for statement in statements:
            self.statement(statement)

    def entered(self, block: list[ast.stmt] | ast.expr) -> bool:
        """Whether the run came to this block or branch."""
        span = self.places.block(block) if isinstance(block, list) else self.places.of(block)
        return span not in self.skipped

    def statement(self, node: ast.stmt) -> None:
        """Read one statement."""
        match node:
            case ast.Assign(targets=targets, value=value):
                read = self.expression(value)
                for target in targets:
                    self.bind(target, read, node)
            case ast.AnnAssign(target=target, value=value) if value is not None:
                self.bind(target, self.expression(value), node)
            case ast.AugAssign(target=target, value=value):
                operands = [self.expression(target), self.expression(value)]
                cut = cut_of_node(ast.BinOp(target, node.op, value))
                self.bind(target, through(operands, node, cut, self.tapes), node)
            case ast.Expr(value=value):
                self.last = self.expression(value)
            case ast.Return(value=value) if self.returned:
                self.returned[-1].append(self.decided(self.expression(value)) if value else Value())
            case ast.If(test=test, body=body, orelse=orelse):
                self._branch(self.expression(test), body, orelse)
            case ast.For() | ast.While():
                self._loop(node)
            case ast.With():
                self._with(node)
            case ast.FunctionDef(name=name):
                self.scope.names[name] = Value(kind="function", content=(node, self.scope))

    def _branch(self, test: Value, body: list[ast.stmt], orelse: list[ast.stmt]) -> None:
        self.deciding.append(test)
        before = dict(self.scope.names)
        entered = [block for block in (body, orelse) if block and self.entered(block)]
        outcomes = [before] if self.looping and not orelse else []
        for block in entered or [body]:
            self.block(block)
            outcomes.append(dict(self.scope.names))
            self.scope.names.clear()
            self.scope.names.update(before)
        if not any(isinstance(part, ast.Return) for one in (*body, *orelse) for part in ast.walk(one)):
            self.deciding.pop()  # else it decides about the rest of the function too
        for name in dict.fromkeys(name for one in outcomes for name in one):
            self.scope.names[name] = merged([one[name] for one in outcomes if name in one])

    def _loop(self, node: ast.For | ast.While) -> None:
        self.looping += 1
        for _ in range(2 if self.entered(node.body) else 1):
            if isinstance(node, ast.For):
                self.bind(node.target, self.expression(node.iter), node)
                self.block(node.body)
            else:
                self.deciding.append(self.expression(node.test))
                self.block(node.body)
                self.deciding.pop()
        self.looping -= 1
        self.block(node.orelse)

    def _with(self, node: ast.With) -> None:
        before = [(tape, tape.recording) for tape in self.tapes]
        for item in node.items:
            opened = self.expression(item.context_expr)
            if opened.kind == "tape":
                opened.content.recording = True
            elif opened.kind == "pause":
                for tape in opened.content:
                    tape.recording = False
            if item.optional_vars is not None:
                self.bind(item.optional_vars, opened, node)
        self.block(node.body)
        known = dict(before)
        for tape in self.tapes:
            tape.recording = known.get(tape, False)

    # -- names ---------------------------------------------------------------------------------------------------

    def bind(self, target: ast.expr, value: Value, node: ast.AST) -> None:
        """Give the value to a name, to several, or to a part of one."""
        match target:
            case ast.Name(id=name):
                self._bind_name(name, target, value, node)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                items = value.content if value.kind == "list" and len(value.content) == len(parts) else None
                for place, part in enumerate(parts):
                    self.bind(part, items[place] if items else through([value], node, None, self.tapes), node)
            case ast.Subscript(value=owner) | ast.Starred(value=owner):
                root = owner
                while isinstance(root, ast.Subscript | ast.Attribute):
                    root = root.value
                if isinstance(root, ast.Name):
                    old = self.scope.find(root.id)
                    self.scope.names[root.id] = through([old, value] if old else [value], node, None, self.tapes)

    def _bind_name(self, name: str, target: ast.Name, value: Value, node: ast.AST) -> None:
        owner = self.program.interface.sources.get(target)
        if owner is not None:
            variables = {one.name for one in self.program.inputs if one.kind == "variable" and one.watched}
            kind = "variable" if owner in variables else ""
            self.scope.names[name] = Value(source=owner, kind=kind, node=target)
            return
        old = self.scope.names.get(name)
        value = self.decided(value)
        if old is not None and old is not value:
            self._notice_loss(name, old, value, node)
            if old.kind == "variable" and value.kind != "variable" or old.former:
                value = replace(value, former=old.former or old.source)
        if value.kind in ("", "list"):
            value = self._named(source_of(name, node), value)
        self.scope.names[name] = value

    def _named(self, source: str, value: Value) -> Value:
        """The value as something that a tape can be asked about; another name for a source is remembered with it."""
        if value.source:
            return replace(value, links={**value.links, source: FLOWS})
        for tape in self.tapes:
            links = value.taped.get(tape, {})
            if tape.recording and any(link.flows for link in links.values()):
                tape.watched.add(source)
        return replace(value, source=source)

    def _notice_loss(self, name: str, old: Value, new: Value, node: ast.AST) -> None:
        for source in old.sources():
            link = old.link(source)
            if link is not None and link.flows and new.link(source) is None:
                self.overwritten[source] = Overwritten(name, node)

    def decided(self, value: Value) -> Value:
        """The value with what decided that it is computed at all."""
        more: Links = {}
        for test in self.deciding:
            for source in test.sources():
                if value.link(source) is None:
                    cut = test.link(source)
                    more[source] = Link(DECIDES, cut.node if cut and cut.node else test.node)
        return replace(value, links={**value.links, **more}) if more else value

    # -- calls ---------------------------------------------------------------------------------------------------

    def call(self, function: Value, given: list[Value], named: dict[str, Value], node: ast.AST) -> Value:
        """What a function of the program returns for these arguments."""
        definition, home = function.content
        if self.depth >= 5:
            return through([*given, *named.values()], node, None, self.tapes)
        outer, self.scope = self.scope, Scope(self._bound(definition.args, given, named), home)
        deciding, self.depth = len(self.deciding), self.depth + 1
        try:
            return self._body(definition)
        finally:
            del self.deciding[deciding:]
            self.scope, self.depth = outer, self.depth - 1

    def _body(self, definition: Any) -> Value:
        if isinstance(definition, ast.Lambda):
            return self.expression(definition.body)
        self.returned.append([])
        self.block(definition.body)
        returned = self.returned.pop()
        return merged(returned) if returned else Value()

    def _bound(self, arguments: ast.arguments, given: list[Value], named: dict[str, Value]) -> dict[str, Value]:
        positional = [*arguments.posonlyargs, *arguments.args]
        names = [one.arg for one in positional]
        bound = dict(zip(names, given))
        defaults = dict(zip(reversed(names), reversed(arguments.defaults)))
        bound |= {name: self.expression(one) for name, one in defaults.items() if name not in bound}
        bound |= {
            one.arg: self.expression(default)
            for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults)
            if default is not None
        }
        if arguments.vararg:
            rest = given[len(names) :]
            bound[arguments.vararg.arg] = replace(through(rest, arguments, None, self.tapes), kind="list", content=rest)
        return bound | named

    # -- expressions ---------------------------------------------------------------------------------------------

    def expression(self, node: ast.AST) -> Value:
        """What an expression is computed from."""
        from core.why.expressions import read

        return read(self, node)


def source_of(name: str, node: ast.AST) -> str:
    """The name of an intermediate value as a source: the name it was given, and where."""
    return f"{name}@{getattr(node, 'lineno', 0)}"


def _stored_names(node: ast.AST) -> list[str]:
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
