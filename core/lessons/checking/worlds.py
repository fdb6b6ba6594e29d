"""The runs in which a lesson's moments are looked for: its own, and those that its tasks lead to.

Knows lessons and runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from core.basics.budget import Budget
from core.basics.errors import ProgramError
from core.lessons.lesson import Do, Lesson, Moment
from core.lessons.opening import study_of
from core.lessons.showing import expressions_in
from core.lessons.study import EVERYTHING, LEARNERS_OWN, Learner, Study
from core.navigation.logic import Unknown
from core.navigation.places import Missing


class Anchor(NamedTuple):
    """Where a moment is first due: the run, the step, and the learner who gets there."""

    study: Study
    step: int
    learner: Learner

    def known(self, anchored: bool = False) -> dict[str, Any]:
        """What is known there."""
        return self.study.known(self.step, anchored, self.learner)


class Worlds:
    """The lesson's own run, and for each task that changes something the run after it."""

    def __init__(self, lesson: Lesson, budget: Budget) -> None:
        self.lesson, self.budget = lesson, budget
        self.own = study_of(lesson, budget)
        self.changed: dict[int, Study | ProgramError] = {}
        for moment in lesson.moments:
            if isinstance(moment.task, Do) and (moment.task.by or moment.task.program):
                self.changed[moment.number] = self._after(moment.task)

    def _after(self, do: Do) -> Study | ProgramError:
        try:
            return study_of(self.lesson, self.budget, do.by, do.program)
        except ProgramError as error:
            return error

    @property
    def expects_failure(self) -> bool:
        """Whether some moment is about the program's failing."""
        used = {name for moment in self.lesson.moments for one in expressions_in(moment) for name in one.functions}
        return "failure" in used | {name for claim in self.lesson.claims for name in claim.that.functions}

    def anchor(self, moment: Moment) -> Anchor | None:
        """Where the moment is first due, in the lesson's own run or after an earlier task; raises Missing."""
        missing: Missing | None = None
        for study, learner in self._ways_to(moment):
            try:
                step = study.first_step(moment.at, learner)
            except Missing as error:
                missing = missing or error
                continue
            if step is not None:
                return Anchor(study, step, learner)
        if missing is not None:
            raise missing
        return None

    def _ways_to(self, moment: Moment) -> Iterator[tuple[Study, Learner]]:
        yield self.own, Learner()
        done = Learner(True, EVERYTHING)
        if moment.at.functions & LEARNERS_OWN:
            last = len(self.own.training.losses) - 1 if self.lesson.train else 0
            yield from ((self.own, Learner(True, EVERYTHING, step)) for step in range(last + 1))
        for number, study in self.changed.items():
            if number < moment.number and isinstance(study, Study):
                yield study, done

    def meets(self, number: int, do: Do) -> bool:
        """Whether a task's condition holds once it is done, at some step."""
        study = self.changed.get(number, self.own)
        if isinstance(study, ProgramError):
            return False
        for learner in (Learner(), Learner(True, EVERYTHING, 10**6)):
            try:
                if study.first_step(do.until, learner) is not None:
                    return True
            except (Missing, Unknown, ProgramError):
                continue
        return False
