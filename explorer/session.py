"""The session: a text at a point, what the engine says about it, and what is wrong with it.

The only caller of the engine. Work that takes longer than a moment is done beside the window's thread; the
last good answer stays while a new one is worked out or the text is wrong. Knows no widget and no clock.
"""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QObject, Signal

from core.errors import ProgramError
from core.record import Run
from core.timeline import Timeline
from explorer.analysis import Answer, Checks, Question, answer, moved, study
from explorer.curve import Curve
from explorer.picture import Picture
from explorer.values import Value
from explorer.worker import Worker

PATIENCE = 0.04
"""Seconds the window waits for an answer before it goes on without."""
OPENING_PATIENCE = 0.5
"""The same where another document is opened, and there is nothing else to look at."""


class Session(QObject):
    """Holds the question, the last good answer, and what was computed about it since."""

    changed = Signal()
    problem_changed = Signal()
    checked = Signal()
    curve_changed = Signal()
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker(self)
        self._worker.busy_changed.connect(self.busy_changed)
        self._values: dict[str, Value] = {}
        self._unwatched: set[str] = set()
        self._plotted: tuple[str, int] | None = None
        self._last = Answer(Question())
        self._asking = False
        self.slow = False
        self.text = ""
        self.output = ""
        self.problem: ProgramError | None = None
        self.checks: Checks = {}
        self.curve: Curve | None = None

    @property
    def run(self) -> Run | None:
        """The last good run."""
        return self._last.run

    @property
    def timeline(self) -> Timeline | None:
        """The steps of the last good run."""
        return self._last.timeline

    @property
    def picture(self) -> Picture | None:
        """The placed graph of the last good run."""
        return self._last.picture

    @property
    def warning(self) -> ProgramError | None:
        """Where the numbers of the last good run stop being finite."""
        return self._last.warning

    @property
    def stale(self) -> bool:
        """Whether the last good run is not that of the present text."""
        return self.run is not None and self.run.program.text != self.text

    @property
    def busy(self) -> bool:
        """Whether something is being worked out beside the window's thread."""
        return self._worker.busy

    @property
    def unwatched(self) -> frozenset[str]:
        """Inputs that the tape does not watch."""
        return frozenset(self._unwatched)

    def point(self) -> dict[str, Value]:
        """The inputs of the last good run with their present values."""
        if self.run is None:
            return dict(self._values)
        return {name: self._values.get(name, value) for name, value in self.run.point.items()}

    def set_text(self, text: str) -> None:
        """Take another text."""
        if text != self.text:
            self.text = text
            self._ask()

    def set_input(self, name: str, value: Value) -> None:
        """Give an input another value."""
        self._values[name] = value
        self._ask()

    def set_element(self, name: str, element: int, to: float) -> None:
        """Change one number of an input."""
        if self.run is not None and name in self.run.point:
            self.set_input(name, moved(self.point()[name], element, to))

    def set_watched(self, name: str, watched: bool) -> None:
        """Let the tape watch an input, or not."""
        (self._unwatched.discard if watched else self._unwatched.add)(name)
        self._ask()

    def set_output(self, name: str) -> None:
        """Differentiate another value of the program; "" is its output."""
        if name != self.output:
            self.output = name
            self._ask()

    def set_all(self, text: str, values: Mapping[str, Value], unwatched: frozenset[str], output: str) -> None:
        """Take another question altogether."""
        self.text, self.output = text, output
        self._values, self._unwatched = dict(values), set(unwatched)
        self._last = Answer(Question())
        self.slow = False
        self._ask(OPENING_PATIENCE)

    def plot_along(self, name: str, element: int) -> None:
        """Keep a curve along one number of an input from now on."""
        self._plotted = (name, element)
        self._study()

    def plot_nothing(self) -> None:
        """Nobody looks at the curve any more."""
        self._plotted = None

    def close(self) -> None:
        """End all work."""
        self._worker.close()

    def _ask(self, patience: float = PATIENCE) -> None:
        question = Question(self.text, dict(self._values), frozenset(self._unwatched), self.output)
        last, self._asking = self._last, True
        wait = 0.0 if self.slow else patience
        self._worker.submit(lambda budget: answer(question, last, budget), self._take, wait)
        self.slow = self._worker.busy

    def _take(self, found: Answer) -> None:
        self.problem, self._asking = found.problem, False
        if found.run is not None:
            self._last = found
            self.checks, self.curve = {}, None
            self.changed.emit()
        self.problem_changed.emit()
        if found.run is not None:
            self._study()

    def _study(self) -> None:
        """Work out the checks, where they are missing, and the curve that is looked at."""
        run, plotted, known = self.run, self._plotted, self.checks
        if run is not None and not self._asking:
            self._worker.submit(
                lambda budget: study(run, plotted, known, budget),
                lambda found: self._take_study(*found),
                PATIENCE / 4,
            )

    def _take_study(self, found: Checks, drawn: Curve | None) -> None:
        self.checks, self.curve = found, drawn
        self.checked.emit()
        self.curve_changed.emit()


def sizes(point: Mapping[str, Value]) -> dict[str, int]:
    """How many numbers each input has."""
    return {name: int(np.size(value)) for name, value in point.items()}
