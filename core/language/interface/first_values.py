"""The numbers at which a text is first looked at where neither the user nor the text gives any: the one choice of them.

They are small, so that nothing saturates, and no two of them are alike: at 1 every power and every product is 1, and
nothing can be told from anything else. Knows inputs; whether the numbers suit a program is found by running it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from core.basics.types import Point
from core.language.interface.inputs import Input

WAYS: tuple[tuple[tuple[float, ...], Callable[[np.ndarray], np.ndarray]], ...] = (
    ((2.0, 3.0, 0.5, 1.5, 4.0, 2.5), lambda values: values),
    ((0.5, 0.25, 0.75, 0.4, 0.6, 0.3), np.abs),
    ((1.0,), lambda values: 1.0 + np.abs(values)),
)
"""Numbers in order, and what becomes of an array's; those inside more domains come after those easier to read."""
READABLE = 20  # elements up to which tenths stay small


def first_array(shape: tuple[int, ...], number: int, regular: bool) -> np.ndarray:
    """Small numbers of both signs, all distinct, and others for each array that is counted by `number`.

    Where the matrix has to be `regular`, because it is inverted, its diagonal is strong.
    """
    size = int(np.prod(shape))
    unit = 10 if size <= READABLE else 10 ** len(str(size))
    values = (np.arange(1.0, size + 1).reshape(shape) + number % 4) / unit
    values[np.indices(shape).sum(axis=0) % 2 == 1] *= -1.0
    return values + np.eye(shape[-1]) if regular and shape[-1] == shape[-2] else values


def with_first_values(inputs: Sequence[Input]) -> tuple[Input, ...]:
    """The inputs with numbers for defaults where the text gives none."""
    first = next(points(inputs, {}))
    return tuple(replace(one, default=first[one.name]) if is_free(one) else one for one in inputs)


def points(inputs: Sequence[Input], given: Point) -> Iterator[Point]:
    """Points to be tried in this order: what is given, and first values for the rest; one point if all is given."""
    known = {one.name: given.get(one.name, one.default) for one in inputs}
    ours = [one for one in inputs if is_free(one)]
    missing = {one.name for one in ours} - given.keys()
    if not missing:
        yield known
        return
    taken = {float(value) for name, value in known.items() if name not in missing and not np.ndim(value)}
    scalars = [one.name for one in ours if not np.ndim(one.default)]
    arrays = [one for one in ours if np.ndim(one.default) and one.name in missing]
    for numbers, elements in WAYS:
        found = _numbers([(place, name) for place, name in enumerate(scalars) if name in missing], numbers, taken)
        yield known | found | {one.name: elements(one.default) for one in arrays}


def is_free(one: Input) -> bool:
    """Whether an input's value is for us to choose."""
    return not one.given and not one.counts


def _numbers(names: list[tuple[int, str]], numbers: tuple[float, ...], taken: set[float]) -> dict[str, float]:
    """For each name, with its place among all, the number at that place, or the next that no other has."""
    found: dict[str, float] = {}
    for place, name in names:
        wish = numbers[place % len(numbers)]
        used = taken.union(found.values())
        found[name] = next((one for one in (wish, *numbers) if one not in used), wish)
    return found
