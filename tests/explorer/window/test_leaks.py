"""What a long day at the window costs: if these fail, it grows slower and larger with every edit."""

import gc
import os
import threading
from collections import Counter

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from explorer.desk import MOST_LEFT_BEHIND, MOST_THREADS
from explorer.model.document import Document
from tests.explorer.conftest import rest

TEXTS = ("a*b + a", "sin(a) * exp(b)", "z = a*a\nz*b + z", "np.sum(v) + a", "a +", "def f(a, b):\n  return a*b\n", "b")
AT_WORK = 3  # timers, animations and the like that there may be at any moment
PAGES = ("graph", "plot", "code", "checks", "matrices")


def counted(window) -> Counter:
    """What there is of everything that may pile up."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    found = Counter(type(one).__name__ for one in window.findChildren(QObject))
    found["top level"] = len(QApplication.topLevelWidgets())
    found["threads"] = sum(thread.name != "desk" for thread in threading.enumerate())  # of those there are a few
    if os.path.isdir("/proc/self/fd"):
        found["descriptors"] = len(os.listdir("/proc/self/fd"))
    return found


def work(window, qtbot, rounds: int) -> None:
    """Edits, steps and pages."""
    for number in range(rounds):
        if number % 25 == 24:
            window.files.start(Document(text=TEXTS[number % len(TEXTS)], inputs={"a": 1.0 + number}))
        elif number % 2:
            window.session.set_input("a", 2.0 + number)
        else:
            window.function.editor.setPlainText(TEXTS[number % len(TEXTS)])
            window.take_text()
        rest(window, qtbot)
        window.player.seek(number % (window.player.last + 1))
        if number % 10 == 0:  # others than the graph are painted slowly
            window.centre.show_tab(PAGES[number // 10 % len(PAGES)])
            rest(window, qtbot)
            window.centre.show_tab("graph")


def test_three_hundred_edits_leave_nothing_behind(window, qtbot):
    work(window, qtbot, 50)  # until everything has been made that is made once
    before = counted(window)
    work(window, qtbot, 300)
    after = counted(window)
    assert sum(thread.name == "desk" for thread in threading.enumerate()) <= MOST_THREADS + MOST_LEFT_BEHIND
    grown = {name: (before[name], count) for name, count in after.items() if count > before[name] + AT_WORK}
    assert grown == {}
