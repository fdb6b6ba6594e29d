"""The window, driven as a person would: if these fail, the program does not do its main job."""

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget

from core.timeline import State
from explorer import session
from explorer.drawing.picture import snapshot
from explorer.drawing.scene import EdgeState, Kind
from explorer.graph.text import width
from explorer.look.theme import DARK, LIGHT
from explorer.model.document import Document
from tests.explorer.conftest import rest, set_value, type_text

NAMES = (
    "function_editor", "input_table", "graph_view", "tape_table", "inspector", "gradient_table", "timeline_slider",
    "step_sentence", "problem_label",
)  # fmt: skip
ACTIONS = (
    "step_forward", "step_back", "play", "to_start", "to_end", "fit", "open", "save", "export", "find", "shortcuts",
)  # fmt: skip
TAPE = ["w1 watched", "w2 watched", "v1 = w1²", "v2 = 3 × v1", "v3 = 2 × w1", "v4 = v3 × w2", "f = v2 + v4"]


def cells(window, name: str) -> list[list[str]]:
    """What a table shows."""
    model = window.findChild(QTableView, name).model()
    return [[model.index(r, c).data() or "" for c in range(model.columnCount())] for r in range(model.rowCount())]


def sentence(window) -> str:
    return f"{window.findChild(QLabel, 'step_sentence').text()} {window.playback.text.formula.plain}"


def everything(window) -> tuple:
    """All that is shown at a step."""
    return (
        window.player.step, sentence(window), cells(window, "tape_table"), cells(window, "gradient_table"),
        window.inspector.plain, window.function.editor.marked_text(),
    )  # fmt: skip


def press(window, qtbot, key: Qt.Key) -> None:
    """Press a key where the keyboard is, and let the movement it starts end."""
    qtbot.keyClick(window.graph, key)
    window.player.tick(10.0)


def test_it_opens_with_the_seed_function_at_five_and_three(window):
    assert "3*w1**2 + 2*w1*w2" in window.function.editor.toPlainText()
    assert [row[:2] for row in cells(window, "input_table")] == [["w1", "5"], ["w2", "3"]]
    assert len(window.graph.model) == 7
    assert "Space" in sentence(window)


def test_the_graph_is_placed_in_the_fonts_of_the_window(window):
    assert window.session.picture.measure is width


def test_a_person_steps_through_both_sweeps_and_back(window, qtbot):
    """Types the seed function, sets 5 and 3, steps to the end and back, scrubs; the same in both directions."""
    type_text(window, qtbot, "def f(w1, w2):\nreturn 3*w1**2 + 2*w1*w2")
    assert window.function.editor.toPlainText() == "def f(w1, w2):\n    return 3*w1**2 + 2*w1*w2"
    set_value(window, qtbot, "w1", "5")
    set_value(window, qtbot, "w2", "3")
    press(window, qtbot, Qt.Key.Key_Home)
    there = [everything(window)]
    while window.player.step < window.player.last:
        press(window, qtbot, Qt.Key.Key_Right)
        there.append(everything(window))
    assert len(there) == len(window.session.timeline) + 1

    tape = cells(window, "tape_table")
    assert [row[2] for row in tape] == TAPE
    assert [row[3] for row in tape] == ["5", "3", "25", "75", "10", "30", "105"]
    assert [row[4] for row in tape] == ["36", "10", "3", "1", "3", "1", "1"]
    gradients = cells(window, "gradient_table")
    assert [row[:3] for row in gradients] == [["∂f/∂w1", "36", "36"], ["∂f/∂w2", "10", "10"]]
    assert all(row[3].endswith("✓") for row in gradients)

    back = [everything(window)]
    while window.player.step > 0:
        press(window, qtbot, Qt.Key.Key_Left)
        back.append(everything(window))
    assert back[::-1] == there

    for step in (9, 2, 14, 0, len(there) - 1):
        window.playback.timeline.setValue(step)
        assert everything(window) == there[step]


