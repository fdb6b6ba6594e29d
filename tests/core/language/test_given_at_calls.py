"""Numbers that a text gives where it calls its function become inputs, so that the function is shown at that point."""

import numpy as np
import pytest

from core.language import parse
from core.run import record

F = "def f(x):\n    return x**3\n"


@pytest.mark.parametrize(
    ("text", "value", "gradients"),
    [
        (F + "f(2.0)", 8.0, {"x": 12.0}),
        (F + "print(f(2.0))", 8.0, {"x": 12.0}),
        (F + "y = f(2.0)", 8.0, {"x": 12.0}),
        (F + "y = f(x=2.0)\nprint(y)", 8.0, {"x": 12.0}),
        (F + "jax.grad(f)(2.0)", 8.0, {"x": 12.0}),
        (F + "df = jax.grad(f)\nprint(df(2.0))", 8.0, {"x": 12.0}),
        (F + "print(jax.grad(f)(2.0))\nprint(jax.grad(jax.grad(f))(2.0))", 8.0, {"x": 12.0}),
        ("f = lambda x: x**3\nprint(jax.grad(f)(2.0))", 8.0, {"x": 12.0}),
        (F + "print(f(2.0), f(3.0))", 8.0, {"x": 12.0}),
        ("def g(a, b):\n    return (a*b).sum()\ng(np.array([1.0, 2.0]), 3.0)", 9.0, {"a": [3.0, 3.0], "b": 3.0}),
        ('p = {"u": 2.0, "v": 3.0}\ndef cost(p):\n    return p["u"]**2 * p["v"]\ncost(p)', 12.0, {"u": 12.0, "v": 4.0}),
    ],
)
def test_the_function_is_shown_at_that_point(text, value, gradients):
    run = record(parse(text))
    assert run.failure is None, str(run.failure)
    shown = run.tape.primals[run.target]
    assert shown == pytest.approx(value)
    found = run.gradients()
    assert found.keys() == gradients.keys()
    for name, one in gradients.items():
        np.testing.assert_allclose(found[name], one)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (F + "x = 1.0\nz = f(2.0) + x", {"x"}),  # the name is taken
        (F + "z = f(w) + f(2.0)*w", {"w", "x"}),
        ("def f(x, n):\n    return x**n\nz = f(w, 2)", {"w"}),  # not a point: another argument is computed
    ],
)
def test_names_that_mean_something_else_stay(text, names):
    assert set(parse(text).input_names) == names
