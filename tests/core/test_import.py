"""`import core` stays light: the library can be used without the app and what the app needs."""

import subprocess
import sys


def test_importing_the_engine_loads_neither_qt_nor_the_libraries_of_the_app():
    code = "import sys, core; print(*(name.partition('.')[0] for name in sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    assert "core" in loaded
    assert not loaded & {"PySide6", "networkx", "pyqtgraph", "ziamath", "explorer", "scipy", "pytest"}


def test_the_engine_does_not_load_the_language():
    """It is several times as large, and nobody who only differentiates need wait for it."""
    code = "import sys, core; print(*(name for name in sys.modules if name.startswith('core.')))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(told.stdout.split()) & {"core.language", "core.notation", "core.run", "core.timeline"}
