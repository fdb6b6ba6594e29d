"""What is said at a point without a derivative is what the libraries answered when they were measured.

The answers here are copied from what TensorFlow 2.21, PyTorch 2.13 and JAX 0.10 gave, not from the table.
"""

import numpy as np
import pytest

from core.conventions.touched import POINTS, conventions_at
from core.language import parse
from core.ops import table
from core.run import record

# text, point, and what TensorFlow, PyTorch and JAX answer
MEASURED = [
    ("relu6(x)", {"x": 0.0}, "0", "0", "0"),
    ("relu6(x)", {"x": 6.0}, "0", "0", "0"),
    ("abs(x)", {"x": 0.0}, "0", "0", "1"),
    ("clip(x, 0, 2)", {"x": 0.0}, "1", "1", "0.5"),
    ("clip(x, 0, 2)", {"x": 2.0}, "1", "1", "0.5"),
    ("maximum(x, y)", {"x": 1.0, "y": 1.0}, "1 and 0", "0.5 and 0.5", "0.5 and 0.5"),
    ("np.max(x)", {"x": np.array([1.0, 3.0, 3.0])}, "equal shares", "equal shares", "equal shares"),
    ("np.max(x, axis=0)", {"x": np.array([1.0, 3.0, 3.0])}, "equal shares", "1 and 0", "equal shares"),
    ("sum(np.min(x, axis=1))", {"x": np.ones((2, 2))}, "equal shares", "1 and 0", "equal shares"),
    ("sum(np.cumprod(x))", {"x": np.array([2.0, 0.0, 3.0])}, "0", "exact", "exact"),
    ("np.linalg.norm(x)", {"x": np.zeros(2)}, "nan", "0", "nan"),
    ("sum(np.linalg.norm(x, axis=1))", {"x": np.zeros((2, 2))}, "nan", "0", "nan"),
    ("std(x)", {"x": np.full(3, 2.0)}, "nan", "0", "nan"),
    ("sqrt(sum(x**2))", {"x": np.zeros(2)}, "∞", "∞", "∞"),
    ("sqrt(x)", {"x": 0.0}, "∞", "∞", "∞"),
    ("x**0.5", {"x": 0.0}, "∞", "∞", "∞"),
    ("cbrt(x)", {"x": 0.0}, "not available", "not available", "∞"),
    ("hypot(x, y)", {"x": 0.0, "y": 0.0}, "not available", "nan and nan", "0.5 and 0.5"),
    ("arctan2(x, y)", {"x": 0.0, "y": 0.0}, "nan and nan", "0 and 0", "nan and nan"),
    ("leaky_relu(x)", {"x": 0.0}, "that of the left side", "that of the left side", "that of the right side"),
    ("selu(x)", {"x": 0.0}, "1.0507", "1.7581", "1.7581"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "point", "tensorflow", "pytorch", "jax"), MEASURED)
def test_each_library_is_said_to_answer_what_it_answers(text, point, tensorflow, pytorch, jax):
    (found,) = conventions_at(record(parse(text), point))
    assert (found.tensorflow, found.jax) == (tensorflow, jax)
    assert found.pytorch.replace("-0", "0") == pytorch
    assert found.agree == (found.ours == tensorflow == pytorch == jax)
    assert found.sentence.endswith(".") and found.span is not None


@pytest.mark.parametrize(
    ("text", "point"),
    [
        *((text, {"x": 0.75, "y": 1.5} if "y" in text else {"x": 0.75}) for text, point, *_ in MEASURED[:6]),
        ("np.max(x, axis=0)", {"x": np.array([[1.0, 2.0], [2.0, 1.0]])}),
        ("np.linalg.norm(x)", {"x": np.array([3.0, 4.0])}),
        ("x**2 + x**1 + 0.0**x", {"x": 0.5}),
        ("where(x > 0, x, 0.2*x)", {"x": 0.0}),
        ("elu(x, 2.0)", {"x": 0.0}),
        ("leaky_relu(x) + selu(x)", {"x": 1.0}),
    ],
)
def test_nothing_is_said_elsewhere(text, point):
    given = {name: value if np.ndim(value) else float(value) for name, value in point.items()}
    assert conventions_at(record(parse(text), given)) == ()


def test_points_are_those_of_operations_that_there_are():
    assert POINTS.keys() <= set(table)
    made = {name for points in POINTS.values() for point in points for name in point.made_of}
    assert made <= set(table)


def test_an_array_may_touch_both_ends():
    found = conventions_at(record(parse("sum(relu6(x))"), {"x": np.array([0.0, 6.0])}))
    assert ["at 0" in one.sentence for one in found] == [True, False]
