"""Tables of the panels: if these fail, a table breaks Qt's rules, or shows or asks for the wrong thing."""

from typing import get_args

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel

from core.checking.verdict import Check, Word
from core.language import parse
from core.run import record
from core.timeline import Timeline
from explorer.model.rows import GradientRow, gradient_rows
from explorer.panels.gradients.model import GradientModel
from explorer.panels.gradients.panel import GradientsPanel, short_names
from explorer.panels.inputs.model import SLIDER, VALUE, WATCH, InputModel, InputRow, slider_value
from explorer.panels.inputs.panel import InputsPanel
from explorer.panels.tape.model import TapeModel
from explorer.panels.tape.table import TapeTable

ROWS = [InputRow("a", 2.0, True), InputRow("m", np.array([[1.0, 2.0], [3.0, 4.0]]), False)]


def timeline(text: str, **point: float) -> Timeline:
    return Timeline.of(record(parse(text), point))


def test_models_keep_qts_rules(qtmodeltester):
    inputs, tape, gradients = InputModel(), TapeModel(), GradientModel()
    for model in (inputs, tape, gradients):
        qtmodeltester.check(model, force_py=True)
    inputs.show_inputs(ROWS)
    tape.show_timeline(timeline("a*b + sin(a)", a=1.0, b=2.0))
    gradients.show_gradients([GradientRow("∂f/∂a", 1.0, "", True, 1.0, "1e-9", verdict="agrees", mark="✓")])
    for model in (inputs, tape, gradients):
        qtmodeltester.check(model, force_py=True)


def test_an_edit_asks_and_changes_nothing(qtbot):
    model = InputModel()
    model.show_inputs(ROWS)
    with qtbot.waitSignal(model.value_requested) as asked:
        assert model.setData(model.index(0, VALUE), "[1, 2]")
    assert asked.args[0] == "a" and list(asked.args[1]) == [1.0, 2.0]
    assert model.index(0, VALUE).data() == "2"
    with qtbot.waitSignal(model.watch_requested) as asked:
        model.setData(model.index(1, WATCH), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert asked.args == ["m", True]


def test_a_value_that_is_none_is_refused(qtbot):
    model = InputModel()
    model.show_inputs(ROWS)
    with qtbot.waitSignal(model.refused) as said:
        assert not model.setData(model.index(0, VALUE), "two")
    assert said.args[0].startswith("a: 'two'")


def test_the_slider_keeps_its_range_while_the_value_lies_in_it():
    model = InputModel()
    model.show_inputs([InputRow("a", 15.0, True)])
    assert model.scalar_range(0) == (-20.0, 20.0)
    model.show_inputs([InputRow("a", 1.0, True)])
    assert model.scalar_range(0) == (-20.0, 20.0)
    model.show_inputs([InputRow("a", 230.3, True)])
    assert model.scalar_range(0) == (-500.0, 500.0)
    model.show_inputs([InputRow("a", np.ones(2), True)])
    assert model.scalar_range(0) is None


SHARES = [(0.0, -10.0), (1.0, 10.0), (0.5, 0.0), (0.75, 5.0), (-1, -10.0), (2, 10.0)]


@pytest.mark.parametrize(("share", "value"), SHARES)
def test_the_slider_gives_round_numbers(share, value):
    assert slider_value(share, (-10.0, 10.0)) == value


def test_the_slider_is_dragged_with_the_mouse_and_nudged_with_keys(qtbot):
    panel = InputsPanel()
    qtbot.addWidget(panel)
    panel.resize(300, 200)
    panel.show_inputs(ROWS)
    panel.show()
    table = panel.table
    box = table.visualRect(panel.model.index(0, SLIDER))
    with qtbot.waitSignal(panel.model.value_requested) as asked:
        qtbot.mousePress(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.center().x(), box.center().y()))
    assert asked.args[0] == "a" and abs(asked.args[1]) < 0.5
    table.setCurrentIndex(panel.model.index(0, SLIDER))
    with qtbot.waitSignal(panel.model.value_requested) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Plus)
    assert asked.args == ["a", 2.2]


