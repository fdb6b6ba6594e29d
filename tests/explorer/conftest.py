"""What the tests of the window share: a window as a person finds it, and hands to use it with."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog

from core.basics.budget import Budget
from core.quiz import empty_score
from explorer.app import create_window
from explorer.look.typesetting import Typesetter
from explorer.storage.examples import example, example_names
from explorer.window.window import MainWindow

SIZE = (1480, 920)  # larger than the screen that there is without one


class Shared:
    """One window for the tests of a module, made by the first of them."""

    window: MainWindow | None = None

    def give(self, make: Callable[[], MainWindow], reset: Callable[[MainWindow], None]) -> MainWindow:
        """The window as it opens: reset where it is there and was not closed, else a new one."""
        if self.window is not None and self.window.isVisible():
            reset(self.window)
            return self.window
        self.drop()
        self.window = make()
        return self.window

    def drop(self) -> None:
        """Close it, and let it go, so that it does not slow down what comes after it."""
        if self.window is not None:
            close(self.window)
        self.window = None


def close(window: MainWindow) -> None:
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def shared() -> Iterator[Shared]:
    made = Shared()
    yield made
    made.drop()


@pytest.fixture
def make_window(qtbot) -> Iterator[Callable[..., MainWindow]]:
    """Windows that are shown, and at the end closed and gone, so that they do not slow down those after them."""
    made: list[MainWindow] = []

    def make(*argv: str) -> MainWindow:
        window = create_window(argv)
        if not window.settings.layout()[1]:
            window.docks.restore_default()
        window.resize(*SIZE)
        made.append(window)
        window.show()
        qtbot.waitExposed(window)
        rest(window, qtbot)
        return window

    yield make
    for window in made:
        close(window)


@pytest.fixture
def typesetter(qtbot) -> Iterator[Typesetter]:
    """A typesetter whose thread ends with the test."""
    made = Typesetter()
    yield made
    made.close()


@pytest.fixture
def window(request, shared, qtbot) -> MainWindow:
    """A window as it opens: the seed function at (5, 3), before the first step.

    All tests of a module have the same; one that makes further windows has its own, so that they share its settings.
    """
    if "make_window" in request.fixturenames:
        shared.drop()

    def make() -> MainWindow:
        window = create_window()
        window.docks.restore_default()
        window.resize(*SIZE)
        window.show()
        qtbot.waitExposed(window)
        window.docks.size()
        rest(window, qtbot)
        return window

    return shared.give(make, lambda window: reset(window, qtbot))


def reset(window: MainWindow, qtbot) -> None:
    """Put everything that a test may have changed back to how a window opens."""
    for dialog in window.findChildren(QDialog):
        dialog.reject()
    window.parts["quiz"].panel._choose("")
    window.parts["quiz"].stop()
    window.parts["presenting"].leave()
    window.parts["lessons"].leave()
    window.stop_work()
    window.parts["quiz"]._keep(empty_score())
    window.settings._store.clear()
    window.session.limits = Budget()
    window.set_theme("system")
    window.player.set_speed(1.0)
    travel = window.parts["navigation"].travel
    travel.set_unit("event")
    travel.clear_section()
    window.parts["searching"].clear()
    window.find_field.clear()
    window.tape_panel.head.persistent.setChecked(False)
    if window.actions_by_name["legend"].isChecked():
        window.actions_by_name["legend"].trigger()
    while window.graph.weighting != "off":
        window.graph.show_next_weights()
    window.docks.restore_default()
    window.resize(1480, 920)
    window.docks.size()
    window.files.start(example(example_names()[0]))
    window.centre.notice.hide()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.graph.setFocus()
    rest(window, qtbot)
    window.graph.fit(animated=False)


def rest(window: MainWindow, qtbot) -> None:
    """Wait until nothing is worked out any more."""
    qtbot.waitUntil(lambda: not window.desk.busy())
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
