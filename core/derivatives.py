"""Derivatives of functions as functions: gradients, products with the Jacobian, Jacobians and Hessians.

Arguments may be numbers, arrays or structures of them; results are plain, unless a tape records, which can then
differentiate them again. Knows tapes and sweeps; what a derivative of an operation is stands in the op table.
"""

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, NamedTuple

import numpy as np

from core import functions as f
from core.basics.structure import map_structure
from core.basics.words import say
from core.jacobians import by_sweeps
from core.sweeps import reverse, tangents, tangents_of_many
from core.tape import Tape, recorders, set_recorders
from core.tensor import Tensor, differentiable, float_input, place_on

Argnums = int | Sequence[int]
Function = Callable[..., Any]


class Trace(NamedTuple):
    """A call recorded on a tape of its own: the differentiated arguments and the value, as structures of tensors."""

    tape: Tape
    inputs: Any
    value: Any


def grad(function: Function, argnums: Argnums = 0) -> Function:
    """The function whose value is the gradient of `function`, which must return one number.

    `argnums` says with respect to which arguments: one position gives one gradient, several a tuple.
    """
    both = value_and_grad(function, argnums)
    return wraps(function)(lambda *arguments, **keywords: both(*arguments, **keywords)[1])


def value_and_grad(function: Function, argnums: Argnums = 0) -> Function:
    """The function that returns the value of `function` and its gradient, from one recording."""

    @wraps(function)
    def value_and_gradient(*arguments: Any, **keywords: Any) -> tuple[Any, Any]:
        trace = record_call(function, arguments, argnums, keywords)
        if not isinstance(trace.value, Tensor) or trace.value.shape:
            raise TypeError(
                say(
                    "derivatives.grad-needs-function-whose",
                    "grad needs a function whose value is one number, but this one has {what}: sum it, or use "
                    "vjp or jacobian",
                    what=describe(trace.value),
                )
            )
        return out(trace.value), pulled_back(trace, [one_like(trace.value)])

    return value_and_gradient


def vjp(function: Function, *arguments: Any) -> tuple[Any, Callable[[Any], tuple[Any, ...]]]:
    """The value, and the function that takes a cotangent of the value to the gradients of all arguments."""
    trace = record_call(function, arguments, range(len(arguments)), {})

    def pull(cotangent: Any) -> tuple[Any, ...]:
        return pulled_back(trace, fitting(cotangent, trace.value, "cotangent"))

    return map_structure(out, trace.value), pull


def jvp(function: Function, arguments: Sequence[Any], moving: Sequence[Any]) -> tuple[Any, Any]:
    """The value, and its tangent when the arguments move with the given tangents: one sweep forward."""
    trace = record_call(function, arguments, range(len(arguments)), {})
    seeds = dict(zip(indices(trace.inputs, trace.tape), fitting(tuple(moving), trace.inputs, "tangent"), strict=True))
    return map_structure(out, trace.value), pushed_forward(trace, {i: t for i, t in seeds.items() if i is not None})


def derivative(function: Function) -> Function:
    """The elementwise derivative of a function that acts on each element of its one argument alone."""

    @wraps(function)
    def slope(x: Any) -> Any:
        return jvp(function, (x,), (one_like(f.plain(x)),))[1]

    return slope


def jacobian(function: Function, argnums: Argnums = 0, mode: str = "") -> Function:
    """The function whose value is the Jacobian, of shape value.shape + argument.shape.

    Computed by rows (`mode="reverse"`, a sweep for each element of the value) or by columns (`mode="forward"`, a
    sweep for each element of the arguments); by whichever is fewer when not said. With structures, a structure of
    the value whose leaves are structures of the arguments.
    """

    @wraps(function)
    def jacobian_of(*arguments: Any, **keywords: Any) -> Any:
        trace = record_call(function, arguments, argnums, keywords)
        outputs, inputs = total_size(trace.value), total_size(trace.inputs)
        by = mode or ("forward" if inputs < outputs else "reverse")
        if by not in ("forward", "reverse"):
            raise ValueError(
                say(
                    "derivatives.jacobian-computed-mode-forward",
                    "a Jacobian is computed in mode 'forward' or 'reverse', not {mode!r}",
                    mode=mode,
                )
            )
        return by_columns(trace) if by == "forward" and inputs else by_rows(trace)

    return jacobian_of


def hessian(function: Function, argnums: int = 0) -> Function:
    """The function whose value is the matrix of second derivatives: the gradient, differentiated forward."""
    return jacobian(grad(function, argnums), argnums, mode="forward")


def hvp(function: Function, arguments: Sequence[Any], vector: Any, argnums: int = 0) -> Any:
    """The Hessian times a vector, for the price of about two gradients: a tangent sweep over a reverse sweep."""
    arguments = list(arguments)

    def of_one(x: Any) -> Any:
        return grad(function, argnums)(*arguments[:argnums], x, *arguments[argnums + 1 :])

    return jvp(of_one, (arguments[argnums],), (vector,))[1]


# -- recording ---------------------------------------------------------------------------------------------------


