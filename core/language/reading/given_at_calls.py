"""Numbers that a text gives where it calls its own functions: `f(3.0)` is read as `x = 3.0` and `f(x)`.

So the parameter becomes an input, and the picture shows the function at that point. The same is done for what derives
a function (`grad(f)(3.0)`, `df = grad(f); df(3.0)`) and for numbers under the keys of a dictionary. Names that the
text uses for something else stay untouched. Works on the syntax tree alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

DERIVING = frozenset((
    "grad", "value_and_grad", "jit", "jacobian", "jacfwd", "jacrev", "hessian", "elementwise_grad", "derivative",
    "deriv", "checkpoint", "function",
))  # fmt: skip
MAKING = frozenset(("array", "asarray", "tensor", "float32", "float64", "float", "constant"))
RESULTS = ("y", "out", "result", "value")
NAMED_ENOUGH = 40  # keys of one dictionary


def name_what_is_given(tree: ast.Module) -> None:
    """Give names to the numbers at calls of the text's own functions, and to a result that is only printed."""
    functions = dict(_functions(tree))
    hoister = _Hoister(functions, _names_bound(tree))
    body: list[ast.stmt] = []
    for statement in tree.body:
        hoister.made = []
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
            hoister.statement(statement)
        body += [*hoister.made, statement]
    tree.body = body
    if functions:
        _name_a_printed_result(tree, functions)


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.arguments]]:
    """The names that stand for functions of the text, or for what derives them, with their parameters."""
    known: dict[str, ast.arguments] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            known[node.name] = node.args
        elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            found = parameters_of(node.value, known)
            if found is not None:
                known[node.targets[0].id] = found
    yield from known.items()


def parameters_of(node: ast.expr, known: dict[str, ast.arguments]) -> ast.arguments | None:
    """The parameters of the function that an expression stands for; None where it is no function of the text."""
    if isinstance(node, ast.Lambda):
        return node.args
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Call) and node.args:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return parameters_of(node.args[0], known) if called in DERIVING else None
    return None


def _names_bound(tree: ast.Module) -> set[str]:
    """The names that the top level gives a value, or that stand for functions and modules."""
    found = {part.asname or part.name.partition(".")[0] for part in ast.walk(tree) if isinstance(part, ast.alias)}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        else:
            found |= {part.id for part in _outside_lambdas(node) if isinstance(part, ast.Name)}
    return found


def _outside_lambdas(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below one, without those that belong to a lambda: its names are its own."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.Lambda):
            yield from _outside_lambdas(child)


class _Hoister:
    """Takes numbers out of calls and dictionaries into assignments of their own."""

    def __init__(self, functions: dict[str, ast.arguments], bound: set[str]) -> None:
        self.functions, self.bound = functions, bound
        self.given: dict[str, str] = {}  # the names given so far, with the text of the numbers
        self.made: list[ast.stmt] = []

    def statement(self, statement: ast.stmt) -> None:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call):
                parameters = parameters_of(node.func, self.functions)
                if parameters is not None:
                    self._call(node, parameters)
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Dict):
            self._dictionary(statement.value)

    def _call(self, node: ast.Call, parameters: ast.arguments) -> None:
        if not all(map(is_number, (*node.args, *(keyword.value for keyword in node.keywords)))):
            return
        names = [one.arg for one in (*parameters.posonlyargs, *parameters.args)]
        for place, name in enumerate(names[: len(node.args)]):
            node.args[place] = self._named(name, node.args[place])
        for keyword in node.keywords:
            if keyword.arg in {*names, *(one.arg for one in parameters.kwonlyargs)}:
                keyword.value = self._named(keyword.arg or "", keyword.value)

    def _dictionary(self, node: ast.Dict) -> None:
        if len(node.keys) > NAMED_ENOUGH or not all(map(is_number, node.values)):
            return
        for place, key in enumerate(node.keys):
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value.isidentifier():
                node.values[place] = self._named(key.value, node.values[place])

    def _named(self, name: str, value: ast.expr) -> ast.expr:
        """The name in the place of a number; the value itself where it is none, or where the name is taken."""
        if not is_number(value) or name in self.bound or self.given.setdefault(name, ast.unparse(value)) != ast.unparse(
            value
        ):
            return value
        if not any(isinstance(one, ast.Assign) and _target(one) == name for one in self.made):
            target = ast.copy_location(ast.Name(name, ast.Store()), value)
            self.made.append(ast.copy_location(ast.Assign([target], value), value))
        return ast.copy_location(ast.Name(name, ast.Load()), value)


def _target(node: ast.Assign) -> str:
    return node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""


def is_number(node: ast.expr) -> bool:
    """Whether an expression is written out in numbers: 3.0, -1, [1.0, 2.0], jnp.array([1.0, 2.0])."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float | int) and not isinstance(node.value, bool)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return is_number(node.operand)
    if isinstance(node, ast.List):
        return bool(node.elts) and all(map(is_number, node.elts))
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        return called in MAKING and is_number(node.args[0])
    return False


def _name_a_printed_result(tree: ast.Module, functions: dict[str, ast.arguments]) -> None:
    """`print(f(x))` at the end is read as `y = f(x)` and `print(y)`, so that the result is the output."""
    last = tree.body[-1] if tree.body else None
    match last:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=[ast.Call(func=ast.Name(id=called)) as made, *_])):
            pass
        case _:
            return
    taken = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | set(functions)
    name = next((one for one in RESULTS if one not in taken), None)
    if called not in functions or name is None:
        return
    target = ast.copy_location(ast.Name(name, ast.Store()), made)
    assert isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)
    last.value.args[0] = ast.copy_location(ast.Name(name, ast.Load()), made)
    tree.body.insert(-1, ast.copy_location(ast.Assign([target], made), made))
