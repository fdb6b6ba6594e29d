"""Worksheets: a sheet of questions about the program's own run, and the key to it in a file beside it."""

from pathlib import Path

from core import quiz
from core.basics.words import say
from core.quiz.worksheet import Worksheet
from explorer.desk import Desk
from explorer.parts.part import Commands, Part
from explorer.places import Places
from explorer.session import Session
from explorer.storage.files import Files
from explorer.storage.texts import write_texts

KINDS = "Page to print (*.html);;Markdown (*.md)"


class Worksheets(Part):
    """Asks for a file, lets the desk make the sheet, and says what came of it."""

    def __init__(self, session: Session, desk: Desk, files: Files, places: Places) -> None:
        super().__init__()
        self._session, self._desk, self._files, self._places = session, desk, files, places

    def commands(self) -> Commands:
        return {"worksheet": self.ask}

    def ask(self) -> None:
        """Ask for a file name, and write there."""
        asked = self._places.ask_file(
            say("worksheet.worksheet", "Worksheet"), f"{self._files.title}-worksheet.html", KINDS
        )
        if asked is not None:
            path, _ = asked
            self.write(path if path.suffix else path.with_name(f"{path.name}.html"))

    def write(self, path: Path) -> None:
        """Write the sheet to `path`, in Markdown where its ending says so."""
        run, name = self._session.run, self._files.name
        if run is None or run.failure:
            self._places.say(
                say(
                    "worksheet.no-worksheet-program-did",
                    "There is no worksheet for a program that did not run to its end.",
                )
            )
            return
        markdown = path.suffix.lower() in (".md", ".txt")
        self._desk.submit(
            "worksheet",
            lambda _: quiz.worksheet(run, name, "markdown" if markdown else "html"),
            lambda sheet: self._save(sheet, path),
            say("worksheet.writing", "writing {name}", name=path.name),
        )

    def _save(self, sheet: Worksheet, path: Path) -> None:
        key = path.with_name(f"{path.stem}-answers{path.suffix}")
        problem = write_texts({path: sheet.questions, key: sheet.answers})
        self._places.say(
            problem
            or say(
                "worksheet.wrote-answers", "Wrote {name}, and the answers to {other}.", name=path.name, other=key.name
            )
        )
