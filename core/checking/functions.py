"""Checks a function's derivatives, of any order, against differences that know no rules.

Random weights and directions make it improbable that a wrong rule passes. Knows derivatives and numerics.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core import functions as f
from core.basics.structure import map_structure
from core.checking.differences import BEST_STEP, NO_SIZE, finite_difference, relative_error
from core.derivatives import jvp, leaves, vjp

Function = Callable[..., Any]
Arguments = tuple[Any, ...]
EXACT = 1e-9  # how closely ways without truncation agree, and what rounding leaves of a difference


def check_gradients(
    function: Function,
    arguments: Sequence[Any],
    order: int = 1,
    modes: Sequence[str] = ("reverse", "forward"),
    tolerance: float = 1e-5,
    seed: int = 0,
) -> None:
    """Raise AssertionError, saying what differs, unless all derivatives up to the order agree with differences.

    `modes` may name "reverse", "forward" and, for functions that take complex numbers too, "complex": then the
    first derivative must also agree with the complex step, almost to the last digit.
    """
    random = np.random.default_rng(seed)
    point = tuple(map_structure(as_floats, argument) for argument in arguments)
    checked = weighted(function, [random.normal(size=f.shape_of(part)) for part in leaves(function(*point))])
    for level in range(1, order + 1):
        direction = map_structure(lambda leaf: random.normal(size=np.shape(leaf)) * size_of(leaf), point)
        usable = [mode for mode in modes if mode != "complex" or level == 1]
        found = slopes(checked, point, direction, usable)
        compare(found, tolerance, EXACT * max(1.0, abs(f.plain(checked(*point)))), level)
        checked = slope_along(checked, direction)


def as_floats(leaf: Any) -> Any:
    """A number or array in double precision."""
    value = np.asarray(f.plain(leaf), dtype=float)
    return value if value.ndim else float(value)


def size_of(leaf: Any) -> float:
    """How large the numbers of a leaf are; 1 where they are nothing, for then they say nothing of the scale."""
    size = float(np.max(np.abs(leaf), initial=0.0))
    return size if NO_SIZE < size < np.inf else 1.0


def weighted(function: Function, weights: list[Any]) -> Function:
    """The sum of all numbers that the function returns, each times its weight."""

    def total(*point: Any) -> Any:
        parts = leaves(function(*point))
        return sum(f.sum(weight * part) for weight, part in zip(weights, parts, strict=True))

    return total


def slope_along(function: Function, direction: Arguments) -> Function:
    """The derivative of a function with one number as value in a direction, by a reverse sweep."""

    def slope(*point: Any) -> Any:
        gradient = leaves(vjp(function, *point)[1](1.0))
        return sum(f.sum(part * step) for part, step in zip(gradient, leaves(direction), strict=True))

    return slope


def slopes(function: Function, point: Arguments, direction: Arguments, modes: Sequence[str]) -> dict[str, float]:
    """The derivative in the direction, found in each of the ways."""

    def along(step: Any) -> Any:
        steps = iter(leaves(direction))
        return function(*map_structure(lambda leaf: leaf + step * next(steps), point))

    found = {"central differences": finite_difference(along, 0.0, BEST_STEP)}
    if "reverse" in modes:
        found["reverse mode"] = float(slope_along(function, direction)(*point))
    if "forward" in modes:
        found["forward mode"] = float(jvp(function, point, direction)[1])
    if "complex" in modes:
        found["the complex step"] = finite_difference(along, 0.0, 1e-30, "complex")
    return found


def compare(found: dict[str, float], tolerance: float, floor: float, order: int) -> None:
    """Raise AssertionError unless all ways agree: closely with differences, almost exactly with each other."""
    difference = found.pop("central differences")
    exact = list(found.items())
    for way, slope in exact:
        if not close(slope, difference, tolerance, floor):
            raise AssertionError(f"derivative of order {order}: {way} gives {slope}, central differences {difference}")
    for (one, first), (other, second) in zip(exact[:-1], exact[1:], strict=True):
        if not close(first, second, EXACT, EXACT * floor):
            raise AssertionError(f"derivative of order {order}: {one} gives {first}, {other} {second}")


def close(one: float, other: float, tolerance: float, floor: float) -> bool:
    """Whether two derivatives agree, relative to the larger and up to the floor; nothing agrees with nan."""
    distance = abs(one - other)
    return distance <= floor or (np.isfinite(distance) and relative_error(one, other) <= tolerance)
