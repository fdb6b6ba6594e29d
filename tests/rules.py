"""What must hold for every row of the op table, as generators of complaints.

The tests ask that there is no complaint about a row; the mutation script asks that there is one about every
spoilt row. Differences are taken of the row's own formula for NumPy; `tests.core.test_ops` holds that formula
against NumPy and `math`.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from core.checking.differences import finite_difference, relative_error
from core.op import Op
from core.sweeps import partial_of, reverse, tangents
from core.tape import Tape, set_recorders
from core.tensor import Tensor, apply, differentiable, place_on
from tests.kinks import ARRAY_KINKS, KINKS

SYMMETRIC = {"cholesky", "eigh"}  # they read one triangle; their derivative is that of a symmetric operand
NOT_ANALYTIC = {
    "abs", "sign", "floor", "ceil", "rint", "trunc", "maximum", "minimum", "clip", "relu", "relu6", "elu", "mod",
    "hypot", "arctan2", "erf", "gelu", "cbrt", "logaddexp", "softplus", "sigmoid", "silu", "max", "min", "real",
    "cholesky", "eigh", "svd", "pinv", "logabsdet", "cast", "logsumexp", "where", "setitem", "step",
}  # fmt: skip
EDGES = (0.0, -0.0, 1.0, -1.0, 2.0, -2.5, 1e-320, 1e308, -1e308, float("inf"), float("-inf"), float("nan"))
Recording = tuple[Tape, list[int | None], Tensor]


def samples_of(op: Op) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """The row's samples with their attributes; for elementwise ops also all of them as vectors."""
    for place, sample in enumerate(op.samples):
        yield tuple(map(operand, sample)), op.sample_attributes[place] if op.sample_attributes else {}
    if op.elementwise:
        yield tuple(np.array(column) for column in zip(*op.samples, strict=True)), {}


def operand(value: Any) -> Any:
    """A sample's operand as the engine holds it."""
    return np.array(value) if isinstance(value, list) else value


def recorded(op: Op, operands: tuple[Any, ...], attributes: dict[str, Any]) -> Recording:
    """The op applied on a fresh tape: the tape, the index of each operand, the result."""
    tape = Tape()
    tensors = [Tensor(x) if differentiable(x) else x for x in operands]
    indices: list[int | None] = []
    for tensor in tensors:
        if isinstance(tensor, Tensor):
            place_on(tensor, tape, tape.add_input(tensor, tensor.primal))
        indices.append(tensor.index if isinstance(tensor, Tensor) else None)
    return tape, indices, on(tape, lambda: apply(op, tuple(tensors), attributes))


def on(tape: Tape, function: Callable[[], Any]) -> Any:
    """What the function returns, recorded on the tape."""
    before = set_recorders((tape,))
    try:
        return function()
    finally:
        set_recorders(before)


def cotangent_for(value: Any, seed: int = 0) -> Any:
    """A random cotangent in the shape of the value."""
    shape = np.shape(value)
    drawn = np.random.default_rng(seed).uniform(0.5, 1.5, shape)
    return drawn if shape else float(drawn)


def complaints(op: Op) -> Iterator[str]:
    """Everything that is wrong with the row, cheapest checks first."""
    for operands, attributes in samples_of(op):
        yield from first_order(op, operands, attributes)
    yield from at_kinks(op)
    if op.elementwise:
        yield from broadcasting(op)
        yield from edges(op)
    for operands, attributes in samples_of(op):
        yield from transpose_identity(op, operands, attributes)
        yield from dtypes(op, operands, attributes)
        yield from second_order(op, operands, attributes)


def value_function(op: Op, operands: tuple[Any, ...], attributes: dict[str, Any], slot: int) -> Callable[[Any], Any]:
    """The op's value as a function of one operand, computed by NumPy."""

    def value(x: Any) -> Any:
        x = 0.5 * (x + np.swapaxes(x, -1, -2)) if op.name in SYMMETRIC else x
        return op.forward(*(x if place == slot else other for place, other in enumerate(operands)), **attributes)

    return value


def first_order(op: Op, operands: tuple[Any, ...], attributes: dict[str, Any]) -> Iterator[str]:
    """Adjoints against central differences and, where the formula takes complex numbers, the complex step."""
    tape, indices, result = recorded(op, operands, attributes)
    if result.index is None:
        yield from nothing_flows(op, operands, attributes)
        return
    g = cotangent_for(result.primal)
    adjoints = reverse(tape, {result.index: g})
    for slot, index in enumerate(indices):
        if index is None:
            continue
        value = value_function(op, operands, attributes, slot)
        adjoint = np.zeros_like(operands[slot]) if adjoints[index] is None else adjoints[index]
        yield from unequal(
            f"operand {slot}: differences", adjoint, finite_difference(value, operands[slot], None, weights=g), 2e-7
        )
        if op.name not in NOT_ANALYTIC:
            exact = finite_difference(value, operands[slot], 1e-30, "complex", weights=g)
            yield from unequal(f"operand {slot}: complex step", adjoint, exact, 1e-11)
        partial = partial_of(tape, result.index, slot)
        if partial is not None:
            yield from unequal(f"operand {slot}: g * partial", np.sum(adjoint), np.sum(g * partial), 1e-12)


