"""The page of training: if these fail, a person cannot follow a gradient down, or not see how it went.

Losses of the line are the published ones: y = 3x + 2 over 201 points from -2 to 2, from w = 5, b = 0 at rate 0.1.
"""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from explorer.model.document import Document
from tests.explorer.conftest import rest, set_value, type_text

LINE = "def loss(w, b, x, y):\n    return ((w*x + b - y)**2).mean()\n"
XS = np.linspace(-2.0, 2.0, 201)
LOSSES = [9.386667, 5.435800, 3.173714]
LAST = 0.056249


@pytest.fixture
def page(window, qtbot):
    """The page over the seed function, with nothing trained."""
    window.centre.show_tab("training")
    rest(window, qtbot)
    assert window.focusWidget() is window.parts["training"].panel.transport.slider
    yield window.parts["training"]
    window.parts["training"].opening.leave()
    window.centre.show_tab("graph")


def show(window, qtbot, text: str, **inputs) -> None:
    data = tuple(name for name in ("x", "y") if np.ndim(inputs.get(name, 0.0)))
    window.files.start(Document(text=text, inputs=inputs, unwatched=data))
    rest(window, qtbot)
    window.centre.show_tab("training")
    rest(window, qtbot)


def show_line(window, qtbot) -> None:
    show(window, qtbot, LINE, w=5.0, b=0.0, x=XS.tolist(), y=(3 * XS + 2).tolist())
    choose(window, qtbot, rate="0.1", steps="10")


def choose(window, qtbot, **values: str) -> None:
    """Type into fields of the page."""
    for name, text in values.items():
        field = window.parts["training"].panel.setup.fields[name]
        field.setText(text)
        field.editingFinished.emit()


def press(window, qtbot, name: str) -> None:
    qtbot.mouseClick(window.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def train(window, qtbot) -> None:
    press(window, qtbot, "training_start")
    rest(window, qtbot)


def sentence(window) -> str:
    return window.findChild(QLabel, "training_sentence").text()


def at(page, x: float, y: float) -> QPoint:
    """Where a place of the surface is on the plot."""
    plot = page.panel.pictures.contour.plot
    return plot.mapFromScene(plot.getPlotItem().getViewBox().mapViewToScene(QPointF(x, y)))


# --- training --------------------------------------------------------------------------------------------------


def test_parameters_are_guessed_and_each_click_moves_one_over(window, qtbot, page):
    show_line(window, qtbot)
    inputs = page.panel.setup.inputs
    assert inputs.down == ("w", "b")
    qtbot.mouseClick(inputs.buttons["b"], Qt.MouseButton.LeftButton)
    assert inputs.down == ("w",)
    qtbot.mouseClick(inputs.buttons["x"], Qt.MouseButton.LeftButton)
    assert inputs.down == ("w", "x")


def test_the_line_is_trained_with_the_published_losses(window, qtbot, page):
    show_line(window, qtbot)
    train(window, qtbot)
    losses = page.race.lead.losses
    assert losses[:3] == pytest.approx(LOSSES, abs=1e-6)
    assert losses[10] == pytest.approx(LAST, abs=1e-6)
    page.course.tick(100.0)
    assert page.race.step == 10
    assert "0.056249" in sentence(window)


def test_it_plays_from_the_first_step_to_the_last(window, qtbot, page):
    show_line(window, qtbot)
    train(window, qtbot)
    page.course.clock.stop()
    page.race.seek(0)
    qtbot.keyClick(page.panel.transport.slider, Qt.Key.Key_Space)
    page.course.clock.stop()
    seen = []
    while page.race.playing:
        page.course.tick(0.2)
        seen.append(page.race.step)
    assert seen == sorted(seen)
    assert seen[-1] == 10
    assert len(set(seen)) > 4


def test_keys_and_slider_go_through_the_steps(window, qtbot, page):
    show_line(window, qtbot)
    train(window, qtbot)
    slider = page.panel.transport.slider
    for key, step in (
        (Qt.Key.Key_Home, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Left, 1), (Qt.Key.Key_End, 10),
    ):  # fmt: skip
        qtbot.keyClick(slider, key)
        assert page.race.step == step
    slider.setValue(7)
    assert page.race.step == 7
    assert window.findChild(QLabel, "training_place").text() == "step 7 of 10"
    assert window.player.step == 0, "the tape stays where it is"


def test_a_race_has_a_path_for_each_optimizer(window, qtbot, page):
    show(window, qtbot, "def f(x, y):\n    return (1 - x)**2 + 100*(y - x**2)**2\n", x=-1.5, y=2.0)
    for name in ("adam", "newton"):
        qtbot.mouseClick(page.panel.setup.optimizers.buttons[name], Qt.MouseButton.LeftButton)
    train(window, qtbot)
    assert list(page.race.trainings) == ["gd", "adam", "newton"]
    paths = {path.optimizer: path.points for path in page.race.paths(("x", 0), ("y", 0))}
    assert all(path[0] == pytest.approx((-1.5, 2.0)) for path in paths.values())
    assert paths["newton"][-1] == pytest.approx((1.0, 1.0), abs=1e-6)


def test_stop_keeps_what_there_is(window, qtbot, page):
    show_line(window, qtbot)
    choose(window, qtbot, steps="1000000", rate="0.0001")
    press(window, qtbot, "training_start")
    qtbot.waitUntil(lambda: page.race.known > 5)
    press(window, qtbot, "training_start")
    assert not page.course.going
    there = page.race.known
    assert 5 < there < 1_000_000
    page.course.seek(3)
    assert sentence(window).startswith("Step 3 ")


def test_a_plan_is_kept_in_the_document(window, qtbot, page):
    show_line(window, qtbot)
    assert window.document().plan == "gd rate=0.1 steps=10 over=w,b"
    window.files.start(window.document())
    rest(window, qtbot)
    assert page.panel.setup.fields["rate"].text() == "0.1"


# --- the surface -----------------------------------------------------------------------------------------------


def test_the_surface_lies_over_the_first_two_numbers(window, qtbot, page):
    land = page.ground.scene.landscape
    x, y = np.meshgrid(land.field.xs, land.field.ys)
    assert land.field.values == pytest.approx(3 * x**2 + 2 * x * y)
    one = land.arrows[0]
    assert (one.slope_x, one.slope_y) == pytest.approx((6 * one.x + 2 * one.y, 2 * one.x))
    assert page.panel.pictures.numbers.toolTip() == "f = 105    ∂/∂w1 = 36    ∂/∂w2 = 10"


def test_a_click_starts_from_there(window, qtbot, page):
    viewport = page.panel.pictures.contour.plot.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at(page, 2.0, -1.0))
    qtbot.waitUntil(lambda: bool(page.race.trainings))
    rest(window, qtbot)
    start = page.race.lead.at(0)
    assert (start["w1"], start["w2"]) == pytest.approx((2.0, -1.0), abs=0.1)
    assert window.session.point() == pytest.approx(start)


