"""Batched replay: programs that loop over numbers give what their recorded sweep gives, and notice other branches."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.codegen import PathChanged
from core.language import parse
from core.replay import replayable_run
from core.replay.batched import Batched, batched
from core.replay.scheduling import schedule_of
from core.run import record

BODIES = (
    "a * b", "a + b", "a - b + c", "a * a + 0.5 * b", "sin(a) * c", "exp(-a * a) / (2 + b * b)", "a ** 2 - b ** 3",
    "relu(a * b + c)", "maximum(a, b) * c", "tanh(a) + tanh(a) * b", "(1 + a * a) ** 0.5", "-a", "log(1 + b ** 2)",
)  # fmt: skip


def both_ways(text, point):
    """The replay in batches, whatever it is worth, and the recorded run."""
    run = record(parse(text), point)
    schedule = schedule_of(run.tape, run.target, run.inputs)
    assert schedule is not None
    shapes = {name: np.shape(run.tape.primals[index]) for name, index in run.inputs.items()}
    return Batched(schedule, shapes, run.inputs, {}), run


@given(st.lists(st.sampled_from(BODIES), min_size=1, max_size=4), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_loops_agree_with_the_recorded_sweep(bodies, count, seed):
    lines = [f"        {'abc'[place % 3]} = {body}" for place, body in enumerate(bodies)]
    text = "\n".join([
        "def f(x, w):", "    total = 0.3", "    for k in range(len(x)):", "        a, b, c = x[k], w[0], w[1]", *lines,
        "        total = total + a * b + c", "    return total * w[2]",
    ])  # fmt: skip
    generator = np.random.default_rng(seed)
    point, other = (
        {"x": generator.uniform(-1.5, 1.5, count), "w": generator.uniform(-1.5, 1.5, 3)} for _ in range(2)
    )
    replay, _ = both_ways(text, point)
    fresh = record(parse(text), other)
    value, gradient = replay.value_and_gradient(**other)
    np.testing.assert_allclose(value, fresh.value, rtol=1e-11, atol=1e-11)
    for name, expected in fresh.gradients().items():
        np.testing.assert_allclose(gradient[name], 0.0 if expected is None else expected, rtol=1e-9, atol=1e-9)


def test_equal_operations_of_a_loop_become_one():
    """Products, their sum, and the root: three operations, however long the loop."""
    replay, run = both_ways("sum([w * w for w in p]) ** 0.5", {"p": np.arange(1.0, 201.0)})
    assert len(run.tape) > 400 and len(replay.schedule.groups) == 3
    assert replay.value(p=np.full(200, 2.0)) == pytest.approx(800**0.5)


def test_arrays_joined_from_numbers_are_followed():
    text = "def f(p):\n    q = np.array([p[0] * p[1], p[1] + p[2], p[2]])\n    return np.sum(q * q[::-1] + 1.5)"
    replay, _ = both_ways(text, {"p": np.array([1.0, 2.0, 3.0])})
    p = np.array([0.5, -1.0, 4.0])
    q = np.array([p[0] * p[1], p[1] + p[2], p[2]])
    assert replay.value(p=p) == pytest.approx(np.sum(q * q[::-1] + 1.5))


def test_another_branch_another_shape_and_another_constant_are_noticed():
    text = "def f(p):\n    return sum([w * w if w > 0 else -w for w in p])"
    replay, _ = both_ways(text, {"p": np.array([1.0, 2.0, -3.0])})
    assert replay.value(p=np.array([3.0, 1.0, -1.0])) == 11.0
    for other in (np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0])):
        with pytest.raises(PathChanged):
            replay.value(p=other)
    fixed = Batched(replay.schedule, replay.shapes, replay.over, {"n": 2.0})
    with pytest.raises(PathChanged):
        fixed.value(p=np.array([3.0, 1.0, -1.0]), n=3.0)


@pytest.mark.parametrize("text", ["np.sum(p @ p)", "np.linalg.det(np.reshape(p, (2, 2)))", "np.cumsum(p)[2]"])
def test_what_is_not_elementwise_is_left_to_other_ways(text):
    run = record(parse(text), {"p": np.array([1.0, 2.0, 3.0, 4.0])})
    assert schedule_of(run.tape, run.target, run.inputs) is None


def test_few_numbers_are_not_worth_a_schedule():
    run = record(parse("3*w1**2 + 2*w1*w2"), {"w1": 5.0, "w2": 3.0})
    assert batched(run.tape, run.target, run.inputs, ["w1"], {}) is None


PICKING = "def f(t, w):\n    return sum([w[t[k]] * w[t[k]] * (k + 1) for k in range(len(t))])"


def test_another_item_may_be_picked():
    """Which one is read from the data, so that one recording serves any; by hand."""
    w = np.array([2.0, 3.0, 5.0, 7.0])
    replay, run = both_ways(PICKING, {"t": np.array([1.0, 0.0]), "w": w})
    value, gradient = replay.value_and_gradient(t=np.array([3.0, -1.0]), w=w)
    assert value == 49 * 3 and gradient["w"].tolist() == [0.0, 0.0, 0.0, 2 * 7 * 3]
    assert run.tape.notes.picking and not run.tape.notes.looked_at


@pytest.mark.parametrize("t", [[1.0, 4.0], [1.0, -5.0], [1.0, 0.5], [1.0, np.nan]])
def test_a_place_that_is_none_is_noticed(t):
    replay, _ = both_ways(PICKING, {"t": np.array([1.0, 0.0]), "w": np.array([2.0, 3.0, 5.0, 7.0])})
    with pytest.raises(PathChanged):
        replay.value(t=np.array(t), w=np.array([2.0, 3.0, 5.0, 7.0]))


ROWS = "def f(t, w):\n    return np.sum(w[t] * w[::-1]) + w[np.arange(3), t + 1].sum() * w[:, t[0]].sum()"


@pytest.mark.parametrize("text", [PICKING, ROWS])
def test_text_that_is_replayed_picks_other_items_too(text):
    """As NumPy does; the gradient is the recorded one."""
    w = np.array([[2.0, 3.0, 5.0, 7.0], [1.0, -1.0, 0.5, 4.0], [2.5, 6.0, 8.0, 9.0]])
    w = w[0] if text is PICKING else w
    replay = replayable_run(record(parse(text), {"t": np.array([1.0, 0.0, 2.0]), "w": w}))
    other = np.array([2.0, 2.0, 1.0])
    fresh = record(parse(text), {"t": other, "w": w})
    value, gradient = replay.value_and_gradient(t=other, w=w)
    assert value == fresh.value
    np.testing.assert_array_equal(gradient["w"], fresh.gradients()["w"])
    for lost in (np.array([2.0, 9.0, 1.0]), np.array([2.0, 0.5, 1.0])):
        with pytest.raises(PathChanged):
            replay.value(t=lost, w=w)


def test_a_mask_that_is_computed_holds_as_it_was():
    """It is asked of all values, so that none of them may change."""
    run = record(parse("def f(x, w):\n    return np.sum((x * w)[x > 0])"), {"x": np.array([1.0, -2.0, 3.0]), "w": 2.0})
    replay = replayable_run(run)
    assert replay.value(x=np.array([1.0, -2.0, 3.0]), w=5.0) == 20.0
    with pytest.raises(PathChanged):
        replay.value(x=np.array([1.0, 2.0, 3.0]), w=5.0)
