"""Trainings that go wrong: each says one true sentence, and where it began."""

import numpy as np
import pytest

from core.basics.budget import Budget
from core.language import parse
from core.training import PlanError, read_plan, train

LINE = "loss = np.mean((w*x + b - y)**2)"


def test_a_value_that_is_lost_is_named_with_its_step_and_line():
    """w falls by 0.25 a step from 1.1; the square root of w is lost when w is below 0."""
    training = train(parse("r = sqrt(w)\nloss = 0.25*w + 0*r"), {"w": 1.1}, read_plan("gd rate=1 steps=20"))
    assert training.trouble.step == len(training.losses) - 1 == 5
    assert training.trouble.label == "r" and training.trouble.span.line == 1 and not training.trouble.in_sweep
    assert "`r` (line 1)" in training.stopped and "step 5" in training.stopped
    assert training.run_at(5).tape.label(training.trouble.entry) == "r"
    assert not training.warnings  # the loss fell until then


def test_a_gradient_that_is_lost_is_named_where_the_sweep_loses_it():
    """The root's partial at 0 is infinite while the loss is a number."""
    training = train(parse("r = sqrt(w)\nloss = 3*r"), {"w": 0.0}, read_plan("gd rate=1 steps=20"))
    assert training.losses == [0.0] and training.trouble.in_sweep and training.trouble.step == 0
    assert training.stopped.id == "training.gradient-not-finite"


def test_a_loss_that_grows_is_said_to():
    training = train(parse("w*w"), {"w": 1.0}, read_plan("gd rate=1.1 steps=30"))
    assert [one.id for one in training.warnings] == ["training.diverges"] and not training.stopped


def test_a_rate_of_a_thousand_millions_ends_in_a_sentence():
    training = train(parse("w**4"), {"w": 3.0}, read_plan("gd rate=1e9 steps=60"))
    assert training.stopped.id == "training.not-finite"
    assert [one.id for one in training.warnings] == ["training.diverges"]


def test_a_parameter_without_effect_is_named():
    training = train(parse("loss = w*w + 0*int(v)"), {"w": 1.0, "v": 2.0}, read_plan("gd steps=3 over=w,v"))
    assert [(one.id, one.fields["name"]) for one in training.warnings] == [("training.no-effect", "v")]
    assert training.point["v"] == 2.0


def test_a_parameter_that_has_an_effect_later_is_not_named():
    """v matters only once w is below 1."""
    text = "def loss(w, v):\n    if w < 1:\n        return w*w + v*v\n    return w*w"
    training = train(parse(text), {"w": 2.0, "v": 3.0}, read_plan("gd rate=0.2 steps=6"))
    assert not training.warnings and training.point["v"] < 3.0


def test_a_loss_without_any_parameter_is_refused():
    with pytest.raises(PlanError) as refused:
        train(parse("loss = x*x"), {"x": 1.0, "w": 1.0}, read_plan("gd over=w"))
    assert refused.value.args[0].id == "training.unknown-input"
    with pytest.raises(PlanError) as refused:
        train(parse("loss = x*x + 0*int(w)"), {"x": 1.0, "w": 1.0}, read_plan("gd over=w"))
    assert refused.value.args[0].id == "training.loss-without-parameters"


def test_data_with_a_missing_value_is_refused_by_place():
    point = {"w": 1.0, "b": 0.0, "x": np.array([1.0, np.nan, 3.0]), "y": np.ones(3)}
    with pytest.raises(PlanError) as refused:
        train(parse(LINE), point, read_plan("gd over=w,b"))
    assert "`x[1]`" in str(refused.value)


def test_a_program_that_takes_another_branch_is_recorded_again():
    """Below 1 the loss is another function; the descent follows the one of the point. By hand: w falls by 0.4 w, ..."""
    text = "def loss(w):\n    if w > 1:\n        return w*w\n    return 3*w"
    training = train(parse(text), {"w": 2.0}, read_plan("gd rate=0.2 steps=4"))
    np.testing.assert_allclose(training.losses, [4.0, 1.44, 2.16, 0.36, -1.44], rtol=1e-12)


def test_a_step_that_cannot_be_taken_ends_the_training_with_its_reason():
    text = "def loss(w):\n    values = [1.0, 2.0]\n    if w < 0:\n        return w * values[5]\n    return w * w + w"
    training = train(parse(text), {"w": 1.0}, read_plan("gd rate=0.5 steps=9"))
    assert training.stopped.id == "training.cannot-go-on" and len(training.losses) < 9


def test_the_watcher_ends_a_training():
    seen = []
    training = train(
        parse("w*w"), {"w": 1.0}, read_plan("gd steps=1000000"),
        watcher=lambda one: seen.append(len(one.losses)) or len(seen) == 5,
    )  # fmt: skip
    assert seen == [1, 2, 3, 4, 5] and len(training.losses) == 5 and not training.stopped


def test_ten_thousand_steps_keep_few_points():
    """Any step is found again, by few steps from a point that was kept."""
    training = train(parse("(w - 3)**2"), {"w": 1.0}, read_plan("gd rate=0.0001 steps=10000"))
    assert len(training._kept) <= 1001
    for step in (0, 1, 4321, 9999):
        assert training.at(step)["w"] == pytest.approx(3 - 2 * (1 - 0.0002) ** step, rel=1e-10)


def test_a_training_is_cancelled_at_once_and_says_nothing():
    budget = Budget()
    training = train(
        parse("w*w"), {"w": 1.0}, read_plan("gd steps=1000000"), budget=budget,
        watcher=lambda one: budget.cancel() if len(one.losses) == 3 else None,
    )  # fmt: skip
    assert len(training.losses) == 4 and not training.stopped


def test_a_training_that_is_cancelled_before_it_begins_is_refused():
    budget = Budget()
    budget.cancel()
    with pytest.raises(PlanError):
        train(parse("def f(w):\n    for k in range(10**6):\n        w = w*1.0\n    return w"), {"w": 1.0},
              read_plan("gd"), budget=budget)  # fmt: skip
