"""One walk, several domains: a small domain of names shows what the walk does, shapes what they find on top of it."""

import ast

import pytest

from core.language import parse
from core.language.abstract.domain import Call, Domain, Function
from core.language.abstract.walk import Walk

Names = frozenset[str]


class NamesDomain(Domain[object]):
    """A value is the set of inputs from which it may come; a function is itself."""

    def unknown(self, node=None):
        return frozenset()

    def input(self, name, node=None):
        return frozenset({name})

    def function(self, function):
        return function

    def function_in(self, value):
        return value if isinstance(value, Function) else None

    def operation(self, node, operands):
        return frozenset().union(*(one for one in operands if not isinstance(one, Function)))

    def join(self, values, node):
        return values[0] if isinstance(values[0], Function) else self.operation(node, values)

    several = operation

    def collected(self, node, item):
        return item

    def index(self, node, owner, where):
        return self.operation(node, [owner, *where])

    def attribute(self, node, owner):
        return owner

    def call(self, walk, call: Call):
        return self.operation(call.node, [*call.positional, *call.named.values()])

    def pieces(self, value, targets, node):
        return [value] * len(targets)

    def stored(self, walk, target, old, value, node):
        return self.operation(node, [value] if old is None else [old, value])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a = x*2\ny = a + z", "xz"),
        ("a = x\na = z\ny = a*1", "z"),
        ("if z > 0:\n    a = x\nelse:\n    a = w\ny = a*1", "xw"),
        ("y = x if z > 0 else w", "xw"),
        ("s = 0.0\nfor i in range(3):\n    s = s + x\ny = s*1", "x"),
        ("def f(p, q=1.0):\n    return p*q\ny = f(x) + f(q=z, p=1.0)", "xz"),
        ("f = lambda t: t*w\ny = f(x)", "wx"),
        ("def f(p):\n    def g(q):\n        return q*w\n    return g(p)\ny = f(x)", "wx"),
        ("y = sum([t*w for t in (x, z)])", "xwz"),
        ("a, b = x, z\ny = a*1", "xz"),
        ("v = [1.0, 2.0]\nv[0] = x\ny = v[1]*1.0", "x"),
        ("y = np.sum(np.array([x, z]))", "xz"),
        ("def main(x, z):\n    return x*2", "x"),
        ("def f(n, p):\n    return p if n < 1 else f(n - 1, p*1)\ny = f(3, x)", "x"),
    ],
)
def test_the_walk_goes_where_python_goes(text: str, names: str) -> None:
    program = parse(text)
    walk = Walk(NamesDomain(), program.interface)
    walk.read(program.tree)
    assert walk.value_of("y") - {"n"} == set(names)


def test_a_branch_does_not_see_what_the_other_stores() -> None:
    program = parse("a = x*1\nif z > 0:\n    a = w*1\nelse:\n    b = a*1\ny = b*1")
    walk = Walk(NamesDomain(), program.interface)
    walk.read(program.tree)
    assert walk.value_of("y") == {"x"}


def test_the_walk_stops_when_its_patience_is_at_an_end() -> None:
    class Hasty(NamesDomain):
        patience = 100

    tree = ast.parse("y = " + " + ".join(["x"] * 400))
    walk = Walk(Hasty(), parse("x*1").interface)
    walk.read(tree)
    assert walk.value_of("y") == {"x"}


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("s = x.shape\nn, m = s\ny = np.sum(x)*n", (3, 2)),
        ("f = lambda t: t[0]*t[3]\ny = f(x)", (4,)),
        ("s = 0.0\nfor i, (a, b) in enumerate(zip(x, z)):\n    s = s + a*b*i\ny = s", (3,)),
    ],
)
def test_shapes_follow_names_and_functions(text: str, shape: tuple[int, ...]) -> None:
    default = {one.name: one.default for one in parse(text).inputs}["x"]
    assert getattr(default, "shape", ()) == shape
