"""Numbers in objects are inputs, under the shortest name they have; a number in a field is a value on the tape."""

import numpy as np
import pytest

from core.language import parse
from core.run import record
from tests.core.language.python_texts import DUAL, VALUE

NEURON = """
w = [Value(0.4), Value(-0.3)]
for step in range(3):
    loss = (w[0] * 1.0 + w[1] * 2.0 - 1.0) ** 2
    for p in w:
        p.grad = 0.0
    loss.backward()
    for p in w:
        p.data -= 0.05 * p.grad
"""
FIELDS = """
class Line:
    def __init__(self, slope, height):
        self.slope, self.height = slope, height
    def __call__(self, x):
        return self.slope * x + self.height
y = Line(2.0, height=0.5)(3.0) ** 2
"""
PARAMS = """
from collections import namedtuple
P = namedtuple("P", ["a", "b"])
def f(p):
    return jnp.exp(p.a) * p.b
g = jax.grad(f)(P(0.3, 2.0))
print(g.a, g.b)
"""
METHOD = """
class Model:
    def __init__(self, k):
        self.k = k
    def loss(self, w):
        return (w * self.k) ** 2
m = Model(3.0)
g = jax.grad(m.loss)(2.0)
"""
BY_HAND = VALUE + "a = Value(2.0)\nb = Value(-3.0)\nc = (a * b + a ** 2).tanh() * 0.5\nc.backward()\nprint(a.grad)"


@pytest.mark.parametrize(
    ("text", "gradients"),
    [
        (VALUE + NEURON, {"w": [2 * -1.2, 2 * -1.2 * 2.0]}),
        (FIELDS, {"slope": 2 * 6.5 * 3.0, "height": 13.0}),
        (PARAMS, {"a": 2 * np.exp(0.3), "b": np.exp(0.3)}),
        (METHOD, {"k": 2 * 6.0 * 2.0}),
        (BY_HAND, {"a": 0.5 * (1 - np.tanh(-2.0) ** 2) * (-3.0 + 4.0), "b": 0.5 * (1 - np.tanh(-2.0) ** 2) * 2.0}),
    ],
    ids=["neuron", "fields", "named tuple", "method", "by hand"],
)
def test_numbers_in_objects_have_gradients(text, gradients):
    run = record(parse(text))
    assert run.failure is None, str(run.failure)
    found = run.gradients()
    for name, one in gradients.items():
        np.testing.assert_allclose(found[name], one, rtol=1e-12)


def test_a_name_of_a_private_attribute_can_be_a_target():
    text = "class A:\n    def __init__(self, x):\n        self._x = x\na = A(2.0)\ny = a._x ** 3"
    run = record(parse(text), target="y")
    assert run.gradients() == {"a": 12.0}


def test_dual_numbers_and_the_tape_agree():
    text = DUAL.split("d = f(")[0] + "x = 1.5\nd = f(Dual(x, 1.0))\ny = d.real\nslope = d.eps"
    run = record(parse(text), target="y")
    other = record(parse(text), target="slope")
    assert run.gradients()["x"] == pytest.approx(other.tape.primals[other.target], rel=1e-12)


def test_limits_are_not_caught():
    program = parse("try:\n    while True:\n        pass\nexcept Exception:\n    y = 1.0\n")
    failure = program.execute({}).failure
    assert failure is not None and "stopped" in failure.message


HOLDER = "class A:\n    def __init__(self, v):\n        self.v = {made}\n{more}a = A([1.0])\nprint({printed})"
ADD = "    def __add__(self, o):\n        return A(self.v + o.v)\n"
LISTS = {  # what Python prints
    HOLDER.format(made="v", more=ADD, printed="(a + a).v"): "[1.0, 1.0]",
    HOLDER.format(made="v", more="", printed="a.v * 2"): "[1.0, 1.0]",
    "import numpy as np\n" + HOLDER.format(made="np.array(v)", more="", printed="a.v * 2"): "[2.]",
}


@pytest.mark.parametrize("text", LISTS)
def test_a_list_in_an_object_is_no_array_unless_the_class_makes_one(text):
    run = record(parse(text))
    assert run.failure is None and run.printed.strip() == LISTS[text]
