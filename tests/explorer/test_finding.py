"""Finding in the graph: hits are lit and stepped through, paths are lit one by one and said in words."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from core.errors import ProgramError
from core.language import parse
from core.record import record
from core.timeline import Timeline
from explorer.finding import Finding
from explorer.graph.view import GraphView
from explorer.picture import picture_of, snapshot


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


def test_hits_are_lit_and_stepped_through(desk: Desk) -> None:
    before = desk.image()
    assert desk.finding.find("value > 5.8") == 2
    assert desk.image() != before and desk.finding.say() == "1 of 2"
    desk.finding.next()
    desk.finding.next()
    assert desk.chosen == [desk.finding.found[0], desk.finding.found[1], desk.finding.found[0]]
    desk.finding.clear()
    assert desk.image() == before


def test_a_condition_that_cannot_be_read_is_said(desk: Desk) -> None:
    with pytest.raises(ProgramError):
        desk.finding.find("grad > ")


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
