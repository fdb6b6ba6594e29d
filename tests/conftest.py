"""Keeps tests off the screen, away from the user's own settings, and free of clocks."""

import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("tests", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("tests")

FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
_numbers = itertools.count()


@pytest.fixture(scope="session")
def homes() -> Iterator[Path]:
    """One folder for everything that Qt would otherwise write into the user's home."""
    with tempfile.TemporaryDirectory(prefix="tape-explorer-tests-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def settings_of_its_own(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test starts with no stored settings, documents or caches; returns the folder it may fill."""
    from PySide6.QtCore import QSettings, QStandardPaths

    home = homes / str(next(_numbers))
    for name in FOLDERS:
        monkeypatch.setenv(name, str(home / name.lower()))
    if sys.platform != "linux":
        QStandardPaths.setTestModeEnabled(True)
    for file_format in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(file_format, QSettings.Scope.UserScope, str(home / "xdg_config_home"))
    return home
