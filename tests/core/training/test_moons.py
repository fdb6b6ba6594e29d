"""micrograd's moons, number for number: its points, its weights, and its losses to the printed digits."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.language import parse
from core.training import boundary, predictions, read_plan, train
from explorer.storage.examples import training_example
from tests.core.training import moons

MICROGRAD = json.loads(Path(__file__).with_name("moons.json").read_text())
OVER = ("W1", "b1", "W2", "b2", "W3", "b3")


@pytest.fixture(scope="module")
def document():
    return training_example("moons")


@pytest.fixture(scope="module")
def training(document):
    return train(parse(document.text), document.inputs, read_plan(document.plan))


@pytest.fixture(scope="module")
def found(document):
    return predictions(parse(document.text), document.inputs, OVER)


def test_the_seeds_give_the_points_and_the_weights(document):
    places, sides = moons.points()
    np.testing.assert_array_equal(document.inputs["X"], places)
    np.testing.assert_array_equal(document.inputs["y"], sides)
    for name, values in moons.weights().items():
        np.testing.assert_array_equal(document.inputs[name], values)
    assert sum(np.size(document.inputs[name]) for name in OVER) == 337


def test_the_losses_are_those_of_the_notebook(training):
    """Printed by its notebook, and by micrograd itself (moons.py) with more digits."""
    published = {0: "0.895844102868322", 1: "1.72359053369720", 99: "0.0109783701354927"}
    for step, loss in published.items():
        assert f"{training.losses[step]:.{len(loss.split('.')[1])}f}" == loss
    for step, there in MICROGRAD.items():
        assert training.losses[int(step)] == pytest.approx(there["loss"], rel=1e-12)


def test_the_accuracies_are_those_of_the_notebook(training, found):
    for step, there in MICROGRAD.items():
        assert found.at(training.at(int(step))).accuracy == there["accuracy"]
    assert (MICROGRAD["0"]["accuracy"], MICROGRAD["99"]["accuracy"]) == (0.5, 1.0)


def test_the_boundary_passes_between_the_moons(training, found):
    """At the grid's cells next to a point, the side is that point's own; the network in NumPy gives the same scores."""
    end = training.at(99)
    there = boundary(found, end, size=60)
    rows = np.stack([part.ravel() for part in np.meshgrid(there.xs, there.ys)], axis=1)
    hidden = np.maximum(rows @ end["W1"].T + end["b1"], 0)
    hidden = np.maximum(hidden @ end["W2"].T + end["b2"], 0)
    np.testing.assert_allclose(there.values.ravel(), hidden @ end["W3"] + end["b3"], atol=1e-12)
    assert there.xs[0] < found.rows[:, 0].min() and there.ys[-1] > found.rows[:, 1].max()


def test_a_step_of_training_is_a_tape_and_its_replay_the_recorded_sweep(training):
    """The replay is batched by level: equal to rounding."""
    run = training.run_at(99)
    assert len(run.tape) > 90_000 and run.value == pytest.approx(training.losses[99], rel=1e-13)
    recorded = run.gradients()
    for name, part in training.gradient_at(99).items():
        np.testing.assert_allclose(part, recorded[name], atol=1e-13)
        assert training.sizes[name][99] == pytest.approx(np.linalg.norm(recorded[name]), rel=1e-10)
