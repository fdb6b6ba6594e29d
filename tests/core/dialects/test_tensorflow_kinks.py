"""What TensorFlow's gradients are at kinks, ties and singular points, and where a second derivative is 0 or None.

The expected numbers follow from the rules by hand; most of them were also measured on TensorFlow. Where it is
mathematically wrong (`cumprod` past a zero, `xlogy` at 0, the determinant of a singular matrix) we are right.
"""

from typing import Any

import numpy as np
import pytest

from core.dialects import tensorflow as tf

inf, nan = np.inf, np.nan


def pooled(x: Any) -> Any:
    return tf.nn.max_pool2d(tf.reshape(x, [1, 2, 2, 1]), 2, 2, "VALID")


KINKS: list[tuple[str, Any, list[Any], list[Any]]] = [
    ("relu", tf.nn.relu, [[-1, 0, 2]], [[0, 0, 1]]),
    ("maximum(x, 0)", lambda x: tf.maximum(x, 0.0), [[-1, 0, 2]], [[0, 1, 1]]),
    ("maximum(0, x)", lambda x: tf.maximum(0.0, x), [[-1, 0, 2]], [[0, 0, 1]]),
    ("where(x > 0)", lambda x: tf.where(x > 0, x, 0.0), [[-1, 0, 2]], [[0, 0, 1]]),
    ("relu6", tf.nn.relu6, [[0, 3, 6]], [[0, 1, 0]]),
    ("inf * relu", lambda x: inf * tf.nn.relu(x), [[-1, 2]], [[nan, inf]]),
    ("inf * relu6", lambda x: inf * tf.nn.relu6(x), [[-1, 2, 7]], [[nan, inf, nan]]),
    ("leaky_relu", tf.nn.leaky_relu, [[-1, 0, 2]], [[0.2, 0.2, 1]]),
    ("elu", tf.nn.elu, [[-1, 0, 2]], [[np.exp(-1), 1, 1]]),
    ("selu", tf.nn.selu, [[0]], [[1.0507009873554805]]),
    ("abs", tf.abs, [[-1, 0, 2]], [[-1, 0, 1]]),
    ("sign", tf.sign, [[-1, 0, 2]], [[0, 0, 0]]),
    ("inf * sign", lambda x: inf * tf.sign(x), [[-1, 2]], [[0, 0]]),
    ("round", tf.round, [[1.4]], [None]),
    ("floor", tf.floor, [[1.4]], [None]),
    ("ceil", tf.math.ceil, [[1.4]], [None]),
    ("rint", tf.math.rint, [[1.4]], [None]),
    ("mod", lambda x: x % 2.0, [[5.5, -5.5, 4]], [[1, 1, 1]]),
    ("clip", lambda x: tf.clip_by_value(x, 0.0, 1.0), [[-1, 0, 0.5, 1, 2]], [[0, 1, 1, 1, 0]]),
    ("maximum, tie", tf.maximum, [[1, 2], [1, 2]], [[1, 1], [0, 0]]),
    ("minimum, tie", tf.minimum, [[1, 2], [1, 2]], [[1, 1], [0, 0]]),
    ("where, tie", lambda a, b: tf.where(a > b, a, b), [[1], [1]], [[0], [1]]),
    ("reduce_max, ties", tf.reduce_max, [[1, 3, 3]], [[0, 0.5, 0.5]]),
    ("reduce_max by rows", lambda x: tf.reduce_max(x, 1), [[[1, 3, 3], [4, 4, 2]]], [[[0, 0.5, 0.5], [0.5, 0.5, 0]]]),
    ("reduce_min, ties", tf.reduce_min, [[1, 1, 3]], [[0.5, 0.5, 0]]),
    ("max_pool, ties", pooled, [[[1, 3], [3, 2]]], [[[0, 1], [0, 0]]]),
    ("top_k, ties", lambda x: tf.math.top_k(x, 1)[0], [[3, 3, 1]], [[1, 0, 0]]),
    ("sqrt", tf.sqrt, [[0, 4]], [[inf, 0.25]]),
    ("rsqrt", tf.math.rsqrt, [[0, 4]], [[-inf, -0.0625]]),
    ("sqrt(x)**2", lambda x: tf.sqrt(x) ** 2, [[0, 4]], [[0, 1]]),
    ("sqrt(x**2)", lambda x: tf.sqrt(x**2), [[0, -3]], [[nan, -1]]),
    ("norm at 0", tf.norm, [[0, 0]], [[nan, nan]]),
    ("norm 1", lambda x: tf.norm(x, ord=1), [[3, 0, -4]], [[1, 0, -1]]),
    ("norm inf", lambda x: tf.norm(x, ord=inf), [[3, -3, 1]], [[0.5, -0.5, 0]]),
    ("atan2 at 0", tf.atan2, [[0], [0]], [[nan], [nan]]),
    ("x**0", lambda x: x**0, [[0, 2]], [[nan, 0]]),
    ("x**1", lambda x: x**1, [[0, 2]], [[1, 1]]),
    ("x**-1", lambda x: x**-1, [[0, 2]], [[-inf, -0.25]]),
    ("0**y", lambda y: 0.0**y, [[0, 2]], [[0, 0]]),
    ("x**y at 0", tf.pow, [[0, 0, 0, 0, 0], [2, 1, 0.5, 0, -1]], [[0, 1, inf, nan, -inf], [0, 0, 0, 0, nan]]),
    ("x**y below 0", lambda x, y: x**y, [[-2, -2, -2], [2, 3, 0.5]], [[-4, 12, nan], [0, 0, nan]]),
    ("log", tf.math.log, [[0, -1, 2]], [[inf, -1, 0.5]]),
    ("1/x", lambda x: 1 / x, [[0, 2]], [[-inf, -0.25]]),
    ("a/b", lambda a, b: a / b, [[1, 0], [0, 0]], [[inf, inf], [-inf, nan]]),
    ("a/0 for a constant 0", lambda a: a / 0.0, [[1]], [[inf]]),
    ("divide_no_nan", tf.math.divide_no_nan, [[1, 0, 6], [0, 0, 2]], [[0, 0, 0.5], [0, 0, -1.5]]),
    ("x log x", lambda x: x * tf.math.log(x), [[0, 1]], [[nan, 1]]),
    ("xlogy, right", tf.math.xlogy, [[0, 0, 2], [0, 3, 4]], [[-inf, np.log(3), np.log(4)], [0, 0, 0.5]]),
    ("asin", tf.asin, [[1, -1, 0]], [[inf, inf, 1]]),
    ("acosh", tf.acosh, [[1, 0.5, -3]], [[inf, nan, nan]]),
    ("0 / reciprocal", lambda x: 0.0 * tf.math.reciprocal(x), [[0, 2]], [[0, 0]]),
    ("prod with a zero", tf.reduce_prod, [[2, 0, 4]], [[0, 8, 0]]),
    ("prod with two zeros", tf.reduce_prod, [[0, 0, 4]], [[0, 0, 0]]),
    ("cumprod with a zero, right", tf.math.cumprod, [[2, 0, 3]], [[1, 8, 0]]),
    ("det of a singular matrix, right", tf.linalg.det, [[[1, 2], [2, 4]]], [[[4, -2], [-2, 1]]]),
    ("std of a constant", tf.math.reduce_std, [[2, 2, 2]], [[nan, nan, nan]]),
    ("logsumexp of -inf", tf.reduce_logsumexp, [[-inf, -inf]], [[nan, nan]]),
    ("where around sqrt", lambda x: tf.where(x > 0, tf.sqrt(x), 0.0), [[-1, 0, 4]], [[0, 0, 0.25]]),
    ("where around log", lambda x: tf.where(x > 0, tf.math.log(x), 0.0), [[-1, 0, 2]], [[0, nan, 0.5]]),
    ("sigmoid far out", tf.sigmoid, [[-1000, 0, 1000]], [[0, 0.25, 0]]),
    ("1/(1+exp(-x)) far out", lambda x: 1 / (1 + tf.exp(-x)), [[-100, 0]], [[nan, 0.25]]),
    ("softplus far out", tf.nn.softplus, [[-1000, 0, 1000]], [[0, 0.5, 1]]),
    ("log_sigmoid far out", tf.math.log_sigmoid, [[-200, 0, 200]], [[1, 0.5, 0]]),
    ("log_softmax far apart", lambda x: tf.nn.log_softmax(x)[1], [[1000, 0]], [[-1, 1]]),
    ("log of softmax far apart", lambda x: tf.math.log(tf.nn.softmax(x))[1], [[1000, 0]], [[nan, nan]]),
    ("l2_normalize at 0", tf.math.l2_normalize, [[0, 0]], [[1e6, 1e6]]),
    ("x * 0", lambda x: x * 0, [[3, inf]], [[0, 0]]),
    ("gather twice", lambda x: tf.gather(x, [0, 0, 2]), [[1, 2, 3]], [[2, 0, 1]]),
    ("mean of nothing", tf.reduce_mean, [[]], [[]]),
    ("max of nothing", tf.reduce_max, [[]], [[]]),
]  # fmt: skip


