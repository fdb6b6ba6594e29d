"""The dialect's tensors, variables, dtypes and exceptions: what they are, and what they refuse."""

from typing import Any

import numpy as np
import pytest

from core.dialects import tensorflow as tf


def test_default_dtypes_are_float32_and_int32_but_numpy_keeps_its_own() -> None:
    kinds = [tf.constant(value).dtype for value in (5.0, [1, 2], True, np.float64(1.0), np.arange(3), 1 + 2j)]
    assert kinds == [tf.float32, tf.int32, tf.bool, tf.float64, tf.int64, tf.complex128]
    assert tf.constant(1, dtype="float64").dtype == np.float64
    assert (repr(tf.float32), tf.float32 == "float32", tf.float32.as_numpy_dtype) == ("tf.float32", True, np.float32)
    assert (tf.float32.is_floating, tf.int32.is_integer, tf.int8.max, tf.as_dtype(float).name) == (
        True,
        True,
        127,
        "float32",
    )


def test_tensors_look_like_tensorflows() -> None:
    x = tf.constant([[1.0, 2.0]])
    assert repr(x) == "<tf.Tensor: shape=(1, 2), dtype=float32, numpy=[[1. 2.]]>"
    assert str(tf.constant(5.0)) == "tf.Tensor(5.0, shape=(), dtype=float32)"
    assert repr(tf.Variable(1.0, name="w")) == "<tf.Variable 'w:0' shape=() dtype=float32, numpy=1.0>"
    assert (x.shape, x.shape.as_list(), x.shape.rank, x.shape[1:]) == ([1, 2], [1, 2], 2, (2,))
    assert type(x).__name__ == "EagerTensor"
    assert f"{tf.constant(2.0):.2f}" == "2.00"


def test_plain_values_take_the_tensors_dtype() -> None:
    x = tf.constant([1.0, 2.0])
    for result in (x * 2, 2.0 * x, x + [3, 4], np.ones(2) * x, x - np.array([1, 2]), np.float64(3.0) / x, x**2):
        assert isinstance(result, tf.Tensor)
        assert result.dtype == tf.float32


