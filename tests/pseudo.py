"""Lists what the window shows that did not go through `core.basics.words`: `python -m tests.pseudo`.

The window speaks a pseudo-language in which every text that did is in brackets. It is a process of its own, for a
process speaks one language from its first import on.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator

os.environ["TAPE_EXPLORER_LANGUAGE"] = "pseudo"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractItemModel, QObject, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar, QTableView

from explorer.app import application, create_window
from explorer.window.window import MainWindow

PROGRAM = "w1, w2 = 5.0, 3.0\nfor i in range(2):\n    w1 = w1 * w2 + sin(w2)\nprint(w1)\nw1"
PROPERTIES = (
    "text", "title", "windowTitle", "toolTip", "statusTip", "placeholderText", "accessibleName",
)  # fmt: skip
SECONDS = 20
WORD = re.compile(r"[A-Za-z]{3,}")


def texts(thing: QObject) -> Iterator[str]:
    """Everything that a widget, an action or a view of a table says."""
    for name in PROPERTIES:
        said = thing.property(name)
        if isinstance(said, str):
            yield said
    if isinstance(thing, QTabBar):
        for place in range(thing.count()):
            yield from (thing.tabText(place), thing.tabToolTip(place))
    if isinstance(thing, QTableView) and isinstance(model := thing.model(), QAbstractItemModel):
        for column in range(model.columnCount()):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")


def unbracketed(window: MainWindow) -> Iterator[str]:
    """Where something is said without brackets, and what; a user's own text and code do not count."""
    for thing in (window, *window.findChildren(QObject)):
        for said in texts(thing):
            if "⟦" not in said and WORD.search(said):
                yield f"{type(thing).__name__} {_place(thing)}: {said[:100]!r}"


def _place(thing: QObject) -> str:
    """The nearest object name."""
    while not thing.objectName() and thing.parent() is not None:
        thing = thing.parent()
    return thing.objectName()


def opened() -> MainWindow:
    """The window with a program that ran, at the end of its last sweep, with every part shown."""
    application()
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, tempfile.mkdtemp())
    window = create_window([PROGRAM])
    window.show()
    QTest.qWaitForWindowExposed(window)
    for _ in range(SECONDS * 50):
        if window.session.run is not None and not window.session.busy:
            break
        QTest.qWait(20)
    return window


def main() -> None:
    """Print one line for each, at three steps."""
    window = opened()
    found: dict[str, None] = {}
    for action in ("to_start", "step_forward", "to_turn", "step_forward", "to_end", "why", "quiz", "break_it"):
        window.findChild(QAction, f"action_{action}").trigger()
        QTest.qWait(50)
        found.update(dict.fromkeys(unbracketed(window)))
    print("\n".join(found))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
