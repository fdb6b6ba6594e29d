"""Labels on edges: beside the line, on no card, on no other label; shortened or left out where there is no room."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage, QPainter

from explorer.drawing.camera import Box
from explorer.drawing.scene import GraphModel
from explorer.graph import labels
from explorer.look.theme import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")


def pair(gap: float) -> GraphModel:
    """Two nodes side by side, and the edge between them."""
    positions = np.array([[0.0, 0.0], [120.0 + gap, 0.0]])
    start, end = 60.0, 60.0 + gap
    points = np.array([[start, 0], [start + gap / 3, 0], [end - gap / 3, 0], [end, 0]])
    sizes, kinds = np.full((2, 2), (120.0, 68.0)), np.ones(2, np.uint8)
    return GraphModel(positions, sizes, kinds, np.ones(2, bool), np.array([[0, 1, 0]]), points, np.array([0, 4]), str)


def spot(model: GraphModel, text: str, side: int = -1, taken: tuple[Box, ...] = ()) -> labels.Spot | None:
    return labels.spot(model, model.route(0), text, side, 0.5, 1.0, taken)


@given(st.text(max_size=80), st.floats(20, 400), st.sampled_from([-1, 1]), st.floats(0.2, 6))
def test_a_label_never_lies_on_a_card(text: str, gap: float, side: int, scale: float) -> None:
    """Whatever is written and however far apart the cards are: it is beside them, or not there at all."""
    model = pair(gap)
    found = labels.spot(model, model.route(0), text, side, 0.5, scale)
    assert found is None or not len(model.nodes_in(found.box(scale)))


def test_partial_and_contribution_stand_on_either_side() -> None:
    model = pair(200.0)
    above, below = spot(model, "× 2", -1), spot(model, "6", 1)
    assert above is not None and below is not None
    assert above.y < 0 < below.y and above.x == pytest.approx(below.x, abs=20)


def test_where_one_side_is_taken_the_other_is_used() -> None:
    """Two labels on one another could not be read."""
    model = pair(60.0)
    first = spot(model, "0.5")
    assert first is not None
    second = spot(model, "0.5", -1, (first.box(1.0),))
    assert second is not None and second.y > 0 > first.y


def test_a_long_number_is_shortened_before_it_is_left_out() -> None:
    long = "0.123456789"
    found = spot(pair(75.0), long)
    assert found is not None and found.text.plain == "0.12"
    assert spot(pair(300.0), long).text.plain == long  # type: ignore[union-attr]


def test_what_cannot_be_placed_is_not_drawn() -> None:
    """A huge label in a narrow gap; the sentence of the step says it too."""
    assert spot(pair(40.0), "array 1000×1000 → " * 20) is None
    assert spot(pair(300.0), "6", 1, (Box(-1e6, -1e6, 1e6, 1e6),)) is None


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("× 0.123456", "× 0.12"), ("nan", "nan"), ("-inf", "-inf"), ("", ""), ("1e+308", "1e+308"),
        ("1.25e-320", "1.2e-320"),
    ],
)
def test_shortening_keeps_what_is_not_a_number(text: str, short: str) -> None:
    assert labels.shorter(text) == short


def test_a_label_is_drawn_inside_its_box() -> None:
    model = pair(200.0)
    found = spot(model, "× 2")
    assert found is not None
    picture = QImage(400, 200, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    painter.translate(0, 100)
    labels.draw(painter, found, LIGHT, "adjoint", 1.0, True)
    painter.end()
    box = found.box(1.0).grown(1.5)
    inked = [(x, y) for x in range(400) for y in range(200) if picture.pixel(x, y) >> 24]
    assert inked and all(box.contains(Box(x, y - 100, x, y - 100)) for x, y in inked)
