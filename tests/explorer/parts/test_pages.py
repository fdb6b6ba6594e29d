"""The pages beside the graph: if these fail, code, checks or matrices are not those of what is shown."""

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QLineEdit, QTableView, QWidget

from core.language import parse
from core.mistakes import Mistake
from core.run import record
from core.timeline import Timeline
from explorer.look.theme import LIGHT
from explorer.parts.checks.panel import ways_table
from explorer.parts.checks.work import sheet
from explorer.parts.code.work import code_of
from explorer.parts.matrices.work import matrices
from tests.explorer.conftest import rest, type_text


def timeline(text: str, **point) -> Timeline:
    return Timeline.of(record(parse(text), point))


def look(window, qtbot, tab: str) -> None:
    window.centre.show_tab(tab)
    rest(window, qtbot)
    qtbot.waitUntil(lambda: not window.desk.busy())


# --- code ------------------------------------------------------------------------------------------------------


def test_every_step_has_its_line():
    line = timeline("def f(w1, w2):\n    return 3*w1**2 + 2*w1*w2", w1=5.0, w2=3.0)
    code = code_of(line)
    lines = code.text.split("\n")
    said = [lines[code.line_of_step(step) - 1].split("#")[0].strip() for step in range(1, len(line) + 1)]
    assert said[2:8] == [
        "v1 = w1 ** 2.0", "v2 = 3.0 * v1", "v3 = 2.0 * w1", "v4 = v3 * w2", "f = v2 + v4", "f_bar = 1.0",
    ]  # fmt: skip
    assert said[8:12] == ["v2_bar = f_bar", "v4_bar = f_bar", "v3_bar = v4_bar * w2", "w2_bar = v4_bar * v3"]
    assert said[-1] == "return (f, (w1_bar, w2_bar))"


def test_an_operand_used_twice_has_a_line_for_each_use():
    line = timeline("def f(x):\n    return x * x", x=3.0)
    code = code_of(line)
    steps = [step for step in range(1, len(line) + 1) if type(line.event(step)).__name__ == "AdjointAccumulated"]
    assert len({code.line_of_step(step) for step in steps}) == 2


def test_the_code_follows_the_player_and_a_line_selects_its_entry(window, qtbot):
    look(window, qtbot, "code")
    window.player.seek(11)
    view = window.parts["code"].panel.view
    assert view.marked_text().startswith("v3_bar = v4_bar * w2")
    line = next(place for place, text in enumerate(view.toPlainText().split("\n"), 1) if "v3_bar = " in text)
    view.line_chosen.emit(line)
    assert window.shown.selected == 5


def test_the_code_can_be_copied(window, qtbot):
    look(window, qtbot, "code")
    window.parts["code"].panel.copy.click()
    assert "def value_and_gradient(w1, w2):" in QGuiApplication.clipboard().text()


def test_where_there_is_no_derivative_the_page_says_why(window, qtbot):
    type_text(window, qtbot, "def f(x):\nreturn 3.0")
    look(window, qtbot, "code")
    assert "does not depend" in window.parts["code"].panel._problem.text()
    assert not window.parts["code"].panel.copy.isEnabled()


def test_a_script_is_written_or_refused_in_a_sentence(window, qtbot, tmp_path):
    window.parts["code"].write(tmp_path / "seed.py", "numpy")
    rest(window, qtbot)
    assert "value_and_gradient" in (tmp_path / "seed.py").read_text("utf-8")
    type_text(window, qtbot, "def f(x):\nreturn np.linalg.norm([[x, 1.0], [0.0, 2.0]], 'nuc')")
    window.parts["code"].write(tmp_path / "svd.py", "pytorch")
    rest(window, qtbot)
    assert "svd has no counterpart" in window.centre.notice.label.text() and not (tmp_path / "svd.py").exists()


# --- checks ----------------------------------------------------------------------------------------------------


def test_five_ways_agree_and_the_error_has_a_valley():
    found = sheet(timeline("def f(x, y):\n    return sin(x) * exp(y)", x=0.5, y=1.0), "x", 0)
    assert found.ways[0].name.startswith("tape") and all(way.agrees for way in found.ways[1:])
    curve = dict(found.curves)["central differences"]
    assert 1e-7 < curve.best < 1e-3 and curve.errors[0] > 1e-3 < curve.errors[-1]
    assert "truncation" in found.lesson and "round-off" in found.lesson


@pytest.mark.parametrize("text", ["return x*x", "return 3*x**2 + 2*x - 1"])
def test_along_a_parabola_only_forward_differences_are_truncated(text):
    found = sheet(timeline(f"def f(x):\n    {text}", x=3.0), "x", 0)
    assert "parabola" in found.lesson and "forward differences have both" in found.lesson


@pytest.mark.parametrize("text", ["return x**3", "return 1/x", "return sin(x)*x"])
def test_other_functions_are_truncated(text):
    assert "To the right of" in sheet(timeline(f"def f(x):\n    {text}", x=3.0), "x", 0).lesson


def test_at_a_minimum_every_way_agrees_and_no_step_is_called_the_best():
    """Else the right derivative, 0, is crossed out in red, and the smallest step of all is praised."""
    found = sheet(timeline("def f(x):\n    return x**4 - 2*x**2", x=1.0), "x", 0)
    assert all(way.agrees for way in found.ways[1:])
    assert "To the right of" not in found.lesson and "truncation" in found.lesson


