"""The surface: quadrilaterals from back to front, within the picture, lit from their slope."""

import numpy as np
import pytest

from core.field import Place, field_over
from core.language import parse
from explorer.drawing.surface import surface


@pytest.fixture(scope="module")
def bowl():
    return field_over(parse("x*x + y*y"), {"x": 1.0, "y": 1.0}, (Place("x"), Place("y")), (-2, 2), (-2, 2), 80)


@pytest.mark.parametrize("azimuth", range(0, 360, 45))
def test_it_lies_in_the_picture_from_every_side(bowl, azimuth):
    for elevation in (5, 30, 60, 89):
        seen = surface(bowl, azimuth, elevation, (640, 480))
        for points in (seen.quads, seen.box):
            assert points[..., 0].min() >= 0 and points[..., 0].max() <= 640
            assert points[..., 1].min() >= 0 and points[..., 1].max() <= 480


@pytest.mark.parametrize("azimuth", [10, 100, 200, 300])
def test_what_is_near_is_painted_last(bowl, azimuth):
    """On flat ground what is nearer the eye lies lower in the picture."""
    flat = field_over(parse("0*x*y"), {"x": 1.0, "y": 1.0}, (Place("x"), Place("y")), (-2, 2), (-2, 2), 30)
    middles = surface(flat, azimuth, 40, (640, 480)).quads.mean(axis=1)
    close = np.abs(middles[:, None, 0] - middles[None, :, 0]) < 1
    later = np.arange(len(middles))[:, None] > np.arange(len(middles))[None, :]
    assert np.all((middles[:, None, 1] - middles[None, :, 1])[close & later] > -1e-6)


def test_overlays_lie_on_the_surface(bowl):
    seen = surface(bowl, 30, 30, (640, 480), most=79)
    there = seen.project(bowl.xs[3], bowl.ys[5], bowl.values[5, 3])
    assert np.min(np.linalg.norm(seen.quads.reshape(-1, 2) - there, axis=1)) < 1e-9


def test_the_bottom_is_low_and_the_rim_high(bowl):
    seen = surface(bowl, 0, 30, (640, 480))
    assert seen.height.min() < 0.01 and seen.height.max() > 0.9
    assert seen.shade.min() >= 0.3 and seen.shade.max() <= 1.0


def test_holes_are_left_out():
    text = "def f(x, y):\n    if x < 0:\n        return [x][3]\n    return x + y"
    holes = field_over(parse(text), {"x": 1.0, "y": 1.0}, (Place("x"), Place("y")), (-2, 2), (-2, 2), 20)
    assert len(surface(holes, 20, 30, (640, 480)).quads) == 9 * 19
