"""The first values that a text computes for inputs: found by running its first lines once, with a small budget.

A name whose line does not get that far, or whose value is large, is not an input.
"""

from __future__ import annotations

import ast
from dataclasses import replace

import numpy as np

from core.basics.budget import Budget
from core.language.interface.inputs import Interface
from core.language.interface.random_inputs import DRAWN
from core.language.machine.machine import Machine
from core.language.reading.walk import below
from core.tensor import Tensor

MAX_ELEMENTS = 10_000  # of what a gradient is asked for
MAX_DATA = 1_000  # of any other random array
FIRST_LINES = Budget(
    operations=50_000, entries=50_000, elements=1_000_000, bytes=50_000_000, work=50_000_000, seconds=2.0
)


def draws(interface: Interface) -> bool:
    """Whether the text computes the first value of any input."""
    return any(one.default is DRAWN for one in interface.inputs)


def with_drawn(interface: Interface, tree: ast.Module, machine: Machine) -> Interface:
    """The interface with the values that the first lines compute; inputs for which they compute none are left out."""
    drawn = [one for one in interface.inputs if one.default is DRAWN]
    wanted = {one.name: MAX_DATA if one.kind == "data" else MAX_ELEMENTS for one in drawn}
    others = {one.name: Tensor(one.default) for one in interface.inputs if one.default is not DRAWN}
    found = _values(tree, machine, wanted, others)
    lost = wanted.keys() - found.keys()
    return replace(
        interface,
        sources={target: name for target, name in interface.sources.items() if name not in lost},
        inputs=tuple(
            replace(one, default=found[one.name]) if one.name in wanted else one
            for one in interface.inputs
            if one.name not in lost
        ),
    )


def _values(
    tree: ast.Module, machine: Machine, wanted: dict[str, int], others: dict[str, Tensor]
) -> dict[str, float | np.ndarray]:
    """What the first run of their lines gives these names, none with more elements than wanted."""
    lines = [_stored(node) & wanted.keys() for node in tree.body]
    last = max(number for number, names in enumerate(lines) if names)
    found: dict[str, float | np.ndarray] = {}

    def look_at(number: int, names: dict[str, object]) -> None:
        for name in lines[number] - found.keys():
            value = _plain(names.get(name), wanted[name])
            if value is not None:
                found[name] = value

    machine.run_first(last + 1, others, FIRST_LINES, look_at)
    return found


def _stored(node: ast.AST) -> set[str]:
    return {part.id for part in below(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}


def _plain(value: object, limit: int) -> float | np.ndarray | None:
    """The numbers that a name holds, None for anything else."""
    plain = value.primal if isinstance(value, Tensor) else value
    if isinstance(plain, float):
        return plain
    if isinstance(plain, np.ndarray) and plain.dtype.kind == "f" and 0 < plain.size <= limit:
        return np.array(plain, dtype=float) if plain.ndim else float(plain)
    return None
