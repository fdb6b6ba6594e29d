"""A curve: the output of a function along one number of an input, with its tangent. Data only."""

from dataclasses import dataclass

import numpy as np


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


def sensible_range(value: float) -> tuple[float, float]:
    """Where a slider or plot for this value reaches: symmetric about zero, to the next 10, 20, 50, 100..."""
    if not np.isfinite(value):
        return (-10.0, 10.0)
    reach = 10.0
    for factor in (2.0, 2.5, 2.0) * 110:
        if abs(value) <= reach:
            break
        reach *= factor
    return (-reach, reach)
