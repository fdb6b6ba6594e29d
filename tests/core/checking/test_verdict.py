"""One verdict for a gradient beside a difference, wherever it is shown, and one relative error behind it."""

import typing

import numpy as np
import pytest

from core.checking.differences import relative_error
from core.checking.runs import checks
from core.checking.timelines import check_adjoints, check_speed
from core.checking.verdict import MARKS, REASONS, Check, Word, compared
from core.language import parse
from core.mistakes import mistakes_for, wrong_timeline
from core.run import record
from core.timeline import Timeline


@pytest.mark.parametrize(
    ("text", "x", "verdict", "mark"),
    [("x**2", 3.0, "agrees", "✓"), ("relu(x)", 0.0, "kink", "kink"), ("stop_gradient(x)*x", 3.0, "cut", "cut")],
)
def test_a_check_has_a_word_a_mark_and_a_reason(text, x, verdict, mark):
    check = checks(record(parse(text), {"x": x}))["x"]
    assert (check.verdict, check.mark, check.agrees) == (verdict, mark, verdict == "agrees")
    assert check.reason.endswith(".") and set(REASONS) == set(MARKS) == set(typing.get_args(Word))


def test_words_are_those_of_the_command_line():
    words = "agrees kink cut convention noise custom undefined skipped disagrees"
    assert set(typing.get_args(Word)) == set(words.split())


@pytest.mark.parametrize("gradient", [np.nan, np.inf, [1.0, 2.0], [[4.0, 9.0]]])
def test_another_number_and_another_shape_disagree(gradient):
    assert not compared(np.asarray(gradient), np.array([4.0, 9.0])).agrees


def test_what_is_nothing_beside_the_output_is_measured_as_it_is():
    assert relative_error(3e-12, 1e-17, nothing=1e-16) == pytest.approx(3e-12, rel=1e-5)
    assert relative_error(3e-12, 1e-17) == pytest.approx(1.0, rel=1e-3)
    assert relative_error(3e-12, 1e-15, nothing=1e-16) == pytest.approx(1.0, rel=1e-3)


def test_a_tangent_is_checked_by_the_differences_of_the_inputs_that_move():
    run = record(parse("x**2 * y"), {"x": 3.0, "y": 2.0})
    known = checks(run)
    speed = check_speed(Timeline.of(run, {"x": 1.0, "y": 10.0}), known)
    assert speed is not None and speed.agrees and speed.difference == pytest.approx(2 * 3 * 2 + 9 * 10)
    assert check_speed(Timeline.of(run, {"x": 1.0, "y": 10.0}), {"x": known["x"]}) is None
    assert check_speed(Timeline.of(run, {"x": 1.0}), {"x": known["x"]}) is not None


def test_differences_know_nothing_of_a_mistake():
    run = record(parse("x*x + 3*x"), {"x": 2.0})
    mistake = next(one for one in mistakes_for(run) if one.kind == "overwrite")
    judged = check_adjoints(wrong_timeline(run, mistake), checks(run))
    assert judged["x"].verdict == "disagrees" and judged["x"].difference == pytest.approx(7.0)
    assert check_adjoints(Timeline.of(run), checks(run))["x"].agrees


def test_an_input_that_received_nothing_counts_as_zero():
    run = record(parse("x + 0*y"), {"x": 2.0, "y": 1.0})
    known = {"y": Check(0.0, 0.0, "agrees"), "elsewhere": Check(1.0, 0.0, "agrees")}
    found = check_adjoints(Timeline.of(run), known)
    assert found["y"].agrees and not found["elsewhere"].agrees