def test_digits_lost_by_a_difference_are_no_cross_against_a_right_tape():
    """The loss of a saturated sigmoid: differences are off by a thousandth, the complex step by nothing."""
    text = "def f(z):\n    p = 1/(1 + exp(-z))\n    return -log(1 - p)"
    found = sheet(timeline(text, z=17.0), "z", 0)
    assert found.confirmed and not all(way.agrees for way in found.ways[1:])
    assert "✗" not in ways_table(found, LIGHT) and "✓" in ways_table(found, LIGHT)


def test_a_straight_function_has_no_truncation():
    assert "straight" in sheet(timeline("def f(x):\n    return 3 * x", x=2.0), "x", 0).lesson


def test_the_counts_are_n_plus_one_runs_n_sweeps_and_one_sweep():
    found = sheet(timeline("def f(x):\n    return sum(x * x)", x=np.arange(1.0, 5.0)), "x", 2)
    cost = {way.name: way.cost for way in found.ways if way.cost}
    assert cost["forward differences"].evaluations == 5
    assert cost["forward mode"].sweeps == 4
    assert cost["tape (reverse mode)"].sweeps == 1


def test_an_op_that_is_not_analytic_is_named():
    found = sheet(timeline("def f(x):\n    return abs(x) * 2", x=-1.5), "x", 0)
    way = next(way for way in found.ways if way.name == "complex step")
    assert not way.agrees and way.note.startswith("abs")


def test_a_point_beside_a_branch_does_not_fail():
    found = sheet(timeline("def f(x):\n    if x > 1:\n        return x * x\n    return x", x=1.0000001), "x", 0)
    assert not found.problem and len(found.curves) == 3


def test_the_page_catches_a_sweep_that_is_broken(window, qtbot):
    look(window, qtbot, "checks")
    assert "✗" not in window.parts["checks"].panel.table.text()
    window.parts["mistakes"].make(Mistake("overwrite"))
    look(window, qtbot, "checks")
    assert "✗" in window.parts["checks"].panel.table.text()
    assert "No step brings the error down" in window.parts["checks"].panel.lesson.text()


def test_the_plots_have_lines_that_differ_without_colour(window, qtbot):
    look(window, qtbot, "checks")
    from explorer.parts.checks.plots import STYLES

    assert len({(dash, mark) for _, dash, mark in STYLES.values()}) == len(STYLES)
    plots = window.parts["checks"].panel._plots
    assert len(plots.errors.getPlotItem().listDataItems()) == 6
    assert len(plots.costs.getPlotItem().listDataItems()) == 8


# --- matrices --------------------------------------------------------------------------------------------------


def test_the_seed_function_has_its_matrices_and_the_better_order_is_said(window, qtbot):
    look(window, qtbot, "matrices")
    panel = window.parts["matrices"].panel
    shown = {name: window.findChild(QTableView, f"{name}_table").model() for name in ("jacobian", "hessian")}
    assert [shown["jacobian"].index(0, column).data() for column in (0, 1)] == ["36", "10"]
    assert [[shown["hessian"].index(r, c).data() for c in (0, 1)] for r in (0, 1)] == [["6", "2"], ["2", "0"]]
    assert "Better by rows" in panel.jacobian.sentence.text()


def test_a_tall_jacobian_is_better_by_columns():
    found = matrices(timeline("def f(x):\n    return x * array([1.0, 2.0, 3.0])", x=2.0))
    assert "Better by columns" in found.jacobian.sentence
    np.testing.assert_allclose(found.jacobian.matrix.values.ravel(), [1.0, 2.0, 3.0])


@pytest.mark.parametrize("text", ["def f(x):\n    return 3.0", "def f(x):\n    return sum(x[0] * x)"])
def test_what_is_no_matrix_is_told(text: str):
    found = matrices(timeline(text, x=np.ones(200)))
    for table in (found.jacobian, found.hessian):
        assert table.sentence and (table.matrix is None or table.matrix.values.size <= 10_000)


# --- all of them -----------------------------------------------------------------------------------------------


def test_every_control_has_a_name_and_a_tooltip(window, qtbot):
    """What reads the screen aloud would otherwise say nothing, or a pointer hang over a riddle."""
    parts = [window.parts[name] for name in ("mistakes", "quiz", "code", "checks", "matrices")]
    panels: list[QWidget] = [*(part.panel for part in parts), window.centre.banner]
    kinds = (QAbstractButton, QLineEdit, QAbstractSpinBox)
    for panel in panels:
        for control in panel.findChildren(QWidget):
            if isinstance(control, kinds) and control.objectName() and not control.objectName().startswith("qt_"):
                assert control.toolTip(), control.objectName()
                named = control.accessibleName() or (isinstance(control, QAbstractButton) and control.text())
                assert named, control.objectName()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_pages_take_both_themes(window, qtbot, theme: str):
    for tab in ("code", "checks", "matrices", "graph"):
        look(window, qtbot, tab)
        window.set_theme(theme)


def test_the_step_of_differences_can_be_dragged(window, qtbot):
    """For a parabola forward differences are off by exactly 3h at 36: so 0.0833 at h = 1, relative to 36."""
    look(window, qtbot, "checks")
    plots = window.parts["checks"].panel._plots
    plots.step.setValue(0.0)
    told = plots.told.text()
    assert told.startswith("At h = 1e+00 forward differences give 39, off by 8e-02; central ones give 36, off by 0e+00")
    plots.step.setValue(-16.0)
    assert "off by 1e+00" in plots.told.text(), "there is nothing left of the difference"