def test_the_dragged_point_takes_its_numbers_along(window, qtbot, page):
    viewport = page.panel.pictures.contour.plot.viewport()
    begin, middle, end = at(page, 5.0, 3.0), at(page, 3.0, 2.0), at(page, 1.0, 1.0)
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=begin)
    for place in (middle, end):
        x = page.panel.pictures.contour.plot.getPlotItem().getViewBox().mapSceneToView(QPointF(place)).x()
        qtbot.waitUntil(lambda x=x, place=place: move(viewport, place) or abs(page.ground.scene.tangent.x - x) < 0.1)
    touching = page.ground.scene.tangent
    x, y = touching.x, touching.y
    assert (x, y) == pytest.approx((1.0, 1.0), abs=0.1)
    assert (touching.value, touching.slope_x, touching.slope_y) == pytest.approx((3*x*x + 2*x*y, 6*x + 2*y, 2*x))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    rest(window, qtbot)
    assert window.session.point()["w1"] == pytest.approx(1.0, abs=0.1)


def move(viewport, place: QPoint) -> None:
    """A movement with the button held down, which QTest's own does not tell of."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    left = Qt.MouseButton.LeftButton
    where, none = QPointF(place), Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, where, viewport.mapToGlobal(where), Qt.MouseButton.NoButton, left, none)
    QApplication.sendEvent(viewport, event)


def test_the_surface_can_be_turned(window, qtbot, page):
    pictures = page.panel.pictures
    press(window, qtbot, "training_kind_surface")
    before = pictures.surface.grab().toImage()
    qtbot.keyClick(pictures.surface, Qt.Key.Key_Right)
    assert pictures.surface.azimuth != -58.0
    assert pictures.surface.grab().toImage() != before
    press(window, qtbot, "training_kind_contour")


# --- a step as a tape ------------------------------------------------------------------------------------------


def test_an_open_step_is_the_tape_of_that_step_and_one_click_leads_back(window, qtbot, page):
    show_line(window, qtbot)
    set_value(window, qtbot, "w", "4")
    set_value(window, qtbot, "w", "5")
    train(window, qtbot)
    page.course.seek(1)
    press(window, qtbot, "training_open")
    rest(window, qtbot)
    assert window.centre.tab == "graph"
    assert window.session.point()["w"] == pytest.approx(5 - 0.1 * 5.386667, abs=1e-6)
    assert float(window.session.run.value) == pytest.approx(LOSSES[1], abs=1e-6)
    assert window.document().inputs["w"] == 5.0, "the document keeps what was typed"
    press(window, qtbot, "training_strip_after")
    rest(window, qtbot)
    assert float(window.session.run.value) == pytest.approx(LOSSES[2], abs=1e-6)
    press(window, qtbot, "training_strip_leave")
    rest(window, qtbot)
    assert window.centre.tab == "training"
    assert window.session.point()["w"] == 5.0
    assert page.race.known == 10, "the training is still there"


def test_what_is_typed_while_a_step_is_open_stays(window, qtbot, page):
    show_line(window, qtbot)
    train(window, qtbot)
    page.course.seek(1)
    page.open_step()
    rest(window, qtbot)
    set_value(window, qtbot, "b", "7")
    page.opening.leave()
    rest(window, qtbot)
    assert (window.session.point()["w"], window.session.point()["b"]) == (5.0, 7.0)


# --- small pictures --------------------------------------------------------------------------------------------


def test_predictions_are_those_of_the_step(window, qtbot, page):
    show_line(window, qtbot)
    train(window, qtbot)
    page.course.clock.stop()
    press(window, qtbot, "training_view_fit")
    page.course.seek(0)
    rest(window, qtbot)
    xs, ys = page.panel.pictures.fit._line.getData()
    assert ys == pytest.approx(5.0 * xs)
    page.course.seek(10)
    rest(window, qtbot)
    point = page.race.lead.at(10)
    assert page.panel.pictures.fit._line.getData()[1] == pytest.approx(point["w"] * xs + point["b"])
    press(window, qtbot, "training_view_sizes")


def test_what_changed_between_two_steps_is_a_table(window, qtbot, page):
    show_line(window, qtbot)
    train(window, qtbot)
    page.course.clock.stop()
    press(window, qtbot, "training_view_changes")
    page.course.seek(1)
    rest(window, qtbot)
    rows = page.panel.pictures.changes._rows
    assert [row.name for row in rows] == ["w", "b"]
    assert rows[0].after - rows[0].before == pytest.approx(-0.5386667, abs=1e-6)
    page.course.seek(10)
    page.panel.pictures.changes.since.setValue(0)
    rest(window, qtbot)
    assert page.panel.pictures.changes._rows[0].before in (5.0, 0.0)
    press(window, qtbot, "training_view_sizes")


# --- what cannot be trained ------------------------------------------------------------------------------------

WRONG = [
    ("def f(w, x):\n    return w * x\n", {"w": [1.0, 2.0], "x": [1.0, 2.0]}, {}, "one number"),
    ("def f(w, x):\n    return (w * x).sum()\n", {"w": 1.0, "x": [1.0, float("nan")]}, {}, "missing value"),
    ("def f(w, b):\n    return (w**2 + b**2)**2\n", {"w": 1.0, "b": 1.0}, {"rate": "1e9"}, "the training stops there"),
    ("def f(w, b):\n    return sqrt(w) + b**2\n", {"w": 0.5, "b": 1.0}, {"rate": "0.3"}, "the training stops there"),
    ("def f(w, b):\n    return w**2 + 0*round(b)\n", {"w": 1.0, "b": 1.0}, {"rate": "0.1"}, "does not depend on"),
]


@pytest.mark.parametrize(("text", "inputs", "values", "said"), WRONG)
def test_a_sentence_says_what_is_wrong(window, qtbot, page, text, inputs, values, said):
    show(window, qtbot, text, **inputs)
    choose(window, qtbot, **values)
    train(window, qtbot)
    page.course.clock.stop()
    page.course.tick(1e9)
    page.course.tick(1e9)
    assert said in sentence(window)


def test_where_a_number_was_lost_its_entry_is_shown(window, qtbot, page):
    show(window, qtbot, "def f(w, b):\n    return sqrt(w) + b**2\n", w=0.5, b=1.0)
    choose(window, qtbot, rate="0.3")
    train(window, qtbot)
    page.course.seek(page.race.known)
    page.open_step()
    rest(window, qtbot)
    chosen = window.shown.selected
    assert chosen is not None
    assert window.session.run.tape[chosen].op.name == "sqrt"


# --- room ------------------------------------------------------------------------------------------------------


def test_the_page_takes_the_room_of_tape_and_player_and_gives_it_back(window, qtbot, page):
    assert not window.docks.tape.isVisible()
    assert not window.playback.isVisible()
    window.centre.show_tab("graph")
    assert window.docks.tape.isVisible()
    assert window.playback.isVisible()


def test_presenting_from_the_page_shows_the_graph_and_leaves_all_as_it_was(window, qtbot, page):
    window.parts["presenting"].enter()
    assert window.centre.tab == "graph"
    assert not window.docks.tape.isVisible()
    window.parts["presenting"].leave()
    assert window.docks.tape.isVisible()


def test_another_program_begins_anew(window, qtbot, page):
    train(window, qtbot)
    assert page.race.trainings
    type_text(window, qtbot, "def g(a, b):\nreturn a*a + b")
    assert not page.race.trainings
    assert page.panel.setup.inputs.down == ("a", "b")


# --- one number, and examples ----------------------------------------------------------------------------------


def test_one_number_has_a_curve_with_the_way_on_it(window, qtbot, page):
    show(window, qtbot, "def f(x):\n    return x**2\n", x=2.0)
    choose(window, qtbot, rate="0.25", steps="3")
    train(window, qtbot)
    page.course.seek(3)
    curve = page.ground.scene.curve
    assert curve.ys == pytest.approx(curve.xs**2)
    walk = page.race.walk(("x", 0))
    assert walk == pytest.approx(np.array([[2.0, 4.0], [1.0, 1.0], [0.5, 0.25], [0.25, 0.0625]]))


def test_examples_are_offered_and_open_on_the_page(window, qtbot, page):
    menu = page.panel.setup.examples.menu()
    menu.aboutToShow.emit()
    assert menu.actions()
    menu.actions()[0].trigger()
    rest(window, qtbot)
    assert window.centre.tab == "training"
    assert page.panel.setup.inputs.down == ("w", "b")
    assert page.panel.setup.fields["steps"].text() == "10"


def test_an_input_that_is_typed_again_ends_no_training(window, qtbot, page):
    show_line(window, qtbot)
    train(window, qtbot)
    set_value(window, qtbot, "w", "1")
    assert page.race.known == 10
    assert page.ground.scene.tangent.x == 1.0


# --- a text that trains by itself ------------------------------------------------------------------------------

LOOP = """import torch
w = torch.tensor(5.0, requires_grad=True)
b = torch.tensor(0.0, requires_grad=True)
x = torch.linspace(-2, 2, 201)
y = 3*x + 2
opt = torch.optim.SGD([w, b], lr=0.1)
for epoch in range(11):
    opt.zero_grad()
    loss = ((w*x + b - y)**2).mean()
    loss.backward()
    opt.step()
