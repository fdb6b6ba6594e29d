"""One budget for a whole answer: all tries and all stages share its seconds and bytes, and look at them often."""

import subprocess
import sys
import threading

import numpy as np
import pytest

from core.basics import budget as budgets
from core.basics.budget import LimitReached
from core.checking.runs import checks
from core.groups import group_tree
from core.language import Budget, parse
from core.run import record
from core.timeline import Timeline
from explorer.drawing.layout import LayoutCancelled
from explorer.drawing.picture import picture_of
from explorer.model import study as studies
from explorer.model.answer import answer
from explorer.model.question import Question

LONG = "y = x\nfor i in range(20000):\n    y = y*1.0001 + 0.1\ny"
ENDLESS = "while True:\n    x*x\n"


class Clock:
    """Time that passes only where somebody looks at it."""

    def __init__(self, step: float) -> None:
        self.now, self.step, self.looks = 0.0, step, 0

    def __call__(self) -> float:
        self.now, self.looks = self.now + self.step, self.looks + 1
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock(0.0)
    monkeypatch.setattr(budgets.time, "monotonic", made)
    return made


def test_all_tries_share_the_seconds(clock: Clock) -> None:
    """Where the first point leads to nan, others are tried: not each of them for as long again."""
    program = parse("s = 0\nfor i in range(40000):\n    s += 1\ny = np.log(-x*x)\ny")
    record(program)  # builds it
    clock.step, clock.looks = 0.01, 0
    assert record(program, budget=Budget(seconds=1e9)).failure is None
    in_all = clock.looks
    seconds = 0.5 * in_all * clock.step  # enough for one try, and not for three
    clock.looks = 0
    run = record(program, budget=Budget(seconds=seconds))
    assert run.failure is None  # the first came to its end, and is what is shown
    assert clock.looks < 0.6 * in_all


def test_a_budget_begins_once_and_keeps_its_way_to_stop() -> None:
    limits = Budget(seconds=5.0)
    first = limits.begun()
    assert limits.used_up() is None
    assert first.begun() is first
    limits.cancel()
    assert first.cancelled
    assert "cancelled" in first.used_up()[0]


STAGES = {
    "sweep": lambda made, budget: Timeline.of(made.run, None, budget.look),
    "tangents": lambda made, budget: Timeline.of(made.run, {"x": 1.0}, budget.look),
    "groups": lambda made, budget: group_tree(made.run.tape, made.run.program.text, budget.look),
    "picture": lambda made, budget: picture_of(made, None, lambda: budget.used_up() is not None),
}


@pytest.fixture(scope="module")
def long() -> Timeline:
    return Timeline.of(record(parse(LONG), {"x": 1.0}))


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("how", ["cancelled", "late"])
def test_every_stage_ends_where_its_budget_does(stage: str, how: str, long: Timeline, clock: Clock) -> None:
    budget = Budget(seconds=1.0).begun()
    if how == "cancelled":
        budget.cancel()
    clock.now = 2.0
    with pytest.raises((LimitReached, LayoutCancelled)):
        STAGES[stage](long, budget)


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_looks_often(stage: str, long: Timeline) -> None:
    """Counted in calls of functions, so that a slow or busy machine changes nothing."""
    calls, looks = 0, [0]

    def count(frame, event, argument) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    class Watching:
        def look(self) -> None:
            looks.append(calls)

        def used_up(self) -> None:
            self.look()

    sys.setprofile(count)
    try:
        STAGES[stage](long, Watching())
    finally:
        sys.setprofile(None)
    gaps = np.diff([*looks, calls])
    assert len(gaps) > 10
    assert np.median(gaps) < 0.05 * calls
    assert np.max(gaps) < 0.5 * calls


def test_checks_that_run_out_of_time_are_skipped(clock: Clock) -> None:
    run = record(parse("x*y"), {"x": 2.0, "y": 3.0})
    budget = Budget(seconds=1.0).begun()
    clock.now = 5.0
    assert {check.verdict for check in checks(run, budget=budget).values()} == {"skipped"}


def test_what_a_run_came_to_before_its_time_was_up_is_shown(clock: Clock) -> None:
    clock.step = 0.001
    found = answer(Question("y = x*x\nwhile True:\n    y", limits=Budget(seconds=0.5)))
    assert "stopped after 0.5 seconds" in str(found.problem)
    assert found.timeline is not None and found.picture is not None
    assert len(found.run.tape) == 2


def test_a_sweep_that_takes_too_long_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(run, direction, look):
        while True:
            look()

    monkeypatch.setattr(Timeline, "of", slow)
    found = answer(Question("x*x", limits=Budget(seconds=0.05)))
    assert "stopped after 0.05 seconds" in str(found.problem)


@pytest.mark.parametrize("text", [ENDLESS, LONG])
def test_a_cancelled_answer_says_nothing(text: str) -> None:
    limits = Budget()
    timer = threading.Timer(0.02, limits.cancel)
    timer.start()
    found = answer(Question(text), budget=limits)
    timer.join()
    assert found.timeline is None or found.problem is None or "cancelled" in str(found.problem)


def test_a_curve_ends_with_its_budget(clock: Clock) -> None:
    timeline = Timeline.of(record(parse("x*x"), {"x": 2.0}))
    clock.step = 0.5
    curve = studies.curve(timeline.run, "x", 0, Budget(seconds=1.0).begun())
    assert np.isnan(curve.ys).any()


def test_memory_is_what_is_held_not_what_was_made() -> None:
    """Each pass makes 8 MB and lets go of what the pass before made."""
    text = "a = np.ones(10**6)\nfor i in range(60):\n    b = a*2\nb[0]"
    assert parse(text).execute({}, None, Budget(bytes=150_000_000)).failure is None


@pytest.mark.parametrize("kept", ["[a*i]", "{i: a*i}", "(a*i, 1)"])
def test_what_is_kept_counts(kept: str) -> None:
    """In a process of its own: in this one, what earlier tests have let go of is taken without growing."""
    text = f"a = np.ones(10**6)\nb = []\nfor i in range(60):\n    b.append({kept})\nlen(b)"
    code = f"""
from core.language import Budget, parse
failure = parse({text!r}).execute({{}}, None, Budget(bytes=150_000_000)).failure
print(failure.message, failure.span is not None)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "took more than 150 MB" in done.stdout and done.stdout.strip().endswith("True")
