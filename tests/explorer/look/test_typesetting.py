"""Formulas as drawings: if these fail, mathematics is missing, cut in the wrong place, or holds up the window."""

import threading
import time

import pytest
from PySide6.QtGui import QImage, QPainter

from core import notation
from core.language import parse
from core.notation import LATEX
from core.run import record
from core.timeline import Timeline
from explorer.look import typesetting
from explorer.look.theme import DARK, LIGHT
from explorer.look.typesetting import Piece, Typesetter, draw, flow, pieces_of, typeset


def test_a_formula_is_cut_at_its_equals_signs_and_nowhere_inside_braces():
    assert pieces_of(r"a = b \times c = 3") == ["a", r"= b \times c", "= 3"]
    assert pieces_of(r"\frac{a = b}{c} = \left(x = y\right)") == [r"\frac{a = b}{c}", r"= \left(x = y\right)"]
    assert pieces_of(r"a = 1, \quad 2 + 3 = 5") == ["a", "= 1,", r"\quad 2 + 3", "= 5"]


@pytest.mark.parametrize("text", ["3*x**2 + exp(x)/x", "tanh(x) - sqrt(x)", "where(x > 0, x, -x)", "sum(x*[1, 2])"])
def test_every_step_of_a_program_can_be_typeset(text):
    timeline = Timeline.of(record(parse(text), {"x": 2.0}))
    for step in range(1, len(timeline) + 1):
        for part in pieces_of(notation.formula(timeline, step, LATEX)):
            assert typeset(part) is not None, part


def test_what_cannot_be_typeset_is_none():
    assert typeset(r"\frac{a") is None


def test_a_plus_and_equals_sign_keeps_its_plus():
    both, alone = typeset(r"a \text{ += } b"), typeset(r"a = b")
    assert both and alone and both.svg.count("<path") + both.svg.count("<rect") >= 4 and both.width > alone.width


def test_a_slow_formula_comes_later_and_says_so(typesetter, qtbot, monkeypatch):
    """The window goes on while a formula takes its time."""
    gate = threading.Event()
    monkeypatch.setattr(typesetting, "typeset", lambda latex: gate.wait(10) and Piece("<svg/>", 1, 1, 1))
    formula = r"\binom{a}{c} = b"  # which we do not lay out ourselves
    assert typesetter.now(formula) is None and typesetter.busy
    with qtbot.waitSignal(typesetter.ready) as told:
        gate.set()
    assert told.args == [formula] and len(typesetter.now(formula)) == 2


def test_a_formula_is_typeset_once_and_kept(typesetter, qtbot, monkeypatch):
    made: list[str] = []
    monkeypatch.setattr(typesetting, "typeset", lambda latex: made.append(latex) or Piece("<svg/>", 1, 1, 1))
    for _ in range(3):
        qtbot.waitUntil(lambda: typesetter.now(r"\aleph") is not None)
    assert made == [r"\aleph"]


def test_a_closed_typesetter_gives_nothing_and_complains_not(typesetter):
    typesetter.close()
    assert typesetter.now("x") is None


def test_pieces_are_wrapped_and_stand_on_common_baselines():
    pieces = [Piece("", 40, 10, 2), Piece("", 40, 20, 8), Piece("", 40, 10, 2)]
    placed, height = flow(pieces, 90, 1.0, 5, 4)
    assert [(x, baseline) for _, x, baseline in placed] == [(0, 20), (45, 20), (0, 42)]
    assert height == 20 + 8 + 4 + 10 + 2
    assert flow([], 90, 1.0, 5, 4) == ([], 0.0)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_piece_is_drawn_in_the_colour_asked_for(theme, qapp):
    piece = typeset("x")
    image = QImage(60, 60, QImage.Format.Format_ARGB32)
    image.fill(theme.color("panel"))
    painter = QPainter(image)
    draw(painter, piece, 5, 40, theme.adjoint, 3.0)
    painter.end()
    shown = {image.pixelColor(x, y).name() for x in range(60) for y in range(60)}
    assert theme.adjoint in shown


def test_closing_does_not_wait_for_a_formula_that_takes_long(qtbot, monkeypatch):
    begun, gate = threading.Event(), threading.Event()

    def slow(latex):
        begun.set()
        gate.wait(10)

    monkeypatch.setattr("explorer.look.typesetting.typeset", slow)
    typesetter = Typesetter()
    assert typesetter.now(r"\aleph", patience=0.0) is None and begun.wait(5)
    start = time.monotonic()
    typesetter.close()
    assert time.monotonic() - start < 5  # the formula takes ten
    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "typesetter")
    gate.set()
