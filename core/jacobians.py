"""Jacobians by sweeps: a seed for each element of a value, a sweep for each seed, and what they give put together.

Reverse sweeps give rows, tangent sweeps columns. Knows arrays and how they are joined; what a sweep does, the caller
says.
"""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from core import functions as f
from core.basics.types import Adjoint, Array, DType, Shape, Value
from core.tensor import as_result

Sweep = Callable[[Adjoint], Sequence[Adjoint]]
"""From the seed of one value to what arrives at each of the others, None where nothing does."""


def one_hots(shape: Shape, dtype: DType = float) -> Iterator[Array]:
    """For each position in the shape: zeros with a one there; where there is no position, what has no element, once."""
    if 0 in shape:
        yield np.zeros(shape, dtype)
    for place in range(math.prod(shape)):
        one = np.zeros(shape, dtype)
        one.flat[place] = 1
        yield as_result(one)


def by_sweeps(sweep: Sweep, seeded: Value, others: Sequence[Value], last: bool = False) -> list[Value]:
    """The Jacobians between a value, which is seeded element by element, and each of the others; None without any path.

    The axes of the value come first, or with `last` after those of the others.
    """
    shape = f.shape_of(seeded)
    columns = gathered(sweep, one_hots(shape, f.dtype_of(seeded)))
    found = []
    for column, other in zip(columns, others, strict=True):
        inner = f.shape_of(other)
        found.append(
            joined(column, other, len(inner), (*inner, *shape)) if last else joined(column, other, 0, (*shape, *inner))
        )
    return found


def gathered(sweep: Sweep, seeds: Iterator[Adjoint]) -> list[tuple[Adjoint, ...]]:
    """For each place at which something may arrive, what each of the sweeps gave it."""
    return list(zip(*[sweep(seed) for seed in seeds], strict=True))


def joined(parts: Sequence[Adjoint], like: Value, axis: int, shape: Shape) -> Value:
    """The parts, each in the shape of `like`, along a new axis and then in the shape; None where all are None."""
    if all(part is None for part in parts):
        return None
    if len(parts) == 1 and f.shape_of(parts[0]) == shape:
        return parts[0]
    if 0 in shape:
        return np.zeros(shape, f.dtype_of(like))
    filled = [f.zeros_like(like) if part is None else part for part in parts]
    return f.reshape(f.stack(filled, axis), shape)
