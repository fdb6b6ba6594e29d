"""The sweeps: all ways to the same derivative agree on random programs, and the events tell the whole story."""

import numpy as np
import pytest
from hypothesis import given, settings

from core import GradientTape, constant, functions
from core.checking.differences import finite_difference
from core.events import AdjointAccumulated, AdjointCompleted, AdjointSeeded, TangentComputed
from core.sweeps import reverse, tangents, tangents_of_many
from core.tape import Tape, set_recorders
from core.tensor import Tensor, place_on
from tests import naive
from tests.strategies import programs

ROUNDS = settings(max_examples=60, deadline=None)
EITHER = programs() | programs(arrays=True)


def recorded(program, *arguments):
    """The program on a fresh tape: the tape, the indices of the inputs, and the index of the value or None."""
    tape = Tape()
    inputs = [Tensor(argument) for argument in arguments or program.arguments]
    for tensor in inputs:
        place_on(tensor, tape, tape.add_input(tensor, tensor.primal))
    before = set_recorders((tape,))
    try:
        value = program(*inputs)
    finally:
        set_recorders(before)
    return tape, [tensor.index for tensor in inputs], value if isinstance(value, Tensor) else Tensor(value)


def seed_for(value):
    return np.ones(value.shape) if value.shape else 1.0


def gradients(tape, inputs, adjoints):
    found = [(adjoints[index], tape.primals[index]) for index in inputs]
    return [np.zeros(np.shape(primal)) if adjoint is None else adjoint for adjoint, primal in found]


@ROUNDS
@given(EITHER)
def test_reverse_sweep_equals_the_naive_engine(program):
    tape, inputs, value = recorded(program)
    found = gradients(tape, inputs, reverse(tape, {value.index: seed_for(value)}))
    for one, other in zip(found, naive.gradients(program, program.arguments), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-8, atol=1e-9)


@ROUNDS
@given(EITHER)
def test_reverse_sweep_equals_central_differences(program):
    tape, inputs, value = recorded(program)
    found = gradients(tape, inputs, reverse(tape, {value.index: seed_for(value)}))
    differences = finite_difference(lambda *x: np.sum(program(*x)), program.arguments, 1e-6)
    for one, other in zip(found, differences, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5 * max(1, np.max(np.abs(value.primal))))


@ROUNDS
@given(EITHER)
def test_tangent_sweep_is_the_transpose_of_the_reverse_sweep(program):
    tape, inputs, value = recorded(program)
    random = np.random.default_rng(0)
    points = zip(inputs, program.arguments, strict=True)
    seeds = {i: random.normal(size=np.shape(x)) if np.shape(x) else float(i + 1) for i, x in points}
    tangent = tangents(tape, seeds)[value.index]
    assert np.shape(tangent) == value.shape
    weights = random.normal(size=value.shape) if value.shape else 1.5
    adjoints = reverse(tape, {value.index: weights})
    pulled = gradients(tape, inputs, adjoints)
    backward = sum(np.sum(adjoint * seeds[index]) for index, adjoint in zip(inputs, pulled, strict=True))
    scale = sum(np.sum(np.abs(adjoint * seeds[index])) for index, adjoint in zip(inputs, pulled, strict=True))
    np.testing.assert_allclose(np.sum(weights * tangent), backward, rtol=1e-9, atol=1e-9 * (1 + scale))


@ROUNDS
@given(EITHER)
def test_the_sweep_with_events_gives_the_same_bits_as_the_sweep_without(program):
    """The gradient that the library returns and the animation that the app shows are one computation."""
    tape, _, value = recorded(program)
    events = []
    quiet = reverse(tape, {value.index: seed_for(value)})
    told = reverse(tape, {value.index: seed_for(value)}, events.append)
    for one, other in zip(quiet, told, strict=True):
        assert (one is None) == (other is None)
        if one is not None:
            np.testing.assert_array_equal(one, other, strict=True)


@ROUNDS
@given(EITHER)
def test_contributions_add_up_to_the_adjoint(program):
    tape, _, value = recorded(program)
    events = []
    adjoints = reverse(tape, {value.index: seed_for(value)}, events.append)
    so_far = {}
    completed = []
    for event in events:
        if isinstance(event, AdjointSeeded):
            so_far[event.index] = event.value
        elif isinstance(event, AdjointAccumulated):
            assert event.index < event.source and event.source in completed and event.index not in completed
            assert tape.operands(event.source)[event.slot] == event.index
            before = so_far.get(event.index)
            np.testing.assert_array_equal(event.before, before)
            so_far[event.index] = event.contribution if before is None else before + event.contribution
            np.testing.assert_array_equal(event.after, so_far[event.index])
        elif isinstance(event, AdjointCompleted):
            np.testing.assert_array_equal(event.value, so_far[event.index])
            completed.append(event.index)
    assert completed == sorted(completed, reverse=True)
    for index, adjoint in enumerate(adjoints):
        if adjoint is None:
            assert index not in so_far
        else:
            np.testing.assert_array_equal(adjoint, so_far[index])


