"""Exports the graph: opens the dialog, lets the desk do what it asks, and says what came of it.

How a format is written is known by `explorer.export`.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt

from core.basics.words import say
from explorer.desk import Desk, Work
from explorer.drawing.camera import Box
from explorer.export import WRITERS, Format, Job, export, format_of
from explorer.export.choice import choice_from
from explorer.export.clipboard import Copied, copied, keep_on_clipboard, put_on_clipboard
from explorer.export.pictures import pixels, size
from explorer.graph.view import GraphView
from explorer.parts.exporting.sheet import ExportSheet
from explorer.places import Places
from explorer.shown import ShownSignals
from explorer.storage.files import Files
from explorer.storage.settings import Settings

JOB = "export"
Done = TypeVar("Done")


class Stopped(Exception):
    """Nobody wants the export any more."""


@dataclass(frozen=True)
class Refused:
    """Why there is no export."""

    sentence: str


class Dialog(QObject):
    """The dialog, one at a time; work that is stopped may take a moment to notice, beside the window."""

    def __init__(
        self,
        shown: ShownSignals,
        desk: Desk,
        places: Places,
        settings: Settings,
        files: Files,
        graph: GraphView,
    ) -> None:
        super().__init__(graph)
        self._shown, self._desk, self._places = shown, desk, places
        self._settings, self._files, self._graph = settings, files, graph
        self._base: Job | None = None
        self._replacing: Path | None = None
        self._on_clipboard = Copied()
        self.sheet: ExportSheet | None = None
        desk.changed.connect(self._show_busy)
        desk.progressed.connect(self._show_progress)

    def open(self, dark: bool) -> None:
        """Open the dialog on what is shown; `dark` is the ground where none was chosen yet."""
        run, picture, graph = self._shown.run, self._shown.picture, self._graph
        assert run is not None and picture is not None
        seen = _seen(graph)
        self._base = Job(run, self._shown.step, picture=picture, seen=seen, weighting=graph.weighting)
        choice = choice_from(self._settings.export_choice, tuple(WRITERS))
        if not choice.folder or not os.path.isdir(choice.folder):
            choice = replace(choice, folder=str(self._files.folder))
        self.sheet = ExportSheet(choice, dark, self._files.stem("graph"), seen is not None, graph.window())
        self._replacing = None
        self._wire(self.sheet)

    def close(self) -> None:
        """The window closes: what was copied stays on the clipboard, but made of nothing that ends with Python."""
        keep_on_clipboard(self._on_clipboard)

    def _wire(self, sheet: ExportSheet) -> None:
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.changed.connect(self._show_job)
        sheet.export_requested.connect(self.write)
        sheet.copy_requested.connect(self.copy)
        sheet.stop_requested.connect(self.stop)
        sheet.finished.connect(self._forget)
        self._show_job()
        sheet.open()

    def write(self) -> None:
        """Write the file, unless there is something to say first."""
        sheet = self.sheet
        assert sheet is not None
        path = sheet.path()
        problem = _problem(path)
        if path is None or problem:
            sheet.say(problem)
        elif os.path.exists(path) and path != self._replacing:
            self._replacing = path
            sheet.ask_replace(path.name)
        else:
            self._do(
                lambda job: export(job, path),
                lambda _: self._written(path),
                path.name,
                say("exporting.writing", "writing {name}", name=path.name),
            )

    def copy(self) -> None:
        """Put the graph on the clipboard."""
        assert self.sheet is not None
        chosen = self.sheet.format
        self._do(
            lambda job: copied(job, chosen),
            self._copied,
            say("exporting.graph", "The graph"),
            say("exporting.copying-graph", "copying the graph"),
        )

    def stop(self) -> None:
        """Give the work up; a file that was there before stays as it was."""
        self._desk.cancel(JOB)
        if self.sheet is not None:
            self.sheet.say(say("exporting.stopped-nothing-written", "Stopped; nothing was written."), "muted")

    def _job(self) -> Job:
        """What the dialog asks for now."""
        assert self.sheet is not None and self._base is not None
        choice = self.sheet.choice()
        cut = not choice.whole and self.sheet.format.source is None
        return replace(
            self._base, dark=bool(choice.dark), values=choice.values, scale=choice.scale,
            seen=self._base.seen if cut else None,
        )  # fmt: skip

    def _do(self, do: Callable[[Job], Done], done: Callable[[Done], object], name: str, words: str) -> None:
        """Let the desk work, and show how far it is and what came of it."""
        assert self.sheet is not None
        self._settings.export_choice = self.sheet.choice().stored()
        job = self._job()

        def attempt(work: Work) -> Done | Refused:
            try:
                return do(replace(job, told=lambda share: _tell(work, share)))
            except (OSError, ValueError, MemoryError) as error:
                return Refused(
                    say(
                        "exporting.not-written",
                        "{name} was not written: {message}.",
                        name=name,
                        message=getattr(error, "strerror", None) or error,
                    )
                )

        def deliver(found: Done | Refused) -> None:
            if isinstance(found, Refused):
                assert self.sheet is not None
                self.sheet.say(found.sentence)
            else:
                done(found)

        self._desk.submit(JOB, attempt, deliver, words, to_its_end=True)

    def _show_busy(self) -> None:
        if self.sheet is not None:
            self.sheet.show_busy(self._desk.busy(JOB))

    def _show_progress(self, name: str, share: float) -> None:
        if self.sheet is not None and name == JOB:
            self.sheet.show_progress(share)

    def _written(self, path: Path) -> None:
        if self.sheet is not None:
            self.sheet.accept()
        self._places.say(say("exporting.wrote", "Wrote {name}.", name=path.name))

    def _copied(self, found: Copied) -> None:
        self._on_clipboard = found
        put_on_clipboard(found)
        if self.sheet is not None:
            self.sheet.say(say("exporting.copied-paste-where-want", "Copied. Paste it where you want it."), "ok")

    def _show_job(self) -> None:
        assert self.sheet is not None
        job = self._job()
        self.sheet.preview.show_job(job)
        self.sheet.show_size(_size_in_words(job, self.sheet.format))

    def _forget(self) -> None:
        self._desk.cancel(JOB)
        self.sheet = self._base = None


def _tell(work: Work, share: float) -> None:
    """Pass on how much is done, and end the work when it is stopped."""
    if work.cancelled:
        raise Stopped
    work.progress(share)


def _seen(graph: GraphView) -> Box | None:
    """The part of the graph that is in view; None where nothing of it is."""
    assert graph.model is not None
    view, whole = graph.camera.visible(graph.width(), graph.height()), graph.model.bounds
    left, top = max(view.left, whole.left), max(view.top, whole.top)
    seen = Box(left, top, min(view.right, whole.right), min(view.bottom, whole.bottom))
    return seen if seen.width > 0 and seen.height > 0 else None


def _problem(path: Path | None) -> str:
    """Why nothing can be written there, as far as one can see without trying.

    Asked through `os.path`, which counts a name that is too long, or a folder that may not be seen, as none.
    """
    if path is None:
        return say("exporting.type-name-file", "Type the name of a file.")
    if os.path.isdir(path):
        return say("exporting.folder-add-name-file", "{path} is a folder: add the name of a file.", path=path)
    if not os.path.isdir(path.parent):
        return say("exporting.no-folder", "There is no folder {parent}.", parent=path.parent)
    if format_of(path.suffix) is None:
        return say(
            "exporting.ending-not-one",
            "The ending {suffix} is not one of {writers}.",
            suffix=path.suffix,
            writers=", ".join(WRITERS),
        )
    return ""


def _size_in_words(job: Job, chosen: Format) -> str:
    if chosen.source is not None:
        return ""
    if not chosen.scaled:
        return "{:,.0f} × {:,.0f} points".format(*size(job))
    width, height, scale = pixels(job)
    return say("exporting.pixels", "{width:,} × {height:,} pixels", width=width, height=height) + (
        say("exporting.large", ", as large as can be") if scale < job.scale else ""
    )
