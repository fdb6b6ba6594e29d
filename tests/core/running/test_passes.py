"""Loops that train are looked at pass by pass; what they print, and every other loop, stays as it is.

Expected values come from NumPy, from formulas derived by hand, or from the libraries' documented updates.
"""

import numpy as np
import pytest

from core.basics.errors import ProgramError
from core.checking.runs import checks
from core.language import parse
from core.run import record

BY_HAND = """import numpy as np
x = np.array([1.0, 2.0, 3.0])
y = np.array([2.0, 4.1, 5.9])
w, b = 0.0, 0.0
lr = 0.05
losses = []
for i in range({count}):
    pred = w * x + b
    err = pred - y
    loss = np.mean(err**2)
    dw = 2*np.mean(err*x)
    db = 2*np.mean(err)
    w -= lr*dw
    b -= lr*db
    losses.append(loss)
final = np.mean((w*x + b - y)**2)
"""
X, Y = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.1, 5.9])


def fitted(passes: int) -> tuple[float, float]:
    """Where the line of BY_HAND is after so many passes."""
    w = b = 0.0
    for _ in range(passes):
        err = w * X + b - Y
        w, b = w - 0.05 * 2 * np.mean(err * X), b - 0.05 * 2 * np.mean(err)
    return w, b


def slopes(w: float, b: float) -> dict[str, float]:
    err = w * X + b - Y
    return {"w": 2 * np.mean(err * X), "b": 2 * np.mean(err)}


def gradients(run, *names):
    found = run.gradients()
    return {name: found[name] for name in names}


@pytest.mark.parametrize(("at", "number"), [(None, 1), (1, 1), (4, 4), (5, 5), ("last", 5)])
def test_a_pass_of_a_loop_with_a_gradient_by_hand_has_the_tapes_own_gradient_at_its_parameters(at, number):
    run = record(parse(BY_HAND.format(count=5)), at=at)
    w, b = fitted(number - 1)
    assert (run.passes.at, run.passes.count, run.passes.line) == (number, 5, 7)
    assert run.passes.states == ("w", "b") and run.target_label == "loss"
    assert run.point["w"] == pytest.approx(w) and run.point["b"] == pytest.approx(b)
    assert run.value == pytest.approx(np.mean((w * X + b - Y) ** 2))
    assert gradients(run, "w", "b") == pytest.approx(slopes(w, b))
    assert all(check.agrees for check in checks(run).values())


def test_the_tape_of_a_pass_holds_the_gradient_by_hand_beside_its_own():
    run = record(parse(BY_HAND.format(count=5)), at=3)
    by_hand = {entry.label: entry.primal for entry in run.tape}
    assert gradients(run, "w", "b") == pytest.approx({"w": by_hand["dw"], "b": by_hand["db"]})


def test_no_pass_is_differentiated_by_the_learning_rate():
    assert record(parse(BY_HAND.format(count=5))).gradients()["lr"] is None


@pytest.mark.parametrize("choice", [{"at": "after"}, {"target": "final"}])
def test_what_follows_the_loop_is_seen_with_the_parameters_as_they_are_then(choice):
    run = record(parse(BY_HAND.format(count=5)), **choice)
    assert run.passes.at == "after" and run.passes.has_after and run.target_label == "final"
    assert gradients(run, "w", "b") == pytest.approx(slopes(*fitted(5)))


def test_a_value_of_the_loop_is_that_of_its_last_pass():
    run = record(parse(BY_HAND.format(count=5)), target="loss")
    assert run.passes.at == 5 and gradients(run, "w", "b") == pytest.approx(slopes(*fitted(4)))


def test_a_derivative_through_all_passes_can_be_chosen():
    run = record(parse(BY_HAND.format(count=5)), at="all")

    def final(rate: float) -> float:
        w = b = 0.0
        for _ in range(5):
            err = w * X + b - Y
            w, b = w - rate * 2 * np.mean(err * X), b - rate * 2 * np.mean(err)
        return float(np.mean((w * X + b - Y) ** 2))

    slope = (final(0.0501) - final(0.0499)) / 2e-4
    assert run.passes.at == "all" and run.gradients()["lr"] == pytest.approx(slope, 1e-4)


