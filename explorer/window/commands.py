"""What each action does. Looks things up when an action is done, so that the actions can be made before the panels."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from explorer.parts.navigation.travel import UNITS
from explorer.storage.examples import example_names
from explorer.window import dialogs

if TYPE_CHECKING:
    from explorer.window.window import MainWindow


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """For each action of the table what it does with the window."""
    return {
        "new": lambda: _start_anew(window),
        "open": lambda: window.files.open(),
        "save": lambda: window.files.save(),
        "save_as": lambda: window.files.save_as(),
        "export": lambda: window.exporting.open(),
        "quit": window.close,
        "undo": lambda: window.function.editor.undo(),
        "redo": lambda: window.function.editor.redo(),
        "find": lambda: window.menus.focus_find(),
        "edit_function": lambda: window.go(window.docks.function, window.function.editor),
        "edit_inputs": lambda: window.go(window.docks.inputs, window.inputs.table),
        "go_graph": lambda: window.centre.show_tab("graph"),
        "go_plot": lambda: window.centre.show_tab("plot"),
        "go_tape": lambda: window.go(window.docks.tape, window.tape),
        "fit": lambda: window.graph.fit(),
        "zoom_in": lambda: window.graph.zoom_by(1.25),
        "zoom_out": lambda: window.graph.zoom_by(0.8),
        "unfold_more": lambda: window.stage.folding.fold_deeper(),
        "unfold_all": lambda: window.stage.folding.unfold_all(),
        "fold_all": lambda: window.stage.folding.fold_all(),
        "legend": lambda: window.graph.show_legend(window.actions_by_name["legend"].isChecked()),
        "weights": lambda: window.graph.show_next_weights(),
        "show_ancestors": lambda: window.stage.light("ancestors"),
        "show_descendants": lambda: window.stage.light("descendants"),
        "show_paths": lambda: window.stage.light("paths"),
        "theme_system": lambda: window.set_theme("system"),
        "theme_light": lambda: window.set_theme("light"),
        "theme_dark": lambda: window.set_theme("dark"),
        "switch_theme": lambda: window.set_theme("light" if window.theme.dark else "dark"),
        "restore_layout": lambda: window.docks.restore_default(),
        "play": lambda: window.player.toggle(),
        "step_forward": lambda: window.steering.travel.forward(),
        "step_back": lambda: window.steering.travel.back(),
        "to_start": lambda: window.player.to_start(),
        "to_turn": window.to_turn,
        "to_end": lambda: window.player.to_end(),
        "faster": lambda: window.player.shift_speed(1),
        "slower": lambda: window.player.shift_speed(-1),
        "worksheet": lambda: window.tutor.quiz.worksheet(),
        "script": lambda: window.tutor.code.export(),
        "why": lambda: window.tutor.why.ask(),
        "quiz": lambda: window.tutor.quiz.start(),
        "break_it": lambda: window.tutor.detours.open_panel(),
        "switch_side": lambda: window.tutor.detours.switch_side(),
        "again": lambda: window.tutor.detours.again_here(),
        "back": lambda: window.tutor.detours.back(),
        "go_code": lambda: window.centre.show_tab("code"),
        "go_checks": lambda: window.centre.show_tab("checks"),
        "go_matrices": lambda: window.centre.show_tab("matrices"),
        "shortcuts": lambda: dialogs.show_shortcuts(window),
        "language": lambda: dialogs.show_language(window),
        "limits": lambda: dialogs.show_limits(window, window.session, window.settings),
        "about": lambda: dialogs.show_about(window),
        "forward_mode": lambda: window.session.set_mode("reverse" if window.session.mode == "forward" else "forward"),
        "choose_output": lambda: window.outputs.button.showMenu(),
        "stop_work": window.stop_work,
        "present": lambda: window.presenter.toggle(),
        "ask_again": lambda: window.tape_life.ask(),
    } | steering_handlers(window)


def steering_handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """What the actions do that move through the steps, or mark them."""
    steering = _Later(lambda: window.steering)
    travel = _Later(lambda: window.steering.travel)
    player = window.player
    return {
        **{f"by_{unit}": travel("set_unit", unit) for unit in UNITS},
        "line_forward": travel("go_by", "line"),
        "line_back": travel("go_by", "line", False),
        "over": travel("over"),
        "over_back": travel("over", False),
        "into": travel("into"),
        "out": travel("out"),
        "toggle_break": steering("toggle_here"),
        "clear_breaks": steering("clear"),
        "next_break": travel("run_to_hit"),
        "last_break": travel("run_to_hit", False),
        "go_stops": lambda: window.go(window.docks.named("stops"), window.steering.panel.field),
        "bookmark": steering("keep_step"),
        "next_bookmark": travel("go_to_bookmark"),
        "last_bookmark": travel("go_to_bookmark", False),
        "section_start": lambda: window.steering.travel.mark_section(start=player.step),
        "section_end": lambda: window.steering.travel.mark_section(end=player.step),
        "section_clear": travel("clear_section"),
    }


class _Later:
    """Calls of methods of something that is there only when the action is done."""

    def __init__(self, find: Callable[[], object]) -> None:
        self._find = find

    def __call__(self, method: str, *arguments: object) -> Callable[[], object]:
        return lambda: getattr(self._find(), method)(*arguments)


def _start_anew(window: MainWindow) -> None:
    """Put the first example on screen, its text selected so that typing replaces it."""
    window.show_example(example_names()[0])
    window.function.editor.selectAll()
    window.go(window.docks.function, window.function.editor)
