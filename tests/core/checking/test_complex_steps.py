"""Slopes of a tape without its rules: right for every row of the op table, whatever its rules say."""

from dataclasses import replace

import numpy as np
import pytest

from core.checking.complex_steps import bent, slope_along
from core.ops import table
from core.sweeps import reverse
from core.tape import Tape
from core.tensor import as_result, compute

ROWS = [
    (op.name, place, attributes)
    for op in table.values()
    for place, attributes in enumerate(op.sample_attributes or [{}] * len(op.samples))
]


def tape_of(name, operands, attributes):
    """A tape of the op at these operands, each an input, weighted by random numbers."""
    tape, op = Tape(), table[name]
    values = [one if isinstance(one, bool) else as_result(np.asarray(one, dtype=float)) for one in operands]
    places = [one if isinstance(one, bool) else tape.add_input(object(), one) for one in values]
    result = compute(op, tuple(values), attributes)
    weights = as_result(np.random.default_rng(7).normal(size=np.shape(result)))
    index = tape.append(op, places, result, attributes)
    return tape, tape.append(table["mul"], [index, weights], as_result(result * weights))


@pytest.mark.parametrize(("name", "place", "attributes"), ROWS)
def test_every_op_has_the_slope_that_its_rule_says(name, place, attributes):
    tape, target = tape_of(name, table[name].samples[place], attributes)
    seed = as_result(np.ones(np.shape(tape.primals[target])))
    adjoints = reverse(tape, {target: seed})
    random = np.random.default_rng(place)
    ways = {index: random.normal(size=np.shape(tape.primals[index])) for index in tape.inputs}
    wanted = sum(np.sum(adjoints[index] * way) for index, way in ways.items() if adjoints[index] is not None)
    assert slope_along(tape, target, ways) == pytest.approx(wanted, rel=1e-7, abs=1e-12)


@pytest.mark.parametrize("name", ["mul", "tanh", "log", "maximum"])
def test_a_wrong_rule_changes_nothing(name):
    operands = [0.7, 0.4][: len(table[name].rules)]
    tape, target = tape_of(name, operands, {})
    before = slope_along(tape, target, {0: 1.0})
    wrong = replace(tape.ops[len(operands)], partials=("7.0",) * len(operands), vjps=())
    tape.ops[len(operands)] = wrong
    assert slope_along(tape, target, {0: 1.0}) == before


@pytest.mark.parametrize(
    ("name", "operands", "at_a_kink"),
    [
        ("abs", [0.0], True), ("abs", [1e-3], False), ("maximum", [2.0, 2.0], True), ("maximum", [2.0, 3.0], False),
        ("square", [0.0], False), ("relu", [0.0], True), ("floor", [2.0], True), ("sin", [0.0], False),
    ],
)  # fmt: skip
def test_an_entry_at_a_kink_is_seen(name, operands, at_a_kink):
    tape, _ = tape_of(name, operands, {})
    assert bool(bent(tape, np.random.default_rng(0))) == at_a_kink


def test_a_trusted_entry_passes_on_what_its_rule_says():
    tape, target = tape_of("sin", [0.5], {})
    tape.ops[1] = replace(tape.ops[1], partials=("3.0",))
    adjoints = reverse(tape, {target: 1.0})
    assert slope_along(tape, target, {0: 1.0}, {1: adjoints[1]}) == pytest.approx(3.0 * tape.second[2])
