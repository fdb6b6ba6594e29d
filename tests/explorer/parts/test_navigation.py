"""Travelling: if these fail, steps by unit, breakpoints, sections or bookmarks lead astray."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.language import parse
from core.navigation import UNITS
from core.run import record
from core.timeline import Timeline
from explorer.parts.navigation.travel import Travel
from explorer.player import Player

LOOP = """
def layer(x, w):
    return tanh(w * x)

def f(x, w):
    y = x
    for i in range(3):
        y = layer(y, w)
        y = y + x
    return y ** 2
"""


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return Timeline.of(record(parse(LOOP), {"x": 1.0, "w": 0.5}))


@pytest.fixture
def travel(qtbot, timeline) -> Travel:
    player = Player()
    player.set_length(len(timeline))
    made = Travel(player)
    made.set_timeline(timeline)
    made.kept = player
    return made


@pytest.mark.parametrize("unit", UNITS)
def test_going_back_by_a_unit_visits_the_same_places_as_going_forward(travel, unit):
    travel.set_unit(unit)
    player, there = travel.kept, [0]
    while player.step < player.last:
        travel.forward()
        player.tick(100)
        there.append(player.step)
    back = [player.step]
    while player.step > 0:
        travel.back()
        back.append(player.step)
    assert back == there[::-1]


def test_playing_by_a_unit_stands_only_at_its_stops(travel):
    travel.set_unit("pass")
    player, seen = travel.kept, set()
    player.moved.connect(lambda step, travelled: seen.add(step))
    player.toggle()
    for _ in range(1_000):
        player.tick(0.05)
    assert player.step == player.last and not player.playing
    assert seen <= set(travel.steps.stops("pass").tolist()) and len(seen) < player.last


def test_playing_stops_at_a_breakpoint_and_goes_on_from_it(travel):
    assert travel.toggle("line 9")
    player, hits = travel.kept, travel.hits().tolist()
    for hit in hits:
        player.toggle()
        player.tick(1_000)
        assert player.step == hit and not player.playing
    player.toggle()
    player.tick(1_000)
    assert player.step == player.last


def test_breakpoints_on_lines_entries_operations_and_conditions_are_run_to(travel, timeline):
    for text in ("line 3", "op tanh", "y₁", "abs(adjoint) > 0.1", "value > 1"):
        assert travel.toggle(text), text
        travel.kept.to_start()
        travel.run_to_hit()
        assert travel.kept.step == travel.hits()[0] and travel.count(text)
        travel.run_to_hit(forward=False)
        assert travel.kept.step == 0
        travel.toggle(text)
    assert travel.breakpoints == [] and travel.lines() == frozenset()


def test_a_breakpoint_that_cannot_be_read_says_so_and_is_not_set(travel, qtbot):
    with qtbot.waitSignal(travel.said) as told:
        assert not travel.toggle("abs(adjoint) >")
    assert "not a condition" in told.args[0] and travel.breakpoints == []


def test_first_nan_is_where_the_numbers_are_lost(qtbot):
    lost = Timeline.of(record(parse("log(x) + 1"), {"x": -1.0}))
    player = Player()
    player.set_length(len(lost))
    travel = Travel(player)
    travel.set_timeline(lost)
    travel.toggle("first nan")
    travel.run_to_hit()
    assert lost.tape.ops[lost.event(player.step).index].name == "log"


def test_a_section_is_played_round_and_round(travel):
    travel.mark_section(start=4)
    travel.mark_section(end=7)
    player, seen = travel.kept, []
    player.moved.connect(lambda step, travelled: seen.append(step))
    player.seek(4)
    player.toggle()
    for _ in range(400):
        player.tick(0.1)
    assert player.playing and set(seen) == {4, 5, 6, 7}
    travel.clear_section()
    player.tick(10_000)
    assert player.step == player.last


def test_marks_of_a_section_that_do_not_fit_go(travel):
    travel.mark_section(start=8)
    travel.mark_section(end=3)
    assert travel.section == (None, 3) and travel.whole_section() is None


def test_bookmarks_are_gone_to_in_turn_and_dropped(travel, qtbot):
    with qtbot.waitSignal(travel.said):
        travel.go_to_bookmark()
    travel.bookmark(5, " here ")
    travel.bookmark(9, "")
    stops = []
    for _ in range(3):
        travel.go_to_bookmark()
        stops.append(travel.kept.step)
    assert stops == [5, 9, 5] and travel.bookmarks == {5: "here", 9: ""}
    travel.drop_bookmark(5)
    travel.go_to_bookmark(forward=False)
    assert travel.kept.step == 9


def test_over_into_and_out_follow_the_calls(travel):
    travel.over()
    depths = travel.steps.depths
    while depths[travel.kept.step] != 1:
        travel.kept.step_forward()
    travel.into()
    assert depths[travel.kept.step] == 2
    travel.out()
    assert depths[travel.kept.step] < 2


def test_marks_are_restored_and_what_is_damaged_is_left_out(travel):
    travel.restore(["line 3", "abs(adjoint) > 2", "__import__('os')", "y₁", "a b c"], {3: "three"})
    assert [str(one) for one in travel.breakpoints][:2] == ["line 3", "abs(adjoint) > 2"]
    assert "y₁" in {str(one) for one in travel.breakpoints} and travel.bookmarks == {3: "three"}
    assert "a b c" not in {str(one) for one in travel.breakpoints}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["forward", "back", "over", "into", "out", "jump"]), max_size=15), st.integers(0, 40))
def test_any_way_leads_to_the_same_frame_as_a_jump(travel, timeline, ways, goal):
    for way in ways:
        if way == "jump":
            travel.kept.seek(goal)
        else:
            getattr(travel, way)()
    step = travel.kept.step
    assert 0 <= step <= len(timeline)
    assert (timeline.frame(step).states() == timeline.frame(step).states()).all()


def test_running_to_a_breakpoint_leaves_the_one_at_which_it_stands(travel):
    travel.toggle("op tanh")
    hits = travel.hits().tolist()
    assert len(hits) >= 2
    seen = []
    for _ in hits:
        travel.run_to_hit()
        seen.append(travel.kept.step)
    assert seen == hits
    travel.run_to_hit()
    assert travel.kept.step == travel.kept.last
    travel.run_to_hit(forward=False)
    travel.run_to_hit(forward=False)
    assert travel.kept.step == hits[-2]
