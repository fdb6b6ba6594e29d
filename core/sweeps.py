"""The sweeps over a tape: adjoints backwards, tangents forwards. Loops over indices, never recursion.

`reverse` computes what the library returns and, when somebody observes it, the very events that the app shows.
Knows tapes and rules; knows no target's structure, no program and no drawing.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from functools import reduce
from operator import add

import numpy as np

from core import float_sweep
from core import functions as f
from core.basics.types import Adjoint, Cotangent, Partial, Primal, Rule, Tangent, Value
from core.events import AdjointAccumulated, AdjointCompleted, AdjointSeeded, Event, TangentComputed, TangentSeeded
from core.pullbacks import unbroadcast
from core.tape import NO_ATTRIBUTES, Tape, recorders, set_recorders
from core.tensor import (
    OUTSIDE_DOMAIN,
    Tensor,
    apply,
    as_result,
    compute,
    operand_tensors,
    place_on,
    tensor_at,
    untracked,
)

Observer = Callable[[Event], None]
Adjoints = list[Adjoint]
Tangents = list[Tangent]
FLOATS_ALONE = {float}
NUMBERS = (float, np.float16, np.float32)


def reverse(
    tape: Tape,
    seeds: Mapping[int, Adjoint],
    observe: Observer | None = None,
    recorded: bool = False,
    keep: Container[int] | None = None,
) -> Adjoints:
    """The adjoints of all entries, for the given adjoints (`seeds`) of some; None where nothing arrived.

    An adjoint has the shape and dtype of its entry's primal. `observe` is told every event in order. With `recorded`
    the sweep computes with tensors, so that other tapes record it and it can be differentiated again. Where `keep`
    names entries, the adjoints of the others are dropped as soon as they have been passed on, so that arrays do not
    pile up. Raises nothing outside of an operation's domain: there adjoints are inf or nan. Source: Griewank and
    Walther, "Evaluating Derivatives" (2008), chapter 3.
    """
    # Nothing has arrived anywhere, except where the sweep starts: 1 at the target, when its derivative is wanted.
    adjoints: Adjoints = [None] * len(tape)
    for index, seed in seeds.items():
        adjoints[index] = seed
        if observe:
            observe(AdjointSeeded(index, seed))
    # A tape of floats alone that nobody watches: the same sweep, with the rules written into its loop.
    if tape.scalar and not observe and not recorded and set(map(type, seeds.values())) == FLOATS_ALONE:
        float_sweep.sweep(tape, adjoints, lambda source: _pass_on(tape, source, adjoints, None, False, None))
        return adjoints
    owned: set[int] | None = None if observe or recorded else set()
    with np.errstate(all="ignore"):
        # Backwards. Operands come before their users, so whoever could send something to an entry already has.
        for source in range(max(seeds, default=-1), -1, -1):
            cotangent = adjoints[source]
            # None: the target does not depend on this entry, so there is nothing to pass on.
            if cotangent is not None:
                if observe:
                    observe(AdjointCompleted(source, cotangent))
                # The chain rule: every operand receives its share of this adjoint.
                _pass_on(tape, source, adjoints, observe, recorded, owned)
                # Nobody asked for this one, and nobody else needs it.
                if keep is not None and source not in keep:
                    adjoints[source] = None
    return adjoints


def _pass_on(
    tape: Tape, source: int, adjoints: Adjoints, observe: Observer | None, recorded: bool, owned: set[int] | None
) -> None:
    """Send the adjoint of one entry to its operands.

    `owned` are the entries whose adjoint is an array that this sweep made by adding: more is added there in place.
    """
    cotangent, values = adjoints[source], None
    operands = tape.operands(source)
    for slot, index in enumerate(operands):
        # A constant receives nothing.
        if index.__class__ is not int:
            continue
        if values is None:
            values = operand_tensors(tape, source) if recorded else tape.values_of(operands)
        # The adjoint of the entry times its partial by this operand (for arrays: times the Jacobian) ...
        contribution = pull_back(tape, source, slot, cotangent, values, recorded)
        if contribution is None:
            continue
        # ... is added to what the operand has from its other uses: an entry used twice receives twice.
        before = adjoints[index]
        if owned is not None and before.__class__ is np.ndarray:
            adjoints[index] = after = _added(before, contribution, index, owned)
        else:
            adjoints[index] = after = contribution if before is None else before + contribution
        if observe:
            partial = partial_of(tape, source, slot)
            observe(AdjointAccumulated(index, source, slot, partial, contribution, before, after))


def _added(before: np.ndarray, contribution: Cotangent, index: int, owned: set[int]) -> np.ndarray:
    """before + contribution, in the array of `before` where nobody else can hold it."""
    if index in owned and before.dtype == np.result_type(contribution):
        before += contribution
        return before
    owned.add(index)
    return before + contribution


def pull_back(
    tape: Tape, source: int, slot: int, cotangent: Cotangent, values: tuple[Value, ...], recorded: bool = False
) -> Cotangent | None:
    """What operand `slot` of the entry receives: the cotangent times the Jacobian, in the operand's shape.

    None where no derivative flows through that operand.
    """
    op = tape.ops[source]
    v = tensor_at(tape, source) if recorded else tape.primals[source]
    # One rule serves every slot where an op takes any number of operands.
    if op.variadic:
        pulled = op.pullbacks[0](slot, cotangent, v, *values, **tape.attributes.get(source, NO_ATTRIBUTES))
        return None if pulled is None else in_dtype_of(values[slot], pulled)
    pullback = op.pullbacks[slot]
    if pullback is None:
        return None
    # A rule of its own, whose result has the operand's shape already.
    if not op.elementwise:
        pulled = pullback(cotangent, v, *values, **tape.attributes.get(source, NO_ATTRIBUTES))
        return in_dtype_of(values[slot], pulled)
    # Elementwise: cotangent times partial, for floats by the functions of `math` ...
    if v.__class__ is float and {cotangent.__class__, *map(type, values)} == FLOATS_ALONE:
        return on_floats(op.scalar_pullbacks[slot], pullback, cotangent, v, *values)
    # ... and for arrays with what was broadcast summed up again, since each copy contributes.
    pulled = _among_arrays(pullback, v, cotangent, v, *values)
    return in_dtype_of(values[slot], unbroadcast(pulled, f.shape_of(values[slot])))


def _among_arrays(rule: Rule, v: Value, *values: Value) -> Value:
    """The formula of an elementwise op whose result is v, where others than floats are among the values: never raises.

    Numbers in less than the result's precision are computed with in that of the result.
    """
    if v.__class__ is float:
        return as_result(rule(*map(_in_double, values)))
    try:
        return rule(*values)
    except ZeroDivisionError:  # of floats alone, in a part of the formula
        return rule(*(_never_raising(value, v) for value in values))


def _in_double(value: Value) -> Value:
    """A number in any precision as NumPy's in double precision."""
    return np.float64(value) if isinstance(value, NUMBERS) else value