def test_a_step_is_told_in_words_symbols_text_tape_and_inspector(window, qtbot):
    steps = {window.session.timeline.event(k): k for k in range(1, len(window.session.timeline) + 1)}
    step = next(k for event, k in steps.items() if getattr(event, "source", None) == 5 and event.index == 4)
    window.playback.timeline.setValue(step)
    assert "v̄3 += v̄4 × w2 = 1 × 3 = 3" in sentence(window)
    assert window.function.editor.marked_text() == "2*w1*w2"
    assert [row[0] for row in cells(window, "tape_table")].index("▲") == 5
    page = window.inspector.plain
    for text in ("v4 = v3 × w2", "10 × 3 = 30", "∂v4/∂v3 = w2 = 3", "v̄3 += v̄4 × w2 = 1 × 3 = 3", "0 + 1 = 1"):
        assert text in page


def test_forward_steps_are_blue_and_reverse_steps_orange(window):
    model, turn = window.tape.tape_model, window.session.timeline.forward_end
    window.player.seek(turn)
    assert model.index(6, 0).data() == "▶" and model.index(6, 0).data(Qt.ItemDataRole.ForegroundRole) == LIGHT.primal
    window.player.seek(turn + 2)
    assert model.index(6, 0).data() == "▲" and model.index(6, 0).data(Qt.ItemDataRole.ForegroundRole) == LIGHT.adjoint


def test_the_adjoint_of_an_input_is_the_sum_of_what_it_received(window):
    window.player.to_end()
    window.shown.select(0)
    page = window.inspector.plain
    assert "6 + 30 = 36" in page or "30 + 6 = 36" in page


def test_play_runs_to_the_end_and_stops(window, qtbot):
    qtbot.keyClick(window.graph, Qt.Key.Key_Space)
    assert window.player.playing
    window.player.tick(1000.0)
    assert not window.player.playing and window.player.step == window.player.last


def test_text_that_does_not_parse_keeps_the_graph_greyed_and_says_where(window, qtbot):
    type_text(window, qtbot, "def f(w1, w2):\nreturn 3*w1**2 +")
    label = window.findChild(QLabel, "problem_label").text()
    assert "line 2" in label and window.session.stale
    assert len(window.graph.model) == 7 and len(cells(window, "tape_table")) == 7
    type_text(window, qtbot, "w1*w2")
    assert not window.session.stale and "line" not in window.findChild(QLabel, "problem_label").text()
    assert len(window.graph.model) == 3


BAD_TEXTS = [("", ""), ("lgo(x)", "log"), ("x +", ""), ("def f(", ""), ("import os", "")]


@pytest.mark.parametrize(("text", "word"), BAD_TEXTS)
def test_bad_text_is_one_sentence_and_no_crash(window, qtbot, text, word):
    type_text(window, qtbot, text)
    shown = window.findChild(QLabel, "problem_label").text()
    assert word in shown and "Traceback" not in shown and shown.strip()
    assert window.session.problem is not None


@pytest.mark.parametrize(("text", "value"), [("1/x", "0"), ("log(x)", "-1")])
def test_values_out_of_the_domain_are_shown(window, qtbot, text, value):
    type_text(window, qtbot, text)
    set_value(window, qtbot, "x", value)
    window.player.to_end()
    assert {row[3] for row in cells(window, "tape_table")} & {"∞", "nan", "-∞"}
    shown = window.findChild(QLabel, "problem_label").text()
    assert shown.startswith("line 1, column 1: ") and "finite" in shown and window.session.problem is None
    set_value(window, qtbot, "x", "2")
    assert "finite" not in window.findChild(QLabel, "problem_label").text()


def test_shapes_that_do_not_fit_are_a_failure_with_the_tape_so_far(window, qtbot):
    type_text(window, qtbot, "y = 2*a\ny @ b")
    set_value(window, qtbot, "a", "[1, 2]")
    set_value(window, qtbot, "b", "[1, 2, 3]")
    shown = window.findChild(QLabel, "problem_label").text()
    assert "2" in shown and "3" in shown and "line 2" in shown
    assert any("2 × a" in row[2] for row in cells(window, "tape_table"))


