"""What the window makes of a lesson: a walk through it, what its panel shows, and what is pointed at.

Pure: knows no widget.
"""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from core.basics.span import Span
from core.basics.words import say, sentences
from core.lessons.functions.elsewhere import read_mistake
from core.lessons.lesson import Break, Free, Lesson
from core.lessons.opening import setting_of, study_of
from core.lessons.prompt import Prompt
from core.lessons.study import Study
from core.lessons.walk import Walk
from core.timeline import Timeline
from explorer.parts.lessons.content import Content


def begun(lesson: Lesson) -> Walk:
    """A walk at its beginning, with what its moments need worked out where that takes long."""
    walk = Walk(lesson, study_of(lesson))
    for moment in lesson.moments:
        walk.look(walk.first_step(moment) or 0)
    return Walk(lesson, walk.study)


def study_of_run(lesson: Lesson, timeline: Timeline) -> Study:
    """What is asked of a run that the learner has made of the lesson's program."""
    return Study(timeline, setting_of(lesson))


def shows(timeline: Timeline, walk: Walk) -> bool:
    """Whether a timeline is that of the lesson's own program at its own point."""
    own = walk.study.timeline
    return (
        timeline.run.program.text.strip("\n") == own.run.program.text.strip("\n")
        and len(timeline) == len(own)
        and timeline.run.point.keys() == own.run.point.keys()
        and all(np.array_equal(value, own.run.point[name]) for name, value in timeline.run.point.items())
    )


class Pointed(NamedTuple):
    """What is pointed at: entries (of edges both ends), lines of the text, panels by name."""

    entries: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    panels: tuple[str, ...] = ()

    def span(self, text: str) -> Span | None:
        """The first of the lines in a text."""
        rows = text.split("\n")
        line = next((one for one in self.lines if 1 <= one <= len(rows)), None)
        return None if line is None else Span(line, 1, line, len(rows[line - 1]) + 1)


def pointed(prompt: Prompt | None) -> Pointed:
    """What a prompt points at."""
    found: dict[str, list[Any]] = {"entry": [], "edge": [], "line": [], "panel": []}
    for kind, places in () if prompt is None else prompt.targets:
        found[kind].extend(places)
    return Pointed(tuple(dict.fromkeys(found["entry"] + found["edge"])), tuple(found["line"]), tuple(found["panel"]))


def content_of(walk: Walk, prompt: Prompt | None, following: str) -> Content:
    """What the panel shows; `following` is the title of the lesson that comes after this one, "" for none."""
    counted = [one for one in walk.lesson.moments if one.number not in walk.stale]
    met = sum(one.number in walk.met for one in counted)
    head = Content(walk.lesson.title, met, len(counted))
    if prompt is None:
        return _between(head, walk, following)
    return replace(
        head,
        text=prompt.say,
        question=prompt.asked,
        choices=prompt.choices if prompt.is_open else (),
        field=prompt.is_open and prompt.kind in ("ask", "perform") and not prompt.choices,
        tries=prompt.tries if isinstance(prompt.moment.task, Free) else (),
        waiting=_waiting(prompt),
        then=prompt.then if not prompt.is_open else "",
        next="" if prompt.is_open else say("lessons.next", "Next"),
        hints=tuple(
            say("lessons.hint-number", "Hint {place}: {hint}", place=place, hint=hint)
            for place, hint in enumerate(prompt.hints, 1)
            if prompt.reply is None or hint not in prompt.reply.sentence  # where it was said already
        ),
        more_hints=prompt.is_open and len(prompt.hints) < prompt.rungs,
        answers=_answers(prompt),
        reveal=prompt.is_open,
    )


def _between(head: Content, walk: Walk, following: str) -> Content:
    """Nothing is due here: what to do until something is, or that this was all."""
    if walk.is_finished:
        text: str = say("lessons.that-was-all", "That was all of it. {after}", after=walk.lesson.after)
        if not following:
            return replace(head, text=text)
        text = sentences(text, say("lessons.then-comes", "Then comes “{title}”.", title=following))
        return replace(head, text=text, way=say("lessons.next-lesson", "Next lesson"))
    if walk.next_step() is None:
        return replace(
            head,
            text=say(
                "lessons.nothing-left-here",
                "In the program as it is now nothing more of this lesson applies. {why}",
                why=next(iter(walk.stale.values()), ""),
            ),
            way=say("lessons.as-it-began", "Show its own program"),
        )
    return replace(
        head,
        waiting=say("lessons.step-on", "Step on with the right arrow key: the next moment is ahead."),
        way=say("lessons.take-me-there", "Take me there"),
    )


def _waiting(prompt: Prompt) -> str:
    task = prompt.moment.task
    if not prompt.is_open or prompt.kind not in ("do", "break"):
        return ""
    if isinstance(task, Break):
        title = read_mistake(task.mistake, task.op, task.change).title
        return say("lessons.break-it", "Press B for Break it, and choose: {title}.", title=title)
    return say("lessons.waiting-for-you", "Waiting for you to do it in the window.")


def _answers(prompt: Prompt) -> tuple[tuple[str, bool, str], ...]:
    found = []
    if prompt.reply is not None and prompt.told:
        found.append((prompt.told, prompt.reply.right, prompt.reply.sentence))
    elif prompt.reply is not None and prompt.reply.sentence:
        found.append(("", prompt.reply.right, prompt.reply.sentence))
    return tuple(found)


