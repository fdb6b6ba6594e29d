"""Groups in the graph view: folded at first, unfolded by hand, moving there, and always the same run."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.groups import FEW
from core.language import parse
from core.run import record
from core.timeline import State, Timeline
from explorer.app import create_window
from explorer.desk import Desk
from explorer.drawing.picture import Picture, picture_of, refolded, snapshot
from explorer.drawing.scene import Kind
from explorer.graph.view import GraphView
from explorer.parts.folding.part import Folding
from explorer.session import Session
from explorer.shown import ShownSignals
from explorer.window.presenters.graph import GraphPresenter

NEWTON = "def f(a):\n    x = a\n    for i in range(40):\n        x = x - (x*x - a)/(2*x)\n    return x\n"
SMALL = "def g(x):\n    return sin(x)*x\n\ndef f(a, b):\n    return g(g(a)) + g(b)*a\n"
NETWORK = "def f(a):\n    y = a\n    for i in range(70):\n        y = sin(y*a)\n    return y\n"


def run(text: str) -> Picture:
    program = parse(text)
    return picture_of(Timeline.of(record(program, {one.name: 1.5 for one in program.inputs})))


pytestmark = pytest.mark.usefixtures("qapp")  # texts are measured


class Bench:
    """A view, what it shows, and what folds it."""

    def __init__(self, text: str) -> None:
        self.view = GraphView()
        self.view.resize(900, 600)
        self.desk = Desk()
        self.shown = ShownSignals(Session(self.desk))
        self.presenter = GraphPresenter(self.shown, self.view)
        self.folding = Folding(self.shown, self.desk, self.view)
        picture = run(text)
        self.shown.show(picture.timeline, picture)
        self.shown.go_to(len(picture.timeline))

    @property
    def picture(self) -> Picture:
        assert self.shown.picture is not None
        return self.shown.picture

    def titles(self) -> list[str]:
        return [self.picture.model.title(node) for node in range(len(self.picture.model))]

    def settle(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: not self.folding.busy)
        while self.view.is_moving:
            self.view.advance(0.2)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(NEWTON)
    qtbot.addWidget(made.view)
    yield made
    made.desk.close()


def test_a_large_run_opens_folded_and_a_small_one_whole() -> None:
    large, small = run(NEWTON), run(SMALL)
    assert len(large.timeline.tape) > FEW and len(large.model) <= 40 and large.note
    assert len(small.model) == len(small.timeline.tape) and not small.note and small.opened is None


def test_every_folding_shows_the_same_run() -> None:
    """States, edges and the current node of a folded picture are sums of the whole one's."""
    picture = run(NEWTON)
    whole = refolded(picture, None)
    for depth in range(picture.tree.depth + 1):
        folded = refolded(picture, picture.tree.to_depth(depth + 1))
        assert folded.model.counts is not None and whole.model.counts is not None
        inside = int((folded.of < 0).sum())
        assert folded.model.counts.sum() + inside == whole.model.counts.sum()
        for step in range(0, len(picture.timeline) + 1, 7):
            frame = picture.timeline.frame(step)
            shown, all_shown = snapshot(folded, frame), snapshot(whole, frame)
            assert (shown.states == State.CURRENT).sum() == (all_shown.states == State.CURRENT).sum()
            for node in np.flatnonzero(folded.parting.groups < 0).tolist():
                assert shown.states[node] == all_shown.states[folded.model.entries_of(node)[0]]
            for node in range(len(folded.model)):
                if (all_shown.states[list(folded.model.entries_of(node))] == State.COMPLETE).all():
                    assert shown.states[node] == State.COMPLETE


def test_a_loop_at_work_says_its_pass() -> None:
    picture = refolded(run(NEWTON), frozenset())
    loop = next(node for node in range(len(picture.model)) if picture.model.kinds[node] == Kind.GROUP)
    first = picture.model.entries_of(loop)[0]
    texts = {snapshot(picture, picture.timeline.frame(step)).primal_text(loop) for step in range(first + 1, first + 30)}
    assert {"pass 1 of 40", "pass 2 of 40", "pass 3 of 40"} <= texts
    end = snapshot(picture, picture.timeline.frame(len(picture.timeline)))
    assert "max |v̄|" in end.adjoint_text(loop) and end.progress(loop) == (1.0, 1.0)


def test_folding_and_unfolding_by_action(bench: Bench, qtbot: QtBot) -> None:
    bench.folding.fold_all()
    bench.settle(qtbot)
    assert bench.titles() == ["a", "for i in range(40)"]
    bench.folding.unfold_all()
    bench.settle(qtbot)
    assert len(bench.titles()) == len(bench.picture.timeline.tape) and not bench.picture.model.frames
    bench.folding.fold_to_depth(0)
    bench.settle(qtbot)
    bench.folding.fold_deeper()
    bench.settle(qtbot)
    assert [frame.title for frame in bench.picture.model.frames] == ["for i in range(40)"]


