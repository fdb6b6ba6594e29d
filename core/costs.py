"""What derivatives cost for this very program: evaluations, operations and memory, by finite differences and sweeps.

An operation is one arithmetic operation on one number; moving numbers about is free. A sweep multiplies and adds once
for each number on each edge that carries a derivative, besides computing the slope once. Knows runs and timelines.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.basics.words import say, say_many
from core.dependence import ancestors, uses
from core.events import AdjointAccumulated
from core.library import work_of_function
from core.op import OPERAND_NAMES
from core.ops import INPUT
from core.tape import Tape
from core.timeline import Timeline

if TYPE_CHECKING:
    from core.run import Run

# Which arguments of helper functions are asked for their shape only.
SHAPE_ONLY = {
    "spread": (1,),
    "count": (0,),
    "shape_of": (0,),
    "zeros_like": (0,),
    "reverse_cumsum": (1,),
    "unrepeat": (1,),
    "untile": (1,),
    "undiag": (1,),
    "part_of_concatenate": (2,),
    "matmul_vjp_x": (1,),
    "matmul_vjp_y": (2,),
    "solve_vjp_y": (2,),
}


class Cost(NamedTuple):
    """What one way to all derivatives costs: runs of the program, sweeps of derivatives, operations in all."""

    method: str
    evaluations: int
    sweeps: int
    operations: int


class Growth(NamedTuple):
    """Operations against the number of inputs, for a program of the present size; one curve for each method."""

    inputs: np.ndarray
    operations: dict[str, np.ndarray]


class Kept(NamedTuple):
    """The values that an entry needs in the reverse sweep, as entry indices, and their bytes with its constants."""

    entry: int
    values: tuple[int, ...]
    bytes: int


# -- operations ----------------------------------------------------------------------------------------------------


def number_of_inputs(run: Run) -> int:
    """How many numbers the output is differentiated by: the elements of all watched inputs."""
    return sum(int(np.size(run.tape.primals[index])) for index in run.inputs.values())


def number_of_outputs(run: Run) -> int:
    """How many numbers the output has."""
    return 0 if run.target is None else int(np.size(run.tape.primals[run.target]))


def forward_operations(tape: Tape) -> int:
    """The operations of one run of what the tape recorded."""
    return sum(entry_operations(tape, index) for index in range(len(tape)))


def entry_operations(tape: Tape, index: int) -> int:
    """The operations of one entry."""
    op, size = tape.ops[index], int(np.size(tape.primals[index]))
    if op is INPUT or work_of_function(op.name) == "moved":
        return 0
    values = tape.operand_values(index)
    if work_of_function(op.name) == "operand":
        return int(np.size(values[0]))
    if work_of_function(op.name) == "product":
        inner = np.shape(values[0])[-1]
        return 2 * size * inner
    return max(size, *(int(np.size(value)) for value in values)) if op.elementwise or len(values) else size


def sweep_operations(tape: Tape, reached: Iterable[int]) -> int:
    """The operations of one sweep that goes through the given entries: the slope, a product and a sum on each edge."""
    return sum(_edge_operations(tape, index) for index in reached)


def _edge_operations(tape: Tape, index: int) -> int:
    op = tape.ops[index]
    carrying = [operand for _, operand in uses(tape, index, flows=True)]
    if work_of_function(op.name) == "moved":
        return sum(int(np.size(tape.primals[operand])) for operand in carrying)  # the sum only
    if work_of_function(op.name) == "product":
        return len(carrying) * entry_operations(tape, index)
    return 3 * len(carrying) * max(entry_operations(tape, index), 1)


def costs(run: Run) -> tuple[Cost, ...]:
    """What all derivatives of the output cost by each method, in this program."""
    n, m = number_of_inputs(run), number_of_outputs(run)
    once = forward_operations(run.tape)
    sweep = sweep_operations(run.tape, _connected(run))
    return (
        Cost("forward differences", n + 1, 0, (n + 1) * once + 2 * n * m),
        Cost("central differences", 2 * n, 0, 2 * n * once + 2 * n * m),
        Cost("forward mode", 1, n, once + n * sweep),
        Cost("reverse mode", 1, 1, once + sweep),
    )


def _connected(run: Run) -> list[int]:
    """The entries that lie between a watched input and the output."""
    tape = run.tape
    if run.target is None:
        return []
    return [index for index in ancestors(tape, [run.target]) if tape.ops[index] is not INPUT]


def growth(run: Run, largest: int = 1000, points: int = 50) -> Growth:
    """The operations of each method if the program had from 1 to `largest` inputs and were as long as it is."""
    inputs = np.unique(np.geomspace(1, largest, points).round().astype(int))
    once, sweep = forward_operations(run.tape), sweep_operations(run.tape, _connected(run))
    return Growth(
        inputs,
        {
            "forward differences": (inputs + 1) * once,
            "central differences": 2 * inputs * once,
            "forward mode": once + inputs * sweep,
            "reverse mode": np.full(len(inputs), once + sweep),
        },
    )


# -- memory --------------------------------------------------------------------------------------------------------


def kept(tape: Tape, index: int) -> Kept:
    """What the entry keeps for the reverse sweep: the values that its rules read, not those of which a shape is enough.

    Each value counts with its full size, also where other entries keep it too.
    """
    operands = tape.operands(index)
    values: dict[int, None] = {}
    constants = 0
    for slot, rule in _live_rules(tape, index):
        for name in sorted(names_read(rule)):
            for place in _slots_of(name, tape, index, slot):
                item = index if place is None else operands[place]
                if item.__class__ is int:
                    values[item] = None
                else:
                    constants = max(constants, size_in_bytes(getattr(item, "primal", item)))
    return Kept(index, tuple(values), constants + sum(size_in_bytes(tape.primals[one]) for one in values))


def _live_rules(tape: Tape, index: int) -> Iterator[tuple[int, str]]:
    """The rules that run for this entry: those of operands on the tape."""
    op = tape.ops[index]
    for slot, operand in enumerate(tape.operands(index)):
        rule = op.rules[0 if op.variadic else slot]
        if operand.__class__ is int and rule is not None:
            yield slot, rule


def _slots_of(name: str, tape: Tape, index: int, slot: int) -> Iterator[int | None]:
    """The operands that a name in a rule stands for; None for the entry's own value."""
    if name == "v":
        yield None
    elif name == "xs":
        yield from (place for place in range(len(tape.operands(index))) if place != slot)
    else:
        yield OPERAND_NAMES.index(name)


