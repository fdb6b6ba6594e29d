"""Tapes that the text itself opens, in TensorFlow's, PyTorch's and JAX's manner, print what those would print."""

# ruff: noqa: E501
import numpy as np
import pytest

from core.language import parse
from core.run import record
from tests.core.language.guides import CELLS

PRINTS = {
    "sigmoid over a range": (
        "x = tf.linspace(-10.0, 10.0, 200+1)\nwith tf.GradientTape() as tape:\n  tape.watch(x)\n  y = tf.nn.sigmoid(x)\n"
        "print(tape.gradient(y, x).shape)",
        "(201,)\n",
    ),
    "a variable replaced by a tensor": (
        "x = tf.Variable(2.0)\nfor epoch in range(2):\n  with tf.GradientTape() as tape:\n    y = x+1\n"
        "  print(type(x).__name__, ':', tape.gradient(y, x))\n  x = x + 1   # this should be assign_add",
        "ResourceVariable : 1.0\nEagerTensor : None\n",
    ),
    "state cuts the tape": (
        "x0 = tf.Variable(3.0)\nx1 = tf.Variable(0.0)\nwith tf.GradientTape() as tape:\n  x1.assign_add(x0)\n  y = x1**2\n"
        "print(tape.gradient(y, x0))",
        "None\n",
    ),
    "two tapes at once": (
        "x0, x1 = tf.constant(0.0), tf.constant(0.0)\nwith tf.GradientTape() as t0, tf.GradientTape() as t1:\n  t0.watch(x0)\n"
        "  t1.watch(x1)\n  ys = tf.reduce_sum(tf.math.sin(x0) + tf.nn.sigmoid(x1))\n"
        "print(t0.gradient(ys, x0).numpy(), t1.gradient(ys, x1).numpy())",
        "1.0 0.25\n",
    ),
    "custom gradient": (
        "@tf.custom_gradient\ndef clip_gradients(y):\n  def backward(dy):\n    return tf.clip_by_norm(dy, 0.5)\n  return y, backward\n"
        "v = tf.Variable(2.0)\nwith tf.GradientTape() as t:\n  output = clip_gradients(v*v)\nprint(t.gradient(output, v))",
        "2.0\n",
    ),
    "network from scratch": (
        "np.random.seed(0)\nX = np.array([[0,0],[0,1],[1,0],[1,1]])\ny = np.array([[0],[1],[1],[0]])\nW1 = np.random.randn(2, 4)\n"
        "W2 = np.random.randn(4, 1)\ndef sigmoid(x):\n    return 1/(1+np.exp(-x))\nfor epoch in range(100):\n    h = sigmoid(X @ W1)\n"
        "    o = sigmoid(h @ W2)\n    error = y - o\n    d_o = error*o*(1-o)\n    d_h = d_o @ W2.T * h*(1-h)\n    W2 += h.T @ d_o\n"
        "    W1 += X.T @ d_h\nprint(f'{np.mean(error**2):.6f}')",
        "0.236233\n",
    ),
    "seed article": (
        "w1, w2 = tf.Variable(5.), tf.Variable(3.)\nwith tf.GradientTape() as tape:\n    z = 3*w1**2 + 2*w1*w2\n"
        "print(tape.gradient(z, [w1, w2]))",
        "[36.0, 10.0]\n",
    ),
    "persistent": (
        "import tensorflow as tf\nx = tf.constant([1, 3.0])\nwith tf.GradientTape(persistent=True) as tape:\n"
        "    tape.watch(x)\n    y = x * x\n    z = y * y\nprint(tape.gradient(z, x).numpy())\nprint(tape.gradient(y, x).numpy())\ndel tape",
        "[  4. 108.]\n[2. 6.]\n",
    ),
    "constants are not watched": (
        "c = tf.constant(3.)\nwith tf.GradientTape() as tape:\n    z = c*c\nprint(tape.gradient(z, c))",
        "None\n",
    ),
    "nested tapes": (
        "x = tf.Variable(2.0)\nwith tf.GradientTape() as t2:\n    with tf.GradientTape() as t1:\n        y = x*x*x\n"
        "    d = t1.gradient(y, x)\nprint(d, t2.gradient(d, x))",
        "12.0 12.0\n",
    ),
    "stop recording": (
        "x, y = tf.Variable(2.0), tf.Variable(3.0)\nwith tf.GradientTape() as t:\n    a = x*x\n    with t.stop_recording():\n"
        "        b = y*y\n    z = a + b\ng = t.gradient(z, {'x': x, 'y': y})\nprint(g['x'], g['y'])",
        "4.0 None\n",
    ),
    "control flow": (
        "x = tf.constant(1.0)\nv0, v1 = tf.Variable(2.0), tf.Variable(2.0)\nwith tf.GradientTape(persistent=True) as tape:\n"
        "    tape.watch(x)\n    if x > 0.0:\n        r = v0\n    else:\n        r = v1**2\n"
        "print(*tape.gradient(r, [v0, v1]))\nprint(tape.gradient(r, x))",
        "1.0 None\nNone\n",
    ),
    "linear layer": (
        "w = tf.Variable([[1., 2.], [3., 4.], [5., 6.]], name='w')\nb = tf.Variable(tf.zeros(2, dtype=tf.float32), name='b')\n"
        "x = [[1., 2., 3.]]\nwith tf.GradientTape(persistent=True) as tape:\n    y = x @ w + b\n    loss = tf.reduce_mean(y**2)\n"
        "[dw, db] = tape.gradient(loss, [w, b])\nprint(w.shape, dw.shape, db.numpy())",
        "(3, 2) (3, 2) [22. 28.]\n",
    ),
    "dictionary of sources": (
        "w, b = tf.Variable(2.), tf.Variable(1.)\nwith tf.GradientTape() as t:\n    y = w*3 + b\n"
        "g = t.gradient(y, {'w': w, 'b': b})\nprint(g['w'], g['b'])",
        "3.0 1.0\n",
    ),
    "training with assign_sub": (
        "w = tf.Variable(0.)\nfor step in range(50):\n    with tf.GradientTape() as t:\n        loss = (w - 3.)**2\n"
        "    w.assign_sub(0.1*t.gradient(loss, w))\nprint(f'{w.numpy():.3f}')",
        "3.000\n",
    ),
    "unconnected": (
        "x, y = tf.Variable(2.), tf.Variable(3.)\nwith tf.GradientTape() as t:\n    z = x*2\n"
        "print(t.gradient(z, y, unconnected_gradients=tf.UnconnectedGradients.ZERO))",
        "0.0\n",
    ),
    "stop_gradient": (
        "x = tf.Variable(2.)\nwith tf.GradientTape() as t:\n    z = x*tf.stop_gradient(x)\nprint(t.gradient(z, x))",
        "2.0\n",
    ),
    "tf.function": (
        "@tf.function\ndef f(x):\n    return x*x\nx = tf.Variable(3.)\nwith tf.GradientTape() as t:\n    y = f(x)\nprint(t.gradient(y, x))",
        "6.0\n",
    ),
    "watched variables": (
        "a, b = tf.Variable(1., name='a'), tf.Variable(2., name='b')\nwith tf.GradientTape() as t:\n    y = a*b\n"
        "print([v.name for v in t.watched_variables()])",
        "['a:0', 'b:0']\n",
    ),
    "torch backward": (
        "import torch\nx = torch.tensor(3.0, requires_grad=True)\ny = torch.tensor([1., 2.], requires_grad=True)\n"
        "loss = x**2 + (y*x).sum()\nloss.backward()\nprint(x.grad, y.grad)",
        "9.0 [3. 3.]\n",
    ),
    "torch gradients add up": (
        "x = torch.tensor(3.0, requires_grad=True)\n(x*x).backward()\n(x*2).backward()\nprint(x.grad)\nx.grad.zero_()\n"
        "(x*5).backward()\nprint(x.grad.item())",
        "8.0\n5.0\n",
    ),
    "torch requires_grad_": (
        "x = torch.tensor(3.0)\nx.requires_grad_()\ny = x**3\ny.backward()\nprint(x.grad, x.requires_grad, y.detach().item())",
        "27.0 True 27.0\n",
    ),
    "torch training": (
        "w = torch.tensor(0.0, requires_grad=True)\nfor i in range(60):\n    loss = (w - 2)**2\n    loss.backward()\n"
        "    with torch.no_grad():\n        w -= 0.1*w.grad\n    w.grad.zero_()\nprint(f'{w.item():.3f}')",
        "2.000\n",
    ),
    "torch optimizer": (
        "w = torch.tensor([1.0, -1.0], requires_grad=True)\noptimizer = torch.optim.SGD([w], lr=0.1)\nfor i in range(80):\n"
        "    optimizer.zero_grad()\n    loss = ((w - torch.tensor([2.0, 3.0]))**2).sum()\n    loss.backward()\n    optimizer.step()\n"
        "print([round(v, 3) for v in w.tolist()])",
        "[2.0, 3.0]\n",
    ),
    "jax grad": (
        "import jax\nimport jax.numpy as jnp\nfrom jax import grad, jit, vmap\ndef f(x):\n    return jnp.sum(x**3)\n"
        "print(grad(f)(2.0), grad(grad(f))(2.0), grad(grad(grad(f)))(2.0))\nprint(jit(grad(f))(jnp.array([1., 2.])))",
        "12.0 12.0 6.0\n[ 3. 12.]\n",
    ),
    "jax value_and_grad": (
        "def loss(w, b):\n    return (w*2 + b - 1)**2\nv, (dw, db) = jax.value_and_grad(loss, argnums=(0, 1))(1.0, 3.0)\nprint(v, dw, db)",
        "16.0 16.0 8.0\n",
    ),
    "jax parameters in a dictionary": (
        "def loss(p, x):\n    return p['w']*x + p['b']**2\ng = jax.grad(loss)({'w': 2.0, 'b': 3.0}, 5.0)\nprint(g['w'], g['b'])",
        "5.0 6.0\n",
    ),
    "jacobian and hessian": (
        "def f(x):\n    return x[0]**2*x[1]\ndef g(x):\n    return jnp.array([x[0]*x[1], x[0] + x[1]])\nx = np.array([2.0, 3.0])\n"
        "print(jax.hessian(f)(x).tolist())\nprint(jax.jacobian(g)(x).tolist())",
        "[[6.0, 4.0], [4.0, 0.0]]\n[[3.0, 2.0], [1.0, 1.0]]\n",
    ),
    "vjp and jvp": (
        "def f(x, y):\n    return x*y\nv, pull = jax.vjp(f, 2.0, 3.0)\nprint(v, pull(1.0))\nprint(*jax.jvp(f, (2.0, 3.0), (1.0, 0.5)))",
        "6.0 (3.0, 2.0)\n6.0 4.0\n",
    ),
    "vmap": ("print(jax.vmap(lambda t: t*t + 1)(np.array([1., 2., 3.])))", "[ 2.  5. 10.]\n"),
}


