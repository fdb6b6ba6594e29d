"""The check beside each gradient: right gradients pass wherever it can be told, wrong ones nowhere, and it says why."""

import random
from dataclasses import replace

import numpy as np
import pytest

from core.basics.budget import Budget
from core.checking.runs import checks
from core.checking.verdict import AGREES
from core.language import parse
from core.run import record
from tests.fuzz import checks as fuzz

LOGISTIC = "def f(x, r):\n    for i in range(100):\n        x = r*x*(1 - x)\n    return x\n"
SIGMOID_LOSS = (
    "def loss(w, b, x, y):\n    z = w @ x + b\n    p = 1/(1+np.exp(-z))\n    return -(y*np.log(p)+(1-y)*np.log(1-p))"
)
DETACHED = "x = torch.tensor(3.0, requires_grad=True)\ny = x.detach()*x\ny.backward()\nprint(x.grad)"
OWN_RULE = (
    "@tf.custom_gradient\ndef g(x):\n    def grad(up):\n        return {rule}\n    return x**2, grad\n"
    "x = tf.Variable(3.0)\nwith tf.GradientTape() as t:\n    y = g(x)*2\nt.gradient(y, x)"
)
TF_TAPE = "x = tf.Variable(3.0)\nwith tf.GradientTape() as t:\n    y = {y}\nprint(t.gradient(y, x))"
MATRIX = np.array([[2.0, 1.0], [1.0, 3.0]])
LAYERS = "def f(W, V, x):\n    h = np.tanh(W @ x)\n    h = np.tanh(h + 0.1*np.sin(h))\n    return np.sum((V @ h)**2)"


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("x**4 - 2*x**2", {"x": 1.0}),
        ("x**4 - 2*x**2", {"x": np.array([1.0, 2.0])}),
        ("(x - 1)**2*(x + 3)", {"x": 1.0}),
        ("exp(x)*exp(-x)", {"x": 0.7}),
        ("softmax(x).sum()", {"x": np.array([1.0, 2.0, 3.0])}),
        ("1e6 + sin(x)**2 + cos(x)**2", {"x": 0.3}),
        (LOGISTIC, {"x": 0.5, "r": 0.25}),
    ],
)
def test_a_right_gradient_of_nothing_is_confirmed_though_differences_are_all_error(text, point):
    """Else a learner who stands at a minimum is told in red that the right answer, 0, is wrong."""
    found = checks(record(parse(text), point))
    assert found and all(check.agrees and check.relative_error <= AGREES for check in found.values())


@pytest.mark.parametrize(
    ("text", "point"),
    [
        (SIGMOID_LOSS, {"w": np.array([1.0, 2.0, 3.0]), "b": 3.0, "x": np.array([1.5, 2.5, 3.5]), "y": 0.0}),
        ("y = (1e6*a)**3", {"a": 1e-6}),
        ("a + 1", {"a": 1e-7}),
        ("a + 1", {"a": 1e-300}),
        ("sin(x)", {"x": 1e6}),
        ("sin(1e6*x)", {"x": 0.0}),
        ("exp(-(x/1e-4)**2)", {"x": 1e-5}),
        ("1e3 + 1e-6*tanh(x)", {"x": 0.5}),
        ("sigmoid(x)", {"x": 36.0}),
        ("x[0]*1e10 + x[1]", {"x": np.array([1.0, 2.0])}),
        ("x.astype('float32').sum()", {"x": np.array([1.0, 2.0])}),
    ],
)
def test_inputs_of_any_size_and_losses_that_cancel_are_confirmed(text, point):
    """Else small inputs, saturated losses and small slopes beside large values are called wrong, or a kink."""
    found = checks(record(parse(text), point))
    assert found and {check.verdict for check in found.values()} == {"agrees"}


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("1e-8*stop_gradient(x)*x", 2.0),
        ("stop_gradient(x)**2 + 1e-3*x", 1e-2),
        ("x**4 - 2*stop_gradient(x)**2", 1.0),
        ("floor(x) + 0*x", 1.0),
        ("(x >= 1)*1.0 + x*1e-9", 1.0),
        ("1/x", 0.0),
    ],
)
def test_a_gradient_that_is_not_that_of_the_function_is_not_confirmed(text, x):
    """Else the uncertainty of a difference would let off whatever is small, or stands beside a jump."""
    assert not checks(record(parse(text), {"x": x}))["x"].agrees


