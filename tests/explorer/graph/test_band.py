"""What explains the picture stands below it: no part lies on another, and none on a node of a fitted graph."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF

from explorer.drawing.scene import Snapshot
from explorer.graph.band import band
from explorer.graph.view import GraphView
from tests.explorer.graph.fakes import grid_model, seed_model

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("chart", [None, (120.0, 75.0)])
@pytest.mark.parametrize("scale", [None, (236.0, 46.0)])
@pytest.mark.parametrize("legend", [0.0, 46.0])
@pytest.mark.parametrize("told", [0.0, 30.0])
def test_parts_lie_in_the_band_and_not_on_each_other(
    chart: tuple[float, float] | None, scale: tuple[float, float] | None, legend: float, told: float
) -> None:
    found = band((700, 400), chart, scale, legend, told)
    parts = [part for part in found[:4] if part is not None]
    inside = QRectF(0, 400 - found.height, 700, found.height)
    assert len(parts) == sum(map(bool, (chart, scale, legend, told)))
    assert all(inside.contains(part) for part in parts)
    assert not any(one.intersects(other) for one, other in combinations(parts, 2))


def test_the_graph_fits_above_legend_scale_and_announcement() -> None:
    view = GraphView()
    view.resize(700, 420)
    model = seed_model()
    view.show_graph(model)
    view.show_snapshot(Snapshot.blank(model))
    free = view.camera
    view.show_legend(True)
    view.announce("The program stopped in line 3: " + "a long reason " * 12)
    top = view.height() - view._band().height
    assert view.camera != free
    assert view.camera.to_screen(0, model.bounds.bottom)[1] <= top < view.height() - 60
    view.show_legend(False)
    view.announce("")
    assert view.camera == free


def test_there_is_a_map_only_where_much_is_out_of_sight() -> None:
    view = GraphView()
    view.resize(700, 420)
    view.show_graph(grid_model(400, 20))
    view.fit(animated=False)
    assert view._map_area() is None
    view.zoom_by(1.2)
    assert view._map_area() is None, "still 69 % are seen"
    view.zoom_by(2.0)
    area = view._map_area()
    assert area is not None and area.width() <= 120 and area.height() <= 75
