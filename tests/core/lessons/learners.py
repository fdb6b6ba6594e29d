"""Learners who walk through a lesson by themselves: what each of them answers and does. For tests only.

A learner is driven by what a prompt shows and by what the lesson's author wrote down; none looks into the walk.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from core.lessons.answers import Answers
from core.lessons.curves import curve_of
from core.lessons.lesson import Ask, Break, Do, Lesson, Mistake, Moment, Perform, Predict
from core.lessons.opening import point_of, study_of
from core.lessons.performing import performed
from core.lessons.prompt import Prompt
from core.lessons.reading import lesson_from_file
from core.lessons.showing import LEARNERS_OWN
from core.lessons.study import Study
from core.lessons.walk import Walk

FOLDER = Path(__file__).parents[3] / "assets" / "lessons"
IDS = sorted(path.stem for path in FOLDER.glob("*.toml"))
MOST_TURNS = 10_000
RUBBISH = (
    "", "0", "-1", "7", "None", "+", "2, 2", "1", "2", "3", "w1", "falls", "ä", "1/0", "nan", "-inf", "[1, 2]",
    "[[1, 2]", "9" * 5000, "²", "f(x)", "__import__('os')",
)  # fmt: skip


@cache
def lesson_of(id: str) -> Lesson:
    """A lesson of ours."""
    return lesson_from_file(FOLDER / f"{id}.toml")


@cache
def own_study(id: str) -> Study:
    """Its own run; made once, since nobody changes a study."""
    return study_of(lesson_of(id))


def beginning(id: str) -> Walk:
    """A walk that has not begun."""
    return Walk(lesson_of(id), own_study(id))


def text_of(answers: Answers, value: Any) -> str:
    """How a learner would type this answer."""
    kind = answers.ask.kind
    if value is None:
        return "None"
    if kind == "sign":
        return {1: "+", -1: "-"}.get(int(np.sign(value)), "0")
    if kind == "shape":
        return ", ".join(str(int(length)) for length in value) or "number"
    if kind == "choice":
        return str(int(value))
    if kind == "next entry":
        return answers.study.places.text(value.index) or answers.study.run.tape.label(value.index)
    return repr(np.asarray(value, dtype=float).tolist())


def answer_to(moment: Moment, walk: Walk) -> str:
    """The right answer to a question, as text."""
    ask = moment.task
    assert isinstance(ask, Ask)
    if isinstance(ask.answer, str):
        return ask.answer
    answers = answers_of(moment, walk)
    return text_of(answers, answers.right())


def wrong_answer(mistake: Mistake, moment: Moment, walk: Walk) -> str:
    """What somebody with a certain mistake answers."""
    if isinstance(mistake.gives, str):
        return mistake.gives
    if isinstance(moment.task, Predict):
        return str(mistake.gives.value(walk.study.known()))
    answers = answers_of(moment, walk)
    return text_of(answers, mistake.gives.value(answers.known))


def answers_of(moment: Moment, walk: Walk) -> Answers:
    """What may be answered to the open question at the step that is looked at."""
    assert isinstance(moment.task, Ask)
    return Answers(moment.task, walk.study, walk.study.known(walk.step, learner=walk.learner))


def met_by(walk: Walk, prompt: Prompt) -> bool:
    """Do what an open prompt wants, without a mistake; whether everything was judged right."""
    moment, id = prompt.moment, walk.lesson.id
    match moment.task:
        case Ask():
            return walk.answer(answer_to(moment, walk)).right
        case Predict() as predict:
            return walk.answer(curve_of(predict, walk.study, walk.learner).shape).right
        case Break(mistake=name):
            walk.did(f"break:{name}")
        case Do(by=by, program=program) if not by and not program and not moment.task.until.functions & LEARNERS_OWN:
            while moment.number not in walk.met and walk.step < len(walk.study.timeline):
                walk.look(walk.step + 1)
        case Do(by=by, program=program):
            walk.edited(study_of(walk.lesson, by=by, program=program), walk.step)
            walk.take(own_study(id), walk.step)
        case Perform(given=given):
            return all(
                walk.answer(repr(np.asarray(question.answer, dtype=float).tolist())).right
                for question in performed(walk.study.timeline, given)
            )
    return moment.number in walk.met


def prompts(walk: Walk) -> Iterator[Prompt]:
    """What is shown from moment to moment to somebody who always goes on to the next one."""
    for _ in range(MOST_TURNS):
        prompt = walk.look() if walk.prompt is None else walk.prompt
        if prompt is None:
            step = walk.next_step()
            if step is None or walk.look(step) is None:
                return
            continue
        yield prompt
        if walk.prompt is not None:
            walk.go_on()
    raise AssertionError(f"{walk.lesson.id} does not end")


def until(walk: Walk, number: int) -> Prompt:
    """Go on to the moment of this number, passing over everything before it."""
    for prompt in prompts(walk):
        if prompt.moment.number == number:
            return prompt
    raise AssertionError(f"moment {number} of {walk.lesson.id} is never shown")


@dataclass
class Stranger:
    """Somebody who presses anything: answers rubbish, asks for hints, jumps about, gives up, edits to other studies."""

    walk: Walk
    chance: random.Random
    studies: tuple[Study, ...] = ()

    def turn(self) -> None:
        """Press one key."""
        walk, chance = self.walk, self.chance
        if self.studies and chance.random() < 0.1:
            walk.edited(chance.choice(self.studies), chance.randrange(50))
        prompt = walk.look(chance.randrange(len(walk.study.timeline) + 1)) if chance.random() < 0.2 else walk.look()
        if prompt is None:
            step = walk.next_step()
            walk.look(step if step is not None else 0)
        elif not prompt.is_open or chance.random() < 0.05:
            walk.go_on()
        elif chance.random() < 0.1:
            walk.show()
        elif chance.random() < 0.1:
            walk.did(chance.choice(("step_forward", "break:overwrite", "play")))
        elif chance.random() < 0.2:
            walk.hint()
        else:
            walk.answer(chance.choice(RUBBISH))


def reshaped(lesson: Lesson) -> Study:
    """The study of somebody who has made a list of every number, and a number of every list."""
    points = {name: np.asarray(value) for name, value in point_of(lesson).items()}
    return study_of(lesson, by={name: value.flat[0] if value.ndim else [value, 1.0] for name, value in points.items()})


def moved(lesson: Lesson) -> Study:
    """The study of somebody who has changed every input that is differentiated a little."""
    watched = own_study(lesson.id).run.watched
    changed = {name: np.asarray(one) * 1.25 + 0.5 for name, one in point_of(lesson).items() if name in watched}
    return study_of(lesson, by={name: value.tolist() for name, value in changed.items()})
