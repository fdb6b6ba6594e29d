"""Finding in the graph: hits are lit and stepped through, paths are lit one by one and said in words."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from core.language import parse
from core.run import record
from core.timeline import Timeline
from explorer.drawing.picture import picture_of, snapshot
from explorer.graph.view import GraphView
from explorer.parts.searching.part import Finding


class Desk:
    """A view of a run, and what is chosen in it."""

    def __init__(self, text: str, **point: float) -> None:
        self.timeline = Timeline.of(record(parse(text), point))
        picture = picture_of(self.timeline)
        self.view = GraphView()
        self.view.resize(700, 450)
        self.view.show_graph(picture.model)
        self.view.show_snapshot(snapshot(picture, self.timeline.frame(len(self.timeline))))
        self.chosen: list[int] = []
        self.finding = Finding(self.view, lambda: self.timeline, self.chosen.append)

    def image(self) -> QImage:
        return self.view.grab().toImage()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk("def f(a, b):\n    c = a*b\n    return sin(c)*c + exp(a)\n", a=2.0, b=3.0)
    qtbot.addWidget(made.view)
    yield made
    made.finding.close()


def test_hits_are_lit_and_stepped_through(desk: Desk, qtbot: QtBot) -> None:
    before = desk.image()
    told: list[int] = []
    desk.finding.find("value > 5.8", told.append)
    qtbot.waitUntil(lambda: told == [2])
    assert desk.image() != before and desk.finding.say() == "1 of 2"
    desk.finding.next()
    desk.finding.next()
    assert desk.chosen == [desk.finding.found[0], desk.finding.found[1], desk.finding.found[0]]
    desk.finding.clear()
    assert desk.image() == before


def test_half_a_condition_finds_nothing_and_says_so(desk: Desk, qtbot: QtBot) -> None:
    told: list[int] = []
    desk.finding.find("grad > ", told.append)
    qtbot.waitUntil(lambda: told == [0])


def test_a_long_search_is_told_later_and_one_that_is_out_of_date_never(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, told = threading.Event(), []
    searches = iter([lambda: go_on.wait(5) and [0], lambda: [1, 2]])
    monkeypatch.setattr("explorer.parts.searching.part.search", lambda timeline, text: next(searches)())
    desk.finding.find("first", told.append)
    assert told == []
    desk.finding.find("second", told.append)
    go_on.set()
    qtbot.waitUntil(lambda: told == [2])
    assert list(desk.finding.found) == [1, 2]
    desk.finding.close()
    assert told == [2]


def test_paths_are_shown_with_their_products(desk: Desk) -> None:
    assert desk.finding.show_paths(0) == 3
    words = {desk.finding.say()}
    for _ in range(2):
        desk.finding.next()
        words.add(desk.finding.say())
    assert len(words) == 3 and all("product" in one and one.startswith("path ") for one in words)


def test_what_an_entry_depends_on_is_lit_and_escape_lets_go(desk: Desk, qtbot: QtBot) -> None:
    before = desk.image()
    desk.finding.show_ancestors(2)
    ancestors = desk.image()
    desk.finding.show_descendants(2)
    assert before != ancestors != desk.image()
    qtbot.keyClick(desk.view, Qt.Key.Key_Escape)
    assert desk.image() == before
