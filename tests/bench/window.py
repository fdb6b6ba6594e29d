"""What one step costs in the whole window: processor time of a step and of a jump, beside a bare repaint.

Run `python -m tests.bench.window [COUNT ...]`, counts of entries. A step moves the timeline by one and handles all
events; a jump goes somewhere else. Beside milliseconds stand multiples of the time that a loop of a million `s += i`
takes, so that machines can be compared. Then: playing at speed 1, opening, and the first window.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from explorer.app import application
from explorer.model.document import Document
from explorer.storage.examples import example
from explorer.storage.settings import Settings
from explorer.window.window import MainWindow
from tests.bench.measure import table

SIZE = (1480, 920)
COUNTS = (7, 60, 400, 4_000, 20_000)
STEPS, JUMPS, SECONDS, FRAME = 40, 20, 4.0, 1 / 60
FIRST = """
import time
from explorer.app import application
from PySide6.QtWidgets import QApplication
application()
from explorer.app import create_window
window = create_window()
window.show()
for _ in range(3):
    QApplication.processEvents()
while window.desk.busy():
    QApplication.processEvents()
window.repaint()
QApplication.processEvents()
print(1000 * time.process_time(), flush=True)
import os
os._exit(0)
"""


def program(entries: int) -> Document:
    """A text with about so many entries."""
    if entries <= 7:
        return example("seed")
    if entries <= 100:
        lines = ["def f(a, b):", "    x = a", "    y = b"]
        lines += ["    x = sin(x*y) + x", "    y = tanh(y - x) * 2"] * ((entries - 3) // 6)
        return Document(text="\n".join([*lines, "    return x*y", ""]), inputs={"a": 0.5, "b": 1.5})
    text = f"def f(a, x):\n    for i in range({(entries - 2) // 3}):\n        x = sin(x*a) + x\n    return x\n"
    return Document(text=text, inputs={"a": 0.5, "x": 1.0})


def cost(work: Callable[[], object]) -> float:
    """Milliseconds of processor time, of all threads."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def yardstick() -> float:
    """How long a loop of a million additions takes here, in milliseconds."""

    def loop() -> None:
        s = 0
        for i in range(1_000_000):
            s += i

    return min(cost(loop) for _ in range(5))


def settle(window: MainWindow) -> None:
    """Let all that goes on end."""
    QApplication.processEvents()
    while window.desk.busy() or window.typesetter.busy or window.session.busy:
        QApplication.processEvents()
    while window.graph.is_moving:
        window.graph.advance(0.1)
    time.sleep(0.2)
    for _ in range(3):
        QApplication.processEvents()


def seek(window: MainWindow, step: int) -> None:
    """Stand at a step, as the timeline does when it is dragged, and show it."""
    window.player.seek(step)
    for _ in range(3):
        QApplication.processEvents()


def moves(window: MainWindow, steps: list[int]) -> list[float]:
    """What each move of a list costs, after a warm-up."""
    seek(window, steps[0])
    seek(window, steps[1])
    return [cost(lambda step=step: seek(window, step)) for step in steps[2:]]


def repaint(window: MainWindow) -> float:
    """What it costs to paint all of the window again, changing nothing."""

    def again() -> None:
        window.repaint()
        QApplication.processEvents()

    return statistics.median(cost(again) for _ in range(9))


def played(window: MainWindow) -> tuple[float, float, bool]:
    """Median and most milliseconds of a frame while playing at speed 1; whether each step came once, in order."""
    steps: list[int] = []
    window.player.seek(window.player.last // 3)
    window.player.set_speed(1.0)
    window.player.moved.connect(lambda step, _: steps.append(step) if steps[-1:] != [step] else None)
    window.player.toggle()
    window.clock.stop()
    frames = []
    for _ in range(round(SECONDS / FRAME)):
        frames.append(cost(lambda: (window.player.tick(FRAME), QApplication.processEvents())))
    window.player.seek(window.player.step)
    return statistics.median(frames), max(frames), steps == list(range(steps[0], steps[0] + len(steps)))


def main() -> None:
    """Print the table."""
    counts = [int(one) for one in sys.argv[1:]] or COUNTS
    application()
    loop = yardstick()
    print(f"a loop of a million additions: {loop:.1f} ms; in brackets multiples of it")
    titles = ("step", "p95", "jump", "repaint", "frame", "worst", "in order", "opening")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(Settings(QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)))
        window.docks.restore_default()  # the few panels of a first start would cost less
        window.resize(*SIZE)
        window.docks.size(SIZE[0])
        window.show()
        for count in counts:
            start = time.process_time()
            window.files.start(program(count))
            settle(window)
            opening = 1000 * (time.process_time() - start)
            last = window.player.last
            middle = last // 2
            stay = min(STEPS, last - 1)
            walk = [max(0, min(last, middle - stay // 2 + k)) for k in range(stay + 2)]
            places = np.random.default_rng(1).integers(0, last + 1, JUMPS + 2).tolist()
            times, jumps = moves(window, walk), moves(window, places)
            step, late, jump = statistics.median(times), float(np.percentile(times, 95)), statistics.median(jumps)
            frame, worst, ordered = played(window)
            cells = [f"{one:.1f} ({one / loop:.2f})" for one in (step, late, jump, repaint(window), frame, worst)]
            known = f"{len(window.session.timeline.tape):,}"
            rows.append([known, *cells, "yes" if ordered else "NO", f"{opening:.0f} ms"])
        window.close()
    print(table(["entries", *titles], rows))
    first = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True, check=True)
    print(f"first window: {float(first.stdout):.0f} ms of processor time")


if __name__ == "__main__":
    main()
