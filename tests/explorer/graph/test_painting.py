"""The picture shows the states by colour and shape, at every distance, and the same however it was reached."""

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from core.timeline import State
from explorer.drawing import heat_map
from explorer.drawing.camera import Camera, centered, fitted
from explorer.drawing.levels import Detail, detail_at
from explorer.drawing.looks import EDGE_LOOKS, LOOKS
from explorer.drawing.scene import ActiveEdge, EdgeState, GraphModel, Snapshot
from explorer.graph import heat, raster
from explorer.graph.legend import height_of_legend, paint_legend
from explorer.graph.overlay import Focus, paint_overlay
from explorer.graph.painting import paint_graph
from explorer.look.theme import DARK, LIGHT, THEMES, Theme
from tests.explorer.graph.fakes import grid_model, seed_model, states_after

SIZE = (640, 400)


def painted(model: GraphModel, snapshot: Snapshot, camera: Camera, theme: Theme = LIGHT) -> QImage:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_graph(painter, model, snapshot, camera, QRectF(0, 0, *SIZE), theme)
    paint_overlay(painter, model, snapshot, Focus(), camera, theme)
    painter.end()
    return image


def count_near(image: QImage, color: QColor, tolerance: int = 24) -> int:
    """How many pixels have about this colour."""
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[..., :3].astype(int)
    wanted = np.array([color.blue(), color.green(), color.red()])
    return int((np.abs(pixels - wanted).max(axis=2) <= tolerance).sum())


def test_every_state_has_its_own_look() -> None:
    assert set(LOOKS) == set(State) and set(EDGE_LOOKS) == set(EdgeState)
    assert len(set(LOOKS.values())) >= len(LOOKS) - 1  # seeded and accumulating look alike


def test_detail_follows_the_zoom() -> None:
    assert [detail_at(z) for z in (0.05, 0.3, 1.0)] == [Detail.FAR, Detail.MIDDLE, Detail.NEAR]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_values_are_blue_and_complete_adjoints_are_orange(qapp: QApplication, theme: Theme) -> None:
    model = seed_model()
    camera = fitted(model.bounds, *SIZE)
    blank = painted(model, Snapshot.blank(model), camera, theme)
    computed = painted(model, Snapshot(np.ones(7, np.uint8), lambda i: "105"), camera, theme)
    complete = painted(model, Snapshot(np.full(7, 5, np.uint8), lambda i: "105", lambda i: "v̄ = 1"), camera, theme)
    soft, blue = theme.color("adjoint_soft"), theme.color("primal")
    assert count_near(blank, blue) == 0 < count_near(computed, blue)
    assert count_near(computed, soft, 4) < 100 < count_near(complete, soft, 4)


@pytest.mark.parametrize("zoom", [0.42, 0.5])
def test_from_a_middle_distance_each_box_still_has_the_number_that_matters_now(qapp: QApplication, zoom: float) -> None:
    """Else the graph of a function with a loop, which fits the window only so small, shows no value at all."""
    model, blue, orange = seed_model(), LIGHT.color("primal"), LIGHT.color("adjoint")
    camera = centered(*model.positions[3], zoom, *SIZE)
    assert detail_at(zoom) == Detail.MIDDLE

    def seen(snapshot: Snapshot) -> tuple[bool, bool]:
        image = painted(model, snapshot, camera)
        return count_near(image, blue) > 5, count_near(image, orange) > 5

    computed = Snapshot(np.full(7, State.COMPUTED, np.uint8), lambda i: "0.0277778")
    reached = Snapshot(np.full(7, State.ACCUMULATING, np.uint8), lambda i: "105", lambda i: "v̄ = 0.0833333")
    assert seen(Snapshot.blank(model)) == (False, False)
    assert seen(computed) == (True, False)
    assert seen(reached)[1], "beside the value where both have room"


def test_the_contribution_travels_against_the_arrow(qapp: QApplication) -> None:
    model = seed_model()
    camera = fitted(model.bounds, *SIZE)
    active = [ActiveEdge(3, "× 3", "3")]

    def center(travel: float) -> float:
        picture = painted(model, Snapshot(np.ones(7, np.uint8), active=active, travel=travel), camera)
        rest = painted(model, Snapshot(np.ones(7, np.uint8), active=[ActiveEdge(3, "× 3")], travel=1.0), camera)
        columns = [
            np.frombuffer(image.constBits(), np.uint8).reshape(SIZE[1], SIZE[0], 4)[..., :3].astype(int)
            for image in (picture, rest)
        ]
        return float(np.nonzero(np.abs(columns[0] - columns[1]).max(axis=(0, 2)) > 40)[0].mean())

    assert center(0.9) < center(0.5) < center(0.1)


