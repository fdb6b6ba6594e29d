"""Pseudo-inverses and fits of matrices without full rank, at constant rank, as JAX 0.10 and NumPy answer them."""

import numpy as np
import pytest

import core

FLAT = np.array([[1.0, 2.0], [2.0, 4.0]])
WIDE = np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]])


def test_the_pseudo_inverse_cuts_where_numpy_does():
    """Without the cut-off the rounding of a singular value that is 0 becomes 1e15."""
    assert core.pinv(FLAT).sum() == pytest.approx(0.36)
    assert not np.any(core.pinv(np.zeros((2, 2))))


@pytest.mark.parametrize(
    ("function", "point", "expected"),
    [
        (lambda a: core.sum(core.pinv(a)), FLAT, [[0.0048, -0.0144], [-0.0144, -0.0768]]),
        (
            lambda a: core.sum(core.pinv(a) ** 2),
            WIDE,
            [[-0.00040816, -0.00081633, -0.00122449], [-0.00081633, -0.00163265, -0.00244898]],
        ),
        (lambda a: core.sum(core.pinv(a) ** 2), np.zeros((2, 2)), np.zeros((2, 2))),
    ],
)
def test_its_derivative_is_the_one_at_constant_rank(function, point, expected):
    """Measured with jax.grad; a rule for full rank gives 1e30 here."""
    np.testing.assert_allclose(core.grad(function)(point), expected, atol=1e-8)


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        (lambda x: np.nanmean(x), np.float32), (lambda x: np.gradient(x), np.float32),
        (lambda x: np.float_power(x, 2), np.float64), (lambda x: np.linspace(x[0], x[1], 4), np.float32),
        (lambda x: np.interp(x[0], np.float32([0, 9]), np.float32([0, 9])), np.float64),
        (lambda x: np.polyval(np.array([1.0, 2.0]), x), np.float64), (lambda x: x * np.float64(2), np.float64),
        (lambda x: x * 2.0, np.float32), (lambda x: np.polyval(np.float32([1, 2]), x), np.float32),
    ],
)  # fmt: skip
def test_the_type_of_numbers_is_numpys(function, kind):
    x = np.float32([1.0, 2.0, 4.0])
    assert np.asarray(function(x)).dtype == kind
    assert function(core.constant(x)).dtype == kind