def test_a_long_tape_costs_nothing_to_show_and_to_step(qtbot):
    """100,000 rows: only those in sight are ever asked for."""
    program = timeline("a*a", a=2.0)
    table = TapeTable()
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show_timeline(program)
    asked: list[int] = []
    model = table.tape_model
    text, count = model.text, len(program.tape)
    model.text = lambda row, column: asked.append(row) or text(row % count, column)
    number_at = model.number_at
    model.number_at = lambda row, column: number_at(row % count, column)
    model._states = np.zeros(100_000, np.uint8)
    model.beginResetModel()
    model.rowCount = lambda parent=None: 100_000
    model.endResetModel()
    table.show()
    table.grab()
    assert len(set(asked)) < 40


def test_choosing_a_row_asks_for_the_entry_and_being_told_does_not(qtbot):
    table = TapeTable()
    qtbot.addWidget(table)
    table.show_timeline(timeline("a*b + a", a=1.0, b=2.0))
    with qtbot.waitSignal(table.entry_chosen) as chosen:
        table.selectRow(2)
    assert chosen.args == [2]
    told: list[int] = []
    table.entry_chosen.connect(told.append)
    table.select_entry(1)
    assert told == [] and table.selected_entry() == 1
    table.select_entry(None)
    assert told == [] and table.selected_entry() is None


def test_a_gradient_that_is_not_confirmed_is_crossed(qtbot):
    panel = GradientsPanel()
    qtbot.addWidget(panel)
    wrong = GradientRow("∂f/∂a", 7.0, complete=True, difference=6.0, error="1e-1", verdict="disagrees", mark="✗")
    panel.show_gradients([wrong, GradientRow("∂f/∂b", 0.0, difference=6.0)])
    model = panel.model
    assert model.index(0, 3).data() == "1e-1 ✗"
    assert model.index(0, 3).data(Qt.ItemDataRole.ForegroundRole) == model.theme.error
    assert model.index(1, 1).data() == "0" and model.index(1, 3).data() == ""


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_click_anywhere_in_the_watch_cell_switches(qtbot, share):
    """If this fails, the box is drawn in one place and heard in another."""
    panel = InputsPanel()
    qtbot.addWidget(panel)
    panel.resize(360, 200)
    panel.show_inputs(ROWS)
    panel.show()
    cell = panel.table.visualRect(panel.model.index(0, WATCH))
    place = QPoint(cell.left() + round(share * (cell.width() - 1)), cell.center().y())
    with qtbot.waitSignal(panel.model.watch_requested) as asked:
        qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == ["a", False]


def test_an_unfinished_gradient_is_empty_then_grey_and_says_so():
    model, tip = GradientModel(), Qt.ItemDataRole.ToolTipRole
    model.show_gradients([GradientRow("∂f/∂a")])
    assert model.index(0, 1).data() == ""
    model.show_gradients([GradientRow("∂f/∂a", 6.0)])
    assert model.index(0, 1).data() == "6" and "more contributions may come" in model.index(0, 1).data(tip)


def test_a_kink_is_no_error():
    model = GradientModel()
    kink = Check(0.5, 1.0, "kink")
    row = GradientRow("∂f/∂a", 0.0, "", True, 0.5, "1", verdict="kink", mark=kink.mark, reason=kink.reason)
    model.show_gradients([row])
    assert model.index(0, 3).data() == "kink" and "slope" in model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize("word", get_args(Word))
def test_every_verdict_is_read_whole_and_its_tooltip_says_why(word, qtbot):
    panel, check = GradientsPanel(), Check(0.5, 0.25, word)
    qtbot.addWidget(panel)
    panel.resize(300, 160)
    row = GradientRow("∂f/∂a", 0.0, "", True, 0.5, "", "2e-1", word, check.mark, check.reason)
    panel.show_gradients([row])
    cell = panel.model.index(0, 3)
    needed = QFontMetrics(cell.data(Qt.ItemDataRole.FontRole)).horizontalAdvance(cell.data())
    assert check.mark in cell.data() and panel.table.columnWidth(3) >= needed
    assert check.reason in cell.data(Qt.ItemDataRole.ToolTipRole)


