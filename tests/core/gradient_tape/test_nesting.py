"""Tapes in tapes: second and higher derivatives."""

import math
from typing import Any

import pytest

from core import GradientTape, Tensor, Variable, constant, exp, sin
from core.functions import sum
from tests.answers import product, value


def test_each_of_two_tapes_watches_for_itself() -> None:
    x, y = constant(0.0), constant(1.0)
    with GradientTape() as first, GradientTape() as second:
        first.watch(x)
        second.watch(y)
        z = sin(x) + y * y
    assert value([first.gradient(z, [x, y]), second.gradient(z, [x, y])]) == [[1.0, None], [None, 2.0]]


def test_the_hessian_of_the_published_function() -> None:
    x, y = Variable(5.0), Variable(3.0)
    with GradientTape(persistent=True) as outer:
        with GradientTape() as inner:
            z = product(x, y)
        slopes = inner.gradient(z, [x, y])
    assert value(slopes) == [36.0, 10.0]
    assert value([outer.gradient(slope, [x, y]) for slope in slopes]) == [[6.0, 2.0], [2.0, None]]


def test_a_gradient_taken_after_the_outer_block_is_not_recorded_there() -> None:
    x = Variable(2.0)
    with GradientTape() as outer, GradientTape() as inner:
        y = x**3
    slope = inner.gradient(y, x)
    assert (value(slope), outer.gradient(slope, x)) == (12.0, None)


def test_the_outer_of_two_tapes_may_be_asked_first() -> None:
    """The inner one, still recording, must record the outer one's sweep: d2(x**3) = 6x."""
    x = Variable(2.0)
    with GradientTape() as inner:
        with GradientTape() as outer:
            y = x**3
        slope = outer.gradient(y, x)
    assert value(inner.gradient(slope, x)) == 12.0
    with GradientTape() as first, GradientTape() as second:
        y = x**3
        slope = first.gradient(y, x)
    assert value(second.gradient(slope, x)) == 12.0


def test_values_made_under_a_used_up_inner_tape_stay_on_the_outer_one() -> None:
    x = Variable(2.0)
    with GradientTape() as outer:
        with GradientTape() as inner:
            y = x * x
        inner.gradient(y, x)
        z = y * 3
    assert value(outer.gradient(z, x)) == 12.0


def test_deleting_a_persistent_inner_tape_does_not_tear_the_outer_one() -> None:
    x = constant(2.0)
    with GradientTape() as outer:
        outer.watch(x)
        y = x * x
        with GradientTape(persistent=True) as inner:
            inner.watch(y)
            y * y
        del inner
        z = y * 3 + x
    assert value(outer.gradient(z, x)) == 13.0


def nth(function: Any, x: Tensor, order: int) -> Any:
    """The derivative of that order, by as many tapes inside each other."""
    if order == 0:
        return function(x)
    with GradientTape() as tape:
        tape.watch(x)
        y = nth(function, x, order - 1)
    return tape.gradient(y, x)


def test_the_fifth_derivative_of_exp_sin() -> None:
    """By hand, with s = sin x and c = cos x: each differentiation turns s to c, c to -s and multiplies e^s by c."""
    x = 0.7
    s, c = math.sin(x), math.cos(x)
    expected = math.exp(s) * c * (c**4 - 10 * c**2 * s - 10 * c**2 + 15 * s**2 + 15 * s + 1)
    assert float(nth(lambda t: exp(sin(t)), constant(x), 5)) == pytest.approx(expected, rel=1e-12)


def test_all_derivatives_of_a_power_are_exact() -> None:
    """x**10 at 3: 10!/(10-n)! * 3**(10-n); the eleventh is 0."""
    for order in range(11):
        expected = math.perm(10, order) * 3.0 ** (10 - order)
        assert float(nth(lambda t: t**10, constant(3.0), order)) == expected
    assert float(nth(lambda t: t**10, constant(3.0), 11)) == 0.0


def test_the_second_derivative_of_something_linear_is_none() -> None:
    assert nth(lambda t: 3 * t + 1, constant(2.0), 2) is None


def test_a_hessian_vector_product() -> None:
    """f = sum x**3 + x0 x2, so H v = 6 x v + (v2, 0, v0)."""
    x, v = Variable([1.0, 2.0, 3.0]), constant([1.0, 0.0, -1.0])
    with GradientTape() as outer:
        with GradientTape() as inner:
            y = sum(x**3) + x[0] * x[2]
        directional = sum(inner.gradient(y, x) * v)
    assert value(outer.gradient(directional, x)) == [5.0, 0.0, -17.0]
