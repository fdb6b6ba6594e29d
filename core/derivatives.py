"""Derivatives of functions as functions: gradients, products with the Jacobian, Jacobians and Hessians.

Arguments may be numbers, arrays or structures of them; results are plain, unless a tape records, which can then
differentiate them again. Knows tapes and sweeps; the derivatives of operations are in the op table.
"""

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, NamedTuple

import numpy as np

from core import functions as f
from core.basics.structure import map_structure
from core.basics.types import Adjoint, Array, Cotangent, Function, Shape, Structure, Tangent, Value
from core.basics.words import say
from core.dependence import ancestors
from core.jacobians import by_sweeps
from core.sweeps import reverse, tangents, tangents_of_many
from core.tape import Tape, recorders, set_recorders
from core.tensor import Tensor, differentiable, float_input, place_on

Argnums = int | Sequence[int]


class Recording(NamedTuple):
    """A call recorded on a tape of its own: the differentiated arguments and the value, as structures of tensors."""

    tape: Tape
    inputs: Structure
    value: Structure


def grad(function: Function, argnums: Argnums = 0) -> Function:
    """The function whose value is the gradient of `function`, which must return one number.

    `argnums` says with respect to which arguments: one position gives one gradient, several a tuple. A gradient has
    the structure, shapes and dtypes of its argument (whole numbers count as float64); it is zeros where the value does
    not depend on the argument. The function that comes back raises TypeError where the value is not one number or an
    argument is not real, and ValueError where `argnums` names an argument that was not given. Source: Griewank and
    Walther, "Evaluating Derivatives" (2008), chapter 3: one reverse sweep, at about the cost of a few evaluations.
    """
    both = value_and_grad(function, argnums)
    return wraps(function)(lambda *arguments, **keywords: both(*arguments, **keywords)[1])


def value_and_grad(function: Function, argnums: Argnums = 0) -> Function:
    """The function that returns the value of `function` and its gradient, from one recording; else as `grad`."""

    @wraps(function)
    def value_and_gradient(*arguments: Structure, **keywords: Any) -> tuple[Value, Structure]:
        recording = record_call(function, arguments, argnums, keywords)
        if not isinstance(recording.value, Tensor) or recording.value.shape:
            raise TypeError(
                say(
                    "derivatives.grad-needs-function-whose",
                    "grad needs a function whose value is one number, but this one has {what}: sum it, or use "
                    "vjp or jacobian",
                    what=describe(recording.value),
                )
            )
        return out(recording.value), pulled_back(recording, [one_like(recording.value)])

    return value_and_gradient


def vjp(function: Function, *arguments: Structure) -> tuple[Structure, Callable[[Structure], tuple[Structure, ...]]]:
    """The value, and the function that takes a cotangent of the value to the cotangents of all arguments.

    A cotangent has the structure and shapes of what it belongs to; the result is the cotangent times the Jacobian, by
    one reverse sweep. The second function raises ValueError for a cotangent of another shape and can be called often.
    """
    recording = record_call(function, arguments, range(len(arguments)), {})

    def pull(cotangent: Structure) -> tuple[Structure, ...]:
        return pulled_back(recording, fitting(cotangent, recording.value, "cotangent"))

    return map_structure(out, recording.value), pull


def jvp(
    function: Function, arguments: Sequence[Structure], moving: Sequence[Structure]
) -> tuple[Structure, Structure]:
    """The value, and its tangent when the arguments move with the given tangents: one sweep forward.

    Tangents have the structure and shapes of what they belong to; the result is the Jacobian times the tangents.
    Raises ValueError where the shapes differ.
    """
    recording = record_call(function, arguments, range(len(arguments)), {})
    places = indices(recording.inputs, recording.tape)
    given = zip(places, fitting(tuple(moving), recording.inputs, "tangent"), strict=True)
    seeds = {index: tangent for index, tangent in given if index is not None}
    return map_structure(out, recording.value), pushed_forward(recording, seeds)


def derivative(function: Function) -> Function:
    """The elementwise derivative of a function that acts on each element of its one argument alone.

    The derivative has the shape of the argument: the diagonal of the Jacobian, which has nothing else, by one tangent
    sweep.
    """

    @wraps(function)
    def derivative_at(x: Value) -> Value:
        return jvp(function, (x,), (one_like(f.plain(x)),))[1]

    return derivative_at


def jacobian(function: Function, argnums: Argnums = 0, mode: str = "") -> Function:
    """The function whose value is the Jacobian, of shape value.shape + argument.shape.

    Computed by rows (`mode="reverse"`, a sweep for each element of the value) or by columns (`mode="forward"`, a
    sweep for each element of the arguments); by whichever is fewer when not said. With structures, a structure of
    the value whose leaves are structures of the arguments. Raises ValueError for another mode.
    """

    @wraps(function)
    def jacobian_of(*arguments: Structure, **keywords: Any) -> Structure:
        recording = record_call(function, arguments, argnums, keywords)
        outputs, inputs = total_size(recording.value), total_size(recording.inputs)
        by = mode or ("forward" if inputs < outputs else "reverse")
        if by not in ("forward", "reverse"):
            raise ValueError(
                say(
                    "derivatives.jacobian-computed-mode-forward",
                    "a Jacobian is computed in mode 'forward' or 'reverse', not {mode!r}",
                    mode=mode,
                )
            )
        return by_columns(recording) if by == "forward" and inputs else by_rows(recording)

    return jacobian_of


