"""Files written whole: a crash half-way, a full disk or a lost permission leaves what was there before.

A new file is made beside the old one, under a short name, and takes its place when it is complete. Links keep what
they point at: the target of a symbolic link is written, and a file with several names is changed in place. Knows paths
and bytes; knows nothing of what is in a file.
"""

import errno
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LONGEST_NAME = 180
"""Bytes of a proposed file name, which leave room for an ending."""
_BEGINNING = ".tape-"
_LEFT_BEHIND = re.compile(r"\.tape-[0-9a-f]{8}(\.\w+)?")
_ABANDONED = 600.0  # seconds after which an unfinished file belongs to nobody any more
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\ud800-\udfff]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def write_whole(path: Path, text: str) -> None:
    """Write a text to a file in UTF-8; an OSError where it cannot be written."""
    with replacing(path) as unfinished:
        unfinished.write_bytes(text.encode("utf-8", "replace"))


@contextmanager
def replacing(path: Path, ending: str = "") -> Iterator[Path]:
    """A new, empty file to be written; it takes the place of `path` where nothing goes wrong.

    `ending` is for writers that look at it. Raises OSError where a file cannot be made or put in its place.
    """
    target = target_of(path)
    old = target.stat() if target.exists() else None
    unfinished = _new_file(target, ending, old)
    try:
        yield unfinished
        _flush(unfinished)
        if old is not None and (old.st_nlink > 1 or unfinished.parent != target.parent):
            _change_in_place(target, unfinished)
        else:
            _take_place(target, unfinished, old)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def target_of(path: Path) -> Path:
    """The file that a path means in the end, which need not exist; an OSError where links go round."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return target


def is_read_only(path: Path) -> bool:
    """Whether a file is there that somebody has protected against writing."""
    try:
        return path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK))
    except OSError:
        return False


def file_name(title: str) -> str:
    """A title as the name of a file without its ending, on every system; "" where nothing of it is left."""
    name = _FORBIDDEN.sub("-", title).strip(" .-")
    name = name.encode("utf-8")[:LONGEST_NAME].decode("utf-8", "ignore").strip(" .-")
    return f"{name}_" if _RESERVED.match(name) else name


def _new_file(target: Path, ending: str, old: os.stat_result | None) -> Path:
    """An empty file beside the target, or, where there may be none but the target can be changed, elsewhere."""
    unfinished = target.with_name(f"{_BEGINNING}{secrets.token_hex(4)}{ending}")
    mode = 0o666 if old is None else old.st_mode & 0o777  # of a new file the system takes away what the umask says
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode | 0o600))
    except PermissionError:
        if old is None or not os.access(target, os.W_OK):
            raise
        handle, name = tempfile.mkstemp(suffix=ending)
        os.close(handle)
        return Path(name)
    _tidy(unfinished)
    return unfinished


def _tidy(newest: Path) -> None:
    """Remove what was left unfinished in the folder; by the clock of the disk, for ours may be wrong."""
    with suppress(OSError):
        now = newest.stat().st_mtime
        with os.scandir(newest.parent) as found:
            for one in found:
                if _LEFT_BEHIND.fullmatch(one.name) and one.stat().st_mtime < now - _ABANDONED:
                    os.unlink(one.path)


def _flush(path: Path) -> None:
    """Let everything reach the disk, so that no loss of power leaves an empty file under the new name."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _take_place(target: Path, unfinished: Path, old: os.stat_result | None) -> None:
    if old is not None:
        if hasattr(os, "chown"):
            with suppress(OSError):
                os.chown(unfinished, old.st_uid, old.st_gid)
        os.chmod(unfinished, old.st_mode & 0o777)
    os.replace(unfinished, target)


def _change_in_place(target: Path, unfinished: Path) -> None:
    """Write the new content over the old one, which comes back where that fails."""
    before = target.read_bytes()
    with target.open("r+b") as file:
        try:
            with unfinished.open("rb") as source:
                shutil.copyfileobj(source, file)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            file.seek(0)
            file.write(before)
            file.truncate()
            raise
    unfinished.unlink()
