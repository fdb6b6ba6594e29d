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


GROWING = [
    "a[0:0] = a", "a[len(a):] = a", "a[5:5] = [*a]", "a += a", "a *= 2", "a = a + a", "a = [*a, *a]", "a.extend(a[:])",
    "a = [one for one in a for _ in range(2)]", "a[:] = a + a", "a[::1] = a * 2", "a.insert(0, a.copy())",
    "a.append(a.copy())", "a[0] = a.copy(); a.extend([0] * len(a))",
]  # fmt: skip


@pytest.mark.parametrize("step", GROWING)
def test_however_a_list_grows_it_comes_to_an_end(step):
    told = ending(f"a = [0]*10\nwhile True:\n    {step}", operations=200_000)
    assert told.startswith("line 3, column ")
    assert "items" in told or "stopped after" in told or "MB" in told


@pytest.mark.parametrize(
    "what", ["d.copy()", "dict(d)", "{**d}", "{k: 0 for k in d}", "set(d)", "{*d}", "list(d.items())"]
)
def test_dictionaries_and_sets_count_as_memory(what):
    told = ending(
        f"d = {{i: i for i in range(10000)}}\nkept = []\nwhile True:\n    kept.append({what})", bytes=20_000_000
    )
    assert "took more than 20 MB" in told


def test_items_may_come_from_anything_that_is_gone_through():
    text = "a = [1, 2, 3]\na[1:1] = map(abs, [-7, -8])\na[:1] = (i for i in 'xy')\na[-1:] = np.array([4.0, 5.0])\na"
    assert parse(text).execute({}).value == ["x", "y", 7, 8, 2, 4.0, 5.0]
    assert "cannot be looped over" in ending("a = [1]\na[0:1] = 5")


CHAINS = ["map(lambda v: v, g)", "map(abs, g)", "zip(g)", "enumerate(g)", "filter(None, g)", "(i for i in g)",
          "zip([1], g)", "(i for i in zip(g, g))"]  # fmt: skip


@pytest.mark.parametrize("step", CHAINS)
def test_a_chain_of_iterators_ends_in_a_sentence(step):
    """Python goes down such a chain in C, where no limit is looked at; taking 50,000 of `zip` apart ends Python."""
    told = ending(f"g = [1]\nfor i in range(100000):\n    g = {step}\nlist(g)")
    assert told.startswith("line 3, column ")
    assert "More than 200 iterators stand one on another. Write list(...) in between" in told
    assert told.endswith(f"(In pass {101 if 'zip(g, g)' in step else 201} of the loop in line 2.)")


def test_iterators_one_on_another_work_like_pythons():
    text = (
        "g = range(2, 500)\nprimes = []\nfor i in range(95):\n    p = next(g) if i else 2\n    primes.append(p)\n"
        "    g = filter(lambda n, p=p: n % p, g)\nprimes[-1]"
    )
    assert parse(text).execute({}).value == 499
    text = "list(map(lambda a, b: a*b, enumerate([5, 6]), [2, 3])), list(zip()), list(enumerate('ab', 4))"
    assert parse(text).execute({}).value == ([(0, 5, 0, 5), (1, 6, 1, 6, 1, 6)], [], [(4, "a"), (5, "b")])


def test_generators_that_ask_each_other_end_in_a_sentence_with_a_line():
    text = (
        "def f(h):\n    return (next(h) for i in range(9))\ng = f(map(abs, [1]))\n"
        "for i in range(50000):\n    g = f(g)\nnext(g)"
    )
    assert ending(text).startswith("line 2, column ")
    assert "went too deep" in ending(text)


@pytest.mark.parametrize("depth", [70, 2_000, 200_000])
@pytest.mark.parametrize("use", ["np.array(a)", "np.sum(a)", "a + np.ones(3)", "np.ones(3) * a", "torch.tensor(a)"])
def test_lists_nested_deeply_are_refused_in_a_moment(depth, use):
    said = ending(f"a = [1.0]\nfor i in range({depth}):\n    a = [a]\n{use}", seconds=2.0)
    assert "too large for an array" in said or "nested too deeply for an array" in said


def test_a_list_that_holds_itself_is_called_so():
    told = "The output is a list that holds itself. Let it hold a copy: `a[:]`."
    assert ending("v = [1, 2, 3, 4]\nv[1:3] = [v]") == f"line 2, column 1: {told}"
    assert ending("d = {}\na = [d]\nd[0] = a\nd") == f"line 4, column 1: {told}"
    assert ending("a = [0]*10\nfor i in range(12):\n    a = [a]*10\na").startswith("line 4, column 1: The output has")


def test_lists_of_arrays_are_not_taken_for_an_array():
    text = "a = np.ones(10**6)\nb = []\nfor i in range(30):\n    b.append(a[:])\nlen(b)"
    assert parse(text).execute({}).value == 30
