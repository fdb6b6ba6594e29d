"""The run that a lesson is about, as something expressions are asked of: at a step, at another point, after a training.

What was worked out once is kept, so that asking again costs nothing. Knows runs; knows no moment and no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from core.basics.budget import Budget
from core.basics.errors import ProgramError
from core.basics.words import say
from core.checking.runs import checks
from core.language import parse
from core.mistakes import Mistake, wrong_timeline
from core.navigation.anchors import first_step, known_at
from core.navigation.grammar import Expression
from core.navigation.logic import Unknown
from core.navigation.places import Places
from core.run import Run, record
from core.second_derivatives.runs import RunAgain, differentiate_again
from core.sweeps import tangents
from core.timeline import Timeline
from core.training import PlanError, Training, read_plan, train

if TYPE_CHECKING:
    from core.language.program import Program

Known = dict[str, Any]
LEARNERS_OWN = frozenset(("edited", "did", "training_step"))
"""Functions that no run answers: a condition with one of them may come true at any time."""
MOST_TRAINED = 2_000
"""Steps of training that a lesson may ask for."""


class Everything(frozenset[str]):
    """Every action that there is."""

    def __contains__(self, act: object) -> bool:
        return True


EVERYTHING = Everything()


@dataclass
class Learner:
    """What the learner did that no run knows of: edits, actions of the window, the training step that is looked at."""

    edited: bool = False
    acts: Collection[str] = field(default_factory=set)
    training_step: int = 0


@dataclass(frozen=True)
class Setting:
    """How a program is run: which inputs are watched, what is differentiated, which way, how it is trained."""

    watch: tuple[str, ...] | None = None
    of: str = ""
    mode: Literal["reverse", "forward"] = "reverse"
    along: Mapping[str, Any] = field(default_factory=dict)
    train: str = ""


class Study:
    """One run with its timeline, and what expressions may ask of it.

    `verdict` says whether the gradients agree with finite differences where somebody has found that out already.
    """

    def __init__(self, timeline: Timeline, setting: Setting, budget: Budget | None = None) -> None:
        self.timeline, self.run, self.setting = timeline, timeline.run, setting
        self.verdict: bool | None = None
        self.is_wrong = False
        self._budget = budget
        self._again: dict[str, RunAgain | None] = {}
        self._at: dict[tuple[tuple[str, str], ...], Study] = {}
        self._wrong: dict[Mistake, Study] = {}
        self._training: Training | None = None
        self._first: dict[str, int | None] = {}

    @classmethod
    def at_point(
        cls, program: Program, point: Mapping[str, Any], setting: Setting, budget: Budget | None = None
    ) -> Study:
        """The study of a program at a point; raises ProgramError where it cannot be run at all."""
        run = record(program, dict(point), setting.watch, setting.of or None, budget)
        return cls(Timeline.of(run, _direction(run, setting)), setting, budget)

    @classmethod
    def of_text(cls, text: str, point: Mapping[str, Any], setting: Setting, budget: Budget | None = None) -> Study:
        """The study of a text at a point; raises ProgramError where it cannot be read."""
        program = parse(text)
        names = set(program.input_names)
        for name in point:
            if name not in names:
                raise ProgramError(say("lessons.no-input", "The program has no input `{name}`.", name=name))
        return cls.at_point(program, point, setting, budget)

    # -- asking ------------------------------------------------------------------------------------------------

    def known(self, step: int | None = None, anchored: bool = False, learner: Learner | None = None) -> Known:
        """What an expression is asked with: at a step (the last one when None), for a text unless it is `anchored`."""
        at = len(self.timeline) if step is None else step
        more = {"study": self, "learner": learner or Learner()}
        return {**known_at(self.timeline, at, self.places, more), "anchored": anchored}

    def seen_by(self, learner: Learner) -> Callable[[int], Known]:
        """What a condition is asked with, as a function of the step."""
        return lambda step: self.known(step, True, learner)

    def first_step(self, condition: Expression, learner: Learner) -> int | None:
        """The first step at which a condition holds, None for none; raises Missing and ProgramError."""
        key = condition.text
        if condition.functions & LEARNERS_OWN:
            return first_step(self.timeline, condition, self.seen_by(learner))
        if key not in self._first:
            self._first[key] = first_step(self.timeline, condition, self.seen_by(learner))
        return self._first[key]

    @cached_property
    def places(self) -> Places:
        """The entries by name and by text."""
        return Places(self.run.tape, self.run.program.text)

    @cached_property
    def adjoints(self) -> list[Any]:
        """The adjoint of every entry when the reverse sweep is over; of the wrong one where that was made."""
        if self.is_wrong:
            last = self.timeline.frame(len(self.timeline))
            return [last.adjoint(index) for index in range(len(self.run.tape))]
        return self.run.all_adjoints()

    @cached_property
    def gradients(self) -> dict[str, Any]:
        """What the run answers for each input."""
        if self.is_wrong:
            return {name: self.adjoints[index] for name, index in self.run.inputs.items()}
        return self.run.gradients(self.adjoints)

    def tangents(self, name: str = "") -> list[Any]:
        """The tangent of every entry along the setting's direction, or along one input by 1."""
        speeds = {name: 1.0} if name else _direction(self.run, self.setting, always=True)
        seeds = {self.run.inputs[one]: _like(self.run, one, speed) for one, speed in (speeds or {}).items()}
        return tangents(self.run.tape, seeds)

    def again(self, name: str) -> RunAgain | None:
        """The run in which the gradient by an input is the output; None where there is no gradient."""
        if name not in self._again:
            try:
                self._again[name] = differentiate_again(self.run, name)
            except ValueError:
                self._again[name] = None
        return self._again[name]

    def agrees(self) -> bool:
        """Whether every gradient agrees with finite differences."""
        if self.verdict is None:
            self.verdict = all(one.agrees for one in checks(self.run, budget=self._budget).values())
        return self.verdict

    # -- other runs --------------------------------------------------------------------------------------------

    def elsewhere(self, point: Mapping[str, Any]) -> Study:
        """The study of the same program with some inputs changed."""
        unknown = [name for name in point if name not in self.run.program.input_names]
        if unknown:
            raise ProgramError(say("lessons.no-input", "The program has no input `{name}`.", name=unknown[0]))
        key = tuple(sorted((name, repr(value)) for name, value in point.items()))
        if key not in self._at:
            there = {**self.run.point, **{name: as_point(value) for name, value in point.items()}}
            self._at[key] = Study.at_point(self.run.program, there, self.setting, self._budget)
        return self._at[key]

    def after(self, mistake: Mistake) -> Study:
        """The study of the reverse sweep done wrongly."""
        if mistake not in self._wrong:
            study = Study(wrong_timeline(self.run, mistake), self.setting, self._budget)
            study.is_wrong = True
            self._wrong[mistake] = study
        return self._wrong[mistake]

    @property
    def training(self) -> Training:
        """What comes of the setting's training; raises Unknown where it has none."""
        if self._training is None:
            self._training = self._trained()
        return self._training

    def _trained(self) -> Training:
        if not self.setting.train:
            raise Unknown(say("lessons.no-training", "The lesson has no `train`."))
        try:
            plan = read_plan(self.setting.train)
            if plan.steps > MOST_TRAINED:
                raise PlanError(
                    say("lessons.too-many-steps", "A lesson trains for at most {most} steps.", most=MOST_TRAINED)
                )
            return train(self.run.program, self.run.point, plan)
        except (PlanError, ValueError) as error:
            raise ProgramError(str(error)) from None


def as_point(value: Any) -> Any:
    """A number or nested lists of numbers as the value of an input."""
    array = np.asarray(value, dtype=float)
    return array if array.ndim else float(array)


def _direction(run: Run, setting: Setting, always: bool = False) -> dict[str, Any] | None:
    """How fast the inputs move: the first by 1 where nothing is said; None for a reverse sweep."""
    if setting.mode == "reverse" and not always:
        return None
    given = {name: speed for name, speed in setting.along.items() if name in run.inputs}
    speeds = given or dict.fromkeys([*run.inputs][:1], 1.0)
    return {name: _like(run, name, speeds.get(name, 0.0)) for name in run.inputs}


def _like(run: Run, name: str, speed: Any) -> Any:
    """A speed in the shape of its input."""
    shape = np.shape(run.tape.primals[run.inputs[name]])
    return np.broadcast_to(np.asarray(speed, dtype=float), shape).copy() if shape else float(np.asarray(speed))
