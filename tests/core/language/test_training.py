"""Training loops: what is differentiated is the first pass, at the values in the input table; the loop still runs."""

import numpy as np
import pytest

from core.checking.runs import checks
from core.language import parse
from core.run import record

TF = """import tensorflow as tf
w = tf.Variable(5.0)
for step in range(10):
    with tf.GradientTape() as tape:
        loss = (w - 2)**2
    w.assign_sub(0.1 * tape.gradient(loss, w))
print(f"{w.numpy():.6f}")
"""
TWO_PARAMETERS = """x = tf.constant([1., 2., 3., 4.])
y = tf.constant([3., 5., 7., 9.])
W = tf.Variable(0.5)
b = tf.Variable(0.1)
def train(lr):
    with tf.GradientTape() as t:
        loss = tf.reduce_mean(tf.square(y - (W*x + b)))
    dW, db = t.gradient(loss, [W, b])
    W.assign_sub(lr*dW)
    b.assign_sub(lr*db)
for epoch in range(600):
    train(0.05)
print(f"{W.numpy():.2f} {b.numpy():.2f}")
"""
TORCH = """import torch
w = torch.tensor(5.0, requires_grad=True)
for step in range(10):
    loss = (w - 2)**2
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
print(f"{w.item():.6f}")
"""
OPTIMIZER = """w = torch.tensor(5.0, requires_grad=True)
optimizer = torch.optim.{name}
for step in range({steps}):
    optimizer.zero_grad()
    loss = (w - 2)**2
    loss.backward()
    optimizer.step()
print(f"{{w.item():.6f}}")
"""
LOOPS = {
    "tf": (TF, {"w": 6.0}, f"{2 + 3 * 0.8**10:.6f}\n"),
    "tf, two parameters": (TWO_PARAMETERS, {"W": -27.0, "b": -9.3}, "2.00 1.00\n"),
    "torch": (TORCH, {"w": 6.0}, f"{2 + 3 * 0.8**10:.6f}\n"),
    "torch.optim.SGD": (
        OPTIMIZER.format(name="SGD([w], lr=0.1)", steps=10), {"w": 6.0}, f"{2 + 3 * 0.8**10:.6f}\n",
    ),
    "momentum": (OPTIMIZER.format(name="SGD([w], lr=0.1, momentum=0.5)", steps=2), {"w": 6.0}, "3.620000\n"),
    "torch.optim.Adam": (OPTIMIZER.format(name="Adam([w], lr=0.1)", steps=1), {"w": 6.0}, "4.900000\n"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "gradients", "printed"), LOOPS.values(), ids=LOOPS.keys())
def test_a_training_loop_runs_and_shows_the_gradient_at_the_values_of_the_input_table(text, gradients, printed):
    run = record(parse(text))
    assert run.failure is None and run.printed == printed
    found = {name: value for name, value in run.gradients().items() if value is not None}
    assert found == pytest.approx(gradients)
    assert all(check.agrees for check in checks(run).values())


def test_the_values_of_the_table_are_the_start_of_the_training():
    run = record(parse(TF), {"w": 3.0})
    assert run.gradients() == {"w": 2.0} and run.target_label == "loss"


def test_the_loss_of_the_last_pass_can_still_be_chosen():
    run = record(parse(TF), target="loss")
    assert run.value == pytest.approx(9 * 0.64**9)


def test_two_steps_of_adam_are_those_of_its_authors():
    w, m, v = 5.0, 0.0, 0.0
    for t in (1, 2):
        g = 2 * (w - 2)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w -= 0.1 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    assert record(parse(OPTIMIZER.format(name="Adam([w], lr=0.1)", steps=2))).printed == f"{w:.6f}\n"


def test_descent_written_by_hand_is_differentiated_through_all_passes():
    loss = "def loss(w):\n    return (w - 2)**2\nw = 5.0\n"
    text = loss + "for i in range(4):\n    w = w - 0.1*jax.grad(loss)(w)\nloss(w)"
    run = record(parse(text), at="all")
    assert run.gradients()["w"] == pytest.approx(2 * 3 * 0.8**8)
    assert checks(run)["w"].agrees
