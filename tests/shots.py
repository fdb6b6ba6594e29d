"""Screenshots to look at: `python -m tests.shots [WORD ...]` writes them to build/shots.

Each is the window at one size, in one theme, with one program, at one step. With words, only shots whose name has
one of them are made. The table of programs, sizes and moments is also put on contact sheets of nine.
"""

import os
import sys
import tempfile
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.app import application
from explorer.model.document import Document
from explorer.storage.examples import example, training_example
from explorer.storage.settings import Settings
from explorer.window.window import MainWindow

FOLDER = Path("build/shots")
SIZES = ((1024, 700), (1366, 768), (1480, 920), (2560, 1440))
RACE_SIZES = SIZES[1:3]
THEMES = ("light", "dark")
MOMENTS = {"start": 0.0, "middle": 0.5, "end": 1.0}
SHEET = 3  # pictures side by side, and one under another
SMALL = 860  # pixels that a picture of a sheet is wide


@dataclass(frozen=True)
class Program:
    """A document, the share of the steps to stand at, and what else to show."""

    name: str
    document: Document
    at: float = 0.75
    tab: str = "graph"
    select: int | None = None


NETWORK = """def net(x, y, w, u):
    h1 = tanh(x*w + y*u + 0.1)
    h2 = tanh(x*u - y*w + 0.2)
    h3 = tanh(x*w*u + y + 0.3)
    h4 = tanh(h1*w + h2*u + h3*0.5)
    h5 = tanh(h1*u - h2*w + h3*0.7)
    h6 = tanh(h1*0.3 + h2*0.2 - h3*u)
    out = sigmoid(h4*w + h5*u + h6*0.4)
    e = out - 0.5
    return e*e
"""
HELPER = """def helper(z, n):
    for k in range(n):
        z = z*z*0.5 + sin(z)
    return z

def f(a, b):
    u = helper(a*b, 2)
    v = helper(a - b, 2)
    return u*v + a
"""
LOGISTIC = """w = np.array([0.3, -0.2, 0.1])
x = np.array([1.5, 2.5, 3.5])
z = w @ x + b
p = 1/(1 + np.exp(-z))
-(y*np.log(p) + (1 - y)*np.log(1 - p))
"""


def loop(passes: int, line: str) -> Document:
    """A loop over one line of text."""
    text = f"def f(a, x):\n    for i in range({passes}):\n        {line}\n    return x\n"
    return Document(text=text, inputs={"a": 0.5, "x": 1.0})


def table() -> tuple[Program, ...]:
    """The programs of the table of pictures, from five operations to a thousand."""
    network = {"x": 0.5, "y": -0.3, "w": 0.7, "u": 0.4}
    return (
        Program("seed", example("seed")),
        Program("baydin", example("baydin")),
        Program("logistic", Document(text=LOGISTIC, inputs={"b": 0.1, "y": 1.0})),
        Program("helper", Document(text=HELPER, inputs={"a": 0.7, "b": 0.3})),
        Program("layers", example("network")),
        Program("scalars", Document(text=NETWORK, inputs=network)),
        Program("loop300", loop(300, "x = a*x*(1 - x)")),
        Program("thousand", loop(333, "x = sin(x*a) + x")),
    )


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


@dataclass(frozen=True)
class Race:
    """A program that is trained: with which optimizers, for how many steps, where to stand, and what to show."""

    name: str
    document: Document
    at: int
    optimizers: tuple[str, ...] = ("gd",)
    steps: int = 100
    surface: bool = False
    view: str = "sizes"


