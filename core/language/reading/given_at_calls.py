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
VALUES = frozenset(("value", "data", "val", "v", "x", "number", "num", "primal", "a", "scalar"))
"""Parameters that say nothing of what their number is."""
NAMED_ENOUGH = 40  # keys of one dictionary


def name_what_is_given(tree: ast.Module) -> set[ast.AST]:
    """Give names to the numbers at calls of the text's own functions, and to a result that is only printed.

    `x = Leaf(2.0)`, where a class of the text is called, is read as `x = 2.0` and `x = Leaf(x)`; such first targets
    are returned.
    """
    functions = dict(_functions(tree))
    hoister = _Hoister(functions, _names_bound(tree), one_number_classes(tree), dict(makers(tree)))
    hoister.of_arrays = set(_classes_of_arrays(tree))
    body: list[ast.stmt] = []
    for statement in tree.body:
        hoister.made = []
        if isinstance(statement, ast.Assign):
            hoister.objects(statement)
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
            hoister.statement(statement)
        body += [*hoister.made, statement]
    tree.body = body
    if functions:
        _name_a_printed_result(tree, functions)
    return hoister.leaves


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

    def __init__(
        self,
        functions: dict[str, ast.arguments],
        bound: set[str],
        classes: dict[str, bool],
        made_by: dict[str, ast.arguments],
    ) -> None:
        self.functions, self.bound, self.classes = functions, bound, classes
        self.made_by = made_by
        self.of_arrays: set[str] = set()
        self.leaves: set[ast.AST] = set()
        self.given: dict[str, str] = {}  # the names given so far, with the text of the numbers
        self.made: list[ast.stmt] = []

    def objects(self, statement: ast.Assign) -> None:
        """The numbers in objects of the text's classes, under the name of the object or of the list of them."""
        if len(statement.targets) != 1 or not isinstance(statement.targets[0], ast.Name):
            return
        name, value = statement.targets[0].id, statement.value
        if name in self.given:
            return
        if isinstance(value, ast.List) and value.elts:
            numbers = [self._number_in(one) for one in value.elts]
            if all(one is not None for one in numbers):
                self._leaf(name, ast.List([one for one in numbers if one is not None], ast.Load()), value)
                for place, one in enumerate(value.elts):
                    assert isinstance(one, ast.Call)
                    key = ast.copy_location(ast.Constant(place), one)
                    owner = ast.copy_location(ast.Name(name, ast.Load()), one)
                    one.args[0] = ast.copy_location(ast.Subscript(owner, key, ast.Load()), one.args[0])
        elif (number := self._number_in(value)) is not None and isinstance(value, ast.Call):
            self._leaf(name, number, value)
            value.args[0] = ast.copy_location(ast.Name(name, ast.Load()), number)

    def _number_in(self, node: ast.expr) -> ast.expr | None:
        """The one number with which an object is made, None where it is made otherwise."""
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in self.classes:
            return None
        if not self._stands_for_its_number(node.func.id):
            return None
        if node.args and isinstance(node.args[0], ast.List) and node.func.id not in self.of_arrays:
            return None  # a list is not an array, unless the class makes one of it
        if len(node.args) < 1 or not is_number(node.args[0]) or any(map(is_number, node.args[1:])):
            return None
        if any(isinstance(one.value, ast.Constant) and is_number(one.value) for one in node.keywords):
            return None
        whole = all(type(part.value) is int for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant))
        return None if whole and not self.classes[node.func.id] else node.args[0]

    def _stands_for_its_number(self, name: str) -> bool:
        """Whether an object of a class is called as its number: it is computed with, or holds no more than a value."""
        parameters = self.made_by[name].args if name in self.made_by else []
        return self.classes[name] or not parameters or parameters[0].arg in VALUES

    def _leaf(self, name: str, value: ast.expr, place: ast.expr) -> None:
        target = ast.copy_location(ast.Name(name, ast.Store()), place)
        self.leaves.add(target)
        self.given[name] = ast.unparse(value)
        self.made.append(ast.copy_location(ast.Assign([target], ast.copy_location(value, place)), place))

    def statement(self, statement: ast.stmt) -> None:
        again = set(_repeated(statement))
        for node in ast.walk(statement):
            if isinstance(node, ast.Call):
                parameters = parameters_of(node.func, self.functions)
                if parameters is not None:
                    self._call(node, parameters)
                elif isinstance(node.func, ast.Name) and node.func.id in self.made_by and node not in again:
                    self._call(node, self.made_by[node.func.id], whole=False)
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Dict):
            self._dictionary(statement.value)

    def _call(self, node: ast.Call, parameters: ast.arguments, whole: bool = True) -> None:
        """Name the arguments; without `whole` only where there is a float among them: else they may be sizes."""
        if not whole and not any(type(getattr(one, "value", None)) is float for one in ast.walk(node)):
            return
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


def _repeated(statement: ast.stmt) -> Iterator[ast.AST]:
    """What is done again and again: objects made there are no inputs."""
    for node in ast.walk(statement):
        if isinstance(node, ast.For | ast.While):
            for part in node.body:
                yield from ast.walk(part)


def one_number_classes(tree: ast.Module) -> dict[str, bool]:
    """The classes of the text, and whether their objects are computed with, so that whole numbers are numbers too."""
    found: dict[str, bool] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            methods = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
            bases = (one.id for one in node.bases if isinstance(one, ast.Name))
            found[node.name] = bool(methods & {"__add__", "__mul__"}) or any(found.get(base, False) for base in bases)
    return found


def _classes_of_arrays(tree: ast.Module) -> Iterator[str]:
    """The classes of the text that make arrays of what they are given."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            called = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
            if any(isinstance(one, ast.Attribute) and one.attr in MAKING for one in called):
                yield node.name


def makers(tree: ast.Module) -> Iterator[tuple[str, ast.arguments]]:
    """What makes objects and named tuples in the text, with the names of what it takes."""
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name, body=body):
                start = next((one for one in body if isinstance(one, ast.FunctionDef) and one.name == "__init__"), None)
                fields = (one.target for one in body if isinstance(one, ast.AnnAssign))
                if start is not None:
                    yield name, _named_arguments([one.arg for one in start.args.args[1:]])
                elif node.bases or node.decorator_list:
                    yield name, _named_arguments([one.id for one in fields if isinstance(one, ast.Name)])
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=called, args=[_, given])):
                if (getattr(called, "attr", "") or getattr(called, "id", "")) == "namedtuple":
                    yield name, _named_arguments(_texts(given))


def _named_arguments(names: list[str]) -> ast.arguments:
    return ast.arguments([], [ast.arg(name) for name in names], None, [], [], None, [])


def _texts(node: ast.expr) -> list[str]:
    if isinstance(node, ast.List | ast.Tuple):
        return [one.value for one in node.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    text = node.value if isinstance(node, ast.Constant) else ""
    return text.replace(",", " ").split() if isinstance(text, str) else []


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
