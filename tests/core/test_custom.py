"""Functions with their own gradient: what the gradient function is given, how often, and what it must return."""

from typing import Any

import numpy as np
import pytest

from core import GradientTape, Variable, constant, custom_gradient, exp, grad, log, stop_gradient, sum
from core.codegen import tape_source
from core.replay import record_function
from core.sweeps import tangents


def number(result: Any) -> Any:
    return None if result is None else np.asarray(result.primal).tolist()


def test_the_given_gradient_replaces_the_computed_one() -> None:
    """The softplus that does not overflow: log(1 + exp(1000)) is inf, its stated slope 1."""

    @custom_gradient
    def softplus(z: Any) -> Any:
        e = exp(z)
        return log(1 + e), lambda g: g / (1 + 1 / e)

    x = Variable([1000.0, 0.0])
    with GradientTape() as tape:
        y = softplus(x)
    assert number(y) == [np.inf, np.log(2.0)]
    assert number(tape.gradient(y, x)) == [1.0, 0.5]


def test_each_argument_gets_its_part_and_none_stays_none() -> None:
    @custom_gradient
    def product(x: Any, y: Any) -> Any:
        return x * y, lambda g: (g * 7.0, None)

    x, y = Variable(2.0), Variable(3.0)
    with GradientTape() as tape:
        z = product(x, y)
    assert [number(one) for one in tape.gradient(z, [x, y])] == [7.0, None]


def test_several_results_are_asked_once_with_zeros_for_the_unused() -> None:
    asked: list[Any] = []

    @custom_gradient
    def two(x: Any) -> Any:
        def back(to_sum: Any, to_vector: Any) -> Any:
            asked.append((number(to_sum), number(to_vector)))
            return 10.0 * to_sum + 100.0 * to_vector

        return (sum(x), {"vector": x * 2}), back

    x = Variable([1.0, 2.0])
    with GradientTape(persistent=True) as tape:
        total, rest = two(x)
        vector = rest["vector"]
    assert (number(total), number(vector)) == (3.0, [2.0, 4.0])
    assert number(tape.gradient(total, x)) == [10.0, 10.0]
    assert number(tape.gradient([total, vector], x)) == [110.0, 110.0]
    assert asked == [(1.0, [0.0, 0.0]), (1.0, [1.0, 1.0])]


def test_the_function_is_asked_once_with_the_sum_of_all_contributions() -> None:
    seen: list[float] = []

    @custom_gradient
    def twice(x: Any, y: Any) -> Any:
        def back(g: Any) -> Any:
            seen.append(float(g))
            return g, g

        return x + y, back

    x, y = Variable(3.0), Variable(4.0)
    with GradientTape() as tape:
        u = twice(x, y)
        z = 2.0 * u + 5.0 * u
    assert [number(one) for one in tape.gradient(z, [x, y])] == [7.0, 7.0]
    assert seen == [7.0]


def test_a_persistent_tape_asks_again_each_time() -> None:
    """Equal seeds must not bring back the answer of an earlier sweep, which knew nothing of the outer tape."""

    @custom_gradient
    def cube(x: Any) -> Any:
        return x**3, lambda g: g * 3 * x**2

    x = Variable(2.0)
    with GradientTape(persistent=True) as inner:
        y = cube(x)
    inner.gradient(y, x)
    with GradientTape() as outer:
        with GradientTape(persistent=True) as inner:
            y = cube(x)
        with outer.stop_recording():
            inner.gradient(y, x)
        slope = inner.gradient(y, x)
    assert (number(slope), number(outer.gradient(slope, x))) == (12.0, 12.0)


def test_the_second_derivative_comes_from_differentiating_the_gradient_function() -> None:
    @custom_gradient
    def wrong_sine(x: Any) -> Any:
        return x, lambda g: g * x * x

    x = constant(3.0)
    with GradientTape() as outer:
        outer.watch(x)
        with GradientTape() as inner:
            inner.watch(x)
            y = wrong_sine(x)
        slope = inner.gradient(y, x)
    assert (number(slope), number(outer.gradient(slope, x))) == (9.0, 6.0)