@pytest.mark.parametrize("at", [0, 6, -1])
def test_a_pass_that_there_is_not_is_refused(at):
    with pytest.raises(ProgramError, match="5 passes"):
        record(parse(BY_HAND.format(count=5)), at=at)


def test_many_passes_leave_a_tape_of_one():
    run = record(parse(BY_HAND.format(count=400) + "print(final)"), at=300)
    assert len(run.tape) == len(record(parse(BY_HAND.format(count=2))).tape)
    w, b = fitted(400)
    assert float(run.printed) == pytest.approx(np.mean((w * X + b - Y) ** 2))
    assert run.passes.count == 400 and run.passes.values[300]["w"] == pytest.approx(fitted(299)[0])


TORCH = """w = torch.tensor(5.0, requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1)
for step in range(4):
    opt.zero_grad()
    loss = (w - 2)**2
    loss.backward()
    opt.step()
"""
TENSORFLOW = """w = tf.Variable(5.0)
for step in range(4):
    with tf.GradientTape() as tape:
        loss = (w - 2)**2
    w.assign_sub(0.1 * tape.gradient(loss, w))
"""
JAX = """def loss(w):
    return (w - 2)**2
w = 5.0
for step in range(4):
    w = w - 0.1 * jax.grad(loss)(w)
"""
IN_A_FUNCTION = """def train(steps):
    w = tf.Variable(5.0)
    for step in range(steps):
        with tf.GradientTape() as tape:
            loss = (w - 2)**2
        w.assign_sub(0.1 * tape.gradient(loss, w))
    return w
train(4)
"""
WITH_DICTIONARY = """def loss(p):
    return (p["w"] - 2)**2
p = {"w": 5.0}
for step in range(4):
    g = jax.grad(loss)(p)
    p = jax.tree.map(lambda a, b: a - 0.1*b, p, g)
"""
IN_EPOCHS = """w = torch.tensor(5.0, requires_grad=True)
for epoch in range(2):
    for batch in range(2):
        loss = (w - 2)**2
        loss.backward()
        with torch.no_grad():
            for p in [w]:
                p -= 0.1 * p.grad
                p.grad.zero_()
"""
IN_A_LAYER = """net = torch.nn.Linear(1, 1, bias=False)
with torch.no_grad():
    net.weight.copy_(torch.tensor([[5.0]]))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for step in range(4):
    opt.zero_grad()
    loss = ((net(torch.ones(1, 1)) - 2)**2).sum()
    loss.backward()
    opt.step()
"""


@pytest.mark.parametrize("number", [1, 2, 4])
def test_the_weights_of_layers_are_states(number):
    run = record(parse(IN_A_LAYER), at=number)
    w = 2 + 3 * 0.8 ** (number - 1)
    assert (run.passes.count, run.passes.states) == (4, ("weight",))
    assert run.gradients()["weight"] == pytest.approx(np.array([[2 * (w - 2)]])) and checks(run)["weight"].agrees


@pytest.mark.parametrize("text", [IN_A_LAYER, "import torch\n" + TORCH])
def test_weights_start_where_the_user_sets_them(text):
    name = "weight" if text is IN_A_LAYER else "w"
    run = record(parse(text), {name: np.array([[3.0]]) if name == "weight" else 3.0}, at=2)
    assert np.ravel(run.point[name]) == pytest.approx([3.0 - 0.1 * 2.0])


ALIKE = {
    "torch": TORCH, "tensorflow": TENSORFLOW, "jax": JAX, "function": IN_A_FUNCTION, "dictionary": WITH_DICTIONARY,
    "epochs": IN_EPOCHS,
}  # fmt: skip


@pytest.mark.parametrize("number", [1, 2, 4])
@pytest.mark.parametrize("text", ALIKE.values(), ids=ALIKE.keys())
def test_every_library_has_the_passes_of_one_descent(text, number):
    run = record(parse(text), at=number)
    w = 2 + 3 * 0.8 ** (number - 1)
    assert (run.passes.count, run.passes.states) == (4, ("w",)) and run.failure is None
    assert run.value == pytest.approx((w - 2) ** 2) and run.gradients()["w"] == pytest.approx(2 * (w - 2))
    assert checks(run)["w"].agrees


