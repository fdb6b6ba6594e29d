"""`jacobian` and `batch_jacobian`."""

import numpy as np
import pytest

from core import GradientTape, Variable, constant, tanh
from core.functions import matmul, square, stack, sum
from tests.answers import value


def test_the_jacobian_has_the_shape_of_target_and_source() -> None:
    x, a = Variable([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 3.0]])
    with GradientTape() as tape:
        y = matmul(x, a)
    found = tape.jacobian(y, {"x": x})["x"]
    assert found.shape == (2, 3, 2, 2)
    expected = np.einsum("ik,lj->ijkl", np.eye(2), a)
    np.testing.assert_array_equal(found.numpy(), expected)


def test_jacobians_of_scalars_and_of_what_is_not_connected() -> None:
    x, other = Variable([1.0, 2.0]), Variable([[1.0], [2.0]])
    with GradientTape(persistent=True) as tape:
        y, total = x * x, sum(x * x)
    assert value(tape.jacobian(total, x)) == [2.0, 4.0]
    assert tape.jacobian(y, other) is None
    assert tape.jacobian(y, other, unconnected_gradients="zero").shape == (2, 2, 1)
    assert value(tape.jacobian(x, x)) == [[1.0, 0.0], [0.0, 1.0]]
    with pytest.raises(TypeError, match="list"):
        tape.jacobian([y, y], x)


def test_the_jacobian_of_a_gradient_is_the_hessian() -> None:
    x = Variable([1.0, 2.0])
    with GradientTape() as outer:
        with GradientTape() as inner:
            y = x[0] ** 2 * x[1] ** 3
        slope = inner.gradient(y, x)
    assert value(outer.jacobian(slope, x)) == [[16.0, 24.0], [24.0, 12.0]]


def test_a_jacobian_inside_an_outer_tape_can_be_differentiated() -> None:
    """The sum of squares of the jacobian of w*x**2 is 4 w**2 sum x**2, whose slope in w is 8 w sum x**2."""
    w, x = Variable(3.0), constant([1.0, 2.0])
    with GradientTape() as outer:
        with GradientTape(watch_accessed_variables=False) as inner:
            inner.watch(x)
            y = w * square(x)
        penalty = sum(square(inner.jacobian(y, x)))
    assert value(outer.gradient(penalty, w)) == 8 * 3.0 * 5.0


def test_batch_jacobian_is_the_diagonal_of_the_jacobian() -> None:
    x, w = constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.arange(6.0).reshape(3, 2) / 10
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = tanh(matmul(x, w))
    full, rows = tape.jacobian(y, x).numpy(), tape.batch_jacobian(y, x).numpy()
    np.testing.assert_allclose(rows, np.einsum("bibj->bij", full), rtol=1e-12)


def test_batch_jacobian_of_what_is_not_connected_is_zeros() -> None:
    x, other = Variable([[1.0, 2.0], [3.0, 4.0]]), Variable(np.ones((2, 3)))
    with GradientTape() as tape:
        y = x * x
    assert value(tape.batch_jacobian(y, other)) == np.zeros((2, 2, 3)).tolist()


def test_batch_jacobian_names_both_shapes_when_they_do_not_fit() -> None:
    x = Variable([[1.0, 2.0], [3.0, 4.0]])
    with GradientTape(persistent=True) as tape:
        flat, doubled = sum(x, 1), stack([x[0], x[1], x[0]])
    with pytest.raises(ValueError, match=r"two axes.*\(2,\)"):
        tape.batch_jacobian(flat, x)
    with pytest.raises(ValueError, match=r"\(3, 2\).*\(2, 2\)"):
        tape.batch_jacobian(doubled, x)
