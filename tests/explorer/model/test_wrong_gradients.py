"""A program's own gradient that is no gradient is a problem of the program, told with its line, in every sweep."""

import pytest

from explorer import cli
from explorer.model.answer import answer
from explorer.model.question import Question

TEXT = "@tf.custom_gradient\ndef f(x):\n    def grad(dy):\n        return {}\n    return x*x, grad\nf(x)"
WRONG = {
    '"a"': "line 2, column 1: The gradient of `f` is str, not numbers.",
    "lambda q: q": "line 2, column 1: The gradient of `f` is Function, not numbers.",
    "[dy, dy]": "line 2, column 1: The gradient of `f` must return one value for each of its 1 operands",
    "np.ones(3)": "line 2, column 1: The gradient of `f` for operand 0 has shape (3,)",
    "1/0": "line 4, column 16: This is a division by zero.",
}


@pytest.mark.parametrize("mode", ["reverse", "forward"])
@pytest.mark.parametrize("returned", WRONG)
def test_it_is_said_with_its_line(returned: str, mode: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(Question(TEXT.format(returned), mode=mode))
    assert str(found.problem).startswith(WRONG[returned])
    for how in ("--print", "--json"):
        assert cli.main([TEXT.format(returned), "--mode", mode, how]) == 2
        assert capsys.readouterr().err.startswith(f"tape-explorer: {WRONG[returned]}")