def record_call(function: Function, arguments: Sequence[Any], argnums: Any, keywords: dict[str, Any]) -> Trace:
    """Call the function with the chosen arguments watched by a tape of its own."""
    tape = Tape(watches_variables=False)
    chosen = (argnums,) if isinstance(argnums, int) else tuple(argnums)
    for place in chosen:
        if not -len(arguments) <= place < len(arguments):
            raise ValueError(
                say(
                    "derivatives.argnums-names-argument-function",
                    "argnums names argument {place}, but the function was called with {count}",
                    place=place,
                    count=len(arguments),
                )
            )
    changed = list(arguments)
    for place in chosen:
        changed[place] = map_structure(partial(watched, tape), arguments[place])
    before = set_recorders((*recorders(), tape))
    try:
        value = map_structure(as_tensor, function(*changed, **keywords))
    finally:
        set_recorders(before)
    inputs = tuple(changed[place] for place in chosen)
    return Trace(tape, inputs[0] if isinstance(argnums, int) else inputs, value)


def watched(tape: Tape, leaf: Any) -> Tensor:
    """A fresh tensor of the value, watched by the tape; what tracks the original goes on tracking it.

    Fresh, because a derivative with respect to an argument must not see other uses of the same value.
    """
    if leaf.__class__ is float:
        return float_input(tape, leaf)
    if isinstance(leaf, Tensor):
        tensor = f.identity(leaf)
    else:
        kind = np.asarray(leaf).dtype.kind
        tensor = Tensor(leaf, dtype=float if kind in "iub" else None)
    if not differentiable(tensor.primal) or tensor.dtype.kind == "c":
        raise TypeError(
            say(
                "derivatives.derivatives-taken-respect-real",
                "derivatives are taken with respect to real numbers, not {dtype}",
                dtype=tensor.dtype,
            )
        )
    place_on(tensor, tape, tape.add_input(tensor, tensor.primal))
    return tensor


def as_tensor(value: Any) -> Tensor:
    """The value as a tensor, also where the function returned a constant."""
    return value if isinstance(value, Tensor) else Tensor(value)


def out(value: Any) -> Any:
    """A tensor while a tape records, else its plain value."""
    return value if recorders() or not isinstance(value, Tensor) else value.primal


def leaves(structure: Any) -> list[Any]:
    """The leaves of a structure in the order in which `map_structure` visits them."""
    found: list[Any] = []
    map_structure(found.append, structure)
    return found


def place_of(leaf: Tensor, tape: Tape) -> int:
    """Where an input stands on the tape that watches it."""
    index = leaf.index if leaf.tape is tape else tape.index_of(leaf)
    assert index is not None
    return index


def indices(structure: Any, tape: Tape) -> list[int | None]:
    """Where the leaves stand on the tape."""
    return [tape.index_of(leaf) for leaf in leaves(structure)]


# -- sweeping ----------------------------------------------------------------------------------------------------


def pulled_back(trace: Trace, cotangents: list[Any]) -> Any:
    """The gradients of the inputs for these cotangents of the value's leaves; zeros where nothing arrives."""
    seeds: dict[int, Any] = {}
    for index, cotangent in zip(indices(trace.value, trace.tape), cotangents, strict=True):
        if index is not None:
            seeds[index] = seeds[index] + cotangent if index in seeds else cotangent
    tape, recorded = trace.tape, bool(recorders())
    adjoints = reverse(tape, seeds, recorded=recorded)
    taken = {id(memory(cotangent)) for cotangent in cotangents}

    def gradient(leaf: Tensor) -> Any:
        adjoint = adjoints[leaf.index if leaf.tape is tape else place_of(leaf, tape)]
        if adjoint.__class__ is float:
            return adjoint
        if adjoint is None:
            adjoint = f.zeros_like(leaf)
        return adjoint if recorded else own(f.plain(adjoint), taken)

    return map_structure(gradient, trace.inputs)


def memory(value: Any) -> Any:
    """The array that holds the elements of an array, which is a view perhaps."""
    return value if getattr(value, "base", None) is None else value.base


def own(value: Any, taken: set[int]) -> Any:
    """The value, copied where it may not be written to or another has its memory, so that each can be changed alone."""
    if value.__class__ is not np.ndarray:
        return value
    if not value.flags.writeable or id(memory(value)) in taken:
        return value.copy()
    taken.add(id(memory(value)))
    return value


def pushed_forward(trace: Trace, seeds: dict[int, Any]) -> Any:
    """The tangents of the value for these tangents of inputs; zeros where nothing moves."""
    moving = tangents(trace.tape, seeds, recorded=bool(recorders()))

    def tangent(leaf: Tensor) -> Any:
        index = trace.tape.index_of(leaf)
        found = None if index is None else moving[index]
        return out(f.zeros_like(leaf) if found is None else found)

    return map_structure(tangent, trace.value)


