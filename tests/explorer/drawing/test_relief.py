"""The surface in three dimensions: if these fail, what lies behind covers what lies before it."""

import numpy as np
import pytest

from explorer.drawing.relief import TALL, Eye, Relief, between


def flat(values: np.ndarray, samples: int = 40) -> Relief:
    axis = np.linspace(0.0, 1.0, len(values))
    return Relief.of(axis, axis, values, samples)


def test_places_are_seen_where_geometry_says():
    """From the front (azimuth -90) and above by 30 degrees: right is x, and up is z cos 30 + y sin 30."""
    eye = Eye(-90.0, 30.0, 1.0, (400.0, 300.0))
    x, y, z = 0.5, -0.25, 0.3
    px, py = eye.seen(np.array([x, y, z]))
    assert px == pytest.approx(200 + eye.scale * x)
    assert py == pytest.approx(150 - eye.scale * (z * np.cos(np.pi / 6) + y * np.sin(np.pi / 6)))


@pytest.mark.parametrize("azimuth", [-170, -100, -58, -10, 35, 80, 120, 175])
def test_a_wall_before_a_valley_hides_it(azimuth):
    """A ring of wall around a valley, seen from low down: only the far side of its inside is seen."""
    axis = np.linspace(-1.0, 1.0, 41)
    distance = np.hypot(*np.meshgrid(axis, axis))
    relief = flat(np.where(np.abs(distance - 0.8) < 0.15, 1.0, 0.0), 160)
    xs, ys = np.meshgrid(np.linspace(-1, 1, 160), np.linspace(-1, 1, 160))
    toward = Eye(azimuth, 8.0).axes[2]
    middle = np.hypot(xs, ys) < 0.25
    colors = np.where(middle, 2, 1).astype(np.uint32)
    assert not (relief.drawn(colors, Eye(azimuth, 8.0, 1.0, (300.0, 240.0))) == 2).any()
    assert (relief.drawn(colors, Eye(azimuth, 80.0, 1.0, (300.0, 240.0))) == 2).sum() > 500
    assert toward[2] > 0


def test_a_plane_is_drawn_without_gaps():
    axis = np.linspace(0.0, 1.0, 20)
    relief = Relief.of(axis, axis, np.add.outer(axis, axis), 200)
    picture = relief.drawn(np.ones((200, 200), dtype=np.uint32), Eye(-58.0, 30.0, 1.0, (260.0, 200.0)))
    for row in picture:
        inside = np.flatnonzero(row)
        if len(inside):
            assert row[inside[0] : inside[-1] + 1].all()


def test_peaks_are_cut_off_and_what_is_not_finite_lies_at_the_top():
    values = np.zeros((30, 30))
    values[15, 15], values[3, 3], values[20, :] = 1e9, np.nan, 1.0
    values += np.linspace(0, 1, 30)
    relief = flat(values)
    assert relief.high < 10
    assert relief.height(np.array([np.nan, np.inf, -np.inf])).tolist() == [1.0, 1.0, 0.0]
    assert relief.placed(0.0, 0.0, relief.low)[2] == pytest.approx(-TALL)


def test_between_the_points_of_a_grid_it_is_bilinear():
    xs, ys = np.array([0.0, 1.0, 3.0]), np.array([0.0, 2.0])
    values = np.add.outer(10 * ys, xs)
    x, y = np.array([0.5, 2.0, 3.0]), np.array([1.0, 0.5, 2.0])
    assert between(xs, ys, values, x, y) == pytest.approx(10 * y + x, rel=1e-5)
