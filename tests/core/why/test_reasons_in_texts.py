"""A text that uses an input is never told that no step leads from it: what the input is used for is named and marked.

The families are by what the use is, over functions, axes and libraries.
"""

from typing import Any

import pytest

from core.language import parse
from core.run import record
from core.why import Answer, why_none, why_none_in_text
from core.why.reading import Reading

X, M, A = [1.0, 2.0], [1.0, 0.0], [[1.0, 2.0], [3.0, 4.0]]
POINT: dict[str, Any] = {"x": X, "m": M, "a": X, "b": X, "A": A, "z": 2.0, "t": 1.5, "i": 1, "n": 2, "h": 0.5}

# kind: (program, input, the marked text)
FAMILIES: dict[str, list[tuple[str, str, str]]] = {
    "condition": [
        ("s = np.where(m, x, -x).sum()", "m", "np.where(m, x, -x)"),
        ("s = torch.where(m, x, -x).sum()", "m", "torch.where(m, x, -x)"),
        ("s = tf.where(m, x, -x).sum()", "m", "tf.where(m, x, -x)"),
        ("s = jnp.where(condition=m, x=x, y=-x).sum()", "m", "jnp.where(condition=m, x=x, y=-x)"),
        ("s = np.where(m*2, x, -x).sum()", "m", "m*2"),
        ("s = np.where(m > 0, x, -x).sum()", "m", "m > 0"),
        ("s = np.where(np.floor(t) > 0, x, -x).sum()", "t", "np.floor(t) > 0"),
        ("k = m > 0\ns = np.where(k, x, -x).sum()", "m", "m > 0"),
        ("s = a[a > t].sum()", "t", "a > t"),
        ("g = jax.grad(lambda x: jnp.where(x > 0, 1.0, 2.0))(t)", "t", "x > 0"),
    ],
    "index-or-count": [
        ("s = np.nonzero(x)[0].sum()*z", "x", "np.nonzero(x)"),
        ("s = np.flatnonzero(x).sum()*z", "x", "np.flatnonzero(x)"),
        ("s = np.argwhere(x).sum()*z", "x", "np.argwhere(x)"),
        ("s = np.count_nonzero(x)*z", "x", "np.count_nonzero(x)"),
        ("s = b[np.argmax(a)]*2", "a", "np.argmax(a)"),
        ("s = b[np.argmin(A, axis=0)].sum()", "A", "np.argmin(A, axis=0)"),
        ("s = b[torch.argmax(a)]*2", "a", "torch.argmax(a)"),
        ("s = b[a.argmax()]*2", "a", "a.argmax()"),
        ("s = b[jnp.argsort(a)].sum()", "a", "jnp.argsort(a)"),
        ("s = tf.gather(b, tf.argmax(a))", "a", "tf.argmax(a)"),
        ("g = jax.grad(lambda v: jnp.argmax(v)*1.0)(x).sum()", "x", "jnp.argmax(v)"),
        ("s = (tf.one_hot(i, 3)*z).sum()", "i", "tf.one_hot(i, 3)"),
        ("s = (jax.nn.one_hot(i, 3)*z).sum()", "i", "jax.nn.one_hot(i, 3)"),
        ("s = tf.gather(a, i)*z", "i", "tf.gather(a, i)"),
        ("s = np.take(a, i)*z", "i", "np.take(a, i)"),
        ("s = a[i]*z", "i", "a[i]"),
        ("s = A[i, 0]*z", "i", "A[i, 0]"),
        ("s = a[i + 0]*z", "i", "i + 0"),
        ("s = (np.zeros(n) + z).sum()", "n", "np.zeros(n)"),
        ("s = np.arange(n).sum()*z", "n", "np.arange(n)"),
        ("s = np.repeat(z, n).sum()", "n", "np.repeat(z, n)"),
        ("s = A.sum(axis=i)[0]", "i", "A.sum(axis=i)"),
    ],
    "no-derivative": [
        ("s = np.unique(x).sum()", "x", "np.unique(x)"),
        ("s = np.heaviside(x, h).sum()", "x", "np.heaviside(x, h)"),
        ("s = np.heaviside(x, h).sum()", "h", "np.heaviside(x, h)"),
        ("s = np.linalg.norm(x, 0)", "x", "np.linalg.norm(x, 0)"),
        ("s = np.linalg.norm(x, ord=0)*z", "x", "np.linalg.norm(x, ord=0)"),
        ("s = torch.linalg.norm(x, 0)", "x", "torch.linalg.norm(x, 0)"),
        ("s = sum(map(np.round, x))", "x", "map(np.round, x)"),
        ("s = sum(list(map(np.floor, x)))*z", "x", "map(np.floor, x)"),
        ("g = jax.grad(lambda v: jnp.round(v)*1.0)(t)", "t", "jnp.round(v)"),
        ("def f(v):\n    return jnp.floor(v)*2.0\ng = jax.grad(f)(t)", "t", "jnp.floor(v)"),
    ],
    "no-path": [
        ("s = np.full_like(x, 3.0).sum()*z", "x", "np.full_like(x, 3.0)"),
        ("s = np.full_like(x, z).sum()", "x", "np.full_like(x, z)"),
        ("s = np.zeros_like(x).sum() + z", "x", "np.zeros_like(x)"),
    ],
    "whole-number": [
        ("s = np.array_equal(x, a)*z", "x", "np.array_equal(x, a)"),
        ("s = np.isnan(x).sum()*z", "x", "np.isnan(x)"),
        ("s = (x > 1).sum()*z", "x", "x > 1"),
    ],
    "detached": [
        ("g = jax.grad(lambda v: jax.lax.stop_gradient(v)*3.0)(t)", "t", "jax.lax.stop_gradient(v)"),
    ],
}  # fmt: skip
CASES = [(kind, *case) for kind, cases in FAMILIES.items() for case in cases]


