"""`python -m tests.fuzz monkey [--steps N | --seconds N] [--seed N]`: anything on the window, by chance.

The same seed does the same again. A finding is an exception, a warning of Qt, a widget too many, or a gap in a
heartbeat of 10 ms in which the window's thread computed for longer than is allowed: its own time counts, not that of a
busy machine.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fuzz.mutations import SEEDS, mutate

HEARTBEAT = 10  # milliseconds
GAP = 0.1  # seconds of the thread's own time between two beats
WAITS = (0, 0, 5, 20, 60)  # milliseconds between two steps
LEFT_OUT = ("quit", "close", "print", "new_window", "language", "full_screen", "present")
"""Parts of names of actions that end the program, or show what a person has to answer outside of it."""


class Monkey:
    """A window, hands, and what was found with them."""

    def __init__(self, seed: int, gap: float = GAP) -> None:
        from PySide6.QtCore import QTimer, qInstallMessageHandler
        from PySide6.QtGui import QAction

        from explorer.app import create_window

        self.chance, self.findings = random.Random(seed), Counter[str]()
        self.doing, self.largest, self.slowest, self._allowed = "opening", 0.0, "", gap
        qInstallMessageHandler(lambda kind, context, text: "This plugin" in text or self._found(f"Qt: {text}"))
        sys.excepthook = self._fault
        self.window = create_window()
        self.window.resize(1366, 768)
        self.window.show()
        self.actions = [
            one for one in self.window.findChildren(QAction)
            if one.objectName() and not one.menu() and not any(part in one.objectName() for part in LEFT_OUT)
        ]  # fmt: skip
        self.ways: list[tuple[int, Callable[[], str]]] = [
            (5, self._action), (4, self._text), (3, self._keys), (3, self._step), (2, self._click), (1, self._size),
            (1, self._value),
        ]  # fmt: skip
        self._before = time.thread_time()
        self.beat = QTimer()
        self.beat.setInterval(HEARTBEAT)
        self.beat.timeout.connect(self._beat)
        self.beat.start()

    # -- what is watched -------------------------------------------------------------------------------------------

    def _found(self, what: str) -> None:
        if not self.findings[what]:
            print(f"--- {self.doing}: {what}"[:900], flush=True)
        self.findings[what] += 1

    def _fault(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        self._found("".join(traceback.format_exception(kind, error, trace)[-4:]))

    def _beat(self) -> None:
        now = time.thread_time()
        gap, self._before = now - self._before, now
        if gap > self.largest:
            self.largest, self.slowest = gap, self.doing
        if gap > self._allowed:
            self._found(f"{gap * 1000:.0f} ms without a heartbeat")
        from PySide6.QtWidgets import QApplication, QDialog

        for widget in (QApplication.activeModalWidget(), QApplication.activePopupWidget()):
            if widget is not None and self.chance.random() < 0.3:  # a person answers, sooner or later
                widget.reject() if isinstance(widget, QDialog) else widget.close()

    # -- what is done ----------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Do one thing, and let the window work for a moment."""
        from PySide6.QtTest import QTest

        way = self.chance.choices([one for _, one in self.ways], [weight for weight, _ in self.ways])[0]
        self.doing = way.__name__.strip("_")
        self.doing = way() or self.doing
        QTest.qWait(self.chance.choice(WAITS))

    def _action(self) -> str:
        from PySide6.QtCore import QTimer

        action = self.chance.choice(self.actions)
        self.doing = action.objectName()
        if action.isEnabled():
            QTimer.singleShot(0, action.trigger)
        return action.objectName()

    def _text(self) -> str:
        editor = self.window.function.editor
        text = mutate(self.chance.choice(SEEDS), self.chance)
        self.doing = f"text {text!r}"
        if self.chance.random() < 0.5:
            editor.setPlainText(text)
        else:
            from PySide6.QtGui import QTextCursor

            cursor = editor.textCursor()
            cursor.setPosition(self.chance.randrange(max(1, editor.document().characterCount())))
            right, keep = QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor
            cursor.movePosition(right, keep, self.chance.randrange(4))
            cursor.insertText(text[: self.chance.randrange(12)])
        return self.doing

    def _keys(self) -> str:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        keys = [getattr(Qt.Key, f"Key_{name}") for name in (
            "Left", "Right", "Up", "Down", "Home", "End", "Tab", "Escape", "Return", "Space", "Backspace", "F10", "F11",
            "F8", "PageUp", "PageDown", "A", "F", "Plus", "Minus", "1", "Delete",
        )]  # fmt: skip
        held = [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier]
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, self.chance.choice(keys), self.chance.choice(held))
        return f"keys in {target.objectName()}"

    def _step(self) -> str:
        self.window.player.seek(self.chance.randrange(self.window.player.last + 1))
        return "step"

    def _click(self) -> str:
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QWidget

        shown = [one for one in self.window.findChildren(QWidget) if one.isVisible() and one.width() > 4 < one.height()]
        widget = self.chance.choice(shown)
        at = QPoint(self.chance.randrange(widget.width()), self.chance.randrange(widget.height()))
        self.doing = f"click on {widget.objectName() or type(widget).__name__}"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        return self.doing

    def _size(self) -> str:
        self.window.resize(self.chance.randrange(900, 1700), self.chance.randrange(600, 1000))
        return "size"

    def _value(self) -> str:
        timeline = self.window.shown.timeline
        names = sorted(timeline.run.inputs) if timeline is not None else []
        if names:
            value = self.chance.choice((0.0, -1.5, 3.0, 1e9, float("nan")))
            self.window.session.set_input(self.chance.choice(names), value)
        return "value"


def held() -> int:
    """Bytes of memory that this process holds; 0 where the system does not tell."""
    from core.basics import memory

    gc.collect()
    return memory.held() or 0


def run(seed: int, steps: int, seconds: float, gap: float = GAP) -> Monkey:
    """Let a monkey work for so many steps, or for so long, and print how it went."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog

    for name in ("getOpenFileName", "getSaveFileName"):  # nobody is there to choose
        setattr(QFileDialog, name, staticmethod(lambda *_, **__: ("", "")))
    setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_, **__: ""))  # noqa: B010
    setattr(QInputDialog, "getText", staticmethod(lambda *_, **__: ("", False)))  # noqa: B010
    print(f"seed {seed}", flush=True)
    monkey, began, done = Monkey(seed, gap), time.monotonic(), 0
    early: tuple[float, int] | None = None
    while done < steps and time.monotonic() - began < seconds:
        monkey.step()
        done += 1
        if early is None and (time.monotonic() - began > min(600.0, seconds / 3) or done > steps / 3):
            early = time.monotonic() - began, held()
    monkey.beat.stop()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    widgets, now = len(QApplication.allWidgets()), held()
    grown = f", {now / early[1] - 1:+.0%} since {early[0]:.0f} s" if early and early[1] else ""
    print(
        f"monkey: {done} steps, {monkey.findings.total()} findings, largest gap {monkey.largest * 1000:.0f} ms in "
        f"{monkey.slowest[:80]}, {now / 1e6:.0f} MB{grown}, {widgets} widgets",
        flush=True,
    )
    monkey.window.close()
    return monkey


def main(arguments: list[str] | None = None) -> int:
    """Let a monkey loose on a window; 1 when it found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz monkey", description=__doc__)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6)
    parser.add_argument("--steps", type=int, default=10**9)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--gap", type=float, default=GAP, help="seconds that the thread may compute at once")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="tape-explorer-monkey-") as home:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            os.environ[name] = str(Path(home) / name.lower())
        found = run(options.seed, options.steps, options.seconds, options.gap).findings
    return int(bool(found))
