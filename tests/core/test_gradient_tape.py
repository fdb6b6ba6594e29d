"""GradientTape's rules: what is watched, when it records, what it returns, and that it lets go of what it kept."""

import gc
import math
import weakref
from typing import Any

import numpy as np
import pytest

from core import GradientTape, Tensor, Variable, constant, cos, exp, sin, tanh
from core.functions import matmul, square, stack, sum
from core.structure import map_structure


def value(result: Any) -> Any:
    """Tensors as plain numbers and lists, None as None."""
    return map_structure(lambda one: None if one is None else np.asarray(one.primal).tolist(), result)


def product(x: Any, y: Any) -> Any:
    return 3 * x**2 + 2 * x * y


# -- what is watched ---------------------------------------------------------------------------------------------


def test_trainable_variables_are_watched_on_first_read_and_nothing_else() -> None:
    x, fixed, free = Variable(3.0), Variable(3.0, trainable=False), constant(3.0)
    with GradientTape() as tape:
        y = x**2 + fixed**2 + free**2
    assert value(tape.gradient(y, [x, fixed, free])) == [6.0, None, None]


def test_without_watch_accessed_variables_only_what_is_watched_counts() -> None:
    x, y = Variable(2.0), Variable(5.0)
    with GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(y)
        z = x * y
    assert value(tape.gradient(z, [x, y])) == [None, 2.0]


def test_an_untrainable_variable_can_be_watched() -> None:
    x = Variable(2.0, trainable=False)
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x
    assert value(tape.gradient(y, x)) == 4.0


def test_watching_starts_when_it_is_said() -> None:
    """A use before `watch` must not count: 2*a*a recorded nothing, 3*a did."""
    a = constant(2.0)
    with GradientTape() as tape:
        before = 2 * a * a
        tape.watch(a)
        after = before + 3 * a
    assert value(tape.gradient(after, a)) == 3.0


def test_an_intermediate_value_can_be_watched() -> None:
    x = constant(3.0)
    with GradientTape() as tape:
        y = x * x
        tape.watch(y)
        z = y * y
    assert value(tape.gradient(z, [x, y])) == [None, 18.0]


def test_structures_can_be_watched() -> None:
    a, b = constant(2.0), constant(3.0)
    with GradientTape() as tape:
        tape.watch({"a": a, "more": [b]})
        y = a * b
    assert value(tape.gradient(y, [a, b])) == [3.0, 2.0]


def test_watching_before_the_block_is_as_good() -> None:
    x, tape = constant(3.0), GradientTape()
    tape.watch(x)
    with tape:
        y = x * x
    assert value(tape.gradient(y, x)) == 6.0


@pytest.mark.parametrize("thing", [1.0, None, "x", np.array(1.0)])
def test_what_is_not_a_tensor_cannot_be_watched(thing: Any) -> None:
    with GradientTape() as tape, pytest.raises(ValueError, match=type(thing).__name__):
        tape.watch(thing)


def test_watched_variables_come_in_the_order_in_which_they_were_made() -> None:
    a, b, _ = Variable(1.0, name="a"), Variable(2.0, name="b"), Variable(3.0, name="unused")
    with GradientTape() as tape:
        b * a
    assert [variable.name for variable in tape.watched_variables()] == ["a", "b"]


def test_watched_variables_are_known_after_the_tape_was_used() -> None:
    a = Variable(1.0, name="a")
    with GradientTape() as tape:
        y = a * a
    tape.gradient(y, a)
    assert [variable.name for variable in tape.watched_variables()] == ["a"]


# -- when it records ---------------------------------------------------------------------------------------------


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


# -- what it returns ---------------------------------------------------------------------------------------------


def test_the_answer_has_the_structure_of_the_sources() -> None:
    a, b = Variable(2.0), Variable(3.0)
    with GradientTape(persistent=True) as tape:
        y = product(a, b)
    found = tape.gradient(y, {"z": a, "a": (b, [a])})
    assert list(found) == ["z", "a"]
    assert value(found) == {"z": 18.0, "a": (4.0, [18.0])}
    assert tape.gradient(y, []) == []


def test_several_and_non_scalar_targets_are_summed() -> None:
    x = Variable(2.0)
    with GradientTape(persistent=True) as tape:
        pair = {"square": x**2, "inverse": 1 / x}
        vector = x * np.array([3.0, 4.0])
    assert value([tape.gradient(pair, x), tape.gradient(vector, x)]) == [3.75, 7.0]
    assert tape.gradient([], x) is None


