"""Programs that end in anything: if these fail, a text, a set or nothing as output takes down what is shown beside."""

import numpy as np
import pytest

from explorer.model.document import Document
from tests.explorer.conftest import rest

PROGRAMS = (
    "x*x\nNone", "print(x)", "lambda x: None", "def f(x): pass", "def f(x):\n  return", "{x}", "{'a': x}", "{x: 1}",
    "{}", "if x > 0:\n  y = 'a'\nelse:\n  y = 'b'\ny", "x if x > 0 else 'negative'", "x if x > 0 else None", "'abc'",
    "['a', x]", "(x, 'b')", "[x, x]", "[[x], [1, 2]]", "[]", "[None]", "True", "x > 1", "f = lambda z: z\nf", "sin",
    "print", "range(3)", "x.shape", "np.array(['a'])", "np.zeros(0)", "np.array([x])", "...", "map(sin, [x])",
    "zip([x], [x])", "str(x)", "f'{x}'", "int(x)", "tf.Variable(x)", "torch.tensor(x)", "x*1j", "np",
    "a = [x]\na.append(a)\na", "[x for _ in range(3)]", "def f(x):\n  yield x\nf(x)", "x[0]", "1/0",
)  # fmt: skip
PAGES = ("graph", "plot", "code", "checks", "matrices")


@pytest.fixture
def told(window):
    """What jobs said went wrong."""
    found: list[str] = []

    def note(name: str, sentence: str) -> None:
        found.append(f"{name}: {sentence}")

    window.desk.failed.connect(note)
    yield found
    window.desk.failed.disconnect(note)


def opened(window, qtbot, text, page):
    window.files.start(Document(text=text, inputs={"x": 3.0}, tab=page))
    rest(window, qtbot)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_raised_and_the_next_run_has_all_that_belongs_to_it(window, qtbot, told, page):
    for text in PROGRAMS:
        opened(window, qtbot, text, page)
        for step in (0, 1, window.player.last):
            window.player.seek(step)
        assert told == [], text
    opened(window, qtbot, "x*x", page)
    assert list(window.session.checks) == ["x"] and len(window.session.memory)
    assert (window.session.curve is not None) == (page == "plot")


def test_a_program_that_does_not_run_shows_nothing_of_the_one_before(window, qtbot):
    opened(window, qtbot, "x*x", "plot")
    assert window.session.checks and window.session.curve is not None
    opened(window, qtbot, "1 +", "plot")
    assert not window.session.checks and not len(window.session.memory) and window.session.curve is None


def test_a_fault_in_the_curve_is_told_and_takes_nothing_with_it(window, qtbot, told, monkeypatch):
    opened(window, qtbot, "x*x", "plot")
    with monkeypatch.context() as patch:
        patch.setattr("explorer.session.curve", lambda *_: 1 // 0)
        window.session.set_input("x", 2.0)
        rest(window, qtbot)
    assert len(told) == 1 and "division" in told[0]
    assert window.session.curve is None and list(window.session.checks) == ["x"] and len(window.session.memory)
    window.session.set_input("x", 3.0)
    rest(window, qtbot)
    assert window.session.curve.y == 9.0


def test_where_an_output_is_no_number_the_curve_has_a_gap(window, qtbot, told):
    opened(window, qtbot, "if x > 0:\n  y = x\nelse:\n  y = {'a': 1}\ny", "plot")
    ys = window.session.curve.ys
    assert told == [] and np.array_equal(np.isnan(ys), window.session.curve.xs <= 0) and window.session.curve.y == 3.0
