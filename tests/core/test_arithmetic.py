"""The one reader of typed arithmetic: only what is listed is read, everything else is refused with its place."""

import ast
import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.arithmetic import Arithmetic, Formula, Inside, Refused, constant, parsed

PLAIN = Arithmetic(
    {"x": lambda known: known["x"], "two": constant(2.0)},
    {ast.Add: operator.add, ast.Mult: operator.mul, ast.Div: operator.truediv},
    {"double": lambda value: 2 * value},
)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 + 2 * 3", 7.0), ("-x", -5.0), ("+x / two", 2.5), ("double(x + 1)", 12.0), ("  7\n", 7.0), ("1e3", 1000.0)],
)
def test_what_is_listed_means_what_was_handed_in(text: str, value: float) -> None:
    assert PLAIN.read(text)({"x": 5.0}) == value


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("y + 1", "y"), ("x - 1", "x - 1"), ("x ** 2", "x ** 2"), ("sin(x)", "sin(x)"),
        ("double(x, x)", "double(x, x)"),
        ("double(value=x)", "double(value=x)"), ("1 + x.real", "x.real"), ("x[0]", "x[0]"), ("True", "True"),
        ("'a'", "'a'"), ("1j", "1j"), ("not x", "not x"), ("1 + (x < 2)", "x < 2"), ("[x]", "[x]"),
        ("lambda: x", "lambda: x"), ("(lambda: x)()", "(lambda: x)()"), ("two(x)", "two(x)"), ("double", "double"),
    ],
)  # fmt: skip
def test_everything_else_is_refused_with_the_part_that_is_not_listed(text: str, part: str) -> None:
    with pytest.raises(Refused) as caught:
        PLAIN.read(text)
    assert str(caught.value) == part


@pytest.mark.parametrize("text", ["", "1 +", "x = 1", "1; 2", "(" * 300, "-" * 201 + "1", "9" * 5000, "\0"])
def test_what_is_not_an_expression_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(Refused) as caught:
        PLAIN.read(text)
    assert caught.value.part is None


def test_a_whole_number_that_no_float_can_hold_is_told() -> None:
    with pytest.raises(OverflowError):
        PLAIN.read("9" * 400)


def test_lists_and_further_forms_are_the_callers() -> None:
    def absolute(node: ast.expr, inside: Inside) -> Formula | None:
        if not isinstance(node, ast.Set) or len(node.elts) != 1:
            return None
        part = inside(node.elts[0])
        return lambda known: abs(part(known))

    wider = Arithmetic(PLAIN.names, PLAIN.signs, {}, tuple, absolute)
    assert wider.read("[{-x}, (1, {-2})]")({"x": 5.0}) == (5.0, (1.0, 2.0))
    with pytest.raises(Refused) as caught:
        wider.read("{1, 2}")
    assert isinstance(caught.value.part, ast.Set)


@given(st.text(alphabet="x12+-*/(). ,[]double", max_size=30))
def test_a_text_is_a_formula_or_refused(text: str) -> None:
    try:
        formula = PLAIN.read(text)
    except Refused:
        return
    assert isinstance(parsed(text), ast.expr)
    try:
        assert isinstance(formula({"x": 1.0}), float)
    except ZeroDivisionError:
        assert "/" in text
