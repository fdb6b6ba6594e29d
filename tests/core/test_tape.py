"""The tape: what is recorded, how entries read, and what is kept or freed."""

import sys

import numpy as np
import pytest

import core
from core import GradientTape, Tensor, Variable
from core.tape import Constant, Provenance, Tape, recorders
from core.tensor import place_on


def watched(tape: Tape, value: float, name: str) -> Tensor:
    tensor = Tensor(value)
    place_on(tensor, tape, tape.add_input(tensor, tensor.primal))
    tape.names[tensor.index] = name
    return tensor


def test_entries_read_as_the_operations_that_were_done() -> None:
    with GradientTape() as tape:
        x = Variable(5.0)
        y = 2 * x + 1
    first, second, third = tape.tape
    assert (first.op.name, first.operands, first.primal) == ("input", (), 5.0)
    assert (second.op.name, second.operands, second.primal) == ("mul", (Constant(2.0), 0), 10.0)
    assert (third.op.name, third.operands, third.primal) == ("add", (1, Constant(1.0)), 11.0)
    assert y.index == third.index


def test_labels_count_operations_not_inputs() -> None:
    x = Variable(1.0)
    with GradientTape() as recorder:
        y = x + 1
        recorder.watch(unrelated := Tensor(2.0))
        z = y * unrelated
    tape = recorder.tape
    tape.name(x, "x")
    tape.name(z, "z")
    assert [entry.label for entry in tape] == ["x", "v1", "x2", "z"]


def test_a_name_is_given_once() -> None:
    """Otherwise `z = y` would rename the entry that `y` stands for."""
    with GradientTape() as recorder:
        y = Variable(1.0) * 2
    recorder.tape.name(y, "y")
    recorder.tape.name(y, "z")
    assert recorder.tape.label(y.index) == "y"


def test_marks_cover_all_entries_since_the_last_mark() -> None:
    with GradientTape() as recorder:
        x = Variable(1.0)
        y = x + 1
        recorder.tape.mark(Provenance("first"))
        y * y
        recorder.tape.mark(Provenance("second"))
    assert [entry.span for entry in recorder.tape] == ["first", "first", "second"]


def test_constants_alone_are_not_recorded() -> None:
    with GradientTape() as recorder:
        core.constant(2.0) * core.constant(3.0)
    assert len(recorder.tape) == 0


def test_a_change_of_an_array_after_recording_changes_no_record() -> None:
    weights = np.array([1.0, 2.0])
    x = Variable([1.0, 1.0])
    with GradientTape() as tape:
        y = (x * weights).sum()
    weights[:] = 100
    assert tape.gradient(y, x).numpy().tolist() == [1.0, 2.0]


def test_operations_of_two_nested_tapes_stand_on_both() -> None:
    x = Variable(3.0)
    with GradientTape() as outer, GradientTape() as inner:
        y = x * x
    assert len(outer.tape) == len(inner.tape) == 2
    assert outer.tape.index_of(y) == inner.tape.index_of(y) == 1


def test_nothing_records_after_the_block() -> None:
    x = Variable(3.0)
    with GradientTape() as recorder:
        y = x * x
    y * 2
    assert len(recorder.tape) == 2
    assert recorders() == ()


def test_a_used_up_tape_has_freed_its_records() -> None:
    x = Variable(3.0)
    with GradientTape() as recorder:
        y = x * x
    recorder.gradient(y, x)
    assert len(recorder.tape) == 0
    with pytest.raises(RuntimeError, match="non-persistent"):
        recorder.gradient(y, x)


def test_a_missing_entry_is_named() -> None:
    with pytest.raises(IndexError, match="0 entries, there is no entry 3"):
        Tape()[3]


def test_a_recorded_scalar_operation_costs_at_most_130_bytes() -> None:
    """Long loops stay possible on a small machine: the tape keeps columns, not objects."""
    tape = Tape()
    x = watched(tape, 0.5, "x")
    token = core.tape.set_recorders((tape,))
    y = x
    for _ in range(10_000):
        y = y * 1.0001 + 0.5
    core.tape.set_recorders(token)
    columns = (tape.ops, tape.first, tape.second, tape.primals)
    own = sum(sys.getsizeof(column) for column in columns)
    numbers = sum(sys.getsizeof(primal) + sys.getsizeof(index) for index, primal in enumerate(tape.primals))
    assert (own + numbers) / len(tape) <= 130


@pytest.mark.parametrize(
    ("compute", "value", "slope"),
    [
        (lambda x: 1 / x, np.inf, -np.inf),
        (lambda x: core.log(x), -np.inf, np.inf),
        (lambda x: core.sqrt(x - 1), np.nan, np.nan),
        (lambda x: core.exp(x + 1000), np.inf, np.inf),
        (lambda x: (x - 2) ** 0.5, np.nan, np.nan),
        (lambda x: x**-1, np.inf, -np.inf),
    ],
)
def test_outside_the_domain_numbers_turn_inf_or_nan_without_an_exception(compute, value, slope) -> None:
    x = Variable(0.0)
    with GradientTape() as tape:
        y = compute(x)
    assert float(y) == pytest.approx(value, nan_ok=True)
    assert float(tape.gradient(y, x)) == pytest.approx(slope, nan_ok=True)


def test_what_is_cut_off_the_end_is_forgotten_everywhere() -> None:
    """An index beyond the end would name another entry as soon as the tape grows again."""
    tape, x = Tape(), Variable(2.0)
    before = core.tape.set_recorders((tape,))
    y = x * x
    length = len(tape)
    x.assign(3.0)
    late = Variable(5.0)
    z = y * x * late
    core.tape.note_asked(z, [late])
    tape.elsewhere[tape.index_of(z)] = []
    tape.name(z, "z")
    assert tape.label(len(tape) - 1) == "z"
    core.tape.set_recorders(before)
    tape.truncate(length)
    assert tape.indices_of_source(x) == [0] and id(late) not in tape.sources
    assert (tape.notes.asked, tape.notes.refused, tape.elsewhere, tape.names) == ([], set(), {}, {})


def test_whole_numbers_overflow_and_divide_by_zero_as_floats_do() -> None:
    one, zero, x = core.constant(1), core.constant(0), core.constant(2.0)
    assert [float(y) for y in (one / 0, -one / zero, x * 10**400, -(10**400) + x)] == [np.inf, -np.inf, np.inf, -np.inf]
    assert np.isnan(float(zero / 0))
    assert core.grad(lambda x: x * 10**400)(2.0) == np.inf
    assert core.grad(lambda x: 10**400 - x)(2.0) == -1.0
