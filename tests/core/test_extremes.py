"""Every elementwise row at extreme operands of every kind: nothing raises, and every way gives what arrays give.

If these fail, a slider pulled to 0 ends in an error instead of an inf, or a step says another number than the
gradient.
"""

from itertools import product
from typing import Any

import numpy as np
import pytest

from core import notation
from core.language import parse
from core.op import Op
from core.ops import table
from core.replay import Replayable
from core.run import Run
from core.sweeps import partial_of, reverse, tangents, tangents_of_many
from core.tensor import Tensor
from core.timeline import Timeline
from tests.rules import recorded, samples_of

INF, NAN = float("inf"), float("nan")
EXTREMES = (0.0, -0.0, INF, -INF, NAN, 1e308, -1e308, 5e-324, 1e-320, 1.0, -2.5)
EVERY = np.array(EXTREMES)
KINDS = ("float", "one element", "several", "empty", "whole", "single", "several in single")
ELEMENTWISE = [op for op in table.values() if op.elementwise]
OTHERS = [op for op in table.values() if not op.elementwise]
PROGRAM = parse("x")


def operand(kind: str, value: float, slot: int) -> Any:
    match kind:
        case "float":
            return value
        case "one element":
            return np.array([value])
        case "several":
            return np.roll(EVERY, 3 * slot + 1)
        case "empty":
            return np.zeros(0)
        case "whole":
            return int(value) if np.isfinite(value) and abs(value) < 1e9 else 3
        case "single":
            return single(value)
        case _:
            return single(np.roll(EVERY, 3 * slot + 1))


def single(value: Any) -> Any:
    with np.errstate(over="ignore"):
        return np.float32(value)


def cases(op: Op) -> list[tuple[tuple[str, ...], tuple[Any, ...]]]:
    """Operands of every mixture of kinds; where two are floats, every pair of extremes."""
    known = KINDS if op.arity == 1 else KINDS[:-1] if op.arity == 2 else ("float", "several", "single")
    found = []
    for kinds in product(known, repeat=op.arity or 1):
        if set(kinds) == {"whole"} or "empty" in kinds and any(kind.startswith("several") for kind in kinds):
            continue  # nothing of it would be on a tape; the shapes would not fit
        every = list(product(EXTREMES, repeat=2)) if kinds == ("float", "float") else turned(len(kinds))
        for values in every if set(kinds) - {"empty", "several", "several in single"} else every[:1]:
            operands = tuple(operand(*one, slot) for slot, one in enumerate(zip(kinds, values, strict=True)))
            found.append((kinds, operands))
    return found


def turned(count: int) -> list[tuple[float, ...]]:
    return [
        tuple(EXTREMES[(turn + 4 * slot) % len(EXTREMES)] for slot in range(count)) for turn in range(len(EXTREMES))
    ]


def run_of(op: Op, operands: tuple[Any, ...], attributes: dict[str, Any]) -> tuple[Run | None, list[int | None]]:
    tape, indices, result = recorded(op, operands, attributes)
    names = {name: index for name, index in zip("xyzuvw", indices) if index is not None}
    if result.index is None:
        return None, indices
    point = {name: tape.primals[index] for name, index in names.items()}
    run = Run(PROGRAM, point, tape, names, frozenset(names), result.index, result.primal)
    return run, indices


def answers(run: Run, indices: list[int | None]) -> dict[str, Any]:
    """What the sweeps and the partials say, by what it is of."""
    tape, target = run.tape, run.target or 0
    adjoints = reverse(tape, {target: run.seed}, observe=lambda event: None)
    found: dict[str, Any] = {"value": run.value}
    for slot, index in enumerate(indices):
        if index is None:
            continue
        found[f"adjoint {slot}"] = adjoints[index]
        found[f"partial {slot}"] = partial_of(tape, target, slot)
        tangent = tangents(tape, {index: ones(tape.primals[index])}, observe=lambda event: None)[target]
        found[f"tangent {slot}"] = tangent
        if all(np.asarray(primal).dtype == float for primal in tape.primals):
            many = tangents_of_many(tape, {index: np.stack([np.asarray(ones(tape.primals[index]))] * 2)})[target]
            assert (many is None) == (tangent is None)
            if many is not None:
                np.testing.assert_allclose(many[1], tangent, rtol=1e-6, err_msg=f"{slot} of {run.point}")
    return found


def ones(value: Any) -> Any:
    return np.ones_like(value) if np.ndim(value) or value.__class__ is np.float32 else 1.0


def broadcast(operands: tuple[Any, ...]) -> tuple[Any, ...]:
    shape = np.broadcast_shapes((1,), *map(np.shape, operands))
    return tuple(
        np.broadcast_to(np.asarray(x, float if np.asarray(x).dtype != bool else bool), shape) for x in operands
    )


