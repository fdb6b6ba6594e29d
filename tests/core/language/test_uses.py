"""Which names of a program are counts: what a library's function is given as one, never what an argument is called."""

import pytest

from core.language import parse
from core.run import record

# The derivative of each at x = 3, by hand: the keyword means nothing in a function of the program itself.
OWN = {
    "def h(a, k=1.0):\n    return a*k\nh(2.0, k=x)": 2.0,
    "def h(a, axis=1.0):\n    return a*axis\nh(2.0, axis=x)": 2.0,
    "h = lambda a, size: a*size**2\nh(2.0, size=x)": 12.0,
    "def full(a, k):\n    return a + k\nfull(x, k=x)": 2.0,
    "def outer():\n    def zeros(shape):\n        return 5.0*shape\n    return zeros(x)\nouter()": 5.0,
    "def apply(eye, v):\n    return eye(v)\napply(lambda n: n*n, x)": 6.0,
    "def h(*, depth, dims):\n    return depth*dims\nh(depth=x, dims=4.0)": 4.0,
}


@pytest.mark.parametrize("text", OWN)
def test_a_keyword_of_a_function_of_the_program_says_nothing(text):
    run = record(parse(text), {"x": 3.0})
    assert run.gradients()["x"] == pytest.approx(OWN[text])


COUNTS = {
    "k = 0\nnp.sum(A*w, axis=k)": "k",
    "k = 0\nnp.sum(A*w, k)": "k",
    "k = 3\nnp.zeros(k) + w": "k",
    "import numpy as num\nk = 3\nnum.ones((k, 2)) + w": "k",
    "from numpy import linspace\nk = 3\nlinspace(0.0, w, k)": "k",
    "k = 1\n(A*w).sum(k)": "k",
    "k = 1\ntorch.softmax(w*torch.tensor([[1.0, 2.0]]), dim=k)": "k",
    "k = 2\ntf.one_hot([0, 1], depth=k)*w": "k",
    "k = 2\nround(w, k)": "k",
    "k = 2\njax.nn.one_hot(np.array([0, 1]), k)*w": "k",
}


@pytest.mark.parametrize("text", COUNTS)
def test_what_a_function_of_a_library_counts_with_stays_a_whole_number(text):
    program = parse(text.replace("A", "np.array([[1.0, 2.0], [3.0, 4.0]])"))
    assert [one.name for one in program.inputs] == ["w"]


def test_what_may_be_a_tensor_is_not_a_count():
    """`torch.max(x, y)` takes a second tensor where others take an axis."""
    run = record(parse("torch.max(x, y)"), {"x": 2.0, "y": 3.0})
    assert run.gradients() == {"x": 0.0, "y": 1.0}


# Programs in which x says how many only through its length or its places: each is the sum of what x holds, twice over.
MEASURED = (
    "x.reshape(x.shape).sum()*2", "np.reshape(x, np.shape(x)).sum()*2", "np.broadcast_to(x, (2, *x.shape)).sum()",
    "x.repeat(x.size).sum()", "np.tile(x, x.size).sum()", "x.reshape(np.size(x)).sum()*2",
    "np.moveaxis(x[None], 0, x.ndim).sum()*2", "np.repeat(x, len(x)).sum()", "np.roll(x, np.argmax(x)).sum()*2",
    "x.reshape(max(x.shape), 1).sum()*2", "np.ones((1, *x.shape)).sum()*x.sum()",
    "x.reshape([k for k in x.shape]).sum()*2",
)  # fmt: skip


@pytest.mark.parametrize("text", MEASURED)
def test_a_length_is_a_count_and_the_array_is_not(text):
    run = record(parse("import numpy as np\n" + text), {"x": [1.5, 2.5]})
    assert run.gradients()["x"].tolist() == [2.0, 2.0]


IN_PYTORCH = ("x.view(x.size(0), -1).sum()", "x.expand(1, *x.shape).sum()", "x.view(x.shape).sum()")


@pytest.mark.parametrize("text", IN_PYTORCH)
def test_so_it_is_in_texts_of_pytorch(text):
    run = record(parse("import torch\n" + text), {"x": [1.5, 2.5]})
    assert run.gradients()["x"].tolist() == [1.0, 1.0]
