"""The check beside each gradient: right gradients pass wherever differences can tell, wrong ones nowhere."""

import numpy as np
import pytest

from core.checking.runs import checks
from core.language import parse
from core.run import record

LOGISTIC = "def f(x, r):\n    for i in range(100):\n        x = r*x*(1 - x)\n    return x\n"


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("x**4 - 2*x**2", {"x": 1.0}),
        ("x**4 - 2*x**2", {"x": np.array([1.0, 2.0])}),
        ("(x - 1)**2*(x + 3)", {"x": 1.0}),
        ("exp(x)*exp(-x)", {"x": 0.7}),
        ("softmax(x).sum()", {"x": np.array([1.0, 2.0, 3.0])}),
        ("1e6 + sin(x)**2 + cos(x)**2", {"x": 0.3}),
        (LOGISTIC, {"x": 0.5, "r": 0.25}),
    ],
)
def test_a_right_gradient_of_nothing_is_confirmed_though_differences_are_all_error(text, point):
    """Else a learner who stands at a minimum is told in red that the right answer, 0, is wrong."""
    found = checks(record(parse(text), point))
    assert found and all(check.agrees for check in found.values())


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("1e-8*stop_gradient(x)*x", 2.0),
        ("stop_gradient(x)**2 + 1e-3*x", 1e-2),
        ("x**4 - 2*stop_gradient(x)**2", 1.0),
        ("floor(x) + 0*x", 1.0),
        ("(x >= 1)*1.0 + x*1e-9", 1.0),
        ("1/x", 0.0),
    ],
)
def test_a_gradient_that_is_not_that_of_the_function_is_not_confirmed(text, x):
    """Else the uncertainty of a difference would let off whatever is small, or stands beside a jump."""
    assert not checks(record(parse(text), {"x": x}))["x"].agrees
