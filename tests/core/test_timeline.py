"""Frames: every step can be drawn alone, in any order, with the right values, adjoints and states."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.events import AdjointAccumulated, AdjointCompleted, AdjointSeeded, PrimalComputed
from core.language import parse
from core.run import record
from core.timeline import Frame, State, Timeline

SEED = "z = 3*w1**2 + 2*w1*w2"


def timeline(text: str = SEED, **point: float) -> Timeline:
    return Timeline.of(record(parse(text), point or {"w1": 5.0, "w2": 3.0}))


def everything(frame: Frame) -> tuple:
    entries = range(len(frame.timeline.tape))
    return (
        frame.phase,
        frame.current,
        [(frame.primal(i), frame.adjoint(i), len(frame.contributions(i))) for i in entries],
        frame.states().tolist(),
    )


def test_steps_of_the_seed_function_in_order() -> None:
    kinds = [type(timeline().event(step)) for step in range(1, len(timeline()) + 1)]
    assert kinds == [PrimalComputed] * 7 + [AdjointSeeded] + [AdjointAccumulated] * 7 + [AdjointCompleted] * 2


def test_forward_values_appear_one_by_one_and_adjoints_only_afterwards() -> None:
    steps = timeline()
    for step in range(steps.forward_end + 1):
        known = [steps.frame(step).primal(i) is not None for i in range(7)]
        assert known == [i < step for i in range(7)]
        assert all(steps.frame(step).adjoint(i) is None for i in range(7))


def test_adjoint_of_w1_grows_by_its_two_contributions() -> None:
    steps = timeline()
    w1 = steps.run.inputs["w1"]
    seen = list(dict.fromkeys(steps.frame(step).adjoint(w1) for step in range(len(steps) + 1)))
    assert seen == [None, 6, 36]
    last = steps.frame(len(steps))
    assert [event.contribution for event in last.contributions(w1)] == [6, 30]
    assert last.expected_contributions(w1) == 2


def test_states_tell_the_progress_of_an_entry() -> None:
    steps = timeline()
    w2 = steps.run.inputs["w2"]
    seen = list(dict.fromkeys(steps.frame(step).state(w2) for step in range(len(steps) + 1)))
    assert seen == [State.PENDING, State.CURRENT, State.COMPUTED, State.ACCUMULATING, State.COMPLETE]


def test_what_the_output_does_not_depend_on_is_unconnected_in_the_reverse_sweep() -> None:
    steps = timeline("unused = x * y\nz = x + 1\nz", x=1.0, y=2.0)
    assert steps.frame(len(steps)).state(steps.run.inputs["y"]) == State.UNCONNECTED
    assert steps.frame(2).state(steps.run.inputs["y"]) == State.CURRENT


def test_the_entry_where_numbers_stop_being_finite_is_marked() -> None:
    steps = timeline("y = log(x)\nz = y + 1\nz", x=-1.0)
    states = steps.frame(steps.forward_end).states()
    assert states[1] == State.FAILED
    assert states[2] != State.FAILED, "only the entry where it began is at fault"


def test_a_failure_is_the_last_step_and_blames_no_entry_that_is_right() -> None:
    steps = timeline("y = x * 2\nz = y @ [1.0, 2.0, 3.0]\nz", x=np.array([1.0, 2.0]))
    assert steps.run.failure is not None
    assert len(steps) == steps.forward_end == 3
    assert steps.frame(3).state(1) == State.COMPUTED and steps.frame(3).current is None


@pytest.fixture(scope="module")
def in_order() -> list[tuple]:
    steps = timeline()
    return [everything(steps.frame(step)) for step in range(len(steps) + 1)]


@given(order=st.permutations(range(18)))
def test_any_order_of_seeking_gives_the_same_frames(order: list[int], in_order: list[tuple]) -> None:
    steps = timeline()
    assert [everything(steps.frame(step)) for step in order] == [in_order[step] for step in order]


def test_a_step_outside_the_timeline_is_refused() -> None:
    with pytest.raises(IndexError, match="step 18 is not one of 0 to 17"):
        timeline().frame(18)


def test_tangent_sweep_of_the_survey() -> None:
    """Baydin et al., table 2: with tangent (1, 0) the derivative is 5.5."""
    run = record(parse("y = log(x1) + x1*x2 - sin(x2)"), {"x1": 2.0, "x2": 5.0})
    steps = Timeline.of(run, {"x1": 1.0, "x2": 0.0})
    assert steps.second_sweep == "tangent"
    assert steps.frame(len(steps)).adjoint(run.target) == pytest.approx(5.5)


def test_a_timeline_cannot_be_changed_but_one_with_a_failure_can_be_made_of_it() -> None:
    steps = timeline()
    with pytest.raises(ValueError, match="read-only"):
        steps.failed_at[0] = 3
    last = len(steps)
    wrong = steps.with_failure(2, last)
    assert wrong.frame(last).state(2) is State.FAILED and wrong.frame(last - 1).state(2) is not State.FAILED
    assert steps.frame(last).state(2) is not State.FAILED
    assert [wrong.event(step) for step in range(1, last + 1)] == [steps.event(step) for step in range(1, last + 1)]