def test_a_narrow_table_has_titles_that_fit(qtbot):
    panel = GradientsPanel()
    qtbot.addWidget(panel)
    for width, title in ((236, "diff."), (420, "finite diff.")):
        panel.resize(width, 160)
        panel.show()
        panel.table.share_width()
        assert panel.model.headerData(2, Qt.Orientation.Horizontal) == title


def test_where_nothing_leads_from_the_output_to_an_input_its_gradient_is_none():
    steps = Timeline.of(record(parse("def f(a, b):\n    return a*2"), {"a": 1.0, "b": 2.0}))
    rows = gradient_rows(steps.frame(len(steps)), {})
    assert [(row.value, row.note) for row in rows] == [(2.0, ""), (None, "none")]
    before = gradient_rows(steps.frame(steps.forward_end), {})
    assert all(row.value is None and not row.note for row in before)


@pytest.mark.parametrize(("room", "shown"), [(14, "∂loss/∂weights"), (10, "∂/∂weights"), (4, "weights")])
def test_a_long_name_keeps_what_tells_it_from_the_others(room, shown):
    assert short_names(["∂loss/∂b", "∂loss/∂weights"], room)[1] == shown


def test_every_line_of_the_tape_that_reads_otherwise_is_told_and_hardly_any_other(qapp):
    text = "def f(x):\n    s = x*c\n    for i in range(4):\n        s = s*x + log(s - 3)\n    return s"
    timeline = Timeline.of(record(parse(text), {"x": 2.0, "c": 1.5}, watch=["x"]))
    model, told = TapeModel(), set()
    model.show_timeline(timeline)
    model.dataChanged.connect(lambda first, last: told.update(range(first.row(), last.row() + 1)))

    def lines():
        columns, roles = range(model.columnCount()), (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole)
        rows = range(model.rowCount())
        return [[model.data(model.index(row, column), role) for column in columns for role in roles] for row in rows]

    steps = [*range(len(timeline) + 1), *range(len(timeline), -1, -1), 7, 2, len(timeline), 0]
    before = lines()
    for step in steps:
        told.clear()
        model.show_frame(timeline.frame(step))
        after = lines()
        changed = {row for row, (one, other) in enumerate(zip(before, after)) if one != other}
        assert changed <= told
        before = after
    told.clear()
    model.show_frame(timeline.frame(0))
    model.show_frame(timeline.frame(1))
    assert len(told) <= 2


def test_a_word_in_place_of_a_gradient_is_never_cut(qtbot):
    """Else a narrow window says `unwatc…` of an input that is switched off."""
    panel = GradientsPanel()
    qtbot.addWidget(panel)
    panel.show_gradients([GradientRow("∂f/∂a", None, "unwatched", True)])
    for width, word in ((236, "none"), (420, "unwatched")):
        panel.resize(width, 160)
        panel.show()
        panel.table.share_width()
        cell = panel.model.index(0, 1)
        assert cell.data() == word and "does not watch" in cell.data(Qt.ItemDataRole.ToolTipRole)


def test_a_refused_value_is_told_in_sight_of_its_row_until_there_are_other_values(qtbot):
    """Else the sentence hides the row that it is about, or goes on about an input that is gone."""
    panel = InputsPanel()
    qtbot.addWidget(panel)
    panel.resize(270, 120)
    panel.show()
    panel.show_inputs([InputRow(name, 2.0, True) for name in "abc"])
    last = panel.model.index(2, VALUE)
    panel.table.setCurrentIndex(last)
    panel.model.setData(last, "abc")
    assert "not a value" in panel.findChild(QLabel, "input_hint").text()
    assert panel.table.viewport().rect().intersects(panel.table.visualRect(last))
    panel.show_inputs([InputRow("x", 2.0, True)])
    assert "not a value" not in panel.findChild(QLabel, "input_hint").text()
