"""First values: if these fail, a new function is shown where every product is 1, or outside its domain."""

import numpy as np
import pytest

from core.language import parse
from core.language.machine.budget import Budget
from explorer.model.answer import Answer, answer
from explorer.model.question import Question


def point(text: str, previous: Answer | None = None, **given: float) -> dict:
    run = answer(Question(text, given), previous, Budget()).run
    assert run is not None
    return dict(run.point)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x*y + x", {"x": 2.0, "y": 3.0}),
        ("log(x)*sqrt(y)*z", {"x": 2.0, "y": 3.0, "z": 0.5}),
        ("arcsin(x) + y", {"x": 0.5, "y": 0.25}),
        ("log(1 - x)", {"x": 0.5}),
        ("exp(exp(exp(x)))", {"x": 0.5}),
        ("def f(x, y=4.0):\n    return x*y", {"x": 2.0, "y": 4.0}),
        ("y = x\nfor k in range(n):\n    y = y*x", {"x": 2.0, "n": 3.0}),
    ],
)
def test_inputs_without_a_value_get_small_ones_that_differ_inside_the_domain(text, wanted):
    assert point(text) == wanted


def test_where_no_way_leads_to_numbers_the_first_is_shown():
    assert point("log(-x*x)") == {"x": 2.0}


def test_what_is_given_stays_and_what_was_there_stays_while_one_types():
    before = answer(Question("x*y"), None, Budget())
    assert point("a*x*y", before) == {"a": 0.5, "x": 2.0, "y": 3.0}
    assert point("a*x*y", before, x=7.0) == {"a": 2.0, "x": 7.0, "y": 3.0}


def test_arrays_keep_their_own_first_values():
    found = point("sum(W @ x)*c")
    assert np.shape(found["W"]) == (3, 2) and found["c"] == 2.0
    assert np.array_equal(found["x"], next(one.default for one in parse("sum(W @ x)*c").inputs if one.name == "x"))
