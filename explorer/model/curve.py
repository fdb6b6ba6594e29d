"""A curve: the output of a function along one number of an input, with its tangent. Data only."""

from dataclasses import dataclass

import numpy as np

NEAR = 0.25  # of the plot's width, on both sides of the point
WALL = 1.5  # what reaches farther than so many times the heights near the point is not shown


@dataclass(frozen=True, eq=False)
class Curve:
    """The output `ys` where one number of an input takes the values `xs`, and the tangent at (x, y)."""

    name: str
    element: int
    title: str
    output: str
    xs: np.ndarray
    ys: np.ndarray
    x: float
    y: float
    slope: float | None


def range_around(value: float) -> tuple[float, float]:
    """Where a plot about this value reaches: with the value well inside, as wide as three times its size or 3."""
    if not np.isfinite(value):
        return (-10.0, 10.0)
    half = max(1.0, abs(value)) * 1.5
    return (value - half, value + half)


def heights(curve: Curve) -> tuple[float, float]:
    """The lowest and highest value to show: of the whole curve, or of what is near the point if the rest is a wall."""
    finite = np.isfinite(curve.ys)
    if not finite.any():
        return (-1.0, 1.0)
    near = finite & (np.abs(curve.xs - curve.x) <= NEAR * (curve.xs[-1] - curve.xs[0]))
    low, high = float(curve.ys[finite].min()), float(curve.ys[finite].max())
    if near.any():
        least, most = float(curve.ys[near].min()), float(curve.ys[near].max())
        room = WALL * (most - least) or high - low
        low, high = max(low, least - room), min(high, most + room)
    room = (high - low) * 0.12 or 1.0
    return (low - room, high + room)


def sensible_range(value: float) -> tuple[float, float]:
    """Where a slider for this value reaches: symmetric about zero, to the next 10, 20, 50, 100..."""
    if not np.isfinite(value):
        return (-10.0, 10.0)
    reach = 10.0
    for factor in (2.0, 2.5, 2.0) * 110:
        if abs(value) <= reach:
            break
        reach *= factor
    return (-reach, reach)