@pytest.mark.parametrize(
    ("text", "point", "word", "told"),
    [
        ("np.sum(np.linalg.cholesky(A))", {"A": MATRIX}, "convention", "symmetric"),
        ("np.sum(np.linalg.eigvalsh(A)**2*[1, 2])", {"A": MATRIX}, "convention", "symmetric"),
        ("np.median(x)", {"x": np.array([3.0, 3.0, 3.0])}, "kink", "more than one gradient"),
        ("np.median(x)", {"x": np.array([3.0, 3.0, 3.0, 3.0])}, "kink", ""),
        ("np.sort(x)[0]", {"x": np.array([3.0, 3.0, 1.0, 1.0])}, "kink", "both sides"),
        ("np.max(x) + x[0]", {"x": np.array([3.0, 3.0, 3.0])}, "kink", "both sides"),
        ("x[0] if x[0] > x[1] else x[1]", {"x": np.array([1.0, 1.0])}, "kink", "both sides"),
        ("relu(x)", {"x": 0.0}, "kink", "both sides"),
        (DETACHED, {}, "cut", "`stop_gradient` cuts a path"),
        ("tf.stop_gradient(x)*x", {"x": 3.0}, "cut", "on purpose"),
        (TF_TAPE.format(y="x*float(x)"), {}, "cut", "as a plain number"),
        (TF_TAPE.format(y="x*x.numpy()"), {}, "cut", "as a plain number"),
        ("def f(x):\n    w = torch.tensor(x, requires_grad=True)\n    return w*x", {"x": 2.0}, "cut", "path out"),
        (OWN_RULE.format(rule="up*10"), {}, "custom", "`g` has a derivative rule"),
        (OWN_RULE.format(rule="up*2*x"), {}, "agrees", ""),
        ("1/x", {"x": 0.0}, "undefined", "infinite"),
        ("log(x)", {"x": 0.0}, "undefined", "infinite"),
        ("np.linalg.norm(x)*0 + np.sqrt(-x[0] - 1)", {"x": np.array([1.0, 1.0])}, "undefined", "not a number"),
        ("x**1.5", {"x": 0.0}, "undefined", "To one side"),
        ("floor(x) + 0*x", {"x": 1.0}, "undefined", "jump"),
        ("relu(x) - relu(-x)", {"x": 0.0}, "disagrees", "does not add up"),
    ],
)
def test_each_word_has_its_case_and_its_reason(text, point, word, told):
    (check,) = checks(record(parse(text), point)).values()
    assert check.verdict == word and told in check.reason and check.reason.endswith(".")


@pytest.mark.parametrize("text", ["np.sum(np.linalg.cholesky(A))", "tf.stop_gradient(x)*x", "np.median(x)", "relu(x)"])
def test_an_excuse_covers_no_other_fault(text):
    """Else a wrong rule hides behind a symmetric matrix, a cut or a kink."""
    point = {"A": MATRIX, "x": np.array([3.0, 3.0, 3.0]) if "median" in text else 0.0 if "relu" in text else 3.0}
    run = record(parse(f"2*sin({text})"), {name: point[name] for name in ("A", "x") if f"({name})" in text})
    for place, op in enumerate(run.tape.ops):
        if op.name == "sin":
            run.tape.ops[place] = replace(op, partials=("-cos(x)",))
    (check,) = checks(run).values()
    assert check.verdict == "disagrees"


@pytest.mark.parametrize("x", [0.0, 3.0])
def test_a_wrong_rule_at_a_kink_is_no_noise(x):
    """Else the slope that changes from one float to the next, since the kink lies between, excuses it."""
    run = record(parse("2*sin(relu(x - c) + 1)"), {"x": x, "c": x})
    for place, op in enumerate(run.tape.ops):
        if op.name == "sin":
            run.tape.ops[place] = replace(op, partials=("-cos(x)",))
        if op.name == "relu":
            run.tape.ops[place] = replace(op, partials=("1.0",), vjps=())
    assert {check.verdict for check in checks(run).values()} == {"disagrees"}


def test_many_numbers_are_checked_in_random_directions_and_it_is_said_how_sure_that_is():
    chance = np.random.default_rng(1)
    point = {"W": chance.normal(size=(64, 64)) * 0.1, "V": chance.normal(size=(2, 64)), "x": chance.normal(size=64)}
    run = record(parse(LAYERS), point)
    sound = checks(run)
    assert {check.verdict for check in sound.values()} == {"agrees"}
    assert sound["W"].difference is None and "24 random directions" in sound["W"].reason
    right = run.gradients()
    for places in ([(3, 4)], [(3, 4), (60, 1)]):
        wrong = right["W"].copy()
        for sign, place in zip((1, -1), places, strict=False):
            wrong[place] += sign * 1e-3 * np.max(np.abs(wrong))
        assert checks(run, {**right, "W": wrong})["W"].verdict == "disagrees"


def test_what_takes_too_long_or_is_given_up_is_skipped_and_says_so():
    run = record(parse("def f(x):\n    for i in range(60):\n        x = sin(x)\n    return sum(x)"), {"x": np.ones(3)})
    stopped = Budget()
    stopped.cancel()
    check = checks(run, budget=stopped)["x"]
    assert check.verdict == "skipped" and check.difference is None and "not checked" in check.reason


def test_random_smooth_programs_agree_and_planted_faults_do_not_pass():
    of_right, of_wrong = fuzz.campaign(60, 3)
    assert of_right["agrees"] >= 0.99 * (of_right.total() - of_right["refused"]) > 50
    assert of_wrong.total() > 50 and not fuzz.LETS_PASS & of_wrong.keys()


def test_errors_in_one_number_and_opposite_ones_in_two_show_in_random_directions():
    assert fuzz.missed(20, 4_192, random.Random(5).randrange(1_000)) == (0, 0)
