"""What changes a `tf.Variable`, and what puts values at places of a tensor: as measured of TensorFlow 2.21."""

import re

import numpy as np
import pytest

from core.language import parse
from core.run import record

NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?|None")
V, M = "x = tf.Variable([1., 2., 3.])\n", "x = tf.Variable([[1., 2.], [3., 4.]])\n"
WITH, ASK = "with tf.GradientTape() as tape:\n", "print(tape.gradient(y, x))\nprint(x)\n"
PRINTS = {
    "an element": (V + WITH + "    x[0].assign(5.)\n    y = tf.reduce_sum(x**2)\n" + ASK, [10, 4, 6, 5, 2, 3]),
    "a slice": (V + WITH + "    x[1:].assign([5., 6.])\n    y = tf.reduce_sum(x**2)\n" + ASK, [2, 10, 12, 1, 5, 6]),
    "between two uses": (
        V + WITH + "    y = tf.reduce_sum(x**2)\n    x[0].assign(5.)\n    y = y + tf.reduce_sum(x**2)\n" + ASK,
        [12, 8, 12, 5, 2, 3],
    ),
    "from itself": (V + WITH + "    x[0].assign(x[1]*3.)\n    y = tf.reduce_sum(x**2)\n" + ASK, [12, 4, 6, 6, 2, 3]),
    "what it returns": (V + "r = x[0].assign(5.)\nprint(r)", [5, 2, 3]),
    "in two axes": (M + "x[0, 1].assign(9.)\nx[:, 0].assign([7., 8.])\nprint(x)", [7, 9, 8, 4]),
    "the last": (V + "x[-1].assign(5.)\nprint(x)", [1, 2, 5]),
    "one number to a slice": (V + "x[:2].assign(1.)\nprint(x)", [1, 1, 3]),
    "a slice is a copy": (V + "z = x[0]\nx[0].assign(5.)\nprint(z)", [1]),
    "a tensor's += makes another": ("x = tf.constant([1., 2.])\nw = x\nx += 1.\nprint(w, x)", [1, 2, 2, 3]),
    "what assign_add returns": (
        V + WITH + "    y = tf.reduce_sum(x.assign_add(x)**2)\n" + ASK, [4, 8, 12, 2, 4, 6]
    ),
    "by indices": (
        V + "x.scatter_nd_update([[0]], [9.])\nx.scatter_nd_add([[0], [0]], [9., 1.])\nprint(x)", [19, 2, 3],
    ),
    "updated": (
        V + WITH
        + "    y = tf.reduce_sum(tf.tensor_scatter_nd_update(x, [[0], [2]], [5., x[1]])*[1., 10., 100.])\n" + ASK,
        [0, 110, 0, 1, 2, 3],
    ),
    "updated twice": (
        V + WITH + "    z = tf.tensor_scatter_nd_update(x, [[0], [0]], [5., x[1]])\n    print(z)\n"
        "    y = tf.reduce_sum(z*[1., 10., 100.])\n" + ASK,
        [2, 2, 3, 0, 11, 100, 1, 2, 3],
    ),
    "added twice": (
        V + WITH + "    z = tf.tensor_scatter_nd_add(x, [[0], [0]], [5., x[1]])\n    print(z)\n"
        "    y = tf.reduce_sum(z*[1., 10., 100.])\n" + ASK,
        [8, 2, 3, 1, 11, 100, 1, 2, 3],
    ),
    "subtracted": (V + "print(tf.tensor_scatter_nd_sub(x, [[0], [0]], [5., 1.]))", [-5, 2, 3]),
    "the larger": (V + "print(tf.tensor_scatter_nd_max(x, [[0], [0]], [5., 1.]))", [5, 2, 3]),
    "the smaller": (V + "print(tf.tensor_scatter_nd_min(x, [[0], [0]], [5., .1]))", [0.1, 2, 3]),
    "rows": (M + "print(tf.tensor_scatter_nd_update(x, [[0]], [[5., 6.]]))", [5, 6, 3, 4]),
    "elements of rows": (M + "print(tf.tensor_scatter_nd_add(x, [[0, 1], [1, 1]], [5., 6.]))", [1, 7, 3, 10]),
    "into zeros": ("print(tf.scatter_nd([[0], [2], [0]], [1., 2., 3.], [4]))", [4, 0, 2, 0]),
}  # fmt: skip
REFUSED = {
    "+=": (V + "x += 1.", "assign_add"), "-=": (V + "x -= 1.", "assign_sub"), "*=": (V + "x *= 2.", r"assign\(v \*"),
    "/=": (V + "x /= 2.", r"assign\(v /"), "**=": (V + "x **= 2.", r"assign\(v \*\*"),
    "an item is set": (V + "x[0] = 5.", "assign"), "a constant's": ("x = tf.constant([1., 2.])\nx[0] = 1.", "Variable"),
    "a constant's place": ("x = tf.constant([1., 2.])\nx[0].assign(1.)", "tf.Variable"),
    "a place of a place": (M + "x[0][1].assign(9.)", "tf.Variable"), "by a mask": (V + "x[x > 1].assign(1.)", "slices"),
    "another shape": (V + "x[:2].assign([1., 2., 3.])", "shape"), "a place outside": (V + "x[7].assign(1.)", ""),
    "an index outside": (V + "tf.tensor_scatter_nd_update(x, [[7]], [5.])", "outside"),
    "an update to be repeated": (M + "tf.tensor_scatter_nd_update(x, [[0]], [5.])", r"the indices ask for \(1, 2\)"),
    "added and repeated": (M + "x.scatter_nd_add([[0]], [[5.]])", r"the indices ask for \(1, 2\)"),
    "too few": ("tf.scatter_nd([[0], [1]], [1.], [3])", r"the indices ask for \(2,\)"),
    "a negative index": (V + "tf.gather(x, [-1])", "counts from 0"), "gathered outside": (V + "tf.gather(x, [7])", "3"),
    "another length": (V + "x.assign([1., 2.])", "shape"), "one number for all": (V + "x.assign(1.)", "shape"),
}  # fmt: skip


@pytest.mark.parametrize("name", PRINTS)
def test_variables_change_as_in_tensorflow(name):
    text, numbers = PRINTS[name]
    run = record(parse(text))
    assert run.failure is None, str(run.failure)
    np.testing.assert_allclose([float(one) for one in NUMBER.findall(run.printed)], numbers)


@pytest.mark.parametrize("name", REFUSED)
def test_what_tensorflow_refuses_is_refused(name):
    text, said = REFUSED[name]
    run = record(parse(text))
    assert run.failure is not None
    assert re.search(said, f"{run.failure.message} {run.failure.hint}")


def test_a_number_of_pytorch_still_changes_in_place():
    text = "w = torch.tensor(2.0, requires_grad=True)\nwith torch.no_grad():\n    w -= 0.5\nprint(w.item())"
    assert record(parse(text)).printed == "1.5\n"