def test_output_gradients_weight_the_targets() -> None:
    x = Variable([1.0, 2.0, 3.0])
    with GradientTape(persistent=True) as tape:
        y, z = x * x, 5 * x
    assert value(tape.gradient(y, x, output_gradients=constant([1.0, 0.0, 10.0]))) == [2.0, 0.0, 60.0]
    assert value(tape.gradient(y, x, output_gradients=2.0)) == [4.0, 8.0, 12.0]
    assert value(tape.gradient([y, z], x, output_gradients=[0.0, constant([1.0, 2.0, 3.0])])) == [5.0, 10.0, 15.0]


@pytest.mark.parametrize(
    ("count", "weights", "words"),
    [(1, [None], "None"), (3, [1.0, 2.0], "3 targets but 2"), (1, [np.ones(3)], r"\(3,\).*\(2,\)")],
)
def test_output_gradients_that_do_not_fit_are_refused(count: int, weights: Any, words: str) -> None:
    x = Variable([1.0, 2.0])
    with GradientTape() as tape:
        y = [x * x] * count
    with pytest.raises(ValueError, match=words):
        tape.gradient(y, x, output_gradients=weights)


def test_unconnected_sources_give_none_or_zeros() -> None:
    x, y, whole = Variable([1.0, 2.0]), Variable(3.0), constant([1, 2])
    with GradientTape(persistent=True) as tape:
        z = y * 2
    assert value(tape.gradient(z, [x, y, whole])) == [None, 2.0, None]
    assert value(tape.gradient(z, [x, y, whole], unconnected_gradients="zero")) == [[0.0, 0.0], 2.0, [0, 0]]
    with pytest.raises(ValueError, match="nonsense"):
        tape.gradient(z, x, unconnected_gradients="nonsense")


def test_a_target_that_is_the_source_has_gradient_one() -> None:
    watched, unwatched, other = constant(3.0), constant(4.0), Variable(2.0)
    with GradientTape(persistent=True) as tape:
        tape.watch(watched)
        watched * other
    assert value([tape.gradient(watched, watched), tape.gradient(unwatched, unwatched)]) == [1.0, 1.0]
    assert tape.gradient(watched, other) is None


def test_a_repeated_source_gets_its_gradient_twice() -> None:
    x = Variable(3.0)
    with GradientTape() as tape:
        y = 2 * x
    assert value(tape.gradient(y, [x, x])) == [2.0, 2.0]


def test_integers_have_no_gradient() -> None:
    x = constant(10)
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x
    assert tape.gradient(y, x) is None


@pytest.mark.parametrize("target", [None, 6.0, np.float64(6.0)])
def test_a_target_must_be_a_tensor_and_a_refused_question_does_not_use_the_tape_up(target: Any) -> None:
    x = Variable(3.0)
    with GradientTape() as tape:
        y = x * x
    with pytest.raises(TypeError, match="target"):
        tape.gradient(target, x)
    with pytest.raises(TypeError, match="respect"):
        tape.gradient(y, [x, None])
    assert value(tape.gradient(y, x)) == 6.0


def test_gradients_keep_the_precision_of_their_source() -> None:
    single, double = Variable(np.float32(3.0)), Variable([1.0, 2.0])
    with GradientTape() as tape:
        y = sum(tanh(single) * double)
    to_single, to_double = tape.gradient(y, [single, double])
    assert (to_single.dtype, to_double.dtype) == (np.float32, np.float64)


# -- once or often -----------------------------------------------------------------------------------------------


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


# -- nested ------------------------------------------------------------------------------------------------------


def test_each_of_two_tapes_watches_for_itself() -> None:
    x, y = constant(0.0), constant(1.0)
    with GradientTape() as first, GradientTape() as second:
        first.watch(x)
        second.watch(y)
        z = sin(x) + y * y
    assert value([first.gradient(z, [x, y]), second.gradient(z, [x, y])]) == [[1.0, None], [None, 2.0]]


def test_the_hessian_of_the_published_function() -> None:
    x, y = Variable(5.0), Variable(3.0)
    with GradientTape(persistent=True) as outer:
        with GradientTape() as inner:
            z = product(x, y)
        slopes = inner.gradient(z, [x, y])
    assert value(slopes) == [36.0, 10.0]
    assert value([outer.gradient(slope, [x, y]) for slope in slopes]) == [[6.0, 2.0], [2.0, None]]


def test_a_gradient_taken_after_the_outer_block_is_not_recorded_there() -> None:
    x = Variable(2.0)
    with GradientTape() as outer, GradientTape() as inner:
        y = x**3
    slope = inner.gradient(y, x)
    assert (value(slope), outer.gradient(slope, x)) == (12.0, None)


