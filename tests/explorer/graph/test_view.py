"""The widget: what one does with mouse and keyboard, and that partial repaints equal whole ones."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPixmap, QWheelEvent
from PySide6.QtSvg import QSvgGenerator
from pytestqt.qtbot import QtBot

from explorer.drawing.levels import LEGIBLE
from explorer.drawing.scene import ActiveEdge, GraphModel, Snapshot
from explorer.graph.view import GraphView
from explorer.look.theme import DARK, LIGHT, Theme
from tests.explorer.graph.fakes import grid_model, seed_model, states_after


@pytest.fixture
def view(qtbot: QtBot) -> GraphView:
    widget = GraphView()
    qtbot.addWidget(widget)
    widget.resize(700, 420)
    widget.show_graph(seed_model())
    show(widget, 3)
    return widget


def show(view: GraphView, complete: int, travel: float = 1.0) -> None:
    model = view.model
    assert model is not None
    states, edges = states_after(model, len(model), complete)
    active = [ActiveEdge(int(e), "× 2", "4") for e in model.edges_to(len(model) - complete - 1)]
    view.show_snapshot(
        Snapshot(
            states, "{}.5".format, lambda i: "v̄ = 1" if states[i] > 1 else "", len(model) - complete - 1, edges,
            active, travel,
        )
    )  # fmt: skip


def picture(view: GraphView) -> np.ndarray:
    pixmap = QPixmap(view.size())
    painter = QPainter(pixmap)
    view.paint_on(painter)
    painter.end()
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).astype(int).reshape(view.height(), view.width(), 4)


def repainted(view: GraphView) -> np.ndarray:
    view.set_theme(LIGHT)  # forgets what was painted before
    return picture(view)


def at(view: GraphView, node: int) -> QPoint:
    assert view.model is not None
    return QPointF(*view.camera.to_screen(*view.model.positions[node])).toPoint()


def moved_to(place: QPoint) -> QMouseEvent:
    none = Qt.MouseButton.NoButton
    there = QPointF(place)
    return QMouseEvent(QEvent.Type.MouseMove, there, there, none, none, Qt.KeyboardModifier.NoModifier)


def wheel(view: GraphView, where: QPoint, turn: int, ctrl: bool) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(where), QPointF(where), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    view.wheelEvent(event)


def test_the_names_that_others_rely_on(view: GraphView) -> None:
    assert view.objectName() == "graph_view" and view.accessibleName()


def test_a_new_graph_is_seen_whole(view: GraphView) -> None:
    assert view.model is not None
    assert view.camera.visible(view.width(), view.height()).contains(view.model.bounds)


def test_a_click_selects_and_a_click_beside_lets_go(view: GraphView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.node_selected) as selected:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(view, 5))
    assert selected.args == [5] and view.selected == 5
    with qtbot.waitSignal(view.node_selected) as selected:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert selected.args == [-1] and view.selected is None


def test_selecting_the_same_again_says_nothing(view: GraphView, qtbot: QtBot) -> None:
    view.select(4)
    with qtbot.assertNotEmitted(view.node_selected):
        view.select(4)
        view.select(99)


def test_hovering_tells_the_node_and_its_leaving(view: GraphView) -> None:
    heard: list[int] = []
    view.node_hovered.connect(heard.append)
    for place in (at(view, 2), at(view, 2) + QPoint(3, 3), QPoint(3, 3)):
        view.mouseMoveEvent(moved_to(place))
    assert heard == [2, -1]


def test_a_double_click_activates(view: GraphView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.node_activated) as activated:
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=at(view, 6))
    assert activated.args == [6]


def test_dragging_pans_and_selects_nothing(view: GraphView, qtbot: QtBot) -> None:
    before = view.camera
    start = at(view, 5)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, start + QPoint(30, 20))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(30, 20))
    assert view.selected is None
    assert (before.x - view.camera.x) * before.zoom == pytest.approx(30, abs=1)


def test_the_wheel_pans_and_with_ctrl_zooms_about_the_pointer(view: GraphView) -> None:
    before, where = view.camera, at(view, 2)
    world = before.to_world(where.x(), where.y())
    wheel(view, where, 120, ctrl=True)
    assert view.camera.zoom > before.zoom
    assert view.camera.to_screen(*world) == pytest.approx((where.x(), where.y()), abs=1)
    zoomed = view.camera
    wheel(view, where, -120, ctrl=False)
    assert view.camera.zoom == zoomed.zoom and view.camera.y > zoomed.y


def test_keys_walk_zoom_fit_and_let_go(view: GraphView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Right)  # nothing selected: the current node
    assert view.selected == 3
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.selected == 6
    before = view.camera.zoom
    qtbot.keyClick(view, "+")
    assert view.camera.zoom == pytest.approx(1.25 * before)
    qtbot.keyClick(view, "0")
    assert view.camera.zoom == pytest.approx(1)
    qtbot.keyClick(view, "f")
    assert view.camera.zoom == pytest.approx(before)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.selected is None


def test_fit_moves_there_as_time_passes(view: GraphView, qtbot: QtBot) -> None:
    goal = view.camera
    view.show()
    view.pan_by(300, 0)
    view.fit()
    assert view.is_moving
    view.advance(0.1)
    assert view.is_moving and view.camera != goal
    view.advance(1.0)
    assert not view.is_moving
    assert (view.camera.x, view.camera.zoom) == pytest.approx((goal.x, goal.zoom), abs=1)


def test_the_current_step_is_followed_unless_told_otherwise(view: GraphView) -> None:
    view.zoom_by(4)
    view.center_on(0)
    show(view, 0)
    assert view.model is not None
    seen = view.camera.visible(view.width(), view.height())
    assert seen.contains(view.model.box(6))
    view.follow = False
    view.center_on(0)
    kept = view.camera
    show(view, 1)
    assert view.camera == kept


def test_keeping_the_view_keeps_it(view: GraphView) -> None:
    view.zoom_by(2)
    before = view.camera
    view.show_graph(seed_model(), keep_view=True)
    assert view.camera == before
    view.show_graph(seed_model())
    assert view.camera != before


def test_resizing_fits_again_until_one_has_looked_elsewhere(view: GraphView) -> None:
    view.show()
    view.resize(400, 300)
    assert view.model is not None
    assert view.camera.visible(400, 300).contains(view.model.bounds)
    view.pan_by(10, 0)
    before = view.camera
    view.resize(500, 320)
    assert view.camera == before


def test_the_bar_over_the_picture_hides_nothing(view: GraphView) -> None:
    view.show()
    view.resize(400, 120)
    view.breadcrumbs.show_path("7 operations in 3 nodes", [])
    assert view.model is not None
    bounds = view.model.bounds
    assert view.camera.to_screen(bounds.left, bounds.top)[1] > view.breadcrumbs.geometry().bottom()
    assert view.breadcrumbs.width() == view.width()  # a bar of its own, beside which no node is half seen
    view.resize(view.width() + 40, view.height())
    assert view.breadcrumbs.width() == view.width()


@pytest.mark.parametrize("zoom", [0.2, 0.3, 1.0])
def test_panning_and_stepping_paint_what_painting_anew_would(view: GraphView, zoom: float) -> None:
    view.show_graph(grid_model(400, 20))
    view.follow = False
    show(view, 100)
    view.zoom_by(zoom / view.camera.zoom)
    view.center_on(250)
    picture(view)
    for complete, shift in ((101, (13, -7)), (102, (-40, 25)), (180, (0, 9)), (3, (500, 3)), (4, (0, 0))):
        show(view, complete)
        view.pan_by(*shift)
        patched = picture(view)
        difference = np.abs(patched - repainted(view)).max(axis=2) > 60
        assert difference.mean() < 0.001


def test_values_that_change_are_painted_though_no_state_changes(view: GraphView) -> None:
    states, edges = states_after(seed_model(), 7, 0)
    view.show_snapshot(Snapshot(states, lambda i: "5", lambda i: "", None, edges))
    before = picture(view)
    view.show_snapshot(Snapshot(states, lambda i: "7" if i == 2 else "5", lambda i: "", None, edges))
    changed = np.argwhere(np.abs(picture(view) - before).max(axis=2) > 30)
    assert len(changed) and np.abs(changed.mean(axis=0)[::-1] - (at(view, 2).x(), at(view, 2).y())).max() < 60


def test_travel_repaints_only_what_moves(view: GraphView) -> None:
    show(view, 3, travel=0.2)
    early = picture(view)
    view.set_travel(0.8)
    assert (np.abs(picture(view) - early).max(axis=2) > 60).sum() > 30


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_any_painter_can_be_rendered_to(view: GraphView, theme: Theme, tmp_path: Path) -> None:
    image = QImage(1600, 900, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    view.render(painter, QRectF(0, 0, 1600, 900), theme)
    painter.end()
    assert image.pixelColor(2, 2).name() == theme.canvas
    generator = QSvgGenerator()
    generator.setFileName(str(tmp_path / "graph.svg"))
    painter = QPainter(generator)
    view.render(painter, QRectF(0, 0, 800, 450), theme)
    painter.end()
    text = (tmp_path / "graph.svg").read_text(encoding="utf-8")
    assert "<text" in text and ">v1<" in text


def test_no_graph_and_an_empty_one_are_shown_as_words(view: GraphView) -> None:
    empty = GraphModel(
        np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0, np.uint8), np.zeros(0, bool), np.zeros((0, 3), int),
        np.zeros((0, 2)), np.zeros(1, int), str,
    )  # fmt: skip
    for model in (None, empty):
        view.show_graph(model)
        view.fit()
        picture(view)
        assert view.node_at(QPointF(10, 10)) is None


def test_the_minimap_appears_when_something_is_out_of_sight_and_leads_there(
    view: GraphView, qtbot: QtBot
) -> None:
    whole = picture(view)
    view.zoom_by(4)
    zoomed = picture(view)
    corner = (slice(-60, -20), slice(-100, -20))
    assert np.abs(whole[corner] - zoomed[corner]).max() > 20
    before = view.camera
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() - 30, view.height() - 40))
    assert view.camera != before and view.selected is None


def test_tooltips_say_everything(view: GraphView) -> None:
    assert view.tooltip(5).splitlines() == ["v4 = v3 × w2", "5.5", "v̄ = 1"]


def test_a_stale_picture_is_paler(view: GraphView) -> None:
    before = picture(view)[..., :3]
    view.set_stale(True)
    assert picture(view)[..., :3].min() > before.min() + 50


def test_the_minimap_never_lies_over_the_current_node(view: GraphView) -> None:
    view.zoom_by(2)
    model = view.model
    assert model is not None
    for node in range(len(model)):
        for dx in (-300, 0, 300):
            for dy in (-160, 0, 160):
                view.show_snapshot(replace(Snapshot.blank(model), primal_text=str, adjoint_text=str))
                view.center_on(node, animated=False)
                view.pan_by(dx, dy)
                view.show_snapshot(replace(Snapshot.blank(model), primal_text=str, adjoint_text=str, current=node))
                area, seen = view._map_area(), view._on_screen(model.box(node))
                assert area is None or seen.bottom() <= area.top() and view.rect().toRectF().contains(seen)


def test_a_graph_too_large_to_be_read_whole_is_shown_from_its_beginning(view: GraphView) -> None:
    """Not with half of the view empty and the rest out of sight, and never smaller than can be read."""
    view.resize(700, 420)
    view.show_graph(grid_model(1000, 50))
    model, seen = view.model, view.camera.visible(700, 420)
    assert model is not None and view.camera.zoom >= LEGIBLE
    assert seen.left < model.bounds.left and seen.left > model.bounds.left - 60 / view.camera.zoom
    assert seen.contains(model.box(0)) and seen.right < model.bounds.right
    view.show_snapshot(replace(Snapshot.blank(model), current=900))
    assert view.camera.visible(700, 420).contains(model.box(900)), "the camera follows the step"
    view.fit(animated=False)
    assert view.camera.visible(700, 420).contains(model.bounds), "asked for, all of it is shown"