def hessian(function: Function, argnums: int = 0) -> Function:
    """The function whose value is the matrix of second derivatives, of shape argument.shape + argument.shape.

    The gradient, differentiated forward: a tangent sweep over the reverse sweep for each element of the argument.
    `function` must return one number.
    """
    return jacobian(grad(function, argnums), argnums, mode="forward")


def hvp(function: Function, arguments: Sequence[Structure], vector: Structure, argnums: int = 0) -> Structure:
    """The Hessian times a vector, for the price of about two gradients: a tangent sweep over a reverse sweep.

    The vector and the result have the structure and shapes of the argument; ValueError where they differ. Source:
    Pearlmutter, "Fast exact multiplication by the Hessian" (1994).
    """
    arguments = list(arguments)

    def of_one(x: Structure) -> Structure:
        return grad(function, argnums)(*arguments[:argnums], x, *arguments[argnums + 1 :])

    return jvp(of_one, (arguments[argnums],), (vector,))[1]


# -- recording ---------------------------------------------------------------------------------------------------


def record_call(
    function: Function, arguments: Sequence[Structure], argnums: Argnums, keywords: dict[str, Any]
) -> Recording:
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
    if tape.converted:
        refuse_lost(tape, inputs, value)
    return Recording(tape, inputs[0] if isinstance(argnums, int) else inputs, value)


def refuse_lost(tape: Tape, inputs: Structure, value: Structure) -> None:
    """Raise TypeError for an argument of which only plain numbers were used: its derivative would silently be 0."""
    ends = [place for place in indices(value, tape) if place is not None]
    reached = set(ancestors(tape, ends, flows=True))
    left = set(ancestors(tape, sorted(tape.converted), flows=True))
    if any(place in left and place not in reached for place in indices(inputs, tape)):
        raise TypeError(
            say(
                "derivatives.left-the-tape",
                "the value was computed from a plain number, which `float()`, `int()`, a function of `math` or writing "
                "into a NumPy array has made of the argument, and no derivative can follow: leave `float()` out, use "
                "NumPy's functions, and build arrays with `core.array([...])`; `core.stop_gradient` cuts on "
                "purpose",
            )
        )


def watched(tape: Tape, leaf: Value) -> Tensor:
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


def as_tensor(value: Value) -> Tensor:
    """The value as a tensor, also where the function returned a constant."""
    return value if isinstance(value, Tensor) else Tensor(value)


def out(value: Value) -> Value:
    """A tensor while a tape records, else its plain value."""
    return value if recorders() or not isinstance(value, Tensor) else value.primal


def leaves(structure: Structure) -> list[Value]:
    """The leaves of a structure in the order in which `map_structure` visits them."""
    found: list[Value] = []
    map_structure(found.append, structure)
    return found


def place_of(leaf: Tensor, tape: Tape) -> int:
    """Where an input is on the tape that watches it."""
    index = leaf.index if leaf.tape is tape else tape.index_of(leaf)
    assert index is not None
    return index


def indices(structure: Structure, tape: Tape) -> list[int | None]:
    """Where the leaves are on the tape."""
    return [tape.index_of(leaf) for leaf in leaves(structure)]


# -- sweeping ----------------------------------------------------------------------------------------------------


def pulled_back(recording: Recording, cotangents: list[Cotangent]) -> Structure:
    """The gradients of the inputs for these cotangents of the value's leaves; zeros where nothing arrives."""
    seeds: dict[int, Adjoint] = {}
    for index, cotangent in zip(indices(recording.value, recording.tape), cotangents, strict=True):
        if index is not None:
            seeds[index] = seeds[index] + cotangent if index in seeds else cotangent
    tape, recorded = recording.tape, bool(recorders())
    adjoints = reverse(tape, seeds, recorded=recorded)
    taken = {id(memory(cotangent)) for cotangent in cotangents}

    def gradient(leaf: Tensor) -> Value:
        adjoint = adjoints[leaf.index if leaf.tape is tape else place_of(leaf, tape)]
        if adjoint.__class__ is float:
            return adjoint
        if adjoint is None:
            adjoint = f.zeros_like(leaf)
        return adjoint if recorded else own(f.plain(adjoint), taken)

    return map_structure(gradient, recording.inputs)


def memory(value: Array) -> Array:
    """The array that holds the elements of an array, which is a view perhaps."""
    return value if getattr(value, "base", None) is None else value.base


def own(value: Value, taken: set[int]) -> Value:
    """The value, copied where it may not be written to or another has its memory, so that each can be changed alone."""
    if value.__class__ is not np.ndarray:
        return value
    if not value.flags.writeable or id(memory(value)) in taken:
        return value.copy()
    taken.add(id(memory(value)))
    return value