@pytest.mark.parametrize(("text", "printed"), PRINTS.values(), ids=PRINTS.keys())
def test_a_tape_in_the_text_prints_what_the_original_would(text, printed):
    run = record(parse(text))
    assert run.failure is None, str(run.failure)
    assert run.printed == printed


@pytest.mark.parametrize(("text", "printed"), CELLS.values(), ids=CELLS.keys())
def test_a_cell_of_the_guides_prints_what_it_prints_there(text, printed):
    run = record(parse("import tensorflow as tf\nimport numpy as np\n" + text))
    assert run.failure is None, str(run.failure)
    assert run.printed == printed
    run.gradients()


def test_the_tape_of_the_text_does_not_disturb_the_outer_one():
    run = record(parse(PRINTS["seed article"][0] + "\nz"), {"w1": 2.0, "w2": 7.0})
    assert (run.value, run.gradients()) == (40.0, {"w1": 26.0, "w2": 4.0})


def test_a_failure_inside_with_leaves_no_tape_recording():
    from core.tape import recorders

    parse("with tf.GradientTape() as t:\n    y = 1/0").execute({})
    assert recorders() == ()


@pytest.mark.parametrize("made", ["x = tf.Variable(3.0)", "x = tf.constant(3.0)\n    tape.watch(x)"])
def test_what_is_made_inside_the_tapes_block_is_an_input_too(made: str) -> None:
    program = parse(f"with tf.GradientTape() as tape:\n    {made}\n    z = x**3\nprint(tape.gradient(z, x))")
    assert [one.name for one in program.inputs] == ["x"]
    run = record(program)
    assert (run.printed.strip(), run.gradients()) == ("27.0", {"x": 27.0})
    assert record(program, {"x": 2.0}).gradients() == {"x": 12.0}


