"""Replay: compiled text gives what the recorded sweep gives, bit for bit on numbers, and knows where it holds."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import core
from core.codegen import compiled as compiled_text
from core.codegen import tape_source
from core.language import parse
from core.op import Op
from core.ops import table
from core.replay import PathChanged, Replay, Replayable, record_function, replayable_run
from core.run import record
from core.sweeps import reverse
from core.tape import Tape
from core.tensor import Tensor, apply, place_on

SCALAR_OPS = [op for op in table.values() if op.elementwise and op.arity in (1, 2) and None not in op.rules]


def same(one: Any, other: Any) -> bool:
    """Equal to the last bit (any nan is any other)."""
    if one is None or other is None:
        return one is other
    return one == other and math.copysign(1, one) == math.copysign(1, other) or one != one and other != other


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[Op, tuple[Any, ...]]]:
    """A random program on two inputs: each step an op on earlier values or constants."""
    program: list[tuple[Op, tuple[Any, ...]]] = []
    constants = st.sampled_from([2.0, -0.5, 3.0, 0.0, 1.0, -1.0])
    for place in range(draw(st.integers(1, 12))):
        op = draw(st.sampled_from(SCALAR_OPS))
        operand = st.one_of(st.integers(0, place + 1), constants)
        program.append((op, tuple(draw(operand) for _ in range(op.arity or 0))))
    return program


def run(program: list[tuple[Op, tuple[Any, ...]]], **inputs: Any) -> Any:
    values = list(inputs.values())
    for op, operands in program:
        values.append(apply(op, tuple(values[one] if type(one) is int else one for one in operands)))
    return values[-1] + values[0] * values[1]


numbers = st.floats(-3, 3).filter(lambda x: abs(x) > 1e-3)


@given(steps(), numbers, numbers, numbers, numbers)
def test_replay_gives_the_recorded_sweep_bit_for_bit(program: Any, a: float, b: float, c: float, d: float) -> None:
    """Recorded at one point and replayed at another; both texts, the readable and the short."""
    path = record_function(lambda **x: run(program, **x), {"x": a, "y": b})
    fresh = record_function(lambda **x: run(program, **x), {"x": c, "y": d})
    adjoints = reverse(fresh.tape, {fresh.target: 1.0})
    value, gradient = path.value_and_gradient(x=c, y=d)
    if not all(map(math.isfinite, fresh.tape.primals)):
        assert math.isfinite(value) == math.isfinite(fresh.tape.primals[fresh.target])
        return
    try:
        readable = compiled_text(path.source, True)["value_and_gradient"](c, d)
    except (ArithmeticError, ValueError):
        return  # a slope is infinite; NumPy answers, to rounding
    expected = [adjoints[index] for index in fresh.inputs]
    assert same(value, fresh.tape.primals[fresh.target])
    assert same(path.value(x=c, y=d), value)
    assert all(map(same, gradient.values(), expected))
    assert all(map(same, readable[1], expected))


@given(steps(), st.lists(numbers, min_size=1, max_size=5), numbers)
def test_arrays_fed_for_numbers_answer_element_by_element(program: Any, many: list[float], y: float) -> None:
    path = record_function(lambda **x: run(program, **x), {"x": many[0], "y": y})
    singles = [path.value_and_gradient(x=x, y=y) for x in many]
    value, gradient = path.value_and_gradient(x=np.array(many), y=y)
    with np.errstate(all="ignore"):
        finite = np.isfinite([one[0] for one in singles]) & (np.abs([one[0] for one in singles]) < 1e8)
        assert np.allclose(np.asarray(value)[finite], np.array([one[0] for one in singles])[finite])
        slopes = np.array([one[1]["x"] for one in singles])
        good = finite & np.isfinite(slopes) & (np.abs(slopes) < 1e6)
        assert np.allclose(gradient["x"][good], slopes[good], rtol=1e-6, atol=1e-9)
        total = sum(one[1]["y"] for one in singles)
        if good.all() and math.isfinite(total) and abs(total) < 1e6:
            assert np.isclose(gradient["y"], total, rtol=1e-6, atol=1e-6)


def test_a_wrong_rule_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text and sweep share the table, so a rule changed behind the text's back must make them differ."""
    path = record_function(lambda x, y: core.sin(x) * y, {"x": 0.5, "y": 2.0})
    expected = reverse(path.tape, {path.target: 1.0})[0]
    monkeypatch.setitem(table["sin"].__dict__, "rules", ("g * sin(x)",))
    assert path.value_and_gradient(x=0.5, y=2.0)[1]["x"] != expected


