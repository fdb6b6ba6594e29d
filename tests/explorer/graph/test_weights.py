"""Edges by the size of what they carried: a logarithmic scale that any numbers fit, wide or hot where much flowed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from explorer.drawing.scene import EdgeState, Snapshot
from explorer.drawing.weights import Levels, levels_of
from explorer.graph.weights import SCALE, color_at, draw, paint_scale
from explorer.look.theme import DARK, LIGHT, Theme
from tests.explorer.graph.fakes import seed_model

pytestmark = pytest.mark.usefixtures("qapp")

sizes = arrays(float, st.integers(0, 30), elements=st.floats(0) | st.just(np.nan))


@given(sizes)
def test_every_size_that_floats_have_gets_a_level_in_its_order(found: np.ndarray) -> None:
    """Exploding gradients (up to 1e308 and inf) must not end in an overflow, nor vanishing ones in a wrong order."""
    levels, low, high = levels_of(found)
    carried = ~np.isnan(found) & (found > 0)
    assert np.array_equal(np.isfinite(levels), carried)
    assert ((levels[carried] >= 0) & (levels[carried] <= 1)).all()
    assert (np.diff(levels[carried][np.argsort(found[carried])]) >= 0).all()
    assert np.isfinite([low, high]).all() and high > 9_999 * low


def test_nearly_equal_sizes_look_nearly_equal() -> None:
    """The scale spans four decades at least, else noise would look like vanishing."""
    levels = levels_of(np.array([1.0, 1.1])).levels
    assert levels[1] - levels[0] < 0.02


def test_what_was_not_carried_is_left_to_the_usual_lines() -> None:
    """Only used edges are drawn by size; `draw` gives back the rest, whatever the levels say."""
    model = seed_model()
    states = np.full(len(model.edges), EdgeState.USED, np.uint8)
    states[0] = EdgeState.FLOWED
    levels = levels_of(np.array([1.0, np.nan, 3.0, 0.0, 1e-9, 2.0, 1.0]))
    assert left(model, states, levels, "width").tolist() == [0, 1, 3]
    assert left(model, states, None, "heat").tolist() == list(range(7))


def left(model: object, states: np.ndarray, levels: Levels | None, mode: str) -> np.ndarray:
    picture = QImage(400, 300, QImage.Format.Format_ARGB32)
    snapshot = Snapshot.blank(model)  # type: ignore[arg-type]
    weights = None if levels is None else lambda: levels
    snapshot = Snapshot(snapshot.states, edge_states=states, weights=weights, weighting=mode)
    painter = QPainter(picture)
    try:
        return draw(painter, model, snapshot, np.arange(len(states)), LIGHT, 1.0)  # type: ignore[arg-type]
    finally:
        painter.end()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_hotter_is_nearer_to_the_strong_colour(theme: Theme) -> None:
    strong = theme.color("adjoint_strong")

    def away(level: float) -> int:
        color = color_at(level, theme)
        pairs = zip(color.getRgb()[:3], strong.getRgb()[:3])
        return sum(abs(a - b) for a, b in pairs)

    distances = [away(level) for level in (0.0, 0.5, 1.0)]
    assert distances == sorted(distances, reverse=True) and distances[-1] == 0


@pytest.mark.parametrize("mode", ["width", "heat"])
def test_the_scale_is_drawn_where_it_is_asked_for_and_nowhere_else(mode: str) -> None:
    picture = QImage(400, 200, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    paint_scale(painter, levels_of(np.array([np.inf, 1e-300])), mode, QRectF(100.0, 50.0, *SCALE), LIGHT)
    painter.end()
    assert picture.pixelColor(200, 90).alpha() > 0
    assert picture.pixelColor(40, 70).alpha() == picture.pixelColor(200, 150).alpha() == 0
