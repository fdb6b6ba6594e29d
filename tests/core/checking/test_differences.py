"""Differences are what textbooks print, and know nothing of rules; the curve has its valley."""

import numpy as np
import pytest

from core.checking.differences import complex_step, error_curve, finite_difference, relative_error


def seed_function(w1, w2):
    return 3 * w1**2 + 2 * w1 * w2


def test_forward_differences_of_the_seed_function_are_the_published_digits():
    slopes = finite_difference(seed_function, (5, 3), 1e-6, "forward")
    assert slopes == (36.000003007075065, 10.000000003174137)
    point = {"w2": 3.0, "w1": 5.0}
    expected = {"w1": 36.000003007075065, "w2": 10.000000003174137}
    assert finite_difference(seed_function, point, step=1e-6, scheme="forward") == expected


def test_the_complex_step_is_exact_where_differences_lose_digits():
    assert complex_step(seed_function, (5, 3)) == (36.0, 10.0)
    assert complex_step(np.sin, 1.0) == np.cos(1.0)


@pytest.mark.parametrize("scheme", ["forward", "central", "complex"])
def test_arrays_are_differentiated_element_by_element_in_their_shape(scheme):
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    slopes = finite_difference(lambda x: x**3, x, 1e-6, scheme)
    assert slopes.shape == (2, 2)
    np.testing.assert_allclose(slopes, 3 * x**2, rtol=1e-5)


def test_weights_choose_among_the_results():
    jacobian_row = finite_difference(lambda x: x * x, np.array([1.0, 2.0]), weights=np.array([0.0, 1.0]))
    np.testing.assert_allclose(jacobian_row, [0.0, 4.0], rtol=1e-9)


def test_single_precision_and_integers_are_moved_in_double_precision():
    assert finite_difference(lambda x: x * x, np.float32(3)) == pytest.approx(6, rel=1e-9)
    assert finite_difference(lambda x: x * x, 3) == pytest.approx(6, rel=1e-9)


def test_a_step_that_suits_the_point_survives_large_numbers():
    assert finite_difference(lambda x: x * x, 1e9, step=None) == pytest.approx(2e9, rel=1e-9)


def test_outside_the_domain_the_difference_is_nan_without_a_warning():
    assert np.isnan(finite_difference(np.log, -1.0))


def test_the_error_curve_falls_with_the_step_and_rises_again_through_rounding():
    curve = error_curve(np.sin, 1.0, float(np.cos(1.0)))
    assert 1e-7 < curve.best < 1e-4
    assert curve.errors[-1] > 1e-2 and curve.errors[0] > 1e-2 and np.nanmin(curve.errors) < 1e-10
    forward = error_curve(np.sin, 1.0, float(np.cos(1.0)), scheme="forward")
    assert 1e-10 < forward.best < 1e-6


def test_relative_error_takes_equal_inf_and_nan_for_agreement_and_unequal_shapes_for_none():
    assert relative_error([1.0, np.inf, np.nan], [1.0, np.inf, np.nan]) == 0
    assert relative_error([1.0, 2.0], [1.0, 2.2]) == pytest.approx(0.2 / 2.2)
    assert relative_error(1.0, np.nan) != relative_error(1.0, 1.0)
    assert relative_error([1.0], 1.0) == np.inf
