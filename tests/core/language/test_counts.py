"""Inputs that say where or how many: they are whole numbers to the function that takes them, and have no gradient."""

import numpy as np
import pytest

from core.language import parse
from core.run import record

A = np.array([[1.0, 2.0], [3.0, 5.0]])
V = np.array([1.0, 2.0, 4.0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("np.take(a, k)", np.take(V, 1)), ("a.take(k)", V.take(1)), ("np.roll(a, k)[0]", np.roll(V, 1)[0]),
        ("np.tile(a, k).sum()", 7.0), ("np.diff(a, k).sum()", np.diff(V, 1).sum()), ("np.repeat(a, k).sum()", 7.0),
        ("np.sum(b, axis=k)[1]", A.sum(1)[1]), ("b.sum(k)[1]", A.sum(1)[1]), ("np.mean(b, k)[0]", A.mean(1)[0]),
        ("np.linalg.matrix_power(b, k).sum()", A.sum()), ("np.expand_dims(a, k).sum()", 7.0),
        ("np.swapaxes(b, k, 0)[0, 1]", A.T[0, 1]), ("np.flip(b, k)[0, 0]", 2.0), ("np.cumsum(b, k)[0, 1]", 3.0),
        ("torch.sum(b, dim=k)[1]", A.sum(1)[1]), ("tf.reduce_sum(b, k)[1]", A.sum(1)[1]),
    ],
)  # fmt: skip
def test_an_input_can_be_a_count_or_an_axis(text, expected):
    run = record(parse(text), {"a": V, "b": A, "k": 1})
    assert run.failure is None, str(run.failure)
    assert run.value == pytest.approx(expected)
    assert run.gradients().get("k") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("np.linalg.norm(b, 'fro')", np.linalg.norm(A, "fro")), ("np.linalg.norm(b, 'nuc')", np.linalg.norm(A, "nuc")),
        ("np.linalg.norm(b, 1)", np.linalg.norm(A, 1)), ("np.linalg.norm(b, np.inf)", np.linalg.norm(A, np.inf)),
        ("np.linalg.norm(b, 1, 0).sum()", np.linalg.norm(A, 1, 0).sum()), ("torch.norm(b, 2)", 6.244998),
        ("torch.norm(b, 1)", 11.0), ("b.norm(1)", 11.0), ("torch.norm(b, 1, (0, 1))", 11.0), ("tf.norm(b, 1)", 11.0),
        ("tf.norm(b, ord=2, axis=[0, 1])", 6.242943), ("torch.linalg.norm(b, 2)", 6.242943),
        ("tf.norm(b, 2)", 6.244998),
    ],
)  # fmt: skip
def test_the_order_of_a_norm_may_be_given_by_position(text, expected):
    run = record(parse(text), {"b": A})
    assert run.failure is None, str(run.failure)
    assert run.value == pytest.approx(expected)


@pytest.mark.parametrize("name", ["trace", "diagonal"])
def test_stacks_of_matrices_are_taken_matrix_by_matrix(name):
    stack = np.arange(12.0).reshape(3, 2, 2)
    run = record(parse(f"np.linalg.{name}(t).sum()"), {"t": stack})
    assert run.value == getattr(np.linalg, name)(stack).sum()