def test_what_is_computed_from_a_tangent_is_the_output():
    """49 and its gradient (28, 14) are JAX's."""
    run = record(parse("def f(x, y):\n    return x*y\nv, t = jax.jvp(f, (x, y), (1.0, 2.0))\nt*t"), {"x": 2.0, "y": 3.0})
    assert run.value == 49.0 and run.gradients() == {"x": 28.0, "y": 14.0}


def test_the_derivative_along_a_direction_has_a_gradient():
    """The numbers are JAX's, in float64."""
    text = "t = jax.jvp(lambda x: jnp.sin(x)*x, (a,), (jnp.array([1.0, 0.5]),))[1]\njnp.sum(t)"
    run = record(parse(text), {"a": np.array([1.0, 2.0])})
    assert run.value == pytest.approx(1.42027517, abs=1e-8)
    assert run.gradients()["a"] == pytest.approx([0.23913363, -1.32544426], abs=1e-8)


def test_a_tangent_that_no_argument_has_is_refused():
    run = record(parse("def f(x):\n    return x**3\njax.jvp(f, (x,), (1.0, 2.0))[1]"))
    assert run.failure is not None and "2 tangents were given for 1 values" in run.failure.message


def test_a_graph_of_pytorch_ends_with_its_program():
    from core.tape import recorders

    parse("import torch\nw = torch.tensor(1.0, requires_grad=True)\ny = w*w").execute({})
    assert recorders() == ()
