"""Why a gradient is None: each reason, the entry where the path ends; remembering it keeps nothing alive."""

import weakref
from typing import Any

import numpy as np
import pytest

from core import GradientTape, Variable, constant, floor, stop_gradient
from core.basics.cuts import LIMIT, Cut, Reason
from core.functions import cast, sum


def test_a_connected_source_needs_no_explanation() -> None:
    x = Variable(3.0)
    with GradientTape() as tape:
        y = x * x
    assert tape.explain(y, x).reason is Reason.CONNECTED
    assert tape.gradient(y, x) is not None


def test_the_tape_is_used_up() -> None:
    x = Variable(3.0)
    with GradientTape() as tape:
        y = x * x
    tape.gradient(y, x)
    assert tape.explain(y, x).reason is Reason.USED_UP


@pytest.mark.parametrize("source", [constant(3.0), Variable(3.0, trainable=False)])
def test_a_source_that_nobody_watched(source: Any) -> None:
    w = Variable(2.0)
    with GradientTape(persistent=True) as tape:
        y = source * w
    assert tape.gradient(y, source) is None
    found = tape.explain(y, source)
    assert found.reason is Reason.NOT_WATCHED
    assert "watch" in found.sentence


def test_a_source_watched_only_after_it_was_used() -> None:
    a, w = constant(2.0), Variable(1.0)
    with GradientTape() as tape:
        y = a * w
        tape.watch(a)
    assert tape.explain(y, a).reason is Reason.NOT_WATCHED


def test_watching_variables_was_switched_off() -> None:
    x = Variable(2.0)
    with GradientTape(watch_accessed_variables=False) as tape:
        y = x * x
    assert tape.explain(y, x).reason in (Reason.NOT_WATCHED, Reason.STOPPED)


def test_recording_was_stopped_and_the_entry_where_it_was_is_named() -> None:
    x, w = Variable(3.0), Variable(5.0)
    with GradientTape() as tape:
        z = x * 2
        with tape.stop_recording():
            hidden = z * z
        y = hidden * w
    found = tape.explain(y, x)
    assert (found.reason, found.op, found.index) == (Reason.STOPPED, "mul", z.index)
    assert "`mul`" in found.sentence


def test_a_variable_that_was_read_only_while_recording_was_stopped() -> None:
    x, w = Variable(3.0), Variable(5.0)
    with GradientTape() as tape, tape.stop_recording():
        hidden = x * x
    with tape:
        y = hidden * w
    assert tape.explain(y, x).reason is Reason.STOPPED


def test_an_operation_after_the_block() -> None:
    x = Variable(3.0)
    with GradientTape() as tape:
        y = x * x
    late = y * 2
    assert tape.explain(late + 1, x).reason is Reason.STOPPED


def test_the_target_is_a_constant() -> None:
    x = Variable(3.0)
    with GradientTape() as tape:
        x * x
        y = constant(2.0) * 3
    assert tape.explain(y, x).reason is Reason.CONSTANT


def test_the_source_holds_whole_numbers() -> None:
    x = constant(10)
    with GradientTape() as tape:
        tape.watch(x)
        y = x * 2.5
    assert tape.explain(y, x).reason is Reason.INTEGER


def test_the_path_passes_through_whole_numbers() -> None:
    x = Variable([1.5, 2.5])
    with GradientTape() as tape:
        y = sum(cast(cast(x, "int64"), "float64"))
    found = tape.explain(y, x)
    assert (found.reason, found.op) == (Reason.INTEGER, "cast")


def test_a_comparison_has_no_derivative() -> None:
    x = Variable([1.5, 2.5])
    with GradientTape() as tape:
        y = sum(cast(x > 2.0, "float64"))
    assert (tape.explain(y, x).reason, tape.explain(y, x).op) == (Reason.NO_DERIVATIVE, "gt")


def test_an_op_without_derivative() -> None:
    x = Variable(1.5)
    with GradientTape() as tape:
        y = floor(x) * 2
    assert (tape.explain(y, x).reason, tape.explain(y, x).op) == (Reason.NO_DERIVATIVE, "floor")


def test_stop_gradient_on_one_of_two_paths() -> None:
    x, y = Variable(2.0), Variable(3.0)
    with GradientTape() as tape:
        z = x**2 + stop_gradient(y**2)
    assert tape.explain(z, x).reason is Reason.CONNECTED
    assert tape.explain(z, y).reason is Reason.STOP_GRADIENT


@pytest.mark.parametrize(
    "leave",
    [lambda x: x.numpy(), lambda x: float(x), lambda x: np.float64(x.item()) + 0.0],
    ids=["numpy", "float", "item"],
)
def test_the_value_left_through_numpy(leave: Any) -> None:
    x, w = Variable(3.0), Variable(2.0)
    with GradientTape() as tape:
        z = x * 4
        y = constant(leave(z)) * w
    found = tape.explain(y, x)
    assert (found.reason, found.index) == (Reason.DETACHED, z.index)


def test_a_variable_that_was_replaced_by_a_tensor() -> None:
    x: Any = Variable(2.0)
    for reason in (Reason.CONNECTED, Reason.REPLACED):
        with GradientTape() as tape:
            y = x + 1
        assert tape.explain(y, x).reason is reason
        x = x + 1


def test_what_is_assigned_to_a_variable_is_not_differentiated() -> None:
    x, state = Variable(3.0), Variable(0.0)
    with GradientTape() as tape:
        doubled = 2 * x
        state.assign_add(doubled)
        y = state**2
    assert tape.explain(y, state).reason is Reason.CONNECTED
    assert tape.explain(y, x).reason is Reason.ASSIGNED


def test_two_values_that_have_nothing_to_do_with_each_other() -> None:
    x, y = Variable(2.0), Variable(3.0)
    with GradientTape() as tape:
        other = x * x
        z = y * y
    assert tape.explain(z, x).reason is Reason.NO_PATH
    assert tape.explain(z, other).reason is Reason.NO_PATH


def test_explaining_takes_tensors_only() -> None:
    with GradientTape() as tape:
        y = Variable(1.0) * 2
    with pytest.raises(TypeError):
        tape.explain(y, 3.0)


def test_remembering_a_break_keeps_no_tape_alive() -> None:
    x = Variable(np.ones(3))
    with GradientTape() as tape:
        y = x * x
    late = y * 2
    assert isinstance(late.tape, Cut)
    record = weakref.ref(tape.tape)
    x.assign(np.zeros(3))
    del tape, y
    assert record() is None


def test_a_long_computation_outside_the_tape_remembers_few_causes() -> None:
    sources = [Variable(float(n)) for n in range(50)]
    total = sources[0] * 1.0
    for source in sources:
        total = total + source
    assert len(total.tape.causes) == LIMIT
