"""Derivatives that a text works out by hand stand beside the tape's: if these fail, a lesson shows its last line.

The numbers are those of hand derivations, as courses on backpropagation do them.
"""

import numpy as np
import pytest

from core.checking.by_hand import compared_by_hand
from core.language import parse
from core.run import record

PRODUCT = """x = -2.0
y = 5.0
z = -4.0
q = x + y
f = q * z
dfdz = q
dfdq = z
dqdx = 1.0
dfdx = dfdq * dqdx
dfdy = dfdq * 2
print(dfdx)
"""
NEURON = """import math
w = [2.0, -3.0, -3.0]
x = [-1.0, -2.0]
dot = w[0]*x[0] + w[1]*x[1] + w[2]
f = 1.0 / (1 + math.exp(-dot))
ddot = (1 - f) * f
dx = [w[0] * ddot, w[1] * ddot]
dw = [x[0] * ddot, x[1] * ddot, 1.0 * ddot]
"""
STAGES = """x = 3.0
y = -4.0
num = x + y**2
den = x * y
f = num / den
dnum = 1 / den
dden = -num / den**2
dx = dnum
dx += y * dden
dy = 2 * y * dnum
dy += x * dden
"""
MATRICES = """import numpy as np
W = np.array([[1.0, 2.0], [3.0, 4.0]])
X = np.array([[0.5, -1.0], [2.0, 1.5]])
D = W.dot(X)
dD = np.array([[1.0, -1.0], [0.5, 2.0]])
dW = dD.dot(X.T)
dX = W.T.dot(dD)
"""


@pytest.mark.parametrize(("text", "output", "same"), [
    (PRODUCT, "f", {"dfdz": True, "dfdq": True, "dqdx": True, "dfdx": True, "dfdy": False}),
    (NEURON, "f", {"ddot": True, "dx": True, "dw": True}),
    (STAGES, "f", {"dnum": True, "dden": True, "dx": True, "dy": True}),
    (MATRICES, "D", {"dW": True, "dX": True}),
    ("x = 3.0\nf = x**2 + 2*x\ndf = 2*x + 2", "f", {"df": True}),
    ("x = 3.0\nf = x**2 + 2*x\ndf = 2*x", "f", {"df": False}),
    ("x = 3.0\nloss = (x - 1)**2\ngrad_x = 2*(x - 1)", "loss", {"grad_x": True}),
    ("x = 3.0\nloss = (x - 1)**2\nx_grad = x", "loss", {"x_grad": False}),
])  # fmt: skip
def test_the_function_is_shown_with_what_was_worked_out_by_hand(text, output, same):
    run = record(parse(text))
    assert run.failure is None and run.target_label == output
    assert {one.name: one.same for one in compared_by_hand(run)} == same


def test_both_numbers_are_told():
    found = {one.name: one for one in compared_by_hand(record(parse(PRODUCT)))}
    assert (found["dfdy"].of, found["dfdy"].by, found["dfdy"].by_hand, found["dfdy"].tape) == ("f", "y", -8.0, -4.0)
    assert np.allclose(compared_by_hand(record(parse(NEURON)))[2].tape, np.array([-1, -2, 1]) * 0.19661193324148185)


@pytest.mark.parametrize("text", [
    "dx = 0.001\nx = 2.0\ny = x*x\nslope = ((x + dx)**2 - y)/dx",
    "def f(x):\n    return x*x\ndf = jax.grad(f)\nz = df(w)",
    "t = 1.0\ndt = 0.01\ny = t*dt",
    "x = 2.0\nf = x*x\ndf = 2*x\ndf",
    "dist = a - b\nd = dist*2",
])  # fmt: skip
def test_other_names_with_a_d_are_values_like_any(text):
    run = record(parse(text))
    assert run.program.output == text.rsplit("\n", 1)[1].split(" ")[0]
