"""Where NumPy, TensorFlow and PyTorch differ, a program gets what its own library would give."""

import pytest

from core.language import parse
from core.record import record

PRINTS = {
    "torch swaps two axes": ("print(torch.tensor([[1., 2.], [3., 4.]]).transpose(0, 1)[0, 1])", "3.0\n"),
    "torch swaps two of three axes": ("print(torch.ones(2, 3, 4).transpose(0, 1).shape)", "(3, 2, 4)\n"),
    "numpy takes all axes": ("print(np.array([[1., 2.], [3., 4.]]).transpose(0, 1)[0, 1])", "2.0\n"),
    "a whole number is not watched": (
        "x = tf.Variable(3)\nwith tf.GradientTape() as t:\n    y = x*x\nprint(t.gradient(y, x))",
        "None\n",
    ),
    "a whole number made a float is watched": (
        "x = tf.Variable(3, dtype=tf.float32)\nwith tf.GradientTape() as t:\n    y = x*x\nprint(t.gradient(y, x))",
        "6.0\n",
    ),
    "a plain number is a target": (
        "x = tf.Variable(3.0)\nwith tf.GradientTape() as t:\n    y = tf.reduce_sum(np.square(x.numpy()))\n"
        "print(t.gradient(y, x))",
        "None\n",
    ),
    "a position is a target": (
        "x = tf.Variable([1.0, 2.0])\nwith tf.GradientTape() as t:\n    y = tf.argmax(x)\nprint(t.gradient(y, x))",
        "None\n",
    ),
    "a computed tensor keeps no grad": (
        "x = torch.tensor(2.0, requires_grad=True)\nh = x*x\nh.backward()\nprint(h.grad)",
        "`.grad` of a computed tensor is None: call h.retain_grad() before h's loss.backward().\nNone\n",
    ),
    "unless it is asked to": (
        "x = torch.tensor(2.0, requires_grad=True)\nh = x*x\nh.retain_grad()\n(3*h).backward()\nprint(h.grad, x.grad)",
        "3.0 12.0\n",
    ),
}


@pytest.mark.parametrize(("text", "printed"), PRINTS.values(), ids=PRINTS.keys())
def test_a_program_prints_what_its_library_would(text, printed):
    run = record(parse(text))
    assert run.failure is None, str(run.failure)
    assert run.printed == printed


def test_a_swap_that_could_mean_either_is_refused():
    """A computed array does not say whether NumPy or PyTorch made it."""
    failure = record(parse("A = np.ones((2, 2)) * x\nA.transpose(0, 1)"), {"x": 2.0}).failure
    assert failure is not None and "swaps the axes in PyTorch and leaves them in NumPy" in failure.message