ROSENBROCK = Document(
    text="def rosenbrock(x, y):\n    return (1 - x)**2 + 100*(y - x**2)**2\n", inputs={"x": -1.2, "y": 1.0}
)
XS = np.linspace(-2.0, 2.0, 41)
LINE = Document(
    text="def loss(w, b, x, y):\n    return ((w*x + b - y)**2).mean()\n",
    inputs={"w": 5.0, "b": 0.0, "x": XS.tolist(), "y": (3*XS + 2).tolist()}, unwatched=("x", "y"),
)  # fmt: skip
RACES = (
    Race("training-seed", example("seed"), 20, steps=30),
    Race("training-hill", example("seed"), 20, steps=30, surface=True),
    Race("training-race", ROSENBROCK, 380, ("gd", "momentum", "adam", "newton"), 400),
    Race("training-ravine", ROSENBROCK, 380, ("gd", "momentum", "adam", "newton"), 400, surface=True),
    Race("training-line", LINE, 4, steps=10, view="fit"),
    *(Race(f"training-moons{at}", training_example("moons"), at, view="fit") for at in (0, 10, 99)),
)


def shoot_race(window: MainWindow, race: Race, name: str) -> None:
    """Train a program on the page of training and write the picture of a step."""
    window.files.start(race.document)
    window.centre.notice.hide()
    settle(window)
    window.centre.show_tab("training")
    wait_for_desk(window)
    page = window.parts["training"]
    page.panel.setup.optimizers.show_names(page.panel.setup.optimizers.names, race.optimizers)
    page.panel.setup.fields["steps"].setText(str(race.steps))
    page.panel.setup.fields["steps"].editingFinished.emit()
    page.panel.pictures.choose("surface" if race.surface else "contour", race.view)
    page.start_or_stop()
    wait_for_desk(window)
    page.course.seek(race.at)
    wait_for_desk(window)
    window.grab().save(str(FOLDER / f"{name}.png"))


def wait_for_desk(window: MainWindow) -> None:
    """Let all work be done, and what waits a little before it begins."""
    for _ in range(2):
        QTest.qWait(120)
        while window.desk.busy():
            QApplication.processEvents()
    QApplication.processEvents()


def shoot(window: MainWindow, program: Program, name: str) -> None:
    """Put a program on screen and write the picture."""
    window.files.start(program.document)
    window.centre.notice.hide()
    settle(window)
    window.player.seek(round(program.at * window.player.last))
    window.centre.show_tab(program.tab)
    window.shown.select(program.select)
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


def sheets(names: list[str], where: str) -> None:
    """The pictures of one size and theme on contact sheets of nine."""
    for number, start in enumerate(range(0, len(names), SHEET * SHEET), 1):
        shots = [QImage(str(FOLDER / f"{name}.png")) for name in names[start : start + SHEET * SHEET]]
        small = [shot.scaledToWidth(SMALL, Qt.TransformationMode.SmoothTransformation) for shot in shots]
        high = max(shot.height() for shot in small)
        sheet = QImage(SHEET * (SMALL + 8), SHEET * (high + 8), QImage.Format.Format_RGB32)
        sheet.fill(Qt.GlobalColor.gray)
        painter = QPainter(sheet)
        for place, shot in enumerate(small):
            painter.drawImage(place % SHEET * (SMALL + 8), place // SHEET * (high + 8), shot)
        painter.end()
        sheet.save(str(FOLDER / f"sheet-{where}-{number}.png"))


def main(words: list[str]) -> None:
    """Write all shots, or those whose names have one of the words; the table of programs also as contact sheets."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    application()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
        window = MainWindow(settings)
        window.show()
        for size, theme in product(SIZES, THEMES):
            window.resize(*size)
            window.docks.size()
            window.set_theme(theme)
            where = f"{theme}-{size[0]}x{size[1]}"
            moments = [
                replace(one, at=at, name=f"{one.name}-{moment}") for one in table() for moment, at in MOMENTS.items()
            ]
            made = []
            for program in (*moments, *PROGRAMS):
                name = f"{program.name}-{where}"
                if not words or any(word in name for word in words):
                    shoot(window, program, name)
                    print(FOLDER / f"{name}.png")
                    made += [name] if program in moments else []
            sheets(made, where)
            for race in RACES if size in RACE_SIZES else ():
                name = f"{race.name}-{where}"
                if not words or any(word in name for word in words):
                    shoot_race(window, race, name)
                    print(FOLDER / f"{name}.png")
        window.close()


if __name__ == "__main__":
    main(sys.argv[1:])