def test_variables_read_inside_get_their_gradient_by_keyword() -> None:
    w = Variable(3.0, name="w")

    @custom_gradient
    def scaled(x: Any) -> Any:
        def back(g: Any, variables: Any) -> Any:
            assert [one.name for one in variables] == ["w"]
            return g * w, [g * x]

        return x * w, back

    x = Variable(2.0)
    with GradientTape() as tape:
        y = scaled(x)
    assert [number(one) for one in tape.gradient(y, [x, w])] == [3.0, 2.0]


def test_a_gradient_function_that_ignores_variables_is_refused_at_once() -> None:
    w = Variable(3.0, name="weight")
    with pytest.raises(TypeError, match=r"`weight`.*`variables`"):
        custom_gradient(lambda x: (x * w, lambda g: g))(Variable(2.0))


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (lambda g: (g, g), "each of its 1 operands.*returned 2"),
        (lambda g: sum(g), r"operand 0 has shape \(\).*shape \(2,\)"),
    ],
    ids=["number", "shape"],
)
def test_a_gradient_that_does_not_fit_is_refused(back: Any, words: str) -> None:
    x = Variable([1.0, 2.0])
    with GradientTape() as tape:
        y = custom_gradient(lambda v: (v * 2, back))(x)
    with pytest.raises(ValueError, match=words):
        tape.gradient(y, x)


@pytest.mark.parametrize("answer", [3.0, (1.0, 2.0), (1.0, abs, abs)])
def test_a_function_without_a_gradient_is_refused(answer: Any) -> None:
    with pytest.raises(TypeError, match="must return its result and a function"):
        custom_gradient(lambda x: answer)(Variable(2.0))


def test_plain_numbers_and_the_name_pass_through() -> None:
    @custom_gradient
    def shifted(x: Any, by: float) -> Any:
        """Moved."""
        return x + by, lambda g: (g, None)

    assert (shifted.__name__, shifted.__doc__) == ("shifted", "Moved.")
    with GradientTape() as tape:
        y = shifted(Variable(1.0), 2.0)
    assert number(y) == 3.0
    assert tape.tape[len(tape.tape) - 1].op.name == "shifted"


def test_forward_mode_transposes_the_given_gradient() -> None:
    @custom_gradient
    def tripled(x: Any) -> Any:
        return x * 2, lambda g: 3.0 * g

    x = Variable([1.0, 2.0])
    with GradientTape() as tape:
        y = tripled(x)
    moved = tangents(tape.tape, {tape.tape.index_of(x): np.array([1.0, 10.0])})
    np.testing.assert_allclose(moved[y.index], [3.0, 30.0])


def test_stop_gradient_gives_a_constant_of_the_same_value() -> None:
    x = Variable([1.4, 2.6])
    with GradientTape(persistent=True) as tape:
        y = x * stop_gradient(x)
        cut = stop_gradient(x)
    assert number(tape.gradient(y, x)) == [1.4, 2.6]
    assert tape.gradient(cut, x) is None
    assert stop_gradient(3.0) == 3.0


def test_results_in_a_dict_keep_their_keys() -> None:
    """Keys out of alphabetical order must not exchange their values."""

    @custom_gradient
    def both(x: Any) -> Any:
        return {"z": x * 2, "a": x * 3}, lambda to_a, to_z: 10.0 * to_a + to_z

    x = Variable(1.0)
    with GradientTape(persistent=True) as tape:
        result = both(x)
    assert {key: number(one) for key, one in result.items()} == {"z": 2.0, "a": 3.0}
    assert [number(tape.gradient(result[key], x)) for key in ("a", "z")] == [10.0, 1.0]


def test_what_states_its_own_gradient_is_not_written_as_formulas() -> None:
    """The text would call a function that is nowhere."""

    @custom_gradient
    def twice(x: Any) -> Any:
        return x * 2.0, lambda g: g * 2.0

    path = record_function(lambda x: twice(x) * x, {"x": 3.0})
    for ask in (lambda: path.source, lambda: path.value(x=4.0), lambda: tape_source(path.tape, path.target)):
        with pytest.raises(ValueError, match="`twice` states its own gradient"):
            ask()


@pytest.mark.parametrize("answer", ["text", lambda g: g, [["text"]], {1, 2}])
def test_a_gradient_that_is_not_numbers_is_said(answer: Any) -> None:
    @custom_gradient
    def square(x):
        return x * x, lambda g: answer

    with pytest.raises(ValueError, match=r"the gradient of `square` is .*, not numbers"):
        grad(square)(3.0)
