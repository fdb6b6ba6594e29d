"""Screenshots to look at: `python -m tests.shots [WORD ...]` writes them to build/shots.

Each is the window at one size, in one theme, with one program, at one step. With words, only shots whose name has
one of them are made.
"""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.app import application
from explorer.model.document import Document
from explorer.storage.examples import example
from explorer.storage.settings import Settings
from explorer.window.window import MainWindow

FOLDER = Path("build/shots")
SIZES = ((1280, 720), (1480, 920), (2560, 1440))
THEMES = ("light", "dark")


@dataclass(frozen=True)
class Program:
    """A document, the share of the steps to stand at, and what else to show."""

    name: str
    document: Document
    at: float = 0.75
    tab: str = "graph"
    select: int | None = None


def sixty_nodes() -> Document:
    """A chain of helper values, about sixty operations."""
    lines = ["def f(a, b):", "    x = a", "    y = b"]
    for _ in range(10):
        lines += ["    x = sin(x*y) + x", "    y = tanh(y - x) * 2"]
    return Document(text="\n".join([*lines, "    return x*y", ""]), inputs={"a": 0.5, "b": 1.5})


def big() -> Document:
    """Some thousands of operations in one text."""
    lines = ["def f(a, b):", "    x = a", "    y = b"]
    lines += ["    x, y = sin(x*y) + x, tanh(y - x) * 1.1"] * 600
    return Document(text="\n".join([*lines, "    return x*y", ""]), inputs={"a": 0.5, "b": 1.5})


PROGRAMS = (
    Program("start", example("seed"), 0.0),
    Program("tiny", example("seed"), 0.72),
    Program("plot", example("seed"), 1.0, tab="plot"),
    Program("baydin", example("baydin"), 0.6, select=3),
    Program("network", example("network"), 0.7),
    Program("problem", Document(text="def f(x):\n    return lgo(x) + 1\n", inputs={"x": 2.0})),
    Program("failed", Document(text="def f(x):\n    y = x - 2\n    return 1/y\n", inputs={"x": 2.0}), 1.0),
    Program("sixty", sixty_nodes(), 0.7),
    Program("big", big(), 0.7),
)


def shoot(window: MainWindow, program: Program, name: str) -> None:
    """Put a program on screen and write the picture."""
    window.files.start(program.document)
    window.centre.notice.hide()
    settle(window)
    window.player.seek(round(program.at * window.player.last))
    window.centre.show_tab(program.tab)
    window.stage.select(program.select)
    settle(window)
    window.grab().save(str(FOLDER / f"{name}.png"))


def settle(window: MainWindow) -> None:
    """Let all work be done and all movement end."""
    for _ in range(3):
        QApplication.processEvents()
    while window.session.busy:
        QApplication.processEvents()
    while window.typesetter.busy:
        QApplication.processEvents()
    QTest.qWait(120)  # the inspector waits a little before it shows the last page, and what was typeset
    while window.graph.is_moving:
        window.graph.advance(0.1)
    QApplication.processEvents()


def main(words: list[str]) -> None:
    """Write all shots, or those whose names have one of the words."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    application()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
        window = MainWindow(settings)
        window.show()
        for width, height in SIZES:
            window.resize(width, height)
            window.docks.size(width)
            for theme in THEMES:
                window.set_theme(theme)
                for program in PROGRAMS:
                    name = f"{program.name}-{theme}-{width}x{height}"
                    if not words or any(word in name for word in words):
                        shoot(window, program, name)
                        print(FOLDER / f"{name}.png")
        window.close()


if __name__ == "__main__":
    main(sys.argv[1:])