@pytest.mark.parametrize(
    ("use", "words"),
    [
        (lambda: tf.constant([1.0]) * tf.constant([1.0], tf.float64), r"float32 \(1,\), float64 \(1,\).*tf.cast"),
        (lambda: tf.constant(1) + tf.constant(1.0), "int32.*float32"),
        (lambda: tf.ones([2, 3]) + tf.ones([2]), r"\(2, 3\).*\(2,\)"),
        (lambda: tf.ones([2, 2]) @ tf.ones([3, 2]), r"\(2, 2\).*\(3, 2\)"),
        (lambda: tf.ones([2]) @ tf.ones([2]), r"\(2,\).*\(2,\)"),
        (lambda: tf.reshape(tf.ones([4]), [3]), r"\(4,\)"),
        (lambda: tf.concat([tf.ones([2, 2]), tf.ones([3, 3])], 0), r"\(2, 2\).*\(3, 3\)"),
        (lambda: tf.reduce_sum(tf.ones([2]), axis=5), "axis 5"),
        (lambda: tf.ones([3])[5], "5"),
        (lambda: tf.gather(tf.ones([3]), [5]), r"5 is not in \[0, 3\)"),
        (lambda: tf.gather(tf.ones([3]), [-1]), "-1"),
        (lambda: tf.gather_nd(tf.ones([3, 2]), [[0, 2]]), r"2 is not in \[0, 2\)"),
        (lambda: tf.gather(tf.ones([3]), [0.5]), "whole numbers"),
        (lambda: tf.linalg.inv(tf.ones([2, 2])), "Singular"),
        (lambda: tf.linalg.cholesky(-tf.eye(2)), "positive definite"),
        (lambda: tf.linalg.solve(tf.eye(2), tf.ones([2])), r"\(2, 2\).*\(2,\)"),
        (lambda: tf.split(tf.ones([5]), 2), "2 equal parts"),
        (lambda: tf.math.top_k(tf.ones([2]), 3), "at least 3"),
        (lambda: tf.math.top_k(tf.constant(2.0)), "at least one axis"),
        (lambda: tf.split(tf.constant(2.0), 1), "axis 0"),
        (lambda: tf.pad(tf.ones([2, 2]), [[1, 1]]), r"\[\(1, 1\)\].*\(2, 2\)"),
        (lambda: tf.linalg.band_part(tf.ones([2]), 0, -1), "matrices"),
        (lambda: tf.linalg.matvec(tf.ones([2]), tf.ones([2])), "matrix and a vector"),
        (lambda: tf.exp(tf.constant(1)), "`exp` needs floating-point numbers, not int32"),
        (lambda: tf.nn.softmax(tf.constant([1, 2])), "`softmax` needs floating-point numbers, not int32"),
        (lambda: tf.math.reduce_std(tf.constant([1, 2])), "`reduce_std` needs floating-point"),
        (lambda: tf.atan2(tf.constant(1), 2), "`atan2` needs floating-point"),
        (lambda: tf.abs(tf.constant(True)), "`abs` needs numbers, not bool"),
        (lambda: tf.reduce_sum(tf.constant([True])), "`reduce_sum` needs numbers, not bool"),
        (lambda: tf.reduce_max(tf.constant([True])), "`reduce_max` needs numbers, not bool"),
        (lambda: tf.cumsum(tf.constant([True])), "`cumsum` needs numbers, not bool"),
        (lambda: tf.range(tf.constant(3, tf.int8)), "a range over int32, int8, int32"),
        (lambda: tf.logical_and(tf.constant([1]), [2]), "`logical_and` needs truth values, not int32"),
        (lambda: tf.nn.sparse_softmax_cross_entropy_with_logits([3], tf.ones([1, 2])), r"outside \[0, 2\)"),
        (lambda: tf.ensure_shape(tf.ones([2]), [3]), r"\(2,\).*\(3,\)"),
        (lambda: tf.debugging.assert_near(1.0, 2.0), "does not hold"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_an_invalid_argument_that_names_both_sides(use: Any, words: str) -> None:
    with pytest.raises(tf.errors.InvalidArgumentError, match=words) as caught:
        use()
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("use", "kind", "words"),
    [
        (lambda: tf.constant(1) + 1.5, TypeError, "1.5.*int32"),
        (lambda: tf.constant(None), ValueError, "None"),
        (lambda: tf.constant("text"), ValueError, "numbers"),
        (lambda: tf.constant([[1.0], [1.0, 2.0]]), ValueError, "equal rows"),
        (lambda: tf.constant(1.0, dtype="nonsense"), TypeError, "nonsense"),
        (lambda: tf.convert_to_tensor(tf.constant(1.0), dtype=tf.float64), ValueError, "float64.*float32"),
        (lambda: tf.Variable([1.0, 2.0]).assign([1.0]), ValueError, r"\(1,\).*\(2,\)"),
        (lambda: tf.Variable([1.0, 2.0]).assign_add([[1.0, 2.0]]), ValueError, r"\(1, 2\).*\(2,\)"),
        (lambda: tf.Variable(1.0).assign(tf.constant(1.0, tf.float64)), ValueError, "float32.*float64"),
        (lambda: bool(tf.constant([1.0, 2.0]) > 1.0), ValueError, "ambiguous"),
        (lambda: hash(tf.constant(1.0)), TypeError, "ref"),
        (lambda: hash(tf.Variable(1.0)), TypeError, "ref"),
        (lambda: tf.ones([3])[[0, 1]], TypeError, "tf.gather"),
        (lambda: tf.ones([3]).mean(), AttributeError, "mean"),
        (lambda: tf.ones([3]).__setitem__(0, 1.0), TypeError, "in place"),
        (lambda: tf.add_n([tf.ones([2]), tf.ones([3])]), ValueError, r"\(2,\).*\(3,\)"),
        (lambda: tf.boolean_mask(tf.ones([3]), [True]), ValueError, r"\(3,\).*\(1,\)"),
        (lambda: tf.unstack(tf.ones([3]), num=2), ValueError, "3 slices"),
        (lambda: tf.nn.sigmoid_cross_entropy_with_logits(tf.ones([2]), tf.ones([3])), ValueError, r"\(3,\).*\(2,\)"),
        (lambda: tf.case([(False, lambda: 1.0)]), ValueError, "no default"),
        (lambda: tf.while_loop(lambda i: i < 3, lambda i: (i, i), [0]), ValueError, "2 values for 1"),
    ],
)  # fmt: skip
def test_other_refusals_have_tensorflows_type(use: Any, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        use()


def test_whole_numbers_divide_as_in_tensorflow() -> None:
    seven = tf.constant(7)
    assert [float(seven / 2), int(seven // 2), int(seven % 4), int(seven**2)] == [3.5, 3, 3, 49]
    assert ((seven / 2).dtype, (seven // 2).dtype) == (tf.float64, tf.int32)


def test_numpy_functions_take_the_value_and_leave_the_tape() -> None:
    x = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as tape:
        y = tf.reduce_mean(np.mean(x**2, axis=0))
    assert float(y) == 7.5
    assert tape.gradient(y, x) is None
    assert str(tape.explain(y, x).reason) == "used up"
    assert isinstance(np.sin(x), np.ndarray)
    np.testing.assert_array_equal(np.array([tf.constant(1.0), tf.constant(2.0)]), [1.0, 2.0])


def test_the_arrays_of_a_tensor_are_copies() -> None:
    source = np.array([1.0, 2.0])
    x = tf.constant(source)
    source[:] = 0.0
    x.numpy()[:] = 0.0
    np.asarray(x)[:] = 0.0
    assert x.numpy().tolist() == [1.0, 2.0]


def test_equality_compares_elements_and_references_identity() -> None:
    x, y = tf.Variable([1.0, 2.0]), tf.Variable([1.0, 3.0])
    assert (x == y).numpy().tolist() == [True, False]
    assert (x != y).numpy().tolist() == [False, True]
    assert (x == None, x != None) == (False, True)  # noqa: E711
    assert {x.ref(): 1}[x.ref()] == 1
    assert x.ref() != y.ref()
    assert x.ref().deref() is x


def test_variables_are_assigned_in_place_and_return_themselves() -> None:
    v = tf.Variable([1, 2], dtype=tf.float32, name="v")
    assert v.assign_add([1, 1]).assign_sub(tf.constant([0.5, 0.5])) is v
    assert (v.numpy().tolist(), v.name, v.trainable) == ([1.5, 2.5], "v:0", True)
    assert tf.Variable(lambda: tf.ones([2])).shape == [2]


def test_reading_a_variable_keeps_the_gradient_and_rebuilding_a_list_does_not() -> None:
    v = tf.Variable(2.0)
    with tf.GradientTape(persistent=True) as tape:
        kept = [v.read_value(), v.value(), tf.identity(v), tf.convert_to_tensor(v), tf.convert_to_tensor([v, 1.0])]
        lost = tf.constant([v, v])
    assert [float(tape.gradient(y, v)) for y in kept] == [1.0] * 5
    assert tape.gradient(lost, v) is None


def test_making_tensors() -> None:
    assert tf.range(5).numpy().tolist() == [0, 1, 2, 3, 4]
    assert tf.range(0.0, 1.0, 0.25).dtype == tf.float32
    np.testing.assert_allclose(tf.linspace(-1.0, 1.0, 5).numpy(), [-1, -0.5, 0, 0.5, 1])
    assert tf.one_hot([0, 2], 3, on_value=5.0).numpy().tolist() == [[5, 0, 0], [0, 0, 5]]
    assert tf.eye(2, 3).numpy().tolist() == [[1, 0, 0], [0, 1, 0]]
    assert tf.fill([2], 3.0).numpy().tolist() == [3.0, 3.0]
    assert tf.constant(7.0, shape=[2, 2]).shape == [2, 2]
    assert tf.zeros_like([1, 2]).dtype == tf.int32
    assert [int(tf.size(tf.ones([2, 3]))), int(tf.rank(tf.ones([2, 3])))] == [6, 2]
    assert tf.where([False, True, True]).numpy().tolist() == [[1], [2]]
    assert tf.argmax([[1, 5], [7, 2]]).numpy().tolist() == [1, 0]
    assert tf.sequence_mask([1, 3]).numpy().tolist() == [[True, False, False], [True, True, True]]


def test_random_numbers_can_be_repeated() -> None:
    tf.random.set_seed(3)
    first = tf.random.normal([2, 3]).numpy()
    tf.random.set_seed(3)
    np.testing.assert_array_equal(tf.random.normal([2, 3]).numpy(), first)
    assert np.abs(tf.random.truncated_normal([100]).numpy()).max() <= 2
    drawn = tf.random.uniform([100], 5, 8, dtype=tf.int32)
    assert set(drawn.numpy().tolist()) == {5, 6, 7}
    assert sorted(tf.random.shuffle([1, 2, 3]).numpy().tolist()) == [1, 2, 3]


def test_a_missing_name_is_said_with_the_nearest_one() -> None:
    with pytest.raises(AttributeError, match=r"tf.reduce_summ.*tf.reduce_sum"):
        tf.reduce_summ  # noqa: B018
    with pytest.raises(AttributeError, match=r"tf.math.lgamma` is not part of this TensorFlow dialect"):
        tf.math.lgamma  # noqa: B018
    with pytest.raises(AttributeError, match=r"tf.keras.losses.MeanSquareError.*tf.keras.losses.MeanSquaredError"):
        tf.keras.losses.MeanSquareError  # noqa: B018


def test_a_range_has_the_widest_kind_of_its_ends() -> None:
    ends = (3, 3.0, 1.5, tf.constant(2, tf.int64), np.float64(2))
    kinds = [tf.range(0, end, 1) for end in ends]
    assert [one.dtype.name for one in kinds] == ["int32", "float32", "float32", "int64", "float64"]


def test_whole_numbers_stay_what_they_are_where_tensorflow_keeps_them() -> None:
    whole = tf.constant([3, 8])
    kept = [tf.round(whole), tf.nn.relu6(whole), tf.cumsum(whole), tf.math.cumprod(whole), tf.abs(whole)]
    assert [one.dtype.name for one in kept] == ["int32"] * 5
    assert [one.numpy().tolist() for one in kept] == [[3, 8], [3, 6], [3, 11], [3, 24], [3, 8]]
    assert tf.nn.leaky_relu(whole).dtype == tf.float32


def test_the_largest_of_no_whole_numbers_is_the_smallest_there_is() -> None:
    none = tf.zeros([0, 2], tf.int32)
    largest, smallest = tf.reduce_max(none, axis=0), tf.reduce_min(none)
    assert largest.dtype == smallest.dtype == tf.int32
    assert (largest.numpy().tolist(), smallest.numpy().tolist()) == ([-(2**31)] * 2, 2**31 - 1)


def test_the_largest_are_told_by_name() -> None:
    largest = tf.math.top_k([3.0, 1.0, 2.0], k=2)
    assert (largest.values.numpy().tolist(), largest.indices.numpy().tolist()) == ([3.0, 2.0], [0, 2])


def test_rounding_can_be_passed_with_the_slope_one() -> None:
    x = tf.Variable([1.4, 2.6])
    with tf.GradientTape() as tape:
        y = tf.grad_pass_through(tf.round)(x)
    assert (y.numpy().tolist(), tape.gradient(y, x).numpy().tolist()) == ([1.0, 3.0], [1.0, 1.0])


def test_sparse_rows_can_be_made_dense() -> None:
    rows = tf.IndexedSlices([[1.0, 2.0], [3.0, 4.0]], [2, 2], [3, 2])
    assert rows.dense().numpy().tolist() == [[0, 0], [0, 0], [4, 6]]
