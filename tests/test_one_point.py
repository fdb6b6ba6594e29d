"""One choice of the first point: if this fails, the command line and the window show different numbers for one text."""

import json
from typing import Any

import pytest

from explorer import cli
from explorer.desk import Desk
from explorer.model import answer as answering
from explorer.model.document import Document
from explorer.model.report import as_json
from explorer.session import Session

pytestmark = pytest.mark.usefixtures("qapp")

TEXTS = [
    "x*y + sin(x)",
    "3*w1**2 + 2*w1*w2",
    "log(1 - x)*y",
    "arcsin(x) + y",
    "log(-x*x)",
    "def f(x, y=2.0):\n    return x*y",
    "w = 2.0\nw*x + b",
    "z = w @ x + b\np = 1/(1 + np.exp(-z))\n-(y*np.log(p) + (1 - y)*np.log(1 - p))",
    "np.sum(np.log(x))*c",
    "np.linalg.inv(A)[0, 0]",
    "y = x\nfor k in range(n):\n    y = y*x",
    "w = torch.tensor([1.0, 2.0], requires_grad=True)\n(w*x).sum()",
    "key = jax.random.PRNGKey(0)\nw = jax.random.normal(key, (3,))\njnp.sum(w**2)*a",
    "w = tf.Variable(3.0)\nwith tf.GradientTape() as tape:\n    y = w*x\ntape.gradient(y, w)",
]
GIVEN: list[dict[str, Any]] = [{}, {"x": 7.0}, {"y": 2.0}]


def in_the_terminal(text: str, given: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What the command line says of a text."""
    at = [f"{name}={value}" for name, value in given.items()]
    assert cli.main([text, "--json", *(["--at", *at] if at else [])]) == 0
    return json.loads(capsys.readouterr().out)


def in_the_window(text: str, given: dict[str, Any], qtbot: Any) -> dict[str, Any]:
    """The same of the run that the window shows."""
    desk = Desk()
    session = Session(desk)
    try:
        session.set_all(Document(text, given))
        qtbot.waitUntil(lambda: not session.busy)
        assert session.run is not None
        return json.loads(json.dumps(as_json(session.run)))
    finally:
        desk.close()


@pytest.mark.parametrize("text", TEXTS)
def test_command_line_and_window_look_at_a_text_at_one_point(text, capsys, qtbot):
    assert in_the_window(text, {}, qtbot) == in_the_terminal(text, {}, capsys)


@pytest.mark.parametrize("given", GIVEN)
def test_so_they_do_where_some_values_are_given(given, capsys, qtbot):
    assert in_the_window("x*y*z", given, qtbot) == in_the_terminal("x*y*z", given, capsys)


def test_a_second_choice_would_be_found(capsys, qtbot, monkeypatch):
    record = answering.record
    monkeypatch.setattr(
        answering, "record", lambda program, point, *more: record(program, {"x": 1.0, "y": 1.0, **point}, *more)
    )
    assert in_the_window(TEXTS[0], {}, qtbot) != in_the_terminal(TEXTS[0], {}, capsys)