def nothing_flows(op: Op, operands: tuple[Any, ...], attributes: dict[str, Any]) -> Iterator[str]:
    """Where no rule lets a derivative flow, differences must be zero."""
    for slot, x in enumerate(operands):
        slope = finite_difference(value_function(op, operands, attributes, slot), x)
        yield from unequal(f"operand {slot} has no rule", slope, np.zeros_like(x), 0.0)


def at_kinks(op: Op) -> Iterator[str]:
    """The documented derivative at kinks and singular points, for floats and for arrays."""
    for operands, g, expected in KINKS.get(op.name, ()):
        for wrap in (float, lambda x: np.array([x])):
            tape, indices, result = recorded(op, tuple(map(wrap, operands)), {})
            adjoints = reverse(tape, {result.index: wrap(g)})
            for slot, index in enumerate(indices):
                what = f"kink at {operands}, operand {slot}"
                yield from unequal(what, adjoints[index], wrap(expected[slot]), 1e-12)
                if g and np.isfinite(g):
                    partial = partial_of(tape, result.index, slot)
                    yield from unequal(f"{what}: partial", partial, wrap(expected[slot] / g), 1e-12)
    for operands, attributes, g, expected in ARRAY_KINKS.get(op.name, ()):
        tape, (index,), result = recorded(op, tuple(map(np.array, operands)), attributes)
        adjoint = reverse(tape, {result.index: operand(g)})[index]
        yield from unequal(f"kink at {operands}", adjoint, np.array(expected), 1e-12)


def broadcasting(op: Op) -> Iterator[str]:
    """Operands of different shapes: adjoints have the operand's shape and are sums over what was repeated."""
    columns = [np.array(column) for column in zip(*op.samples, strict=True)]
    if len(columns) < 2:
        return
    shapes = [(2, 1, 3), (2, 1), (3,)]
    operands = tuple(np.resize(column, shape) for column, shape in zip(columns, shapes, strict=False))
    tape, indices, result = recorded(op, operands, {})
    g = cotangent_for(result.primal)
    adjoints = reverse(tape, {result.index: g})
    for slot, index in enumerate(indices):
        if index is not None:
            value = value_function(op, operands, {}, slot)
            slope = finite_difference(value, operands[slot], None, weights=g)
            yield from unequal(f"broadcast operand {slot}", adjoints[index], slope, 2e-7)


def edges(op: Op) -> Iterator[str]:
    """At the edges of the domain floats give what arrays give, inf and nan included, and nothing raises."""
    arity = op.arity or 1
    for turn, x in enumerate(EDGES):
        operands = tuple(EDGES[(turn + 5 * slot) % len(EDGES)] if slot else x for slot in range(arity))
        on_floats = value_and_adjoints(op, operands)
        on_arrays = value_and_adjoints(op, tuple(np.array([value]) for value in operands))
        for name, one, other in zip(("value", *"xyz"), on_floats, on_arrays, strict=False):
            if one is not None and other is not None:
                yield from unequal(f"{name} at {operands}: float and array", np.float64(one), other[0], 1e-9)


def value_and_adjoints(op: Op, operands: tuple[Any, ...]) -> list[Any]:
    """The op's value and, with a cotangent of one, the adjoint of each operand."""
    tape, indices, result = recorded(op, operands, {})
    if result.index is None:
        return [result.primal]
    adjoints = reverse(tape, {result.index: np.ones_like(result.primal) if np.ndim(result.primal) else 1.0})
    return [result.primal, *(None if index is None else adjoints[index] for index in indices)]


def transpose_identity(op: Op, operands: tuple[Any, ...], attributes: dict[str, Any]) -> Iterator[str]:
    """⟨g, J t⟩ = ⟨Jᵀ g, t⟩: the tangent sweep is the transpose of the reverse sweep."""
    tape, indices, result = recorded(op, operands, attributes)
    if result.index is None:
        return
    g = cotangent_for(result.primal, 1)
    adjoints = reverse(tape, {result.index: g})
    seeds = seeds_for(indices, operands)
    if op.name in SYMMETRIC:
        seeds = {index: 0.5 * (t + np.swapaxes(t, -1, -2)) for index, t in seeds.items()}
    tangent = tangents(tape, seeds)[result.index]
    if np.shape(tangent) != np.shape(result.primal):
        yield f"the tangent has shape {np.shape(tangent)}"
        return
    backwards = sum(np.sum(adjoints[index] * seed) for index, seed in seeds.items() if adjoints[index] is not None)
    yield from unequal("transpose identity", np.sum(g * tangent), backwards, 1e-10)


