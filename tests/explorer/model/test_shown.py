"""What is looked at, as plain state: no window, no signals."""

from dataclasses import replace

import pytest

from core import parse
from core.mistakes import mistakes_for
from core.run import record
from core.timeline import Timeline
from explorer.drawing.picture import picture_of, refolded
from explorer.model.detour import SecondDerivative, follow
from explorer.model.shown import Shown

SEED = "y = w1*x1 + w2*x2\nsin(y)"


def looked_at(text: str = SEED, **point: float) -> tuple:
    program = parse(text)
    timeline = Timeline.of(record(program, {one.name: 2.0 for one in program.inputs} | point))
    return timeline, picture_of(timeline)


@pytest.fixture
def shown() -> Shown:
    result = Shown()
    result.show(*looked_at())
    return result


def test_nothing_is_shown_before_there_is_a_run() -> None:
    shown = Shown()
    assert (shown.run, shown.target, shown.frame, shown.inspected) == (None, None, None, None)
    assert not shown.select(0)


def test_a_run_is_shown_from_the_awaited_step() -> None:
    shown = Shown()
    shown.forget(5)
    assert shown.step == 5
    shown.show(*looked_at())
    assert shown.frame is not None and (shown.step, shown.frame.step, shown.afresh) == (5, 5, True)


def test_an_awaited_step_behind_the_end_is_the_last() -> None:
    shown = Shown()
    shown.go_to(10_000)
    shown.show(*looked_at())
    assert shown.timeline is not None and shown.step == len(shown.timeline)


def test_another_value_keeps_step_and_selection(shown: Shown) -> None:
    shown.go_to(3)
    shown.select(1)
    shown.show(*looked_at(x1=7.0))
    assert (shown.step, shown.selected, shown.afresh) == (3, 1, False)
    assert shown.frame is not None and shown.frame.timeline is shown.timeline


def test_at_the_end_one_stays_at_the_end(shown: Shown) -> None:
    assert shown.timeline is not None
    shown.go_to(len(shown.timeline))
    shown.select(1)
    shown.show(*looked_at("x1 * w1"))
    assert (shown.step, shown.selected) == (len(shown.timeline), None)


def test_inspected_is_the_selection_then_the_step_then_the_target(shown: Shown) -> None:
    assert shown.inspected == shown.target
    shown.go_to(2)
    assert shown.inspected == 1
    shown.select(0)
    assert shown.inspected == 0
    shown.select(None)
    assert shown.inspected == 1


def test_only_entries_of_the_tape_are_selected(shown: Shown) -> None:
    assert shown.select(2)
    assert not shown.select(1000) and not shown.select(-1)
    assert shown.selected == 2


def test_a_mistake_is_shown_at_the_same_step_and_the_run_comes_back(shown: Shown) -> None:
    own, picture = shown.timeline, shown.picture
    assert own is not None and picture is not None
    shown.go_to(4)
    (detour,), problem = follow(own, picture, [mistakes_for(own.run)[0]])
    assert not problem and shown.take_detour(detour) and not shown.take_detour(detour)
    assert shown.timeline is detour.timeline and shown.step == 4 and not shown.afresh
    assert shown.take_detour(None)
    assert (shown.timeline, shown.picture, shown.step) == (own, picture, 4)


def test_a_longer_tape_is_looked_at_afresh(shown: Shown) -> None:
    assert shown.timeline is not None and shown.picture is not None
    shown.go_to(4)
    (detour,), _ = follow(shown.timeline, shown.picture, [SecondDerivative("x1")])
    shown.take_detour(detour)
    assert (shown.step, shown.afresh, shown.selected) == (0, True, None)


def test_a_run_waits_behind_a_detour(shown: Shown) -> None:
    assert shown.timeline is not None and shown.picture is not None
    (detour,), _ = follow(shown.timeline, shown.picture, [mistakes_for(shown.timeline.run)[0]])
    shown.take_detour(detour)
    later = looked_at(x1=7.0)
    shown.show(*later)
    assert shown.timeline is detour.timeline
    shown.take_detour(None)
    assert shown.timeline is later[0]


def test_a_picture_is_taken_only_of_what_is_shown(shown: Shown) -> None:
    assert shown.picture is not None
    folded = refolded(shown.picture, frozenset())
    assert shown.refold(folded) and shown.picture is folded
    assert not shown.refold(looked_at()[1]) and shown.picture is folded
    shown.take_detour(replace(follow(folded.timeline, folded, [mistakes_for(folded.timeline.run)[0]])[0][0]))
    shown.take_detour(None)
    assert shown.picture is folded


def test_the_veil_changes_once(shown: Shown) -> None:
    assert shown.set_veil(frozenset({1})) and not shown.set_veil(frozenset({1}))
    assert shown.set_veil(None) and shown.veil is None


def test_forgetting_leaves_nothing_but_the_veil(shown: Shown) -> None:
    shown.select(1)
    shown.forget()
    assert (shown.timeline, shown.picture, shown.frame, shown.selected, shown.detour) == (None,) * 5
    assert shown.step == 0
