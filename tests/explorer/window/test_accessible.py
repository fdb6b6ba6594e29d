"""Every control says what it is and does: if these fail, somebody who cannot see or point is left out."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QScrollBar,
    QTabBar,
    QTableView,
    QTextBrowser,
    QWidget,
)

from core.basics.budget import Budget
from explorer.graph.view import GraphView
from explorer.panels.editor.gutter import Gutter
from explorer.window.actions import ACTIONS
from explorer.window.sheets.language import LanguageSheet
from explorer.window.sheets.limits import LimitsSheet

CONTROLS = (
    QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QListWidget, QTableView, QTextBrowser,
    GraphView, Gutter,
)  # fmt: skip
EXPLAIN_THEMSELVES = ("graph_view",)
"""Their tooltip is that of what lies under the pointer."""
WITHOUT_KEY = {"clear_stops", "limits", "theme_system", "theme_light", "theme_dark", "restore_layout", "about"}


def controls(root: QWidget) -> list[QWidget]:
    """What can be used in a window: not the scroll bars and inner parts that Qt makes for itself."""
    found = [widget for kind in CONTROLS for widget in root.findChildren(kind)]
    return [one for one in dict.fromkeys(found) if not isinstance(one, QScrollBar) and not _is_inner(one)]


def _is_inner(widget: QWidget) -> bool:
    name, parent = widget.objectName(), widget.parentWidget()
    outer = isinstance(parent, QAbstractSpinBox | QTabBar | QLineEdit | QTableView | QDialogButtonBox)
    inside_tabs = isinstance(parent, QTabBar)
    return name.startswith("qt_") or inside_tabs or (outer and not name) or type(widget).__name__ == "QToolBarExtension"


def lacking(root: QWidget) -> list[str]:
    """Controls without a tooltip or a name that can be read aloud."""
    told = []
    for one in controls(root):
        name = one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "")
        tooltip = one.toolTip() or one.objectName() in EXPLAIN_THEMSELVES
        if not name.strip() or not tooltip:
            told.append(f"{type(one).__name__} {one.objectName()!r} name={name!r} tooltip={one.toolTip()!r}")
    return told


def test_every_control_of_the_window_has_a_tooltip_and_a_name(window):
    window.centre.notice.say("A sentence.", "An answer", lambda: None)
    assert lacking(window) == []


@pytest.mark.parametrize("make", [lambda: LimitsSheet(Budget()), LanguageSheet], ids=["limits", "language"])
def test_every_control_of_a_dialog_has_a_tooltip_and_a_name(make, qtbot):
    dialog = make()
    qtbot.addWidget(dialog)
    assert lacking(dialog) == []


def test_every_action_has_a_tooltip_and_all_but_the_rare_ones_a_key(window):
    for row in ACTIONS:
        action = window.actions_by_name[row.name]
        assert action.toolTip() and action.statusTip(), row.name
        assert row.shortcut or row.name in WITHOUT_KEY, row.name


def test_every_entry_of_a_menu_can_be_read(window):
    window.menus._fill_examples()
    entries = [action for menu in window.findChildren(QMenu) for action in menu.actions()]
    assert [one for one in entries if not one.isSeparator() and not one.text().strip()] == []


def test_every_table_says_its_cells_aloud_or_shows_them_as_text(window):
    for table in window.findChildren(QTableView):
        model = table.model()
        for column in range(model.columnCount()):
            index = model.index(0, column)
            assert isinstance(index.data() or "", str)


def test_actions_of_dock_panels_have_names(window):
    assert all(isinstance(one, QAction) and one.text() for one in window.menus._panels.actions())


@pytest.mark.parametrize("floated", ["", "inputs", "tape"])
def test_the_keyboard_reaches_every_panel_in_the_order_in_which_one_reads(window, qtbot, floated):
    """Function, inputs, gradients at the left come before the graph, and that before the tape."""
    if floated:
        window.docks.named(floated).setFloating(True)
        window.docks.restore_default()
    order = ["function_editor"]
    widget = window.function.editor.nextInFocusChain()
    while widget is not window.function.editor:
        order.append(widget.objectName())
        widget = widget.nextInFocusChain()
    wanted = ["function_editor", "input_table", "gradient_table", "graph_view", "timeline_slider", "tape_table"]
    assert sorted(wanted, key=order.index) == wanted
    assert order.index("tape_table") < order.index("inspector")
