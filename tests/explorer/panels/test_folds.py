"""Long texts fold and have room: if these fail, sixty lines are read through a slot of six.

Which lines belong to a head is what Python's indentation says.
"""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor

from core.basics.span import Span
from explorer.model.document import Document
from explorer.panels.editor.editor import FunctionEditor
from explorer.panels.editor.folds import regions
from tests.explorer.conftest import rest

TEXT = """import math
class A:
    def m(self):
        return 1

    def n(self):
        return 2

def f(x):
    return x

y = f(2.0)
"""


def test_what_belongs_to_a_head_ends_where_its_indentation_ends():
    assert regions(TEXT.split("\n")) == {2: 7, 3: 4, 6: 7, 9: 10}
    assert regions(["# %% 1", "x = 1", "", "# %% 2", "def f():", "    pass"]) == {1: 2, 4: 6, 5: 6}
    assert regions(["def f(x): return x", "", "y"]) == {}


@pytest.fixture
def editor(qtbot):
    made = FunctionEditor()
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.show()
    made.set_text(TEXT)
    return made


def seen(editor):
    return [number for number, _ in editor.visible_lines()]


def test_a_fold_hides_its_lines_and_shows_them_again(editor):
    editor.toggle_fold(2)
    assert seen(editor) == [1, 2, 8, 9, 10, 11, 12, 13] and editor.folds.is_folded(2)
    editor.toggle_fold(2)
    assert seen(editor) == list(range(1, 14))


def test_the_sign_in_the_gutter_folds(editor, qtbot):
    top = dict(editor.visible_lines())[9]
    qtbot.mouseClick(editor.gutter, Qt.MouseButton.LeftButton, pos=QPoint(editor.gutter.width() - 4, top + 5))
    assert 10 not in seen(editor)


def test_what_is_gone_to_unfolds(editor):
    editor.toggle_fold(2)
    editor.toggle_fold(9)
    editor.bring_into_sight(10)
    assert 10 in seen(editor) and 4 not in seen(editor)
    editor.go_to(Span(4, 9, 4, 15))
    assert 4 in seen(editor)


def test_the_cursor_does_not_stay_in_a_fold(editor):
    cursor = QTextCursor(editor.document().findBlockByNumber(3))
    editor.setTextCursor(cursor)
    editor.toggle_fold()
    assert editor.cursor_line() == 3 and 4 not in seen(editor)


def test_lines_whose_head_is_gone_are_seen_again(editor):
    editor.toggle_fold(9)
    cursor = QTextCursor(editor.document().findBlockByNumber(8))
    cursor.select(QTextCursor.SelectionType.LineUnderCursor)
    cursor.insertText("z = 1")
    assert 10 in seen(editor) and editor.toPlainText().split("\n")[9] == "    return x"


def test_typing_above_a_fold_keeps_it(editor):
    editor.toggle_fold(9)
    cursor = QTextCursor(editor.document())
    cursor.insertText("# first\n")
    assert 11 not in seen(editor) and editor.folds.is_folded(10)


def test_the_gutter_tells_why_a_line_does_not_run(editor):
    span = Span(1, 1, 1, 12)
    editor.mark_skipped([span], {span: "Nothing needs it."})
    assert editor.why_quiet(1) == "Nothing needs it." and not editor.why_quiet(2) and not editor.why_quiet(5)


def test_the_editor_grows_on_demand_and_gives_the_room_back(window, qtbot):
    window.files.start(Document(text=TEXT))
    rest(window, qtbot)
    before = window.function.editor.size()
    window.actions_by_name["enlarge"].trigger()
    qtbot.waitUntil(lambda: window.function.editor.width() > 1.4 * before.width())
    assert window.function.editor.height() > 1.7 * before.height() and not window.docks.inputs.isVisible()
    window.actions_by_name["enlarge"].trigger()
    qtbot.waitUntil(lambda: window.docks.inputs.isVisible() and window.function.editor.width() < 1.2 * before.width())
