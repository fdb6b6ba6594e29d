"""Pan, zoom and fit put the world where they promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.drawing.camera import Box, Camera, between, centered, ease, fitted, revealing

places = st.floats(-1e4, 1e4)
zooms = st.floats(0.01, 5)
cameras = st.builds(Camera, places, places, zooms)


@given(cameras, places, places)
def test_screen_and_world_are_inverse(camera: Camera, x: float, y: float) -> None:
    assert camera.to_world(*camera.to_screen(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(cameras, st.floats(0.2, 5), st.floats(0, 900), st.floats(0, 600))
def test_zoom_keeps_the_point_under_the_pointer(camera: Camera, factor: float, x: float, y: float) -> None:
    before = camera.to_world(x, y)
    assert camera.zoomed(factor, x, y).to_world(x, y) == pytest.approx(before, abs=1e-3)


def test_zoom_has_ends() -> None:
    assert Camera().zoomed(1e9, 0, 0).zoom == 8.0
    assert Camera().zoomed(1e-9, 0, 0).zoom == 0.0005


@given(places, places, st.floats(0, 5000), st.floats(0, 5000))
def test_fit_shows_everything_in_the_middle(x: float, y: float, width: float, height: float) -> None:
    box = Box(x, y, x + width, y + height)
    camera = fitted(box, 800, 600)
    assert camera.visible(800, 600).grown(1e-6).contains(box)
    assert camera.center(800, 600) == pytest.approx(box.center, abs=1e-6)


@given(places, places, st.floats(0, 5000), st.floats(0, 5000), st.floats(0, 200))
def test_fit_leaves_room_above(x: float, y: float, width: float, height: float, above: float) -> None:
    box = Box(x, y, x + width, y + height)
    camera = fitted(box, 800, 600, above=above)
    assert camera.visible(800, 600).grown(1e-6).contains(box)
    assert camera.to_screen(x, y)[1] >= above - 1e-6


def test_a_small_graph_is_not_blown_up() -> None:
    assert fitted(Box(0, 0, 10, 10), 800, 600).zoom == 1.25


@given(cameras, st.floats(1, 2))
def test_snapping_moves_less_than_a_pixel(camera: Camera, ratio: float) -> None:
    snapped = camera.snapped(ratio)
    assert abs(snapped.x - camera.x) * camera.zoom * ratio <= 0.51
    assert snapped.snapped(ratio).x == pytest.approx(snapped.x, abs=1e-9)


def test_revealing_moves_only_when_needed_and_no_farther() -> None:
    camera = Camera(0, 0, 1)
    assert revealing(camera, Box(100, 100, 200, 160), 800, 600) is camera
    moved = revealing(camera, Box(900, 100, 1000, 160), 800, 600, margin=40)
    assert moved == Camera(240, 0, 1)


@given(cameras, cameras)
def test_the_way_starts_and_ends_where_it_should(start: Camera, end: Camera) -> None:
    for fraction, goal in ((0.0, start), (1.0, end)):
        there = between(start, end, fraction, 800, 600)
        assert (there.x, there.y) == pytest.approx((goal.x, goal.y), rel=1e-4, abs=1e-2)
        assert there.zoom == pytest.approx(goal.zoom)


def test_easing_is_gentle_and_stays_in_bounds() -> None:
    assert [ease(t) for t in (-1, 0, 0.5, 1, 2)] == [0, 0, 0.5, 1, 1]
    assert ease(0.1) < 0.02


def test_centered_is_centered() -> None:
    assert centered(10, 20, 2, 800, 600).center(800, 600) == (10, 20)