def test_the_outer_of_two_tapes_may_be_asked_first() -> None:
    """The inner one, still recording, must record the outer one's sweep: d2(x**3) = 6x."""
    x = Variable(2.0)
    with GradientTape() as inner:
        with GradientTape() as outer:
            y = x**3
        slope = outer.gradient(y, x)
    assert value(inner.gradient(slope, x)) == 12.0
    with GradientTape() as first, GradientTape() as second:
        y = x**3
        slope = first.gradient(y, x)
    assert value(second.gradient(slope, x)) == 12.0


def test_values_made_under_a_used_up_inner_tape_stay_on_the_outer_one() -> None:
    x = Variable(2.0)
    with GradientTape() as outer:
        with GradientTape() as inner:
            y = x * x
        inner.gradient(y, x)
        z = y * 3
    assert value(outer.gradient(z, x)) == 12.0


def test_deleting_a_persistent_inner_tape_does_not_tear_the_outer_one() -> None:
    x = constant(2.0)
    with GradientTape() as outer:
        outer.watch(x)
        y = x * x
        with GradientTape(persistent=True) as inner:
            inner.watch(y)
            y * y
        del inner
        z = y * 3 + x
    assert value(outer.gradient(z, x)) == 13.0


def nth(function: Any, x: Tensor, order: int) -> Any:
    """The derivative of that order, by as many tapes inside each other."""
    if order == 0:
        return function(x)
    with GradientTape() as tape:
        tape.watch(x)
        y = nth(function, x, order - 1)
    return tape.gradient(y, x)


def test_the_fifth_derivative_of_exp_sin() -> None:
    """By hand, with s = sin x and c = cos x: each differentiation turns s to c, c to -s and multiplies e^s by c."""
    x = 0.7
    s, c = math.sin(x), math.cos(x)
    expected = math.exp(s) * c * (c**4 - 10 * c**2 * s - 10 * c**2 + 15 * s**2 + 15 * s + 1)
    assert float(nth(lambda t: exp(sin(t)), constant(x), 5)) == pytest.approx(expected, rel=1e-12)


def test_all_derivatives_of_a_power_are_exact() -> None:
    """x**10 at 3: 10!/(10-n)! * 3**(10-n); the eleventh is 0."""
    for order in range(11):
        expected = math.perm(10, order) * 3.0 ** (10 - order)
        assert float(nth(lambda t: t**10, constant(3.0), order)) == expected
    assert float(nth(lambda t: t**10, constant(3.0), 11)) == 0.0


def test_the_second_derivative_of_something_linear_is_none() -> None:
    assert nth(lambda t: 3 * t + 1, constant(2.0), 2) is None


def test_a_hessian_vector_product() -> None:
    """f = sum x**3 + x0 x2, so H v = 6 x v + (v2, 0, v0)."""
    x, v = Variable([1.0, 2.0, 3.0]), constant([1.0, 0.0, -1.0])
    with GradientTape() as outer:
        with GradientTape() as inner:
            y = sum(x**3) + x[0] * x[2]
        directional = sum(inner.gradient(y, x) * v)
    assert value(outer.gradient(directional, x)) == [5.0, 0.0, -17.0]


# -- jacobians ---------------------------------------------------------------------------------------------------


def test_the_jacobian_has_the_shape_of_target_and_source() -> None:
    x, a = Variable([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 3.0]])
    with GradientTape() as tape:
        y = matmul(x, a)
    found = tape.jacobian(y, {"x": x})["x"]
    assert found.shape == (2, 3, 2, 2)
    expected = np.einsum("ik,lj->ijkl", np.eye(2), a)
    np.testing.assert_array_equal(found.numpy(), expected)


def test_jacobians_of_scalars_and_of_what_is_not_connected() -> None:
    x, other = Variable([1.0, 2.0]), Variable([[1.0], [2.0]])
    with GradientTape(persistent=True) as tape:
        y, total = x * x, sum(x * x)
    assert value(tape.jacobian(total, x)) == [2.0, 4.0]
    assert tape.jacobian(y, other) is None
    assert tape.jacobian(y, other, unconnected_gradients="zero").shape == (2, 2, 1)
    assert value(tape.jacobian(x, x)) == [[1.0, 0.0], [0.0, 1.0]]
    with pytest.raises(TypeError, match="list"):
        tape.jacobian([y, y], x)


def test_the_jacobian_of_a_gradient_is_the_hessian() -> None:
    x = Variable([1.0, 2.0])
    with GradientTape() as outer:
        with GradientTape() as inner:
            y = x[0] ** 2 * x[1] ** 3
        slope = inner.gradient(y, x)
    assert value(outer.jacobian(slope, x)) == [[16.0, 24.0], [24.0, 12.0]]


