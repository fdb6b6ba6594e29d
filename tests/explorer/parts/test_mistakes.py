"""Broken sweeps and layers: if these fail, a mistake is not shown as one, or one does not come back from it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from core.language import parse
from core.mistakes import Mistake
from core.run import record
from core.timeline import State, Timeline
from explorer.drawing.picture import Picture, picture_of
from explorer.model.detour import SecondDerivative, follow
from explorer.storage.examples import example
from tests.explorer.conftest import rest, set_value, type_text
from tests.explorer.window.test_window import cells, sentence


@pytest.fixture(scope="module")
def seed(qapp) -> tuple[Timeline, Picture]:
    """The seed function without a window."""
    document = example("seed")
    timeline = Timeline.of(record(parse(document.text), document.inputs))
    return timeline, picture_of(timeline)


def settle(window, qtbot) -> None:
    rest(window, qtbot)
    qtbot.waitUntil(lambda: not window.desk.busy())


def make(window, qtbot, mistake: Mistake) -> None:
    window.parts["mistakes"].make(mistake)
    settle(window, qtbot)


def test_a_mistake_is_shown_as_broken_and_left_again(window, qtbot):
    make(window, qtbot, Mistake("overwrite"))
    banner = window.centre.banner
    assert banner.isVisible() and "BROKEN ON PURPOSE" in banner.warning.text() and banner.stripes.isVisible()
    assert "w̄1 is 30 instead of 36" in banner.sentence.text()
    window.player.to_end()
    assert cells(window, "tape_table")[0][-1] == "30"
    qtbot.keyClick(window.graph, Qt.Key.Key_Backspace)
    settle(window, qtbot)
    window.player.to_end()
    assert not banner.isVisible()
    assert cells(window, "tape_table")[0][-1] == "36"


def test_the_first_wrong_entry_is_marked_in_graph_and_tape_at_the_step_where_it_shows(window, qtbot):
    make(window, qtbot, Mistake("overwrite"))
    frame = window.shown.frame
    assert frame.state(0) == State.FAILED and cells(window, "tape_table")[0][0] == "✗"
    assert frame.timeline.frame(frame.step - 1).state(0) != State.FAILED


def test_the_step_is_told_as_it_is_done_wrongly(window, qtbot):
    make(window, qtbot, Mistake("overwrite"))
    said = sentence(window)
    assert "✗ Broken on purpose" in said and "+=" not in said
    assert "The 6 that was there is overwritten." in said
    assert window.parts["mistakes"].panel.title.text() == "✗ = instead of +="


def test_the_check_stays_in_sight_where_the_mistake_leaves_no_gradient(window, qtbot):
    make(window, qtbot, Mistake("ascending"))
    window.player.to_end()
    rows = cells(window, "gradient_table")
    assert all(row[2] and "✗" in row[3] for row in rows), rows


def test_right_and_wrong_stand_side_by_side_with_a_mark_that_is_no_colour(window, qtbot):
    window.parts["mistakes"].open_panel()
    make(window, qtbot, Mistake("overwrite"))
    rows = cells(window, "comparison_table")
    assert ["✗✗", "w̄1", "36", "30"] in rows and sum(bool(row[0]) for row in rows) == 1


def test_the_key_switches_between_right_and_wrong(window, qtbot):
    make(window, qtbot, Mistake("overwrite"))
    window.player.to_end()
    qtbot.keyClick(window.graph, Qt.Key.Key_X)
    assert "RIGHT" in window.centre.banner.warning.text()
    assert cells(window, "tape_table")[0][-1] == "36"
    qtbot.keyClick(window.graph, Qt.Key.Key_X)
    assert cells(window, "tape_table")[0][-1] == "30"


def test_the_check_of_the_gradients_catches_the_mistake(window, qtbot):
    make(window, qtbot, Mistake("overwrite"))
    window.player.to_end()
    assert cells(window, "gradient_table")[0][-1].endswith("✗")


def test_every_mistake_can_be_chosen_in_the_panel(window, qtbot):
    window.parts["mistakes"].open_panel()
    settle(window, qtbot)
    titles = [action.text() for action in window.parts["mistakes"].panel.choice.menu().actions()]
    for title in ("= instead of +=", "Forget the seed", "Compute in single precision", "Wrong rule for mul"):
        assert title in titles


def test_a_new_value_breaks_the_new_run_in_the_same_way(window, qtbot):
    make(window, qtbot, Mistake("overwrite"))
    set_value(window, qtbot, "w1", "2")
    settle(window, qtbot)
    window.player.to_end()
    assert window.centre.banner.isVisible() and cells(window, "tape_table")[0][-1] == "12"


def test_another_document_is_shown_as_it_is(window, qtbot):
    make(window, qtbot, Mistake("no seed"))
    window.show_example("baydin")
    settle(window, qtbot)
    assert not window.centre.banner.isVisible() and window.parts["mistakes"].shown is None


def test_differentiating_again_opens_the_reverse_sweep_and_comes_back_to_the_same_step(window, qtbot):
    window.player.seek(9)
    window.shown.select(0)
    qtbot.keyClick(window.graph, Qt.Key.Key_D)
    settle(window, qtbot)
    assert len(window.graph.model) > 7 and window.shown.run.target_label == "w̄1"
    window.player.to_end()
    gradients = cells(window, "gradient_table")
    assert [row[1] for row in gradients] == ["6", "2"]
    parts = window.centre.banner.findChildren(QPushButton, "banner_part_0")
    parts[-1].click()
    settle(window, qtbot)
    assert len(window.graph.model) == 7 and window.player.step == 9


def test_two_layers_up_and_one_down(window, qtbot):
    type_text(window, qtbot, "def f(x):\nreturn x**4")
    set_value(window, qtbot, "x", "1")
    for _ in range(2):
        window.parts["mistakes"].open_sweep("x")
        settle(window, qtbot)
    window.player.to_end()
    assert cells(window, "gradient_table")[0][1] == "24"
    window.parts["mistakes"].back()
    settle(window, qtbot)
    window.player.to_end()
    assert cells(window, "gradient_table")[0][1] == "12"


def test_a_constant_gradient_is_told_and_no_layer_opened(window, qtbot):
    type_text(window, qtbot, "def f(x):\nreturn 3*x")
    window.parts["mistakes"].open_sweep("x")
    settle(window, qtbot)
    assert "same everywhere" in window.centre.notice.label.text()
    assert window.parts["mistakes"].shown is None


def test_typing_leaves_a_layer_that_no_longer_exists(window, qtbot):
    window.parts["mistakes"].open_sweep("w1")
    settle(window, qtbot)
    type_text(window, qtbot, "def f(x):\nreturn x*x")
    settle(window, qtbot)
    assert window.parts["mistakes"].shown is None and len(window.graph.model) == 2


@pytest.mark.parametrize("kind", ["overwrite", "ascending", "too early", "no seed", "no zeroing", "float32"])
def test_every_kind_makes_a_timeline_that_can_be_stepped(qapp, seed, kind):
    (made,), problem = follow(*seed, [Mistake(kind)], {})
    assert not problem and made.broken
    for step in range(len(made.timeline) + 1):
        made.timeline.frame(step).states()


def test_a_mistake_one_layer_up(qapp, seed):
    made, problem = follow(*seed, [SecondDerivative("w1"), Mistake("no seed")], {})
    assert not problem and [one.broken for one in made] == [False, True]
