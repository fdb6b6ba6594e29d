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


MEMORY = [
    's = "a"*900000\n[s + str(i) for i in range(1500)]',
    "[[0]*10**6 for i in range(300)]",
    "a = list(range(900000))\nb = []\nwhile True:\n    b.append(a[1:])",
    "a = [0]*900000\nb = []\nwhile True:\n    b.append(a.copy())",
    "a = [0]*900000\nb = []\nwhile True:\n    b.append(a + [1])",
    's = "a"*900000\nb = []\nwhile True:\n    b.append(f"{s}{len(b)}")',
]


@pytest.mark.parametrize("text", MEMORY)
def test_lists_and_strings_count_as_memory(text):
    assert "took more than 50 MB" in ending(text, bytes=50_000_000)


ELEMENTS = [
    "np.stack([np.ones(10**6)]*10000)", "np.concatenate([np.ones(10**6)]*10000)", "np.array([np.ones(10**6)]*10000)",
    "np.sum([np.ones(10**6)]*10000)", "l = [1.0]*1000\nnp.einsum('i,j,k->ijk', l, l, l)",
    "l = [1.0]*10**5\nnp.outer(l, l)", "np.ones((20000, 1)) + [1.0]*20000",
    "A = np.ones((3000, 30))\nnp.einsum('...i,...j->...ij', A, np.ones((3000, 3000)))",
]  # fmt: skip


@pytest.mark.parametrize("text", ELEMENTS)
def test_lists_of_arrays_are_measured_before_they_are_joined(text):
    said = ending(text)
    assert "This would make an array of" in said or "too large for an array" in said


@pytest.mark.parametrize("text", ["np.full(10**5, 'a'*5000)", "np.full_like(np.ones(10**5), 'a'*5000)"])
def test_arrays_are_filled_with_numbers_only(text):
    assert "A string is neither a number nor an array" in ending(text)


@pytest.mark.parametrize("step", ["a[:]", "a + a", "a == b", "-1 in a", "a.count(2)", "a.reverse()", "a.copy()"])
def test_long_sequences_cost_more_than_one_operation(step):
    """The time limit and `cancel` are looked at often only if each pass over a long list counts for its length."""
    text = f"a = [1.0]*64000\nb = [1.0]*64000\nfor i in range(20):\n    {step}"
    assert "stopped after 15,000 operations" in ending(text, operations=15_000)


def test_sorting_numbers_is_quick_and_stable():
    value = parse("sorted([3.5, 2, 1, 2.0], reverse=True), sorted('bca'), sorted([-2, 1], key=abs)").execute({}).value
    assert value == ([3.5, 2, 2.0, 1], ["a", "b", "c"], [1, -2])


def test_long_lists_that_are_compared_are_called_long():
    """A flat list is not nested too deeply; the sentence says what is really the matter."""
    failure = parse("[0]*300000 == [0]*300000").execute({}).failure
    assert failure.message == "These have more than 200,000 parts, too many to be compared."
