"""What a program's inputs and output are, and that both can be chosen without touching the text."""

import contextlib

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from core.basics.errors import ProgramError
from core.language import parse
from core.run import record
from tests.fuzz.trees import texts

INPUTS = {
    "3*w1**2 + 2*w1*w2": {"w1": 2.0, "w2": 3.0},
    "w1 = 5.\nw2 = 3\nz = w1*w2": {"w1": 5.0, "w2": 3.0},
    "w1, w2 = tf.Variable(5.), tf.Variable(3.)\nw1*w2": {"w1": 5.0, "w2": 3.0},
    "def f(w1, w2):\n    return w1*w2": {"w1": 2.0, "w2": 3.0},
    "def f(w1, w2=4.0):\n    return w1*w2": {"w1": 2.0, "w2": 4.0},
    "def f(x, n=3):\n    for i in range(n):\n        x = x*x\n    return x": {"x": 2.0},
    "def f(x):\n    return a*x": {"x": 2.0, "a": 3.0},
    "def g(t):\n    return t*t\ndef f(x):\n    return g(x)": {"x": 2.0},
    "def f(x):\n    return x*x\nf(y)": {"y": 2.0},
    "lambda x, y: x*y": {"x": 2.0, "y": 3.0},
    "f = lambda x, n=2.0: x**n": {"x": 3.0, "n": 2.0},
    "def f(x):\n    return x*x\nlambda t: f(t) + 1": {"t": 2.0},
    "f = lambda x: x*x\nf(y)": {"y": 2.0},
    "total = 0\nfor i in range(n):\n    total += x*i": {"n": 3.0, "x": 2.0},
    "steps = 10\ny = x\nfor i in range(steps):\n    y = y*2": {"x": 2.0},
    "w = 2.0\nfor i in range(3):\n    w = w - 0.1*w": {"w": 2.0},
    "(x - mean)/std": {"x": 2.0, "mean": 3.0, "std": 0.5},
    "np.exp(x)*e": {"x": 2.0, "e": 3.0},
    "2*pi*r": {"r": 2.0},
    "x = -2.5e-1\nx*x": {"x": -0.25},
    "x: float = 2.0\nx*x": {"x": 2.0},
    "λ*x + β": {"λ": 2.0, "x": 3.0, "β": 0.5},
}


@pytest.mark.parametrize(("text", "inputs"), INPUTS.items(), ids=[repr(text)[:40] for text in INPUTS])
def test_the_inputs_are_found_with_sensible_first_values(text, inputs):
    assert {one.name: one.default for one in parse(text).inputs} == inputs


def test_a_list_of_numbers_is_an_array_input_and_an_indexed_name_a_vector():
    (x,) = parse("x = np.array([[1, 2], [3, 4]])\nnp.sum(x)").inputs
    assert x.default.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    (v,) = parse("v[0]*v[3]").inputs
    assert v.default.shape == (4,)
    (w,) = parse("sum(t*t for t in w)").inputs
    assert w.default.shape == (3,)


def test_a_list_that_is_used_as_a_list_is_no_input():
    assert parse("v = [1, 2]\nv.append(3)\nx*len(v)").input_names == ("x",)
    assert parse("v = [1, 2]\nx*len(v*2)").input_names == ("x",)


def test_constants_of_tensorflow_are_inputs_that_are_not_watched_at_first():
    a, b = parse("a = tf.constant(2.)\nb = tf.Variable(3.)\na*b").inputs
    assert (a.watched, b.watched) == (False, True)


def test_an_input_knows_its_place():
    (x,) = parse("y = 2*long_name").inputs
    assert (x.span.line, x.span.column, x.span.end_column) == (1, 7, 16)


def test_a_name_given_by_the_text_takes_the_value_of_the_table():
    run = record(parse("w = tf.Variable(5.)\nn = 2.0\nw*n"), {"w": 7.0, "n": 3.0})
    assert run.value == 21.0 and run.gradients() == {"w": 3.0, "n": 7.0}


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("a = x*2", "a"),
        ("a = x*2\na", "a"),
        ("a = x*2\na + 1", ""),
        ("def f(x):\n    z = x*x\n    return z", "z"),
        ("a = x\nprint(a)", "a"),
        ("for i in range(3):\n    s = x*i", "s"),
    ],
)
def test_the_output_has_a_name_where_the_text_gives_one(text, output):
    assert parse(text).output == output


def test_any_name_can_be_the_target():
    program = parse("a = x*x\nb = a*3\nc = b + a")
    assert program.names == ("a", "b", "c")
    assert record(program, {"x": 2.0}, target="b").gradients() == {"x": 12.0}
    inside = parse("def f(x):\n    u = x*x\n    v = u*u\n    return v")
    assert record(inside, {"x": 2.0}, target="u").gradients() == {"x": 4.0}