NEURONS = """class Value:
    def __init__(self, data):
        self.data, self.grad, self.back = data, 0.0, lambda: None
    def __mul__(self, other):
        out = Value(self.data * other)
        def back():
            self.grad += other * out.grad
        out.back = back
        return out
    def backward(self):
        self.grad = 1.0
        self.back()
w = [Value(0.5), Value(-1.5)]
for k in range(3):
    loss = w[0] * 2.0
    for p in w:
        p.grad = 0.0
    loss.backward()
    for p in w:
        p.data += -0.1 * p.grad
"""


def test_objects_with_numbers_are_one_state():
    run = record(parse(NEURONS), at=3)
    assert run.point["w"] == pytest.approx(np.array([0.5 - 2 * 0.2, -1.5]))
    assert run.gradients()["w"] == pytest.approx(np.array([2.0, 0.0]))


BATCH = """import numpy as np
X = np.array([[1.0, 0.5], [1.0, 1.5], [1.0, 2.0]])
y = np.array([1.0, 2.0, 2.5])
eta = 0.1
theta = np.array([0.1, -0.2])
for epoch in range(60):
    gradients = 2/3 * X.T.dot(X.dot(theta) - y)
    theta = theta - eta * gradients
print(theta)
"""


def test_a_long_loop_without_a_loss_shows_one_step():
    run = record(parse(BATCH))
    features = np.array([[1.0, 0.5], [1.0, 1.5], [1.0, 2.0]])
    theta = np.array([0.1, -0.2])
    step = 2 / 3 * features.T @ (features @ theta - [1.0, 2.0, 2.5])
    assert run.passes.count == 60 and run.value == pytest.approx(theta - 0.1 * step)
    assert run.gradients()["theta"] == pytest.approx((np.eye(2) - 0.1 * 2 / 3 * features.T @ features).sum(axis=0))


ONE_TAPE = {
    "square": "x = 1.1\ny = x\nfor i in range(3):\n    y = y*y\ny",
    "newton": "a = 2.0\nx = a\nfor i in range(5):\n    x = x - (x*x - a)/(2*x)\nx",
    "euler": "k = 0.5\ny = 1.0\nfor i in range(60):\n    y = y + 0.01*(-k*y)\ny",
    "pendulum": "L = 1.2\nth, om, dt = 0.4, 0.0, 0.05\nfor i in range(60):\n    om = om - dt*9.81/L*th\n"
                "    th = th + dt*om\nth",
    "inner tape": "w = tf.Variable(1.0)\nwith tf.GradientTape() as tape:\n    y = w\n    for i in range(3):\n"
                  "        y = y - 0.1*(y - w*2)\nprint(tape.gradient(y, w))",
    "replaced": "x = tf.Variable(2.0)\nfor epoch in range(2):\n    with tf.GradientTape() as tape:\n        y = x + 1\n"
                "    print(tape.gradient(y, x))\n    x = x + 1",
    "rows": "x = torch.tensor([1.0, 2.0], requires_grad=True)\ny = x*x\nfor i in range(2):\n"
            "    y[i].backward(retain_graph=True)",
}  # fmt: skip


@pytest.mark.parametrize("text", ONE_TAPE.values(), ids=ONE_TAPE.keys())
def test_other_loops_stay_one_tape(text):
    assert record(parse(text)).passes is None


def test_a_name_that_a_pass_gives_to_a_parameter_hides_it_from_none():
    text = NEURONS.replace("w = [Value(0.5), Value(-1.5)]", "class Net:\n    pass\nnet = Net()\nnet.a = Value(0.5)\n"
                           "net.b = Value(-1.5)").replace("in w:", "in (net.a, net.b):").replace(
                           "w[0] * 2.0", "net.a * 2.0")  # fmt: skip
    run = record(parse(text), at=3)
    assert run.passes.states == ("a",) and run.point["a"] == pytest.approx(0.1)
