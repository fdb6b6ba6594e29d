"""A race as it runs: trained at the desk, played by a clock, and stepped by hand.

Knows the desk and the race; knows no picture.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from core.basics.words import say
from core.run import Run
from core.training import Plan
from core.training.in_text import TrainingInText
from explorer.desk import Desk, Work
from explorer.model.values import Value
from explorer.parts.training.race import Race

FRAME_MS = 16
TRAIN = "training"
"""The job at the desk."""


class Course(QObject):
    """Signals: `moved` (there is another frame to draw), `rested` (nothing moves any more), `changed` (something
    begins or ends to be trained or played) and `ended` (all optimizers are done).
    """

    moved = Signal()
    rested = Signal()
    changed = Signal()
    ended = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.race = Race()
        self._text = ("", "")
        """The text whose own training is shown, and the point where it begins."""
        self.clock, self._elapsed = QTimer(self), QElapsedTimer()
        self.clock.setInterval(FRAME_MS)
        self.clock.timeout.connect(lambda: self.tick(self._elapsed.restart() / 1000))
        desk.changed.connect(self.changed)

    @property
    def going(self) -> bool:
        """Whether something is being trained."""
        return self._desk.busy(TRAIN)

    def forget(self) -> None:
        """Another program: its trainings are of no use here."""
        self.stop()
        self.race, self._text = Race(), ("", "")

    def start(
        self, program: Any, point: Mapping[str, Value], plans: Sequence[Plan], series: Mapping[str, Sequence[Value]],
        play: bool = True,
    ) -> None:  # fmt: skip
        """Train from a point with each plan; then stand at the end, or `play` from the beginning meanwhile."""
        from explorer.parts.training.work import train_all

        race = self.race = Race([plan.optimizer for plan in plans], plans[0].steps)
        race.playing = play
        start = dict(point)

        def do(work: Work) -> str:
            def told(name: str, training: Any) -> None:
                race.trainings[name] = training
                work.progress((len(training.losses) - 1) / max(race.last, 1))

            return train_all(program, start, plans, series, told, lambda: work.cancelled)

        words = say("training.training", "training")
        self._desk.submit(TRAIN, do, lambda problem: self._take_end(race, problem, play), words, grace=0.0)
        self._run()

    def show_text(self, run: Run, chosen: Mapping[str, Value]) -> None:
        """Find the training that the text does itself, and show its passes as steps; `chosen` is where it begins."""
        from explorer.parts.training.work import found_in

        text, start = (run.program.text, repr(chosen)), dict(chosen)
        other = bool(self.race.trainings) and not isinstance(self.race.lead, TrainingInText)
        if not other and text != self._text:
            self._text = text
            words = say("training.reading-text", "looking for a training in the text")
            self._desk.submit(TRAIN, lambda work: found_in(run, start, work.budget), self._take_text, words)

    def _take_text(self, found: TrainingInText | None) -> None:
        self.race = Race.in_text(found) if found is not None else Race()
        self.changed.emit()
        self.moved.emit()
        self.rested.emit()

    def stop(self) -> None:
        """Train no further, and keep what there is."""
        self._desk.cancel(TRAIN)

    def _take_end(self, race: Race, problem: str, play: bool) -> None:
        """All optimizers are done, or one cannot be used, for which there is a sentence."""
        if race is self.race:
            race.problem = problem
            if not play:
                race.seek(race.known)
            self.changed.emit()
            self.ended.emit()

    def _run(self) -> None:
        self._elapsed.start()
        self.clock.start()
        self.changed.emit()

    def tick(self, seconds: float) -> None:
        """Let time pass."""
        self.race.tick(seconds, self.going)
        self.moved.emit()
        if not self.race.playing and not self.going:
            self.clock.stop()
            self._rest()

    def seek(self, step: int) -> None:
        """Stand at a step."""
        self.race.seek(step)
        self.moved.emit()
        self._rest()

    def _rest(self) -> None:
        self.changed.emit()
        self.rested.emit()

    def do(self, key: str) -> None:
        """Do what a key of the transport says."""
        race = self.race
        if key == "play" and race.playing:
            race.playing = False
            self.changed.emit()
        elif key == "play":
            race.play()
            self._run()
        else:
            places = {"to_start": 0, "step_back": race.step - 1, "step_forward": race.step + 1, "to_end": race.known}
            self.seek(places[key])