@pytest.mark.parametrize("op", ELEMENTWISE, ids=lambda op: op.name)
def test_every_way_gives_what_arrays_give(op: Op) -> None:
    for kinds, operands in cases(op):
        run, indices = run_of(op, operands, {})
        if run is None:
            continue
        found = answers(run, indices)
        if any("single" in kind for kind in kinds):
            continue  # other digits; that nothing raises is what is asked
        whole, places = run_of(op, broadcast(operands), {})
        assert whole is not None
        right = answers(whole, places)
        for what, got in found.items():
            assert (got is None) == (right[what] is None), (what, operands)
            if got is None:
                continue
            wanted = right[what]
            if what.startswith("adjoint") and np.ndim(got) < 1 or np.shape(got) == (1,) != np.shape(wanted):
                with np.errstate(all="ignore"):
                    wanted = np.sum(wanted) if what.startswith("adjoint") else wanted
            np.testing.assert_allclose(*np.broadcast_arrays(got, wanted), rtol=1e-9, err_msg=f"{what} {operands}")


@pytest.mark.parametrize("op", ELEMENTWISE, ids=lambda op: op.name)
def test_every_step_can_be_said_and_replayed(op: Op) -> None:
    for kinds, operands in cases(op)[:: 1 if op.arity == 1 else 5]:
        run, _ = run_of(op, operands, {})
        if run is None:
            continue
        say_all(run)
        value, gradient = Replayable(run.tape, run.target or 0, run.inputs).value_and_gradient(**run.point)
        if "single" in "".join(kinds):
            continue
        np.testing.assert_allclose(value, run.value, rtol=1e-12, err_msg=f"{operands}")
        for name, right in run.gradients().items():
            assert (
                name not in gradient or right is None or np.allclose(gradient[name], right, 1e-9, 0, equal_nan=True)
            ), f"{name} of {operands}: {gradient[name]} against {right}"


def say_all(run: Run) -> None:
    """Every sentence and formula of both sweeps."""
    for direction in (None, {name: ones(value) for name, value in run.point.items()}):
        timeline = Timeline.of(run, direction)
        for step in range(len(timeline) + 1):
            notation.sentence(timeline, step)
            notation.formula(timeline, step)
            notation.formula(timeline, step, notation.LATEX)


@pytest.mark.parametrize("op", OTHERS, ids=lambda op: op.name)
def test_rows_that_are_not_elementwise_raise_only_where_they_have_no_value(op: Op) -> None:
    """A matrix without an inverse or factors is said to have none; what has a value has derivatives, nan perhaps."""
    for operands, attributes in samples_of(op):
        for value, (slot, x) in product(EXTREMES, enumerate(operands)):
            for spoilt in (np.full_like(np.asarray(x), value), with_first(x, value)):
                changed = tuple(spoilt if place == slot else one for place, one in enumerate(operands))
                changed = tuple(one if np.ndim(one) else float(one) for one in changed)
                try:
                    run, _ = run_of(op, changed, attributes)
                except np.linalg.LinAlgError:
                    continue
                assert run is not None
                say_all(run)


def with_first(x: Any, value: float) -> Any:
    changed = np.array(x, float)
    changed.flat[0] = value
    return changed


def test_a_vector_divided_by_a_number_that_is_0() -> None:
    """NumPy gives inf for the value; the partials are inf and, by the quotient rule, -inf."""
    run, _ = run_of(table["div"], (np.array([1.0, 2.0]), 0.0), {})
    assert run is not None
    assert partial_of(run.tape, run.target or 0, 0) == INF
    np.testing.assert_array_equal(partial_of(run.tape, run.target or 0, 1), [-INF, -INF])


@pytest.mark.parametrize("x", [3.0, 0.5])
def test_a_function_of_a_truth_value_does_not_cost_digits(x: float) -> None:
    """NumPy's exp of a truth value is a half; beside a number in double precision that is exact."""
    from core.run import record

    run = record(parse("np.log(x)*np.exp(x > 1)"), {"x": x})
    factor = float(np.exp(x > 1))
    assert run.value == np.log(np.float64(x)) * np.exp(x > 1) == np.log(x) * factor
    gradient = run.gradients()["x"]
    assert gradient.__class__ is float
    np.testing.assert_allclose(gradient, factor / x, rtol=1e-15)
    np.testing.assert_allclose(Timeline.of(run).event(5).partial, factor, rtol=0)


def test_halves_in_an_array_give_way_too() -> None:
    from core import functions as f
    from core import grad

    truths = np.array([True, False])
    slope = grad(lambda x: f.sum(f.log(x) * np.exp(truths)))(3.0)
    np.testing.assert_allclose(slope, np.sum(np.exp(truths), dtype=float) / 3.0, rtol=1e-15)


def test_single_precision_stays_beside_numbers_that_are_typed() -> None:
    result = Tensor(np.float32(1.5)) * 2.0
    assert result.dtype == np.float32
