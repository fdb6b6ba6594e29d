"""`check_gradients` passes right derivatives of any order and catches wrong ones in every mode."""

import numpy as np
import pytest

import core
from core import check_gradients
from core.ops import table


@pytest.mark.parametrize("order", [1, 2, 3])
def test_right_derivatives_pass(order):
    check_gradients(lambda x, y: np.sin(x) @ y + np.exp(x[0] * y[1]), (np.ones(2), np.array([0.5, -1.0])), order)


@pytest.mark.parametrize("size", [1e-6, 1e-3, 1e6])
def test_steps_suit_inputs_of_any_size(size):
    check_gradients(lambda x: np.sum((x / size) ** 3), (np.array([1.0, -2.0]) * size,), 2)
    with pytest.raises(AssertionError, match="order 1"):
        check_gradients(lambda x: wrong_square(2.002)(x / size), (1.5 * size,))


def test_structures_and_the_complex_step():
    point = ({"a": 2.0, "b": np.array([1.0, 2.0])},)
    check_gradients(lambda p: [p["a"] * p["b"], np.sum(p["b"] ** 2)], point, 2, ("reverse", "forward", "complex"))


def wrong_square(factor):
    @core.custom_gradient
    def square(x):
        return x * x, lambda g: factor * g * x

    return square


def test_a_gradient_that_is_wrong_by_a_part_in_a_thousand_is_caught():
    check_gradients(wrong_square(2.0), (3.0,))
    with pytest.raises(AssertionError, match="order 1: reverse mode"):
        check_gradients(wrong_square(2.002), (3.0,))


@pytest.mark.parametrize("mode", ["reverse", "forward", "complex"])
def test_a_wrong_rule_is_caught_in_every_mode(mode, monkeypatch):
    monkeypatch.setitem(table["sin"].__dict__, "pullbacks", (lambda g, v, x: g * core.cos(x) * 1.01,))
    with pytest.raises(AssertionError, match="order 1"):
        check_gradients(lambda x: core.sin(x), (np.array([0.3, 0.4]),), 1, ("reverse", mode))


def test_a_wrong_second_derivative_is_caught_where_the_first_is_right():
    @core.custom_gradient
    def cube(x):
        return x * x * x, lambda g: g * 3 * core.stop_gradient(x) * x

    check_gradients(cube, (2.0,), order=1)
    with pytest.raises(AssertionError, match="order 2"):
        check_gradients(cube, (2.0,), order=2, modes=("reverse",))
