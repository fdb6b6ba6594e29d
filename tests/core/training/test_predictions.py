"""Predictions and boundaries of programs in matrices and in numbers: NumPy's, at rows and between them."""

import numpy as np
import pytest

from core.language import parse
from core.training import boundary, predictions

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
SIDES = np.array([0.0, 0.0, 1.0, 1.0])
W = {"w": np.array([2.0, -0.5]), "b": -0.7}
MATRICES = "out = sigmoid(x @ w + b)\nloss = np.mean((out - y)**2)"
NUMBERS = """def loss(x, y, w, b):
    total = 0
    for row, side in zip(x, y):
        out = sigmoid(row[0] * w[0] + row[1] * w[1] + b)
        total = total + (out - side)**2
    return total / len(y)"""
SCORES = "out = x @ W\nloss = np.sum((out - y)**2)"


def out(rows, w, b):
    return 1 / (1 + np.exp(-(rows @ w + b)))


@pytest.mark.parametrize("text", [MATRICES, NUMBERS], ids=["matrices", "numbers"])
def test_a_network_says_the_same_in_matrices_and_in_numbers(text):
    found = predictions(parse(text), {"x": X, "y": SIDES, **W}, ("w", "b"))
    np.testing.assert_allclose(found.values[:, 0], out(X, **W), rtol=1e-14)
    assert found.level == 0.5 and found.accuracy == np.mean((out(X, **W) > 0.5) == (SIDES > 0.5))
    other = {"w": np.array([1.0, 3.0]), "b": -2.0}
    np.testing.assert_allclose(found.at({"x": X, "y": SIDES, **other}).values[:, 0], out(X, **other), rtol=1e-14)
    there = boundary(found, {"x": X, "y": SIDES, **other}, size=7)
    rows = np.stack([part.ravel() for part in np.meshgrid(there.xs, there.ys)], axis=1)
    np.testing.assert_allclose(there.values.ravel(), out(rows, **other), rtol=1e-13)
    assert (there.xs[0], there.xs[-1]) == pytest.approx((-0.25, 1.25))


def test_of_several_scores_the_highest_names_the_class():
    scores = np.array([[1.0, 0.0, 0.2], [0.0, 1.0, 0.2]])
    found = predictions(parse(SCORES), {"x": X, "y": np.eye(3)[[0, 1, 0, 1]], "W": scores}, ("W",))
    np.testing.assert_array_equal(found.values, X @ scores)
    there = boundary(found, size=5)
    rows = np.stack([part.ravel() for part in np.meshgrid(there.xs, there.ys)], axis=1)
    np.testing.assert_array_equal(there.values.ravel(), np.argmax(rows @ scores, axis=1))


def test_a_line_has_predictions_and_no_boundary():
    point = {"x": np.array([1.0, 2.0, 4.0]), "y": np.array([2.0, 4.5, 8.0]), "w": 2.0, "b": 0.5}
    found = predictions(parse("loss = np.mean((w*x + b - y)**2)"), point, ("w", "b"))
    np.testing.assert_allclose(found.values[:, 0], [2.5, 4.5, 8.5])
    assert found.accuracy is None and boundary(found) is None and found.targets.tolist() == [2.0, 4.5, 8.0]


@pytest.mark.parametrize("text", ["3*w1**2 + 2*w1*w2", "np.sum(w @ x)", "np.sum(x * x) + w1*0"])
def test_a_program_that_predicts_nothing_has_none(text):
    point = {"w1": 5.0, "w2": 3.0, "w": np.ones(2), "x": X.T}
    assert predictions(parse(text), point, ("w1", "w2", "w")) is None


BRANCHES = """def loss(x, y, w):
    total = 0
    for row, side in zip(x, y):
        out = row[0]*w + row[1]
        out = {kink}
        total = total + (out - side)**2 if side > 0 else total + abs(out - side)
    return total"""


def test_a_branch_on_targets_is_no_hindrance_to_a_boundary():
    found = predictions(parse(BRANCHES.format(kink="out")), {"x": X, "y": SIDES, "w": 2.0}, ("w",))
    there = boundary(found, size=4)
    np.testing.assert_allclose(there.values, there.xs[None, :] * 2 + there.ys[:, None])


def test_rows_that_are_not_treated_alike_have_predictions_and_no_boundary():
    """Rows with the target 0 are doubled."""
    text = BRANCHES.format(kink="2*out if side < 1 else out")
    found = predictions(parse(text), {"x": X, "y": SIDES, "w": 2.0}, ("w",))
    assert found.values[:, 0].tolist() == [0.0, 2.0, 2.0, 3.0] and boundary(found) is None
    assert found.at({"x": X, "y": SIDES, "w": 5.0}).values[:, 0].tolist() == [0.0, 2.0, 5.0, 6.0]


def test_a_branch_on_the_way_to_what_is_predicted_leaves_a_boundary_only_where_it_holds():
    text = BRANCHES.format(kink="out if out > 0 else 0.1*out")
    assert boundary(predictions(parse(text), {"x": X, "y": SIDES, "w": 2.0}, ("w",))) is None
    assert boundary(predictions(parse(text), {"x": X + 9, "y": SIDES, "w": 2.0}, ("w",))) is not None
