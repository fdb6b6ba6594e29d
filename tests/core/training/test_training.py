"""Training: PyTorch's optimizers to the last digit, published descents, and plans that cannot be understood."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.language import parse
from core.training import PlanError, read_plan, train
from explorer.storage.examples import training_example, training_names

PYTORCH = json.loads(Path(__file__).with_name("pytorch.json").read_text())
KERAS = json.loads(Path(__file__).with_name("keras.json").read_text())
FUNCTIONS = {
    "bowl": ("3*w[0]**2 + 2*w[0]*w[1] + w[1]**2", [5.0, 3.0]),
    "rosenbrock": ("100*(w[1] - w[0]**2)**2 + (1 - w[0])**2", [-1.2, 1.0]),
    "ripples": ("sin(3*w[0])*w[1] + w[0]**2 + 0.5*w[1]**2", [0.7, -0.4]),
}
LINE = "x = np.linspace(-2, 2, 201)\ny = 3*x + 2\nloss = np.mean((w*x + b - y)**2)"
VALLEY = "sum([100*(p[i+1] - p[i]**2)**2 + (1 - p[i])**2 for i in range(4)])"
START = {"p": np.array([1.3, 0.7, 0.8, 1.9, 1.2])}


@pytest.mark.parametrize("case", PYTORCH)
def test_optimizers_descend_as_pytorch_does(case):
    name, plan = case.split(" | ")
    text, start = FUNCTIONS[name]
    training = train(parse(text), {"w": np.array(start)}, read_plan(f"{plan} steps=40"))
    np.testing.assert_allclose(training.losses, PYTORCH[case]["losses"], rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(training.point["w"], PYTORCH[case]["w"], rtol=1e-12)


@pytest.mark.parametrize("plan", KERAS)
def test_a_text_of_keras_descends_with_its_formulas(plan):
    text = "import tensorflow as tf\nw = tf.Variable([-1.2, 1.0])\nloss = 100*(w[1] - w[0]**2)**2 + (1 - w[0])**2"
    training = train(parse(text), {"w": np.array([-1.2, 1.0])}, read_plan(f"{plan} steps=40"))
    np.testing.assert_allclose(training.losses, KERAS[plan]["losses"], rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(training.point["w"], KERAS[plan]["w"], rtol=1e-12)


def test_a_line_is_learnt_with_the_published_losses():
    """TensorFlow's guide on training loops, without its noise."""
    training = train(parse(LINE), {"w": 5.0, "b": 0.0}, read_plan("gd rate=0.1 steps=10 over=w,b"))
    np.testing.assert_allclose(training.losses[:3], [9.386667, 5.435800, 3.173714], atol=5e-7)
    assert training.losses[10] == pytest.approx(0.056249, abs=5e-7) and len(training.losses) == 11
    assert (training.point["w"], training.point["b"]) == pytest.approx((3.086741, 1.785252), abs=5e-7)


@pytest.mark.parametrize(("plan", "most"), [("lbfgs", 60), ("newton", 66)])
def test_the_valley_ends_at_its_minimum(plan, most):
    """SciPy's published example: BFGS asks 30 times for the gradient, Newton-CG 33 times; ours twice at most."""
    training = train(parse(VALLEY), START, read_plan(f"{plan} steps=100"))
    np.testing.assert_allclose(training.point["p"], np.ones(5), atol=1e-5)
    assert training.evaluations <= most and np.all(np.diff(training.losses) < 0)


def test_the_point_at_any_step_is_found_again():
    """Points are kept at intervals only; going on from one must give the very same numbers."""
    program, plan = parse(FUNCTIONS["rosenbrock"][0]), read_plan("adam rate=0.01 steps=1000")
    training = train(program, {"w": np.array([-1.2, 1.0])}, plan)
    for step in (0, 1, 7, 503, 1000):
        shorter = train(program, {"w": np.array([-1.2, 1.0])}, read_plan(f"adam rate=0.01 steps={step}"))
        np.testing.assert_array_equal(training.at(step)["w"], shorter.point["w"])
    with pytest.raises(IndexError):
        training.at(1001)


def test_batches_take_each_row_once_in_an_epoch_and_the_loss_is_that_of_all_data():
    text = "loss = np.mean((w*x - y)**2)"
    point = {"w": 0.0, "x": np.arange(8.0), "y": 3 * np.arange(8.0)}
    whole = train(parse(text), point, read_plan("gd rate=0.01 steps=20 over=w"))
    parts = train(parse(text), point, read_plan("gd rate=0.01 steps=20 over=w batch=4 seed=3"))
    again = train(parse(text), point, read_plan("gd rate=0.01 steps=20 over=w batch=4 seed=3"))
    assert parts.losses == again.losses != whole.losses and len(parts.losses) == 21
    assert parts.losses[0] == whole.losses[0] == pytest.approx(np.mean((3 * np.arange(8.0)) ** 2))


def test_what_looks_like_data_is_not_moved():
    text = "loss = np.mean((x @ W + b - y)**2)"
    point = {"x": np.ones((3, 2)), "W": np.zeros(2), "b": 0.0, "y": np.arange(3.0)}
    assert set(train(parse(text), point, read_plan("gd steps=1")).over) == {"W", "b"}


def test_the_moons_rate_falls_in_a_line():
    plan = read_plan("gd rate=1.0 steps=100 schedule=linear:0.1")
    assert [plan.rate_at(step) for step in (0, 1, 99)] == pytest.approx([1.0, 1.0 - 0.9 / 100, 1.0 - 0.9 * 99 / 100])


def test_a_loss_that_is_no_number_any_more_ends_the_training():
    training = train(parse("w**4"), {"w": 3.0}, read_plan("gd rate=1e9 steps=60"))
    assert training.stopped.id == "training.not-finite" and len(training.losses) < 20


@pytest.mark.parametrize(
    ("plan", "id"),
    [
        ("sgd", "training.unknown-optimizer"), ("", "training.unknown-optimizer"),
        ("adam speed=2", "training.unknown-key"), ("adam rate", "training.unknown-key"),
        ("adam rate=fast", "training.unfit-value"), ("adam rate=-1", "training.unfit-value"),
        ("adam steps=2.5", "training.unfit-value"), ("adam steps=99999999", "training.unfit-value"),
        ("gd schedule=up", "training.unfit-value"), ("gd rate=nan", "training.unfit-value"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_understood_is_refused_by_name(plan, id):
    with pytest.raises(PlanError) as refused:
        read_plan(plan)
    assert refused.value.args[0].id == id


@pytest.mark.parametrize(
    ("text", "plan", "id"),
    [
        ("w*w", "gd over=v", "training.unknown-input"),
        ("np.array([1.0, 2.0])*w", "gd", "training.not-one-number"),
        ("3.0 + 4.0", "gd", "training.no-parameters"),
    ],
)
def test_a_program_that_cannot_be_trained_is_refused(text, plan, id):
    with pytest.raises(PlanError) as refused:
        train(parse(text), {}, read_plan(plan))
    assert refused.value.args[0].id == id


def test_the_examples_of_trainings_do_what_their_plans_say():
    """The published line and valley, as they are shipped; the moons have tests of their own."""
    documents = {name: training_example(name) for name in training_names() if name in ("line", "rosenbrock")}
    ends = {name: train(parse(one.text), one.inputs, read_plan(one.plan)) for name, one in documents.items()}
    assert ends["line"].losses[10] == pytest.approx(0.056249, abs=5e-7)
    np.testing.assert_allclose(ends["rosenbrock"].point["p"], np.ones(5), atol=1e-5)
