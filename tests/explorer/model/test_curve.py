"""A plot shows what is near its point, also where the function is a wall elsewhere."""

import numpy as np
import pytest

from explorer.model.curve import Curve, heights, range_around


@pytest.mark.parametrize("value", [-40.0, -1.0, 0.0, 0.3, 2.0, 1e6])
def test_the_range_holds_the_point_well_inside(value: float) -> None:
    low, high = range_around(value)
    assert low < value < high and 3 <= high - low <= 3 * max(1.0, abs(value))


def test_a_wall_far_from_the_point_does_not_flatten_the_curve() -> None:
    xs = np.linspace(*range_around(5.0), 161)
    ys = np.exp(-2 * xs)
    low, high = heights(Curve("x", 0, "x", "f", xs, ys, 5.0, float(np.exp(-10)), None))
    near = ys[np.abs(xs - 5.0) < 3]
    assert low < near.min() and near.max() < high < ys.max() / 100


def test_a_calm_curve_is_shown_whole_and_gaps_do_not_count() -> None:
    xs = np.linspace(-1.0, 5.0, 61)
    ys = np.where(xs > 0, np.sin(xs), np.nan)
    low, high = heights(Curve("x", 0, "x", "f", xs, ys, 2.0, float(np.sin(2)), None))
    assert low < np.nanmin(ys) and high > np.nanmax(ys) and high - low < 3
    assert heights(Curve("x", 0, "x", "f", xs, xs * np.nan, 2.0, np.nan, None)) == (-1.0, 1.0)
