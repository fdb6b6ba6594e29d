"""The formulas of the op table as readable mathematics: cos(w1), 2 × w1, v3 / w2².

Reads only the op table's own formulas (never a user's text), with names or numbers put in for the operands, folds
constants and leaves out factors of one.
"""

import ast
import operator
from functools import lru_cache

from core.basics.words import say
from core.notation.styles import PLAIN, PRODUCT, SIGN, SUM, Plain, Text


@lru_cache(maxsize=512)
def _parsed(formula: str) -> ast.expr:
    return ast.parse(formula, mode="eval").body


def render(formula: str, operands: dict[str, Text], style: Plain = PLAIN) -> Text:
    """The formula with the operands put in."""
    return _Renderer(operands, style).render(_parsed(formula))


COMPARISONS = {ast.GtE: "≥", ast.LtE: "≤", ast.Gt: ">", ast.Lt: "<", ast.Eq: "="}
ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


class _Renderer:
    """One walk over a formula's syntax tree."""

    def __init__(self, names: dict[str, Text], style: Plain) -> None:
        self.names = names
        self.style = style

    def render(self, node: ast.expr) -> Text:
        """The mathematics of one node."""
        match node:
            case ast.Constant(value=value):
                return self.style.number(value)
            case ast.Name(id="pi"):
                return Text(self.style.pi)
            case ast.Name(id=identifier):
                return self.names.get(identifier, Text(identifier))
            case ast.UnaryOp(op=ast.USub(), operand=inside):
                return self.negated(self.render(inside))
            case ast.UnaryOp(operand=inside):
                return self.render(inside)
            case ast.BinOp(left=left, op=op, right=right):
                return self.binary(type(op), self.render(left), self.render(right))
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                sign = COMPARISONS[type(op)]
                return Text(self.style.relation(self.render(left).text, sign, self.render(right).text), 1)
            case ast.Call(func=ast.Name(id=function), args=args):
                return self.call(function, [self.render(arg) for arg in args])
        raise ValueError(
            say(
                "notation.formula-part-no-notation", "the formula part `{node}` has no notation", node=ast.unparse(node)
            )
        )

    def negated(self, inside: Text) -> Text:
        """Minus the expression."""
        if inside.value is not None:
            return self.style.number(-inside.value)
        return Text("-" + self.style.inside(inside, PRODUCT), SIGN)

    def binary(self, kind: type[ast.operator], left: Text, right: Text) -> Text:
        """Two operands joined, with constants folded, ones left out and signs in front."""
        if left.value is not None and right.value is not None and not (kind is ast.Div and right.value == 0):
            return self.style.number(ARITHMETIC[kind](left.value, right.value))
        if kind is ast.Mult and left.value in (0, 1):
            return right if left.value else self.style.number(0.0)
        if kind in (ast.Mult, ast.Div) and right.value == 1:
            return left
        if kind in (ast.Mult, ast.Div) and left.binds == SIGN and left.value is None:
            return self.negated(self.binary(kind, _without_sign(left), right))
        if kind is ast.Mult and left.text == right.text:
            return self.style.power(left, self.style.number(2))
        return self.joined(kind, left, right)

    def joined(self, kind: type[ast.operator], left: Text, right: Text) -> Text:
        """Two operands and the sign between them."""
        style = self.style
        if kind is ast.Div:
            return style.quotient(left, right)
        if kind is ast.Mult:
            return Text(style.inside(left, PRODUCT) + style.times + style.factor(right, PRODUCT), PRODUCT)
        sign = style.plus if kind is ast.Add else style.minus
        return Text(style.inside(left, SUM) + sign + style.factor(right, SUM + (kind is ast.Sub)), SUM)

    def call(self, function: str, args: list[Text]) -> Text:
        """A function of the table; guards that only keep a formula defined are not shown."""
        if function in ("power", "pow"):
            return self.style.power(*args)
        if function == "where":
            condition, yes, no = args
            if no.value in (0.0, 1.0) and yes.value is None and yes.binds > 1:
                return yes
            return self.style.choice(condition.text, yes, no)
        if function == "multiply_no_nan":
            return self.binary(ast.Mult, args[1], args[0])
        if function == "zeros_like":
            return self.style.number(0.0)
        return self.style.call(function, args)


def _without_sign(text: Text) -> Text:
    inside = text.text[1:]
    return Text(inside, 6 if inside.isidentifier() else PRODUCT)