"""


def test_the_passes_of_a_text_that_trains_are_steps_that_can_be_opened(window, qtbot, page):
    show(window, qtbot, LOOP)
    losses = page.race.lead.losses
    assert losses[:3] == pytest.approx(LOSSES, abs=1e-5)
    assert losses[10] == pytest.approx(LAST, abs=1e-5)
    page.course.seek(2)
    assert "pass 3 of the loop in line 7" in sentence(window)
    press(window, qtbot, "training_open")
    rest(window, qtbot)
    assert window.centre.tab == "graph"
    assert float(window.session.run.value) == pytest.approx(LOSSES[2], abs=1e-5)
    press(window, qtbot, "training_strip_leave")
    rest(window, qtbot)
    assert page.race.step == 2


def test_a_program_that_does_not_run_has_nothing_to_train(window, qtbot, page):
    show(window, qtbot, "def f(w, b):\n    return lgo(w) + b\n", w=1.0, b=2.0)
    assert page.panel.setup.inputs.down == ()
    assert "has not run" in window.findChild(QLabel, "training_problem").text()
    press(window, qtbot, "training_start")
    assert not page.race.trainings
    type_text(window, qtbot, "def f(w, b):\nreturn w*w + b")
    assert page.panel.setup.inputs.down == ("w", "b")
    assert page.ground.scene.landscape is not None
