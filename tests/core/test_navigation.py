"""Stops go forward and back over the same places; breakpoints and searches find what they say, and refuse the rest."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.basics.errors import ProgramError
from core.events import AdjointAccumulated
from core.language import parse
from core.navigation import UNITS, Steps, hits, next_hit, parse_breakpoint, search
from core.run import record
from core.timeline import Timeline

LOOP = "s = x\nfor i in range(3):\n    s = s*x\ny = s + 1"
CALLS = "def g(t):\n    return t*t\ndef f(t):\n    a = g(t) + 1\n    return a*a\nb = 2*x\nc = f(b)\ny = c + b"
DEEP = "a = x*2000\nb = log(a - 2000)\ny = b*b + x"


def steps_of(text: str, x: float = 2.0) -> Steps:
    return Steps(Timeline.of(record(parse(text), {"x": x})))


LOOPS, CALLED = steps_of(LOOP), steps_of(CALLS)


@given(st.sampled_from([LOOPS, CALLED]), st.sampled_from(UNITS), st.data())
def test_going_back_is_the_inverse_of_going_forward(steps: Steps, unit: str, data: st.DataObject) -> None:
    stops = steps.stops(unit)
    place = data.draw(st.integers(0, len(stops) - 2))
    assert steps.next(int(stops[place]), unit) == stops[place + 1]
    assert steps.previous(int(stops[place + 1]), unit) == stops[place]


@given(st.sampled_from(UNITS), st.integers(0, len(CALLED.timeline)))
def test_every_move_stays_inside_and_makes_way(unit: str, step: int) -> None:
    last = len(CALLED.timeline)
    assert step < CALLED.next(step, unit) <= last or step == last
    assert 0 <= CALLED.previous(step, unit) < step or step == 0


def test_stepping_by_entry_passes_over_the_other_contributions_of_an_entry() -> None:
    timeline = LOOPS.timeline
    step = timeline.forward_end
    seen = []
    while step < len(timeline):
        step = LOOPS.next(step, "entry")
        seen.append(timeline.frame(step).current)
    assert len(seen) < len(timeline) - timeline.forward_end
    assert all(one != other for one, other in zip(seen[:-1], seen[1:-1]))


def test_stepping_by_line_and_by_pass_follows_the_text() -> None:
    steps = steps_of(LOOP)
    lines, step = [], 0
    while step < steps.timeline.forward_end - 1:
        step = steps.next(step, "line")
        span = steps.timeline.tape[steps.timeline.frame(step).current or 0].span
        lines.append(span.line)
    assert lines == [1, 3, 4], "the passes of a loop over one line are one line"
    passes = [steps.timeline.tape[int(steps.entries[stop - 1])].provenance for stop in steps.stops("pass")[1:6]]
    assert [place.loop for place in passes if place] == [(), ((2, 1),), ((2, 2),), ((2, 3),), ()]


def test_over_into_and_out_of_calls() -> None:
    tape = CALLED.timeline.tape
    labels = [tape.label(index) for index in range(len(tape))]
    b = labels.index("b") + 1
    inside = CALLED.into(b)
    assert CALLED.depths[inside] == 2, "the first entry of f comes from g"
    assert CALLED.over(b) == labels.index("y") + 1
    assert CALLED.depths[CALLED.out(inside)] < CALLED.depths[inside]
    assert CALLED.over(CALLED.over(b), forward=False) == b
    assert CALLED.out(inside, forward=False) == b
    assert CALLED.into(len(CALLED.timeline)) == len(CALLED.timeline)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="steps go by event, entry, line, pass, call"):
        LOOPS.next(0, "page")


def at(steps: Steps, text: str) -> list[int]:
    return hits(steps.timeline, parse_breakpoint(text, steps.timeline.tape), steps).tolist()


def test_a_breakpoint_on_a_line_stops_when_the_line_begins() -> None:
    timeline = LOOPS.timeline
    found = at(LOOPS, "line 4")
    assert found == at(LOOPS, "4")
    assert found[0] == timeline.forward_end and len(found) == 2, "once forwards, once backwards"


def lines_at(steps: Steps, stops: list[int]) -> list[int]:
    """The lines of the entries at work at some steps."""
    return [steps.line(int(steps.entries[stop - 1])) for stop in stops]


def test_a_breakpoint_on_a_line_that_only_calls_stops_where_the_call_begins() -> None:
    found = at(CALLED, "line 7")
    assert lines_at(CALLED, found) == [2, 5], "forwards at the first entry of the call, backwards at its last"
    assert lines_at(CALLED, at(CALLED, "line 4")) == [2, 4], "what g does for line 4 is one visit with its addition"
    assert CALLED.entries[found[0] - 1] == CALLED.entries[at(CALLED, "line 4")[0] - 1]


def test_a_breakpoint_on_a_line_stops_in_every_pass_and_at_every_level_of_a_recursion() -> None:
    looped = steps_of("def g(t):\n    return t*t\ns = x\nfor i in range(3):\n    s = g(s)\ny = s + 1")
    assert len(at(looped, "line 5")) == 6 and len(at(LOOPS, "line 3")) == 6, "three passes forwards, three backwards"
    deep = steps_of("def f(t, n):\n    if n == 0:\n        return t*t\n    return t*f(t, n - 1)\ny = f(x, 2)")
    forward = [stop for stop in at(deep, "line 4") if stop <= deep.timeline.forward_end]
    assert len(forward) == 1, "the innermost call comes first, and all levels have begun by then"
    assert len(at(deep, "line 4")) == 3, "backwards each level begins by itself"


def test_two_calls_of_one_function_are_two_lines_to_step_by() -> None:
    steps = steps_of("def g(t):\n    return t*t\na = g(x)\nb = g(a)\ny = a + b")
    forward = [int(stop) for stop in steps.stops("line") if 0 < stop <= steps.timeline.forward_end]
    assert lines_at(steps, forward) == [3, 2, 2, 5]


def test_a_breakpoint_on_an_entry_or_op() -> None:
    steps = steps_of("a = sin(x)\ny = a*a + sin(a)")
    labels = [steps.timeline.tape.label(index) for index in range(len(steps.timeline.tape))]
    assert at(steps, "a")[0] == labels.index("a") + 1 and len(at(steps, "a")) == 2
    assert len(at(steps, "op sin")) == 4


CONDITIONS = [
    ("abs(adjoint) > 1e3", lambda event: abs(event.after) > 1e3),
    ("grad > 100", lambda event: event.after > 100),
    ("contribution < 0", lambda event: event.contribution < 0),
    ("1 < partial <= 10", lambda event: 1 < event.partial <= 10),
    ("adjoint > 1 and not adjoint > 50", lambda event: 1 < event.after <= 50),
    ("contribution*2 - 1 == adjoint", lambda event: event.contribution * 2 - 1 == event.after),
    ("isnan(adjoint) or adjoint < -5", lambda event: event.after < -5),
]


@pytest.mark.parametrize(("text", "holds"), CONDITIONS)
def test_a_condition_stops_exactly_where_it_holds(text: str, holds: object) -> None:
    timeline = steps_of("a = x*20\nb = a*a - 3*x\ny = b*b - a").timeline
    wanted = [
        step
        for step in range(1, len(timeline) + 1)
        if isinstance(event := timeline.event(step), AdjointAccumulated) and holds(event)  # type: ignore[operator]
    ]
    found = hits(timeline, parse_breakpoint(text)).tolist()
    assert [step for step in found if isinstance(timeline.event(step), AdjointAccumulated)] == wanted


def test_a_condition_about_one_entry_and_the_first_nan() -> None:
    steps = steps_of(DEEP, 0.5)
    (computed,) = at(steps, "value(a) > 900")
    assert steps.timeline.tape.label(computed - 1) == "a"
    assert steps.timeline.tape.label(at(steps, "first nan")[0] - 1) == "b"
    assert at(steps, "inf") == []


def test_the_next_of_several_breakpoints_in_both_directions() -> None:
    timeline = LOOPS.timeline
    points = [parse_breakpoint("line 4"), parse_breakpoint("value > 7")]
    everything = sorted({int(step) for point in points for step in hits(timeline, point)})
    assert next_hit(timeline, points, 0) == everything[0]
    assert next_hit(timeline, points, everything[-1]) is None
    assert next_hit(timeline, points, everything[1], forward=False) == everything[0]


@pytest.mark.parametrize(
    "text",
    ["", "adjoint >", "__import__('os')", "adjoint", "x.y > 1", "open('f') > 1", "adjoint ** 9 > 1", "price > 1",
     "[adjoint] > 1", "lambda: 1", "op fly", "nothere", "value(nothere) > 1", "(" * 150, "1" + "0" * 300 + " > value",
     "adjoint if 1 else 2", "'a' > value", "adjoint in value", "abs(adjoint, 2) > 1", "True > value",
     "1 is value", "'\\d' > value"],
)  # fmt: skip
def test_what_is_no_breakpoint_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ProgramError) as caught:
        parse_breakpoint(text, LOOPS.timeline.tape)
    assert caught.value.message.endswith(".") and caught.value.hint


def test_search_finds_names_ops_lines_numbers_and_text() -> None:
    timeline = steps_of("a = sin(x)\nb = a*200\ny = b + exp(a)").timeline
    tape = timeline.tape

    def labels(text: str) -> list[str]:
        return [tape.label(index) for index in search(timeline, text)]

    assert labels("b") == ["b"]
    assert labels("sin") == labels("op sin") == ["a"]
    assert labels("line 2") == ["b"]
    assert labels("grad > 100") == ["a"]
    assert labels("abs(value) > 180") == ["b", "y"]
    assert labels("nan") == labels("") == labels("zebra") == []
    assert labels("200") == [], "a number alone is a line"
    assert labels("× 200") == ["b"]
    with pytest.raises(ProgramError):
        search(timeline, "grad >")


def test_search_for_numbers_in_arrays() -> None:
    timeline = Timeline.of(record(parse("a = x*np.array([1.0, 200.0])\ny = sum(log(a))"), {"x": np.array([1.0, 0.0])}))
    assert [timeline.tape.label(index) for index in search(timeline, "inf")] == ["x", "a", "v2", "y"]
    assert 1 not in search(timeline, "value < 0")


def test_a_tangent_sweep_and_a_failed_run_can_be_stepped_through() -> None:
    run = record(parse("y = sin(x)*x"), {"x": 2.0})
    tangent = Timeline.of(run, {"x": 1.0})
    assert Steps(tangent).next(tangent.forward_end, "entry") == tangent.forward_end + 1
    assert len(hits(tangent, parse_breakpoint("tangent < 0"))) == 1
    for text in ("y = [1.0][3]", "y = x @ [1.0, 2.0, 3.0]"):
        failed = Timeline.of(record(parse(text), {"x": 1.0}))
        steps = Steps(failed)
        for unit in UNITS:
            assert 0 < steps.next(0, unit) <= len(failed)
            assert 0 <= steps.previous(len(failed), unit) < len(failed)
        assert steps.over(0) <= len(failed)
        assert next_hit(failed, [parse_breakpoint("adjoint > 1")], 0) is None