def by_rows(trace: Trace) -> Any:
    """The Jacobian from one reverse sweep for each element of the value."""
    values = leaves(trace.value)

    def rows(place: int) -> Any:
        def sweep(seed: Any) -> list[Any]:
            others = [seed if at == place else f.zeros_like(other) for at, other in enumerate(values)]
            return leaves(pulled_back(trace, others))

        parts = iter(by_sweeps(sweep, values[place], leaves(trace.inputs)))
        return map_structure(lambda _: next(parts), trace.inputs)

    places = iter(range(len(values)))
    return map_structure(lambda _: rows(next(places)), trace.value)


def by_columns(trace: Trace) -> Any:
    """The Jacobian from tangent sweeps, one direction for each element of the inputs."""
    swept = columns_recorded(trace) if recorders() else columns_at_once(trace)
    places = iter(range(len(leaves(trace.value))))

    def columns_of(place: int) -> Any:
        parts = iter([columns[place] for columns in swept])
        return map_structure(lambda _: next(parts), trace.inputs)

    return map_structure(lambda _: columns_of(next(places)), trace.value)


def columns_recorded(trace: Trace) -> list[list[Any]]:
    """For each input leaf and each leaf of the value their Jacobian, from sweeps that the outer tapes record."""
    values = leaves(trace.value)

    def columns(leaf: Tensor) -> list[Any]:
        index = place_of(leaf, trace.tape)
        return by_sweeps(lambda seed: leaves(pushed_forward(trace, {index: seed})), leaf, values, last=True)

    return [columns(leaf) for leaf in leaves(trace.inputs)]


def columns_at_once(trace: Trace) -> list[list[Any]]:
    """The same from sweeps with many directions each."""
    inputs, values = leaves(trace.inputs), leaves(trace.value)
    total = total_size(trace.inputs)
    blocks = [sweep_of_many(trace, inputs, values, start, total) for start in range(0, max(total, 1), DIRECTIONS)]
    columns = [np.concatenate(parts) for parts in zip(*blocks, strict=True)]
    found, start = [], 0
    for leaf in inputs:
        size = total_size(leaf)
        found.append([as_jacobian(column[start : start + size], f.shape_of(leaf)) for column in columns])
        start += size
    return found


DIRECTIONS = 256  # how many directions one sweep takes along


def sweep_of_many(trace: Trace, inputs: list[Any], values: list[Any], start: int, total: int) -> list[np.ndarray]:
    """The tangents of the value's leaves for some of the unit directions in the space of all inputs."""
    seeds, first = {}, 0
    count = min(DIRECTIONS, total - start)
    for leaf in inputs:
        size = total_size(leaf)
        unit = np.eye(count, size, start - first, dtype=f.dtype_of(leaf))
        seeds[place_of(leaf, trace.tape)] = unit.reshape(count, *f.shape_of(leaf))
        first += size
    moving = tangents_of_many(trace.tape, seeds)
    found = []
    for value in values:
        index = trace.tape.index_of(value)
        tangent = None if index is None else moving[index]
        found.append(np.zeros((count, *value.shape), value.dtype) if tangent is None else tangent)
    return found


def as_jacobian(columns: np.ndarray, shape: tuple[int, ...]) -> Any:
    """Directions first, as the sweep has them, to directions last in the shape of the argument."""
    jacobian = np.moveaxis(columns, 0, -1).reshape((*columns.shape[1:], *shape))
    return jacobian if jacobian.ndim else jacobian.item()


def one_like(leaf: Any) -> Any:
    """Ones in the shape of the value: the derivative of a thing with respect to itself."""
    value = f.plain(leaf)
    return 1.0 if value.__class__ is float else f.ones_like(float(value) if isinstance(value, int) else value)


def total_size(structure: Any) -> int:
    """How many numbers a structure holds."""
    return sum(int(np.prod(f.shape_of(leaf))) for leaf in leaves(structure))


def fitting(given: Any, structure: Any, what: str) -> list[Any]:
    """The leaves of what was given for the leaves of a structure; ValueError where a shape differs."""
    wanted, found = leaves(structure), leaves(given)
    if len(wanted) != len(found):
        raise ValueError(
            say(
                "derivatives.wrong-number",
                "{count} {what}s were given for {other} values",
                count=len(found),
                what=what,
                other=len(wanted),
            )
        )
    for leaf, one in zip(wanted, found, strict=True):
        if f.shape_of(leaf) != f.shape_of(one):
            raise ValueError(
                say(
                    "derivatives.wrong-shape",
                    "the {what} has shape {shape}, but the value has shape {other}",
                    what=what,
                    shape=f.shape_of(one),
                    other=f.shape_of(leaf),
                )
            )
    return [as_seed(one, leaf) for one, leaf in zip(found, wanted, strict=True)]


def as_seed(given: Any, leaf: Any) -> Any:
    """What was given, in the form of an adjoint or tangent of the leaf."""
    if isinstance(given, Tensor):
        return given if recorders() else given.primal
    return float(given) if not f.shape_of(leaf) else np.asarray(given, dtype=f.dtype_of(leaf))


def describe(value: Any) -> str:
    """A value that is not one number, in words."""
    if isinstance(value, Tensor):
        return say("derivatives.shape", "shape {shape}", shape=value.shape)
    return say("derivatives.kind", "a {kind}", kind=type(value).__name__)
