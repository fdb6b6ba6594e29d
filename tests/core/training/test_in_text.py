"""Training that the text does itself: its losses and points, pass by pass, by hand; and each pass as a run."""

import numpy as np
import pytest

from core.language import parse
from core.training import training_in_text
from tests.core.running.test_passes import ALIKE, BY_HAND, X, Y, fitted


@pytest.mark.parametrize("text", ALIKE.values(), ids=ALIKE.keys())
def test_every_library_has_the_losses_of_one_descent(text):
    """w - 2 shrinks by 0.8 a pass from 3."""
    training = training_in_text(parse(text), {})
    np.testing.assert_allclose(training.losses, [9 * 0.64**k for k in range(4)], rtol=1e-6)
    assert training.over == ("w",) and training.steps == (0, 1, 2, 3)
    for step in range(4):
        run = training.run_at(step)
        assert run.value == pytest.approx(training.losses[step], rel=1e-6)
        assert training.at(step)["w"] == pytest.approx(2 + 3 * 0.8**step)
        assert training.gradient_at(step)["w"] == pytest.approx(2 * 3 * 0.8**step)


def test_a_long_loop_by_hand_is_told_from_one_run():
    training = training_in_text(parse(BY_HAND.format(count=400)), {})
    assert len(training.losses) == 400 and training.line == 7
    for step in (0, 1, 57, 399):
        w, b = fitted(step)
        assert training.losses[step] == pytest.approx(np.mean((w * X + b - Y) ** 2), rel=1e-9)
        assert (training.at(step)["w"], training.at(step)["b"]) == pytest.approx((w, b))
    assert (training.point["w"], training.point["b"]) == pytest.approx(fitted(400))


def test_of_a_loss_without_a_name_some_passes_are_known():
    text = "def loss(w):\n    return (w - 2)**2\nw = 5.0\nfor step in range(90):\n    w = w - 0.1 * jax.grad(loss)(w)\n"
    training = training_in_text(parse(text), {})
    assert len(training.losses) == 90 and len(training.steps) == 40 and training.steps[-1] == 89
    for step in training.steps:
        assert training.losses[step] == pytest.approx(9 * 0.64**step, rel=1e-5)


def test_a_text_that_does_not_train_has_none():
    text = "def f(x):\n    for k in range(3):\n        x = x * x\n    return x"
    assert training_in_text(parse(text), {"x": 1.1}) is None
    assert training_in_text(parse("3*w1**2 + 2*w1*w2"), {"w1": 5.0, "w2": 3.0}) is None


def test_a_step_that_there_is_not_is_an_index_error():
    training = training_in_text(parse(BY_HAND.format(count=5)), {})
    for step in (-1, 5):
        with pytest.raises(IndexError):
            training.at(step)
