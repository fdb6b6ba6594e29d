"""What layers and objects hold are inputs: found, named, set by the user, and folded under the layer's name.

Gradients are those of PyTorch, or worked out by hand where the sum of squares makes that easy.
"""

import numpy as np
import pytest

import core
from core.groups import group_tree
from core.run import record

NET = """import torch
from torch import nn
torch.manual_seed(3)
net = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1))
x = torch.tensor([[1.0, -2.0]])
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(3):
    optimizer.zero_grad()
    loss = (net(x) ** 2).sum()
    loss.backward()
    optimizer.step()
"""
ONE = """import torch
from torch import nn
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 1)
    def forward(self, x):
        return self.fc(x)
model = Model()
with torch.no_grad():
    model.fc.weight.copy_(torch.tensor([[0.3, -0.6]]))
    model.fc.bias.zero_()
loss = (model(torch.tensor([[1.0, 2.0]])) ** 2).sum()
loss.backward()
print(model.fc.weight.grad)
"""
OBJECTS = """import torch
class Line:
    def __init__(self):
        self.slope = torch.randn(1, requires_grad=True)
        self.offset = torch.zeros(1, requires_grad=True)
    def __call__(self, x):
        return self.slope * x + self.offset
line = Line()
loss = ((line(torch.tensor([1.0, 2.0])) - torch.tensor([3.0, 5.0])) ** 2).mean()
loss.backward()
"""


KERAS = """import tensorflow as tf
model = tf.keras.Sequential([tf.keras.layers.Dense(2, activation="tanh"), tf.keras.layers.Dense(1)])
x = tf.constant([[1.0, -2.0]])
optimizer = tf.keras.optimizers.SGD(0.1)
for step in range(3):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(model(x) ** 2)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
"""


def names(text):
    return [one.name for one in core.parse(text).inputs if one.watched]


def test_weights_of_several_layers_are_called_by_their_paths():
    assert names(NET) == ["0.weight", "0.bias", "2.weight", "2.bias"]


def test_a_weight_alone_of_its_name_is_called_by_it_and_has_the_value_that_the_text_gave_it():
    program = core.parse(ONE)
    known = {one.name: one.default for one in program.inputs}
    assert list(known) == ["weight", "bias"]
    assert known["weight"].tolist() == [[0.3, -0.6]] and known["bias"].tolist() == [0.0]


def test_gradients_are_those_at_the_values_in_the_table():
    run = record(core.parse(ONE), {"weight": np.array([[1.0, 0.5]]), "bias": np.array([-1.0])})
    found = run.gradients()  # y = 1 + 1 - 1 = 1, so 2 y x and 2 y
    assert found["weight"].tolist() == [[2.0, 4.0]] and found["bias"].tolist() == [2.0]
    assert run.printed == "[[2. 4.]]\n"


def test_a_loop_shows_its_first_pass_and_runs_to_the_end():
    program = core.parse(NET)
    weights = {"0.weight": np.array([[0.1, 0.2], [0.3, -0.4]]), "0.bias": np.array([0.0, 0.1]),
               "2.weight": np.array([[0.5, -1.0]]), "2.bias": np.array([0.2])}  # fmt: skip
    run = record(program, weights)
    hidden = np.tanh(weights["0.weight"] @ [1.0, -2.0] + weights["0.bias"])
    y = float((weights["2.weight"] @ hidden + weights["2.bias"])[0])
    assert run.value == pytest.approx(y**2)
    found = run.gradients()
    assert found["2.weight"] == pytest.approx(2 * y * hidden[None, :])
    slope = 2 * y * weights["2.weight"][0] * (1 - hidden**2)
    assert found["0.weight"] == pytest.approx(np.outer(slope, [1.0, -2.0]))
    assert found["0.bias"] == pytest.approx(slope)


def test_a_layer_is_a_group_under_its_name():
    run = record(core.parse(ONE))
    titles = [group.title for group in group_tree(run.tape, ONE).groups]
    assert "fc()" in titles
    run = record(core.parse(NET))
    assert [group.title for group in group_tree(run.tape, NET).groups].count("Linear()") == 2