def test_a_jacobian_inside_an_outer_tape_can_be_differentiated() -> None:
    """The sum of squares of the jacobian of w*x**2 is 4 w**2 sum x**2, whose slope in w is 8 w sum x**2."""
    w, x = Variable(3.0), constant([1.0, 2.0])
    with GradientTape() as outer:
        with GradientTape(watch_accessed_variables=False) as inner:
            inner.watch(x)
            y = w * square(x)
        penalty = sum(square(inner.jacobian(y, x)))
    assert value(outer.gradient(penalty, w)) == 8 * 3.0 * 5.0


def test_batch_jacobian_is_the_diagonal_of_the_jacobian() -> None:
    x, w = constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.arange(6.0).reshape(3, 2) / 10
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = tanh(matmul(x, w))
    full, rows = tape.jacobian(y, x).numpy(), tape.batch_jacobian(y, x).numpy()
    np.testing.assert_allclose(rows, np.einsum("bibj->bij", full), rtol=1e-12)


def test_batch_jacobian_of_what_is_not_connected_is_zeros() -> None:
    x, other = Variable([[1.0, 2.0], [3.0, 4.0]]), Variable(np.ones((2, 3)))
    with GradientTape() as tape:
        y = x * x
    assert value(tape.batch_jacobian(y, other)) == np.zeros((2, 2, 3)).tolist()


def test_batch_jacobian_names_both_shapes_when_they_do_not_fit() -> None:
    x = Variable([[1.0, 2.0], [3.0, 4.0]])
    with GradientTape(persistent=True) as tape:
        flat, doubled = sum(x, 1), stack([x[0], x[1], x[0]])
    with pytest.raises(ValueError, match=r"two axes.*\(2,\)"):
        tape.batch_jacobian(flat, x)
    with pytest.raises(ValueError, match=r"\(3, 2\).*\(2, 2\)"):
        tape.batch_jacobian(doubled, x)


# -- memory ------------------------------------------------------------------------------------------------------


def test_a_used_up_tape_has_freed_its_records() -> None:
    x = Variable(np.ones(10))
    with GradientTape() as tape:
        y = sum(cos(x))
    record = tape.tape
    tape.gradient(y, x)
    assert len(record) == 0


def test_a_training_loop_keeps_no_tape_and_no_array_alive() -> None:
    """Every tape of 1000 steps must be gone when its step is over, without the garbage collector's help."""
    w, x = Variable(np.full(3, 0.5)), constant([1.0, 2.0, 3.0])
    tapes: list[Any] = []
    gc.collect()
    gc.disable()
    try:
        for step in range(1000):
            with GradientTape(persistent=step % 2 == 0) as tape:
                tape.watch(x)
                loss = sum(square(w * x - 1.0))
            w.assign_sub(0.01 * tape.gradient(loss, w).primal)
            tapes.append(weakref.ref(tape.tape))
            del tape, loss
        assert len([1 for record in tapes if record() is not None]) <= 1
    finally:
        gc.enable()


def test_nested_tapes_in_a_loop_do_not_grow_what_an_outer_tape_knows() -> None:
    w = Variable(2.0)
    with GradientTape(persistent=True) as outer:
        w * w
        before = len(outer.tape.elsewhere.get(0, []))
        for _ in range(50):
            with outer.stop_recording(), GradientTape() as inner:
                y = w * w
            inner.gradient(y, w)
        w * w
    assert len(outer.tape.elsewhere.get(0, [])) <= before + 2


# -- complex and empty tensors -----------------------------------------------------------------------------------


def test_derivatives_with_respect_to_complex_numbers_are_refused() -> None:
    """They would be right only up to conjugation, which nobody could see."""
    z = constant(np.array([1 + 2j]))
    with GradientTape() as tape, pytest.raises(TypeError, match="real numbers, not complex128"):
        tape.watch(z)
    z = Variable(np.array([1 + 2j]))
    with GradientTape() as tape:
        y = z * z
    with pytest.raises(TypeError, match="real numbers, not complex128"):
        tape.gradient(y, z)


def test_empty_targets_and_sources_have_empty_jacobians() -> None:
    none, three, free = constant(np.zeros(0)), constant(np.ones(3)), constant(np.ones(2))
    with GradientTape(persistent=True) as tape:
        tape.watch([none, three, free])
        y, z = none * 2, (three * 2)[:0]
        total = three * 2 + sum(none)
    assert tape.jacobian(y, none).shape == (0, 0)
    assert tape.jacobian(z, three).shape == (0, 3)
    assert tape.jacobian(z, free) is None
    assert tape.jacobian(total, none).shape == (3, 0)
