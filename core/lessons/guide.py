"""A lesson as a guided way: every moment in turn, each question with its answer. For transcripts and papers.

The guide does what a learner without mistakes would do, but lets the walk show the answers. Knows walks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from core.basics.budget import Budget
from core.basics.errors import ProgramError
from core.lessons.lesson import Do, Lesson
from core.lessons.opening import study_of
from core.lessons.prompt import Prompt
from core.lessons.study import EVERYTHING, Learner, Study
from core.lessons.walk import Walk
from core.navigation.places import Missing


class Stop(NamedTuple):
    """A moment on the way: the run and the step, how it opens, and how it looks once its answer is shown."""

    study: Study
    step: int
    opened: Prompt
    closed: Prompt


def guided(lesson: Lesson, study: Study | None = None, budget: Budget | None = None) -> Iterator[Stop]:
    """The moments in the order in which they are met; raises ProgramError where the program cannot be run."""
    own = study_of(lesson, budget) if study is None else study
    walk = Walk(lesson, own)
    while (opened := _next(walk, own)) is not None:
        here, step = walk.study, walk.step
        if opened.is_open:
            _do(walk, opened, lesson, budget)
        yield Stop(here, step, opened, walk.prompt or opened)
        walk.leave()


def _next(walk: Walk, own: Study) -> Prompt | None:
    """The next prompt: here, further on, in the lesson's own run again, or for a learner who has done everything."""
    if (prompt := walk.look()) is not None:
        return prompt
    if (step := walk.next_step()) is not None:
        return walk.look(step)
    if walk.study is not own:
        walk.take(own)
        return _next(walk, own)
    if walk.learner.acts is not EVERYTHING and walk.left:
        walk.learner = Learner(True, EVERYTHING)
        return _next(walk, own)
    return _in_training(walk)


def _in_training(walk: Walk) -> Prompt | None:
    """What is due at some step of the training."""
    if not walk.lesson.train or not walk.left:
        return None
    for step in range(walk.learner.training_step + 1, len(walk.study.training.losses)):
        if (prompt := walk.moved_training(step)) is not None:
            return prompt
        if (found := walk.next_step()) is not None:
            return walk.look(found)
    return None


def _do(walk: Walk, prompt: Prompt, lesson: Lesson, budget: Budget | None) -> None:
    """Do what is asked for, where a lesson says how; let the answer be shown elsewhere."""
    task = prompt.moment.task
    if isinstance(task, Do) and (task.by or task.program):
        try:
            study = study_of(lesson, budget, task.by, task.program)
            step = study.first_step(task.until, Learner(True, EVERYTHING))
        except (ProgramError, Missing):
            step = None
        if step is not None:
            walk.edited(study, step)
    if walk.prompt is not None and walk.prompt.is_open:
        walk.show()
