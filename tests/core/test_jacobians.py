"""One loop puts Jacobians together for functions, tapes and runs: each row or column at its place, or None."""

import numpy as np
import pytest

from core.jacobians import by_sweeps, gathered, joined, one_hots

A = np.arange(24.0).reshape(2, 3, 4)  # of a value of shape (2, 3) by another of shape (4,)


def test_seeds_are_the_unit_matrix_in_the_shape_of_the_value():
    assert np.array_equal(np.array(list(one_hots((2, 3)))).reshape(6, 6), np.eye(6))
    assert list(one_hots(())) == [1.0]
    assert all(one.dtype == np.float32 for one in one_hots((2,), np.float32))


def test_what_has_no_element_is_asked_once_for_whether_there_is_a_path():
    (only,) = one_hots((0, 2))
    assert only.shape == (0, 2)
    (found,) = by_sweeps(lambda seed: [np.zeros(3)], np.zeros((0, 2)), [np.ones(3)])
    assert found.shape == (0, 2, 3)
    assert by_sweeps(lambda seed: [None], np.zeros((0, 2)), [np.ones(3)]) == [None]


def test_rows_come_from_pulling_back_and_columns_from_pushing_forward():
    value, other = np.ones((2, 3)), np.ones(4)
    (rows,) = by_sweeps(lambda seed: [np.tensordot(seed, A, 2)], value, [other])
    (columns,) = by_sweeps(lambda seed: [A @ seed], other, [value], last=True)
    assert np.array_equal(rows, A) and np.array_equal(columns, A)


def test_what_never_arrives_is_none_and_what_arrives_seldom_is_filled_with_zeros():
    once = iter([None, np.array([5.0, 7.0])])
    found = by_sweeps(lambda seed: [next(once), None], np.ones(2), [np.ones(2), 1.0])
    assert np.array_equal(found[0], [[0, 0], [5, 7]]) and found[1] is None


def test_numbers_stay_numbers():
    assert by_sweeps(lambda seed: [3.0 * seed], 2.0, [4.0]) == [3.0]


def test_batches_are_joined_along_the_axis_that_is_asked_for():
    parts = gathered(lambda seed: [np.stack([seed, 10 * seed])], one_hots((3,)))[0]
    whole = joined(parts, np.ones((2, 3)), 1, (2, 3, 3))
    assert np.array_equal(whole, np.stack([np.eye(3), 10 * np.eye(3)]))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_seed_has_the_dtype_of_its_value(dtype):
    (found,) = by_sweeps(lambda seed: [seed], np.ones(2, dtype), [np.ones(2, dtype)])
    assert found.dtype == dtype