def _never_raising(value: Value, v: Value) -> Value:
    """A Python float among arrays as an array of the result's dtype, which divides by zero as arrays do."""
    return np.asarray(value, dtype=f.dtype_of(v)) if value.__class__ is float else value


def in_dtype_of(value: Value, derivative: Value) -> Value:
    """The derivative in the precision of what it belongs to, and real where that is real."""
    if value.__class__ is np.ndarray and derivative.__class__ is np.ndarray and value.dtype is derivative.dtype:
        return derivative  # the usual case needs no more
    dtype, now = f.dtype_of(value), f.dtype_of(derivative)
    if dtype == now or dtype.kind not in "fc":
        return derivative
    return f.cast(f.real(derivative) if now.kind == "c" else derivative, dtype)


def on_floats(fast: Rule, general: Rule, *values: Value) -> Primal:
    """The formula on floats, and on arrays of one where Python's arithmetic raises: inf and nan, no exception."""
    try:
        result = fast(*values)
    except OUTSIDE_DOMAIN:
        with np.errstate(all="ignore"):
            result = np.asarray(general(*(np.array([value]) for value in values))).item()
    return result if result.__class__ is float else as_result(result)


def partial_of(tape: Tape, source: int, slot: int) -> Partial | None:
    """The local partial derivative for an elementwise op, as a number or array; None for other ops."""
    op = tape.ops[source]
    function = op.partial_functions[slot] if op.elementwise else None
    if function is None:
        return None
    values = (tape.primals[source], *tape.operand_values(source))
    if all(value.__class__ is float for value in values):
        return float(on_floats(function, function, *values))
    with np.errstate(all="ignore"):
        return as_result(_among_arrays(function, tape.primals[source], *values))


