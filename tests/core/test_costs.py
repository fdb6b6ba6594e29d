"""Counts of evaluations, operations and bytes are those of the program at hand."""

from typing import Any

import numpy as np
import pytest

from core.costs import costs, growth, kept, memory, names_read, number_of_inputs, summary
from core.language import parse
from core.ops import table
from core.run import Run, record
from core.sweeps import pull_back
from core.tape import Tape
from core.tensor import as_result, compute
from core.timeline import Timeline


def run_of(text: str, **point: Any) -> Run:
    return record(parse(text), point)


SEED = run_of("y = 3*w1**2 + 2*w1*w2", w1=5.0, w2=3.0)


def test_evaluations_and_sweeps_of_each_method() -> None:
    found = {cost.method: (cost.evaluations, cost.sweeps) for cost in costs(SEED)}
    assert found == {
        "forward differences": (3, 0),
        "central differences": (4, 0),
        "forward mode": (1, 2),
        "reverse mode": (1, 1),
    }


@pytest.mark.parametrize("n", [1, 10, 1000])
def test_reverse_mode_costs_the_same_for_any_number_of_inputs_in_proportion_to_the_program(n: int) -> None:
    run = run_of("y = sum(x*x)", x=np.ones(n))
    by_name = {cost.method: cost for cost in costs(run)}
    assert number_of_inputs(run) == n
    assert by_name["reverse mode"].operations <= 6 * by_name["forward differences"].operations / (n + 1)
    assert by_name["forward mode"].sweeps == n and by_name["central differences"].evaluations == 2 * n


def test_operations_of_a_product_of_matrices() -> None:
    run = run_of("y = x @ w", x=np.ones((2, 3)), w=np.ones((3, 4)))
    assert costs(run)[3].operations == 3 * 2 * (2 * 3 * 4)


def test_growth_begins_at_one_input_and_rises_as_it_should() -> None:
    curve = growth(SEED, 100)
    assert curve.inputs[0] == 1 and curve.inputs[-1] == 100
    reverse, forward = curve.operations["reverse mode"], curve.operations["forward differences"]
    assert len(set(reverse)) == 1 and np.all(np.diff(forward) > 0)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("y = a*b", ["a", "b"]),
        ("y = a + b", []),
        ("y = exp(a)", ["y"]),
        ("y = sin(a)", ["a"]),
        ("y = a*3", []),
        ("y = a/b", ["b", "y"]),
        ("y = 5 - a", []),
    ],
)
def test_an_entry_keeps_what_its_rules_read(text: str, labels: list[str]) -> None:
    run = run_of(text, a=2.0, b=3.0)
    assert run.target is not None
    assert sorted(run.tape.label(index) for index in kept(run.tape, run.target).values) == labels


def test_bytes_of_arrays_and_constants() -> None:
    run = run_of("y = sum(x*x)", x=np.ones(10))
    assert [kept(run.tape, index).bytes for index in range(3)] == [0, 80, 0]
    run = run_of("y = 3*x", x=2.0)
    assert kept(run.tape, 1).bytes == 8


def cases() -> list[Any]:
    return [
        pytest.param(op, sample, op.sample_attributes[place] if op.sample_attributes else {}, id=f"{op.name}-{place}")
        for op in table.values()
        for place, sample in enumerate(op.samples)
    ]


@pytest.mark.parametrize(("op", "sample", "attributes"), cases())
def test_what_is_kept_is_enough_for_the_pullback(op: Any, sample: tuple, attributes: dict[str, Any]) -> None:
    """Everything that is not kept is overwritten: the contributions must stay as they are."""
    values = tuple(
        as_result(np.asarray(value, dtype=float if not isinstance(value, bool) else bool)) for value in sample
    )
    tape = Tape()
    for value in values:
        tape.append(table["identity"], (0.0,), value)
    index = tape.append(op, tuple(range(len(values))), compute(op, values, attributes), attributes)
    needed = set(kept(tape, index).values)
    cotangent = as_result(np.asarray(tape.primals[index]) * 0 + 0.5)
    rules = op.rules * len(values) if op.variadic else op.rules
    live = [slot for slot, rule in enumerate(rules) if rule is not None]
    before = [pull_back(tape, index, slot, cotangent, tape.operand_values(index)) for slot in live]
    for one in range(len(tape)):
        if one not in needed:
            tape.primals[one] = as_result(np.full(np.shape(tape.primals[one]), np.nan))
    after = [pull_back(tape, index, slot, cotangent, tape.operand_values(index)) for slot in live]
    for one, other in zip(before, after):
        np.testing.assert_allclose(np.asarray(other), np.asarray(one), rtol=1e-12)


def test_memory_grows_forwards_and_is_all_freed_backwards() -> None:
    timeline = Timeline.of(run_of("a = x*x\nb = sin(a)\ny = b*b", x=np.ones(100)))
    used = memory(timeline)
    assert len(used) == len(timeline) + 1
    assert used[0] == 0 and used[timeline.forward_end] == 3 * 800 == used.max() and used[-1] == 0
    assert np.all(np.diff(used[: timeline.forward_end + 1]) >= 0) and np.all(np.diff(used[timeline.forward_end :]) <= 0)


def test_a_persistent_tape_frees_nothing_and_a_tangent_sweep_neither() -> None:
    run = run_of("y = sin(x)*x", x=2.0)
    assert memory(Timeline.of(run), persistent=True)[-1] == 16
    assert memory(Timeline.of(run, {"x": 1.0}))[-1] == 16


def test_what_the_output_does_not_need_is_freed_at_the_end() -> None:
    timeline = Timeline.of(run_of("u = sin(x)\ny = x*x", x=2.0))
    assert memory(timeline)[-1] == 0


def test_names_read_by_a_rule() -> None:
    assert names_read("g * (y * power(x, y - 1))") == {"x", "y"}
    assert names_read("spread(g, x, axis, keepdims) / count(x, axis)") == frozenset()
    assert names_read("g * v") == {"v"}


def test_the_summary_is_one_sentence_with_the_numbers() -> None:
    assert summary(SEED).startswith("For 2 inputs reverse mode takes ") and summary(SEED).endswith(".")
    assert summary(run_of("y = 2.0 + 1")) == "There is nothing to differentiate."