@pytest.mark.parametrize(("function", "points", "slopes"), [row[1:] for row in KINKS], ids=[row[0] for row in KINKS])
def test_first_derivatives(function: Any, points: Any, slopes: Any) -> None:
    sources = [tf.constant(point, dtype=tf.float32) for point in points]
    with tf.GradientTape() as tape:
        tape.watch(sources)
        y = function(*sources)
    for found, expected in zip(tape.gradient(y, sources), slopes, strict=True):
        assert (found is None) == (expected is None)
        if found is not None:
            np.testing.assert_allclose(found.numpy(), np.asarray(expected, np.float32), rtol=1e-5, atol=1e-6)


# A cotangent of 0: which slopes of inf or nan it meets decides between 0 and nan.
@pytest.mark.parametrize(
    ("function", "point", "expected"),
    [
        (tf.sqrt, [0, -1, 4], [0, 0, 0]),
        (tf.math.rsqrt, [0, 4], [0, 0]),
        (lambda x: x**0.5, [0, 4], [nan, 0]),
        (tf.asin, [1, 0], [nan, 0]),
        (tf.math.log, [0, 2], [nan, 0]),
        (lambda x: 1 / x, [0, 2], [nan, 0]),
    ],
    ids=["sqrt", "rsqrt", "power", "asin", "log", "reciprocal"],
)
def test_a_cotangent_of_zero(function: Any, point: Any, expected: Any) -> None:
    x = tf.Variable(point, dtype=tf.float32)
    with tf.GradientTape() as tape:
        y = function(x)
    found = tape.gradient(y, x, output_gradients=tf.zeros_like(y))
    np.testing.assert_array_equal(found.numpy(), np.asarray(expected, np.float32))


