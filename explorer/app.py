"""Making the application and its window. Reads the command line of the window; the rest is `explorer.cli`."""

import signal
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from core.basics.words import say
from core.lessons.lesson import LessonError
from explorer.arguments import InputError, parser, point_from, source
from explorer.lessons.shelf import opened
from explorer.model.document import Document
from explorer.window.window import MainWindow

NAME = "tape-explorer"
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""What asks the program to end from outside; unsaved work is kept first. Not every system has all of them."""


def create_window(argv: Sequence[str] = ()) -> MainWindow:
    """The window, neither shown nor running, with what the command line asks for."""
    application()
    options = parser().parse_args(list(argv))
    window = MainWindow()
    try:
        window.open_first(_document(options) if options.text else None)
        if options.lesson:
            window.open_lesson(opened(options.lesson))
    except (InputError, LessonError) as error:
        window.open_first()
        window.centre.notice.say(f"{error}")
    return window


def _document(options: Namespace) -> Document:
    """What the command line describes."""
    names = [pair.partition("=")[0] for pair in options.at]
    document = source(options.text)
    inputs = document.inputs | point_from(options.at, names)
    mode = options.mode if options.mode != "reverse" else document.mode
    direction = document.direction | point_from(options.along, [pair.partition("=")[0] for pair in options.along])
    return replace(document, inputs=inputs, output=options.of or document.output, mode=mode, direction=direction)


def run_app(argv: Sequence[str] = ()) -> int:
    """Show the window and run until it is closed; returns the exit status."""
    app = application()
    window = create_window(argv)
    window.show()
    if window.settings.is_new and not argv:
        window.greet()
    sys.excepthook = partial(_tell_fault, window)
    for name in SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: window.leave())
    listen = QTimer()  # lets Python see signals, such as Ctrl+C in the terminal
    listen.timeout.connect(lambda: None)
    listen.start(200)
    return app.exec()


def _tell_fault(
    window: MainWindow, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """What was raised where nobody waited for it: for the terminal in full, and in the window in a sentence."""
    sys.__excepthook__(kind, error, trace)
    sentence = say("app.something-went-wrong", "Something went wrong: {message}. The fault is ours.", message=error)
    with suppress(RuntimeError):  # the window may be gone
        window.places.say(sentence)


def application() -> QApplication:
    """The one QApplication."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([NAME])
    app.setApplicationName(NAME)
    app.setApplicationDisplayName("")
    app.setDesktopFileName(NAME)
    return app