def test_a_value_that_is_none_is_refused_and_nothing_changes(window, qtbot):
    set_value(window, qtbot, "w1", "five")
    assert "five" in window.findChild(QLabel, "input_hint").text()
    assert cells(window, "input_table")[0][1] == "5"
    set_value(window, qtbot, "w1", "4")
    assert "five" not in window.findChild(QLabel, "input_hint").text()


def test_an_input_that_is_not_watched_has_no_gradient(window, qtbot):
    model = window.inputs.model
    model.setData(model.index(1, 3), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    rest(window, qtbot)
    window.player.to_end()
    rows = cells(window, "gradient_table")
    assert rows[0][1] == "36" and rows[1][1] == "unwatched"


def test_an_input_that_is_not_watched_stays_in_sight_and_is_said_to_be_a_constant(window, qtbot):
    model = window.inputs.model
    model.setData(model.index(1, 3), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    rest(window, qtbot)
    graph = window.shown.picture.model
    node = next(node for node in range(len(graph)) if graph.title(node) == "w2")
    assert not graph.watched[node] and graph.kinds[node] == Kind.INPUT
    users = [graph.title(user) for source, user, _ in graph.edges.tolist() if source == node]
    assert users == ["v4"]
    window.player.seek(2)
    told = window.findChild(QLabel, "step_sentence").text()
    assert told == "w2 is not watched: for the tape its value 3 is a constant."
    assert window.shown.frame.state(node) == State.UNWATCHED
    window.player.to_end()
    assert cells(window, "tape_table")[1][2:] == ["w2 not watched", "3", "none"]
    edge = next(edge for edge, (source, *_) in enumerate(graph.edges.tolist()) if source == node)
    assert snapshot(window.shown.picture, window.shown.frame).edge_states[edge] == EdgeState.CUT


def test_a_new_value_keeps_the_place_and_the_step(window, qtbot):
    window.player.seek(9)
    camera = window.graph.camera
    set_value(window, qtbot, "w1", "6")
    assert window.player.step == 9 and window.graph.camera == camera


def test_selection_is_the_same_in_graph_tape_and_inspector(window, qtbot):
    window.graph.select(5)
    assert window.tape.selected_entry() == 5 and "v4 = v3 × w2" in window.inspector.plain
    window.tape.selectRow(2)
    assert window.graph.selected == 2 and "v1 = w1²" in window.inspector.plain
    window.function.editor.place_chosen.emit(2, 24)
    assert window.shown.selected == 4


def test_find_goes_from_entry_to_entry(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = window.findChild(QWidget, "find_field")
    assert QApplication.focusWidget() is field
    qtbot.keyClicks(field, "mul")
    first = window.shown.selected
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert first is not None and window.shown.selected not in (None, first)
    qtbot.keyClicks(field, "zzz")
    assert field.property("invalid")


def test_space_and_arrows_belong_to_the_editor_while_it_has_the_keyboard(window, qtbot):
    editor = window.function.editor
    editor.setFocus()
    before = editor.toPlainText()
    qtbot.keyClick(editor, Qt.Key.Key_Space)
    assert editor.toPlainText() != before and not window.player.playing
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText() == before
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.graph


def test_every_promised_widget_has_its_name_and_can_be_read_aloud(window):
    for name in NAMES:
        widgets = window.findChildren(QWidget, name)
        assert len(widgets) == 1, name
        assert widgets[0].accessibleName(), name


def test_every_promised_action_is_in_a_menu_and_has_a_tooltip(window):
    for name in ACTIONS:
        action = window.actions_by_name[name]
        assert action.objectName() == f"action_{name}" and action.toolTip()
        assert window.findChild(type(action), f"action_{name}") is action


def test_themes_reach_every_view(window):
    window.set_theme("dark")
    assert window.theme is DARK
    window.actions_by_name["switch_theme"].trigger()
    assert window.theme is LIGHT and window.settings.theme == "light"


def test_the_places_of_the_panels_come_back(window, make_window):
    window.docks.inspector.hide()
    window.close()
    again = make_window()
    assert again.docks.inspector.isHidden() and not again.docks.tape.isHidden()
    again.actions_by_name["restore_layout"].trigger()
    assert not again.docks.inspector.isHidden()


def test_the_plot_shows_the_output_with_its_tangent_and_moves_the_input(window, qtbot):
    window.actions_by_name["go_plot"].trigger()
    rest(window, qtbot)
    qtbot.waitUntil(lambda: window.session.curve is not None)
    curve = window.session.curve
    assert (curve.name, curve.x, curve.y, curve.slope) == ("w1", 5.0, 105.0, 36.0)
    assert "36" in window.findChild(QLabel, "plot_slope").text()
    window.plot.point_dragged.emit(4.0)
    rest(window, qtbot)
    assert cells(window, "input_table")[0][1] == "4"


@pytest.mark.parametrize("name", ["baydin", "logistic", "network", "reuse", "doublings"])
def test_every_example_runs_and_its_gradients_are_confirmed(window, qtbot, name):
    window.show_example(name)
    rest(window, qtbot)
    qtbot.waitUntil(lambda: bool(window.session.checks))
    window.player.to_end()
    assert window.session.problem is None
    assert all(row[3].endswith("✓") for row in cells(window, "gradient_table"))


def test_a_text_and_a_point_on_the_command_line_open(make_window, qtbot):
    window = make_window("a*b", "--at", "a=2", "b=[1, 2]")
    assert [row[:2] for row in cells(window, "input_table")] == [["a", "2"], ["b", "[1, 2]"]]


def test_a_broken_file_on_the_command_line_is_said_and_the_window_opens(make_window, tmp_path):
    (tmp_path / "x.json").write_text("{}")
    window = make_window(str(tmp_path / "x.json"))
    assert "not a Tape Explorer document" in window.centre.notice.label.text()
    assert len(window.graph.model) == 7


def test_starting_imports_neither_pyqtgraph_nor_networkx():
    code = "import sys, explorer.app as a; a.create_window(); print({'pyqtgraph', 'networkx'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_value_is_typed_into_its_cell(window, qtbot):
    table = window.inputs.table
    where = table.visualRect(window.inputs.model.index(0, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    editor = QApplication.focusWidget()
    editor.selectAll()
    qtbot.keyClicks(editor, "7+1")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    rest(window, qtbot)
    assert cells(window, "input_table")[0][1] == "8" and window.session.run.point["w1"] == 8.0


def test_the_watch_switch_and_the_slider_work_by_keyboard(window, qtbot):
    table, model = window.inputs.table, window.inputs.model
    table.setFocus()
    table.setCurrentIndex(model.index(0, 3))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    rest(window, qtbot)
    assert window.session.unwatched == {"w1"} and not window.player.playing
    table.setCurrentIndex(model.index(0, 2))
    qtbot.keyClick(table, Qt.Key.Key_Right)
    rest(window, qtbot)
    assert window.session.point()["w1"] == 5.2 and window.player.step == 0


def test_a_double_click_on_a_node_goes_to_its_text(window):
    window.graph.node_activated.emit(5)
    assert window.function.editor.textCursor().selectedText() == "2*w1*w2"


def test_a_long_text_scrolls_to_the_step(window, qtbot):
    window.function.editor.set_text("x = a\n" + "x = sin(x)\n" * 60 + "x")
    window.take_text()
    rest(window, qtbot)
    window.player.to_start()
    window.player.seek(50)
    editor = window.function.editor
    assert editor.firstVisibleBlock().blockNumber() > 20 and editor.marked_text() == "sin(x)"


def test_a_program_that_stops_says_where_and_blames_no_good_entry(window, qtbot):
    type_text(window, qtbot, "def f(x):\ny = x - 2\nreturn y[5]")
    set_value(window, qtbot, "x", "3")
    window.player.seek(window.player.last)
    assert window.session.run.failure is not None
    assert State.FAILED not in window.shown.frame.states()
    assert "line 3" in window.graph.announced and window.function.editor.marked_text()
    window.player.seek(0)
    assert window.graph.announced == ""


def test_with_a_problem_in_the_text_all_that_is_told_of_the_run_before_is_pale(window, qtbot):
    assert not any(veil.isVisible() for veil in window.veils)
    type_text(window, qtbot, "3*w1 +")
    assert window.session.stale and all(veil.isVisibleTo(veil.parentWidget()) for veil in window.veils)
    type_text(window, qtbot, "3*w1 + 1")
    assert not any(veil.isVisibleTo(veil.parentWidget()) for veil in window.veils)


def test_finding_lights_all_that_is_meant_and_goes_on_to_the_next(window, qtbot):
    """A condition on values finds entries too; Enter goes from hit to hit."""
    type_text(window, qtbot, "a = 10*x\nb = 100*x\nc = a + b\nc")
    window.actions_by_name["to_end"].trigger()
    field = window.find_field
    qtbot.keyClicks(field, "value > 50")
    qtbot.waitUntil(lambda: len(window.parts["searching"].found) == 2)
    first = window.shown.selected
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.shown.selected != first and not field.property("invalid")
    qtbot.keyClicks(field, "0000000")
    qtbot.waitUntil(lambda: bool(field.property("invalid")))


def test_what_an_entry_depends_on_is_lit_and_edges_show_sizes(window, qtbot):
    type_text(window, qtbot, "a = sin(x)\nb = a*y\nb")
    window.shown.select(2)
    for name in ("show_ancestors", "show_descendants", "show_paths", "weights", "unfold_all", "fold_all"):
        window.actions_by_name[name].trigger()
    qtbot.waitUntil(lambda: not window.parts["folding"].busy)
    assert window.parts["searching"].path_of is None or window.parts["searching"].say()
    assert window.graph.weighting == "width"


def test_the_calls_that_led_to_a_step_are_marked_beside_its_own_text(window, qtbot):
    type_text(window, qtbot, "def g(t):\nreturn t*t\ndef f(w1, w2):\nreturn g(w1) + w2")
    rest(window, qtbot)
    window.player.seek(3)
    editor = window.function.editor
    assert editor.marked_text() == "t*t" and editor.marked_calls() == ["g(w1)"]
    window.player.seek(4)
    assert editor.marked_text() == "g(w1) + w2" and editor.marked_calls() == []


def test_a_document_whose_run_takes_long_is_shown_at_its_step_all_the_same(window, qtbot, monkeypatch):
    monkeypatch.setattr("explorer.session.OPENING_PATIENCE", 0.0)
    gate = threading.Event()
    answer = session.answer

    def late(*asked):
        gate.wait()
        return answer(*asked)

    monkeypatch.setattr(session, "answer", late)
    window.show_document(Document("def f(x):\n    return sin(x*x)", {"x": 2.0}, step=4))
    assert window.shown.timeline is None and window.document().step == 4, "saved meanwhile, it is not lost either"
    gate.set()
    rest(window, qtbot)
    assert window.player.step == 4


def test_an_empty_text_is_an_invitation_and_no_fault(window, qtbot):
    window.function.editor.clear()
    window.take_text()
    rest(window, qtbot)
    label = window.findChild(QLabel, "problem_label")
    assert "Type an expression" in label.text() and label.property("role") == "muted"
    type_text(window, qtbot, "x +")
    assert label.property("role") == "error"


def test_what_edges_carried_stays_on_them_until_it_is_hidden_and_that_is_kept(window, qtbot):
    window.player.seek(window.player.last)
    rest(window, qtbot)
    kept = window.graph.grab().toImage()
    press(window, qtbot, Qt.Key.Key_E)
    assert not window.actions_by_name["contributions"].isChecked() and not window.settings.contributions
    hidden = window.graph.grab().toImage()
    press(window, qtbot, Qt.Key.Key_E)
    assert hidden != kept == window.graph.grab().toImage() and window.settings.contributions


def test_the_legend_comes_and_goes_with_its_key(window, qtbot):
    plain = window.graph.grab().toImage()
    press(window, qtbot, Qt.Key.Key_K)
    assert window.actions_by_name["legend"].isChecked() and window.graph.grab().toImage() != plain
    press(window, qtbot, Qt.Key.Key_K)
    assert not window.actions_by_name["legend"].isChecked() and window.graph.grab().toImage() == plain
