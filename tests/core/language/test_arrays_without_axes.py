"""An array without axes can be changed and looked into; a single number cannot. Each answer is NumPy's own."""

import numpy as np
import pytest

from core.language import parse
from core.run import record

# What is left to read after the change, and the program; x is [1, 2] and w is 1.5.
CHANGED = [
    *(f"a = {made}\nb = a\na += 1\nb*1.0" for made in (
        "np.array(w*2)", "np.asarray(w*2)", "np.copy(w*2)", "np.where(w > 0, w, 2*w)", "np.squeeze(np.array([[w]]))",
        "np.array([[w]]).reshape(())", "np.array(3.0)*1.0 + w", "np.reshape(w, ())", "np.full((), w)", "np.sum(x)",
        "np.transpose(w*2)", "x[0]", "x.mean()", "+np.array(w)", "np.array(w).copy()", "x[..., 0].view()",
    )),
    *(f"a = {made}\nb = a\na += w\nb*1.0" for made in ("np.zeros(())", "np.array(3.0)", "np.zeros_like(w)")),
    *(f"y = x*1\nt = y[..., 0]{part}\nt += 5\ny.sum()" for part in (
        "", "[None]", "[...]", "[()]", ".T", ".view()", ".copy()", ".flatten()", ".ravel()", ".squeeze()", "*1",
    )),
    *(f"y = x*1\nt = {made}\nt += 5\ny.sum()" for made in (
        "np.atleast_1d(y[..., 0])", "np.asarray(y[..., 0])", "+y[..., 0]", "y[:1].squeeze()", "+y",
        "np.expand_dims(y[..., 1], 0)",
    )),
    *(f"y = x.sum()\nt = {made}\nt[0] = 5\ny*1.0" for made in ("y[None]", "np.ravel(y)", "np.atleast_1d(y)")),
    "a = np.array(w*2)\na[()] = 3\na*1.0",
    "a = np.where(w > 0, w, 3.0)\na[...] = 5\na*1.0",
    "y = x*1\ny[..., 0].reshape(-1)[0] = 5\ny.sum()",
    "y = x*1\nt = np.broadcast_to(y[..., 0], (2,))\ny *= 3\nt.sum()",
    "def add(p):\n    p += 1\ntotal = np.zeros(())\nadd(total)\ntotal*w",
]  # fmt: skip


@pytest.mark.parametrize("text", CHANGED)
def test_the_answer_is_numpys(text):
    *body, last = text.split("\n")
    names = {"np": np, "x": np.array([1.0, 2.0]), "w": np.float64(1.5)}
    exec("\n".join(body), names)
    run = record(parse("import numpy as np\n" + text), {"x": [1.0, 2.0], "w": 1.5})
    assert run.failure is None, str(run.failure)
    assert float(run.value) == float(eval(last, names))


@pytest.mark.parametrize("text", ("y[0:] -= x[None][0:]", "y[[0, 1]] += np.ones((1, 2))", "y[...] *= np.ones((1, 2))"))
def test_what_grows_an_axis_is_refused_in_place_as_numpy_refuses_it(text):
    with pytest.raises(ValueError, match="non-broadcastable"):
        exec(text, {"np": np, "x": np.ones(2), "y": np.ones(2)})
    run = record(parse("import numpy as np\ny = x*1\n" + text + "\ny.sum()"), {"x": [1.0, 2.0]})
    assert run.failure is not None and "in place" in str(run.failure)


def test_the_order_in_memory_decides_what_is_a_view():
    """np.stack lays what is repeated along an axis side by side, so that ravel copies. NumPy's own answer."""
    text = "t = np.broadcast_to(x, (2, *x.shape))\nu = np.stack([t, t])\nu.ravel()[0] = 5"
    names = {"np": np, "x": np.array([1.0, 2.0])}
    exec(text, names)
    run = record(parse("import numpy as np\n" + text + "\nu.sum()"), {"x": [1.0, 2.0]})
    assert run.failure is None and run.value == names["u"].sum()


def test_a_change_through_it_reaches_the_gradient():
    run = record(parse("import numpy as np\ny = x*2\nt = y[..., 0].squeeze()\nt *= x[1]\ny.sum()"), {"x": [3.0, 5.0]})
    assert run.gradients()["x"].tolist() == [10.0, 8.0]  # f = 2·x0·x1 + 2·x1
