"""Copies of unsaved work that outlive a crash: each running window has a place of its own, locked while it runs.

A copy found in a place that nobody holds is one that was lost. It is held by the window that finds it, so that no
other offers it too, and stays until that work is saved, or is replaced and its window closed. Knows no widget.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QStandardPaths

from core.basics.words import say
from explorer.model.document import Document, DocumentError, checked_json
from explorer.storage.documents import read_document, reason

MOST = 200
"""Windows and lost copies there can be at the same time."""


@dataclass
class Slot:
    """A place for one copy, held by one window."""

    number: int
    path: Path
    lock: QLockFile

    def write(self, document: Document, file: str) -> None:
        """Write the copy beside the one before it, and put it in its place; OSError or DocumentError otherwise."""
        text = checked_json(document, {"file": file} if file else None)
        beside = self.path.with_suffix(".part")
        try:
            beside.write_bytes(text.encode("utf-8"))
            os.replace(beside, self.path)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise

    def forget(self) -> None:
        """There is nothing to come back for."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


@dataclass
class Lost:
    """Work that a window did not keep elsewhere, and the file that it was of ("" for none)."""

    slot: Slot
    document: Document
    file: str


class Recovery:
    """The copies that one window is responsible for: its own, and those that it found."""

    def __init__(self, folder: Path | None = None) -> None:
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
        self._folder = folder or Path(place)
        self._slot: Slot | None = None
        self.lost: list[Lost] = []
        """What was found, the latest first."""
        with suppress(OSError):
            self._find()
            self._slot = self._free_slot()

    def _find(self) -> None:
        """Take every copy that nobody holds."""
        times = {path: path.stat().st_mtime for path in self._folder.glob("recovery-*.json")}
        for path in sorted(times, key=times.__getitem__, reverse=True):
            number = path.stem.removeprefix("recovery-")
            slot = self._hold(int(number)) if number.isdecimal() else None
            if slot is None:
                continue
            found = _read(slot)
            if found is not None:
                self.lost.append(found)
            else:
                slot.lock.unlock()

    def _free_slot(self) -> Slot | None:
        """The first place that has no copy and that nobody holds."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for number in range(MOST):
            if not self._path(number).exists():
                slot = self._hold(number)
                if slot is not None:
                    return slot
        return None

    def _path(self, number: int) -> Path:
        return self._folder / f"recovery-{number}.json"

    def _hold(self, number: int) -> Slot | None:
        lock = QLockFile(str(self._folder / f"recovery-{number}.lock"))
        lock.setStaleLockTime(0)
        return Slot(number, self._path(number), lock) if lock.tryLock(0) else None

    def take(self, lost: Lost) -> None:
        """Work that was lost is on screen again: from now on its copy is this window's own.

        The copy that was its own until then becomes one that was lost, where there is one.
        """
        self.lost.remove(lost)
        before, self._slot = self._slot, lost.slot
        if before is not None:
            found = _read(before)
            if found is not None:
                self.lost.insert(0, found)
            else:
                before.lock.unlock()

    def keep(self, document: Document, file: str = "") -> str:
        """Write the copy; in a sentence why it could not be written, "" where it was."""
        try:
            self._slot = self._slot or self._free_slot()
            if self._slot is None:
                return say("files.no-room", "there is no room for it")
            self._slot.write(document, file)
        except DocumentError as error:
            return str(error)
        except OSError as error:
            return reason(error)
        return ""

    def forget(self) -> None:
        """Nothing is unsaved any more."""
        if self._slot is not None:
            self._slot.forget()

    def release(self) -> None:
        """Hold nothing any more: what was kept, or was found and not asked for, is there for the next start to find."""
        for slot in [self._slot, *(one.slot for one in self.lost)]:
            if slot is not None:
                slot.lock.unlock()
        self._slot, self.lost = None, []


def _read(slot: Slot) -> Lost | None:
    """The copy in a place; None where there is none that can be read."""
    try:
        document = read_document(slot.path)
        file = json.loads(slot.path.read_text("utf-8")).get("file", "")
    except (DocumentError, OSError, ValueError):
        return None
    return Lost(slot, document, file if isinstance(file, str) else "")
