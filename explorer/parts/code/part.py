"""The page of derivative code: keeps it that of the run that is shown, follows the steps, and writes scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.basics.words import say
from explorer.desk import Desk
from explorer.look.theme import Theme
from explorer.parts.code.panel import DIALECTS, CodePanel
from explorer.parts.part import Commands, Part
from explorer.places import Places
from explorer.session import Session
from explorer.shown import ShownSignals
from explorer.storage.files import Files
from explorer.storage.texts import write_texts

if TYPE_CHECKING:
    from explorer.parts.code.work import Code

TITLES = {name: say("code.script-py", "{title} script (*.py)", title=title) for name, title in DIALECTS.items()}


class CodePage(Part):
    """The text, and what belongs to it."""

    def __init__(self, shown: ShownSignals, session: Session, desk: Desk, files: Files, places: Places) -> None:
        super().__init__()
        self._shown, self._session, self._desk, self._files, self._places = shown, session, desk, files, places
        self.panel = CodePanel()
        self.code: Code | None = None
        places.page(
            "code",
            say("code.code", "Code"),
            say("code.derivative-code", "Derivative code"),
            self.panel,
            say("code.both-sweeps-python-line", "Both sweeps as Python, line by line"),
        )
        self.panel.shown.connect(self._refresh)
        self.panel.line_chosen.connect(self._choose)
        self.panel.export_requested.connect(self.export)
        shown.timeline_changed.connect(self._refresh)
        shown.selection_changed.connect(self._mark_selected)
        shown.step_changed.connect(self._mark_step)

    def commands(self) -> Commands:
        return {"go_code": lambda: self._places.show_page("code"), "script": self.export}

    def _refresh(self) -> None:
        """Write the text anew, where somebody looks and it is another run's."""
        timeline = self._shown.timeline
        if not self.panel.isVisible() or timeline is None or (self.code and self.code.timeline is timeline):
            return
        from explorer.parts.code.work import code_of

        self._desk.submit(
            "code", lambda _: code_of(timeline), self._show, say("code.writing-derivative", "writing the derivative")
        )

    def _show(self, code: Code) -> None:
        self.code = code
        self.panel.show_code(code.text, code.problem)
        self._mark_step()
        self._mark_selected()

    def _mark_step(self) -> None:
        timeline, step = self._shown.timeline, self._shown.step
        if not self.panel.isVisible() or timeline is None or not self.code or self.code.timeline is not timeline:
            return
        self.panel.view.mark_line(self.code.line_of_step(step), "adjoint" if step > timeline.forward_end else "primal")

    def _mark_selected(self) -> None:
        selected = self._shown.selected
        if self.panel.isVisible() and self.code:
            self.panel.view.mark_chosen(() if selected is None else self.code.lines_of_entry(selected))

    def _choose(self, line: int) -> None:
        entry = self.code.entry_of_line(line) if self.code else None
        if entry is not None:
            self._shown.select(entry)

    def export(self, dialect: str = "") -> None:
        """Ask for a file name, and which library where that is not said, and write the script there."""
        filters = TITLES[dialect] if dialect else ";;".join(TITLES.values())
        asked = self._places.ask_file(
            say("code.script-2", "Script"), f"{self._files.title}_derivative.py", filters
        )
        if asked is not None:
            path, chosen = asked
            found = dialect or next((key for key, title in TITLES.items() if title == chosen), "numpy")
            self.write(path if path.suffix else path.with_name(f"{path.name}.py"), found)

    def write(self, path: Path, dialect: str) -> None:
        """Write the script of the program's own run; say in a sentence what came of it."""
        run = self._session.run
        if run is None:
            return

        def text() -> str | ValueError:
            from explorer.export.scripts.script import script

            try:
                return script(run, dialect)
            except ValueError as error:
                return error

        def save(found: str | ValueError) -> None:
            if isinstance(found, ValueError):
                self._places.say(
                    say(
                        "code.no-script-program",
                        "There is no {dialects} script for this program: {found}.",
                        dialects=DIALECTS[dialect],
                        found=found,
                    )
                )
                return
            self._places.say(write_texts({path: found}) or say("code.wrote", "Wrote {name}.", name=path.name))

        self._desk.submit("script", lambda _: text(), save, say("code.writing", "writing {name}", name=path.name))

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)
