"""The smaller panels: if these fail, a stop cannot be removed, a formula not copied, or an output not chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from core.language import parse
from core.run import record
from core.timeline import Timeline
from explorer.look.theme import DARK, LIGHT
from explorer.panels.editor.printed import PrintedStrip
from explorer.panels.gradients.output_choice import OutputChoice
from explorer.panels.inspector.inspector import Inspector
from explorer.panels.playback.step_text import StepText
from explorer.panels.small.banner import Banner
from explorer.panels.small.card import CardTitle
from explorer.panels.small.formula import FormulaView, copy_menu
from explorer.panels.small.working import Working
from explorer.panels.tape.memory_strip import MemoryStrip
from explorer.parts.navigation.panel import Stop, StopsPanel
from tests.explorer.conftest import rest


def colours(widget) -> set[str]:
    picture = widget.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


class TestFormula:
    @pytest.fixture
    def view(self, qtbot, typesetter):
        made = FormulaView(typesetter)
        qtbot.addWidget(made)
        made.resize(400, 60)
        return made

    @pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
    def test_it_is_drawn_in_the_colour_of_its_sweep(self, view, typesetter, qtbot, theme):
        view.set_theme(theme)
        view.show_formula("v̄3 += 3", r"\overline{v_3} \text{ += } 3", "adjoint")
        qtbot.waitUntil(lambda: typesetter.now(view.latex) is not None)
        assert theme.adjoint in colours(view)

    def test_until_it_is_typeset_the_text_stands_there(self, view):
        view.show_formula("v̄3 += 3", "", "adjoint")
        assert len(colours(view)) > 1 and view.accessibleDescription() == "v̄3 += 3"

    def test_it_is_copied_as_latex_and_as_text(self, view):
        view.show_formula("v̄3 = 3", r"\overline{v_3} = 3", "adjoint")
        as_latex, as_text = copy_menu(view, view.plain, view.latex).actions()
        for action, text in ((as_latex, r"\overline{v_3} = 3"), (as_text, "v̄3 = 3")):
            action.trigger()
            assert QGuiApplication.clipboard().text() == text


def test_a_long_sentence_leaves_room_for_its_formula(qtbot, typesetter):
    """However long the words are, the card keeps its height and nothing is cut off."""
    text = StepText(typesetter)
    qtbot.addWidget(text)
    text.resize(600, text.height())
    text.expect(["word " * 60])
    height = text.height()
    for words in (1, 20, 60):
        text.show_text("word " * words, "a = b", "a = b", "adjoint")
        assert text.height() == height and text.formula.height() > 20
        assert text.sentence.height() >= text.sentence.heightForWidth(text.width()) - 4


class TestInspectorFormulas:
    @pytest.fixture
    def inspector(self, qtbot, typesetter):
        made = Inspector(typesetter)
        qtbot.addWidget(made)
        made.resize(360, 500)
        made.show()
        steps = Timeline.of(record(parse("sin(x)*x"), {"x": 2.0}))
        made.show_entry(steps.frame(len(steps)), 1)
        return made

    def test_formulas_become_pictures_and_the_words_stay_readable(self, inspector, qtbot):
        qtbot.waitUntil(lambda: "<img" in inspector._page)
        assert "cos(x)" in inspector.plain and "sin(x)" in inspector.plain

    def test_a_picture_offers_its_formula_to_copy(self, inspector, qtbot):
        qtbot.waitUntil(lambda: "\ufffc" in inspector.toPlainText() and not inspector._settling.isActive())
        cursor = inspector.textCursor()
        cursor.setPosition(inspector.toPlainText().index("\ufffc"))
        line = inspector.formula_at(inspector.cursorRect(cursor).center())
        assert line is not None and line.latex and copy_menu(inspector, line.html, line.latex).actions()[0].isEnabled()


class TestStops:
    @pytest.fixture
    def panel(self, qtbot):
        made = StopsPanel()
        qtbot.addWidget(made)
        made.show_stops([Stop("stop", "line 3", "2 steps", 4), Stop("bookmark", "here", "step 9", 9)])
        return made

    def test_enter_asks_for_a_breakpoint(self, panel, qtbot):
        qtbot.keyClicks(panel.field, "first nan")
        with qtbot.waitSignal(panel.breakpoint_requested) as asked:
            qtbot.keyClick(panel.field, Qt.Key.Key_Return)
        assert asked.args == ["first nan"]

    def test_delete_removes_and_enter_goes(self, panel, qtbot):
        panel.list.setCurrentRow(1)
        with qtbot.waitSignal(panel.removed) as removed:
            qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
        assert removed.args[0].kind == "bookmark"
        with qtbot.waitSignal(panel.chosen) as chosen:
            panel.list.itemActivated.emit(panel.list.item(0))
        assert chosen.args[0].step == 4

    def test_without_stops_it_says_how_to_make_one(self, panel):
        panel.show_stops([])
        assert "Ctrl+B" in panel._problem.text()
        panel.say("That is no condition.")
        assert panel._problem.text() == "That is no condition."


def test_an_output_is_offered_for_every_name_and_asked_for(qtbot):
    choice = OutputChoice()
    qtbot.addWidget(choice)
    choice.show_outputs("loss", ["a", "loss"], "loss")
    actions = choice.button.menu().actions()
    assert [one.isChecked() for one in actions] == [False, False, True]
    with qtbot.waitSignal(choice.output_chosen) as chosen:
        actions[1].trigger()
    assert chosen.args == ["a"]


def test_a_very_long_print_is_shortened(qtbot):
    strip = PrintedStrip()
    qtbot.addWidget(strip)
    strip.show_printed("x" * 1_000_000)
    assert len(strip.text.toPlainText()) < 30_000


def test_the_memory_strip_is_blue_then_orange(qtbot):
    import numpy as np

    strip = MemoryStrip()
    qtbot.addWidget(strip)
    strip.resize(200, 26)
    strip.show_memory(np.array([0, 8, 16, 8, 0]), 2)
    strip.show_step(1)
    shown = colours(strip)
    assert {LIGHT.primal_strong, LIGHT.adjoint_strong} <= shown and "8 B" in strip.toolTip()


def test_work_shows_only_after_a_moment(qtbot):
    working = Working(lambda: "recording")
    qtbot.addWidget(working)
    working.show_busy(True)
    assert not working.isVisible()
    qtbot.waitUntil(lambda: working.isVisible() or working.isVisibleTo(None) or not working.isHidden())
    working.show_busy(False)
    assert working.isHidden()


def test_in_a_narrow_card_the_note_makes_room_for_the_title(qtbot):
    """Else the title is cut and nobody reads which entry the inspector shows."""
    title = CardTitle("")
    qtbot.addWidget(title)
    title.set_title("Entry", "result — multiply")
    title.set_note("line 12, column 34", short="line 12")
    title.show()
    for width, note in ((500, "line 12, column 34"), (240, "line 12")):
        title.resize(width, title.height())
        assert [label.text() for label in title.findChildren(QLabel)][1] == note


def test_a_long_trail_widens_no_window(qtbot):
    """Else the name of a mistake pushes the panels beside the graph together, and their texts are cut."""
    banner = Banner()
    qtbot.addWidget(banner)
    banner.resize(640, 120)
    banner.show_trail(["f", "short"], "Wrong.", broken=True)
    width = banner.minimumSizeHint().width()
    banner.show_trail(["f", "a mistake with a name that is longer than any line could be"], "Wrong.", broken=True)
    assert banner.minimumSizeHint().width() == width
    assert not banner.findChild(QPushButton, "banner_part_1").isVisibleTo(banner)


def test_a_value_that_is_no_number_is_painted(window, qtbot):
    """Qt warns where an ellipse lies nowhere, and a warning fails the test."""
    window.session.set_input(next(iter(window.session.point())), float("nan"))
    rest(window, qtbot)
    assert not window.views.inputs.grab().isNull()