def test_objects_of_the_text_hold_inputs_too():
    program = core.parse(OBJECTS)
    assert names(OBJECTS) == ["slope", "offset"]
    found = record(program, {"slope": np.array([1.0]), "offset": np.array([0.5])}).gradients()
    rest = np.array([1.5 - 3.0, 2.5 - 5.0])  # d/da mean (a x + b - y)^2 = 2 mean(x rest)
    assert found["slope"] == pytest.approx([2 * np.mean(np.array([1.0, 2.0]) * rest)])
    assert found["offset"] == pytest.approx([2 * np.mean(rest)])


def test_an_option_that_is_not_understood_is_refused_by_name():
    run = record(core.parse("import torch\nm = torch.nn.Conv2d(1, 2, 3, padding_mode='reflect')"))
    assert "`padding_mode`" in str(run.failure)


def test_what_is_never_read_for_a_gradient_is_no_input():
    assert names("import torch\nm = torch.nn.Linear(2, 1)\nprint(m)\nx = 2.0\ny = x * x") == ["x"]


def test_weights_of_keras_are_called_as_keras_calls_them():
    assert names(KERAS) == ["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"]
    one = "import tensorflow as tf\nlayer = tf.keras.layers.Dense(2)\ny = tf.reduce_sum(layer(tf.ones((1, 2))) ** 2)"
    assert names(one) == ["kernel", "bias"]
    run = record(core.parse(one), {"kernel": np.array([[1.0, 2.0], [3.0, 4.0]]), "bias": np.array([0.5, 1.0])})
    assert run.value == pytest.approx(4.5**2 + 7.0**2)
    assert run.gradients()["bias"].tolist() == [9.0, 14.0]
    assert run.gradients()["kernel"].tolist() == [[9.0, 14.0], [9.0, 14.0]]


def test_a_loop_of_keras_shows_its_first_pass():
    first = {"dense/kernel": np.array([[0.1, 0.3], [0.2, -0.4]]), "dense/bias": np.array([0.0, 0.1]),
             "dense_1/kernel": np.array([[0.5], [-1.0]]), "dense_1/bias": np.array([0.2])}  # fmt: skip
    run = record(core.parse(KERAS), first)
    hidden = np.tanh(np.array([1.0, -2.0]) @ first["dense/kernel"] + first["dense/bias"])
    y = float((hidden @ first["dense_1/kernel"] + first["dense_1/bias"])[0])
    assert run.value == pytest.approx(y**2)
    assert run.gradients()["dense_1/kernel"] == pytest.approx(2 * y * hidden[:, None])
    assert {"dense()", "dense_1()"} <= {group.title for group in group_tree(run.tape, KERAS).groups}


def test_an_option_of_keras_that_is_not_understood_is_refused_by_name():
    text = "import tensorflow as tf\nm = tf.keras.layers.Dense(2, kernel_regularizer='l2')"
    assert "`kernel_regularizer`" in str(record(core.parse(text)).failure)
    text = "import tensorflow as tf\nm = tf.keras.layers.Dense(2, kernel_initializer='zeroes')\nm(tf.ones((1, 2)))"
    assert "There is no initializer `zeroes`. Did you mean `zeros`?" in str(record(core.parse(text)).failure)


HOSTILE = {
    "a module that holds itself": "import torch\nm = torch.nn.Linear(1, 1)\nm.me = m\nprint(m)",
    "a model that holds itself": "m = tf.keras.Sequential([])\nm.add(m)\nprint(m.variables)",
    "a layer too large": "m = torch.nn.Linear(100000, 100000)",
    "an embedding too large": "m = torch.nn.Embedding(10**9, 10**3)",
    "windows too many": "y = torch.nn.functional.max_pool2d(torch.ones(1, 1, 3000, 3000), 1500, stride=1)",
    "a step that steps": (
        "opt = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=0.1)\n"
        "def c():\n    return opt.step(c)\nopt.step(c)"
    ),
    "a rule that applies itself": (
        "class F(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, a): return F.apply(a)\n"
        "y = F.apply(torch.ones(1, requires_grad=True))"
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_has_no_end_or_is_too_large_ends_in_a_sentence(name):
    assert str(record(core.parse(HOSTILE[name])).failure).endswith((".", "?"))
