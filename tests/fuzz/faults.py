"""`python -m tests.fuzz faults [--kills N] [--seed N]`: what can go wrong while work is kept, and nothing may be lost.

A process types, keeps copies and saves until it is killed at a moment drawn by chance; what it said was kept has to be
there afterwards, whole. Full and slow disks, lost permissions and wrong clocks are put in the place of the system's own
calls, one at a time.
"""

from __future__ import annotations

import argparse
import errno
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

SIZE = 1_000_000  # characters of the text that is typed
AT_WORK = """
import sys, time
from pathlib import Path
from explorer.model.document import Document
from explorer.storage.documents import write_document
from explorer.storage.recovery import Recovery
folder, number, size = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
recovery, filling = Recovery(folder / "recovery"), "# " + "x" * 97 + chr(10)
print("ready", flush=True)
while True:
    number += 1
    document = Document(text=f"x * {number}" + chr(10) + filling * (size // len(filling)))
    assert recovery.keep(document) == ""
    print("kept", number, flush=True)
    if number % 3 == 0:
        write_document(folder / "saved.json", document)
        print("saved", number, flush=True)
"""


def number_in(path: Path) -> int | None:
    """The number that a text began with; None where there is no whole document."""
    from explorer.model.document import DocumentError
    from explorer.storage.documents import read_document

    try:
        text = read_document(path).text
    except DocumentError:
        return None
    return int(text.partition("\n")[0].removeprefix("x * ")) if len(text) > SIZE // 2 else None


def killed_once(folder: Path, number: int, chance: random.Random) -> tuple[str, int]:
    """Kill a process at work; what was lost, "" where nothing was, and how far it came."""
    command = [sys.executable, "-c", AT_WORK, str(folder), str(number), str(SIZE)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.25))
        process.send_signal(signal.SIGKILL)
        told = process.stdout.read().split()
    said: dict[str, int] = {"kept": 0, "saved": 0}
    for what, count in zip(told[0::2], told[1::2], strict=False):
        said[what] = int(count)
    return _lost(folder, said), max(number, *said.values())


def _lost(folder: Path, said: dict[str, int]) -> str:
    from explorer.storage.recovery import Recovery

    found = Recovery(folder / "recovery")
    kept = [int(one.document.text.partition("\n")[0].removeprefix("x * ")) for one in found.lost]
    found.release()
    if said["kept"] and max(kept, default=0) < said["kept"]:
        return f"the copy {said['kept']} was kept, and {kept} came back"
    saved = folder / "saved.json"
    if saved.exists() and (number_in(saved) or 0) < said["saved"]:
        return f"{said['saved']} was saved, and {number_in(saved)} is there"
    return ""


def kills(count: int, seed: int) -> int:
    """Kill so many times; how often something was lost."""
    chance, lost, number = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as home:
        for _ in range(count):
            told, number = killed_once(Path(home), number, chance)
            if told:
                lost += 1
                print(f"--- {told}", flush=True)
    print(f"kills: {count} of {number} copies, {lost} lost work", flush=True)
    return lost


# -- the system says no --------------------------------------------------------------------------------------------


def no_room(*_: Any, **__: Any) -> Any:
    """A full disk."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def no_right(*_: Any, **__: Any) -> Any:
    """A permission that was lost."""
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def slow(call: Callable[..., Any]) -> Callable[..., Any]:
    """A disk that takes its time."""

    def later(*given: Any, **named: Any) -> Any:
        time.sleep(0.02)
        return call(*given, **named)

    return later


FAULTS: dict[str, tuple[str, Any, bool]] = {
    "full while writing": ("pathlib.Path.write_bytes", no_room, False),
    "full while flushing": ("os.fsync", no_room, False),
    "no right to make a file": ("os.open", no_right, False),
    "no right to replace": ("os.replace", no_right, False),
    "no right to look into the folder": ("os.scandir", no_right, True),
    "no right to keep the owner": ("os.chown", no_right, True),
    "slow": ("os.fsync", slow(os.fsync), True),
    "a clock that goes back": ("time.time", lambda: 0.0, True),
    "a clock far ahead": ("time.time", lambda: 4e10, True),
}
"""By name: what is put in the place of which call, and whether saving can succeed all the same."""


@contextmanager
def fault(name: str) -> Iterator[bool]:
    """Inside this block the system has this fault; yields whether saving can succeed."""
    place, instead, possible = FAULTS[name]
    with mock.patch(place, instead):
        yield possible


def survives(name: str, folder: Path) -> str:
    """Save over a document with a fault; what was wrong, "" where it is told and the old or the new one is whole."""
    from explorer.model.document import Document, DocumentError
    from explorer.storage.documents import read_document, write_document
    from explorer.storage.recovery import Recovery

    path, old, new = folder / "work.json", Document(text="old*1"), Document(text="new*2")
    write_document(path, old)
    recovery = Recovery(folder / "recovery")
    recovery.keep(old)
    with fault(name) as possible:
        try:
            write_document(path, new)
            told = ""
        except DocumentError as error:
            told = str(error)
        kept = recovery.keep(new)
    recovery.release()
    if possible == bool(told) or bool(told) and "was not saved" not in told:
        return f"{name}: {told or 'nothing was said'}"
    texts = {read_document(path).text} | {one.document.text for one in Recovery(folder / "recovery").lost}
    wanted = {"old*1" if told else "new*2", "old*1" if kept else "new*2"}
    left = [one.name for one in folder.iterdir() if one.name.startswith(".tape-")]
    return f"{name}: {texts} instead of {wanted}, {left} left behind" if texts != wanted or left else ""


def main(arguments: list[str] | None = None) -> int:
    """Try every fault, and kill; 1 when work was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    found = 0
    for name in FAULTS:
        with tempfile.TemporaryDirectory() as folder:
            told = survives(name, Path(folder))
        found += bool(told)
        print(told and f"--- {told}" or f"{name}: nothing lost", flush=True)
    return int(bool(found + kills(options.kills, options.seed)))
