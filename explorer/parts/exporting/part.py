"""Exports the graph of the window: opens the dialog, lets a thread do what it asks, and says what came of it.

Knows the window and the dialog; how a format is written is known by `explorer.export`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from core.language.machine.budget import Budget
from explorer.drawing.camera import Box
from explorer.export import WRITERS, Format, Job, export, format_of
from explorer.export.choice import choice_from
from explorer.export.clipboard import Copied, clipboard_data, copied
from explorer.export.pictures import pixels, size
from explorer.graph.view import GraphView
from explorer.parts.exporting.sheet import ExportSheet
from explorer.worker import Worker

if TYPE_CHECKING:
    from explorer.window.window import MainWindow

PATIENCE = 0.04
"""Seconds that the dialog waits before it shows that work is under way."""


class Stopped(Exception):
    """Nobody wants the export any more."""


@dataclass(frozen=True)
class Refused:
    """Why there is no export."""

    sentence: str


class Exporting(QObject):
    """Opens the dialog, one at a time; work that is stopped may take a moment to notice, beside the window."""

    _progressed = Signal(float)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._worker = Worker(self)
        self._base: Job | None = None
        self._replacing: Path | None = None
        self.sheet: ExportSheet | None = None
        self._worker.busy_changed.connect(lambda busy: self.sheet and self.sheet.show_busy(busy))
        self._progressed.connect(lambda share: self.sheet and self.sheet.show_progress(share))
        window.closing.connect(self._worker.close)

    def open(self) -> None:
        """Open the dialog on what is on the stage, if there is a graph."""
        window, stage = self._window, self._window.stage
        run, picture = stage.shown.run, stage.picture
        if run is None or picture is None or not len(picture.model):
            window.centre.notice.say("There is no graph to export yet.")
            return
        seen, weighting = _seen(window.graph), window.graph.weighting
        self._base = Job(run, window.player.step, picture=picture, seen=seen, weighting=weighting)
        choice = choice_from(window.settings.export_choice, tuple(WRITERS))
        if not choice.folder or not os.path.isdir(choice.folder):
            choice = replace(choice, folder=str(window.files.folder))
        self.sheet = ExportSheet(choice, window.theme.dark, window.files.stem("graph"), seen is not None, window)
        self._replacing = None
        self._wire(self.sheet)

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
            self._do(lambda job: export(job, path), lambda _: self._written(path), path.name)

    def copy(self) -> None:
        """Put the graph on the clipboard."""
        assert self.sheet is not None
        chosen = self.sheet.format
        self._do(lambda job: copied(job, chosen), self._copied, "The graph")

    def stop(self) -> None:
        """Give the work up; a file that was there before stays as it was."""
        self._worker.cancel()
        if self.sheet is not None:
            self.sheet.say("Stopped; nothing was written.", "muted")

    def _job(self) -> Job:
        """What the dialog asks for now."""
        assert self.sheet is not None and self._base is not None
        choice = self.sheet.choice()
        cut = not choice.whole and self.sheet.format.source is None
        return replace(
            self._base, dark=bool(choice.dark), values=choice.values, scale=choice.scale,
            seen=self._base.seen if cut else None,
        )  # fmt: skip

    def _do(self, work: Callable[[Job], object], done: Callable[[Any], None], name: str) -> None:
        """Let the thread work, and show how far it is and what came of it."""
        assert self.sheet is not None
        self._window.settings.export_choice = self.sheet.choice().stored()
        job = self._job()

        def attempt(budget: Budget) -> object:
            try:
                return work(replace(job, told=self._teller(budget)))
            except (OSError, ValueError, MemoryError) as error:
                return Refused(f"{name} was not written: {getattr(error, 'strerror', None) or error}.")
            except Stopped:
                return None

        def deliver(found: object) -> None:
            if isinstance(found, Refused):
                assert self.sheet is not None
                self.sheet.say(found.sentence)
            else:
                done(found)

        self._worker.submit(attempt, deliver, PATIENCE)

    def _teller(self, budget: Budget) -> Callable[[float], None]:
        """Tells the dialog each hundredth that is done, and ends the work when it is stopped."""
        last = 0.0

        def tell(share: float) -> None:
            nonlocal last
            if budget.cancelled:
                raise Stopped
            if share >= last + 0.01:
                last = share
                self._progressed.emit(share)

        return tell

    def _written(self, path: Path) -> None:
        if self.sheet is not None:
            self.sheet.accept()
        self._window.centre.notice.say(f"Wrote {path.name}.")

    def _copied(self, found: Copied) -> None:
        QGuiApplication.clipboard().setMimeData(clipboard_data(found))
        if self.sheet is not None:
            self.sheet.say("Copied. Paste it where you want it.", "ok")

    def _show_job(self) -> None:
        assert self.sheet is not None
        job = self._job()
        self.sheet.preview.show_job(job)
        self.sheet.show_size(_size_in_words(job, self.sheet.format))

    def _forget(self) -> None:
        self._worker.cancel()
        self.sheet = self._base = None


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
        return "Type the name of a file."
    if os.path.isdir(path):
        return f"{path} is a folder: add the name of a file."
    if not os.path.isdir(path.parent):
        return f"There is no folder {path.parent}."
    if format_of(path.suffix) is None:
        return f"The ending {path.suffix} is not one of {', '.join(WRITERS)}."
    return ""


def _size_in_words(job: Job, chosen: Format) -> str:
    if chosen.source is not None:
        return ""
    if not chosen.scaled:
        return "{:,.0f} × {:,.0f} points".format(*size(job))
    width, height, scale = pixels(job)
    return f"{width:,} × {height:,} pixels" + (", as large as can be" if scale < job.scale else "")
