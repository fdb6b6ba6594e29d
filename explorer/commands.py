"""What each action does. Looks things up when an action is done, so that the actions can be made before the panels."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from explorer.examples import example_names

if TYPE_CHECKING:
    from explorer.window import MainWindow


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """For each action of the table what it does with the window."""
    return {
        "new": lambda: window.show_example(example_names()[0]),
        "open": lambda: window.files.open(),
        "save": lambda: window.files.save(),
        "save_as": lambda: window.files.save_as(),
        "export": window.export,
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
        "theme_system": lambda: window.set_theme("system"),
        "theme_light": lambda: window.set_theme("light"),
        "theme_dark": lambda: window.set_theme("dark"),
        "switch_theme": lambda: window.set_theme("light" if window.theme.dark else "dark"),
        "restore_layout": lambda: window.docks.restore_default(),
        "play": lambda: window.player.toggle(),
        "step_forward": lambda: window.player.step_forward(),
        "step_back": lambda: window.player.step_back(),
        "to_start": lambda: window.player.to_start(),
        "to_turn": window.to_turn,
        "to_end": lambda: window.player.to_end(),
        "faster": lambda: window.player.shift_speed(1),
        "slower": lambda: window.player.shift_speed(-1),
        "shortcuts": window.show_shortcuts,
        "about": window.about,
    }
