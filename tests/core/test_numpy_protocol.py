"""Functions written for plain NumPy give NumPy's values on tensors, and derivatives that differences confirm."""

import numpy as np
import pytest

import core
from core.checking.differences import finite_difference, relative_error

rng = np.random.default_rng(1)
X = rng.normal(size=(3, 4))
V = rng.normal(size=4)
W = rng.normal(size=3)
S = rng.normal(size=(3, 3)) + 3 * np.eye(3)
P = S @ S.T
T = rng.normal(size=(2, 3, 4))
B = X > 0.2
linalg = np.linalg

UFUNCS = {
    "operators": lambda x: (2 * x - x / 3 + x**2) % 1.7 + abs(x) - -x,
    "array op tensor": lambda x: V + x * V - V / (x + 9) + V @ x.T @ x,
    "scalar op tensor": lambda x: np.float64(2) * x + np.float64(3) / (x + 9.0) + np.float64(2) ** x,
    "exponentials": lambda x: np.exp(x) + np.exp2(x) + np.expm1(x) + np.log1p(x * x) + np.log(x * x + 1),
    "logarithms": lambda x: np.log2(x * x + 1) + np.log10(x * x + 1) + np.logaddexp(x, V) + np.logaddexp2(x, V),
    "circle": lambda x: np.sin(x) + np.cos(x) * np.tan(x / 9) + np.arctan(x) + np.arctan2(x, V) + np.hypot(x, V),
    "arcs": lambda x: np.arcsin(np.tanh(x)) + np.arccos(np.tanh(x)) + np.arctanh(x / 9) + np.arcsinh(x),
    "hyperbola": lambda x: np.sinh(x) + np.cosh(x) + np.tanh(x) + np.arccosh(x * x + 2),
    "roots": lambda x: np.sqrt(x * x + 1) + np.cbrt(x) + np.square(x) + np.reciprocal(x + 9) + np.power(x * x, 1.5),
    "choices": lambda x: np.maximum(x, V) + np.minimum(x, 0.1) + np.fmax(x, V) + np.fmin(x, V) + np.fabs(x),
    "names": lambda x: np.add(np.subtract(np.multiply(np.divide(x, 2), 3), 1), np.negative(np.positive(x))),
    "angles": lambda x: np.radians(x) + np.degrees(x) + np.deg2rad(x) + np.rad2deg(x) + np.sinc(x),
    "steps": lambda x: x * np.floor(x) + x * np.ceil(x) + x * np.sign(x) + x * np.rint(x) + x * np.trunc(x) + x // 0.3,
    "remainder": lambda x: np.remainder(x, 0.7) + np.mod(x, V),
    "add.reduce": lambda x: np.add.reduce(x) + np.add.reduce(x, axis=1, keepdims=True),
    "other reduce": lambda x: np.multiply.reduce(x, 1) + np.maximum.reduce(x, 1) * np.minimum.reduce(x, axis=1),
    "logaddexp.reduce": lambda x: np.logaddexp.reduce(x, axis=0),
    "accumulate": lambda x: np.add.accumulate(x) + np.multiply.accumulate(x, axis=1),
    "outer": lambda x: np.multiply.outer(x, V) + np.subtract.outer(x, W[:1]),
    "matmul": lambda x: np.matmul(x, V) + x @ V + np.matmul(V, x.T),
    "comparisons": lambda x: x * (np.greater(x, 0) & (V < 1)) + x * np.isfinite(x),
}
REDUCTIONS = {
    "sum": lambda x: np.sum(x) + np.sum(x, 0) + x.sum(axis=1, keepdims=True) + np.sum(x, axis=(0, 1)),
    "sum by position": lambda x: np.sum(x, 1, None, None, True),
    "prod": lambda x: np.prod(x) + np.prod(x, axis=0) + x.prod(1, keepdims=True),
    "mean": lambda x: np.mean(x) + np.mean(x, axis=0) + np.average(x, axis=0) + np.average(x, weights=X**2),
    "var": lambda x: np.var(x, axis=0, ddof=1) + x.var() + np.std(x, 0) + x.std(axis=0, ddof=1),
    "extremes": lambda x: np.max(x, 0) * np.min(x) + np.amax(x) * np.amin(x, axis=0) + np.ptp(x, axis=0) + x.max(),
    "median": lambda x: np.median(x) + np.median(x, axis=0) + np.median(x, axis=1, keepdims=True),
    "cumulated": lambda x: np.cumsum(x, axis=1) + np.cumprod(x, axis=0) + np.cumsum(x)[:4] + np.cumprod(x)[:4],
    "nan": lambda x: np.nansum(x, axis=0) + np.nanmean(x, axis=0) + np.nan_to_num(x),
    "differences": lambda x: np.diff(x)[:, :2] + np.diff(x, n=2, axis=-1) + np.trapezoid(x, axis=0)[:2],
    "trapezoid": lambda x: np.trapezoid(x, V, axis=1) + np.trapezoid(X, x, axis=1),
    "gradient": lambda x: np.gradient(x, axis=0) + np.gradient(x, np.cumsum(V**2), axis=1) + np.gradient(x, 0.1)[0],
    "logic of values": lambda x: x * np.any(x > 0) + x[np.argmax(x, axis=0), np.arange(4)] + np.argmin(x) * x,
}
SHAPING = {
    "reshape": lambda x: np.reshape(x, (4, 3)) @ x.reshape(3, -1) + x.reshape(-1)[:4] + np.ravel(x)[2:6],
    "reshape by columns": lambda x: np.reshape(x, (4, 3), order="F"),
    "transpose": lambda x: x.T @ x + np.transpose(x) @ x + np.swapaxes(x, 0, 1) @ x + x.transpose(1, 0) @ x,
    "moveaxis": lambda x: np.moveaxis(x * T, 0, -1) + np.moveaxis(x * T, [0, 1], [2, 0]).transpose(1, 2, 0)[0, 0, 0],
    "squeeze": lambda x: np.squeeze(np.expand_dims(x, (0, 2))) + x[None, ..., None].squeeze(axis=(0, 3)),
    "broadcast": lambda x: np.broadcast_to(x, (2, 3, 4)) + np.broadcast_arrays(x, T)[0] + np.atleast_3d(x)[..., 0],
    "atleast": lambda x: np.atleast_1d(x[0, 0]) + np.atleast_2d(x[0]) + np.atleast_1d(x[0], x[1])[1],
    "concatenate": lambda x: np.concatenate([x, X, x], axis=1) + np.concatenate((x, x), axis=None)[:12],
    "stacks": lambda x: np.hstack([x, x]) + np.vstack([x, X, x, x]).reshape(6, 8)[:3] + np.stack([x, X], 1)[:, 0, :1],
    "more stacks": lambda x: np.dstack([x, X])[..., 0] + np.column_stack([x, W])[:, :4] + np.append(x, V)[:4],
    "split": lambda x: sum(np.split(x, 2, axis=1)) @ np.split(x, [1, 3], 1)[1].T + np.hsplit(x, 2)[0] @ np.ones((2, 3)),
    "other splits": lambda x: np.array_split(x, 2)[1] + np.vsplit(x, 3)[0] + np.dsplit(x * T, 2)[0][0, :1, :1],
    "repeat": lambda x: np.repeat(x, 2, axis=0)[:3] + np.repeat(x, 3)[:4] + np.repeat(x, [1, 0, 2], axis=0),
    "tile": lambda x: np.tile(x, 2)[:, :4] + np.tile(x, (2, 1, 1))[1] + x.repeat(2, axis=1)[:, ::2],
    "pad": lambda x: np.pad(x, 1)[:3, :4] + np.pad(x, ((0, 0), (1, 2)), constant_values=3.0)[:, 2:6],
    "pad by mode": lambda x: np.pad(x, 2, mode="reflect") + np.pad(x, 2, "edge") + np.pad(x, 2, "wrap"),
    "turns": lambda x: np.flip(x) + np.flip(x, 0) + np.fliplr(x) + np.flipud(x) + np.rot90(x, 2) + np.roll(x, 1),
    "roll": lambda x: np.roll(x, 2, axis=1) + np.roll(x, (1, -1), axis=(0, 1)),
    "sort": lambda x: np.sort(x) + np.sort(x, axis=0) * V + np.sort(x, axis=None)[:4],
    "take": lambda x: np.take(x, [0, 2, 2], axis=0) + np.take(x, 5) + x.take([1, 0, 2], axis=0),
    "take_along_axis": lambda x: np.take_along_axis(x, np.argsort(x, axis=1), axis=1),
    "delete": lambda x: np.delete(x, 1, axis=1) + np.compress([True, False, True, True], x, axis=1),
    "triangles": lambda x: np.tril(x) + np.triu(x, 1) * 2 + np.diag(x)[0] + np.diag(np.diag(x))[1, 1],
    "diagonals": lambda x: np.diagonal(x, 1) + np.trace(x) + np.trace(x, 1) + np.diagflat(x)[3, 3] + x.trace(),
    "indexing": lambda x: x[0] + x[:, 1:3].sum() + x[-1, ::-1] + x[..., 2].sum() + x[1, 2] + x[None][0, 2],
    "fancy indexing": lambda x: x[[0, 2, 0]] + x[np.array([1, 1, 2]), :] + x[B].sum() + x[np.ix_([0, 2], [1, 3])][0, 0],
    "where": lambda x: np.where(B, x, 2.0) + np.where(x > 0, x**2, x) + np.where(B, 1.0, x * x),
    "clip": lambda x: np.clip(x, -0.5, 0.5) + np.clip(x, None, V) + x.clip(0.1) + np.clip(x, a_min=V, a_max=1.0),
    "select": lambda x: np.select([x > 1, x > 0], [x, x**2], default=3.0),
    "interp": lambda x: np.interp(x, [-1.0, 0.0, 2.0], [1.0, 4.0, 2.0]) + np.interp([0.5], [0.0, 1.0], x[0, :2]),
    "grids": lambda x: np.meshgrid(x[0], x[1])[0] * np.linspace(x[0, 0], 2.0, 4) + np.vander(x[0], 4) + x.flatten()[0],
    "polynomials": lambda x: np.polyval(x[0], x[1]) + np.convolve(x[0], V, "same") + np.convolve(x[1], V[:3])[1:5],
}
PRODUCTS = {
    "dot": lambda x: np.dot(x, V) + x.dot(V) + np.dot(x, T[0].T)[0] + np.dot(2.0, x)[:, 0] + np.inner(x, V),
    "dot of stacks": lambda x: np.dot(T, x.T) + np.dot(x, T.transpose(0, 2, 1)).transpose(1, 0, 2)[0, 0, 0],
    "vdot": lambda x: np.vdot(x, X) + np.outer(x, V)[:4] + np.outer(V[:2], x[0]).sum() + np.inner(x, x).sum(),
    "tensordot": lambda x: np.tensordot(x, X) + np.tensordot(x, T, axes=([1], [2])) + np.tensordot(x, V, 1).sum(),
    "einsum": lambda x: np.einsum("ij,kj->ik", x, x) + np.einsum("ij->j", x)[0] + np.einsum("ij", x)[0, 0],
    "einsum repeated": lambda x: np.einsum("ii", x @ x.T) + np.einsum("ii->i", x @ x.T),
    "einsum repeated in three": lambda x: np.einsum("iij->j", T[:, :2] * x[0, 0]),
    "einsum dots": lambda x: np.einsum("...ij,kj->...ik", T, x) + np.einsum("i...->...", x)[0],
    "einsum three": lambda x: np.einsum("ij,jk,kl->il", x, x.T, x),
    "kron": lambda x: np.kron(x, np.array([[1.0, 2.0]])) + np.kron(V[:2], x),
    "cross": lambda x: np.cross(x[:, :3], W) + np.cross(x.T[:3], T[0].T[:3]),
    "matrix stacks": lambda x: np.matmul(x, T.transpose(0, 2, 1)) + x @ T.transpose(0, 2, 1),
}
LINALG = {
    "norm": lambda x: linalg.norm(x) + linalg.norm(x, axis=0) + linalg.norm(x, 1, axis=0) + linalg.norm(x, 3, axis=0),
    "norm of matrices": lambda x: linalg.norm(x, 2) + linalg.norm(x, "nuc") + linalg.norm(x, 1),
    "norm keepdims": lambda x: linalg.norm(x, axis=1, keepdims=True) + linalg.norm(x, np.inf, 0),
    "norm of rows and elements": lambda x: linalg.norm(x, np.inf) + linalg.norm(x, "fro"),
    "solve": lambda x: linalg.solve(x, W) + linalg.solve(x, S) + linalg.solve(S, x) + linalg.solve(S, x[0]),
    "inv": lambda x: linalg.inv(x) + linalg.pinv(x) + linalg.matrix_power(x, 3) + linalg.matrix_power(x, -2),
    "det": lambda x: linalg.det(x) + linalg.slogdet(x)[1] + linalg.slogdet(x).logabsdet * linalg.slogdet(x).sign,
    "cholesky": lambda x: linalg.cholesky(x @ x.T),
    "eigh": lambda x: linalg.eigh(x @ x.T)[0] + abs(linalg.eigh(x @ x.T).eigenvectors) + linalg.eigvalsh(x @ x.T),
    "svd": lambda x: linalg.svd(x, compute_uv=False) + linalg.svd(x)[1] + abs(linalg.svd(x).U) + abs(linalg.svd(x).Vh),
    "products": lambda x: linalg.multi_dot([x, S, x]) + linalg.matmul(x, S) + linalg.trace(x) + linalg.outer(x[0], W),
}
ALL = [
    pytest.param(function, point, id=name)
    for table, point in ((UFUNCS, X), (REDUCTIONS, X), (SHAPING, X), (PRODUCTS, X), (LINALG, S))
    for name, function in table.items()
]