def seeds_for(indices: list[int | None], operands: tuple[Any, ...]) -> dict[int, Any]:
    """A random tangent for every operand that is on the tape."""
    pairs = zip(indices, operands, strict=True)
    return {index: cotangent_for(x, 2 + index) for index, x in pairs if index is not None}


def dtypes(op: Op, operands: tuple[Any, ...], attributes: dict[str, Any]) -> Iterator[str]:
    """Single precision stays single, in values and adjoints."""
    if op.name == "cast":
        return
    single = tuple(np.float32(x) if differentiable(x) else x for x in operands)
    tape, indices, result = recorded(op, single, attributes)
    if result.dtype != np.float32:
        yield f"the value of float32 operands is {result.dtype}"
    if result.index is None:
        return
    g = np.float32(cotangent_for(result.primal))
    adjoints = reverse(tape, {result.index: g})
    seeds = {index: np.float32(seed) for index, seed in seeds_for(indices, operands).items()}
    derivatives = {f"adjoint {index}": adjoints[index] for index in seeds}
    for name, value in (derivatives | {"tangent": tangents(tape, seeds)[result.index]}).items():
        if value is not None and np.asarray(value).dtype != np.float32:
            yield f"the {name} of float32 operands is {np.asarray(value).dtype}"


def second_order(op: Op, operands: tuple[Any, ...], attributes: dict[str, Any]) -> Iterator[str]:
    """The pullback differentiated again, against central differences of the pullback."""
    inner, indices, result = recorded(op, operands, attributes)
    if result.index is None:
        return
    g = cotangent_for(result.primal, 3)
    for slot, index in enumerate(indices):
        if index is None or reverse(inner, {result.index: g})[index] is None:
            continue
        u = cotangent_for(operands[slot], 4)

        def slope(x: Any, slot: int = slot, index: int = index, u: Any = u) -> float:
            x = 0.5 * (x + np.swapaxes(x, -1, -2)) if op.name in SYMMETRIC else x
            moved = tuple(x if place == slot else other for place, other in enumerate(operands))
            again, _, value = recorded(op, moved, attributes)
            return float(np.sum(reverse(again, {value.index: g})[index] * u))

        twice = differentiated_twice(op, operands, attributes, slot, g, u)
        yield from unequal(f"second order, operand {slot}", twice, finite_difference(slope, operands[slot], None), 1e-6)


def differentiated_twice(
    op: Op, operands: tuple[Any, ...], attributes: dict[str, Any], slot: int, g: Any, u: Any
) -> Any:
    """The gradient of ⟨u, Jᵀ g⟩ with respect to one operand: a reverse sweep over a recorded reverse sweep."""
    outer, inner = Tape(), Tape()
    tensors = [Tensor(x) if differentiable(x) else x for x in operands]
    for tensor in tensors:
        if isinstance(tensor, Tensor):
            place_on(tensor, outer, outer.add_input(tensor, tensor.primal))
            place_on(tensor, inner, inner.add_input(tensor, tensor.primal))
    before = set_recorders((outer, inner))
    try:
        result = apply(op, tuple(tensors), attributes)
        set_recorders((outer,))
        index = inner.index_of(tensors[slot])
        pulled = reverse(inner, {inner.index_of(result): g}, recorded=True)[index]
    finally:
        set_recorders(before)
    position = outer.index_of(pulled) if isinstance(pulled, Tensor) else None
    zero = np.zeros_like(operands[slot])
    if position is None:
        return zero
    seed = u if np.shape(u) else float(u)
    adjoint = reverse(outer, {position: seed})[outer.index_of(tensors[slot])]
    return zero if adjoint is None else adjoint


def unequal(what: str, one: Any, other: Any, tolerance: float) -> Iterator[str]:
    """A complaint if the two differ by more than the tolerance, relative to the larger of them and to 1."""
    if one is None or np.shape(one) != np.shape(other) or np.asarray(one).dtype == bool:
        yield f"{what}: {one} against {other}"
        return
    error = relative_error(one, other)
    with np.errstate(all="ignore"):
        distance = np.max(np.abs(np.subtract(one, other)), initial=0.0)
    if not error <= tolerance and not distance <= tolerance:
        yield f"{what}: {one} against {other}"
