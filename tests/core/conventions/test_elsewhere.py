"""What the whole gradient is in other libraries is what they gave when they were measured, also where ours is finite.

The answers were measured with TensorFlow 2.21, PyTorch 2.13 and JAX 0.10, in single precision; None where a library
has no such function, or where 0 and 0.0 give different answers, which a tape does not tell apart.
"""

from typing import Any

import numpy as np
import pytest

from core.conventions.elsewhere import gradients_elsewhere, told_elsewhere
from core.conventions.table import FAMILIES, NOT_THERE, Convention
from core.language import parse
from core.run import Run, record

inf, nan = float("inf"), float("nan")
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")

ONES = [[1.0, 1.0], [1.0, 1.0]]
# text, x, and the gradient in TensorFlow, PyTorch and JAX
MEASURED: list[tuple[str, Any, Any, Any, Any]] = [
    ("jnp.linalg.norm(x)**2", [0.0, 0.0], [0, 0], [0, 0], [nan, nan]),
    ("np.linalg.norm(x)*0", [0.0, 0.0], [0, 0], [0, 0], [nan, nan]),
    ("torch.sqrt(x)*0", 0.0, 0, nan, nan),
    ("np.sqrt(x)**2", 0.0, 0, nan, nan),
    ("np.sqrt(np.sum(x**2))**2", [0.0, 0.0], [0, 0], [nan, nan], [nan, nan]),
    ("np.where(x < 0, 0.0, np.sqrt(x)).sum()", [-1.0, 4.0], [0, 0.25], [nan, 0.25], [nan, 0.25]),
    ("np.where(x > 0, x**0.5, 0.0).sum()", [0.0, 4.0], [nan, 0.25], [nan, 0.25], [nan, 0.25]),
    ("np.where(x > 0, rsqrt(x), 0.0).sum()", [0.0, 4.0], [0, -0.0625], [nan, -0.0625], [nan, -0.0625]),
    ("x**0.5*0", 0.0, nan, nan, nan),
    ("x**0.0", 0.0, nan, 0, None),
    ("x**y", 0.0, nan, 0, nan),
    ("abs(x)*3", 0.0, 0, 0, 3),
    ("leaky_relu(x)*2 + abs(x)", 0.0, 0.4, 0.4, 3),
    ("selu(x)*2", 0.0, 2.1014020, 3.5161986, 3.5161986),
    ("np.maximum(x, 2*x)", 0.0, 1, 1.5, 1.5),
    ("sum(np.max(x, axis=0))", ONES, [[0.5, 0.5], [0.5, 0.5]], [[1, 1], [0, 0]], [[0.5, 0.5], [0.5, 0.5]]),
    ("np.std(x)*5", [2.0, 2.0, 2.0], [nan] * 3, [0, 0, 0], [nan] * 3),
    ("np.hypot(x, 2*x)", 0.0, None, nan, 1.5),
    ("np.arctan2(x, 2*x)", 0.0, nan, 0, nan),
    ("clip(x, 0.0, 1.0)*5", 1.0, 5, 5, 2.5),
    ("np.sum(relu6(x) + relu(x))", [0.0, 6.0], [0, 1], [0, 1], [0, 1]),
    ("np.linalg.norm(x, axis=1).sum()", [[0.0, 0.0], [3.0, 4.0]], [[nan, nan], [0.6, 0.8]], [[0, 0], [0.6, 0.8]],
     [[nan, nan], [0.6, 0.8]]),
]  # fmt: skip


def run_of(text: str, x: Any) -> Run:
    given = {"x": np.array(x) if isinstance(x, list) else x, "y": 0.0}
    program = parse(text)
    run = record(program, {name: given[name] for name in program.input_names})
    assert run.failure is None, run.failure
    return run


@pytest.mark.parametrize(("text", "x", "tensorflow", "pytorch", "jax"), MEASURED)
def test_the_gradient_in_a_library_is_what_it_gave(text: str, x: Any, tensorflow: Any, pytorch: Any, jax: Any) -> None:
    run = run_of(text, x)
    found = gradients_elsewhere(run, run.inputs["x"])
    for library, measured in (("tensorflow", tensorflow), ("pytorch", pytorch), ("jax", jax)):
        if measured is None:
            assert library not in found
        else:
            np.testing.assert_allclose(found.get(library, run.gradients()["x"]), measured, rtol=1e-6)


@pytest.mark.parametrize(
    ("text", "x"),
    [("sin(x)*x", 0.5), ("abs(x)", 1.0), ("np.sqrt(x)", 0.0), ("np.linalg.norm(x)", [3.0, 4.0]), ("x**2", 0.0),
     ("np.where(x > 0, np.log(x), 0.0).sum()", [0.0, 1.0]), ("np.max(x)", [3.0, 3.0])],
)  # fmt: skip
def test_where_all_agree_nothing_is_said(text: str, x: Any) -> None:
    run = run_of(text, x)
    assert told_elsewhere(run, run.inputs["x"]) == ({}, "")


def rows_of_one_number() -> list[Convention]:
    """Rows of the table whose expression is of one op, or of several that the sweep has to carry through."""
    names = ("relu(x)", "relu6(x)", "abs(x)", "clip(x, 0.0, 1.0)", "leaky_relu(x, 0.2)", "selu(x)", "sqrt(x)",
             "cbrt(x)", "rsqrt(x)", "sqrt(x)**2", "sqrt(x**2)", "norm(x)", "sqrt(sum(x**2))", "hypot(x, y)", "x**0.5",
             "arctan2(x, y)", "x**2", "x**1", "std(x)", "maximum(x, y)", "minimum(x, y)", "where(x > 0, sqrt(x), 0.0)",
             "max(x, axis=1)", "min(x, axis=1)", "max(x)", "where(x > 0, sqrt(where(x > 0, x, 1.0)), 0.0)")  # fmt: skip
    return [row for family in FAMILIES.values() for row in family if row.expression in names and row.cotangent is None]


@pytest.mark.parametrize("row", rows_of_one_number(), ids=lambda row: f"{row.expression} at {list(row.point.values())}")
def test_the_sweep_gives_the_rows_of_the_table_again(row: Convention) -> None:
    """So a wrong rule here shows against what was measured for each row."""
    point = {name: np.array(value, float) for name, value in row.point.items()}
    run = record(parse(f"np.sum({row.expression})"), point)
    assert run.failure is None, run.failure
    ours = run.gradients()
    for place, name in enumerate(row.point):
        found = gradients_elsewhere(run, run.inputs[name])
        for library in ("tensorflow", "pytorch", "jax"):
            column = getattr(row, library)
            if column == NOT_THERE:
                assert library not in found
            else:
                np.testing.assert_allclose(found.get(library, ours[name]), column[place], rtol=1e-6)


def test_it_is_told_in_a_sentence_that_puts_equal_answers_together() -> None:
    run = run_of("s = np.sqrt(x)**2", 0.0)
    told = told_elsewhere(run, run.inputs["x"])
    assert told.answers == {"pytorch": "nan", "jax": "nan"}
    assert told.sentence.startswith("Here ∂s/∂x is 0, but nan in PyTorch and JAX. There 0 is multiplied by")
    run = run_of("s = 3*abs(x)", 0.0)
    assert told_elsewhere(run, run.inputs["x"]).sentence == "Here ∂s/∂x is 0, but 3 in JAX."


def test_a_long_run_is_not_swept_three_times_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.conventions.elsewhere.LONGEST", 1)
    run = run_of("abs(x)", 0.0)
    assert gradients_elsewhere(run, run.inputs["x"]) == {}