def pushed_forward(recording: Recording, seeds: dict[int, Tangent]) -> Structure:
    """The tangents of the value for these tangents of inputs; zeros where nothing moves."""
    moving = tangents(recording.tape, seeds, recorded=bool(recorders()))

    def tangent(leaf: Tensor) -> Value:
        index = recording.tape.index_of(leaf)
        found = None if index is None else moving[index]
        return out(f.zeros_like(leaf) if found is None else found)

    return map_structure(tangent, recording.value)


def by_rows(recording: Recording) -> Structure:
    """The Jacobian from one reverse sweep for each element of the value."""
    values = leaves(recording.value)

    def rows(place: int) -> Structure:
        def sweep(seed: Adjoint) -> list[Adjoint]:
            others = [seed if at == place else f.zeros_like(other) for at, other in enumerate(values)]
            return leaves(pulled_back(recording, others))

        parts = iter(by_sweeps(sweep, values[place], leaves(recording.inputs)))
        return map_structure(lambda _: next(parts), recording.inputs)

    places = iter(range(len(values)))
    return map_structure(lambda _: rows(next(places)), recording.value)


def by_columns(recording: Recording) -> Structure:
    """The Jacobian from tangent sweeps, one direction for each element of the inputs."""
    swept = columns_recorded(recording) if recorders() else columns_at_once(recording)
    places = iter(range(len(leaves(recording.value))))

    def columns_of(place: int) -> Structure:
        parts = iter([columns[place] for columns in swept])
        return map_structure(lambda _: next(parts), recording.inputs)

    return map_structure(lambda _: columns_of(next(places)), recording.value)


def columns_recorded(recording: Recording) -> list[list[Value]]:
    """For each input leaf and each leaf of the value their Jacobian, from sweeps that the outer tapes record."""
    values = leaves(recording.value)

    def columns(leaf: Tensor) -> list[Value]:
        index = place_of(leaf, recording.tape)
        return by_sweeps(lambda seed: leaves(pushed_forward(recording, {index: seed})), leaf, values, last=True)

    return [columns(leaf) for leaf in leaves(recording.inputs)]


def columns_at_once(recording: Recording) -> list[list[Value]]:
    """The same from sweeps with many directions each."""
    inputs, values = leaves(recording.inputs), leaves(recording.value)
    total = total_size(recording.inputs)
    blocks = [sweep_of_many(recording, inputs, values, start, total) for start in range(0, max(total, 1), DIRECTIONS)]
    columns = [np.concatenate(parts) for parts in zip(*blocks, strict=True)]
    found, start = [], 0
    for leaf in inputs:
        size = total_size(leaf)
        found.append([as_jacobian(column[start : start + size], f.shape_of(leaf)) for column in columns])
        start += size
    return found


DIRECTIONS = 256  # how many directions one sweep takes along


def sweep_of_many(
    recording: Recording, inputs: list[Value], values: list[Value], start: int, total: int
) -> list[np.ndarray]:
    """The tangents of the value's leaves for some of the unit directions in the space of all inputs."""
    seeds, first = {}, 0
    count = min(DIRECTIONS, total - start)
    for leaf in inputs:
        size = total_size(leaf)
        unit = np.eye(count, size, start - first, dtype=f.dtype_of(leaf))
        seeds[place_of(leaf, recording.tape)] = unit.reshape(count, *f.shape_of(leaf))
        first += size
    moving = tangents_of_many(recording.tape, seeds)
    found = []
    for value in values:
        index = recording.tape.index_of(value)
        tangent = None if index is None else moving[index]
        found.append(np.zeros((count, *value.shape), value.dtype) if tangent is None else tangent)
    return found


def as_jacobian(columns: np.ndarray, shape: Shape) -> Array:
    """Directions first, as the sweep has them, to directions last in the shape of the argument."""
    jacobian = np.moveaxis(columns, 0, -1).reshape((*columns.shape[1:], *shape))
    return jacobian if jacobian.ndim else jacobian.item()


def one_like(leaf: Value) -> Array:
    """Ones in the shape of the value: the derivative of a thing with respect to itself."""
    value = f.plain(leaf)
    return 1.0 if value.__class__ is float else f.ones_like(float(value) if isinstance(value, int) else value)


def total_size(structure: Structure) -> int:
    """How many numbers a structure holds."""
    return sum(int(np.prod(f.shape_of(leaf))) for leaf in leaves(structure))


def fitting(given: Structure, structure: Structure, what: str) -> list[Value]:
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


def as_seed(given: Value, leaf: Value) -> Adjoint:
    """What was given, in the form of an adjoint or tangent of the leaf."""
    if isinstance(given, Tensor):
        return given if recorders() else given.primal
    return float(given) if not f.shape_of(leaf) else np.asarray(given, dtype=f.dtype_of(leaf))


def describe(value: Value) -> str:
    """A value that is not one number, in words."""
    if isinstance(value, Tensor):
        return say("derivatives.shape", "shape {shape}", shape=value.shape)
    return say("derivatives.kind", "a {kind}", kind=type(value).__name__)