def test_far_away_thousands_of_nodes_are_blocks_in_the_colours_of_their_states(qapp: QApplication) -> None:
    model = grid_model(6000, 80)
    states, edge_states = states_after(model, 6000, 3000)
    picture = painted(model, Snapshot(states, edge_states=edge_states), fitted(model.bounds, *SIZE))
    blue, orange = LIGHT.color("primal_mid"), LIGHT.color("adjoint_strong")
    assert count_near(picture, blue, 4) > 2000 and count_near(picture, orange, 4) > 2000


def test_far_pictures_painted_in_parts_fit_together(qapp: QApplication) -> None:
    model = grid_model(6000, 80)
    snapshot = Snapshot(*states_after(model, 6000, 3000)[:1])
    camera = fitted(model.bounds, *SIZE).snapped()
    images = []
    for parts in ([QRect(0, 0, *SIZE)], [QRect(0, 0, 237, 400), QRect(237, 0, 403, 400)]):
        image = QImage(*SIZE, QImage.Format.Format_RGB32)
        image.fill(QColor(LIGHT.canvas))
        painter = QPainter(image)
        for part in parts:
            painter.setClipRect(part)
            raster.paint(painter, model, snapshot, camera, part, LIGHT)
        painter.end()
        images.append(np.frombuffer(image.constBits(), np.uint8).astype(int))
    assert np.abs(images[0] - images[1]).max() <= 3


def test_the_current_node_can_be_seen_from_afar(qapp: QApplication) -> None:
    model = grid_model(6000, 80)
    camera = fitted(model.bounds, *SIZE)
    states = np.zeros(6000, np.uint8)
    without = painted(model, Snapshot(states), camera)
    with_current = painted(model, Snapshot(states, current=3000), camera)
    blue = LIGHT.color("primal_strong")
    assert count_near(with_current, blue, 60) > count_near(without, blue, 60) + 50


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("state", list(State))
def test_every_state_can_be_painted_at_every_distance(
    qapp: QApplication, theme: Theme, state: State
) -> None:
    model = seed_model()
    model.watched[0] = False
    snapshot = Snapshot(
        np.full(7, state, np.uint8), str, lambda i: "nan", 2, np.array([0, 1, 2, 3, 0, 1, 2], np.uint8),
        [ActiveEdge(0, "× 3", "nan"), ActiveEdge(1, "", "", False)], 0.3,
    )  # fmt: skip
    for zoom in (0.05, 0.3, 1.0, 6.0):
        painted(model, snapshot, Camera(-50, -50, zoom), theme)


@pytest.mark.parametrize(
    "array",
    [np.zeros((0,)), np.zeros((2, 0)), np.array([np.nan, np.inf, -1.0]), np.arange(24.0).reshape(2, 3, 4),
     np.ones((500, 700)), np.array([True, False])],
    ids=["empty", "no columns", "not numbers", "three axes", "large", "truths"],
)  # fmt: skip
def test_any_array_has_a_heat_map(qapp: QApplication, array: np.ndarray) -> None:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for zoom in (0.6, 1.0, 8.0):
        heat.draw(painter, QRectF(10, 10, *heat_map.room(array.shape)), array, LIGHT, "primal", zoom)
    painter.end()
    rows, columns = heat_map.table(array).shape
    assert rows <= heat_map.MAX_ROWS and columns <= heat_map.MAX_COLUMNS


def test_a_larger_number_has_a_stronger_colour(qapp: QApplication) -> None:
    shades = heat.shades(np.array([[0.0, 1.0, 2.0, np.nan]]), LIGHT, "primal").astype(int)
    assert shades[0, 0, 2] > shades[0, 1, 2] > shades[0, 2, 2]
    assert shades[0, 3, 2] > shades[0, 3, 0]  # red, not blue


def test_the_legend_is_painted(qapp: QApplication) -> None:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(LIGHT.color("canvas"))
    painter = QPainter(image)
    area = QRectF(10, 20, 600, height_of_legend(600))
    paint_legend(painter, area, LIGHT)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE[1], SIZE[0], 4)[..., :3].astype(int)
    drawn = np.argwhere(np.abs(pixels - pixels[0, 0]).max(axis=2) > 24)
    assert len(drawn) > 2000 and area.contains(QRectF(*drawn.min(axis=0)[::-1], *np.ptp(drawn, axis=0)[::-1]))
