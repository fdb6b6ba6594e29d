"""The outline of a text: if these fail, long texts have no table of contents, and a notebook is held against nothing.

What the notebooks say is what NumPy and PyTorch print for these cells.
"""

import json

import pytest
from PySide6.QtCore import Qt

from core.basics.budget import Budget
from core.language import parse
from explorer.parts.outline.work import first_difference, is_same, items, verdicts
from explorer.sources.cells import Cell, joined
from tests.explorer.conftest import rest

TEXT = """import numpy as np

def f(x):
    def g(y):
        return y
    return g(x)

class A:
    def m(self):
        return 1

f(2.0)
"""


def test_functions_and_classes_are_found_with_their_depth():
    assert [(one.line, one.title, one.depth) for one in items(TEXT)] == [
        (3, "def f", 0), (4, "def g", 2), (8, "class A", 0), (9, "def m", 2),
    ]  # fmt: skip


def test_cells_come_before_what_is_in_them():
    found = items(joined([Cell("x = 1.0"), Cell("y = x\ndef f(a):\n    return a"), Cell("f(y)")]))
    assert [(one.title, one.depth, one.cell) for one in found] == [
        ("x = 1.0", 0, 1), ("y = x", 0, 2), ("def f", 1, 0), ("f(y)", 0, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs"), [
    ("28.0", "tensor(28., grad_fn=<MulBackward0>)"),
    ("array([ 0.,  4.,  8., 12.])", "tensor([ 0.,  4.,  8., 12.])"),
    ("array([True, False])", "tensor([ True, False])"),
    ("6.0", "<tf.Tensor: shape=(), dtype=float32, numpy=6.0>"),
    ("0.7071067811865476", "0.7071"),
    ("a b 3", "a  b\n3"),
])  # fmt: skip
def test_outputs_are_the_same_however_a_library_writes_them(ours, theirs):
    assert is_same(ours, theirs)


@pytest.mark.parametrize(("ours", "theirs"), [("3.0", "4.0"), ("3.0", "3.0 4.0"), ("yes", "no"), ("", "1")])
def test_other_numbers_and_words_are_not(ours, theirs):
    assert not is_same(ours, theirs)


def test_the_first_line_that_differs_is_told():
    assert first_difference("1\n2\n3", "1\n5\n3") == 2 and first_difference("1", "1\n2") == 2


CELLS = [
    Cell("import torch\nx = torch.arange(4.0, requires_grad=True)", ""),
    Cell("y = 2*torch.dot(x, x)\ny", "tensor(28., grad_fn=<MulBackward0>)"),
    Cell("y.backward()\nx.grad", "tensor([ 0.,  4.,  8., 12.])"),
    Cell("print(x.sum().item())\nx.detach();", "7.0"),
    Cell("x.backward()", "RuntimeError: grad can be implicitly created only for scalar outputs"),
]
OUTPUTS = {number: cell.output for number, cell in enumerate(CELLS, 1) if cell.output}


def test_each_cell_is_held_against_what_the_notebook_says():
    found = verdicts(parse(joined(CELLS)), OUTPUTS, {}, Budget())
    assert {number: one.word for number, one in found.items()} == {2: "same", 3: "same", 4: "parts", 5: "stopped"}
    assert "7.0" in found[4].told and "6" in found[4].told


@pytest.fixture
def opened(window, qtbot, tmp_path):
    cells = [
        {"cell_type": "code", "source": cell.text, "outputs": [
            {"output_type": "execute_result", "data": {"text/plain": cell.output}}] if cell.output else []}
        for cell in CELLS[:4]
    ]  # fmt: skip
    path = tmp_path / "one.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "cells": cells}), encoding="utf-8")
    window.files.open_path(path)
    rest(window, qtbot)
    qtbot.waitUntil(lambda: window.parts["outline"].dock.isVisible())
    rest(window, qtbot)
    return window


def test_a_notebook_shows_its_cells_with_signs(opened):
    rows = opened.parts["outline"].panel.list
    assert [rows.item(row).text()[0] for row in range(rows.count())] == [" ", "✓", "✓", "≠"]


def test_a_line_of_the_outline_leads_to_the_text(opened, qtbot):
    panel = opened.parts["outline"].panel
    panel.list.setFocus()
    panel.choose(2)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert opened.function.editor.textCursor().block().text() == "y.backward()"


def test_a_notebook_runs_up_to_the_cell_that_is_chosen(opened, qtbot):
    part, editor = opened.parts["outline"], opened.function.editor
    whole = editor.toPlainText()
    part.panel.choose(1)
    qtbot.mouseClick(part.panel.up_to, Qt.MouseButton.LeftButton)
    rest(opened, qtbot)
    assert opened.session.run.program.text.rstrip().endswith("\ny") and opened.session.run.target_label == "y"
    assert editor.toPlainText() == whole and not opened.session.stale
    assert "cell" in editor.reason_at(10, 1) and not editor.reason_at(3, 1)
    assert opened.document().text == whole and opened.document().outputs == {2: CELLS[1].output, 3: CELLS[2].output,
                                                                             4: "7.0"}
    qtbot.mouseClick(part.panel.whole, Qt.MouseButton.LeftButton)
    rest(opened, qtbot)
    assert opened.session.run.program.text == whole and not editor.reason_at(10, 1)