@ROUNDS
@given(EITHER)
def test_tangent_events_tell_the_terms_of_each_tangent(program):
    tape, inputs, _ = recorded(program)
    seeds = {index: seed_for(Tensor(argument)) for index, argument in zip(inputs, program.arguments, strict=True)}
    events = []
    told = tangents(tape, seeds, events.append)
    quiet = tangents(tape, seeds)
    for one, other in zip(told, quiet, strict=True):
        assert (one is None) == (other is None)
        if one is not None:
            np.testing.assert_array_equal(one, other)
    for event in events:
        if isinstance(event, TangentComputed):
            total = sum(term for _, _, term in event.terms[1:]) + event.terms[0][2]
            np.testing.assert_allclose(event.value, total, rtol=1e-15)


@ROUNDS
@given(EITHER)
def test_several_directions_at_once_are_the_same_as_one_by_one(program):
    tape, inputs, value = recorded(program)
    random = np.random.default_rng(0)
    seeds = {i: random.normal(size=(3, *np.shape(x))) for i, x in zip(inputs, program.arguments, strict=True)}
    together = tangents_of_many(tape, seeds)[value.index]
    for turn in range(3):
        one = {index: seed[turn] if seed.ndim > 1 else float(seed[turn]) for index, seed in seeds.items()}
        np.testing.assert_allclose(together[turn], tangents(tape, one)[value.index], rtol=1e-12, atol=1e-12)


@ROUNDS
@given(EITHER)
def test_a_recorded_sweep_has_the_values_of_a_plain_one(program):
    tape, _, value = recorded(program)
    plain = reverse(tape, {value.index: seed_for(value)})
    with GradientTape():
        tracked = reverse(tape, {value.index: seed_for(value)}, recorded=True)
    for one, other in zip(plain, tracked, strict=True):
        if one is not None:
            np.testing.assert_allclose(functions.plain(other), one, rtol=1e-13, atol=1e-13)


def chain(x, count):
    for _ in range(count):
        x = x + x
    return x


def test_shared_values_are_swept_once_not_once_per_path():
    tape, (x,), value = recorded(lambda x: chain(x, 60), 1.0)
    assert reverse(tape, {value.index: 1.0})[x] == 2.0**60
    assert tangents(tape, {x: 1.0})[value.index] == 2.0**60


def test_long_chains_need_no_recursion():
    def waves(x):
        for _ in range(5000):
            x = np.sin(x) + 0.5 * x
        return x

    tape, (x,), value = recorded(waves, 0.3)
    assert len(tape) == 15001
    assert reverse(tape, {value.index: 1.0})[x] == pytest.approx(tangents(tape, {x: 1.0})[value.index], rel=1e-9)


def test_an_operand_used_twice_contributes_twice():
    tape, (x,), value = recorded(lambda x: x * x, 3.0)
    events = []
    assert reverse(tape, {value.index: 1.0}, events.append)[x] == 6.0
    assert [(e.slot, e.contribution) for e in events if isinstance(e, AdjointAccumulated)] == [(0, 3.0), (1, 3.0)]


def test_steps_stop_derivatives_on_floats_as_on_arrays():
    """A rounded number is not recorded, so that its gradient is missing and not zero."""
    for point in (1.4, np.array([1.4, 2.6])):
        x = constant(point)
        with GradientTape(persistent=True) as tape:
            tape.watch(x)
            rounded, product = np.floor(x), x * np.floor(x)
        assert tape.gradient(rounded, x) is None
        np.testing.assert_array_equal(tape.gradient(product, x).numpy(), np.floor(point))


def test_outside_the_domain_sweeps_give_inf_and_nan_instead_of_raising():
    for function in (lambda x: 1 / x, np.log, np.sqrt, lambda x: np.arcsin(x + 1), lambda x: x**-2.0, np.arctanh):
        for point in (0.0, -2.0, float("inf"), float("nan")):
            tape, (x,), value = recorded(function, point)
            on_float = reverse(tape, {value.index: 1.0})[x]
            with np.errstate(all="ignore"):
                tape, (x,), value = recorded(function, np.array([point]))
            on_array = reverse(tape, {value.index: np.ones(1)})[x]
            np.testing.assert_array_equal(on_float, on_array[0])
            tangent = tangents_of_many(tape, {x: np.ones((1, 1))})[value.index][0]
            np.testing.assert_array_equal(tangent, on_array)


def test_an_entry_whose_formula_raises_is_pulled_back_alone_amid_the_others():
    """Else one division by zero would spoil or lose what flows through its neighbours."""

    def program(x, y):
        return 2.0 * y * np.sqrt(x) + np.sin(y) * x + np.arcsin(x + 1.0)

    tape, inputs, value = recorded(program, 0.0, 3.0)
    adjoints = reverse(tape, {value.index: 1.0})
    assert tape.scalar
    assert adjoints == reverse(tape, {value.index: 1.0}, lambda event: None)
    assert [adjoints[index] for index in inputs] == [float("inf"), 0.0]


def test_adjoints_take_the_precision_of_their_operands():
    single, double = constant(np.ones(2, np.float32)), constant(np.ones(2))
    with GradientTape() as tape:
        tape.watch([single, double])
        product = single * double
    slopes = tape.gradient(product, [single, double])
    assert [slope.dtype for slope in slopes] == [np.float32, np.float64]
