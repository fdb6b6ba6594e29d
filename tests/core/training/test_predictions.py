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
    assert found.targets.tolist() == [0, 1, 0, 1] and found.accuracy == 0.75  # the last has two highest
    there = boundary(found, size=5)
    rows = np.stack([part.ravel() for part in np.meshgrid(there.xs, there.ys)], axis=1)
    np.testing.assert_array_equal(there.values.ravel(), np.argmax(rows @ scores, axis=1))


LOSSES = {
    "cross entropy": "out = sigmoid(x @ w + b)\nloss = -np.mean(y*np.log(out) + (1 - y)*np.log(1 - out))",
    "of logits": "out = x @ w + b\nloss = np.mean(np.maximum(out, 0) - out*y + np.log1p(np.exp(-abs(out))))",
    "in numbers": "def loss(x, y, w, b):\n    t = 0\n    for r, s in zip(x, y):\n"
    "        p = sigmoid(r[0]*w[0] + r[1]*w[1] + b)\n        t = t - s*log(p) - (1 - s)*log(1 - p)\n    return t",
    "in PyTorch": "import torch\nout = torch.sigmoid(x @ w + b)\n"
    "loss = torch.nn.functional.binary_cross_entropy(out, y)",
}


@pytest.mark.parametrize("text", LOSSES.values(), ids=LOSSES.keys())
def test_what_several_terms_of_a_loss_have_in_common_is_predicted(text):
    found = predictions(parse(text), {"x": X, "y": SIDES, **W}, ("w", "b"))
    logits = X @ W["w"] + W["b"]
    expected = logits if "log1p" in text else 1 / (1 + np.exp(-logits))
    np.testing.assert_allclose(found.values[:, 0], expected, rtol=1e-12)
    assert found.level == (0.0 if "log1p" in text else 0.5)
    assert found.accuracy == np.mean((logits > 0) == (SIDES > 0.5)) and boundary(found) is not None


def test_classes_that_pick_their_score_are_targets():
    text = "def loss(W, x, y):\n    p = softmax(x @ W)\n    return -np.mean(np.log(p[np.arange(len(y)), y]))"
    W3 = np.array([[1.0, 0.0, 0.2], [0.0, 1.0, 0.2]])
    found = predictions(parse(text), {"W": W3, "x": X, "y": np.array([2.0, 1.0, 0.0, 1.0])}, ("W",))
    powers = np.exp(X @ W3)
    np.testing.assert_allclose(found.values, powers / powers.sum(axis=1, keepdims=True), rtol=1e-13)
    assert found.accuracy == 0.5 and boundary(found, size=4).values.shape == (4, 4)


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