def test_entries_carry_the_users_names():
    tape = record(parse("a = x*x\nz = a*3"), {"x": 2.0}).tape
    assert [entry.label for entry in tape] == ["x", "a", "z"]


def test_a_program_prints_itself():
    assert str(parse("z = x*2")).splitlines() == ["  1  z = x*2", "input  x = 2.0  (line 1, free)", "output z"]


def test_printed_text_is_kept():
    assert record(
        parse("print('x is', x, sep=': ', end='!')\nprint(f'{x:.2f}', [x], None, True)\nx"), {"x": 2.0}
    ).printed == ("x is: 2.0!2.00 [2.0] None True\n")


def test_the_value_of_an_array_program_is_an_array():
    assert np.array_equal(record(parse("x*2"), {"x": np.array([1.0, 2.0])}).value, [2.0, 4.0])


SHAPES = {
    "X @ w + b": {"X": (3, 2), "w": (2,), "b": ()},
    "w @ x": {"w": (3,), "x": (3,)},
    "W @ x": {"W": (3, 2), "x": (2,)},
    "x @ W + b": {"x": (3,), "W": (3, 2), "b": ()},
    "np.dot(w, x) + b": {"w": (3,), "x": (3,), "b": ()},
    "tf.matmul(x, w) + b": {"x": (3, 2), "w": (2, 4), "b": ()},
    "Q @ K.T / np.sqrt(d)": {"Q": (3, 2), "K": (4, 2), "d": ()},
    "X.T @ X": {"X": (3, 2)},
    "x.T @ A @ x": {"x": (3,), "A": (3, 3)},
    "(x - mu) @ S @ (x - mu)": {"x": (3,), "mu": (), "S": (3, 3)},
    "h = np.tanh(X @ W1 + b1)\nh @ W2": {"X": (3, 2), "W1": (2, 4), "b1": (), "W2": (4, 3)},
    "def f(w):\n    return np.sum((X @ w - y)**2)": {"w": (3,), "X": (2, 3), "y": ()},
    "def layer(t, W):\n    return np.tanh(t @ W)\nlayer(layer(x, W1), W2)": {"x": (3,), "W1": (3, 2), "W2": (2, 4)},
    "X = np.array([[1., 2., 3., 4.]])\nX @ w": {"X": (1, 4), "w": (4,)},
    "np.linalg.solve(A, b)": {"A": (3, 3), "b": (3,)},
    "np.outer(x, y)": {"x": (3,), "y": (2,)},
    "np.einsum('ij,j->i', A, x)": {"A": (3, 2), "x": (2,)},
    "np.concatenate([x, y])": {"x": (3,), "y": (3,)},
    "x.reshape(2, 3)": {"x": (6,)},
    "A[1, 0] + A[0, 1]": {"A": (2, 2)},
    "A[0][1]": {"A": (2, 2)},
    "X[:, 0] * w[1]": {"X": (3, 2), "w": (2,)},
    "x[1:] * x[:-1]": {"x": (3,)},
    "x[i]": {"x": (3,), "i": ()},
    "a, b, c, d = v\na*b": {"v": (4,)},
    "n, d = X.shape\nnp.sum(X)/n": {"X": (3, 2)},
    "s = 0\nfor row in A:\n    for v in row:\n        s += v": {"A": (3, 3)},
    "for i in range(n):\n    s = x[i]*w[i]": {"n": (), "x": (3,), "w": (3,)},
    "sum(a*b for a, b in zip(x, y))": {"x": (3,), "y": (3,)},
    "len(x)*3": {"x": (3,)},
    "np.sum(x**2)": {"x": (3,)},
    "np.sum(X, axis=1)": {"X": (3, 2)},
    "softmax(z)": {"z": (3,)},
    "2*x*y + max(x, y)": {"x": (), "y": ()},
}


@pytest.mark.parametrize(("text", "shapes"), SHAPES.items(), ids=[repr(text)[:40] for text in SHAPES])
def test_the_first_values_have_the_shapes_that_their_use_demands_and_the_program_runs(text, shapes):
    program = parse(text)
    assert {one.name: np.shape(one.default) for one in program.inputs} == shapes
    assert record(program).failure is None


def test_the_numbers_of_first_values_are_small_distinct_and_the_same_each_time():
    first, again = (parse("np.tanh(X @ W) @ v").inputs for _ in range(2))
    for one, other in zip(first, again):
        assert np.array_equal(one.default, other.default)
        assert len(set(one.default.ravel())) == one.default.size and np.max(np.abs(one.default)) <= 5
    assert not np.array_equal(*(one.default.ravel()[:2] for one in first[:2]))


