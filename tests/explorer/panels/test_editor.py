"""The function editor: if these fail, typing is a nuisance or the marks stand at the wrong text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from core.basics.span import Span
from explorer.look.theme import DARK
from explorer.panels.editor.editor import FunctionEditor
from explorer.panels.editor.highlighting import tokens
from explorer.panels.editor.typing_keys import bracket_pair, next_indent
from explorer.panels.editor.undo_steps import UndoSteps


@pytest.fixture
def editor(qtbot):
    made = FunctionEditor()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def place(editor, position, anchor=None):
    cursor = editor.textCursor()
    cursor.setPosition(position if anchor is None else anchor)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


@pytest.mark.parametrize(
    ("line", "indent"),
    [
        ("def f(x):", "    "), ("    if x:  # so", "        "), ("x = 1", ""), ("    y = x", "    "),
        ("    return x", ""), ("        break", "    "), ("", ""),
    ],
)  # fmt: skip
def test_a_new_line_begins_where_it_should(line, indent):
    assert next_indent(line) == indent


def test_tab_indents_to_the_next_stop_and_backspace_takes_it_back(editor, qtbot):
    qtbot.keyClicks(editor, "xx")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == "xx  "
    editor.setPlainText("    x")
    place(editor, 4)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.toPlainText() == "x"


def test_selected_lines_move_together_and_back_in_one_undo(editor, qtbot):
    editor.set_text("a\nb\nc")
    place(editor, 3, 0)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == "    a\n    b\nc"
    qtbot.keyClick(editor, Qt.Key.Key_Backtab)
    assert editor.toPlainText() == "a\nb\nc"
    editor.undo()
    assert editor.toPlainText() == "    a\n    b\nc"


@pytest.mark.parametrize(
    ("text", "at", "pair"),
    [("f(a[1])", 1, {1, 6}), ("f(a[1])", 7, {1, 6}), ("((", 0, set()), ("a", 0, set())],
)
def test_brackets_find_their_partners(editor, text, at, pair):
    editor.set_text(text)
    place(editor, at)
    assert set(bracket_pair(editor.textCursor())) == pair


def test_the_mark_stands_at_the_text_of_the_span_also_after_letters_beyond_the_plane(editor):
    editor.set_text('s = "𝛑𝛑" # π\ny = 𝛼 + b')
    editor.mark(Span(2, 9, 2, 10))
    assert editor.marked_text() == "b"
    editor.mark(Span(1, 1, 2, 2))
    assert editor.marked_text().replace("\u2029", "\n") == 's = "𝛑𝛑" # π\ny'
    editor.mark(None)
    assert editor.marked_text() == ""


def test_editing_takes_the_marks_away_and_tells_once(editor, qtbot):
    editor.set_text("a + b")
    editor.mark(Span(1, 1, 1, 2))
    with qtbot.waitSignal(editor.text_edited) as told:
        qtbot.keyClicks(editor, "c")
    assert told.args == ["ca + b"] and editor.marked_text() == ""
    told_again: list[str] = []
    editor.text_edited.connect(told_again.append)
    editor.set_theme(DARK)
    editor.mark(Span(1, 1, 1, 2))
    assert told_again == []


@pytest.mark.parametrize("span", [Span(9, 9, 9, 12), Span(1, 99, 1, 100), Span(1, 6, 1, 6), Span(2, 1, 2, 1)])
def test_a_problem_beyond_the_text_can_be_marked(editor, span):
    editor.set_text("a + b\n")
    editor.mark_problem(span)
    assert editor.extraSelections()
    editor.grab()


def test_a_click_tells_line_and_column(editor, qtbot):
    editor.set_text("a\n𝛑 + b")
    cursor = editor.textCursor()
    cursor.setPosition(7)
    where = editor.cursorRect(cursor).center()
    with qtbot.waitSignal(editor.place_chosen) as told:
        qtbot.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert told.args == [2, 5]


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("def f(x):  # why", ["keyword", "function", "comment"]),
        ("return 3.5e-2*w1", ["keyword", "number"]),
        ("s = 'a # b'", ["string"]),
        ("x1 = .5 + sum(a)", ["number", "function"]),
        ("", []),
    ],
)
def test_pieces_of_a_line_get_their_colours(line, kinds):
    assert [kind for _, _, kind in tokens(line)] == kinds


def test_undo_goes_back_by_words_lines_and_deletions(editor, qtbot):
    editor.clear()
    editor.document().clearUndoRedoStacks()
    qtbot.keyClicks(editor, "a1 + bb")
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "c")
    texts = []
    while editor.document().isUndoAvailable():
        editor.undo()
        texts.append(editor.toPlainText())
    assert texts == ["a1 + b\n", "a1 + b", "a1 + bb", "a1 + ", ""]


def test_a_pause_begins_a_new_step_of_undo():
    steps, key = UndoSteps(), int(Qt.Key.Key_A)
    assert [steps.begins(key, "a", now) for now in (0, 100, 5_000, 5_100)] == [True, False, True, False]
