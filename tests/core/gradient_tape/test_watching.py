"""What a tape watches."""

from typing import Any

import numpy as np
import pytest

from core import GradientTape, Variable, constant
from tests.answers import value


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


def test_a_used_up_tape_watches_nothing_more() -> None:
    x, other = constant(2.0), constant(3.0)
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x
    tape.gradient(y, x)
    for late in (x, other):
        with pytest.raises(RuntimeError, match="one set of gradients"):
            tape.watch(late)
