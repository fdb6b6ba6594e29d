"""Syntax trees from Hypothesis, sensible and senseless, allowed and forbidden, written out as text."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from core.language.names.methods import METHODS
from core.language.names.namespaces import BARE, TABLE

NAMES = ("x", "y", "z", "i", "f", "g", "tape", "np", "sum", "print", "__x", "eval")
FUNCTIONS = tuple(sorted((*BARE, *TABLE)))
CONSTANTS = (-3, -1, 0, 1, 2, 3, 9, 0.5, 2.0, 1e300, 10**9, True, None, "a", "{x}", b"a", 2j, ...)
OPERATORS = tuple(kind() for kind in ast.operator.__subclasses__())
COMPARISONS = tuple(kind() for kind in ast.cmpop.__subclasses__())
UNARY = tuple(kind() for kind in ast.unaryop.__subclasses__())
METHOD_NAMES = {name for _, table in METHODS for name in table}
ATTRIBUTES = (*sorted(METHOD_NAMES), "T", "shape", "real", "grad", "__class__", "foo")
KEYWORDS = ("axis", "keepdims", "shape", "dim", "key", "default", None)


def read(name: str) -> ast.expr:
    """A dotted name as it is read."""
    root, *rest = name.split(".")
    node: ast.expr = ast.Name(root, ast.Load())
    for part in rest:
        node = ast.Attribute(node, part, ast.Load())
    return node


def arguments(names: list[str]) -> ast.arguments:
    """Plain parameters."""
    return ast.arguments([], [ast.arg(name) for name in names], None, [], [], None, [])


class Maker:
    """Draws nodes from Hypothesis, each with smaller ones inside."""

    def __init__(self, draw: Callable[[Any], Any]) -> None:
        self.draw = draw

    def one_of(self, choices: Any) -> Any:
        """One of several."""
        return choices[self.draw(st.integers(0, len(choices) - 1))]

    def some(self, make: Callable[[int], Any], depth: int, least: int = 0, most: int = 3) -> list:
        """Several made in the same way."""
        return [make(depth) for _ in range(self.draw(st.integers(least, most)))]

    def stored(self) -> ast.Name:
        """A name that is assigned."""
        return ast.Name(self.one_of(NAMES), ast.Store())

    def expression(self, depth: int) -> ast.expr:
        """Any expression, so many levels deep."""
        if depth <= 0 or self.draw(st.integers(0, 9)) == 0:
            return read(self.one_of(NAMES)) if self.draw(st.booleans()) else ast.Constant(self.one_of(CONSTANTS))
        return self.one_of(EXPRESSIONS)(self, depth - 1)

    def call(self, depth: int) -> ast.expr:
        """A call, mostly of a function of ours."""
        callee = read(self.one_of(FUNCTIONS)) if self.draw(st.integers(0, 4)) else self.expression(depth)
        named = [ast.keyword(self.one_of(KEYWORDS), self.expression(depth)) for _ in range(self.one_of((0, 0, 0, 1)))]
        return ast.Call(callee, self.some(self.expression, depth), named)

    def method(self, depth: int) -> ast.expr:
        """A call of a method."""
        owner = ast.Attribute(self.expression(depth), self.one_of(ATTRIBUTES), ast.Load())
        return ast.Call(owner, self.some(self.expression, depth, most=2), [])

    def subscript(self, depth: int) -> ast.expr:
        """An item or a slice."""
        return ast.Subscript(self.expression(depth), self.index(depth), ast.Load())

    def index(self, depth: int) -> ast.expr:
        """What stands between square brackets."""
        bounds = [self.one_of((None, self.expression(depth))) for _ in range(3)]
        cut = ast.Slice(*bounds)
        two = ast.Tuple([cut, self.expression(depth)], ast.Load())
        return self.one_of((self.expression(depth), cut, two))

    def loops(self, depth: int) -> list[ast.comprehension]:
        """The loops of a comprehension."""
        return [
            ast.comprehension(self.stored(), self.expression(depth), self.some(self.expression, depth, most=1), 0)
            for _ in range(self.one_of((1, 1, 2)))
        ]

    def statement(self, depth: int) -> ast.stmt:
        """Any statement, so many levels deep."""
        return self.one_of(STATEMENTS if depth > 0 else SIMPLE)(self, depth - 1)

    def body(self, depth: int) -> list[ast.stmt]:
        """A block."""
        return self.some(self.statement, depth, least=1)

    def target(self, depth: int) -> ast.expr:
        """What can stand on the left of `=`."""
        item = ast.Subscript(read(self.one_of(NAMES)), self.index(depth), ast.Store())
        return self.one_of((self.stored(), self.stored(), ast.Tuple([self.stored(), self.stored()], ast.Store()), item))

    def function(self, depth: int) -> ast.stmt:
        """A definition."""
        given = list(dict.fromkeys(self.one_of(NAMES) for _ in range(self.one_of((0, 1, 2)))))
        return ast.FunctionDef(self.one_of(NAMES), arguments(given), self.body(depth), [])

    def tape(self, depth: int) -> ast.stmt:
        """A block that a tape watches."""
        opened = ast.withitem(ast.Call(read("tf.GradientTape"), [], []), self.stored())
        return ast.With([opened], self.body(depth))


SHALLOW = 2
EXPRESSIONS: tuple[Callable[[Maker, int], ast.expr], ...] = (
    Maker.call, Maker.call, Maker.call, Maker.method, Maker.method, Maker.subscript,
    lambda m, d: ast.BinOp(m.expression(d), m.one_of(OPERATORS), m.expression(d)),
    lambda m, d: ast.BinOp(m.expression(d), m.one_of(OPERATORS), m.expression(d)),
    lambda m, d: ast.UnaryOp(m.one_of(UNARY), m.expression(d)),
    lambda m, d: ast.Compare(m.expression(d), [m.one_of(COMPARISONS)], [m.expression(d)]),
    lambda m, d: ast.BoolOp(m.one_of((ast.And(), ast.Or())), [m.expression(d), m.expression(d)]),
    lambda m, d: ast.IfExp(m.expression(d), m.expression(d), m.expression(d)),
    lambda m, d: ast.Attribute(m.expression(d), m.one_of(ATTRIBUTES), ast.Load()),
    lambda m, d: ast.List(m.some(m.expression, d), ast.Load()),
    lambda m, d: ast.Tuple(m.some(m.expression, d), ast.Load()),
    lambda m, d: ast.Set(m.some(m.expression, d, least=1)),
    lambda m, d: ast.Dict([m.expression(d)], [m.expression(d)]),
    lambda m, d: ast.Lambda(arguments([m.one_of(NAMES)]), m.expression(d)),
    lambda m, d: ast.ListComp(m.expression(d), m.loops(d)),
    lambda m, d: ast.GeneratorExp(m.expression(d), m.loops(d)),
    lambda m, d: ast.DictComp(m.expression(d), m.expression(d), m.loops(d)),
    lambda m, d: ast.JoinedStr([ast.FormattedValue(m.expression(d), -1, None)]),
    lambda m, d: m.one_of((
        ast.NamedExpr(m.stored(), m.expression(d)), ast.Starred(m.expression(d), ast.Load()),
        ast.Await(m.expression(d)), ast.Yield(m.expression(d)),
    )),
)  # fmt: skip
SIMPLE: tuple[Callable[[Maker, int], ast.stmt], ...] = (
    lambda m, d: ast.Expr(m.expression(3)), lambda m, d: ast.Assign([m.target(SHALLOW)], m.expression(3)),
    lambda m, d: ast.Assign([m.stored()], m.expression(3)), lambda m, d: ast.Return(m.expression(SHALLOW)),
    lambda m, d: ast.AugAssign(m.stored(), m.one_of(OPERATORS), m.expression(SHALLOW)),
    lambda m, d: ast.Assert(m.expression(SHALLOW), m.one_of((None, m.expression(SHALLOW)))),
    lambda m, d: m.one_of((ast.Break(), ast.Continue(), ast.Pass(), ast.Global([m.one_of(NAMES)]))),
    lambda m, d: ast.Delete([ast.Name(m.one_of(NAMES), ast.Del())]),
)  # fmt: skip
STATEMENTS: tuple[Callable[[Maker, int], ast.stmt], ...] = (
    *SIMPLE, Maker.function, Maker.tape,
    lambda m, d: ast.If(m.expression(SHALLOW), m.body(d), m.some(m.statement, d, most=1)),
    lambda m, d: ast.While(m.expression(SHALLOW), m.body(d), m.some(m.statement, d, most=1)),
    lambda m, d: ast.For(m.target(1), m.expression(SHALLOW), m.body(d), []),
    lambda m, d: m.one_of((
        ast.ClassDef(m.one_of(NAMES), [], [], m.body(d), []), ast.Try(m.body(d), [], [], [ast.Pass()]),
    )),
)  # fmt: skip


@st.composite
def texts(draw: Any) -> str:
    """Programs as text."""
    maker = Maker(draw)
    body = maker.some(maker.statement, 2, least=1, most=4)
    return ast.unparse(ast.fix_missing_locations(ast.Module(body, [])))