@lru_cache(maxsize=512)
def names_read(rule: str) -> frozenset[str]:
    """The operands (x, y, z, xs) and the result (v) whose values a rule reads."""
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(rule, mode="eval")]
    for node in waiting:
        if isinstance(node, ast.Name) and node.id in ("v", "xs", *OPERAND_NAMES):
            found.add(node.id)
        skipped: tuple[int, ...] = ()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            skipped = SHAPE_ONLY.get(node.func.id, ())
        parts = [part for place, part in enumerate(getattr(node, "args", ())) if place not in skipped]
        waiting += parts if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
    return frozenset(found)


def size_in_bytes(value: object) -> int:
    """The bytes of the numbers themselves: eight for a float."""
    return int(np.asarray(value).nbytes)


def memory(timeline: Timeline, persistent: bool = False) -> np.ndarray:
    """The bytes that the tape keeps at each step from 0 on: more forwards, less backwards as entries are freed.

    A value is kept from the first entry that needs it to the last one pulled back, and counts once. A persistent tape
    frees nothing.
    """
    tape, last = timeline.tape, len(timeline)
    begins, ends = _lifetimes(timeline, last)
    change = np.zeros(last + 2, dtype=np.int64)
    for index, begin in begins.items():
        size = size_in_bytes(tape.primals[index])
        change[begin] += size
        if not persistent and ends[index] <= last:
            change[ends[index]] -= size
    return np.cumsum(change)[: last + 1]


def _lifetimes(timeline: Timeline, last: int) -> tuple[dict[int, int], dict[int, int]]:
    """For each value that is kept the step from which on, and the step at which nobody needs it any more."""
    pulled = {}
    for step, event in enumerate(timeline.later, timeline.computed + 1):
        if isinstance(event, AdjointAccumulated):
            pulled[event.source] = step
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    swept = timeline.second_sweep == "reverse" and last > timeline.forward_end
    for index in range(timeline.computed):
        done = pulled.get(index, last if swept else last + 1)
        for value in kept(timeline.tape, index).values:
            begins.setdefault(value, index + 1)
            ends[value] = max(ends.get(value, 0), done)
    return begins, ends


def summary(run: Run) -> str:
    """One sentence on which method is cheapest here, and by how much."""
    n = number_of_inputs(run)
    by_name = {cost.method: cost for cost in costs(run)}
    reverse, differences = by_name["reverse mode"], by_name["forward differences"]
    if not n or not reverse.operations:
        return say("costs.nothing", "There is nothing to differentiate.")
    ratio = differences.operations / reverse.operations
    inputs = say_many("costs.inputs", "one input", "{count:,} inputs", n)
    fields = {
        "inputs": inputs,
        "operations": reverse.operations,
        "others": differences.operations,
        "runs": differences.evaluations,
    }
    if math.isclose(ratio, 1):
        return say(
            "costs.as-many",
            "For {inputs} reverse mode takes {operations:,} operations in one run and one sweep; forward differences "
            "take {others:,} in {runs:,} runs, just as many.",
            **fields,
        )
    return say(
        "costs.times-as-many",
        "For {inputs} reverse mode takes {operations:,} operations in one run and one sweep; forward differences take "
        "{others:,} in {runs:,} runs, {ratio:.3g} times as many.",
        ratio=ratio,
        **fields,
    )