def test_large_arrays_pass_in_blocks_with_the_same_answer() -> None:
    path = record_function(lambda x, y: core.exp(x) * y + core.sin(x * y), {"x": 0.5, "y": 2.0})
    x = np.linspace(-1, 1, 50_001)
    value, gradient = path.value_and_gradient(x=x, y=0.3)
    assert np.allclose(value, np.exp(x) * 0.3 + np.sin(x * 0.3))
    assert np.allclose(gradient["x"], np.exp(x) * 0.3 + np.cos(x * 0.3) * 0.3)
    assert np.isclose(gradient["y"], np.sum(np.exp(x) + np.cos(x * 0.3) * x))


def test_axes_are_broadcast_and_summed_back() -> None:
    path = record_function(lambda x, y: x * y + x, {"x": 0.5, "y": 2.0})
    x, y = np.arange(200.0)[:, None], np.arange(300.0)[None, :]
    value, gradient = path.value_and_gradient(x=x, y=y)
    assert value.shape == (200, 300)
    assert gradient["x"].shape == x.shape
    assert np.allclose(gradient["x"], (y + 1).sum())
    assert np.allclose(gradient["y"], x.sum())


def test_an_input_that_only_adds_counts_every_element() -> None:
    """Its adjoint is the number 1 in the text, though the target is an array."""
    path = record_function(lambda x, b: x * x + b, {"x": 0.5, "b": 2.0})
    assert path.value_and_gradient(x=np.arange(7.0), b=1.0)[1]["b"] == 7.0


def test_outside_the_domain_it_answers_as_numpy_does() -> None:
    path = record_function(lambda x: core.log(x), {"x": 2.0})
    assert path.value_and_gradient(x=0.0) == (-math.inf, {"x": math.inf})
    assert math.isnan(path.value(x=-1.0))


# -- branches ----------------------------------------------------------------------------------------------------


def test_a_branch_taken_differently_is_noticed() -> None:
    path = record_function(lambda x, y: x * y if x > y else x + y, {"x": 2.0, "y": 1.0})
    assert path.value(x=5.0, y=1.0) == 5.0
    with pytest.raises(PathChanged):
        path.value_and_gradient(x=1.0, y=5.0)
    with pytest.raises(PathChanged):
        path.value(x=np.array([5.0, 0.0]), y=1.0)


def newton(x: Any) -> Any:
    root = x
    while abs(root * root - x) > 1e-12:
        root = (root + x / root) / 2
    return root


def test_a_loop_records_again_when_it_takes_longer() -> None:
    replay = Replay.of(newton)
    for x in (2.0, 9.0, 2.0, 1e6, 0.01):
        value, gradient = replay.value_and_gradient(x=x)
        assert value == pytest.approx(math.sqrt(x))
        assert gradient["x"] == pytest.approx(0.5 / math.sqrt(x))
    assert 1 < len(replay.paths) <= 5


def test_paths_met_before_are_kept() -> None:
    calls = []

    def program(x: Any) -> Any:
        calls.append(float(x.primal))
        return x * 2 if x > 0 else x * 3

    replay = Replay.of(program)
    assert [replay.value(x=x) for x in (1.0, -1.0, 2.0, -2.0)] == [2.0, -3.0, 4.0, -6.0]
    assert calls == [1.0, -1.0]


@pytest.mark.parametrize(
    "program",
    [
        lambda x: x * float(x),
        lambda x: x * core.stop_gradient(x),
        lambda x: x * core.floor(x),
        lambda x: core.where(x > 2, x * x, x),
        lambda x: x * int(x),
        lambda x: x * 2 if core.floor(x) > 2 else x,
        lambda x: x * 2 if x else x + 1,
        lambda x: x * x.numpy(),
    ],
)
def test_values_that_left_the_tape_are_not_taken_for_constants(program: Callable[[Any], Any]) -> None:
    """What they were recorded as holds for that point only."""
    replay = Replay.of(program)
    for x in (1.5, 3.5, 0.0, 1.5):
        assert replay.value(x=x) == pytest.approx(float(program(Tensor(x)).primal))


