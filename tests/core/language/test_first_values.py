"""First values: if these fail, a text is looked at where products are 1, outside its domain, or where it is flat."""

import numpy as np
import pytest

from core.language import parse
from core.language.interface.first_values import first_array
from core.run import record


def point(text: str, **given: float) -> dict:
    return dict(record(parse(text), given).point)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x*y + x", {"x": 2.0, "y": 3.0}),
        ("log(x)*sqrt(y)*z", {"x": 2.0, "y": 3.0, "z": 0.5}),
        ("arcsin(x) + y", {"x": 0.5, "y": 0.25}),
        ("log(1 - x)", {"x": 0.5}),
        ("exp(exp(exp(x)))", {"x": 0.5}),
        ("def f(x, y=4.0):\n    return x*y", {"x": 2.0, "y": 4.0}),
        ("def f(x, y=2.0):\n    return x*y", {"x": 3.0, "y": 2.0}),
        ("y = x\nfor k in range(n):\n    y = y*x", {"x": 2.0, "n": 3.0}),
    ],
)
def test_inputs_without_a_value_get_small_ones_that_differ_inside_the_domain(text, wanted):
    assert point(text) == wanted


def test_where_no_way_leads_to_numbers_the_first_is_kept():
    assert point("log(-x*x)") == {"x": 2.0}


def test_what_is_given_stays_and_no_other_is_like_it():
    assert point("x*y", x=7.0) == {"x": 7.0, "y": 3.0}
    assert point("x*y", y=2.0) == {"x": 3.0, "y": 2.0}
    assert point("log(1 - x)", x=2.0) == {"x": 2.0}


def test_the_first_point_is_that_of_the_defaults_where_that_can_be_read():
    program = parse("sum(W @ x)*c")
    found = record(program).point
    assert np.shape(found["W"]) == (3, 2) and found["c"] == 2.0
    assert all(np.array_equal(found[one.name], one.default) for one in program.inputs)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("np.sum(x**2)", lambda x: np.any(x > 0) and np.any(x < 0)),
        ("np.sum(np.log(x))", lambda x: np.all(x > 0)),
        ("np.sum(np.arccosh(x))", lambda x: np.all(x > 1)),
    ],
)
def test_arrays_have_both_signs_unless_their_use_wants_others(text, inside):
    assert inside(point(text)["x"])


@pytest.mark.parametrize("size", [1, 9, 20, 21, 200, 784])
def test_the_elements_of_arrays_are_small_and_all_distinct(size):
    for number in range(6):
        values = first_array((size,), number, regular=False)
        assert len(set(values)) == size and np.max(np.abs(values)) <= 2.4


LOSSES = {
    "logistic": "z = w @ x + b\np = 1/(1 + np.exp(-z))\n-(y*np.log(p) + (1 - y)*np.log(1 - p))",
    "network": "h = 1/(1 + np.exp(-(X @ W)))\np = 1/(1 + np.exp(-(h @ v)))\n-np.mean(np.log(p))",
    "cross entropy": "-np.log(softmax(W @ x))[0]",
}


@pytest.mark.parametrize("text", LOSSES.values(), ids=list(LOSSES))
def test_losses_do_not_saturate_at_the_first_point(text):
    """At 17 a sigmoid is flat to eight digits, and all gradients look like zeros."""
    run = record(parse(text))
    for name, gradient in run.gradients().items():
        assert np.max(np.abs(gradient)) > 1e-3, name
