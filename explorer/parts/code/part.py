"""The page of derivative code: keeps it that of the run on the stage, follows the player, and writes scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from explorer.look.theme import Theme
from explorer.parts.code.panel import DIALECTS, CodePanel
from explorer.parts.part import PATIENCE, Part

if TYPE_CHECKING:
    from explorer.parts.code.work import Code
    from explorer.window.window import MainWindow

TITLES = {name: f"{title} script (*.py)" for name, title in DIALECTS.items()}


class CodePage(Part):
    """The text, and what belongs to it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.panel = CodePanel()
        self.code: Code | None = None
        tooltip = "Both sweeps as Python, line by line"
        window.centre.add_page("code", "Code", "Derivative code", self.panel, tooltip)
        self.panel.shown.connect(self._refresh)
        self.panel.line_chosen.connect(self._choose)
        self.panel.export_requested.connect(self.export)
        window.stage.timeline_shown.connect(lambda _: self._refresh())
        window.stage.selection_changed.connect(self._mark_selected)
        window.player.moved.connect(lambda step, _: self._mark_step(step))

    def _refresh(self) -> None:
        """Write the text anew, where somebody looks and it is another run's."""
        timeline = self.window.stage.shown.timeline
        if not self.panel.isVisible() or timeline is None or (self.code and self.code.timeline is timeline):
            return
        from explorer.parts.code.work import code_of

        self.worker.submit(lambda _: code_of(timeline), self._show, PATIENCE)

    def _show(self, code: Code) -> None:
        self.code = code
        self.panel.show_code(code.text, code.problem)
        self._mark_step(self.window.player.step)
        self._mark_selected()

    def _mark_step(self, step: int) -> None:
        timeline = self.window.stage.shown.timeline
        if not self.panel.isVisible() or timeline is None or not self.code or self.code.timeline is not timeline:
            return
        self.panel.view.mark_line(self.code.line_of_step(step), "adjoint" if step > timeline.forward_end else "primal")

    def _mark_selected(self) -> None:
        selected = self.window.stage.selected
        if self.panel.isVisible() and self.code:
            self.panel.view.mark_chosen(() if selected is None else self.code.lines_of_entry(selected))

    def _choose(self, line: int) -> None:
        entry = self.code.entry_of_line(line) if self.code else None
        if entry is not None:
            self.window.stage.select(entry)

    def export(self, dialect: str = "") -> None:
        """Ask for a file name, and which library where that is not said, and write the script there."""
        window = self.window
        filters = ";;".join(TITLES.values())
        proposed = str(Path.home() / f"{Path(window.files.name).stem}_derivative.py")
        name, chosen = QFileDialog.getSaveFileName(
            window, "Script", proposed, filters if not dialect else TITLES[dialect], TITLES.get(dialect, "")
        )
        if name:
            found = dialect or next((key for key, title in TITLES.items() if title == chosen), "numpy")
            self.write(Path(name) if Path(name).suffix else Path(f"{name}.py"), found)

    def write(self, path: Path, dialect: str) -> None:
        """Write the script of the program's own run; say in a sentence what came of it."""
        from explorer.export.scripts.script import script

        run, say = self.window.session.run, self.window.centre.notice.say
        if run is None:
            return
        try:
            path.write_text(script(run, dialect), "utf-8")
        except ValueError as error:
            say(f"There is no {DIALECTS[dialect]} script for this program: {error}.")
        except OSError as error:
            say(f"{path.name} was not written: {error.strerror or error}.")
        else:
            say(f"Wrote {path.name}.")

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)