# -- programs, arrays, second derivatives ------------------------------------------------------------------------


def test_a_program_is_replayed_by_its_inputs_names() -> None:
    replay = Replay.of_program(parse("3*w1**2 + 2*w1*w2"), record)
    assert replay.value_and_gradient(w1=5.0, w2=3.0) == (105.0, {"w1": 36.0, "w2": 10.0})
    assert replay.value(w1=1.0, w2=1.0) == 5.0


PROGRAMS = [
    "z = a\nfor i in range(int(abs(b) * 2)):\n    z = z * a\nz",
    "a * b if a > b and b > 1 else a + b",
    "sorted([a, b])[0] * a + min(a, b)",
    "a * int(b * 2) + a * round(b) + a // 2",
    "x = np.array([a, b])\nx[np.argmax(x)] * 2 + x[np.argsort(x)[0]]",
    "np.where(a > b, a * a, b) + tf.stop_gradient(a) * b",
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_programs_that_depend_on_values_in_other_ways_record_again(text: str) -> None:
    """Loop counts, orders, indices, rounded numbers: all hold for one point, and the tape says so."""
    program = parse(text)
    replay = Replay.of_program(program, record)
    for point in ({"a": 1.0, "b": 2.0}, {"a": 3.0, "b": 2.0}, {"a": -1.0, "b": 0.5}, {"a": 1.0, "b": 2.0}):
        assert replay.value(**point) == pytest.approx(record(program, point).value)


ORDERS: list[Callable[[Any], Any]] = [
    lambda x: x[int(np.argmax(x))] * 2,
    lambda x: core.sum(core.sort(x) * np.array([1.0, 2.0, 3.0])),
    lambda x: core.sum(x) * 2 if np.any(x > 2.5) else core.sum(x),
    lambda x: core.sum(x[x > 1.5]),
    lambda x: core.sum(np.interp(x, np.array([0.0, 2.0, 4.0]), np.array([0.0, 1.0, 5.0]))),
    lambda x: core.sum(x) * (2 if 3.0 in x else 1),
]


@pytest.mark.parametrize("program", ORDERS)
def test_arrays_whose_order_or_masks_matter_record_again(program: Callable[[Any], Any]) -> None:
    replay = Replay.of(program)
    for x in ([1.0, 3.0, 2.0], [5.0, 3.0, 2.0], [0.0, -3.0, 2.0]):
        assert replay.value(x=np.array(x)) == pytest.approx(float(program(Tensor(x)).primal))


def test_a_run_that_failed_is_refused_with_its_reason() -> None:
    with pytest.raises(ValueError, match=r"."):
        replayable_run(record(parse("w1 @ w2"), {"w1": 1.0, "w2": 2.0}))


def network(x: Any, w: Any, b: Any, v: Any) -> Any:
    hidden = core.relu(x @ w + b)
    logits = core.concatenate([hidden @ v, hidden[:, :1]], axis=1)
    return core.mean(core.logsumexp(logits, axis=1)) + core.sum(core.max(w, axis=0)) / core.std(v)


@pytest.mark.parametrize("kind", ["float64", "float32"])
def test_arrays_are_replayed_to_rounding(kind: str) -> None:
    random = np.random.default_rng(3)
    shapes = {"x": (5, 4), "w": (4, 3), "b": (3,), "v": (3, 2)}
    path = record_function(network, {name: random.normal(size=shape).astype(kind) for name, shape in shapes.items()})
    point = {name: random.normal(size=shape).astype(kind) for name, shape in shapes.items()}
    fresh = record_function(network, point)
    adjoints = reverse(fresh.tape, {fresh.target: core.functions.ones_like(fresh.tape.primals[fresh.target])})
    value, gradient = path.value_and_gradient(**point)
    rtol = 1e-10 if kind == "float64" else 1e-4
    assert value == pytest.approx(fresh.tape.primals[fresh.target], rel=rtol)
    for name, index in zip(shapes, fresh.inputs, strict=True):
        assert gradient[name].dtype == kind
        np.testing.assert_allclose(gradient[name], adjoints[index], rtol=rtol, atol=rtol)


def test_other_shapes_than_recorded_are_refused_with_both() -> None:
    path = record_function(lambda x: core.sum(x * x), {"x": np.ones(3)})
    with pytest.raises(ValueError, match=r"\(3,\).*\(4,\)"):
        path.value(x=np.ones(4))


def test_a_missing_value_is_named() -> None:
    path = record_function(lambda x, y: x * y, {"x": 1.0, "y": 2.0})
    with pytest.raises(TypeError, match="lacks `y`"):
        path.value(x=1.0)


@given(steps(), numbers, numbers)
def test_second_derivatives_agree_with_differences_of_gradients(program: Any, x: float, y: float) -> None:
    path = record_function(lambda **point: run(program, **point), {"x": x, "y": y})
    matrix = path.hessian(x=x, y=y)
    h = 1e-6
    low, high = (path.value_and_gradient(x=x + shift, y=y) for shift in (-h, h))
    middle = path.value_and_gradient(x=x, y=y)
    for row, name in enumerate(("x", "y")):
        sides = [low[1][name] or 0.0, middle[1][name] or 0.0, high[1][name] or 0.0]
        slopes = [(sides[1] - sides[0]) / h, (sides[2] - sides[1]) / h]
        smooth = all(map(math.isfinite, slopes)) and abs(slopes[1] - slopes[0]) < 1e-3 * (1 + abs(slopes[0]))
        if smooth and abs(slopes[0]) < 1e3 and math.isfinite(matrix[row, 0]):
            assert matrix[row, 0] == pytest.approx((slopes[0] + slopes[1]) / 2, rel=1e-2, abs=1e-2)


def test_the_hessian_of_rosenbrock() -> None:
    path = record_function(lambda x, y: 100.0 * (y - x**2) ** 2 + (1 - x) ** 2, {"x": 0.0, "y": 0.0})
    x, y = 1.5, -0.5
    expected = [[1200 * x**2 - 400 * y + 2, -400 * x], [-400 * x, 200]]
    assert np.allclose(path.hessian(x=x, y=y), expected)


def test_gradients_that_do_not_exist_are_none() -> None:
    tape = Tape()
    tensors = [Tensor(1.0), Tensor(2.0)]
    for tensor, name in zip(tensors, "xy", strict=True):
        place_on(tensor, tape, tape.add_input(tensor, tensor.primal))
        tape.names[tensor.index] = name
    before = core.tape.set_recorders((tape,))
    target = tensors[0] * 3.0
    core.tape.set_recorders(before)
    assert Replayable(tape, target.index).value_and_gradient(x=1.0, y=1.0) == (3.0, {"x": 3.0, "y": None})


def test_text_and_replay_share_one_source() -> None:
    path = record_function(lambda x: core.exp(x) * x, {"x": 1.0})
    assert path.source == tape_source(path.tape, path.target)


def test_a_value_that_stays_nan_is_no_other_path() -> None:
    """The slope of mod looks at floor(x / y); where that is nan it would never equal itself."""
    path = record_function(lambda x: core.functions.erf((x + x) % (x + math.nan)), {"x": 2.26})
    assert math.isnan(path.hessian(x=2.26)[0, 0])


def test_an_input_may_be_called_as_the_operands_of_a_rule_are() -> None:
    text = "xs = [[2.0, 3.0], [1.0, 2.0]]\nw = [1.0, 2.0]\ny = 0.0\nfor r in xs:\n    for a, b in zip(w, r):\n"
    run = record(parse(text + "        y = y + a*b\ny"))
    path = replayable_run(run)
    xs, w = np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([3.0, 4.0])
    value, gradient = path.value_and_gradient(xs=xs, w=w)
    assert value == (xs @ w).sum() and np.array_equal(gradient["w"], xs.sum(axis=0))
    assert np.array_equal(gradient["xs"], np.broadcast_to(w, (2, 2)))
