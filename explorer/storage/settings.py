"""What the program remembers between two starts: theme, places of the panels, recent files, unsaved work.

Values read back are checked like any foreign data. Knows no widget.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QLockFile, QSettings, QStandardPaths

from core.language.machine.budget import Budget
from explorer.model.document import Document, DocumentError, as_json, read_document

RECENT_FILES = 8
THEMES = ("system", "light", "dark")
LIMITS = ("entries", "operations", "elements", "depth", "seconds")


class Settings:
    """A thin, typed cover over QSettings."""

    def __init__(self, store: QSettings | None = None) -> None:
        scope, form = QSettings.Scope.UserScope, QSettings.Format.IniFormat
        self._store = store or QSettings(form, scope, "tape-explorer", "tape-explorer")

    @property
    def theme(self) -> str:
        """One of THEMES."""
        name = self._store.value("theme", "system")
        return name if name in THEMES else "system"

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def quiz_score(self) -> object:
        """What was kept of the quiz, for `core.quiz.read_score` to check; None where nothing was."""
        return self._data("quiz_score")

    @quiz_score.setter
    def quiz_score(self, score: object) -> None:
        self._store.setValue("quiz_score", json.dumps(score))

    @property
    def export_choice(self) -> object:
        """What was chosen in the export dialog, for `choice_from` to check; None where nothing was."""
        return self._data("export_choice")

    @export_choice.setter
    def export_choice(self, choice: object) -> None:
        self._store.setValue("export_choice", json.dumps(choice))

    def _data(self, key: str) -> object:
        """Plain data; None where there is none that can be read."""
        try:
            return json.loads(str(self._store.value(key, "null")))
        except ValueError:
            return None

    def layout(self) -> tuple[QByteArray, QByteArray]:
        """Geometry of the window and state of its docks; empty where nothing was saved."""
        parts = [self._store.value(key) for key in ("geometry", "docks")]
        geometry, docks = (part if isinstance(part, QByteArray) else QByteArray() for part in parts)
        return geometry, docks

    def save_layout(self, geometry: QByteArray, docks: QByteArray) -> None:
        """Remember geometry and docks."""
        self._store.setValue("geometry", geometry)
        self._store.setValue("docks", docks)

    def limits(self) -> Budget:
        """What programs may use."""
        usual = Budget()
        changes = {name: self._number(f"limits/{name}", getattr(usual, name)) for name in LIMITS}
        return replace(usual, **changes)

    def save_limits(self, limits: Budget) -> None:
        """Remember what programs may use."""
        for name in LIMITS:
            self._store.setValue(f"limits/{name}", getattr(limits, name))

    def _number(self, key: str, usual: Any) -> Any:
        """A positive number of the same kind as the usual one, which stands in for anything else."""
        try:
            found = type(usual)(str(self._store.value(key, usual)))
        except ValueError:
            return usual
        return found if found > 0 else usual

    def recent_files(self) -> list[str]:
        """Paths, the latest first."""
        stored = self._store.value("recent")
        paths = stored if isinstance(stored, list) else [stored]
        return [path for path in paths if isinstance(path, str) and path][:RECENT_FILES]

    def remember_file(self, path: str) -> None:
        """Put a path at the head of the recent files."""
        others = [old for old in self.recent_files() if old != path]
        self._store.setValue("recent", [path, *others][:RECENT_FILES])

    def forget_file(self, path: str) -> None:
        """Drop a path that could not be opened."""
        self._store.setValue("recent", [old for old in self.recent_files() if old != path])


class Recovery:
    """A copy of the unsaved work that a crash leaves behind.

    Each running window locks one numbered slot. A copy found in a slot nobody holds is one that was lost.
    """

    def __init__(self, folder: Path | None = None) -> None:
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
        self._folder = folder or Path(place)
        self._lock: QLockFile | None = None
        self._path: Path | None = None
        self.lost: Document | None = None
        self._open()

    def _open(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        for slot in range(16):
            lock = QLockFile(str(self._folder / f"recovery-{slot}.lock"))
            lock.setStaleLockTime(0)
            if lock.tryLock(0):
                self._lock, self._path = lock, self._folder / f"recovery-{slot}.json"
                self.lost = self._find()
                return

    def _find(self) -> Document | None:
        try:
            return read_document(self._path) if self._path and self._path.exists() else None
        except (DocumentError, OSError):
            return None

    def keep(self, document: Document) -> None:
        """Write the copy; no complaint where it cannot be written, for the user's work goes on."""
        if self._path is not None:
            try:
                self._path.write_text(as_json(document), "utf-8")
            except OSError:
                self._path = None

    def forget(self) -> None:
        """Nothing is unsaved any more."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def close(self, unsaved: Document | None = None) -> None:
        """The window closes; unsaved work stays as what was lost, for the next start to find."""
        if unsaved is not None:
            self.keep(unsaved)
        else:
            self.forget()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = self._path = None
