"""What the program remembers between two starts: theme, places of the panels, recent files, limits.

Values read back are checked like any foreign data. Knows no widget.
"""

import json
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from core.basics.budget import Budget
from explorer.look.sizes import LEAST, MOST, USUAL

RECENT_FILES = 8
THEMES = ("system", "light", "dark")
LIMITS: dict[str, tuple[float, float]] = {
    "seconds": (0.1, 600.0),
    "entries": (1_000, 10_000_000),
    "operations": (1_000, 100_000_000),
    "elements": (100, 200_000_000),
    "depth": (10, 900),
}
"""What a user may set of the limits of a run, and between which numbers."""


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
    def text_size(self) -> float:
        """How large texts are, 1 as designed; nothing that would not let the program be used."""
        try:
            size = float(str(self._store.value("text_size", USUAL)))
        except ValueError:
            return USUAL
        return size if LEAST <= size <= MOST else USUAL

    @text_size.setter
    def text_size(self, size: float) -> None:
        self._store.setValue("text_size", size)

    @property
    def letter_keys(self) -> bool:
        """Whether single letters, digits and signs are keys."""
        return str(self._store.value("letter_keys", "true")) == "true"

    @letter_keys.setter
    def letter_keys(self, on: bool) -> None:
        self._store.setValue("letter_keys", "true" if on else "false")

    @property
    def contributions(self) -> bool:
        """Whether edges of the graph keep what they have carried."""
        return str(self._store.value("contributions", "true")) == "true"

    @contributions.setter
    def contributions(self, shown: bool) -> None:
        self._store.setValue("contributions", "true" if shown else "false")

    @property
    def quiz_score(self) -> object:
        """What was kept of the quiz, for `core.quiz.read_score` to check; None where nothing was."""
        return self._data("quiz_score")

    @quiz_score.setter
    def quiz_score(self, score: object) -> None:
        self._store.setValue("quiz_score", json.dumps(score))

    @property
    def lessons_finished(self) -> set[str]:
        """The ids of the lessons that were walked to their end."""
        found = self._data("lessons_finished")
        return {one for one in found if isinstance(one, str)} if isinstance(found, list) else set()

    @lessons_finished.setter
    def lessons_finished(self, ids: set[str]) -> None:
        self._store.setValue("lessons_finished", json.dumps(sorted(ids)))

    @property
    def is_new(self) -> bool:
        """Whether the program has not been started before; from now on it has."""
        new = str(self._store.value("started", "false")) != "true"
        self._store.setValue("started", "true")
        return new

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
        changes = {name: self._limit(name, getattr(usual, name)) for name in LIMITS}
        return replace(usual, **changes)

    def save_limits(self, limits: Budget) -> None:
        """Remember what programs may use."""
        for name in LIMITS:
            self._store.setValue(f"limits/{name}", getattr(limits, name))

    def _limit(self, name: str, usual: Any) -> Any:
        """A number of the same kind as the usual one, which stands in for any that may not be set."""
        least, most = LIMITS[name]
        try:
            found = type(usual)(str(self._store.value(f"limits/{name}", usual)))
        except ValueError:
            return usual
        return found if least <= found <= most else usual

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
