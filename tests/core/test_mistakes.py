"""Each mistake gives the wrong numbers that it should, on the same tape, in a timeline that every view can show."""

from typing import Any

import numpy as np
import pytest

from core.language import parse
from core.mistakes import (
    Mistake,
    changes_for,
    comparisons,
    first_wrong,
    mistakes_for,
    single_precision,
    why_wrong,
    wrong_timeline,
)
from core.notation import formula, sentence
from core.run import Run, record
from core.timeline import Timeline

REUSE = "a = x*x\nb = a*a\ny = a + b*x"
NETWORK = "y = sum(tanh(x @ w + b))"
ARRAYS = {"x": np.array([[1.0, 2.0], [0.5, -1.0]]), "w": np.array([[1.0, 2.0], [3.0, 4.0]]), "b": np.ones(2)}


def run_of(text: str, **point: Any) -> Run:
    return record(parse(text), point)


def gradient(run: Run, mistake: Mistake, name: str = "x") -> Any:
    timeline = wrong_timeline(run, mistake)
    return timeline.frame(len(timeline)).adjoint(run.inputs[name])


WRONG: list[tuple[str, dict[str, Any], Mistake, float | None]] = [
    ("y = x*x + x", {"x": 3.0}, Mistake("overwrite"), 3.0),
    ("y = x*x", {"x": 3.0}, Mistake("overwrite"), 3.0),
    (REUSE, {"x": 3.0}, Mistake("overwrite"), 3.0 * 27),
    ("y = sin(x)*2", {"x": 3.0}, Mistake("ascending"), None),
    ("y = x*x", {"x": 3.0}, Mistake("ascending"), 6.0),
    (REUSE, {"x": 3.0}, Mistake("too early"), 81.0 + 3 + 3),
    ("y = x*5", {"x": 3.0}, Mistake("no seed"), 0.0),
    ("y = x*5", {"x": 3.0}, Mistake("no zeroing"), 10.0),
    ("y = x*5", {"x": 3.0}, Mistake("wrong rule", "mul", "flip the sign"), -5.0),
    ("y = x*5", {"x": 3.0}, Mistake("wrong rule", "mul", "swap the operands"), 3.0),
    ("y = x*5", {"x": 3.0}, Mistake("wrong rule", "mul", "drop the partial"), 1.0),
    ("y = 2*sin(x)", {"x": 0.0}, Mistake("wrong rule", "sin", "drop the adjoint"), 1.0),
    ("y = x - 7*sin(x)", {"x": 0.0}, Mistake("wrong rule", "add", "flip the sign"), -6.0),
]


@pytest.mark.parametrize(("text", "point", "mistake", "wrong"), WRONG)
def test_a_mistake_gives_its_wrong_number(
    text: str, point: dict[str, Any], mistake: Mistake, wrong: float | None
) -> None:
    assert gradient(run_of(text, **point), mistake) == (None if wrong is None else pytest.approx(wrong))


def test_a_forgotten_transpose_is_the_product_with_the_matrix_itself() -> None:
    run = run_of("y = sum(x @ w)", x=ARRAYS["x"], w=ARRAYS["w"])
    wrong = gradient(run, Mistake("wrong rule", "matmul", "forget the transpose"))
    assert np.array_equal(wrong, np.ones((2, 2)) @ ARRAYS["w"])


@pytest.mark.parametrize(("text", "point"), [(REUSE, {"x": 3.0}), (NETWORK, ARRAYS), ("y = x", {"x": 1.0})])
def test_every_step_of_every_mistake_can_be_shown_and_told(text: str, point: dict[str, Any]) -> None:
    run = run_of(text, **point)
    right = Timeline.of(run)
    before = [right.frame(len(right)).adjoint(index) for index in range(len(run.tape))]
    for mistake in mistakes_for(run):
        wrong = wrong_timeline(run, mistake)
        for step in range(len(wrong) + 1):
            wrong.frame(step).states()
            assert sentence(wrong, step)
            formula(wrong, step)
        assert why_wrong(mistake, right, wrong).endswith(".")
        assert len(comparisons(right, wrong)) == len(run.tape)
    after = [right.frame(len(right)).adjoint(index) for index in range(len(run.tape))]
    assert all(np.array_equal(one, other) for one, other in zip(before, after)), "a mistake changed the right run"


