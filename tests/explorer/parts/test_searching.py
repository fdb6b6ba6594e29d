"""Finding in the graph: hits are lit and stepped through, paths are lit one by one and said in words."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.language import parse
from core.run import record
from core.timeline import Timeline
from explorer.desk import Desk
from explorer.drawing.picture import picture_of
from explorer.graph.view import GraphView
from explorer.parts.searching.find_field import FindField
from explorer.parts.searching.part import Searching
from explorer.session import Session
from explorer.shown import ShownSignals
from explorer.window.presenters.graph import GraphPresenter


class Bench:
    """A view of a run, the field, and what finds."""

    def __init__(self, text: str, **point: float) -> None:
        timeline = Timeline.of(record(parse(text), point))
        self.view, self.field, self.desk = GraphView(), FindField(), Desk()
        self.view.resize(700, 450)
        self.shown = ShownSignals(Session(self.desk))
        self.presenter = GraphPresenter(self.shown, self.view)
        self.shown.show(timeline, picture_of(timeline))
        self.shown.go_to(len(timeline))
        self.chosen: list[int | None] = []
        self.shown.selection_changed.connect(lambda: self.chosen.append(self.shown.selected))
        self.finding = Searching(self.shown, self.desk, self.view, self.field)

    def find(self, words: str) -> None:
        self.field.setText(words)
        self.finding.find(words)

    def image(self) -> QImage:
        return self.view.grab().toImage()


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench("def f(a, b):\n    c = a*b\n    return sin(c)*c + exp(a)\n", a=2.0, b=3.0)
    for widget in (made.view, made.field):
        qtbot.addWidget(widget)
    yield made
    made.desk.close()


def test_hits_are_lit_and_stepped_through(bench: Bench, qtbot: QtBot) -> None:
    before = bench.image()
    bench.find("value > 5.8")
    qtbot.waitUntil(lambda: len(bench.finding.found) == 2)
    assert not bench.field.property("invalid")
    assert bench.image() != before and bench.finding.say() == "1 of 2"
    bench.finding.next()
    bench.finding.next()
    assert bench.chosen == [bench.finding.found[0], bench.finding.found[1], bench.finding.found[0]]
    bench.finding.clear()
    bench.shown.select(None)
    assert bench.image() == before


def test_half_a_condition_finds_nothing_and_says_so(bench: Bench, qtbot: QtBot) -> None:
    bench.find("grad > ")
    qtbot.waitUntil(lambda: bool(bench.field.property("invalid")))
    assert not bench.finding.found


def test_a_long_search_is_told_later_and_one_that_is_out_of_date_never(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    searches = iter([lambda: go_on.wait(5) and [0], lambda: [1, 2]])
    monkeypatch.setattr("explorer.parts.searching.work.search", lambda timeline, text: next(searches)())
    bench.find("first")
    assert list(bench.finding.found) == []
    bench.find("second")
    go_on.set()
    qtbot.waitUntil(lambda: list(bench.finding.found) == [1, 2])
    bench.desk.close()
    QApplication.processEvents()
    assert list(bench.finding.found) == [1, 2]


def test_what_was_found_in_another_run_is_not_shown(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    monkeypatch.setattr("explorer.parts.searching.work.search", lambda timeline, text: go_on.wait(5) and [0])
    bench.find("late")
    timeline = Timeline.of(record(parse("x*x"), {"x": 2.0}))
    bench.shown.show(timeline, picture_of(timeline))
    go_on.set()
    qtbot.waitUntil(lambda: not bench.desk.busy())
    assert list(bench.finding.found) == []


def test_paths_are_shown_with_their_products(bench: Bench) -> None:
    assert bench.finding.show_paths(0) == 3
    words = {bench.finding.say()}
    for _ in range(2):
        bench.finding.next()
        words.add(bench.finding.say())
    assert len(words) == 3 and all("product" in one and one.startswith("path ") for one in words)


def test_what_an_entry_depends_on_is_lit_and_escape_lets_go(bench: Bench, qtbot: QtBot) -> None:
    before = bench.image()
    bench.finding.show_ancestors(2)
    ancestors = bench.image()
    bench.finding.show_descendants(2)
    assert before != ancestors != bench.image()
    qtbot.keyClick(bench.view, Qt.Key.Key_Escape)
    assert bench.image() == before
