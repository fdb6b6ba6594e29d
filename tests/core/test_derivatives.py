"""Derivatives of functions: known values, structures, nesting without confusion, and modes that agree."""

import cmath
import math

import numpy as np
import pytest

import core
from core import derivative, grad, hessian, hvp, jacobian, jvp, value_and_grad, vjp
from core.tape import recorders


def seed_function(w1, w2):
    return 3 * w1**2 + 2 * w1 * w2


def rosenbrock(x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def rosenbrock_of_numbers(*x):
    return sum(100 * (b - a * a) ** 2 + (1 - a) ** 2 for a, b in zip(x[:-1], x[1:], strict=True))


def test_the_seed_function():
    assert grad(seed_function)(5, 3) == 36.0
    assert grad(seed_function, argnums=(0, 1))(5.0, 3.0) == (36.0, 10.0)
    assert value_and_grad(seed_function, 1)(5, 3) == (105.0, 10.0)


def test_results_are_plain_and_keep_shape_and_precision():
    slope = grad(lambda x: (x**3).sum())(np.array([[1, 2]], dtype=np.float32))
    assert type(slope) is np.ndarray and slope.dtype == np.float32
    np.testing.assert_array_equal(slope, [[3, 12]])
    assert type(grad(lambda x: x * x)(3)) is float


def test_structures_of_arguments_come_back_as_they_went_in():
    def loss(parameters, x):
        return np.sum((parameters["w"] @ x + parameters["b"][0]) ** 2)

    parameters = {"w": np.ones((2, 3)), "b": [np.zeros(2)]}
    gradient = grad(loss)(parameters, np.arange(3.0))
    assert list(gradient) == ["w", "b"] and isinstance(gradient["b"], list)
    np.testing.assert_allclose(gradient["w"], np.outer([6, 6], np.arange(3)))
    np.testing.assert_allclose(gradient["b"][0], [6, 6])


def test_what_does_not_depend_has_derivative_zero():
    assert grad(lambda x, y: 2 * y)(3.0, 4.0) == 0.0
    assert grad(lambda x: 7.0)(3.0) == 0.0
    np.testing.assert_array_equal(jacobian(lambda x: np.ones(2))(np.zeros(3)), np.zeros((2, 3)))
    assert jvp(lambda x: 7.0, (3.0,), (1.0,)) == (7.0, 0.0)


def test_only_functions_with_one_number_as_value_have_a_gradient():
    with pytest.raises(TypeError, match=r"shape \(2,\)"):
        grad(lambda x: x * 2)(np.ones(2))
    with pytest.raises(TypeError, match="tuple"):
        grad(lambda x: (x, x))(1.0)
    with pytest.raises(ValueError, match="argument 1"):
        grad(lambda x: x, argnums=1)(2.0)


def test_nested_derivatives_do_not_confuse_the_inner_with_the_outer_variable():
    """Siskind and Pearlmutter's example: d/dx (x * d/dy (x + y)) = 1, also where y is given the value of x."""
    assert grad(lambda x: x * grad(lambda y: x + y)(x))(3.0) == 1.0
    assert derivative(lambda x: x * derivative(lambda y: x + y)(x))(3.0) == 1.0
    assert grad(lambda x: x * derivative(lambda y: x + y)(x))(3.0) == 1.0
    assert derivative(lambda x: x * grad(lambda y: x * y)(x))(3.0) == 6.0


def test_high_orders_in_both_modes_and_mixed():
    for first in (grad, derivative):
        for second in (grad, derivative):
            for third in (grad, derivative):
                assert third(second(first(lambda x: x**5)))(2.0) == pytest.approx(60 * 4)
                assert third(second(first(np.sin)))(0.3) == pytest.approx(-np.cos(0.3))


def test_the_elementwise_derivative_of_an_array():
    x = np.linspace(-1, 1, 5)
    np.testing.assert_allclose(derivative(np.tanh)(x), 1 - np.tanh(x) ** 2)
    np.testing.assert_allclose(derivative(derivative(np.exp))(x), np.exp(x))


def test_products_with_the_jacobian_and_its_transpose():
    a = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    value, pull = vjp(lambda x: a @ x**2, np.array([1.0, 2.0]))
    np.testing.assert_allclose(value, a @ [1, 4])
    np.testing.assert_allclose(pull(np.array([1.0, 0.0, 1.0]))[0], [12, 32])
    np.testing.assert_allclose(pull(np.ones(3))[0], [18, 48])
    value, tangent = jvp(lambda x: a @ x**2, (np.array([1.0, 2.0]),), (np.array([1.0, 1.0]),))
    np.testing.assert_allclose(tangent, a @ [2, 4])


def test_cotangents_and_tangents_of_the_wrong_shape_name_both():
    _, pull = vjp(lambda x: x * 2, np.ones(3))
    with pytest.raises(ValueError, match=r"cotangent has shape \(2,\).*\(3,\)"):
        pull(np.ones(2))
    with pytest.raises(ValueError, match=r"tangent has shape \(\).*\(3,\)"):
        jvp(lambda x: x, (np.ones(3),), (1.0,))


@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_jacobians_by_rows_and_by_columns(mode):
    x = np.array([1.0, 2.0, 3.0])
    full = jacobian(lambda x: np.outer(x, x[:2]), mode=mode)(x)
    assert full.shape == (3, 2, 3)
    expected = np.zeros((3, 2, 3))
    for i in range(3):
        for j in range(2):
            expected[i, j, i] += x[j]
            expected[i, j, j] += x[i]
    np.testing.assert_allclose(full, expected)
    of_numbers = jacobian(lambda a, b: [a * b, a / b], argnums=(0, 1), mode=mode)(3.0, 2.0)
    assert of_numbers == [(2.0, 3.0), (0.5, -0.75)]
    of_pair = jacobian(lambda p: {"sum": p[0] + p[1], "all": p[0] * p[1]}, mode=mode)((np.ones(2), 2.0))
    np.testing.assert_allclose(of_pair["all"][0], 2 * np.eye(2))
    np.testing.assert_allclose(of_pair["sum"][1], np.ones(2))


def test_jacobians_refuse_an_unknown_mode():
    with pytest.raises(ValueError, match="sideways"):
        jacobian(lambda x: x, mode="sideways")(1.0)


def test_hessians_and_their_products():
    x = np.array([0.5, -1.0, 1.5, 0.25])
    second = hessian(rosenbrock)(x)
    np.testing.assert_allclose(second, second.T)
    differences = [core.finite_difference(lambda x, i=i: grad(rosenbrock)(x)[i], x) for i in range(4)]
    np.testing.assert_allclose(second, differences, rtol=1e-6, atol=1e-5)
    v = np.array([1.0, 2.0, -1.0, 0.5])
    np.testing.assert_allclose(hvp(rosenbrock, (x,), v), second @ v)
    rows = [hvp(lambda a, b, c, d: rosenbrock_of_numbers(a, b, c, d), tuple(x), 1.0, argnums=i) for i in range(4)]
    np.testing.assert_allclose(rows, np.diag(second))


def test_the_jacobian_of_numbers_is_one_forward_sweep():
    point = (0.5, -1.0, 1.5)
    slopes = jacobian(lambda *x: [rosenbrock_of_numbers(*x)], argnums=(0, 1, 2), mode="forward")(*point)[0]
    np.testing.assert_allclose(slopes, grad(rosenbrock)(np.array(point)))


def test_derivatives_inside_a_recording_tape_can_be_differentiated_by_it():
    x = core.Variable(2.0)
    with core.GradientTape() as tape:
        slope = grad(lambda y: y**3)(x)
    assert slope.numpy() == 12.0
    assert tape.gradient(slope, x).numpy() == 12.0


def test_a_failing_function_leaves_no_tape_recording():
    with pytest.raises(ZeroDivisionError):
        grad(lambda x: x * (1 // 0))(1.0)
    assert recorders() == ()


def test_whole_numbers_are_taken_as_real_and_truth_values_refused_elsewhere():
    assert grad(lambda x: x * x)(True) == 2.0
    with pytest.raises(TypeError):
        grad(lambda x: x)("text")


def times(n, function):
    for _ in range(n):
        function = grad(function)
    return function


def test_every_derivative_of_a_power_is_exact_at_zero():
    """A factor of 0 from the exponents must not meet the infinite power behind it."""
    assert [times(n, lambda x: x**2)(0.0) for n in range(1, 7)] == [0.0, 2.0, 0.0, 0.0, 0.0, 0.0]
    assert [times(n, lambda x: x**10)(0.0) for n in (6, 10, 11)] == [0.0, 3628800.0, 0.0]
    assert times(6, lambda x: x**10)(1.5) == pytest.approx(151200 * 1.5**4, rel=1e-14)
    assert grad(lambda x: x**0)(0.0) == 0.0
    np.testing.assert_array_equal(times(1, lambda x: np.sum(x**0.0))(np.array([0.0, 2.0])), [0.0, 0.0])
    assert grad(lambda y: grad(lambda x: x**y)(2.0))(0.0) == 0.5


def test_what_was_written_twice_depends_on_the_last_value():
    def written(v):
        return core.functions.setitem(np.zeros(4), [1, 1], v)

    np.testing.assert_array_equal(grad(lambda v: written(v)[1])(np.array([5.0, 6.0])), [0.0, 1.0])
    np.testing.assert_array_equal(jvp(written, (np.ones(2),), (np.array([1.0, 10.0]),))[1], [0, 10.0, 0, 0])


def test_the_gradient_of_a_running_product_needs_no_square_array():
    """12,000 elements would need a gigabyte and many seconds; a row with a zero in it must not change the others."""
    x = np.random.default_rng(0).uniform(0.99, 1.01, 12_000)
    slope = grad(lambda x: np.cumprod(x)[-1])(x)
    np.testing.assert_allclose(slope, np.prod(x) / x, rtol=1e-10)
    rows = np.array([[1.0, 2.0, 3.0], [2.0, 0.0, 3.0]])
    np.testing.assert_array_equal(grad(lambda x: np.sum(np.cumprod(x, 1)))(rows), [[9, 4, 2], [1, 8, 0]])
    second = hessian(lambda x: np.cumprod(x, 1)[1, 2] + np.cumprod(x, 1)[0, 2])(rows)
    np.testing.assert_allclose(second[0, :, 0, :], [[0, 3, 2], [3, 0, 1], [2, 1, 0]], atol=1e-12)
    np.testing.assert_allclose(second[1, :, 1, :], [[0, 3, 0], [3, 0, 2], [0, 2, 0]], atol=1e-12)


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_empty_arrays_have_empty_gradients(shape):
    for function in (np.prod, np.cumprod):
        for axis in (0, 1):
            assert grad(lambda x, f=function, axis=axis: np.sum(f(x, axis)))(np.zeros(shape)).shape == shape
    assert grad(np.linalg.det)(np.zeros((0, 0))).shape == (0, 0)
    for function in (lambda x: x * 2, lambda x: np.ones(3), lambda x: np.zeros((0, 2)) + np.sum(x)):
        for mode in ("reverse", "forward", ""):
            value = np.shape(core.functions.plain(function(np.zeros(shape))))
            assert jacobian(function, mode=mode)(np.zeros(shape)).shape == value + shape
    assert hessian(lambda x: np.sum(x**2))(np.zeros(shape)).shape == shape + shape


def test_an_empty_part_of_a_value_has_an_empty_jacobian():
    found = jacobian(lambda x: {"none": x[:0], "all": x * 2})(np.ones(2))
    assert found["none"].shape == (0, 2)
    np.testing.assert_array_equal(found["all"], [[2, 0], [0, 2]])


def test_gradients_may_be_changed_each_for_itself():
    """A view of one number, or one array for two arguments, would refuse the change or make it twice."""
    slope = grad(np.sum)(np.ones(3))
    slope += 1
    for function in (lambda x, y: np.sum(x + y), lambda x, y: np.sum((x + y.T) ** 2)):
        one, other = grad(function, argnums=(0, 1))(np.ones((2, 2)), np.ones((2, 2)))
        assert one.flags.writeable and other.flags.writeable and not np.shares_memory(one, other)
    cotangent = np.ones(3)
    assert not np.shares_memory(vjp(lambda x: +x, np.ones(3))[1](cotangent)[0], cotangent)


def test_gradients_of_numbers_are_floats_for_every_reduction():
    for name in ("sum", "mean", "prod", "max", "min", "logsumexp", "ptp", "median", "var", "norm"):
        assert type(grad(getattr(core.functions, name))(2.0)) is float, name


def test_real_parts_and_conjugates_on_the_way_are_differentiated():
    c, x = np.array([1 + 2j, 3 - 1j]), np.array([2.0, 3.0])
    np.testing.assert_allclose(grad(lambda x: np.sum((x * c * (x * c).conj()).real))(x), [20, 60])
    np.testing.assert_allclose(grad(lambda x: np.sum(np.real(1j * np.conj(x * c) * (x * c) ** 2)))(x), [-120, 270])
    np.testing.assert_array_equal(core.functions.plain(core.constant(c).real), c.real)


def test_interpolation_through_one_point_is_constant():
    def through(x):
        return core.functions.interp(x, np.array([1.0]), np.array([3.0]))

    np.testing.assert_array_equal(through(np.array([0.0, 1.0, 2.0])), [3, 3, 3])
    np.testing.assert_array_equal(grad(lambda x: np.sum(through(x)))(np.array([0.0, 1.0, 2.0])), [0, 0, 0])


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp", "mean", "prod", "sum"])
def test_an_empty_axis_has_an_empty_gradient_and_no_warning(name):
    function = getattr(core.functions, name)
    assert grad(lambda x: np.sum(function(x, 0)))(np.zeros((0, 3))).shape == (0, 3)
    assert np.isnan(core.functions.mean(np.zeros(0)))
    assert core.functions.logsumexp(np.zeros(0)) == -np.inf


def test_triangles_of_a_vector_are_those_of_equal_rows():
    """NumPy makes a matrix of a vector here; its gradient must come back as a vector."""
    x, weights = np.array([1.0, 2.0, 3.0]), np.arange(9.0).reshape(3, 3)
    np.testing.assert_array_equal(core.functions.tril(x), np.tril(x))
    np.testing.assert_array_equal(grad(lambda x: np.sum(np.tril(x) * weights))(x), np.tril(weights).sum(0))
    np.testing.assert_array_equal(grad(lambda x: np.sum(np.triu(x, 1) * weights))(x), np.triu(weights, 1).sum(0))


def test_the_logarithm_of_a_vanishing_determinant_has_no_slope():
    """A singular matrix ends neither the sweep nor the gradient of its neighbours."""
    matrices = np.array([[[2.0, 1.0], [1.0, 3.0]], [[1.0, 2.0], [2.0, 4.0]]])
    found = grad(lambda x: np.sum(np.linalg.slogdet(x)[1]))(matrices)
    np.testing.assert_allclose(found[0], np.linalg.inv(matrices[0]).T)
    assert np.all(np.isnan(found[1]))


def filled(x):
    out = np.zeros(2)
    out[0] = x
    return out.sum()


LOST = {
    "a function of math": lambda x: math.sin(x), "float": lambda x: 2 * float(x), "int": lambda x: 2.0 * int(x),
    "an array that is written into": filled, "a complex number": lambda x: abs(complex(x)),
    "a list of floats": lambda x: np.array([float(x), 1.0]).sum(), "a function of cmath": lambda x: abs(cmath.exp(x)),
}  # fmt: skip


@pytest.mark.parametrize("name", LOST)
def test_what_leaves_the_tape_unasked_is_refused_rather_than_0(name):
    function = LOST[name]
    for ask in (
        lambda: grad(function)(1.0), lambda: value_and_grad(function)(1.0), lambda: jacobian(function)(1.0),
        lambda: hessian(function)(1.0), lambda: jvp(function, (1.0,), (1.0,)), lambda: vjp(function, 1.0),
        lambda: derivative(function)(1.0),
    ):  # fmt: skip
        with pytest.raises(TypeError, match="leave `float\\(\\)` out"):
            ask()


def test_numbers_may_be_shown_and_compared_where_nothing_is_lost():
    def shown(x):
        text = f"{x:.3f} {round(float(x), 3)}"
        return x * 3 if float(x) > 0 and text else x

    assert grad(shown)(2.0) == 3.0
    assert grad(lambda x: 7.0)(2.0) == grad(np.floor)(1.5) == grad(lambda x: 1.0 if x > 0 else 2.0)(1.0) == 0.0
    assert grad(lambda x: core.stop_gradient(x) * 2)(2.0) == grad(lambda x: x.item() * 2)(2.0) == 0.0  # on purpose


COMPLEX = {
    "its size": (lambda x: np.abs(x * (1 + 1j)), np.sqrt(2)),
    "its size squared": (lambda x: np.abs(x * (1 + 1j)) ** 2, 4.0),
    "the size of a sum of waves": (lambda x: np.abs(np.exp(1j * x) + 1), -np.sin(0.5)),
    "the real part of a product": (lambda x: np.real(x * (1 + 1j) * (2 - 1j)), 3.0),
}


@pytest.mark.parametrize("name", COMPLEX)
def test_through_complex_numbers_real_derivatives_are_right(name):
    function, slope = COMPLEX[name]
    np.testing.assert_allclose(grad(function)(1.0), slope)


@pytest.mark.parametrize("function", [np.maximum, lambda z, _: abs(z), lambda z, _: np.sign(z)])
def test_rules_for_real_numbers_refuse_complex_ones(function):
    with pytest.raises(TypeError, match="holds for real numbers"):
        grad(lambda x: np.real(function(x * (1 + 1j), 1.0)))(1.0)


def test_matrices_times_vectors_pull_back_by_the_transpose():
    matrices, vectors = np.arange(12.0).reshape(2, 2, 3), np.array([[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]])
    weights = np.array([[1.0, -2.0], [3.0, 0.5]])
    found = core.grad(lambda v: core.sum(weights * core.functions.matvec(matrices, v)))(vectors)
    np.testing.assert_allclose(found, np.einsum("bij,bi->bj", matrices, weights))
    one = core.grad(lambda v: core.sum(core.functions.matvec(matrices[0], v)))(vectors[0])
    np.testing.assert_allclose(one, matrices[0].sum(axis=0))
