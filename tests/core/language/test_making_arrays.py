"""What makes arrays in a text, with the arguments that NumPy and TensorFlow give it; values are theirs."""

import numpy as np
import pytest

import core
from core.run import record

TEXTS = (
    ("import numpy as np\nprint(np.arange(3, dtype=float))", np.arange(3, dtype=float)),
    ("import numpy as np\nprint(np.arange(6, step=2))", np.arange(6, step=2)),
    ("import numpy as np\nprint(np.arange(1, stop=4))", np.arange(1, stop=4)),
    ("import numpy as np\nprint(np.arange(start=1, stop=7, step=2))", np.arange(start=1, stop=7, step=2)),
    ("import tensorflow as tf\nprint(tf.range(4, dtype=tf.float32).numpy())", np.arange(4.0)),
    ("import tensorflow as tf\nprint(tf.range(start=1, limit=7, delta=2).numpy())", np.arange(1, 7, 2)),
)


@pytest.mark.parametrize("text, wanted", TEXTS)
def test_ranges(text, wanted):
    assert record(core.parse(text)).printed == f"{wanted}\n"


def test_what_a_tape_watches_is_an_input_however_it_is_made():
    text = (
        "import tensorflow as tf\nk = tf.constant(0.5)\nx = tf.linspace(0.0, 1.0, 4)\n"
        "with tf.GradientTape() as g:\n    g.watch([k, x])\n    total = tf.reduce_sum(tf.exp(k * x))\n"
        'parts = g.gradient(total, {"k": k, "x": x})\n'
    )
    run = record(core.parse(text))
    x = np.linspace(0, 1, 4)
    found = run.gradients()  # d/dk sum exp(k x) = sum x exp(k x), d/dx = k exp(k x)
    assert found["k"] == pytest.approx(np.sum(x * np.exp(0.5 * x)))
    assert found["x"] == pytest.approx(0.5 * np.exp(0.5 * x))
