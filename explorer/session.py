"""The session: a text at a point, what the engine says about it, and what is wrong with it.

Work that takes longer than a moment is done at the desk; the last good answer stays while a new one is worked out or
the text is wrong. Knows no widget and no clock.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from keyword import kwlist

import numpy as np
from PySide6.QtCore import QObject, Signal

from core.basics.budget import Budget
from core.basics.errors import ProgramError
from core.basics.words import say
from core.checking.by_hand import Compared
from core.checking.timelines import Checks
from core.run import At, Run
from core.timeline import Timeline
from explorer.desk import PATIENCE, Desk, Result, Work
from explorer.drawing.measure import Measure, estimated
from explorer.drawing.picture import Picture
from explorer.model.answer import Answer, answer
from explorer.model.curve import Curve
from explorer.model.direction import direction_of
from explorer.model.document import Document
from explorer.model.question import Question
from explorer.model.study import Studied, curve, study
from explorer.model.values import Value, moved

OPENING_PATIENCE = 0.5
"""Seconds to wait for an answer where another document is opened, and there is nothing else to look at."""
ALIKE = 0.3
"""Share of the names of the shorter of two texts that are in the other, below which it was not made from it."""
RUN, STUDY, CURVE = "run", "study", "curve"
"""The jobs at the desk."""
_NAME = re.compile(r"[^\W\d]\w*")

Chosen = tuple[dict[str, Value], dict[str, bool], dict[str, Value]]
"""What the user chose for inputs: values, whether they are watched, directions."""


Choices = tuple[dict[str, Value], dict[str, bool]]
"""By name the values that a person chose, and whether inputs were switched to be watched."""


class Session(QObject):
    """Holds the question, the last good answer, and what was computed about it since."""

    choosing = Signal(str)
    changed = Signal()
    problem_changed = Signal()
    checked = Signal()
    curve_changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None, measure: Measure = estimated) -> None:
        """`measure` tells how wide the texts of the graph are."""
        super().__init__(parent)
        self._measure = measure
        self._desk = desk
        self._values: dict[str, Value] = {}
        self._switches: dict[str, bool] = {}
        self._direction: dict[str, Value] = {}
        self._aside: tuple[str, Chosen] = ("", ({}, {}, {}))
        self._plotted: tuple[str, int] | None = None
        self._last = Answer(Question())
        self._announcing = False
        self.slow = False
        self.text = ""
        self.output = ""
        self.at: At | None = None
        self.mode = "reverse"
        self.limits = Budget()
        self.problem: ProgramError | None = None
        self._studied: Studied | None = None
        self._curve: Curve | None = None
        desk.failed.connect(self._take_failure)

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
    def disagreements(self) -> Mapping[str, str]:
        """By input, what to say where the program's own tape watches otherwise than the user has chosen."""
        return self._last.disagreements

    @property
    def checks(self) -> Checks:
        """What finite differences say about the gradients of the last good run; nothing while it is not known."""
        return self._studied.checks if self._studied else {}

    @property
    def by_hand(self) -> Sequence[Compared]:
        """The derivatives that the text works out by hand, beside the tape's; none while they are not known."""
        return self._studied.by_hand if self._studied else ()

    @property
    def memory(self) -> np.ndarray:
        """The bytes that the tape keeps at each step; empty while they are not known."""
        return self._studied.memory if self._studied else np.zeros(0)

    @property
    def curve(self) -> Curve | None:
        """The output along the input that is looked at."""
        return self._curve

    @property
    def stale(self) -> bool:
        """Whether the last good run is not that of the present text."""
        return self.run is not None and self.run.program.text != self.text

    @property
    def busy(self) -> bool:
        """Whether the run, its checks or its curve are still being worked out."""
        return self._desk.busy(RUN, STUDY, CURVE)

    @property
    def unwatched(self) -> frozenset[str]:
        """Inputs that the user has switched off the tape."""
        return frozenset(name for name, on in self._switches.items() if not on)

    @property
    def watched(self) -> frozenset[str]:
        """Inputs that the user has switched onto the tape."""
        return frozenset(name for name, on in self._switches.items() if on)

    def is_watched(self, name: str) -> bool:
        """Whether the tape of the last good run watches an input; what was switched counts before there is one."""
        if self.run is None:
            return self._switches.get(name, True)
        return self._switches.get(name, name in self.run.watched)

    def direction(self) -> dict[str, Value]:
        """How fast each watched input of the last good run moves in forward mode."""
        return direction_of(self.run, self._direction) if self.run else dict(self._direction)

    def chosen_direction(self) -> dict[str, Value]:
        """The directions that the user gave, of inputs that there are."""
        names = self.point()
        return {name: value for name, value in self._direction.items() if name in names}

    def point(self) -> dict[str, Value]:
        """The inputs of the last good run with their present values."""
        if self.run is None:
            return dict(self._values)
        present = {**self.run.point, **self._values}
        return {name: self.run.point[name] if self.is_fixed(name) else present[name] for name in self.run.point}

    def is_fixed(self, name: str) -> bool:
        """Whether an input is what the loop has made of it before the pass that is shown, so that nobody sets it."""
        passes = self.run.passes if self.run is not None else None
        return passes is not None and passes.at != 1 and name in passes.states

    def watch_is_fixed(self, name: str) -> bool:
        """Whether an input is watched whatever one likes: a number of the loop's own that the text does not set."""
        return self.run is not None and name not in self.run.program.whole.input_names

    def set_text(self, text: str) -> None:
        """Take another text; what was chosen for the inputs of a wholly other program is set aside."""
        if text != self.text:
            self._choose_for(text)
            self.text = text
            self._ask()

    def _choose_for(self, text: str) -> None:
        """A matrix called x is of no use to the next program with an x; but an undo finds all as it was."""
        former, chosen = self._aside
        now = self._values, self._switches, self._direction
        if text == former:
            self._values, self._switches, self._direction = chosen
        elif self.run is not None and any(now) and is_another(self.run.program.text, text):
            self._aside = self.run.program.text, now
            self._values, self._switches, self._direction = {}, {}, {}
            self.at = None

    def choices(self) -> Choices:
        """The values and the switches that were chosen."""
        return dict(self._values), dict(self._switches)

    def choose(self, choices: Choices) -> None:
        """Take values and switches that were chosen before."""
        values, switches = choices
        self._values, self._switches = dict(values), dict(switches)
        self._ask()

    def set_input(self, name: str, value: Value) -> None:
        """Give an input another value."""
        self.choosing.emit(name)
        self._values[name] = value
        self._ask()

    def set_inputs(self, values: Mapping[str, Value]) -> None:
        """Give some inputs other values at once."""
        self._values |= values
        self._ask()

    def chosen_values(self) -> dict[str, Value]:
        """The values that were chosen for inputs; the others are as the text has them."""
        return dict(self._values)

    def choose_values(self, values: Mapping[str, Value]) -> None:
        """Choose these values and no others."""
        self._values = dict(values)
        self._ask()

    def set_element(self, name: str, element: int, to: float) -> None:
        """Change one number of an input."""
        if self.run is not None and name in self.run.point:
            self.set_input(name, moved(self.point()[name], element, to))

    def set_watched(self, name: str, watched: bool) -> None:
        """Let the tape watch an input, or not."""
        self.choosing.emit(f"{name} watched")
        self._switches[name] = watched
        self._ask()

    def set_mode(self, mode: str) -> None:
        """Sweep in reverse, or forward along a direction."""
        if mode != self.mode:
            self.mode = mode
            self._ask()

    def set_direction(self, name: str, value: Value) -> None:
        """Let an input move so fast in forward mode; the others move on as they are shown."""
        self._direction |= self.direction() | {name: value}
        self._ask()

    def set_limits(self, limits: Budget) -> None:
        """Let programs use so much."""
        self.limits = limits
        self._ask()

    def stop(self) -> None:
        """Give up what is being worked out; the last good run stays."""
        asking = self._desk.busy(RUN)
        self._desk.cancel(RUN, STUDY, CURVE)
        if asking:
            self.problem = ProgramError(
                say("app.stopped-before-done", "Stopped before it was done."),
                None,
                say("app.change-something-run-again", "Change something to run it again."),
            )
            self.problem_changed.emit()

    def set_output(self, name: str) -> None:
        """Differentiate another value of the program, in the pass that makes it; "" is its output."""
        if name != self.output or self.at is not None:
            self.output, self.at = name, None
            self._ask()

    def set_pass(self, at: At) -> None:
        """Look at another pass of a loop that trains, at what follows it, or at all of it."""
        passes = self.run.passes if self.run is not None else None
        if at != self.at and (passes is None or at != passes.at):
            self.at = at
            if at in ("after", "all"):
                self.output = ""
            self._ask()

    def set_all(self, document: Document) -> None:
        """Take another question altogether."""
        self.text, self.output, self.mode = document.text, document.output, document.mode
        self.at = None
        self._values, self._direction = dict(document.inputs), dict(document.direction)
        self._switches = dict.fromkeys(document.unwatched, False) | dict.fromkeys(document.watched, True)
        self._last = Answer(Question())
        self._studied = self._curve = None
        self.slow = False
        self._ask(OPENING_PATIENCE)

    def keep_picture(self, picture: Picture) -> None:
        """Let the graph of the last good run be folded like this from now on."""
        if self._last.timeline is picture.timeline:
            self._last = replace(self._last, picture=picture)

    def plot_along(self, name: str, element: int) -> None:
        """Keep a curve along one number of an input from now on."""
        self._plotted = (name, element)
        if not self._announcing:
            self._draw_curve()

    def plot_nothing(self) -> None:
        """Nobody looks at the curve any more."""
        self._plotted = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """By the name of an action what it does."""
        return {"forward_mode": lambda: self.set_mode("reverse" if self.mode == "forward" else "forward")}

    def _ask(self, patience: float = PATIENCE) -> None:
        question = Question(
            self.text, dict(self._values), dict(self._switches), self.output, self.at, self.mode,
            dict(self._direction), self.limits,
        )  # fmt: skip
        last = self._last
        self._desk.cancel(STUDY, CURVE)
        self._desk.submit(
            RUN,
            lambda work: answer(question, last, work.budget, work.stage, self._measure),
            self._take,
            "recording",
            0.0 if self.slow else patience,
            self.limits,
            urgent=True,
        )
        self.slow = self._desk.busy(RUN)

    def _take(self, found: Answer) -> None:
        self.problem = found.problem
        if found.run is not None:
            self._last = found
            self._studied = self._curve = None
            self._announcing = True
            self.changed.emit()
            self._announcing = False
        self.problem_changed.emit()
        if found.run is not None:
            self._study()
            self._draw_curve()

    def _study(self) -> None:
        """Work out the checks and the memory."""
        timeline = self.timeline
        if timeline is not None and not self._desk.busy(RUN):

            def do(work: Work) -> Studied:
                return study(timeline, work.budget)

            self._submit(STUDY, do, self._take_study)

    def _draw_curve(self) -> None:
        """Work out the curve that is looked at: a job of its own, so that neither takes the other with it."""
        run, plotted = self.run, self._plotted
        if plotted is None:
            self._take_curve(None)
        elif run is not None and not self._desk.busy(RUN):

            def do(work: Work) -> Curve | None:
                return curve(run, *plotted, work.budget)

            self._submit(CURVE, do, self._take_curve)

    def _submit(self, name: str, do: Callable[[Work], Result], deliver: Callable[[Result], object]) -> None:
        self._desk.submit(name, do, deliver, "checking", PATIENCE / 4, self.limits, urgent=True)

    def _take_study(self, found: Studied) -> None:
        self._studied = found
        self.checked.emit()

    def _take_curve(self, found: Curve | None) -> None:
        self._curve = found
        self.curve_changed.emit()

    def _take_failure(self, name: str, _sentence: str) -> None:
        """No line is drawn rather than that of an earlier run."""
        if name == CURVE:
            self._take_curve(None)


def is_another(old: str, new: str) -> bool:
    """Whether a text was put in the place of another, rather than made from it: few names are in both."""
    one, two = (set(_NAME.findall(text)) - set(kwlist) for text in (old, new))
    return len(one & two) < ALIKE * min(len(one), len(two))


def sizes(point: Mapping[str, Value]) -> dict[str, int]:
    """How many numbers each input has."""
    return {name: int(np.size(value)) for name, value in point.items()}