def test_a_double_click_unfolds_in_place_and_the_chip_of_the_frame_folds(bench: Bench, qtbot: QtBot) -> None:
    bench.folding.fold_all()
    bench.settle(qtbot)
    bench.view.show()
    middle = QPointF(*bench.view.camera.to_screen(*bench.picture.model.positions[1])).toPoint()
    qtbot.mouseDClick(bench.view, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: not bench.folding.busy)
    assert bench.view.is_moving and bench.view.model is not None
    start = bench.view.model.positions.copy()
    bench.settle(qtbot)
    assert np.abs(bench.view.model.positions - start).max() > 50, "nodes moved there"
    assert np.array_equal(bench.view.model.positions, bench.picture.model.positions)
    box = bench.picture.model.frames[0].box
    chip = QPointF(*bench.view.camera.to_screen(box.left + 15, box.top + 14)).toPoint()
    qtbot.mouseClick(bench.view, Qt.MouseButton.LeftButton, pos=chip)
    bench.settle(qtbot)
    assert bench.titles() == ["a", "for i in range(40)"]


def test_selection_goes_by_entry_through_foldings(bench: Bench, qtbot: QtBot) -> None:
    """Without this a selected row of the tape would point to another node after unfolding."""
    bench.view.select(50)
    assert bench.view.selected == 50
    bench.folding.open_around(50)
    bench.settle(qtbot)
    assert bench.view.selected == 50 and bench.view.model is not None
    assert list(bench.view.model.entries_of(bench.view.model.node_of(50))) == [50]
    bench.shown.select(50)
    assert "pass" in bench.view.breadcrumbs.text() and not bench.view.breadcrumbs.isHidden()


def test_enter_unfolds_what_is_selected_and_with_shift_folds_around_it(bench: Bench, qtbot: QtBot) -> None:
    bench.folding.fold_all()
    bench.settle(qtbot)
    bench.view.select(50)
    qtbot.keyClick(bench.view, Qt.Key.Key_Return)
    bench.settle(qtbot)
    assert bench.picture.model.frames
    qtbot.keyClick(bench.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    bench.settle(qtbot)
    assert not bench.picture.model.frames


def test_plus_and_minus_zoom_also_where_a_group_is_selected(bench: Bench, qtbot: QtBot) -> None:
    """In the window these keys are the actions of zooming: folding has its own."""
    before = bench.view.camera.zoom
    bench.view.select(50)
    qtbot.keyClick(bench.view, "+")
    bench.settle(qtbot)
    assert bench.view.camera.zoom == pytest.approx(1.25 * before)
    qtbot.keyClick(bench.view, "-")
    bench.settle(qtbot)
    assert bench.view.camera.zoom == pytest.approx(before)


def test_values_move_nothing_and_an_edit_keeps_open_groups() -> None:
    picture = run(NEWTON)
    picture = refolded(picture, picture.tree.to_depth(3))
    other = picture_of(Timeline.of(record(parse(NEWTON), {"a": 1.501})), picture)
    assert other.opened == picture.opened
    assert np.array_equal(other.model.positions, picture.model.positions)
    edited = picture_of(Timeline.of(record(parse(NEWTON.replace("(2*x)", "(2*x) + 0*x")), {"a": 1.5})), picture)
    assert len(edited.model.frames) == len(picture.model.frames)


def test_a_run_with_a_million_entries_would_fold(qtbot: QtBot) -> None:
    """A smaller one, but folded by the same rule: no view has more than some dozens of nodes."""
    picture = run(NETWORK.replace("70", "3000"))
    assert len(picture.model) <= 40 and len(picture.timeline.tape) > 6000
    assert "6,001" in picture.note


def test_in_the_window_groups_unfold_and_stay_open_while_a_value_changes(qtbot: QtBot) -> None:
    """Selection, breadcrumbs and tape go by entry all the while."""
    window: Any = create_window()
    qtbot.addWidget(window)
    window.function.editor.setPlainText(NEWTON)
    window.take_text()
    qtbot.waitUntil(lambda: not window.session.busy and window.session.run.program.text == NEWTON)
    folding, graph = window.parts["folding"], window.graph
    folding.fold_all()
    qtbot.waitUntil(lambda: not folding.busy)
    assert len(graph.model) == 2
    window.shown.select(30)
    assert graph.selected == 30 and "pass" in graph.breadcrumbs.text()
    folding.open_around(30)
    qtbot.waitUntil(lambda: not folding.busy)
    shown = len(graph.model)
    assert shown > 2 and graph.selected == 30
    window.session.set_input("a", 2.5)
    qtbot.waitUntil(lambda: not window.session.busy and window.session.run.point["a"] == 2.5)
    assert len(graph.model) == shown
    window.close()


def test_long_folding_is_shown_in_the_status_bar_and_can_be_stopped(
    window: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layout waits for the test: meanwhile the window says what it does, and Stop leaves the graph as it was."""
    window.function.editor.set_text(NEWTON)
    window.take_text()
    qtbot.waitUntil(lambda: not window.session.busy)
    go_on, opened = threading.Event(), window.shown.picture.opened

    def slow(picture: Picture, wanted: frozenset[int] | None, cancelled: Callable[[], bool]) -> Picture:
        go_on.wait(20)
        return refolded(picture, wanted, cancelled)

    monkeypatch.setattr("explorer.parts.folding.part.refolded", slow)
    window.actions_by_name["unfold_all"].trigger()
    working = window.menus.working
    qtbot.waitUntil(working.isVisible)
    assert "Folding the graph…" in [label.text() for label in working.findChildren(QLabel)]
    assert window.actions_by_name["stop_work"].isEnabled()
    qtbot.mouseClick(working.stop, Qt.MouseButton.LeftButton)
    assert not window.parts["folding"].busy and not working.isVisible()
    go_on.set()
    window.parts["folding"].close()
    assert window.shown.picture.opened == opened
