"""What the user can do, as a table: menus, toolbar, shortcut sheet and tests are made from it.

Knows names and titles only; what an action does is said by its owner.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

MENUS = ("File", "Edit", "View", "Run", "Marks", "Understand", "Examples", "Help")


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
    Row("new", "New", "File", 1, "Ctrl+N", "new", "Start afresh; typing replaces the example", toolbar=1),
    Row("open", "Open…", "File", 1, "Ctrl+O", "open", "Open a document or a text file", toolbar=1),
    Row("save", "Save", "File", 2, "Ctrl+S", "save", "Save the document", toolbar=1),
    Row("save_as", "Save as…", "File", 2, "Ctrl+Shift+S", "", "Save the document under another name"),
    Row("export", "Export…", "File", 3, "Ctrl+E", "export", "Write the graph to a file, or copy it", toolbar=5),
    Row("worksheet", "Worksheet…", "File", 3, "Ctrl+Shift+W", "", "Write a sheet of questions, and its answers apart"),
    Row("script", "Script…", "File", 3, "Ctrl+Shift+E", "", "Write the derivative for NumPy, TensorFlow or PyTorch"),
    Row("quit", "Quit", "File", 4, "Ctrl+Q", "", "Close the window"),
    Row("undo", "Undo", "Edit", 1, "Ctrl+Z", "undo", "Undo the last edit of the function", toolbar=2),
    Row("redo", "Redo", "Edit", 1, "Ctrl+Shift+Z", "redo", "Redo the edit that was undone", toolbar=2),
    Row("find", "Find entry…", "Edit", 2, "Ctrl+F", "find", "Find entries by name, operation or value", toolbar=4),
    Row("edit_function", "Go to the function", "Edit", 3, "Ctrl+1", "", "Type in the function editor"),
    Row("edit_inputs", "Go to the inputs", "Edit", 3, "Ctrl+2", "", "Change the values of the inputs"),
    Row("go_graph", "Go to the graph", "Edit", 3, "Ctrl+3", "", "Show the computation graph"),
    Row("go_plot", "Go to the plot", "Edit", 3, "Ctrl+4", "", "Show the output along an input"),
    Row("go_tape", "Go to the tape", "Edit", 3, "Ctrl+5", "", "Walk through the entries of the tape"),
    Row("go_code", "Go to the derivative code", "Edit", 3, "Ctrl+6", "", "Read both sweeps as Python"),
    Row("go_checks", "Go to the checks", "Edit", 3, "Ctrl+7", "", "Compare the gradient with other ways, and costs"),
    Row("go_matrices", "Go to the matrices", "Edit", 3, "Ctrl+8", "", "Show the Jacobian and the Hessian"),
    Row("go_stops", "Go to the stops", "Edit", 3, "Ctrl+9", "", "See all breakpoints and bookmarks, and add some"),
    Row("choose_output", "Differentiate…", "Edit", 4, "Ctrl+D", "", "Choose the value whose gradient is shown"),
    Row("limits", "Limits of a run…", "Edit", 5, "", "", "Change how much a program may use"),
    Row("fit", "Fit the graph", "View", 1, "F", "fit", "Show the whole graph", toolbar=4),
    Row("zoom_out", "Zoom out", "View", 1, "-", "zoom_out", "Make the graph smaller", toolbar=4),
    Row("zoom_in", "Zoom in", "View", 1, "+ | =", "zoom_in", "Make the graph larger", toolbar=4),
    Row("present", "Presenter view", "View", 2, "F5 | P", "", "Large and quiet, for a projector; Escape leaves"),
    Row("unfold_more", "Unfold one level", "View", 5, "U", "", "Open the groups of the graph one level deeper"),
    Row("unfold_all", "Unfold everything", "View", 5, "Shift+U", "", "Show every entry in the graph"),
    Row("fold_all", "Fold everything", "View", 5, "Z", "", "Close all groups of the graph"),
    Row("weights", "Sizes of contributions", "View", 6, "S", "", "Draw edges by what they carried: width, heat, off"),
    Row("legend", "Legend", "View", 6, "K", "", "Say what the shapes and lines of the graph mean", True),
    Row("show_ancestors", "What this depends on", "View", 7, "Alt+Left", "", "Light what the entry depends on"),
    Row("show_descendants", "What depends on this", "View", 7, "Alt+Right", "", "Light what depends on the entry"),
    Row("show_paths", "Paths to the output", "View", 7, "Alt+P", "", "Light the paths to the output, one by one"),
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
    Row("line_forward", "Next line", "Run", 3, "Ctrl+Right", "", "Go where another line of the text begins"),
    Row("line_back", "Line before", "Run", 3, "Ctrl+Left", "", "Go where the line before began"),
    Row("over", "Over the call", "Run", 3, "F10", "", "Go to the next step no deeper"),
    Row("over_back", "Back over the call", "Run", 3, "Shift+F10", "", "Go back to a step no deeper"),
    Row("into", "Into the call", "Run", 3, "F11", "", "Go to the next step inside a function"),
    Row("out", "Out of the call", "Run", 3, "Shift+F11", "", "Go to the next step outside this function"),
    Row("by_event", "Step by event", "Run", 4, "1", "", "Each step shows one event", True),
    Row("by_entry", "Step by entry", "Run", 4, "2", "", "Each step goes to another entry", True),
    Row("by_line", "Step by line", "Run", 4, "3", "", "Each step goes to another line of the text", True),
    Row("by_pass", "Step by loop pass", "Run", 4, "4", "", "Each step goes to another pass of a loop", True),
    Row("by_call", "Step by function call", "Run", 4, "5", "", "Each step goes to another call of a function", True),
    Row("forward_mode", "Forward mode", "Run", 6, "M", "", "Sweep tangents forward instead of adjoints back", True),
    Row("ask_again", "Ask the tape again", "Run", 6, "A", "", "Ask the tape for the gradient a second time"),
    Row("stop_work", "Stop the work", "Run", 7, "Ctrl+.", "", "Give up what is being worked out"),
    Row("toggle_stop", "Breakpoint here", "Marks", 1, "F9", "", "Stop at this line or entry, or no longer"),
    Row("next_stop", "To the next breakpoint", "Marks", 1, "F8", "", "Go where a breakpoint stops next"),
    Row("last_stop", "To the breakpoint before", "Marks", 1, "Shift+F8", "", "Go where a breakpoint stopped before"),
    Row("clear_stops", "Remove all breakpoints", "Marks", 1, "", "", "Stop nowhere"),
    Row("bookmark", "Bookmark this step…", "Marks", 2, "Ctrl+B", "", "Keep this step with a note"),
    Row("next_bookmark", "To the next bookmark", "Marks", 2, "G", "", "Go to the next bookmark"),
    Row("last_bookmark", "To the bookmark before", "Marks", 2, "Shift+G", "", "Go to the bookmark before"),
    Row("section_start", "Section begins here", "Marks", 3, "I", "", "Play round from this step"),
    Row("section_end", "Section ends here", "Marks", 3, "O", "", "Play round to this step"),
    Row("section_clear", "No section", "Marks", 3, "L", "", "Play straight on again"),
    Row("faster", "Faster", "Run", 5, "]", "", "Play faster"),
    Row("slower", "Slower", "Run", 5, "[", "", "Play slower"),
    Row("why", "Why?", "Understand", 1, "W", "", "Why a gradient is none, zero, not finite, large or small"),
    Row("quiz", "Quiz me", "Understand", 1, "Q", "", "Predict what comes next, then see it", toolbar=5),
    Row("break_it", "Break it…", "Understand", 2, "B", "", "Make a mistake in the reverse sweep on purpose"),
    Row("switch_side", "Right or wrong sweep", "Understand", 2, "X", "", "Switch between the right and wrong sweep"),
    Row("differentiate_again", "Differentiate again", "Understand", 3, "D", "", "Open the reverse sweep as a graph"),
    Row("back", "Back", "Understand", 3, "Backspace", "", "Leave the broken sweep, or go down one layer"),
    Row("shortcuts", "Keyboard shortcuts", "Help", 1, "F1 | ?", "help", "Show all keys", toolbar=6),
    Row("language", "The language", "Help", 1, "F2", "", "All that can be typed, with a field to find words"),
    Row("about", "About Tape Explorer", "Help", 1, "", "", "What this program is"),
)


def build_actions(parent: QObject) -> dict[str, QAction]:
    """One QAction per row, by its name; nothing happens yet when it is triggered."""
    return {row.name: _action(row, parent) for row in ACTIONS}


def _action(row: Row, parent: QObject) -> QAction:
    action = QAction(row.title, parent)
    action.setObjectName(f"action_{row.name}")
    action.setShortcuts([QKeySequence(keys) for keys in row.shortcuts])
    action.setCheckable(row.checkable)
    keys = ", ".join(shown_keys(row))
    action.setToolTip(f"{row.tooltip} ({keys})" if keys else row.tooltip)
    action.setStatusTip(row.tooltip)
    return action


def connect_commands(actions: Mapping[str, QAction], owners: Iterable[Mapping[str, Callable[[], object]]]) -> None:
    """Let each action do what its owner says; raises ValueError for a command that has none, two, or no action."""
    owned = list(owners)
    count = Counter(name for commands in owned for name in commands)
    wrong = {
        "without an owner": sorted(actions.keys() - count.keys()),
        "with two owners": sorted(name for name, times in count.items() if times > 1),
        "without an action": sorted(count.keys() - actions.keys()),
    }
    if any(wrong.values()):
        raise ValueError(", ".join(f"{what}: {' '.join(names)}" for what, names in wrong.items() if names))
    for commands in owned:
        for name, command in commands.items():
            actions[name].triggered.connect(lambda checked=False, command=command: command())


def shown_keys(row: Row) -> list[str]:
    """The keys as this system writes them."""
    return [QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) for keys in row.shortcuts]
