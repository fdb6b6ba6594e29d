"""What the user can do, as a table: menus, toolbar, shortcut sheet and tests are made from it.

Knows names and titles only; what an action does is said by its owner.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from core.basics.words import say

MENUS = {
    "File": say("actions.menu-file", "File"),
    "Edit": say("actions.menu-edit", "Edit"),
    "View": say("actions.menu-view", "View"),
    "Run": say("actions.menu-run", "Run"),
    "Marks": say("actions.menu-marks", "Marks"),
    "Understand": say("actions.menu-understand", "Understand"),
    "Examples": say("actions.menu-examples", "Examples"),
    "Help": say("actions.menu-help", "Help"),
}
"""The menus from left to right: the name that rows use, and the title."""


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
    Row("new", say("actions.new", "New"), "File", 1, "Ctrl+N", "new",
        say("actions.new.tip", "Start afresh; typing replaces the example"), toolbar=1),
    Row("open", say("actions.open", "Open…"), "File", 1, "Ctrl+O", "open",
        say("actions.open.tip", "Open a document or a text file"), toolbar=1),
    Row("save", say("actions.save", "Save"), "File", 2, "Ctrl+S", "save",
        say("actions.save.tip", "Save the document"), toolbar=1),
    Row("save_as", say("actions.save-as", "Save as…"), "File", 2, "Ctrl+Shift+S", "",
        say("actions.save-as.tip", "Save the document under another name")),
    Row("export", say("actions.export", "Export…"), "File", 3, "Ctrl+E", "export",
        say("actions.export.tip", "Write the graph to a file, or copy it"), toolbar=5),
    Row("worksheet", say("actions.worksheet", "Worksheet…"), "File", 3, "Ctrl+Shift+W", "",
        say("actions.worksheet.tip", "Write a sheet of questions, and its answers apart")),
    Row("script", say("actions.script", "Script…"), "File", 3, "Ctrl+Shift+E", "",
        say("actions.script.tip", "Write the derivative for NumPy, TensorFlow or PyTorch")),
    Row("save_lesson", say("actions.save-lesson", "Save as a lesson…"), "File", 3, "Ctrl+Shift+L", "",
        say("actions.save-lesson.tip", "Write the function and its bookmarks as the draft of a lesson")),
    Row("quit", say("actions.quit", "Quit"), "File", 4, "Ctrl+Q", "",
        say("actions.quit.tip", "Close the window")),
    Row("undo", say("actions.undo", "Undo"), "Edit", 1, "Ctrl+Z", "undo",
        say("actions.undo.tip", "Undo the last edit of the function"), toolbar=2),
    Row("redo", say("actions.redo", "Redo"), "Edit", 1, "Ctrl+Shift+Z", "redo",
        say("actions.redo.tip", "Redo the edit that was undone"), toolbar=2),
    Row("find", say("actions.find", "Find entry…"), "Edit", 2, "Ctrl+F", "find",
        say("actions.find.tip", "Find entries by name, operation or value"), toolbar=4),
    Row("edit_function", say("actions.edit-function", "Go to the function"), "Edit", 3, "Ctrl+1", "",
        say("actions.edit-function.tip", "Type in the function editor")),
    Row("fold_text", say("actions.fold-text", "Fold this function"), "Edit", 3, "Ctrl+Shift+.", "",
        say("actions.fold-text.tip", "Fold away the function, class or cell around the cursor, or unfold it")),
    Row("outline", say("actions.outline", "Outline"), "Edit", 3, "Ctrl+Shift+O", "",
        say("actions.outline.tip", "See the cells, functions and classes of the text, and jump to them")),
    Row("edit_inputs", say("actions.edit-inputs", "Go to the inputs"), "Edit", 3, "Ctrl+2", "",
        say("actions.edit-inputs.tip", "Change the values of the inputs")),
    Row("go_graph", say("actions.go-graph", "Go to the graph"), "Edit", 3, "Ctrl+3", "",
        say("actions.go-graph.tip", "Show the computation graph")),
    Row("go_plot", say("actions.go-plot", "Go to the plot"), "Edit", 3, "Ctrl+4", "",
        say("actions.go-plot.tip", "Show the output along an input")),
    Row("go_tape", say("actions.go-tape", "Go to the tape"), "Edit", 3, "Ctrl+5", "",
        say("actions.go-tape.tip", "Walk through the entries of the tape")),
    Row("go_code", say("actions.go-code", "Go to the derivative code"), "Edit", 3, "Ctrl+6", "",
        say("actions.go-code.tip", "Read both sweeps as Python")),
    Row("go_checks", say("actions.go-checks", "Go to the checks"), "Edit", 3, "Ctrl+7", "",
        say("actions.go-checks.tip", "Compare the gradient with other ways, and costs")),
    Row("go_matrices", say("actions.go-matrices", "Go to the matrices"), "Edit", 3, "Ctrl+8", "",
        say("actions.go-matrices.tip", "Show the Jacobian and the Hessian")),
    Row("go_training", say("actions.go-training", "Go to the training"), "Edit", 3, "Ctrl+Shift+T", "",
        say("actions.go-training.tip", "Follow the gradient down over the surface")),
    Row("go_stops", say("actions.go-stops", "Go to the stops"), "Edit", 3, "Ctrl+9", "",
        say("actions.go-stops.tip", "See all breakpoints and bookmarks, and add some")),
    Row("choose_output", say("actions.choose-output", "Differentiate…"), "Edit", 4, "Ctrl+D", "",
        say("actions.choose-output.tip", "Choose the value whose gradient is shown")),
    Row("limits", say("actions.limits", "Limits of a run…"), "Edit", 5, "", "",
        say("actions.limits.tip", "Change how much a program may use")),
    Row("fit", say("actions.fit", "Fit the graph"), "View", 1, "F", "fit",
        say("actions.fit.tip", "Show the whole graph"), toolbar=4),
    Row("zoom_out", say("actions.zoom-out", "Zoom out"), "View", 1, "-", "zoom_out",
        say("actions.zoom-out.tip", "Make the graph smaller"), toolbar=4),
    Row("zoom_in", say("actions.zoom-in", "Zoom in"), "View", 1, "+ | =", "zoom_in",
        say("actions.zoom-in.tip", "Make the graph larger"), toolbar=4),
    Row("present", say("actions.present", "Presenter view"), "View", 2, "F5 | P", "",
        say("actions.present.tip", "Large and quiet, for a projector; Escape leaves")),
    Row("enlarge", say("actions.enlarge", "Large editor"), "View", 2, "Ctrl+Shift+1", "",
        say("actions.enlarge.tip", "Give the text the whole side and more width, or everything its place again"),
        checkable=True),
    Row("unfold_more", say("actions.unfold-more", "Unfold one level"), "View", 5, "U", "",
        say("actions.unfold-more.tip", "Open the groups of the graph one level deeper")),
    Row("unfold_all", say("actions.unfold-all", "Unfold everything"), "View", 5, "Shift+U", "",
        say("actions.unfold-all.tip", "Show every entry in the graph")),
    Row("fold_all", say("actions.fold-all", "Fold everything"), "View", 5, "Z", "",
        say("actions.fold-all.tip", "Close all groups of the graph")),
    Row("weights", say("actions.weights", "Sizes of contributions"), "View", 6, "S", "",
        say("actions.weights.tip", "Draw edges by what they carried: width, heat, off")),
    Row("contributions", say("actions.contributions", "Contributions on edges"), "View", 6, "E", "",
        say("actions.contributions.tip", "Keep on every edge its partial and what it has carried back"), True),
    Row("legend", say("actions.legend", "Legend"), "View", 6, "K", "",
        say("actions.legend.tip", "Say what the shapes and lines of the graph mean"), True),
    Row("show_ancestors", say("actions.show-ancestors", "What this depends on"), "View", 7, "Alt+Left", "",
        say("actions.show-ancestors.tip", "Light what the entry depends on")),
    Row("show_descendants", say("actions.show-descendants", "What depends on this"), "View", 7, "Alt+Right", "",
        say("actions.show-descendants.tip", "Light what depends on the entry")),
    Row("show_paths", say("actions.show-paths", "Paths to the output"), "View", 7, "Alt+P", "",
        say("actions.show-paths.tip", "Light the paths to the output, one by one")),
    Row("theme_system", say("actions.theme-system", "Theme of the system"), "View", 3, "", "",
        say("actions.theme-system.tip", "Follow the system, light or dark"), True),
    Row("theme_light", say("actions.theme-light", "Light theme"), "View", 3, "", "",
        say("actions.theme-light.tip", "Always use the light theme"), True),
    Row("theme_dark", say("actions.theme-dark", "Dark theme"), "View", 3, "", "",
        say("actions.theme-dark.tip", "Always use the dark theme"), True),
    Row("switch_theme", say("actions.switch-theme", "Switch light and dark"), "View", 3, "Ctrl+T", "theme",
        say("actions.switch-theme.tip", "Change the theme"), toolbar=6),
    Row("text_larger", say("actions.text-larger", "Larger texts"), "View", 8, "Ctrl++ | Ctrl+=", "",
        say("actions.text-larger.tip", "Write everything but the graph larger")),
    Row("text_smaller", say("actions.text-smaller", "Smaller texts"), "View", 8, "Ctrl+-", "",
        say("actions.text-smaller.tip", "Write everything but the graph smaller")),
    Row("text_usual", say("actions.text-usual", "Texts as usual"), "View", 8, "Ctrl+0", "",
        say("actions.text-usual.tip", "Write everything in its usual size")),
    Row("panels", say("actions.panels", "All panels, or few"), "View", 4, "V", "",
        say("actions.panels.tip", "Show tape, entry and gradients too, or only function, inputs and graph")),
    Row("restore_layout", say("actions.restore-layout", "Restore the layout"), "View", 4, "", "",
        say("actions.restore-layout.tip", "Put all panels back to their places")),
    Row("play", say("actions.play", "Play"), "Run", 1, "Space", "play",
        say("actions.play.tip", "Play the steps, or pause")),
    Row("step_forward", say("actions.step-forward", "Step forward"), "Run", 2, "Right", "step_forward",
        say("actions.step-forward.tip", "Do the next step")),
    Row("step_back", say("actions.step-back", "Step back"), "Run", 2, "Left", "step_back",
        say("actions.step-back.tip", "Take the last step back")),
    Row("to_start", say("actions.to-start", "To the start"), "Run", 2, "Home", "to_start",
        say("actions.to-start.tip", "Go before the first step")),
    Row("to_turn", say("actions.to-turn", "To the turn"), "Run", 2, "T", "",
        say("actions.to-turn.tip", "Go where the forward sweep is complete")),
    Row("to_end", say("actions.to-end", "To the end"), "Run", 2, "End", "to_end",
        say("actions.to-end.tip", "Go after the last step")),
    Row("line_forward", say("actions.line-forward", "Next line"), "Run", 3, "Ctrl+Right", "",
        say("actions.line-forward.tip", "Go where another line of the text begins")),
    Row("line_back", say("actions.line-back", "Line before"), "Run", 3, "Ctrl+Left", "",
        say("actions.line-back.tip", "Go where the line before began")),
    Row("over", say("actions.over", "Over the call"), "Run", 3, "F10", "",
        say("actions.over.tip", "Go to the next step no deeper")),
    Row("over_back", say("actions.over-back", "Back over the call"), "Run", 3, "Shift+F10", "",
        say("actions.over-back.tip", "Go back to a step no deeper")),
    Row("into", say("actions.into", "Into the call"), "Run", 3, "F11", "",
        say("actions.into.tip", "Go to the next step inside a function")),
    Row("out", say("actions.out", "Out of the call"), "Run", 3, "Shift+F11", "",
        say("actions.out.tip", "Go to the next step outside this function")),
    Row("by_event", say("actions.by-event", "Step by event"), "Run", 4, "1", "",
        say("actions.by-event.tip", "Each step shows one event"), True),
    Row("by_entry", say("actions.by-entry", "Step by entry"), "Run", 4, "2", "",
        say("actions.by-entry.tip", "Each step goes to another entry"), True),
    Row("by_line", say("actions.by-line", "Step by line"), "Run", 4, "3", "",
        say("actions.by-line.tip", "Each step goes to another line of the text"), True),
    Row("by_pass", say("actions.by-pass", "Step by loop pass"), "Run", 4, "4", "",
        say("actions.by-pass.tip", "Each step goes to another pass of a loop"), True),
    Row("by_call", say("actions.by-call", "Step by function call"), "Run", 4, "5", "",
        say("actions.by-call.tip", "Each step goes to another call of a function"), True),
    Row("forward_mode", say("actions.forward-mode", "Forward mode"), "Run", 6, "M", "",
        say("actions.forward-mode.tip", "Sweep tangents forward instead of adjoints back"), True),
    Row("ask_again", say("actions.ask-again", "Ask the tape again"), "Run", 6, "A", "",
        say("actions.ask-again.tip", "Ask the tape for the gradient a second time")),
    Row("train", say("actions.train", "Train"), "Run", 8, "Ctrl+Return", "",
        say("actions.train.tip", "Follow the gradient down from the inputs, or stop")),
    Row("open_training_step", say("actions.open-training-step", "Open the training step"), "Run", 8,
        "Ctrl+Shift+Return", "", say("actions.open-training-step.tip", "Show the tape of this step of the training")),
    Row("leave_training_step", say("actions.leave-training-step", "Back to the training"), "Run", 8, "Ctrl+Shift+B",
        "", say("actions.leave-training-step.tip", "Give the inputs their own values again")),
    Row("stop_work", say("actions.stop-work", "Stop the work"), "Run", 7, "Ctrl+.", "",
        say("actions.stop-work.tip", "Give up what is being worked out")),
    Row("toggle_stop", say("actions.toggle-stop", "Breakpoint here"), "Marks", 1, "F9", "",
        say("actions.toggle-stop.tip", "Stop at this line or entry, or no longer")),
    Row("next_stop", say("actions.next-stop", "To the next breakpoint"), "Marks", 1, "F8", "",
        say("actions.next-stop.tip", "Go where a breakpoint stops next")),
    Row("last_stop", say("actions.last-stop", "To the breakpoint before"), "Marks", 1, "Shift+F8", "",
        say("actions.last-stop.tip", "Go where a breakpoint stopped before")),
    Row("clear_stops", say("actions.clear-stops", "Remove all breakpoints"), "Marks", 1, "", "",
        say("actions.clear-stops.tip", "Stop nowhere")),
    Row("bookmark", say("actions.bookmark", "Bookmark this step…"), "Marks", 2, "Ctrl+B", "",
        say("actions.bookmark.tip", "Keep this step with a note")),
    Row("next_bookmark", say("actions.next-bookmark", "To the next bookmark"), "Marks", 2, "G", "",
        say("actions.next-bookmark.tip", "Go to the next bookmark")),
    Row("last_bookmark", say("actions.last-bookmark", "To the bookmark before"), "Marks", 2, "Shift+G", "",
        say("actions.last-bookmark.tip", "Go to the bookmark before")),
    Row("section_start", say("actions.section-start", "Section begins here"), "Marks", 3, "I", "",
        say("actions.section-start.tip", "Play round from this step")),
    Row("section_end", say("actions.section-end", "Section ends here"), "Marks", 3, "O", "",
        say("actions.section-end.tip", "Play round to this step")),
    Row("section_clear", say("actions.section-clear", "No section"), "Marks", 3, "L", "",
        say("actions.section-clear.tip", "Play straight on again")),
    Row("faster", say("actions.faster", "Faster"), "Run", 5, "]", "",
        say("actions.faster.tip", "Play faster")),
    Row("slower", say("actions.slower", "Slower"), "Run", 5, "[", "",
        say("actions.slower.tip", "Play slower")),
    Row("lessons", say("actions.lessons", "Lessons…"), "Understand", 0, "Ctrl+L", "",
        say("actions.lessons.tip", "Choose a lesson, from one product to a whole network"), toolbar=5),
    Row("lesson_next", say("actions.lesson-next", "Next in the lesson"), "Understand", 0, "Alt+Return", "",
        say("actions.lesson-next.tip", "What was said is read: go on")),
    Row("why", say("actions.why", "Why?"), "Understand", 1, "W", "",
        say("actions.why.tip", "Why a gradient is none, zero, not finite, large or small")),
    Row("nudge", say("actions.nudge", "Nudge"), "Understand", 1, "N", "",
        say("actions.nudge.tip", "Move the entry a little and see how far everything moves")),
    Row("quiz", say("actions.quiz", "Quiz me"), "Understand", 1, "Q", "",
        say("actions.quiz.tip", "Predict what comes next, then see it"), toolbar=5),
    Row("break_it", say("actions.break-it", "Break it…"), "Understand", 2, "B", "",
        say("actions.break-it.tip", "Make a mistake in the reverse sweep on purpose")),
    Row("switch_side", say("actions.switch-side", "Right or wrong sweep"), "Understand", 2, "X", "",
        say("actions.switch-side.tip", "Switch between the right and wrong sweep")),
    Row("differentiate_again", say("actions.differentiate-again", "Differentiate again"), "Understand", 3, "D", "",
        say("actions.differentiate-again.tip", "Open the reverse sweep as a graph")),
    Row("back", say("actions.back", "Back"), "Understand", 3, "Backspace", "",
        say("actions.back.tip", "Leave the broken sweep, or go down one layer")),
    Row("tour", say("actions.tour", "Take the tour"), "Help", 0, "Ctrl+F1", "",
        say("actions.tour.tip", "Three minutes: a step forward, the turn, and the way back")),
    Row("shortcuts", say("actions.shortcuts", "Keyboard shortcuts"), "Help", 1, "F1 | ?", "help",
        say("actions.shortcuts.tip", "Show all keys"), toolbar=6),
    Row("language", say("actions.language", "The language"), "Help", 1, "F2", "",
        say("actions.language.tip", "All that can be typed, with a field to find words")),
    Row("letter_keys", say("actions.letter-keys", "Keys of one letter"), "Help", 1, "Ctrl+K", "",
        say("actions.letter-keys.tip", "Let single letters, digits and signs be keys"), True),
    Row("about", say("actions.about", "About Tape Explorer"), "Help", 1, "", "",
        say("actions.about.tip", "What this program is")),
)  # fmt: skip


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
