"""What the user can do, as a table: menus, toolbar, shortcut sheet and tests are made from it.

Knows names and titles only; what an action does is wired by the window.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

MENUS = ("File", "Edit", "View", "Run", "Examples", "Help")


@dataclass(frozen=True)
class Row:
    """One action: how it is called, read, reached and drawn. `group` parts a menu by separators."""

    name: str
    title: str
    menu: str
    group: int
    shortcut: str = ""
    icon: str = ""
    tooltip: str = ""
    checkable: bool = False
    toolbar: int = 0
    """Group in the toolbar; 0: not there."""

    @property
    def shortcuts(self) -> list[str]:
        """The keys, the one to show first."""
        return self.shortcut.split(" | ") if self.shortcut else []


ACTIONS = (
    Row("new", "New", "File", 1, "Ctrl+N", "new", "Start afresh with the first example", toolbar=1),
    Row("open", "Open…", "File", 1, "Ctrl+O", "open", "Open a document or a text file", toolbar=1),
    Row("save", "Save", "File", 2, "Ctrl+S", "save", "Save the document", toolbar=1),
    Row("save_as", "Save as…", "File", 2, "Ctrl+Shift+S", "", "Save the document under another name"),
    Row("export", "Export…", "File", 3, "Ctrl+E", "export", "Write the graph as SVG, PNG or DOT", toolbar=5),
    Row("quit", "Quit", "File", 4, "Ctrl+Q", "", "Close the window"),
    Row("undo", "Undo", "Edit", 1, "Ctrl+Z", "undo", "Undo the last edit of the function", toolbar=2),
    Row("redo", "Redo", "Edit", 1, "Ctrl+Shift+Z", "redo", "Redo the edit that was undone", toolbar=2),
    Row("find", "Find entry…", "Edit", 2, "Ctrl+F", "find", "Find an entry by name or operation", toolbar=4),
    Row("edit_function", "Go to the function", "Edit", 3, "Ctrl+1", "", "Type in the function editor"),
    Row("edit_inputs", "Go to the inputs", "Edit", 3, "Ctrl+2", "", "Change the values of the inputs"),
    Row("go_graph", "Go to the graph", "Edit", 3, "Ctrl+3", "", "Show the computation graph"),
    Row("go_plot", "Go to the plot", "Edit", 3, "Ctrl+4", "", "Show the output along an input"),
    Row("go_tape", "Go to the tape", "Edit", 3, "Ctrl+5", "", "Walk through the entries of the tape"),
    Row("fit", "Fit the graph", "View", 1, "F", "fit", "Show the whole graph", toolbar=4),
    Row("zoom_out", "Zoom out", "View", 1, "-", "zoom_out", "Make the graph smaller", toolbar=4),
    Row("zoom_in", "Zoom in", "View", 1, "+ | =", "zoom_in", "Make the graph larger", toolbar=4),
    Row("theme_system", "Theme of the system", "View", 3, "", "", "Follow the system, light or dark", True),
    Row("theme_light", "Light theme", "View", 3, "", "", "Always use the light theme", True),
    Row("theme_dark", "Dark theme", "View", 3, "", "", "Always use the dark theme", True),
    Row("switch_theme", "Switch light and dark", "View", 3, "Ctrl+T", "theme", "Change the theme", toolbar=6),
    Row("restore_layout", "Restore the layout", "View", 4, "", "", "Put all panels back to their places"),
    Row("play", "Play", "Run", 1, "Space", "play", "Play the steps, or pause"),
    Row("step_forward", "Step forward", "Run", 2, "Right", "step_forward", "Do the next step"),
    Row("step_back", "Step back", "Run", 2, "Left", "step_back", "Take the last step back"),
    Row("to_start", "To the start", "Run", 2, "Home", "to_start", "Go before the first step"),
    Row("to_turn", "To the turn", "Run", 2, "T", "", "Go where the forward sweep is complete"),
    Row("to_end", "To the end", "Run", 2, "End", "to_end", "Go after the last step"),
    Row("faster", "Faster", "Run", 3, "]", "", "Play faster"),
    Row("slower", "Slower", "Run", 3, "[", "", "Play slower"),
    Row("shortcuts", "Keyboard shortcuts", "Help", 1, "F1 | ?", "help", "Show all keys", toolbar=6),
    Row("about", "About Tape Explorer", "Help", 1, "", "", "What this program is"),
)


def build_actions(parent: QObject, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """One QAction per row, wired to the handler of its name; a row without handler is an error."""
    return {row.name: _action(row, parent, handlers[row.name]) for row in ACTIONS}


def _action(row: Row, parent: QObject, handler: Callable[[], object]) -> QAction:
    action = QAction(row.title, parent)
    action.setObjectName(f"action_{row.name}")
    action.setShortcuts([QKeySequence(keys) for keys in row.shortcuts])
    action.setCheckable(row.checkable)
    keys = ", ".join(shown_keys(row))
    action.setToolTip(f"{row.tooltip} ({keys})" if keys else row.tooltip)
    action.setStatusTip(row.tooltip)
    action.triggered.connect(lambda checked=False: handler())
    return action


def shown_keys(row: Row) -> list[str]:
    """The keys as this system writes them."""
    return [QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) for keys in row.shortcuts]