def asked(text: str, name: str) -> tuple[Answer, str]:
    """The answer, and the text that it marks."""
    program = parse(text)
    run = record(program, {one: POINT[one] for one in program.input_names})
    assert run.failure is None, run.failure
    answer = why_none(run, name)
    assert answer is not None and answer.span is not None
    return answer, answer.span.text_in(text)


@pytest.mark.parametrize(("kind", "text", "name", "mark"), CASES)
def test_what_an_input_is_used_for_is_named_and_marked(kind: str, text: str, name: str, mark: str) -> None:
    answer, marked = asked(text, name)
    assert answer.kind == kind, answer
    assert marked == mark
    assert "no step leads" not in answer.reason and "Watch" not in answer.remedy
    assert answer.reason.endswith(".") and answer.remedy.endswith(".")


def test_a_function_is_told_by_what_it_does() -> None:
    """None of these rounds, and a step is not left out by rounding less."""
    for text, word in (("np.unique(x)", "how many elements"), ("np.heaviside(x, h)", "a step"),
                       ("np.linalg.norm(x, 0)", "counts the elements")):  # fmt: skip
        answer, _ = asked(f"s = {text}", "x")
        assert word in answer.reason and "round" not in answer.reason + answer.remedy
    assert "rounds" in asked("s = np.round(x)*z", "x")[0].reason


def test_only_the_operand_that_is_not_computed_with_is_cut() -> None:
    """The others of the same call have their gradients."""
    for text, name in (("s = np.where(m, x, -x).sum()", "x"), ("s = np.full_like(x, z).sum()", "z"),
                       ("s = np.take(a, i)", "a")):  # fmt: skip
        program = parse(text)
        assert why_none(record(program, {one: POINT[one] for one in program.input_names}), name) is None


WHOLE = [
    ("tf.Variable(3)", "y = x*x", "tf.Variable(3.0)"),
    ("tf.Variable([1, -2])", "y = tf.reduce_sum(x*x)", "tf.Variable([1.0, -2.0])"),
    ("tf.Variable(3, dtype=tf.int32)", "y = tf.cast(x, tf.float32)*2", "tf.Variable(3.0, dtype=tf.float32)"),
]


@pytest.mark.parametrize(("made", "line", "instead"), WHOLE)
def test_a_variable_of_whole_numbers_says_so_and_how_to_write_it(made: str, line: str, instead: str) -> None:
    text = f"x = {made}\nwith tf.GradientTape() as tape:\n    {line}\nprint(tape.gradient(y, x))"
    run = record(parse(text), {})
    for answer in (why_none(run, "x"), *why_none_in_text(run)):
        assert answer is not None and answer.kind == "whole-number"
        assert answer.span is not None and answer.span.text_in(text) == made
        assert made in answer.reason and answer.remedy == f"Write `{instead}`."


def test_of_a_filled_array_only_the_shape_of_one_operand_is_taken() -> None:
    reading = Reading(parse("s = np.full_like(x, z).sum()"))
    links = {name: reading.target().link(name) for name in "xz"}
    assert links["z"] is not None and links["z"].flows and links["x"] is not None and not links["x"].flows


def test_a_truth_value_is_told_as_one() -> None:
    for text in ("(x > 1).sum()*z", "np.isnan(x).sum()*z", "np.array_equal(x, a)*z"):
        answer, _ = asked(f"s = {text}", "x")
        assert "is true or false" in answer.reason and "smooth switch" in answer.remedy


def test_a_variable_of_real_numbers_is_not_blamed() -> None:
    for made in ("tf.Variable(3.0)", "tf.Variable(3, dtype=tf.float32)", "tf.Variable([1.0, 2])"):
        text = f"x = {made}\nwith tf.GradientTape() as tape:\n    y = tf.stop_gradient(x)*2\nprint(tape.gradient(y, x))"
        answer = why_none(record(parse(text), {}), "x")
        assert answer is not None and answer.kind == "detached", answer


def test_what_is_not_understood_is_not_called_unused() -> None:
    """Where the reading sees a way and the tape has none, the answer says that the way has no derivative."""
    answer, _ = asked("r = np.round\ns = r(t)*z", "t")
    assert answer.kind == "no-derivative" and "no step leads" not in answer.reason
