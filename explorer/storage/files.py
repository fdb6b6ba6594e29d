"""Files of the window: which document is open, what is unsaved, the recent ones, and what a crash left.

Knows documents and settings; what a document looks like on screen is the window's affair. It asks nothing in
dialogs but for file names: unsaved work that is replaced can be brought back.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from core.basics.words import say, sentences
from explorer.model.document import Document, DocumentError
from explorer.storage.documents import ENDINGS, ReadOnly, read_document, write_document
from explorer.storage.recovery import Lost, Recovery
from explorer.storage.settings import Settings
from explorer.storage.whole import file_name

FILTERS = ";;".join((
    "All that can be opened (*.json *.ipynb *.py *.md *.txt)", "Tape Explorer documents (*.json)",
    "Notebooks (*.ipynb)", "Python, Markdown and text files (*.py *.md *.txt)", "All files (*)",
))  # fmt: skip
SAVE_FILTER = say("files.tape-explorer-documents-json", "Tape Explorer documents (*.json)")
ENDING = ".json"
_WORK = ("text", "inputs", "unwatched", "watched", "output", "mode", "direction", "breakpoints", "bookmarks")


class Files(QObject):
    """Opens and saves; `current` gives the document as it is now, `show` puts another one on screen."""

    changed = Signal()
    said = Signal(str, str, object)
    """A sentence, and perhaps an answer with what it does."""

    def __init__(
        self,
        window: QWidget,
        settings: Settings,
        current: Callable[[], Document],
        show: Callable[[Document], None],
    ) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self.current, self._show = current, show
        self._recovery = Recovery()
        self._saved = Document()
        self._said_why = False
        self.path: Path | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """By the name of an action what it does."""
        return {"open": self.open, "save": self.save, "save_as": self.save_as}

    @property
    def name(self) -> str:
        """What the document is called."""
        return self.path.name if self.path else (self._saved.title or "untitled")

    def stem(self, usual: str) -> str:
        """The name of the file without its ending, fit for other files too; `usual` where there is none yet."""
        return (file_name(self.path.stem) if self.path else "") or usual

    @property
    def title(self) -> str:
        """The name of the file without its ending, or what its document is called, as the name of other files."""
        return self.stem(file_name(self._saved.title) or "untitled")

    @property
    def modified(self) -> bool:
        """Whether there is work that is in no file."""
        return not _same_work(self.current(), self._saved)

    def start(self, document: Document, path: Path | None = None) -> None:
        """Put a document on screen, as one that has nothing unsaved."""
        lost = self.current() if self.modified else None
        self._show(document)
        self._saved, self.path = document, path
        self.rest()
        self.changed.emit()
        if lost is not None:
            self.said.emit(
                say("files.unsaved-work-replaced", "Unsaved work was replaced."),
                say("files.bring-back", "Bring it back"),
                lambda: self.bring_back(lost),
            )

    def rest(self) -> None:
        """Take the document as it is now as the one that has nothing unsaved."""
        now = self.current()
        self._saved = replace(_work(now), title=self._saved.title)

    def bring_back(self, document: Document, path: Path | None = None) -> None:
        """Put unsaved work on screen again."""
        self._show(document)
        self._saved, self.path = Document(), path
        self.changed.emit()

    def offer_lost(self) -> None:
        """Ask whether the work of a window that did not close in good order shall come back; one after the other."""
        if not self._recovery.lost:
            return
        lost, count = self._recovery.lost[0], len(self._recovery.lost)
        self.said.emit(
            _of_last_time(Path(lost.file).name if lost.file else "", count),
            say("files.bring-back", "Bring it back"),
            lambda: self._bring_back_lost(lost),
        )

    def _bring_back_lost(self, lost: Lost) -> None:
        self.keep()
        self._recovery.take(lost)
        self.bring_back(lost.document, Path(lost.file) if lost.file else None)
        self.offer_lost()

    def keep(self) -> bool:
        """Keep a copy of unsaved work against a crash; False where that failed, which is said once."""
        problem = self._recovery.keep(self.current(), self._file) if self.modified else ""
        if problem and not self._said_why:
            sentence = say(
                "files.not-kept-against-crash",
                "Unsaved work could not be kept against a crash: {problem}. It is tried again.",
                problem=problem,
            )
            self.said.emit(sentence, "", None)
        self._said_why = bool(problem)
        return not problem

    def close(self) -> str:
        """The window closes; unsaved work is offered again at the next start. In a sentence why it would be lost."""
        if not self.modified:
            self._recovery.forget()
            return ""
        problem = self._recovery.keep(self.current(), self._file)
        if not problem:
            return ""
        return say("files.not-kept", "Unsaved work could not be kept: {problem}. Save it elsewhere.", problem=problem)

    def release(self) -> None:
        """The window is closed: other windows may find what it kept."""
        self._recovery.release()

    @property
    def _file(self) -> str:
        return str(self.path.absolute()) if self.path else ""

    def open(self) -> None:
        """Ask for a file and open it."""
        path, _ = QFileDialog.getOpenFileName(self._window, say("files.open", "Open"), str(self.folder), FILTERS)
        if path:
            self.open_path(path)

    def open_path(self, path: str | Path) -> bool:
        """Open a file; a sentence and no change where it cannot be."""
        try:
            document = read_document(path)
        except DocumentError as error:
            self._settings.forget_file(str(path))
            self.said.emit(str(error), "", None)
            return False
        self._settings.remember_file(str(Path(path).absolute()))
        self.start(document, Path(path))
        return True

    def save(self) -> None:
        """Save where it was opened; a new document asks where."""
        if self.path is None or self.path.suffix.lower() in ENDINGS:
            self.save_as()
        else:
            self.save_path(self.path)

    def save_as(self) -> None:
        """Ask for a name and save there."""
        proposed = self.folder / f"{self.stem('function')}{ENDING}"
        path, _ = QFileDialog.getSaveFileName(self._window, say("files.save", "Save"), str(proposed), SAVE_FILTER)
        if path:
            self.save_path(Path(path) if Path(path).suffix else Path(path + ENDING))

    def save_path(self, path: Path, protected: bool = False) -> bool:
        """Save to a file; a sentence where it cannot be, and a question where it is `protected` against writing."""
        try:
            write_document(path, self.current(), protected)
        except ReadOnly as error:
            answer = say("files.save-all-the-same", "Save all the same")
            self.said.emit(str(error), answer, lambda: self.save_path(path, protected=True))
            return False
        except DocumentError as error:
            self.said.emit(str(error), "", None)
            return False
        self.path = path
        self.rest()
        self._settings.remember_file(str(path.absolute()))
        self._recovery.forget()
        self.changed.emit()
        return True

    def recent(self) -> list[str]:
        """Paths, the latest first."""
        return self._settings.recent_files()

    @property
    def folder(self) -> Path:
        """Where files are looked for."""
        return self.path.parent if self.path else Path.home()


def _work(document: Document) -> Document:
    """What would be lost: not the view."""
    return replace(Document(), **{name: getattr(document, name) for name in _WORK})


def _same_work(one: Document, other: Document) -> bool:
    return one.text == other.text and _work(one) == _work(other)


def _of_last_time(name: str, count: int) -> str:
    """What is offered at the start: work of a file, or of none, and how much there is in all."""
    if name:
        kept = say("files.unsaved-work-of-file", "Unsaved work of {name} from last time was kept.", name=name)
    else:
        kept = say("files.unsaved-work-last-time", "Unsaved work from last time was kept.")
    more = say("files.more-unsaved-work", "There is more: {count} texts in all.", count=count)
    return sentences(kept, more if count > 1 else "")
