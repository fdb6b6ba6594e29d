"""Files are dropped on the window, and what is pasted is cleaned: if these fail, a found text has to be retyped."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tests.explorer.conftest import rest


def pasted(window, text):
    data = QMimeData()
    data.setText(text)
    window.function.editor.selectAll()
    window.function.editor.insertFromMimeData(data)
    window.take_text()


def test_pasted_prompts_are_cleaned_said_so_and_brought_back(window, qtbot):
    raw = ">>> x = 3.0\n>>> x*x\n9.0\n"
    pasted(window, raw)
    rest(window, qtbot)
    editor = window.function.editor
    assert editor.toPlainText() == "x = 3.0\nx*x\n" and window.session.run.gradients() == {"x": 6.0}
    assert "prompts" in window.centre.notice.label.text()
    editor.undo()
    assert editor.toPlainText() == raw
    editor.redo()
    assert editor.toPlainText() == "x = 3.0\nx*x\n"
    window.take_text()
    rest(window, qtbot)


def test_python_text_is_pasted_as_it_is(window, qtbot):
    window.centre.notice.hide()
    pasted(window, "y = x*x  # “so”\r\ny")
    rest(window, qtbot)
    assert window.function.editor.toPlainText() == "y = x*x  # “so”\ny" and not window.centre.notice.isVisible()


def drop(target, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    args = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), *args)
    QApplication.sendEvent(target, enter)
    accepted = enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), *args))
    return accepted


@pytest.mark.parametrize("name", ["one.ipynb", "one.md", "one.py"])
def test_a_file_that_is_dropped_is_opened(window, qtbot, tmp_path, name):
    cells = [{"cell_type": "code", "source": source, "outputs": []} for source in ("x = 3.0", "x*x")]
    texts = {
        "one.ipynb": json.dumps({"nbformat": 4, "cells": cells}), "one.py": "x = 3.0\nx*x",
        "one.md": "Text\n```python\nx = 3.0\nx*x\n```\n",
    }  # fmt: skip
    path = tmp_path / name
    path.write_text(texts[name], encoding="utf-8")
    assert drop(window, path)
    rest(window, qtbot)
    assert window.session.run.gradients() == {"x": 6.0} and window.files.path == path


def test_the_editor_leaves_files_to_the_window(window, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "one.py"))])
    assert not window.function.editor.canInsertFromMimeData(data)


PLOTTED = """%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
x = np.array([1.0, 2.0])
y = (x**2).sum()
plt.plot(x, x)
plt.show()
y
"""


def test_lines_that_only_show_are_grey_and_say_why(window, qtbot):
    window.function.editor.set_text(PLOTTED)
    window.take_text()
    rest(window, qtbot)
    editor = window.function.editor
    assert window.session.problem is None and list(window.session.run.gradients()["x"]) == [2.0, 4.0]
    assert [line for line in range(1, 9) if editor.why_quiet(line)] == [1, 2, 6, 7]
    assert "passed over" in editor.why_quiet(6) and "notebook" in editor.why_quiet(1)
