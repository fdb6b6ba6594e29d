"""When a tape records, and how often it answers."""

from typing import Any

import numpy as np
import pytest

from core import GradientTape, Variable, constant
from core.functions import sum
from tests.answers import value


def test_nothing_is_recorded_outside_the_block() -> None:
    x = Variable(3.0)
    with GradientTape() as tape:
        y = x * x
    assert tape.gradient(y * 2, x) is None


def test_stop_recording_hides_what_happens_inside() -> None:
    x, y = Variable(2.0), Variable(3.0)
    with GradientTape() as tape:
        z = x * x
        with tape.stop_recording():
            hidden = y * y
        z = z + hidden
    assert value(tape.gradient(z, {"x": x, "y": y})) == {"x": 4.0, "y": None}


def test_a_gradient_taken_while_recording_is_stopped_is_not_recorded() -> None:
    x = Variable(3.0)
    with GradientTape(persistent=True) as tape:
        y = x**3
        with tape.stop_recording():
            first = tape.gradient(y, x)
    assert (value(first), tape.gradient(first, x)) == (27.0, None)


def test_a_persistent_tape_records_its_own_gradient_inside_the_block() -> None:
    x = Variable(3.0)
    with GradientTape(persistent=True) as tape:
        y = x**3
        first = tape.gradient(y, x)
    assert value([first, tape.gradient(first, x)]) == [27.0, 18.0]


def test_a_tape_used_up_while_stopped_goes_on_anew() -> None:
    x = Variable(3.0)
    with GradientTape() as tape:
        y = x * x
        with tape.stop_recording():
            first = tape.gradient(y, x)
        z = x**3
    assert value([first, tape.gradient(z, x)]) == [6.0, 27.0]


def test_reset_forgets_records_and_watching() -> None:
    x, c = Variable(2.0), constant(5.0)
    with GradientTape() as tape:
        tape.watch(c)
        old = x * c
        tape.reset()
        assert tape.watched_variables() == ()
        new = old + x * c
    assert value(tape.gradient(new, [x, c])) == [5.0, None]


@pytest.mark.parametrize("use", [lambda tape: tape.reset(), lambda tape: tape.stop_recording().__enter__()])
def test_reset_and_stop_recording_need_a_recording_tape(use: Any) -> None:
    with GradientTape() as tape:
        pass
    with pytest.raises(ValueError, match="not recording"):
        use(tape)


def test_stopping_a_tape_that_holds_no_recording_is_a_runtime_error() -> None:
    x = Variable(2.0)
    with GradientTape() as used_up:
        y = x * x
    used_up.gradient(y, x)
    for tape in (GradientTape(), used_up):
        with pytest.raises(RuntimeError, match="not recording"), tape.stop_recording():
            pass


def test_a_tape_cannot_be_entered_twice_at_once() -> None:
    with GradientTape() as tape, pytest.raises(ValueError, match="still recording"), tape:
        pass


def test_a_tape_can_be_entered_again_and_goes_on() -> None:
    x, tape = constant(3.0), GradientTape()
    with tape:
        tape.watch(x)
        y = 2 * x
    with tape:
        z = 2 * y
    assert value(tape.gradient(z, x)) == 4.0


def test_a_used_up_tape_that_is_entered_again_begins_anew() -> None:
    x, tape = Variable(3.0), GradientTape()
    with tape:
        y = x * x
    tape.gradient(y, x)
    with tape:
        z = x * x * x
    assert value(tape.gradient(z, x)) == 27.0


def test_an_exception_in_the_block_leaves_a_usable_tape() -> None:
    x, tape = Variable(3.0), GradientTape()
    with pytest.raises(ZeroDivisionError), tape:
        y = x * x
        1 / 0  # noqa: B018
    assert value(tape.gradient(y, x)) == 6.0
    assert not tape.is_recording


def test_values_are_kept_as_they_were_when_recorded() -> None:
    w = Variable([1.0, 2.0])
    factor = np.array([1.0, 10.0])
    with GradientTape() as tape:
        y = sum(w * w * factor)
    w.assign_sub([1.0, 1.0])
    factor[:] = 0.0
    assert value(tape.gradient(y, w)) == [2.0, 40.0]


def test_a_variable_read_before_and_after_an_assignment_counts_with_both_values() -> None:
    """d/dv of v*v at 2, plus v*v at 5."""
    v = Variable(2.0)
    with GradientTape() as tape:
        first = v * v
        v.assign(5.0)
        second = v * v
    assert value(tape.gradient([first, second], v)) == 4.0 + 10.0


def test_every_nested_tape_notices_an_assignment() -> None:
    v = Variable(2.0)
    with GradientTape() as outer, GradientTape() as inner:
        v * v
        v.assign(5.0)
        y = v * v
    assert value([outer.gradient(y, v), inner.gradient(y, v)]) == [10.0, 10.0]


@pytest.mark.parametrize("ask", ["gradient", "jacobian"])
def test_a_tape_answers_once(ask: str) -> None:
    x = Variable(3.0)
    with GradientTape() as tape:
        y = x * x
    tape.gradient(y, x)
    with pytest.raises(RuntimeError, match="persistent=True"):
        getattr(tape, ask)(y, x)


def test_a_tape_that_never_recorded_says_so() -> None:
    x = constant(3.0)
    with pytest.raises(RuntimeError, match="with tape"):
        GradientTape().gradient(x, x)


def test_asking_inside_the_block_ends_the_recording() -> None:
    x = Variable(1.0)
    with GradientTape() as tape:
        assert value(tape.gradient(2 * x, x)) == 2.0
        y = 3 * x
    with pytest.raises(RuntimeError):
        tape.gradient(y, x)


def test_a_persistent_tape_answers_often_and_never_accumulates() -> None:
    x = Variable(3.0)
    with GradientTape(persistent=True) as tape:
        y = x * x
    assert [value(tape.gradient(y, x)) for _ in range(3)] == [6.0, 6.0, 6.0]
