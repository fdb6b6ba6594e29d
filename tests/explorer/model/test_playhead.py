"""The player's arithmetic: if these fail, steps are skipped, repeated, or playing never ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model.playhead import SPEEDS, STEP_SECONDS, Playhead


def test_a_tick_travels_by_its_share_of_a_step():
    head = Playhead(last=3, playing=True, step=1, travel=0.0)
    head.tick(STEP_SECONDS / 4)
    assert (head.step, head.travel) == (1, pytest.approx(0.25))


def test_playing_ends_at_the_last_step_fully_travelled():
    head = Playhead(last=3)
    head.play()
    head.tick(100.0)
    assert (head.step, head.travel, head.playing) == (3, 1.0, False)


def test_play_from_the_end_begins_again():
    head = Playhead(last=3, step=3)
    head.play()
    assert (head.step, head.playing) == (0, True)


def test_one_step_travels_and_then_rests():
    head = Playhead(last=3)
    head.advance()
    assert (head.step, head.travel, head.moving) == (1, 0.0, True)
    head.tick(10 * STEP_SECONDS)
    assert (head.step, head.travel, head.moving) == (1, 1.0, False)


def test_nothing_to_play_does_not_play():
    head = Playhead(last=0)
    head.play()
    assert not head.playing


@given(st.integers(0, 20), st.lists(st.floats(0, 3), max_size=30), st.sampled_from(SPEEDS))
def test_time_cut_into_any_ticks_leads_to_the_same_place(last, ticks, speed):
    """The picture must not depend on how often the timer fires."""
    many, one = Playhead(last=last, speed=speed), Playhead(last=last, speed=speed)
    many.play()
    one.play()
    for seconds in ticks:
        many.tick(seconds)
    one.tick(sum(ticks))
    assert many.step + many.travel == pytest.approx(one.step + one.travel, abs=1e-6)


@given(st.integers(0, 9), st.integers(-99, 99))
def test_seeking_stays_on_the_timeline(last, step):
    head = Playhead(last=last)
    head.seek(step)
    assert 0 <= head.step <= last and head.travel == 1.0


@given(st.lists(st.floats(0.01, 3), max_size=30), st.sets(st.integers(1, 9), min_size=1))
def test_playing_never_passes_a_halt_however_time_is_cut(ticks, halts):
    head = Playhead(last=10, halts=np.isin(np.arange(11), list(halts)))
    head.play()
    for seconds in ticks:
        head.tick(seconds)
        assert head.step <= min(halts)


def test_a_section_that_is_not_whole_is_straight_on():
    head = Playhead(last=3, section=(2, 2))
    head.play()
    head.tick(100)
    assert head.step == 3 and not head.playing
