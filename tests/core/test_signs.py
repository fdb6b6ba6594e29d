"""The sign of every operation: short, with its constant where there is one, and never empty."""

import numpy as np
import pytest

from core.language import parse
from core.notation import operation_sign
from core.op import Op
from core.ops import table
from core.run import record
from tests.rules import recorded, samples_of


@pytest.mark.parametrize("text, sign", [
    ("x * w", "×"), ("3 * x", "3 ×"), ("x * 0.5", "× 0.5"), ("x + w", "+"), ("x - 1", "− 1"), ("1 - x", "1 −"),
    ("x / w", "/"), ("1 / x", "1 /"), ("x ** 2", "x²"), ("x ** w", "x^y"), ("2 ** x", "2^x"), ("-x", "−x"),
    ("abs(x)", "|x|"), ("sqrt(x)", "√x"), ("exp(x)", "exp"), ("log(x)", "ln"), ("tanh(x)", "tanh"), ("sigmoid(x)", "σ"),
    ("log1p(x)", "log1p"), ("maximum(x, w)", "max"),
])  # fmt: skip
def test_scalars(text: str, sign: str) -> None:
    run = record(parse(text), {"x": 1.5, "w": 2.0})
    assert operation_sign(run.tape, run.target or 0) == sign


@pytest.mark.parametrize("text, sign", [
    ("A @ A", "@"), ("A.T", "xᵀ"), ("sum(A)", "Σ"), ("mean(A)", "mean"), ("A[0, 1]", "[0, 1]"), ("A[0:2, 0:2]", "[…]"),
    ("softmax(A)", "softmax"),
])  # fmt: skip
def test_arrays(text: str, sign: str) -> None:
    run = record(parse(text), {"A": np.array([[1.0, 2.0], [3.0, 5.0]])})
    assert operation_sign(run.tape, run.target or 0) == sign


@pytest.mark.parametrize("op", table.values(), ids=table.keys())
def test_every_operation_has_a_short_one(op: Op) -> None:
    for operands, attributes in samples_of(op):
        tape, _, _ = recorded(op, operands, attributes)
        for index in range(len(tape)):  # what has no slope leaves no entry
            sign = operation_sign(tape, index)
            assert bool(sign) == (tape.ops[index].name != "input") and len(sign) <= 16 and "{" not in sign
