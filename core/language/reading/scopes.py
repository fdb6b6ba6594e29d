"""Which names belong to which function, by Python's rules. Works on the syntax tree alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from core.basics.errors import ProgramError
from core.basics.words import say
from core.language.reading.places import Places
from core.language.reading.walk import FIELDS

PYTHONS_OWN = frozenset((
    "super", "object", "property", "staticmethod", "classmethod", "ABC", "abstractmethod",
))  # fmt: skip
"""Names that mean something only where a class is defined, and are no values of a program."""
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.Lambda)


@dataclass(eq=False)
class Scope:
    """The names bound in the module, a class, a function, a lambda or a comprehension.

    `first` is the first parameter of a function, which in a method is the instance.
    """

    kind: str
    parent: Scope | None = None
    bound: set[str] = field(default_factory=set)
    globals: set[str] = field(default_factory=set)
    outer: set[str] = field(default_factory=set)
    first: str = ""

    def find(self, name: str) -> int | None:
        """How many functions out the name is bound; None when it is global or not bound at all."""
        if name in self.globals:
            return None
        scope: Scope | None = self
        depth = 0
        while scope is not None and scope.kind != "module":
            if name in scope.bound and (
                scope is not self and scope.kind != "class" or scope is self and name not in self.outer
            ):
                return depth
            scope, depth = scope.parent, depth + 1
        return None

    @property
    def module(self) -> Scope:
        """The outermost scope."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope


@dataclass
class Names:
    """What an analysis of the names found."""

    module: Scope
    scopes: dict[ast.AST, Scope] = field(default_factory=dict)
    loads: list[tuple[ast.Name, Scope]] = field(default_factory=list)
    stores: list[tuple[str, ast.AST, Scope]] = field(default_factory=list)
    callees: set[ast.AST] = field(default_factory=set)
    roots: set[ast.AST] = field(default_factory=set)
    attributes: list[tuple[ast.AST, Scope]] = field(default_factory=list)
    changes_elements: bool = False
    has_torch_methods: bool = False
    updated: set[str] = field(default_factory=set)
    plain: set[ast.AST] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)

    @cached_property
    def global_loads(self) -> list[tuple[ast.Name, Scope]]:
        """The names read that no function binds, in the order of the text."""
        found = [(node, scope) for node, scope in self.loads if scope.find(node.id) is None]
        return sorted(found, key=lambda pair: (pair[0].lineno, pair[0].col_offset))


def analyse(tree: ast.Module, places: Places) -> Names:
    """Find every scope and what it binds."""
    names = Names(Scope("module"))
    visitor = _Visitor(names, places)
    for statement in tree.body:
        visitor.visit(statement, names.module)
    if names.updated and not names.changes_elements:
        names.changes_elements = any(name in names.updated for name in _may_be_arrays(names))
    return names


def _may_be_arrays(names: Names) -> Iterator[str]:
    """The names that are bound to something else than a number."""
    yield from names.parameters
    yield from (name for name, node, _ in names.stores if node not in names.plain)


def _changes_its_owner(method: str) -> bool:
    """Whether a method of that name changes arrays: NumPy's `fill`, PyTorch's `add_` and its like, `step`."""
    ends = method.endswith("_") and not method.startswith("_") and method != "requires_grad_"
    return ends or method in ("fill", "step")