@pytest.mark.parametrize(
    ("text", "mistake", "label"),
    [
        (REUSE, Mistake("overwrite"), "a"),
        (REUSE, Mistake("no seed"), "y"),
        (REUSE, Mistake("no zeroing"), "x"),
        (REUSE, Mistake("too early"), "x"),
        ("y = exp(sin(x))", Mistake("wrong rule", "sin", "flip the sign"), "x"),
        ("y = x*2", Mistake("overwrite"), None),
    ],
)
def test_the_first_wrong_entry_in_the_order_of_the_sweep(text: str, mistake: Mistake, label: str | None) -> None:
    run = run_of(text, x=3.0)
    found = first_wrong(Timeline.of(run), wrong_timeline(run, mistake))
    assert (None if found is None else run.tape.label(found)) == label


def test_single_precision_rounds_values_and_adjoints() -> None:
    run = run_of("a = x*x\ny = sin(a)/3", x=0.1)
    single = single_precision(run.tape)
    assert all(np.asarray(primal).dtype == np.float32 for primal in single.primals)
    wrong = gradient(run, Mistake("float32"))
    right = run.gradients()["x"]
    assert wrong != right and wrong == pytest.approx(right, rel=1e-6)
    assert wrong_timeline(run, Mistake("float32")).tape.label(1) == "a"


def test_only_changes_that_alter_something_are_offered() -> None:
    run = run_of("y = x + z", x=1.0, z=2.0)
    assert "swap the operands" not in changes_for(run, "add")
    assert "flip the sign" in changes_for(run, "add")
    assert "forget the transpose" in changes_for(run_of(NETWORK, **ARRAYS), "matmul")
    assert all(mistake.op != "input" for mistake in mistakes_for(run))


def test_a_failed_run_has_nothing_to_get_wrong() -> None:
    run = run_of("y = x @ [1.0, 2.0, 3.0]", x=np.ones(2))
    assert len(wrong_timeline(run, Mistake("overwrite"))) == len(Timeline.of(run))


TOLD = [
    ("drop the partial", "v̄1 += v̄2 = 1", "v1 receives v̄2 = 1 from v2"),
    ("drop the adjoint", "v̄1 += w = 5", "v1 receives w = 5 from v2"),
    ("flip the sign", "v̄1 += -(v̄2 × w) = -5", "v1 receives -(v̄2 × w) = -5 from v2"),
    ("swap the operands", "v̄1 += v̄2 × v1 = 3", "v1 receives v̄2 × v1 = 3 from v2"),
]


@pytest.mark.parametrize(("change", "shown", "received"), TOLD)
def test_a_wrong_rule_is_told_as_it_is_done_with_the_right_one_beside_it(
    change: Any, shown: str, received: str
) -> None:
    run = run_of("y = abs(x)*w + 1" if change != "drop the adjoint" else "y = 2*(abs(x)*w)", x=3.0, w=5.0)
    wrong = wrong_timeline(run, Mistake("wrong rule", "mul", change))
    names = [run.tape.label(index) for index in range(len(run.tape))]
    step = next(
        step
        for step in range(wrong.forward_end + 1, len(wrong) + 1)
        if getattr(wrong.event(step), "change", "") and wrong.event(step).index == names.index("v1")
    )
    assert formula(wrong, step) == shown
    upstream = 5 if change != "drop the adjoint" else 10
    assert sentence(wrong, step) == f"By the wrong rule of `mul`, {received}. Right would be v̄2 × w = {upstream}."


def test_a_forgotten_transpose_is_told_without_the_transpose() -> None:
    run = run_of("y = sum(x @ w)", x=ARRAYS["x"], w=ARRAYS["w"])
    wrong = wrong_timeline(run, Mistake("wrong rule", "matmul", "forget the transpose"))
    told = [sentence(wrong, step) for step in range(wrong.forward_end + 1, len(wrong) + 1)]
    assert sum("receives v̄1 @ w = " in one and "Right would be v̄1 @ wᵀ = " in one for one in told) == 1


def test_steps_that_the_wrong_rule_does_not_touch_are_told_as_ever() -> None:
    run = run_of("y = sin(x)*w + x", x=3.0, w=5.0)
    right, wrong = Timeline.of(run), wrong_timeline(run, Mistake("wrong rule", "mul", "flip the sign"))
    touched = [step for step in range(len(wrong) + 1) if sentence(right, step) != sentence(wrong, step)]
    assert touched and all(step > wrong.forward_end for step in touched)
    assert sentence(right, wrong.forward_end + 2) == sentence(wrong, wrong.forward_end + 2)
