"""What the tests of the window share: a window as a person finds it, and hands to use it with."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from explorer.app import create_window
from explorer.look.typesetting import Typesetter
from explorer.window.window import MainWindow


@pytest.fixture
def make_window(qtbot) -> Iterator[Callable[..., MainWindow]]:
    """Windows that are shown, and at the end closed and gone, so that they do not slow down those after them."""
    made: list[MainWindow] = []

    def make(*argv: str) -> MainWindow:
        window = create_window(argv)
        made.append(window)
        window.show()
        qtbot.waitExposed(window)
        rest(window, qtbot)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def typesetter(qtbot) -> Iterator[Typesetter]:
    """A typesetter whose thread ends with the test."""
    made = Typesetter()
    yield made
    made.close()


@pytest.fixture
def window(make_window) -> MainWindow:
    """A window as it opens: the seed function at (5, 3), before the first step."""
    return make_window()


def rest(window: MainWindow, qtbot) -> None:
    """Wait until nothing is worked out any more."""
    qtbot.waitUntil(lambda: not window.session.busy)
    QApplication.processEvents()


def type_text(window: MainWindow, qtbot, text: str) -> None:
    """Replace the function by typing."""
    editor = window.function.editor
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    for letter in text:
        if letter == "\n":
            qtbot.keyClick(editor, Qt.Key.Key_Return)
        else:
            qtbot.keyClicks(editor, letter)
    window.take_text()
    rest(window, qtbot)


def set_value(window: MainWindow, qtbot, name: str, text: str) -> None:
    """Type a value into the table of inputs."""
    model = window.inputs.model
    rows = {model.index(row, 0).data(): row for row in range(model.rowCount())}
    model.setData(model.index(rows[name], 1), text)
    rest(window, qtbot)
