"""What a run may use is counted for lists, strings and repeated steps too, and nothing overflows Python's own stack."""

import numpy as np
import pytest

from core.language import Budget, parse


def ending(text: str, **limits) -> str:
    """The sentence in which a program ends; empty when it reaches its end."""
    failure = parse(text).execute({}, None, Budget(**limits)).failure
    return str(failure) if failure else ""


def test_differences_of_a_high_order_are_refused():
    assert "has no differences of order" in ending("np.diff(np.ones(10), 200)")
    assert "at once" in ending("np.diff(np.ones(10), 10**9)*x")
    assert parse("np.diff(np.array([1., 4., 9., 16.]), 2)").execute({}).value.tolist() == [2.0, 2.0]


def test_a_matrix_power_is_taken_by_squaring():
    assert parse("np.linalg.matrix_power(2*np.eye(2), 10)[0, 0]").execute({}).value == 1024.0
    assert np.array_equal(parse("np.linalg.matrix_power(np.eye(3), 10**9)").execute({}).value, np.eye(3))
    assert "at once" in ending("np.linalg.matrix_power(np.eye(900), 10)")


@pytest.mark.parametrize("use", ["[a].count(b)", "[a].index(b)", "a in [b]", "a == b", "[a].remove(b)", "max(a, b)"])
def test_lists_that_contain_themselves_are_not_compared(use):
    """Python's own comparison would overflow the C stack and take the program down."""
    assert "nested too deeply" in ending(f"a = []\na.append(a)\nb = []\nb.append(b)\n{use}")