def test_a_matrix_that_is_inverted_can_be():
    (one,) = parse("np.linalg.inv(A)").inputs
    assert abs(np.linalg.det(one.default)) > 0.1


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(texts())
def test_guessing_shapes_never_fails(text):
    with contextlib.suppress(ProgramError):
        parse(text)


MAKEMORE = """g = torch.Generator().manual_seed(1)
V = len([1, 2])
w = torch.randn((V, 3), generator=g)*0.1
b = torch.ones(3)
parameters = [w, b]
for p in parameters:
    p.requires_grad = True
for i in range(2):
    loss = (w*w).sum() + (b*b).sum()
    for p in parameters:
        p.grad = None
    loss.backward()
    for p in parameters:
        p.data += -0.1*p.grad
"""
DRAWN = {
    "parameters in a list": (MAKEMORE, "w", True),
    "ones among them": (MAKEMORE, "b", True),
    "leaf by a statement": ("w = torch.rand(3)/2\nw.requires_grad_()\ny = (w*w).sum()", "w", True),
    "leaf by an assignment": ("w = torch.rand(3)/2\nw.requires_grad = True\ny = (w*w).sum()", "w", True),
    "no leaf": ("w = torch.rand(3)\nw.requires_grad_(False)\ny = (w*w).sum()", "w", False),
    "variable": (
        "np.random.seed(3)\nw = tf.Variable(tf.random.normal((2, 3)), name='w')\ny = tf.reduce_sum(w*w)",
        "w",
        True,
    ),
    "variable of zeros": ("b = tf.Variable(tf.zeros(3))\ny = tf.reduce_sum((b - 1)**2)", "b", True),
    "leaf": ("w = torch.randn(2, 3, requires_grad=True)\ny = (w*w).sum()", "w", True),
    "leaf asked for": ("w = (torch.rand(3)*0.1).requires_grad_()\ny = (w*w).sum()", "w", True),
    "torch data": ("x = torch.rand(3)\nw = torch.ones(3, requires_grad=True)\ny = (w*x).sum()", "x", False),
    "numpy": ("n = 3\nW = np.random.randn(n, 2)*0.1\ny = np.sum(W**2)", "W", True),
    "generator": ("rng = np.random.default_rng(1)\nW = rng.normal(size=3)\ny = np.sum(W**2)", "W", True),
    "key": (
        "key = jax.random.key(0)\nk1, k2 = jax.random.split(key)\nW = jax.random.normal(k2, (3,))\ny = jnp.sum(W**2)",
        "W",
        True,
    ),
    "after a step": (
        "w = torch.randn(3, requires_grad=True)\n(w*w).sum().backward()\nwith torch.no_grad():\n    w -= w.grad",
        "w",
        True,
    ),
}


@pytest.mark.parametrize(("text", "name", "watched"), DRAWN.values(), ids=DRAWN.keys())
def test_what_the_text_draws_or_hands_to_a_variable_is_an_input(text, name, watched):
    """The same numbers as when it runs by itself, editable, and with a gradient where the library would give one."""
    one = next(one for one in parse(text).inputs if one.name == name)
    assert one.watched is watched and one.given
    run = record(parse(text))
    assert run.failure is None and np.array_equal(run.point[name], one.default)
    moved = record(parse(text), {name: one.default + 1.0})
    if watched:
        assert np.allclose(run.gradients()[name], 2 * (run.point[name] - ("zeros" in text)))
        assert np.allclose(moved.gradients()[name], 2 * (one.default + 1.0 - ("zeros" in text)))
    else:
        assert run.gradients()[name] is None


def test_a_drawn_array_has_the_numbers_of_a_run_without_inputs():
    """Making it an input must not shift the random numbers that come after it."""
    text = (
        "np.random.seed(5)\na = np.random.randn(3)\nb = np.random.rand(2)\nprint(a[0], b[0])\ny = np.sum(a)*np.sum(b)"
    )
    numbers = np.random.RandomState(5)
    a, b = numbers.randn(3), numbers.rand(2)
    assert record(parse(text), {"a": a + 1.0}).printed == f"{a[0] + 1.0} {b[0]}\n"
    assert record(parse(text)).value == pytest.approx(a.sum() * b.sum())


@pytest.mark.parametrize(
    "text",
    [
        "s = 2.0\nw = tf.Variable(s*tf.ones(3))\ny = tf.reduce_sum(w)",
        "X = np.random.randn(100, 20)\ny = np.sum(X)",
        "w = tf.Variable(tf.ones((1000, 1000)))\ny = tf.reduce_sum(w)",
        "for i in range(10**6):\n    pass\nW = np.random.randn(3)\ny = np.sum(W)",
        "i = np.random.randint(3)\ny = [1.0, 2.0, 3.0][i]",
    ],
)
def test_what_depends_on_an_input_or_is_large_is_computed_as_before(text):
    assert not {"w", "W", "X", "i"} & {one.name for one in parse(text).inputs}
