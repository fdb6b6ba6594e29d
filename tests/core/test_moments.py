"""Conditions on the state of a run mean the same everywhere: entries by text, never by the number of a step."""

import pytest

from core.basics.errors import ProgramError
from core.events import AdjointAccumulated
from core.language import parse
from core.navigation import hits, parse_breakpoint, search
from core.run import record
from core.timeline import Timeline

SEED = "def f(w1, w2):\n    return 3*w1**2 + 2*w1*w2\n"
LOOP = "s = x\nfor i in range(3):\n    s = s*x\ny = s + 1"


def timeline(text: str = SEED, **point: float) -> Timeline:
    return Timeline.of(record(parse(text), point or {"w1": 5.0, "w2": 3.0}))


def stops(text: str, of: Timeline) -> list[int]:
    return hits(of, parse_breakpoint(text, of.tape)).tolist()


def arrivals(of: Timeline, name: str) -> list[int]:
    """The steps at which an input receives a contribution, found by going through the events."""
    index = of.run.inputs[name]
    events = ((step, of.event(step)) for step in range(1, len(of) + 1))
    return [step for step, one in events if isinstance(one, AdjointAccumulated) and one.index == index]


def test_a_breakpoint_on_state_stops_where_it_begins_to_hold() -> None:
    of = timeline()
    first, second = arrivals(of, "w1")
    assert stops("contributions(w1) == 1", of) == [first]
    assert stops("contributions(w1) == 2", of) == [second] == stops("complete(w1)", of)
    assert stops("next() == w1 and contributions(w1) == 1", of) == [second - 1]
    assert stops("adjoint(w1) > 30 and reverse()", of) == [second]
    assert stops("turn()", of) == [of.forward_end]
    assert stops("end() or start()", of) == [0, len(of)]


def test_an_entry_is_found_by_its_text_whatever_its_blanks_and_brackets() -> None:
    of = timeline()
    (made,) = stops('done(entry("2 * w1"))', of)
    assert of.tape[of.event(made).index or 0].primal == 10.0
    assert stops('arrived(w1, entry("(2*w1)"))', of) == [arrivals(of, "w1")[0]]
    assert stops('now() == entry("w1**2")', of)[0] == of.tape.primals.index(25.0) + 1


def test_each_pass_of_a_loop_is_one_occurrence() -> None:
    of = timeline(LOOP, x=2.0)
    values = [of.tape.primals[(stops(f'now() == entry("s*x", {which})', of)[0]) - 1] for which in (1, 2, 3, -1)]
    assert values == [4.0, 8.0, 16.0, 16.0]
    assert stops("done(line(3))", of) == [of.tape.primals.index(16.0) + 1]
    assert stops("next_line() == 4 and forward()", of)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("contributions(w3) == 1", "navigation.no-entry"),
        ("contributions(w1, w2) == 1", "navigation.called-so"),
        ("contributions(w1) == 1 and w1.real", "navigation.not-in-expression"),
        ("done(w1) and vanish(w1)", "navigation.no-function"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(text: str, id: str) -> None:
    with pytest.raises(ProgramError) as refused:
        parse_breakpoint(text, timeline().tape)
    assert getattr(refused.value.message, "id", "") == id


def test_what_the_run_does_not_have_is_never_reached() -> None:
    of = timeline()
    assert stops('done(entry("w1*w1"))', of) == stops("done(line(9))", of) == stops("arrived(w1, f)", of) == []


def test_a_condition_on_state_finds_no_entries() -> None:
    with pytest.raises(ProgramError, match="about a moment"):
        search(timeline(), "contributions(w1) == 1")
