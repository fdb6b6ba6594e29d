"""nan or inf from a branch that is not taken is placed there, and what is proposed instead makes all numbers finite."""

import re
from typing import Any

import numpy as np
import pytest

from core.language import parse
from core.run import record
from core.timeline import Timeline
from core.why import Answer, why_not_finite

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")

ZERO, BEYOND = [0.0, 1.0], [2.0, 0.5]
# program, point, the text where it begins, the line of the safe operand, what is computed with it
CASES: list[tuple[str, list[float], str, str, str]] = [
    ("s = np.where(x != 0, np.sin(x)/x, 1.0).sum()", ZERO, "np.sin(x)/x",
     "safe = np.where(x != 0, x, 1.0)", "np.where(x != 0, np.sin(safe)/safe, 1.0)"),
    ("s = torch.where(x > 0, torch.log(x), 0.0).sum()", ZERO, "torch.log(x)",
     "safe = torch.where(x > 0, x, 1.0)", "torch.where(x > 0, torch.log(safe), 0.0)"),
    ("s = tf.reduce_sum(tf.where(x == 0, 0.0, 1/x))", ZERO, "1/x",
     "safe = tf.where(x == 0, 1.0, x)", "tf.where(x == 0, 0.0, 1/safe)"),
    ("s = jnp.where(jnp.abs(x) < 1, jnp.arccos(x), 0.0).sum()", BEYOND, "jnp.arccos(x)",
     "safe = jnp.where(jnp.abs(x) < 1, x, 0.5)", "jnp.where(jnp.abs(x) < 1, jnp.arccos(safe), 0.0)"),
    ("s = np.where(np.abs(x) < 1, np.arccos(x), 0.0).sum()", [1.0, 0.5], "np.arccos(x)",
     "safe = np.where(np.abs(x) < 1, x, 0.5)", "np.where(np.abs(x) < 1, np.arccos(safe), 0.0)"),
    ("s = np.where(x < 1, np.exp(x), x).sum()", [1000.0, 0.5], "np.exp(x)",
     "safe = np.where(x < 1, x, 1.0)", "np.where(x < 1, np.exp(safe), x)"),
    ("r = np.log(x)\ns = jnp.where(x > 0, r, 0.0).sum()", ZERO, "np.log(x)",
     "safe = jnp.where(x > 0, x, 1.0)", "r = np.log(safe)"),
    ("s = np.where(x > -1, np.where(x > 0, np.log(x), 0.0), 5.0).sum()", ZERO, "np.log(x)",
     "safe = np.where(x > 0, x, 1.0)", "np.where(x > 0, np.log(safe), 0.0)"),
    ("safe = 2.0\ns = safe*np.where(x != 0, 1/x, 0.0).sum()", ZERO, "1/x",
     "safe_operand = np.where(x != 0, x, 1.0)", "np.where(x != 0, 1/safe_operand, 0.0)"),
    ("def f(t):\n    return np.where(t > 0, np.log(t), 0.0)\ns = f(x).sum()", ZERO, "np.log(t)",
     "safe = np.where(t > 0, t, 1.0)", "np.where(t > 0, np.log(safe), 0.0)"),
]  # fmt: skip


def asked(text: str, x: list[float]) -> tuple[Answer, Any]:
    program = parse(text)
    run = record(program, {name: np.array(x) if name == "x" else 2.0 for name in program.input_names})
    assert run.failure is None
    answer = why_not_finite(run, Timeline.of(run), run.inputs["x"])
    assert answer is not None
    return answer, run


@pytest.mark.parametrize(("text", "x", "began", "line", "instead"), CASES)
def test_the_branch_is_named_and_answered_with_the_double_where(
    text: str, x: list[float], began: str, line: str, instead: str
) -> None:
    answer, run = asked(text, x)
    assert answer.kind == "branch-not-taken", answer
    assert answer.span is not None and answer.span.text_in(text) == began
    assert answer.remedy == f"Use `where` twice: `{line}`, and then `{instead}`."
    assert "small number" not in answer.remedy + answer.reason and answer.path[0] == run.inputs["x"]


@pytest.mark.parametrize(("text", "x", "began", "line", "instead"), CASES)
def test_what_is_proposed_has_the_same_value_and_finite_gradients(
    text: str, x: list[float], began: str, line: str, instead: str
) -> None:
    """The name of the safe operand is put in place by hand, as a reader would."""
    safe, made = line.split(" = ", 1)
    name = next(part for part in made.rstrip(")").split(", ")[1:] if part.isidentifier())
    unsafe = re.sub(rf"\b{safe}\b", name, instead)
    assert unsafe in text
    changed = text.replace(unsafe, re.sub(rf"\b{safe}\b", made, instead))
    before, after = (record(parse(one), {"x": np.array(x)}) for one in (text, changed))
    assert np.array_equal(before.tape.primals[before.target or 0], after.tape.primals[after.target or 0])
    assert not np.all(np.isfinite(before.gradients()["x"])) and np.all(np.isfinite(after.gradients()["x"]))


TAKEN = [
    ("s = np.where(x > -1, np.log(x), 0.0).sum()", ZERO, "domain"),
    ("s = np.where(x == 0, 1/x, x).sum()", ZERO, "domain"),
    ("s = np.where(x > 0, np.log(x), 0.0).sum() + np.log(x).sum()", ZERO, "domain"),
    ("r = np.log(x)\ns = np.where(x > 0, r, 0.0).sum() + r.sum()", ZERO, "domain"),
    ("s = (np.log(x)*(x > 0)).sum()", ZERO, "domain"),
    ("s = np.where(x >= 0, np.sqrt(x), 0.0).sum()", ZERO, "singular"),
    ("s = np.where(x > 5, x, 2.0).sum()*np.sum(np.exp(x))", [1000.0, 1.0], "overflow"),
]


@pytest.mark.parametrize(("text", "x", "kind"), TAKEN)
def test_a_branch_that_is_taken_is_not_blamed_on_where(text: str, x: list[float], kind: str) -> None:
    answer, _ = asked(text, x)
    assert answer.kind == kind and "twice" not in answer.remedy


LEFT = [
    ("s = np.minimum(1/x, 5.0).sum()", ZERO),
    ("s = np.maximum(-1/x, -5.0).sum()", ZERO),
    ("s = (1/x)[1:].sum()", ZERO),
]


@pytest.mark.parametrize(("text", "x"), LEFT)
def test_other_choices_leave_branches_too(text: str, x: list[float]) -> None:
    answer, _ = asked(text, x)
    assert answer.kind == "branch-not-taken" and "safe value" in answer.remedy
