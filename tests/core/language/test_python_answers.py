"""Small functions of Python and NumPy, each beside the real one: the answer is carried out by Python itself."""

import numpy as np
import pytest

import core
from core.language import parse
from core.run import record

ANSWERS = (
    "len(list(filter(lambda v: v > 1, [1.0, 2.0, 3.0])))*x", "list(filter(None, [0.0, 2.0]))[0]*x",
    "sum(filter(lambda v: v < 3, [1.0, 2.0, 3.0]))*x", "np.arange(2, 5).sum()*x", "np.arange(1, 6, 2).sum()*x",
    "np.arange(4).sum()*x", "np.arange(5, 1, -2).sum()*x", "'abab'.replace('a', 'c').count('c')*x",
    "'aaa'.replace('aa', 'b').count('b')*x", "min(x, 3.0, 1.0)*1.0", "max([x, 5.0])*1.0", "min([], default=2.0)*x",
    *(f"np.convolve(np.arange({n}.0), np.array([1.0, 2.0, 4.0, 8.0][:{m}])*x, '{mode}')[{at}]*1.0"
      for n, m, mode, at in ((5, 3, "same", 1), (5, 4, "same", 0), (5, 2, "same", 4), (3, 4, "same", 2),
                             (5, 3, "valid", 0), (5, 4, "full", 6))),
)  # fmt: skip


@pytest.mark.parametrize("text", ANSWERS)
def test_the_answer_is_pythons(text):
    run = record(parse("import numpy as np\n" + text), {"x": 1.5})
    assert run.failure is None, str(run.failure)
    assert float(run.value) == pytest.approx(float(eval(text, {"np": np, "x": 1.5})))


BRANCHES = "def parts(v):\n    if v > {limit}:\n        yield v*2\n    else:\n        yield v*3\nsum(parts(x))"


@pytest.mark.parametrize(("limit", "slope"), [(1, 2.0), (5, 3.0)])
def test_a_generator_goes_both_ways_of_a_branch(limit, slope):
    assert record(parse(BRANCHES.format(limit=limit)), {"x": 1.5}).gradients() == {"x": slope}


def test_a_generator_without_an_else_goes_on():
    text = "def parts(v):\n    if v > 5:\n        yield v*2\n    yield v*3\nsum(parts(x))"
    assert record(parse(text), {"x": 1.5}).gradients() == {"x": 3.0}


REFUSED = {
    "max(np.ones(2)*x, np.ones(2))": "cannot choose between arrays",
    "np.ones((2, 3)) @ (np.ones((2, 2))*x)": "The shapes do not fit: (2, 3) @ (2, 2).",
    "'a'.replace('a', 'b'*10000)*1000": "string",
    "np.arange(1, 2, 3, 4)*x": "`arange`",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_refusal_says_why(text):
    failure = record(parse("import numpy as np\n" + text), {"x": 1.5}).failure
    assert failure is not None and REFUSED[text] in str(failure)


def test_the_engine_says_which_lengths_do_not_fit():
    said = "the last length of the first, 3, must equal the number of rows of the second, 2"
    with pytest.raises(ValueError, match=said):
        core.grad(lambda x: (np.ones((2, 3)) @ (np.ones((2, 2)) * x)).sum())(1.0)


IN_PYTORCH = {  # measured
    "torch.eye(2, 3).tolist()": "[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]",
    "torch.arange(6.0).narrow(0, 1, 2).tolist()": "[1.0, 2.0]",
    "torch.arange(6.0).narrow(0, -2, 2).tolist()": "[4.0, 5.0]",
}


@pytest.mark.parametrize("text", IN_PYTORCH)
def test_the_answer_is_pytorchs(text):
    run = record(parse(f"import torch\nx = torch.tensor(1.0, requires_grad=True)\nprint({text})\nx.backward()"))
    assert run.failure is None, str(run.failure)
    assert run.printed.strip() == IN_PYTORCH[text]


@pytest.mark.parametrize("part", ["(0, 5, 2)", "(0, 1, -1)", "(0, -7, 1)"])
def test_what_reaches_outside_is_refused_as_pytorch_refuses_it(part):
    failure = record(parse(f"import torch\nx = torch.arange(6.0)\nx.narrow{part}")).failure
    assert failure is not None and "outside" in str(failure)


@pytest.mark.parametrize("pattern", ["float(real=5.0)", "float(a, b)", "list(__len__=c)"])
def test_a_pattern_of_a_plain_kind_with_names_is_refused_and_not_taken_for_a_fit(pattern):
    """Python would compare: a pattern that is not understood must not fit everything."""
    text = f"match [x]:\n    case {pattern}:\n        y = 1.0\n    case _:\n        y = x\ny"
    failure = record(parse(text), {"x": 2.0}).failure
    assert failure is not None and "takes one part and no names" in str(failure)
