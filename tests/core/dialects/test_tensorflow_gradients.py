"""Every differentiable function of the TensorFlow dialect against central differences in float64.

A wrong rule, a lost operand or a wrong axis makes one of these rows fail; the gradient must also keep the dtype.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.dialects import tensorflow as tf

V = np.array([0.3, -0.7, 1.2])
P = np.array([0.4, 0.9, 2.5])
Q = np.array([1.7, 0.6, 0.45])
U = np.array([0.3, -0.6, 0.8])
M = np.array([[0.5, -1.0, 2.0], [3.0, 0.25, -0.7]])
S = np.array([[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]])
IMAGE = np.arange(32.0).reshape(1, 4, 4, 2) ** 1.3 % 7


def symmetric(x: Any) -> Any:
    return x + tf.transpose(x)


UNARY = [
    *[(name, getattr(tf.math, name), V) for name in (
        "sin", "cos", "tan", "sinh", "cosh", "tanh", "asinh", "atan", "exp", "expm1", "square", "negative", "abs",
        "sigmoid", "softplus", "log_sigmoid", "erf", "erfc", "reciprocal", "reciprocal_no_nan", "softsign", "softmax",
        "log_softmax", "l2_normalize", "reduce_logsumexp", "reduce_prod", "reduce_sum", "reduce_mean", "reduce_max",
        "reduce_min", "reduce_std", "reduce_variance", "reduce_euclidean_norm", "cumsum", "cumprod",
    )],
    *[(name, getattr(tf.math, name), P) for name in ("log", "log1p", "sqrt", "rsqrt")],
    *[(name, getattr(tf, name), U) for name in ("asin", "acos", "atanh", "atan")],
    ("acosh", tf.acosh, P + 1),
    *[(name, getattr(tf.nn, name), V) for name in (
        "relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "swish", "crelu", "l2_loss",
    )],
    ("gelu by tanh", lambda x: tf.nn.gelu(x, approximate=True), V),
    ("silu beta", lambda x: tf.nn.silu(x, 1.7), V),
    ("sum over axis", lambda x: tf.reduce_sum(x, axis=-1), M),
    ("mean over axes", lambda x: tf.reduce_mean(x, [0, 1], keepdims=True), M),
    ("max over axis", lambda x: tf.reduce_max(x, axis=0), M),
    ("prod over axis", lambda x: tf.reduce_prod(x, axis=1), M),
    ("std over axis", lambda x: tf.math.reduce_std(x, axis=1), M),
    ("logsumexp over axis", lambda x: tf.reduce_logsumexp(x, axis=1, keepdims=True), M),
    ("cumsum backwards", lambda x: tf.cumsum(x, axis=1, reverse=True), M),
    ("cumsum exclusive", lambda x: tf.cumsum(x, exclusive=True), M),
    ("cumprod exclusive backwards", lambda x: tf.math.cumprod(x, 1, exclusive=True, reverse=True), M),
    ("norm", tf.norm, M),
    ("norm of rows", lambda x: tf.norm(x, axis=1), M),
    ("norm 1", lambda x: tf.norm(x, ord=1), M),
    ("norm inf", lambda x: tf.norm(x, ord=np.inf), M),
    ("norm 3", lambda x: tf.norm(x, ord=3), M),
    ("clip", lambda x: tf.clip_by_value(x, -0.5, 1.0), V),
    ("clip by norm", lambda x: tf.clip_by_norm(x, 0.5), V),
    ("clip by norm, short", lambda x: tf.clip_by_norm(x, 50.0), V),
    ("clip by norm of rows", lambda x: tf.clip_by_norm(x, 1.0, axes=[1]), M),
    ("clip by global norm", lambda x: tf.clip_by_global_norm([x, 2.0 * x], 1.0)[0], V),
    ("global norm", lambda x: tf.linalg.global_norm([x, x * x]), V),
    ("power", lambda x: x**3, V),
    ("2 to the power", lambda x: 2.0**x, V),
    ("mod", lambda x: x % 0.5, V),
    ("where", lambda x: tf.where(x > 0.0, x * x, -x), V),
    ("cast", lambda x: tf.cast(tf.cast(x, tf.float64), tf.float64) ** 2, V),
    ("identity", tf.identity, V),
    ("add_n", lambda x: tf.add_n([x, x * x, x]), V),
    ("scalar_mul", lambda x: tf.scalar_mul(3.0, x), V),
    ("polyval", lambda x: tf.math.polyval([1.0, -2.0, 3.0], x), V),
    ("reshape", lambda x: tf.reshape(x, [3, -1]), M),
    ("transpose", tf.transpose, M),
    ("transpose axes", lambda x: tf.transpose(x[tf.newaxis], [2, 0, 1]), M),
    ("expand and squeeze", lambda x: tf.squeeze(tf.expand_dims(x, 1), axis=[1]), M),
    ("broadcast", lambda x: tf.broadcast_to(x, [4, 2, 3]), M),
    ("fill", lambda x: tf.fill([2, 2], x[0]), V),
    ("tile", lambda x: tf.tile(x, [2, 1]), M),
    ("repeat", lambda x: tf.repeat(x, 2, axis=1), M),
    ("repeat each", lambda x: tf.repeat(x, [2, 0, 3]), V),
    ("reverse", lambda x: tf.reverse(x, [0, 1]), M),
    ("roll", lambda x: tf.roll(x, [1, -1], [0, 1]), M),
    ("pad", lambda x: tf.pad(x, [[1, 0], [0, 2]], constant_values=9.0), M),
    ("pad reflect", lambda x: tf.pad(x, [[1, 1], [1, 0]], "REFLECT"), M),
    ("pad symmetric", lambda x: tf.pad(x, [[1, 0], [0, 2]], "SYMMETRIC"), M),
    ("concat", lambda x: tf.concat([x, x * 2.0, tf.ones([2, 1], tf.float64)], axis=-1), M),
    ("stack", lambda x: tf.stack([x, x * x], axis=1), M),
    ("unstack", lambda x: tf.unstack(x, axis=1)[2] * tf.unstack(x, axis=1)[0], M),
    ("split", lambda x: tf.split(x, [1, -1], axis=1)[1], M),
    ("meshgrid", lambda x: tf.meshgrid(x, x * x)[1], V),
    ("linspace", lambda x: tf.linspace(x[0], x[1], 5), V),
    ("sort", lambda x: tf.sort(x, direction="DESCENDING"), M),
    ("slice", lambda x: x[..., 1:], M),
    ("slice backwards", lambda x: x[::-1, ::2], M),
    ("slice function", lambda x: tf.slice(x, [0, 1], [-1, 2]), M),
    ("strided slice", lambda x: tf.strided_slice(x, [0, 0], [2, 3], [1, 2]), M),
    ("mask as index", lambda x: x[x > 0.0], M),
    ("boolean mask", lambda x: tf.boolean_mask(x, [True, False, True], axis=1), M),
    ("gather", lambda x: tf.gather(x, [[2, 0], [2, 2]], axis=1), M),
    ("gather in batches", lambda x: tf.gather(x, [[2, 0], [1, 1]], batch_dims=1), M),
    ("gather_nd", lambda x: tf.gather_nd(x, [[0, 1], [1, 2], [0, 1]]), M),
    ("gather_nd rows", lambda x: tf.gather_nd(x, [[1], [1]]), M),
    ("scatter_nd", lambda x: tf.scatter_nd([[0], [3], [0]], x, [5]), V),
    ("segments", lambda x: tf.math.unsorted_segment_sum(x, [1, 0, 1], 3), V),
    ("top_k", lambda x: tf.math.top_k(x, 2)[0], M),
    ("trace", tf.linalg.trace, S),
    ("diag", tf.linalg.diag, M),
    ("diag above", lambda x: tf.linalg.diag(x, k=1), V),
    ("diag_part", lambda x: tf.linalg.diag_part(x, k=-1), S),
    ("band_part", lambda x: tf.linalg.band_part(x, -1, 0), S),
    ("set_diag", lambda x: tf.linalg.set_diag(x, x[0]), S),
    ("matrix_transpose", tf.linalg.matrix_transpose, M),
    ("inv", tf.linalg.inv, S),
    ("det", tf.linalg.det, S),
    ("logdet", tf.linalg.logdet, S),
    ("slogdet", lambda x: tf.linalg.slogdet(x)[1], S),
    ("expm", lambda x: tf.linalg.expm(0.3 * x), S),
    ("pinv", tf.linalg.pinv, M),
    ("einsum trace", lambda x: tf.einsum("ii->", x), S),
    ("eigenvalues", lambda x: tf.linalg.eigvalsh(symmetric(x)), S),
    ("singular values", lambda x: tf.linalg.svd(x, compute_uv=False), M),
    ("max_pool", lambda x: tf.nn.max_pool2d(x, 2, 2, "VALID"), IMAGE),
    ("max_pool same", lambda x: tf.nn.max_pool2d(x, 3, 2, "SAME"), IMAGE),
    ("avg_pool same", lambda x: tf.nn.avg_pool2d(x, [1, 3, 3, 1], [1, 2, 2, 1], "SAME"), IMAGE),
    ("moments", lambda x: tf.nn.moments(x, [0])[1], M),
    ("map_fn", lambda x: tf.map_fn(lambda row: row * row[0], x), M),
    ("scan", lambda x: tf.scan(lambda a, b: a * b, x), V),
    ("foldl", lambda x: tf.foldl(lambda a, b: a * b, x), V),
    ("while_loop", lambda x: tf.while_loop(lambda i, v: i < 3, lambda i, v: (i + 1, v * x), [0, x])[1], V),
    ("cond", lambda x: tf.cond(x[0] > 0.0, lambda: x * x, lambda: x), V),
]  # fmt: skip
BINARY = [
    *[(name, getattr(tf.math, name), P, Q) for name in (
        "add", "subtract", "multiply", "divide", "pow", "atan2", "maximum", "minimum", "squared_difference", "xlogy",
        "xdivy", "xlog1py", "divide_no_nan", "multiply_no_nan", "floormod",
    )],
    ("broadcast product", tf.multiply, M, V),
    ("matmul", tf.matmul, M, M.T.copy()),
    ("matmul of stacks", tf.matmul, np.stack([M, 2 * M]), M.T.copy()),
    ("matmul transposed", lambda a, b: tf.matmul(a, b, transpose_a=True), M, M + 1),
    ("matmul other transposed", lambda a, b: tf.matmul(a, b, transpose_b=True), M, M + 1),
    ("operator @", lambda a, b: a @ b, S, S + 1),
    ("matvec", tf.linalg.matvec, M, V),
    ("matvec transposed", lambda a, b: tf.linalg.matvec(a, b, transpose_a=True), M, np.array([1.0, -2.0])),
    ("tensordot", lambda a, b: tf.tensordot(a, b, axes=[[0], [0]]), M, M + 1),
    ("tensordot number", lambda a, b: tf.tensordot(a, b, 1), M, V),
    ("outer", lambda a, b: tf.einsum("i,j->ij", a, b), V, P),
    ("cross", tf.linalg.cross, V, P),
    ("solve", tf.linalg.solve, S, M.T.copy()),
    ("triangular solve", tf.linalg.triangular_solve, S, M.T.copy()),
    ("cholesky solve", lambda a, b: tf.linalg.cholesky_solve(tf.linalg.cholesky(symmetric(a)), b), S, M.T.copy()),
    ("update", lambda a, b: tf.tensor_scatter_nd_update(a, [[1]], b), V, np.array([9.0])),
    ("scatter add", lambda a, b: tf.tensor_scatter_nd_add(a, [[1], [1]], b), V, np.array([9.0, 2.0])),
    ("scatter sub", lambda a, b: tf.tensor_scatter_nd_sub(a, [[0], [2]], b), V, np.array([9.0, 2.0])),
    ("scatter max", lambda a, b: tf.tensor_scatter_nd_max(a, [[0], [2]], b), V, np.array([9.0, 0.2])),
    ("softmax entropy", lambda a, b: tf.nn.softmax_cross_entropy_with_logits(a, b), np.abs(M), M),
    ("sigmoid entropy", lambda a, b: tf.nn.sigmoid_cross_entropy_with_logits(a, b), U, V),
    ("weighted entropy", lambda a, b: tf.nn.weighted_cross_entropy_with_logits(a, b, 2.5), U, V),
    ("poisson", lambda a, b: tf.nn.log_poisson_loss(a, b), P, V),
    ("sparse entropy", lambda a, b: tf.nn.sparse_softmax_cross_entropy_with_logits([2, 0], a * b), M, V),
    ("batch norm", lambda a, b: tf.nn.batch_normalization(a, b, P, None, U, 1e-3), M, V),
    ("conv2d", lambda a, b: tf.nn.conv2d(a, b, 1, "SAME"), IMAGE, np.arange(12.0).reshape(3, 2, 2, 1) - 5),
    ("conv2d strides", lambda a, b: tf.nn.conv2d(a, b, 2, "VALID"), IMAGE, np.arange(8.0).reshape(2, 2, 2, 1)),
]  # fmt: skip


def weighted(result: Any) -> Any:
    """One number of all results, each element with a weight of its own."""
    parts = result if isinstance(result, list | tuple) else [result]
    flat = [tf.reshape(part, [-1]) for part in parts]
    return tf.reduce_sum(tf.concat([part * np.cos(np.arange(1.0, len(part) + 1)) for part in flat], 0))


def central(function: Callable[..., Any], points: list[np.ndarray], place: int, step: float = 1e-6) -> np.ndarray:
    """The slope in each element, from values on both sides."""
    slopes = np.zeros_like(points[place])
    for index in np.ndindex(slopes.shape):
        values = []
        for sign in (1, -1):
            moved = [point.copy() for point in points]
            moved[place][index] += sign * step
            values.append(float(weighted(function(*map(tf.constant, moved)))))
        slopes[index] = (values[0] - values[1]) / (2 * step)
    return slopes


def check(function: Callable[..., Any], *points: np.ndarray) -> None:
    sources = [tf.constant(point) for point in points]
    with tf.GradientTape() as tape:
        tape.watch(sources)
        y = weighted(function(*sources))
    for place, gradient in enumerate(tape.gradient(y, sources)):
        assert gradient.dtype == tf.float64
        expected = central(function, list(points), place)
        np.testing.assert_allclose(gradient.numpy(), expected, rtol=2e-6, atol=2e-7)


@pytest.mark.parametrize(("function", "point"), [row[1:] for row in UNARY], ids=[row[0] for row in UNARY])
def test_functions_of_one_tensor(function: Any, point: Any) -> None:
    check(function, point)


@pytest.mark.parametrize(("function", "x", "y"), [row[1:] for row in BINARY], ids=[row[0] for row in BINARY])
def test_functions_of_two_tensors(function: Any, x: Any, y: Any) -> None:
    check(function, x, y)


SINGLE = [row for row in UNARY if row[0] not in ("concat", "cast")]  # these two ask for float64


@pytest.mark.parametrize(("function", "point"), [row[1:] for row in SINGLE], ids=[row[0] for row in SINGLE])
def test_float32_stays_float32(function: Any, point: Any) -> None:
    """Value and gradient in the source's precision, not NumPy's double."""
    x = tf.constant(point, dtype=tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = function(x)
    assert all(part.dtype == tf.float32 for part in (y if isinstance(y, list) else [y]))
    assert tape.gradient(y, x).dtype == tf.float32


def test_an_assignment_reads_the_variable_and_so_has_it_watched() -> None:
    v, w, n = tf.Variable(2.0), tf.Variable([1.0, 3.0]), tf.Variable(4.0, trainable=False)
    with tf.GradientTape() as tape:
        v.assign_add(1.0)
        w.assign([0.0, 1.0])
        n.assign_sub(1.0)
    assert [one.name for one in tape.watched_variables()] == [v.name, w.name]


def test_stopping_a_gradient_does_not_watch_the_variable() -> None:
    v, w = tf.Variable(2.0), tf.Variable(3.0)
    with tf.GradientTape() as tape:
        y = tf.stop_gradient(v) * w
    assert [one.name for one in tape.watched_variables()] == [w.name]
    assert [tape.gradient(y, [v, w])[0], float(y)] == [None, 6.0]


def test_a_jacobian_watches_its_target_and_knows_nothing_of_what_is_not_watched() -> None:
    v, c = tf.Variable([1.0, 2.0]), tf.constant([3.0, 4.0])
    with tf.GradientTape(persistent=True) as tape:
        pass
    assert tape.jacobian(v, v).numpy().tolist() == [[1, 0], [0, 1]]
    assert [one.name for one in tape.watched_variables()] == [v.name]
    assert tape.jacobian(c, c) is None
    assert tape.gradient(c, c).numpy().tolist() == [1, 1]
