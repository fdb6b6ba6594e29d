"""`import core` stays light: the library can be used without the app and what the app needs."""

import subprocess
import sys


def test_importing_the_engine_loads_neither_qt_nor_the_libraries_of_the_app():
    code = "import sys, core; print(*(name.partition('.')[0] for name in sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    assert "core" in loaded
    assert not loaded & {"PySide6", "networkx", "pyqtgraph", "ziamath", "explorer", "scipy", "pytest"}