SECOND: list[tuple[str, Any, Any]] = [
    ("relu", tf.nn.relu, [0, 0, 0]),
    ("relu6", tf.nn.relu6, [0, 0, 0]),
    ("leaky_relu", tf.nn.leaky_relu, [0, 0, 0]),
    ("elu", tf.nn.elu, [np.exp(-1), 0, 0]),
    ("abs", tf.abs, [0, 0, 0]),
    ("softplus", tf.nn.softplus, [0.19661193, 0.25, 0.19661193]),
    ("square", tf.square, [2, 2, 2]),
    ("power 2", lambda x: x**2, [2, 2, 2]),
    ("power 3", lambda x: x**3, [-6, 0, 6]),
    ("exp", tf.exp, [np.exp(-1), 1, np.exp(1)]),
    ("tanh", tf.tanh, [0.6397, 0, -0.6397]),
    ("squared maximum", lambda x: tf.reduce_max(x) ** 2, [0, 0, 2]),
    ("product", tf.reduce_prod, [1, 0, -1]),
    ("maximum", lambda x: tf.maximum(x, 0.0), None),
    ("where", lambda x: tf.where(x > 0, x, 0.0), None),
    ("sum", tf.reduce_sum, None),
    ("linear", lambda x: 3 * x + 1, None),
    ("sign", tf.sign, None),
]


@pytest.mark.parametrize(("function", "expected"), [row[1:] for row in SECOND], ids=[row[0] for row in SECOND])
def test_second_derivatives_are_zero_or_none_as_in_tensorflow(function: Any, expected: Any) -> None:
    x = tf.constant([-1.0, 0.0, 1.0])
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = function(x)
        slope = inner.gradient(y, x)
    found = outer.gradient(slope, x)
    assert (found is None) == (expected is None)
    if found is not None:
        np.testing.assert_allclose(found.numpy(), np.asarray(expected, np.float32), rtol=1e-4, atol=1e-6)


def test_a_root_whose_cotangent_is_zero_keeps_its_curvature() -> None:
    """(sqrt(x) - 2)**2 at 4: the slope vanishes, the second derivative is 2 * (1/4)**2."""
    x = tf.constant(4.0)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = (tf.sqrt(x) - 2.0) ** 2
        slope = inner.gradient(y, x)
    assert (float(slope), float(outer.gradient(slope, x))) == (0.0, 0.125)
