"""How fast a program's output moves along a way, found by running it again: with a step that suits, and how exact.

A difference errs by its step (truncation) and by the rounding of what it subtracts. Where a first step leaves doubt,
a ladder of steps finds the finest one at which the slope has settled, with what is left unsure. Knows the program as a
function of numbers; knows no tape and no rule.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from core.checking.differences import BEST_STEP

Along = Callable[[float], float]
"""The output after so large a step along a way."""

DOWN = 10.0  # from step to step of the ladder
LARGEST, SMALLEST = 0.1, 1e-9  # steps of it, relative to what is moved
SETTLED = 1e-4  # how closely two steps agree where a slope has settled
SIDE, CLOSER = 1e-5, 16.0  # the step to one side, relative to what is moved; and so many times nearer once more
MARGIN = 1e-2  # of the gap between two sides, by which a slope may lie outside


class Estimate(NamedTuple):
    """A slope, and how far it may be off."""

    slope: float
    unsure: float


class Sides(NamedTuple):
    """The slopes to the left and to the right, and how their distance changed when they were taken from nearer."""

    left: float
    right: float
    further: float

    @property
    def gap(self) -> float:
        """How far the two are apart."""
        return abs(self.right - self.left)

    def differ(self, rounding: float) -> bool:
        """Whether the function bends here: the gap stays as large from nearer, and is more than rounding."""
        return bool(self.gap > rounding and self.gap > self.further / 4 and self.gap > 1e-6 * abs(self.left))

    def enclose(self, slope: float) -> bool:
        """Whether a slope is one of those between the two."""
        low, high = sorted((self.left, self.right))
        return bool(low - MARGIN * self.gap <= slope <= high + MARGIN * self.gap)

    @property
    def jump(self) -> bool:
        """Whether the gap grows without limit from nearer: at a jump, or where a slope is infinite."""
        return bool(self.gap > 2 * self.further)


class ProgramSlopes:
    """Slopes of `evaluate`, a function of the inputs by name, at a point."""

    def __init__(self, evaluate: Callable[..., float], point: Mapping[str, Any], value: float) -> None:
        self._evaluate, self._point, self.value = evaluate, point, value

    def along(self, name: str, way: np.ndarray) -> Along:
        """The output after a step along the way, the other inputs at rest."""
        at = np.asarray(self._point[name], dtype=float)

        def output(step: float) -> float:
            moved = at + step * way
            return self._evaluate(**{name: moved if moved.ndim else float(moved)})

        return output

    def central(self, along: Along, size: float) -> float:
        """The slope by the one step that suits a smooth function of numbers of this size."""
        return central(along, BEST_STEP * size)

    def unsure(self, size: float, noise: float) -> float:
        """How far rounding alone, of so much in the output, sets that slope off."""
        return noise / (BEST_STEP * size)

    def settled(self, along: Along, size: float, noise: float) -> Estimate:
        """The slope at the finest step at which it has settled, or where it is most nearly so.

        `noise` is the rounding error of the output.
        """
        rungs = 1 + round(np.log10(max(size, 1.0) * LARGEST / (size * SMALLEST)) / np.log10(DOWN))
        steps = max(size, 1.0) * LARGEST / DOWN ** np.arange(rungs)
        slopes = np.array([central(along, float(h)) for h in steps])
        better = slopes[1:] + (slopes[1:] - slopes[:-1]) / (DOWN**2 - 1)  # Richardson: without truncation of h**2
        unsure = np.abs(np.diff(better)) + 2 * noise / steps[2:]
        unsure[~np.isfinite(unsure)] = np.inf
        best = _most_sure(unsure, unsure <= SETTLED * np.abs(better[1:]))
        return Estimate(float(better[best + 1]), float(unsure[best]))

    def sides(self, along: Along, size: float) -> Sides:
        """The slopes to both sides."""
        wide, near = SIDE * size, SIDE * size / CLOSER
        further = abs((along(wide) - 2 * self.value + along(-wide)) / wide)
        return Sides((self.value - along(-near)) / near, (along(near) - self.value) / near, further)

    def side_noise(self, size: float, noise: float) -> float:
        """How far rounding alone sets the slopes to both sides apart."""
        return 4 * noise / (SIDE * size / CLOSER)

    def tangled(self, name: str, ways: np.ndarray, sizes: np.ndarray, noise: float) -> bool:
        """Whether moving along several ways at once does not give the sum of what each gives, however near one looks.

        A smooth function is as good as linear near the point.
        """
        if len(ways) < 2:
            return False
        shares = np.random.default_rng(len(ways)).uniform(0.5, 1.0, len(ways)) * float(np.min(sizes))
        parts = [way * share for way, share in zip(ways, shares, strict=True)]
        alone = [self.along(name, part) for part in parts]
        together = self.along(name, np.sum(parts, axis=0))

        def gap(h: float) -> float:
            return abs(together(h) - self.value - sum(one(h) - self.value for one in alone)) / h

        wide, near = gap(SIDE), gap(SIDE / CLOSER)
        return near > wide / 4 and near > 4 * len(ways) * noise / (SIDE / CLOSER)


def _most_sure(unsure: np.ndarray, settled: np.ndarray) -> int:
    """The surest of the finest steps that settled in a row; of all steps where none did."""
    if not np.any(settled):
        return int(np.argmin(unsure))
    last = int(np.nonzero(settled)[0][-1])
    first = last
    while first > 0 and settled[first - 1]:
        first -= 1
    return first + int(np.argmin(unsure[first : last + 1]))


def central(along: Along, step: float) -> float:
    """The central difference with a step."""
    return (along(step) - along(-step)) / (2 * step)
