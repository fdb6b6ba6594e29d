"""The sweeps over a tape: adjoints backwards, tangents forwards. Loops over indices, never recursion.

`reverse` computes what the library returns and, when somebody observes it, the very events that the app shows.
Knows tapes and rules; knows no target's structure, no program and no drawing.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from operator import add
from typing import Any

import numpy as np

from core import functions as f
from core.events import AdjointAccumulated, AdjointCompleted, AdjointSeeded, Event, TangentComputed, TangentSeeded
from core.pullbacks import unbroadcast
from core.tape import NO_ATTRIBUTES, Tape, set_recorders
from core.tensor import OUTSIDE_DOMAIN, as_result, compute, operand_tensors, place_on, tensor_at, untracked

Observer = Callable[[Event], None]
Adjoints = list[Any]


def reverse(tape: Tape, seeds: Mapping[int, Any], observe: Observer | None = None, recorded: bool = False) -> Adjoints:
    """The adjoints of all entries, for the given adjoints (`seeds`) of some; None where nothing arrived.

    `observe` is told every event in order. With `recorded` the sweep computes with tensors, so that other tapes
    record it and it can be differentiated again.
    """
    adjoints: Adjoints = [None] * len(tape)
    for index, seed in seeds.items():
        adjoints[index] = seed
        if observe:
            observe(AdjointSeeded(index, seed))
    top = max(seeds, default=-1)
    if tape.scalar and not observe and not recorded and all(seed.__class__ is float for seed in seeds.values()):
        return _reverse_scalars(tape, adjoints, top)
    with np.errstate(all="ignore"):
        _reverse_any(tape, adjoints, top, observe, recorded)
    return adjoints


def _reverse_any(tape: Tape, adjoints: Adjoints, top: int, observe: Observer | None, recorded: bool) -> None:
    for source in range(top, -1, -1):
        cotangent = adjoints[source]
        if cotangent is None:
            continue
        if observe:
            observe(AdjointCompleted(source, cotangent))
        values = None
        for slot, index in enumerate(tape.operands(source)):
            if index.__class__ is not int:
                continue
            if values is None:
                values = operand_tensors(tape, source) if recorded else tape.operand_values(source)
            contribution = pull_back(tape, source, slot, cotangent, values, recorded)
            if contribution is None:
                continue
            before = adjoints[index]
            adjoints[index] = after = contribution if before is None else before + contribution
            if observe:
                partial = partial_of(tape, source, slot)
                observe(AdjointAccumulated(index, source, slot, partial, contribution, before, after))


def _reverse_scalars(tape: Tape, adjoints: Adjoints, top: int) -> Adjoints:
    """The same sweep for a tape of floats, without events and without the generality: several times faster."""
    ops, first, second, primals = tape.ops, tape.first, tape.second, tape.primals
    for source in range(top, -1, -1):
        cotangent = adjoints[source]
        if cotangent is None:
            continue
        x_index, y_index = first[source], second[source]
        if x_index is None:
            continue
        pullbacks = ops[source].scalar_pullbacks
        x = primals[x_index] if x_index.__class__ is int else x_index
        values = (x,) if y_index is None else (x, primals[y_index] if y_index.__class__ is int else y_index)
        if x_index.__class__ is int:
            try:
                contribution = pullbacks[0](cotangent, primals[source], *values)
            except OUTSIDE_DOMAIN:
                contribution = pull_back(tape, source, 0, cotangent, values)
            before = adjoints[x_index]
            adjoints[x_index] = contribution if before is None else before + contribution
        if y_index.__class__ is int:
            try:
                contribution = pullbacks[1](cotangent, primals[source], *values)
            except OUTSIDE_DOMAIN:
                contribution = pull_back(tape, source, 1, cotangent, values)
            before = adjoints[y_index]
            adjoints[y_index] = contribution if before is None else before + contribution
    return adjoints


def pull_back(
    tape: Tape, source: int, slot: int, cotangent: Any, values: tuple[Any, ...], recorded: bool = False
) -> Any:
    """What operand `slot` of the entry receives: the cotangent times the Jacobian, in the operand's shape.

    None where no derivative flows through that operand.
    """
    op = tape.ops[source]
    v = tensor_at(tape, source) if recorded else tape.primals[source]
    if op.variadic:
        return op.pullbacks[0](slot, cotangent, v, *values, **tape.attributes.get(source, NO_ATTRIBUTES))
    pullback = op.pullbacks[slot]
    if pullback is None:
        return None
    if not op.elementwise:
        return pullback(cotangent, v, *values, **tape.attributes.get(source, NO_ATTRIBUTES))
    if all(value.__class__ is float for value in (cotangent, v, *values)):
        return on_floats(op.scalar_pullbacks[slot], pullback, cotangent, v, *values)
    return unbroadcast(pullback(cotangent, v, *values), f.shape_of(values[slot]))


def on_floats(fast: Callable[..., Any], general: Callable[..., Any], *values: float) -> Any:
    """The formula on floats, and on NumPy's floats where Python's arithmetic raises: inf and nan, no exception."""
    try:
        result = fast(*values)
    except OUTSIDE_DOMAIN:
        with np.errstate(all="ignore"):
            result = general(*map(np.float64, values))
    return result if result.__class__ is float else as_result(result)


def partial_of(tape: Tape, source: int, slot: int) -> Any:
    """The local partial derivative for an elementwise op, as a number or array; None for other ops."""
    op = tape.ops[source]
    function = op.partial_functions[slot] if op.elementwise else None
    if function is None:
        return None
    values = (tape.primals[source], *tape.operand_values(source))
    if all(value.__class__ is float for value in values):
        return float(on_floats(function, function, *values))
    with np.errstate(all="ignore"):
        return as_result(function(*values))


def tangents(tape: Tape, seeds: Mapping[int, Any], observe: Observer | None = None) -> list[Any]:
    """The tangents of all entries for the given tangents of some inputs; None where nothing moves."""
    moving: list[Any] = [None] * len(tape)
    for index, seed in seeds.items():
        moving[index] = seed
        if observe:
            observe(TangentSeeded(index, seed))
    with np.errstate(all="ignore"):
        for index in range(len(tape)):
            terms = tuple(push_forward(tape, index, moving))
            if terms:
                moving[index] = reduce(add, (term for _, _, term in terms))
                if observe:
                    observe(TangentComputed(index, moving[index], terms))
    return moving


def push_forward(tape: Tape, index: int, moving: list[Any]) -> Iterator[tuple[int, Any, Any]]:
    """For each operand that moves: its slot, the local partial (elementwise ops) and its term of the tangent."""
    op = tape.ops[index]
    shape = f.shape_of(tape.primals[index])
    for slot, operand in enumerate(tape.operands(index)):
        tangent = moving[operand] if operand.__class__ is int else None
        if tangent is None or not op.variadic and op.rules[slot] is None:
            continue
        if op.elementwise:
            partial = partial_of(tape, index, slot)
            yield slot, partial, as_result(f.broadcast_to(tangent * partial, shape) if shape else tangent * partial)
        elif op.linear:
            yield slot, None, _linear_term(tape, index, slot, tangent)
        else:
            yield slot, None, _transposed_pullback(tape, index, slot, tangent)


def _linear_term(tape: Tape, index: int, slot: int, tangent: Any) -> Any:
    """The op itself with the tangent in the operand's place (and zeros elsewhere if linear in all together)."""
    op = tape.ops[index]
    values = list(tape.operand_values(index))
    if op.linear == "together":
        values = [np.zeros_like(value) for value in values]
    values[slot] = tangent
    return compute(op, tuple(values), tape.attributes.get(index, NO_ATTRIBUTES))


def _transposed_pullback(tape: Tape, index: int, slot: int, tangent: Any) -> Any:
    """The jvp of an op that has only a vjp: the pullback is linear in its cotangent, and its transpose is the jvp."""
    inner = Tape()
    dummy = untracked(np.zeros(f.shape_of(tape.primals[index])) + 0.0)
    dummy.primal = as_result(np.asarray(dummy.primal))
    place_on(dummy, inner, inner.add_input(dummy, dummy.primal))
    before = set_recorders((inner,))
    try:
        pulled = pull_back(tape, index, slot, dummy, tape.operand_values(index))
    finally:
        set_recorders(before)
    return reverse(inner, {pulled.index: tangent})[dummy.index]
