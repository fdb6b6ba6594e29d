"""Derivatives without rules: finite differences, the complex step, and how wrong they are for each step size.

They call the function on plain numbers and arrays only; tapes, tensors and rules are unknown here, so that
these numbers can judge those of the tape.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from core.basics.structure import flatten, map_structure

Scheme = Literal["forward", "central", "complex"]
BEST_STEP = 6.055454452393343e-06  # cube root of the precision: where a central difference is best at 1
NO_SIZE = 1e-8  # what is smaller says nothing about the scale on which a function changes


def finite_difference(
    f: Callable[..., Any],
    point: Any,
    step: float | None = 1e-6,
    scheme: Scheme = "central",
    weights: Any = None,
) -> Any:
    """The derivative of f at the point, one element at a time, in the point's structure.

    A mapping is passed to f by keyword, a list or tuple by position, anything else as the one argument.
    `step` is absolute; with None it suits the size of each element. Where f gives several numbers, the
    derivative is that of their sum, each times its entry in `weights` (1 by default), as a tape takes it.
    """
    leaves: list[np.ndarray] = []
    map_structure(lambda leaf: leaves.append(as_floats(leaf)), point)
    difference = SCHEMES[scheme]

    def slope(place: int, position: tuple[int, ...]) -> float:
        def moved(by: complex) -> np.ndarray:
            changed = iter([*leaves[:place], shifted(leaves[place], position, by), *leaves[place + 1 :]])
            return result_array(call(f, map_structure(lambda _: as_given(next(changed)), point)))

        slopes = difference(moved, suitable_step(leaves[place][position]) if step is None else step)
        return float(np.sum(slopes if weights is None else slopes * result_array(weights)))

    with np.errstate(all="ignore"):
        slopes = iter([over_elements(slope, place, leaf.shape) for place, leaf in enumerate(leaves)])
    return map_structure(lambda _: next(slopes), point)


def complex_step(f: Callable[..., Any], point: Any, step: float = 1e-30) -> Any:
    """The derivative as Im f(x + ih) / h: exact to the last digits, where f takes complex numbers.

    Squire and Trapp, "Using complex variables to estimate derivatives of real functions" (1998).
    """
    return finite_difference(f, point, step, "complex")


class ErrorCurve(NamedTuple):
    """How wrong a difference is for each step size: truncation on the right, rounding on the left."""

    steps: np.ndarray
    estimates: np.ndarray
    errors: np.ndarray

    @property
    def best(self) -> float:
        """The step size with the smallest error."""
        return float(self.steps[int(np.nanargmin(self.errors))])


def error_curve(
    f: Callable[[float], Any],
    x: float,
    exact: float,
    steps: Sequence[float] | np.ndarray | None = None,
    scheme: Scheme = "central",
) -> ErrorCurve:
    """Error of the difference quotient of f at x against the step, relative to `exact` unless that is 0."""
    sizes = np.logspace(-16, 0, 65) if steps is None else np.asarray(steps, dtype=float)
    estimates = np.array([finite_difference(f, x, float(h), scheme) for h in sizes])
    with np.errstate(all="ignore"):
        errors = np.abs(estimates - exact) / (abs(exact) or 1.0)
    return ErrorCurve(sizes, estimates, errors)


def relative_error(one: Any, other: Any, nothing: float = 0.0) -> float:
    """The largest distance between two derivatives, relative to the largest number in either of them.

    Equal inf, and nan beside nan, count as agreement; different shapes as infinitely far apart. Where no element of
    `other` is larger than `nothing`, the rounding error of a 0, it is the distance itself.
    """
    a, b = np.asarray(getattr(one, "primal", one)), np.asarray(getattr(other, "primal", other))
    if a.shape != b.shape:
        return float("inf")
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    if bool(np.all(same)):
        return 0.0
    with np.errstate(all="ignore"):
        distance = float(np.max(np.where(same, 0.0, np.abs(a - b))))
        size = float(np.max(np.nan_to_num(np.maximum(np.abs(a), np.abs(b)), nan=0.0, posinf=np.inf)))
    absolute = size == 0 or not np.isfinite(distance) or bool(np.all(np.abs(b) <= nothing))
    return distance if absolute else distance / size


# -- schemes -------------------------------------------------------------------------------------------------

Moved = Callable[[complex], np.ndarray]
SCHEMES: dict[str, Callable[[Moved, float], np.ndarray]] = {
    "forward": lambda moved, h: (moved(h) - moved(0.0)) / h,
    "central": lambda moved, h: (moved(h) - moved(-h)) / (2 * h),
    "complex": lambda moved, h: np.imag(moved(1j * h)) / h,
}


def suitable_step(x: float) -> float:
    """The step that balances truncation and rounding of a central difference at x, for a function as curved as x**2.

    What is hardly more than 0 has no size of its own, and counts as 1.
    """
    return BEST_STEP * (abs(float(x)) if abs(x) > NO_SIZE else 1.0)


def shifted(x: np.ndarray, position: tuple[int, ...], by: complex) -> np.ndarray:
    """A copy of x with one element moved."""
    changed = x.astype(complex) if isinstance(by, complex) else x.copy()
    changed[position] += by
    return changed


def over_elements(slope: Callable[[int, tuple[int, ...]], float], place: int, shape: tuple[int, ...]) -> Any:
    """The slope for every element in an array of the shape; a plain number where that is ()."""
    if not shape:
        return slope(place, ())
    return np.array([slope(place, position) for position in np.ndindex(shape)]).reshape(shape)


def as_floats(x: Any) -> np.ndarray:
    """The value in double precision, whatever it was given in."""
    return np.array(getattr(x, "primal", x), dtype=float)


def as_given(x: np.ndarray) -> Any:
    """Arrays as they are; what has no axes as a Python number."""
    return x if x.ndim else x.item()


def result_array(result: Any) -> np.ndarray:
    """What a function returned as one array: structures end to end, tensors by their value."""
    parts = [np.asarray(getattr(part, "primal", part)) for part in numbers_in(result)]
    return parts[0] if len(parts) == 1 else np.concatenate([part.ravel() for part in parts])


def numbers_in(result: Any) -> Iterator[Any]:
    """The numbers and arrays of a structure; a nested list of numbers is one array."""
    if isinstance(result, list | tuple | dict):
        yield from flatten(result)
    else:
        yield result


def call(f: Callable[..., Any], point: Any) -> Any:
    """The value at the point: a mapping by keyword, a list or tuple by position, else the one argument."""
    if isinstance(point, dict):
        return f(**point)
    return f(*point) if isinstance(point, list | tuple) else f(point)
