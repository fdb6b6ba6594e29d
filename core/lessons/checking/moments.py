"""What is wrong with one moment: is it reached, can its numbers be had, are its answers right and told apart?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from core.basics.errors import ProgramError
from core.lessons.answers import Answers, Unreadable
from core.lessons.checking import sentences as told
from core.lessons.checking.worlds import Anchor, Worlds
from core.lessons.curves import curve_of
from core.lessons.functions.elsewhere import read_mistake
from core.lessons.lesson import Ask, Break, Do, Free, Moment, Perform, Predict, Problem
from core.lessons.performing import performed
from core.lessons.prose import TROUBLES, Prose, without_marks
from core.lessons.shapes import SHAPES
from core.mistakes import first_wrong, wrong_timeline
from core.navigation.places import Missing

LONGEST = {"say": 320, "question": 240, "task": 240, "hints": 200, "then": 320, "mistake": 240, "choices": 100}
"""Characters for which there is room, with numbers put in."""
TASK_KEYS = ("ask", "predict", "do", "break", "free", "perform")


def problems_of_moment(moment: Moment, worlds: Worlds) -> Iterator[Problem]:
    """Everything that is wrong with a moment in the runs of its lesson."""
    try:
        anchor = worlds.anchor(moment)
    except (Missing, ProgramError) as error:
        yield Problem(moment.spot("at"), told.NOT_REACHED_SINCE.say(reason=str(error)))
        return
    if anchor is None:
        yield Problem(moment.spot("at"), told.NOT_REACHED.say(condition=moment.at.text))
        return
    yield from _of_targets(moment, anchor)
    yield from _of_texts(moment, anchor)
    match moment.task:
        case Ask() as ask:
            yield from _of_ask(moment, ask, anchor)
        case Predict() as predict:
            yield from _of_predict(moment, predict, anchor)
        case Break() as broken:
            yield from _of_break(moment, broken, anchor)
        case Perform() as perform if not performed(anchor.study.timeline, perform.given):
            yield Problem(moment.spot("perform"), told.NOTHING_TO_PERFORM.say())
        case Do() as do if not worlds.meets(moment.number, do):
            yield Problem(moment.spot("do"), told.CANNOT_BE_DONE.say(condition=do.until.text))


# -- texts and targets ---------------------------------------------------------------------------------------------


def prose_of(moment: Moment) -> Iterator[tuple[str, Prose]]:
    """The texts of a moment by their keys, in the order in which they are read."""
    if moment.say is not None:
        yield "say", moment.say
    match moment.task:
        case Ask(question=text) | Predict(question=text):
            yield "question", text
        case Do(task=text) | Break(task=text) | Free(task=text) | Perform(task=text):
            yield "task", text
    yield from (("hints", hint) for hint in moment.hints)
    yield from (("mistake", mistake.say) for mistake in moment.mistakes if mistake.say is not None)
    if moment.then is not None:
        yield "then", moment.then


def _of_texts(moment: Moment, anchor: Anchor) -> Iterator[Problem]:
    for key, prose in prose_of(moment):
        spot = moment.spot(key, *TASK_KEYS)
        try:
            text = without_marks(prose.fill(anchor.known()))
        except TROUBLES as error:
            yield Problem(spot, told.NOT_HERE.say(reason=str(error) or told.NOT_KNOWN.say()))
            continue
        if len(text) > LONGEST[key]:
            yield Problem(spot, told.TOO_LONG.say(count=len(text), most=LONGEST[key]))


def _of_targets(moment: Moment, anchor: Anchor) -> Iterator[Problem]:
    for expression in moment.on:
        try:
            expression.value(anchor.known())
        except TROUBLES as error:
            yield Problem(moment.spot("on"), told.POINTS_NOWHERE.say(target=expression.text, reason=str(error)))


# -- questions -----------------------------------------------------------------------------------------------------


def _of_ask(moment: Moment, ask: Ask, anchor: Anchor) -> Iterator[Problem]:
    answers = Answers(ask, anchor.study, anchor.known())
    try:
        right, shown = answers.right(), answers.told(ask.answer)
    except TROUBLES as error:
        yield Problem(moment.spot("ask"), told.NO_ANSWER.say(reason=str(error)))
        return
    if right is None and ask.kind != "none or number":
        yield Problem(moment.spot("ask"), told.ANSWER_IS_NONE.say())
        return
    if not _confirms(answers, shown, right):
        yield Problem(moment.spot("ask"), told.NOT_CONFIRMED.say(answer=shown))
    yield from _of_mistakes(moment, answers, right)
    for choice in ask.choices:
        if len(choice) > LONGEST["choices"]:
            yield Problem(moment.spot("ask"), told.TOO_LONG.say(count=len(choice), most=LONGEST["choices"]))


def _confirms(answers: Answers, shown: str, right: Any) -> bool:
    """Whether what is shown as the right answer counts as right when a learner types it."""
    if answers.ask.kind in ("number", "partial", "none or number") and right is not None and not np.ndim(right):
        shown = shown.replace(",", "")
    try:
        return answers.same(answers.read(shown.replace("∞", "inf")), right)
    except Unreadable:
        return False


def _of_mistakes(moment: Moment, answers: Answers, right: Any) -> Iterator[Problem]:
    seen: list[tuple[str, Any]] = []
    for mistake in moment.mistakes:
        try:
            value = answers.given(mistake.gives)
        except TROUBLES as error:
            yield Problem(mistake.spot, told.NOT_HERE.say(reason=str(error) or told.NOT_KNOWN.say()))
            continue
        if answers.same(value, right):
            yield Problem(mistake.spot, told.IS_RIGHT.say(name=mistake.name))
        for name, other in seen:
            if answers.same(value, other) or answers.same(other, value):
                yield Problem(mistake.spot, told.ALIKE.say(name=mistake.name, other=name))
        seen.append((mistake.name, value))


def _of_predict(moment: Moment, predict: Predict, anchor: Anchor) -> Iterator[Problem]:
    try:
        curve = curve_of(predict, anchor.study, anchor.learner)
    except (Missing, ProgramError) as error:
        yield Problem(moment.spot("predict"), told.NO_CURVE.say(reason=str(error)))
        return
    if np.isfinite(curve.ys).sum() < 2:
        yield Problem(moment.spot("predict"), told.CURVE_EMPTY.say())
    for mistake in moment.mistakes:
        try:
            given = None if isinstance(mistake.gives, str) else mistake.gives.value(anchor.known())
        except TROUBLES:
            given = None
        if given not in SHAPES:
            yield Problem(mistake.spot, told.NO_SHAPE.say())
        elif given == curve.shape:
            yield Problem(mistake.spot, told.IS_RIGHT.say(name=mistake.name))


def _of_break(moment: Moment, broken: Break, anchor: Anchor) -> Iterator[Problem]:
    timeline = anchor.study.timeline
    if anchor.step < len(timeline):
        yield Problem(moment.spot("at"), told.TOO_EARLY.say())
    wrong = wrong_timeline(timeline.run, read_mistake(broken.mistake, broken.op, broken.change))
    if first_wrong(timeline, wrong) is None:
        yield Problem(moment.spot("break"), told.BREAKS_NOTHING.say())