@pytest.mark.parametrize("function, point", ALL)
def test_a_plain_numpy_function_differentiates_unchanged(function, point):
    tensor = core.constant(point)
    with core.GradientTape() as tape:
        tape.watch(tensor)
        result = function(tensor)
    expected = function(point)
    np.testing.assert_allclose(result.numpy(), expected, rtol=1e-12, atol=1e-14)
    weights = np.random.default_rng(2).normal(size=np.shape(expected))
    gradient = tape.gradient(result, tensor, output_gradients=core.constant(weights))
    differences = finite_difference(function, point, 1e-6, weights=weights)
    assert relative_error(gradient, differences) < 1e-6


def test_singular_values_of_wide_and_tall_matrices_and_their_thin_factors():
    for point in (X, X.T):

        def check(x):
            left, _, right = linalg.svd(x, full_matrices=False)
            return abs(left).sum() + abs(right**3).sum()

        tensor = core.constant(point)
        with core.GradientTape() as tape:
            tape.watch(tensor)
            result = check(tensor)
        assert relative_error(tape.gradient(result, tensor), finite_difference(check, point)) < 1e-6


@pytest.mark.parametrize(
    "call, name",
    [
        (lambda x: np.fft.fft(x), "fft"),
        (lambda x: np.unwrap(x), "unwrap"),
        (lambda x: np.linalg.eig(x), "eig"),
        (lambda x: np.ldexp(x, 2), "ldexp"),
        (lambda x: np.add.reduceat(x, [0, 1]), "add.reduceat"),
        (lambda x: np.add(x, 1.0, out=np.ones((3, 3))), "out"),
        (lambda x: np.sum(x, out=np.ones(())), "out"),
        (lambda x: np.sum(x, where=x > 0), "where"),
        (lambda x: np.linalg.svd(x[:2]), "full"),
        (lambda x: np.pad(x, 1, mode="mean"), "mean"),
        (lambda x: np.multiply(x, 2, dtype=np.float32), "dtype"),
    ],
)
def test_what_has_no_rule_says_so_by_name(call, name):
    with pytest.raises(TypeError, match=name):
        call(core.constant(S))