def tangents(
    tape: Tape, seeds: Mapping[int, Tangent], observe: Observer | None = None, recorded: bool = False
) -> Tangents:
    """The tangents of all entries for the given tangents of some inputs; None where nothing moves.

    A tangent has the shape of its entry's primal. With `recorded` the sweep computes with tensors, so that other tapes
    record it. Source: Griewank and Walther, "Evaluating Derivatives" (2008), chapter 3.
    """
    # How fast the inputs move is given; everything else is still at rest.
    moving: Tangents = [None] * len(tape)
    for index, seed in seeds.items():
        moving[index] = seed
        if observe:
            observe(TangentSeeded(index, seed))
    with np.errstate(all="ignore"):
        if tape.scalar and not observe and not recorded and all(seed.__class__ is float for seed in seeds.values()):
            _tangents_of_scalars(tape, moving)
        else:
            _tangents_of_any(tape, moving, observe, recorded)
    return moving


def _tangents_of_any(tape: Tape, moving: Tangents, observe: Observer | None, recorded: bool) -> None:
    # Forwards, as the values were computed: when an entry's turn comes, its operands have their tangents.
    for index in range(len(tape)):
        # One term for each operand that moves: the partial by it times its tangent ...
        terms = tuple(push_forward(tape, index, moving, recorded))
        # ... and their sum is how fast the entry itself moves.
        if terms:
            moving[index] = reduce(add, (term for _, term in terms))
            if observe:
                told = tuple((slot, partial_of(tape, index, slot), term) for slot, term in terms)
                observe(TangentComputed(index, moving[index], told))


def _tangents_of_scalars(tape: Tape, moving: Tangents) -> None:
    """The same for a tape of floats: an elementwise op moves forward by the very formula that pulls it back."""
    primals = tape.primals
    for index, (op, x, y, v) in enumerate(zip(tape.ops, tape.first, tape.second, primals, strict=True)):
        # How fast the operands move; constants are at rest.
        to_x = moving[x] if x.__class__ is int else None
        to_y = moving[y] if y.__class__ is int else None
        if to_x is None and to_y is None:
            continue
        values = (primals[x] if x.__class__ is int else x, primals[y] if y.__class__ is int else y)
        values = values[: len(op.scalar_pullbacks)]
        for slot, tangent in ((0, to_x), (1, to_y)):
            if tangent is None or op.scalar_pullbacks[slot] is None:
                continue
            # The partial times the tangent: with numbers it does not matter from which side one multiplies.
            try:
                term = op.scalar_pullbacks[slot](tangent, v, *values)
            except OUTSIDE_DOMAIN:
                term = on_floats(op.scalar_pullbacks[slot], op.pullbacks[slot], tangent, v, *values)
            before = moving[index]
            moving[index] = term if before is None else before + term


def tangents_of_many(tape: Tape, seeds: Mapping[int, np.ndarray]) -> Tangents:
    """The tangents for several directions at once: each has one more axis, the first, with a place per direction."""
    moving: Tangents = [seeds.get(index) for index in range(len(tape))]
    with np.errstate(all="ignore"):
        # The tangent sweep as above, with all directions side by side along the first axis.
        for index in range(len(tape)):
            for slot, operand in enumerate(tape.operands(index)):
                tangent = moving[operand] if operand.__class__ is int else None
                term = None if tangent is None else _terms_of_many(tape, index, slot, tangent)
                if term is not None:
                    moving[index] = term if moving[index] is None else moving[index] + term
    return moving