class _Visitor:
    def __init__(self, names: Names, places: Places) -> None:
        self.names = names
        self.places = places

    def visit(self, node: ast.AST, scope: Scope) -> None:
        method = VISITS.get(node.__class__)
        if method is not None:
            method(self, node, scope)
        else:
            self.children(node, scope)

    def children(self, node: ast.AST, scope: Scope) -> None:
        for name in FIELDS[node.__class__]:
            value = getattr(node, name, None)
            if value.__class__ is list:
                for item in value:
                    if item is not None:
                        self.visit(item, scope)
            elif value is not None:
                self.visit(value, scope)

    def bind(self, name: str, node: ast.AST, scope: Scope) -> None:
        target = scope.module if name in scope.globals else scope
        if name not in scope.outer:
            target.bound.add(name)
        self.names.stores.append((name, node, target))

    def Constant(self, node: ast.Constant, scope: Scope) -> None:
        """Has no names."""

    def Name(self, node: ast.Name, scope: Scope) -> None:
        if isinstance(node.ctx, ast.Load) and node.id in PYTHONS_OWN and node.id not in scope.module.bound:
            return
        if isinstance(node.ctx, ast.Load):
            self.names.loads.append((node, scope))
            if node not in self.names.roots:
                self.names.attributes.append((node, scope))
        else:
            self.bind(node.id, node, scope)

    def BinOp(self, node: ast.BinOp, scope: Scope) -> None:
        right = []
        while isinstance(node, ast.BinOp):
            right.append(node.right)
            node = node.left  # type: ignore[assignment]
        for part in (node, *reversed(right)):
            self.visit(part, scope)

    def Subscript(self, node: ast.Subscript, scope: Scope) -> None:
        if isinstance(node.ctx, ast.Store):
            self.names.changes_elements = True
        self.children(node, scope)

    def Assign(self, node: ast.Assign, scope: Scope) -> None:
        if isinstance(node.value, ast.Constant):
            self.names.plain.update(node.targets)
        self.children(node, scope)

    def AugAssign(self, node: ast.AugAssign, scope: Scope) -> None:
        if isinstance(node.target, ast.Name):
            self.names.updated.add(node.target.id)
            self.names.plain.add(node.target)
            self.names.loads.append((ast.copy_location(ast.Name(node.target.id, ast.Load()), node.target), scope))
        else:
            self.names.changes_elements = True
        self.children(node, scope)

    def Call(self, node: ast.Call, scope: Scope) -> None:
        self.names.callees.add(node.func)
        self.children(node, scope)

    def Attribute(self, node: ast.Attribute, scope: Scope) -> None:
        self.names.roots.add(node.value)
        if _changes_its_owner(node.attr):
            self.names.changes_elements = True
            self.names.has_torch_methods |= node.attr.endswith("_")
        if node not in self.names.roots:
            self.names.attributes.append((node, scope))
        self.children(node, scope)

    def AnnAssign(self, node: ast.AnnAssign, scope: Scope) -> None:
        self.visit(node.target, scope)
        if node.value is not None:
            self.visit(node.value, scope)

    def Import(self, node: ast.Import, scope: Scope) -> None:
        for alias in node.names:
            self.bind(alias.asname or alias.name.split(".")[0], node, scope.module)

    def ImportFrom(self, node: ast.ImportFrom, scope: Scope) -> None:
        for alias in node.names:
            if alias.name != "*":
                self.bind(alias.asname or alias.name, node, scope.module)

    def Global(self, node: ast.Global, scope: Scope) -> None:
        scope.globals.update(node.names)

    def Nonlocal(self, node: ast.Nonlocal, scope: Scope) -> None:
        for name in node.names:
            if scope.parent is None or scope.parent.find(name) is None:
                message = say(
                    "language.no-function-around-one", "No function around this one has a name `{name}`.", name=name
                )
                raise ProgramError(
                    message,
                    self.places.of(node),
                    say("language.write-global-names-top", "Write `global` for names of the top level."),
                )
        scope.outer.update(node.names)

    def FunctionDef(self, node: ast.FunctionDef, scope: Scope) -> None:
        self.bind(node.name, node, scope)
        for decorator in node.decorator_list:
            self.visit(decorator, scope)
        self.function(node, node.body, scope, "function")

    def ClassDef(self, node: ast.ClassDef, scope: Scope) -> None:
        self.bind(node.name, node, scope)
        for part in (*node.decorator_list, *node.bases):
            self.visit(part, scope)
        inner = self.names.scopes[node] = Scope("class", scope)
        for statement in node.body:
            self.visit(statement, inner)

    def NamedExpr(self, node: ast.NamedExpr, scope: Scope) -> None:
        """A walrus in a comprehension gives its name to the function around it."""
        self.visit(node.value, scope)
        while scope.kind == "comprehension" and scope.parent is not None:
            scope = scope.parent
        self.visit(node.target, scope)

    def ExceptHandler(self, node: ast.ExceptHandler, scope: Scope) -> None:
        if node.name is not None:
            self.bind(node.name, node, scope)
        self.children(node, scope)

    def MatchAs(self, node: ast.MatchAs, scope: Scope) -> None:
        if node.name is not None:
            self.bind(node.name, node, scope)
        self.children(node, scope)

    def MatchStar(self, node: ast.MatchStar, scope: Scope) -> None:
        if node.name is not None:
            self.bind(node.name, node, scope)

    def MatchMapping(self, node: ast.MatchMapping, scope: Scope) -> None:
        if node.rest is not None:
            self.bind(node.rest, node, scope)
        self.children(node, scope)

    def Lambda(self, node: ast.Lambda, scope: Scope) -> None:
        self.function(node, [node.body], scope, "lambda")

    def function(self, node: ast.FunctionDef | ast.Lambda, body: list, scope: Scope, kind: str) -> None:
        arguments = node.args
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default is not None:
                self.visit(default, scope)
        inner = self.names.scopes[node] = Scope(kind, scope)
        positional = (*arguments.posonlyargs, *arguments.args)
        inner.first = positional[0].arg if positional else ""
        inner.bound.update(parameter.arg for parameter in parameters(arguments))
        self.names.parameters.update(inner.bound)
        for declaration in declarations(body):
            self.visit(declaration, inner)
        for part in body:
            if not isinstance(part, ast.Global | ast.Nonlocal):
                self.visit(part, inner)

    def comprehension(self, node: ast.AST, scope: Scope) -> None:
        inner = self.names.scopes[node] = Scope("comprehension", scope)
        first = True
        for part in node.generators:  # type: ignore[attr-defined]
            self.visit(part.iter, scope if first else inner)
            self.visit(part.target, inner)
            for condition in part.ifs:
                self.visit(condition, inner)
            first = False
        for name in ("key", "value", "elt"):
            if hasattr(node, name):
                self.visit(getattr(node, name), inner)


VISITS = {
    **{getattr(ast, name): method for name, method in vars(_Visitor).items() if name[0].isupper()},
    **dict.fromkeys(COMPREHENSIONS, _Visitor.comprehension),
}


def parameters(arguments: ast.arguments) -> list[ast.arg]:
    """All parameters of a function, in order."""
    extra = [arguments.vararg, *arguments.kwonlyargs, arguments.kwarg]
    return [*arguments.posonlyargs, *arguments.args, *(part for part in extra if part is not None)]


def declarations(body: list) -> list[ast.stmt]:
    """The `global` and `nonlocal` lines of a function's own body."""
    return [node for node in body if isinstance(node, ast.Global | ast.Nonlocal)]
