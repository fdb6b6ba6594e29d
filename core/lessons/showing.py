"""A moment as it is shown: its texts with the numbers of the run, and what it points at; or why it no longer applies.

Pure functions of a moment, a run, and what the learner has tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from core.basics.errors import ProgramError
from core.basics.words import say, sentences
from core.lessons.answers import Answers
from core.lessons.functions.pointing import Panel
from core.lessons.lesson import Ask, Break, Do, Free, Moment, Perform, Predict
from core.lessons.prompt import Prompt, PromptKind, Target
from core.lessons.prose import TROUBLES, filled
from core.lessons.shapes import NAMES, SHAPES
from core.lessons.study import LEARNERS_OWN, Study
from core.lessons.tries import Try
from core.navigation.grammar import Expression
from core.navigation.logic import Unknown
from core.navigation.places import Edge, Line, Missing, Place

FEW_STEPS = 5_000
"""Steps of a run in which it is looked whether a condition ever holds."""
KIND_OF: dict[type, PromptKind] = {
    Ask: "ask", Do: "do", Break: "break", Predict: "predict", Free: "free", Perform: "perform",
}  # fmt: skip


def prompt_of(moment: Moment, tried: Try, study: Study, known: dict[str, Any]) -> Prompt:
    """What is shown of a moment now."""
    task = moment.task
    kind = KIND_OF.get(type(task), "say")
    choices: tuple[str, ...] = ()
    if isinstance(task, Ask):
        choices = task.choices
    elif isinstance(task, Predict):
        choices = tuple(str(NAMES[one]) for one in SHAPES)
    done, parts = tried.done
    over = not tried.is_open and kind not in ("say", "free")
    return Prompt(
        moment=moment,
        kind=kind,
        say=filled(moment.say, known),
        asked=filled(task.task, known) if isinstance(task, Free) else tried.asked,
        targets=tuple(targets_of(moment, known)),
        answer_kind=task.kind if isinstance(task, Ask) else "",
        choices=choices,
        tries=task.tries if isinstance(task, Free) else (),
        told=tried.told,
        reply=tried.reply,
        right=tried.right if over else "",
        then=filled(moment.then, known) if over or moment.task is None else "",
        hints=tuple(tried.hints),
        rungs=tried.rungs,
        done=done,
        parts=parts,
        is_open=tried.is_open,
    )


def targets_of(moment: Moment, known: dict[str, Any]) -> Iterator[Target]:
    """What a moment points at; what the program does not have is left out."""
    for expression in moment.on:
        try:
            found = expression.value(known)
        except TROUBLES:
            continue
        match found:
            case Place(index):
                yield "entry", (index,)
            case Edge(operand, result):
                yield "edge", (operand, result)
            case Line(number):
                yield "line", (number,)
            case Panel(name):
                yield "panel", (name,)


def why_stale(moment: Moment, study: Study, first_step: Callable[[Moment], int | None]) -> str:
    """Why a moment no longer applies to a program that was edited; "" where it does."""
    known = study.known()
    for expression in expressions_in(moment):
        for mention in expression.mentions:
            try:
                mention(known)
            except Missing as error:
                return sentences(str(error), say("lessons.does-not-apply", "So this moment does not apply any more."))
            except (Unknown, ProgramError, TypeError, ValueError):
                continue
    if moment.at.functions & LEARNERS_OWN or len(study.timeline) > FEW_STEPS:
        return ""
    step = first_step(moment)
    if step is None:
        condition = moment.at.text
        return say(
            "lessons.never-true", "In the program as it is now `{condition}` never comes true.", condition=condition
        )
    if isinstance(moment.task, Ask) and not _has_answer(moment.task, study, step):
        return say("lessons.no-answer-now", "In the program as it is now this question has no answer.")
    return ""


def _has_answer(ask: Ask, study: Study, step: int) -> bool:
    """Whether the right answer can be told at a step: the program may have stopped, or a value have another shape."""
    try:
        Answers(ask, study, study.known(step)).right()
    except (Missing, Unknown, ProgramError):
        return False
    return True


def expressions_in(moment: Moment) -> Iterator[Expression]:
    """The expressions on which a moment depends: its anchor, its answer, the numbers in its texts."""
    yield moment.at
    task = moment.task
    if isinstance(task, Ask) and isinstance(task.answer, Expression):
        yield task.answer
    if isinstance(task, Predict) and task.over in ("h", "step"):
        yield task.curve
    for prose in (moment.say, moment.then, *moment.hints):
        if prose is not None:
            yield from (slot.expression for slot in prose.slots)
