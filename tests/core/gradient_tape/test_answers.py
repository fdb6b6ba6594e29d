"""What `gradient` returns: structures, weights, None and zeros."""

from typing import Any

import numpy as np
import pytest

from core import GradientTape, Variable, constant, tanh
from core.functions import sum
from tests.answers import product, value


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
