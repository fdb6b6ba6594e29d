"""One walk over a program's syntax tree that computes with abstract values instead of numbers.

It knows what statements, names, branches, loops, comprehensions and calls do; what values are, the domain says that is
handed in: shapes (`shapes`), or what each value is computed from (`dependence`). Branches that the run did not enter
are left out, functions are followed where they are called. What it does not understand it passes over: a reading may
be modest, but never an error. Runs nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Generic

from core.language.abstract.domain import Call, Domain, Function, Scope, V
from core.language.interface.inputs import Interface
from core.language.names.namespaces import ROOTS


class Walk(Generic[V]):
    """One reading of a program in a domain; `scope` are the names at the line where the walk is."""

    def __init__(self, domain: Domain[V], interface: Interface) -> None:
        self.domain = domain
        self.interface = interface
        self.scope: Scope[V] = Scope()
        self.last = domain.unknown()
        self._left = domain.patience
        self._tests: list[V] = []  # what decides whether the present line runs at all
        self._returned: list[list[V]] = []
        self._depth = self._looping = 0

    def read(self, tree: ast.Module) -> None:
        """Read the whole program, and then the function whose parameters are inputs."""
        inputs = {one.name: self.domain.input(one.name) for one in self.interface.inputs if one.kind in _OUTSIDE}
        self.scope.names.update(inputs)
        self.block(tree.body)
        main = self.interface.main_function
        function = self._function_named(main.name) if main is not None else None
        if main is not None and function is not None:
            parameters = [one.name for one in self.interface.inputs if one.kind == "parameter"]
            self.last = self.follow(function, [], {name: self.domain.input(name) for name in parameters}, main)

    def value_of(self, name: str) -> V:
        """The value of a name of the top level after the reading; without one that of the last expression."""
        found = self.scope.find(name) if name else None
        return self.last if found is None else found

    # -- statements ----------------------------------------------------------------------------------------------

    def block(self, statements: list[ast.stmt]) -> None:
        """Read statements in order; if the run never entered them, what they would change was decided here."""
        if statements and not self.domain.entered(statements):
            names = self.scope.names
            stored = {part for one in statements for part in _stored_names(one)}
            names.update({name: self._decided(names[name]) for name in stored if name in names})
            return
        for statement in statements:
            self._statement(statement)

    def _statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                made = self.value(value)
                for target in targets:
                    self._bind(target, made, node)
            case ast.AnnAssign(target=target, value=value) if value is not None:
                self._bind(target, self.value(value), node)
            case ast.AugAssign(target=target, value=value):
                self._bind(target, self.domain.operation(node, [self.value(target), self.value(value)]), node)
            case ast.Expr(value=value):
                self.last = self.value(value)
            case ast.Return(value=value) if self._returned:
                made = self._decided(self.value(value)) if value is not None else self.domain.unknown()
                self._returned[-1].append(made)
            case ast.If():
                self._branch(node)
            case ast.For() | ast.While():
                self._loop(node)
            case ast.With():
                self._with(node)
            case ast.FunctionDef(name=name):
                self.scope.names[name] = self.domain.function(Function(node, self.scope))

    def _branch(self, node: ast.If) -> None:
        """Each branch starts from the names before it; afterwards a name may have the value of any of them."""
        self._tests.append(self.value(node.test))
        names, before = self.scope.names, dict(self.scope.names)
        entered = [block for block in (node.body, node.orelse) if block and self.domain.entered(block)]
        outcomes = [before] if self._looping and not node.orelse else []
        for block in entered or [node.body]:
            self.block(block)
            outcomes.append(dict(names))
            names.clear()
            names.update(before)
        if not any(isinstance(part, ast.Return) for one in (*node.body, *node.orelse) for part in ast.walk(one)):
            self._tests.pop()  # else it decides about the rest of the function too
        for name in dict.fromkeys(name for one in outcomes for name in one):
            names[name] = self.domain.join([one[name] for one in outcomes if name in one], node)

    def _loop(self, node: ast.For | ast.While) -> None:
        self._looping += 1
        for _ in range(self.domain.passes if self.domain.entered(node.body) else 1):
            if isinstance(node, ast.For):
                self._bind(node.target, self.domain.item(self.value(node.iter)), node)
                self.block(node.body)
            else:
                self._tests.append(self.value(node.test))
                self.block(node.body)
                self._tests.pop()
        self._looping -= 1
        self.block(node.orelse)

    def _with(self, node: ast.With) -> None:
        opened = [self.value(item.context_expr) for item in node.items]
        with self.domain.within(opened):
            for item, value in zip(node.items, opened):
                if item.optional_vars is not None:
                    self._bind(item.optional_vars, value, node)
            self.block(node.body)

    # -- names ---------------------------------------------------------------------------------------------------

    def _bind(self, target: ast.expr, value: V, node: ast.AST) -> None:
        """Give the value to a name, to several, or to a part of one."""
        match target:
            case ast.Name(id=name):
                self.scope.names[name] = self._bound(target, value, node)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part, piece in zip(parts, self.domain.pieces(value, parts, node)):
                    self._bind(part, piece, node)
            case ast.Starred(value=inner):
                self._bind(inner, value, node)
            case ast.Subscript():
                owner: ast.expr = target
                while isinstance(owner, ast.Subscript | ast.Attribute):
                    owner = owner.value
                if isinstance(owner, ast.Name):
                    changed = self.domain.stored(self, target, self.scope.find(owner.id), value, node)
                    if changed is not None:
                        self.scope.names[owner.id] = changed

    def _bound(self, target: ast.Name, value: V, node: ast.AST) -> V:
        source = self.interface.sources.get(target)
        if source is not None:  # what the text gives here, the point gives
            return self.domain.input(source, target)
        return self.domain.bound(target.id, self.scope.find(target.id), self._decided(value), node)

    def _decided(self, value: V) -> V:
        return self.domain.decided(value, self._tests) if self._tests else value

    # -- expressions ---------------------------------------------------------------------------------------------

    def value(self, node: ast.expr) -> V:
        """The value of an expression."""
        self._left -= 1
        if self._left < 0:
            return self.domain.unknown(node)
        match node:
            case ast.Name(id=name):
                found = self.scope.find(name)
                return self.domain.unknown(node) if found is None else found
            case ast.Constant():
                return self.domain.unknown(node)
            case ast.BinOp():
                return self._chain(node)
            case ast.Call():
                return self._call(node)
            case ast.Attribute(value=owner):
                return self.domain.attribute(node, self.value(owner))
            case ast.Subscript(value=owner, slice=index):
                parts = index.elts if isinstance(index, ast.Tuple) else [index]
                return self.domain.index(node, self.value(owner), [self.value(part) for part in parts])
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                return self.domain.several(node, [self.value(part) for part in parts])
            case ast.IfExp():
                return self._choice(node)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                return self._comprehension(node)
            case ast.Lambda():
                return self.domain.function(Function(node, self.scope))
            case ast.NamedExpr(target=target, value=inner):
                made = self.value(inner)
                self._bind(target, made, node)
                return made
        operands = [self.value(part) for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
        return self.domain.operation(node, operands)

    def _chain(self, node: ast.BinOp) -> V:
        """Operators from left to right, however long the chain is."""
        chain = [node]
        while isinstance(chain[-1].left, ast.BinOp):
            chain.append(chain[-1].left)
        value = self.value(chain[-1].left)
        for part in reversed(chain):
            value = self.domain.operation(part, [value, self.value(part.right)])
        return value

    def _choice(self, node: ast.IfExp) -> V:
        self._tests.append(self.value(node.test))
        branches = [one for one in (node.body, node.orelse) if self.domain.entered(one)]
        values = [self._decided(self.value(one)) for one in branches]
        self._tests.pop()
        return self.domain.join(values, node) if values else self.domain.unknown()

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> V:
        outer, self.scope = self.scope, Scope({}, self.scope)
        for part in node.generators:
            self._bind(part.target, self.domain.item(self.value(part.iter)), node)
            for condition in part.ifs:
                self.value(condition)
        item = self.value(node.value if isinstance(node, ast.DictComp) else node.elt)
        self.scope = outer
        return self.domain.collected(node, item)

    # -- calls ---------------------------------------------------------------------------------------------------

    def _call(self, node: ast.Call) -> V:
        callee, owner, own = node.func, None, None
        if isinstance(callee, ast.Attribute):
            owner = None if self._is_namespace(callee.value) else self.value(callee.value)
        elif isinstance(callee, ast.Name):
            own = self._function_named(callee.id)
        else:
            own = self.domain.function_in(self.value(callee))  # f(a)(x)
        given = [self._argument(one) for one in node.args]
        named = {one.arg or "": self.value(one.value) for one in node.keywords}
        if own is not None:
            return self.follow(own, given, named, node)
        return self.domain.call(self, Call(node, name_called(node), owner, given, named))

    def _argument(self, node: ast.expr) -> V:
        return self.domain.item(self.value(node.value)) if isinstance(node, ast.Starred) else self.value(node)

    def _function_named(self, name: str) -> Function | None:
        value = self.scope.find(name)
        return None if value is None else self.domain.function_in(value)

    def _is_namespace(self, node: ast.expr) -> bool:
        """Whether a dotted name starts at a library's."""
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and node.id in ROOTS and self.scope.find(node.id) is None

    def follow(self, function: Function, given: Sequence[V], named: dict[str, V], node: ast.AST) -> V:
        """What a function of the program returns for these arguments."""
        if self._depth >= self.domain.deepest:
            return self.domain.operation(node, [*given, *named.values()])
        arguments = self._arguments(function.node.args, given, named)
        outer, self.scope = self.scope, Scope(arguments, function.home)
        tests, self._depth = len(self._tests), self._depth + 1
        try:
            return self._body(function.node)
        finally:
            del self._tests[tests:]
            self.scope, self._depth = outer, self._depth - 1

    def _body(self, function: ast.FunctionDef | ast.Lambda) -> V:
        if isinstance(function, ast.Lambda):
            return self.value(function.body)
        self._returned.append([])
        self.block(function.body)
        returned = self._returned.pop()
        return self.domain.join(returned, function) if returned else self.domain.unknown()

    def _arguments(self, wanted: ast.arguments, given: Sequence[V], named: dict[str, V]) -> dict[str, V]:
        """The value of each parameter, from the defaults where nothing is given."""
        positional = [one.arg for one in (*wanted.posonlyargs, *wanted.args)]
        bound = dict(zip(positional, given))
        if wanted.vararg is not None:
            bound[wanted.vararg.arg] = self.domain.several(wanted, list(given[len(positional) :]))
        bound |= named
        defaults = dict(zip(reversed(positional), reversed(wanted.defaults)))
        defaults |= {one.arg: part for one, part in zip(wanted.kwonlyargs, wanted.kw_defaults) if part is not None}
        return bound | {name: self.value(part) for name, part in defaults.items() if name not in bound}


_OUTSIDE = ("free", "parameter")  # inputs that no line of the text gives a value


def name_called(node: ast.Call) -> str:
    """The last part of what a call names."""
    return str(getattr(node.func, "attr", "") or getattr(node.func, "id", ""))


def _stored_names(node: ast.AST) -> list[str]:
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