def _terms_of_many(tape: Tape, index: int, slot: int, tangent: np.ndarray) -> Tangent:
    """One operand's terms: elementwise ops take all directions together, other ops one after the other."""
    op, shape = tape.ops[index], f.shape_of(tape.primals[index])
    if not op.elementwise:
        return np.stack([_term(tape, index, slot, as_result(one), False) for one in tangent])
    pullback, values = op.pullbacks[slot], (tape.primals[index], *tape.operand_values(index))
    if pullback is None:
        return None
    if not shape:
        try:
            return pullback(tangent, *values)
        except OUTSIDE_DOMAIN:
            return np.broadcast_to(pullback(tangent, *(np.array([value]) for value in values)), tangent.shape)
    if tangent.ndim <= len(shape):
        tangent = tangent.reshape(len(tangent), *[1] * (1 + len(shape) - tangent.ndim), *tangent.shape[1:])
    return np.broadcast_to(_among_arrays(pullback, tape.primals[index], tangent, *values), (len(tangent), *shape))


def push_forward(tape: Tape, index: int, moving: Tangents, recorded: bool = False) -> Iterator[tuple[int, Tangent]]:
    """For each operand that moves: its slot and its term of the tangent."""
    op, primal = tape.ops[index], tape.primals[index]
    for slot, operand in enumerate(tape.operands(index)):
        tangent = moving[operand] if operand.__class__ is int else None
        if tangent is None or not op.variadic and op.rules[slot] is None:
            continue
        yield slot, in_dtype_of(primal, _term(tape, index, slot, tangent, recorded))


def _term(tape: Tape, index: int, slot: int, tangent: Tangent, recorded: bool) -> Tangent:
    if tape.ops[index].elementwise:
        return _elementwise_term(tape, index, slot, tangent, recorded)
    rule = _linear_term if tape.ops[index].linear else _transposed_pullback
    return rule(tape, index, slot, tangent, recorded)


def _elementwise_term(tape: Tape, index: int, slot: int, tangent: Tangent, recorded: bool) -> Tangent:
    """The formula that pulls an elementwise op back, for its Jacobian is diagonal; repeated by broadcasting."""
    op, shape = tape.ops[index], f.shape_of(tape.primals[index])
    v = tensor_at(tape, index) if recorded else tape.primals[index]
    values = operand_tensors(tape, index) if recorded else tape.operand_values(index)
    if all(value.__class__ is float for value in (tangent, v, *values)):
        return on_floats(op.scalar_pullbacks[slot], op.pullbacks[slot], tangent, v, *values)
    term = _among_arrays(op.pullbacks[slot], v, tangent, v, *values)
    return f.broadcast_to(term, shape) if f.shape_of(term) != shape else as_result(term)


def _linear_term(tape: Tape, index: int, slot: int, tangent: Tangent, recorded: bool) -> Tangent:
    """The op itself with the tangent in the operand's place (and zeros elsewhere if linear in all together)."""
    op, attributes = tape.ops[index], tape.attributes.get(index, NO_ATTRIBUTES)
    values = list(operand_tensors(tape, index) if recorded else tape.operand_values(index))
    if op.linear == "together":
        values = [f.zeros_like(value) for value in values]
    values[slot] = tangent
    return apply(op, tuple(values), attributes) if recorded else compute(op, tuple(values), attributes)


def _transposed_pullback(tape: Tape, index: int, slot: int, tangent: Tangent, recorded: bool) -> Tangent:
    """The jvp of an op that has only a vjp: the pullback is linear in its cotangent, and its transpose is the jvp."""
    # Record the pullback of a cotangent, on a tape of its own; at which cotangent does not matter, it is linear.
    inner = Tape()
    dummy = untracked(f.zeros_like(tape.primals[index]))
    place_on(dummy, inner, inner.add_input(dummy, dummy.primal))
    values = operand_tensors(tape, index) if recorded else tape.operand_values(index)
    before = set_recorders((*recorders(), inner) if recorded else (inner,))
    try:
        pulled = pull_back(tape, index, slot, dummy, values, recorded)
    finally:
        set_recorders(before)
    # Its own reverse sweep, seeded with the tangent, multiplies by the transpose of the transpose: the Jacobian.
    place = inner.index_of(pulled) if isinstance(pulled, Tensor) else None
    back = None if place is None else reverse(inner, {place: tangent}, recorded=recorded)[inner.inputs[0]]
    return f.zeros_like(tape.primals[index]) if back is None else back