def test_writes_into_recorded_arrays_are_refused():
    tensor = core.constant(V)
    with pytest.raises(TypeError, match="place"):
        tensor[0] = 1.0
    with pytest.raises(TypeError):
        plain = V.copy()
        plain += tensor


def test_comparisons_tests_and_indices_are_plain_numpy():
    x = core.constant(X)
    for result in (np.isnan(x), np.greater(x, 0), np.argmax(x, 1), np.argsort(x), np.isclose(x, X), np.zeros_like(x)):
        assert type(result) is np.ndarray
    assert np.shape(x) == (3, 4) and np.ndim(x) == 2 and np.size(x) == 12 and np.allclose(x, X)
    assert np.nonzero(x)[0].shape == (12,) and np.count_nonzero(x) == 12


def test_axes_that_do_not_exist_raise_as_numpy_does():
    x = core.constant(X)
    for call in (
        lambda: np.sum(x, axis=2), lambda: np.moveaxis(x, 3, 0), lambda: np.swapaxes(x, 0, -3), lambda: x.mean(axis=-3),
        lambda: np.expand_dims(x, 5), lambda: np.take(x, 0, axis=2), lambda: np.stack([x, x], axis=4),
        lambda: np.concatenate([x, x], axis=2), lambda: np.sort(x, axis=2), lambda: np.cumsum(x, axis=2),
        lambda: np.flip(x, 2), lambda: np.repeat(x, 2, axis=2), lambda: np.split(x, 2, axis=2),
        lambda: np.squeeze(x, 7),
    ):  # fmt: skip
        with pytest.raises(np.exceptions.AxisError):
            call()


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda x: x + np.ones(3), r"add: shapes \(3, 4\) and \(3,\) do not fit together"),
        (lambda x: np.ones(3) * x, r"mul: shapes \(3,\) and \(3, 4\) do not fit together"),
        (lambda x: x @ np.ones((3, 2)), r"matmul: shapes \(3, 4\) and \(3, 2\) do not fit together"),
        (lambda x: np.where(np.ones(3) > 0, x, 1.0), r"where: shapes \(3,\), \(3, 4\) and \(\) do not fit together"),
        (lambda x: np.concatenate([x, np.ones((2, 3))]), r"concatenate: shapes \(3, 4\) and \(2, 3\)"),
        (lambda x: np.reshape(x, (5, 2)), r"reshape: shape \(3, 4\) does not fit shape \(5, 2\)"),
    ],
)
def test_shapes_that_do_not_fit_are_both_named(call, words):
    with pytest.raises(ValueError, match=words):
        call(core.constant(X))


def test_an_array_of_tensors_made_by_numpy_is_refused_rather_than_cut_off():
    x = core.constant(V)
    with pytest.raises(TypeError, match=r"core\.array"):
        np.array([x[0], x[1]])
    with pytest.raises(TypeError, match=r"core\.array"):
        np.asarray(x)


@pytest.mark.parametrize(
    ("function", "slopes"),
    [
        (lambda x: np.full_like(x, x[0]).sum(), [2.0, 0.0]),
        (lambda x: np.full_like(x, fill_value=x[1]) @ x, [3.0, 8.0]),  # x1·x0 + x1·x1
        (lambda x: (np.full_like(x, 3.0) * x).sum(), [3.0, 3.0]),
    ],
)
def test_what_an_array_is_filled_with_has_a_derivative(function, slopes):
    """By hand, at [2, 3]."""
    assert core.grad(function)(np.array([2.0, 3.0])).tolist() == slopes
