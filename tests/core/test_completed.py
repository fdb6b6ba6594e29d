"""What is said when an adjoint is complete: by which ways it came, and that ways add."""

import pytest

from core.events import AdjointCompleted
from core.language import parse
from core.notation import formula, sentence
from core.run import record
from core.timeline import Timeline


def told(text: str, of: str, **point: float) -> tuple[str, str]:
    """The sentence and the formula of the step that completes an input's adjoint."""
    timeline = Timeline.of(record(parse(text), point))
    wanted = timeline.run.inputs[of]
    step = next(
        step
        for step in range(1, len(timeline) + 1)
        if isinstance(event := timeline.event(step), AdjointCompleted) and event.index == wanted
    )
    return sentence(timeline, step), formula(timeline, step)


def test_both_ways_to_w1_are_told_and_added() -> None:
    said, written = told("def f(w1, w2): return 3*w1**2 + 2*w1*w2", "w1", w1=5.0, w2=3.0)
    assert said == (
        "Both ways from f to w1 have delivered: 6 through v3 and 30 through v1. "
        "Ways add: 6 + 30 = 36, the derivative of f with respect to w1."
    )
    assert written == "∂f/∂w1 = w̄1 = 6 + 30 = 36"


def test_a_single_way_is_not_a_sum() -> None:
    said, written = told("def f(w1, w2): return 3*w1**2 + 2*w1*w2", "w2", w1=5.0, w2=3.0)
    assert said.id == "notation.complete"
    assert written == "∂f/∂w2 = w̄2 = 10"


def test_what_takes_away_stands_in_parentheses() -> None:
    said, written = told("def f(x, y): return x*y + x*-3 + x", "x", x=2.0, y=5.0)
    assert said.fields["parts"] == "1 directly, -3 through v2 and 5 through v1"
    assert written == "∂f/∂x = x̄ = 1 + (-3) + 5 = 3"


@pytest.mark.parametrize("text", ["x*1 + x*2 + x*3 + x*4 + x*5 + x*6", "(x*x).sum() + x.sum()"])
def test_many_ways_and_ways_of_arrays_are_not_told_one_by_one(text: str) -> None:
    said, _ = told(text, "x", x=[1.0, 2.0] if "sum" in text else 2.0)
    assert said.id == "notation.complete"
