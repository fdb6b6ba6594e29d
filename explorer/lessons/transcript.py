"""A lesson as plain text, moment by moment, with every answer: what `--lesson ID --print` writes where nobody answers.

Knows walks; knows nothing of who reads.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from core.basics.words import say
from core.lessons.guide import Stop, guided
from core.lessons.lesson import Lesson
from core.lessons.prompt import Prompt
from core.lessons.prose import without_marks
from core.notation import number, sentence
from core.timeline import Timeline

WIDTH = 92
MOST_STEPS = 8
"""Steps between two moments whose sentences are printed; of more only the last."""


def transcript(lesson: Lesson) -> Iterator[str]:
    """The lines of the whole lesson; raises ProgramError where its program cannot be run."""
    yield from heading(lesson)
    timeline, step = None, 0
    for stop in guided(lesson):
        if stop.study.timeline is not timeline:
            timeline, step = stop.study.timeline, 0
        yield from passed(timeline, step, stop.step)
        step = stop.step
        yield from _of_stop(stop)
    for claim in lesson.claims:
        yield from wrapped(say("lessons.claimed", "{that} = {printed} ({source})", that=claim.that.text,
                               printed=claim.printed, source=claim.source))  # fmt: skip


def heading(lesson: Lesson) -> list[str]:
    """Title, what one can do afterwards, and the program at its point."""
    point = ", ".join(f"{name} = {number(value)}" for name, value in lesson.inputs.items())
    lines = [lesson.title, "=" * len(lesson.title), *wrapped(lesson.after), ""]
    lines += ["    " + line for line in lesson.program.strip("\n").split("\n")]
    return [*lines, *([f"    {point}"] if point else []), ""]


def passed(timeline: Timeline, before: int, now: int) -> Iterator[str]:
    """The sentences of the steps from one to another."""
    first = max(before + 1, now - MOST_STEPS + 1)
    if before + 1 < first:
        yield "  …"
    for step in range(first, now + 1):
        yield f"  {step:>3}  {sentence(timeline, step)}"


def _of_stop(stop: Stop) -> Iterator[str]:
    yield from prompt_lines(stop.opened)
    closed = stop.closed
    if closed.right:
        yield from wrapped(say("lessons.answer-is", "The answer: {answer}.", answer=closed.right), "    ")
    if closed.then and closed.then != stop.opened.then:
        yield from wrapped(closed.then, "  ")
    yield ""


def prompt_lines(prompt: Prompt) -> Iterator[str]:
    """What a moment says and asks."""
    for text in (prompt.say, prompt.asked):
        if text:
            yield from wrapped(text)
    for place, choice in enumerate(prompt.choices, 1):
        yield f"    {place}. {choice}"
    for one in prompt.tries:
        yield f"    {one}"


def wrapped(text: str, indent: str = "") -> list[str]:
    """A text in lines that fit."""
    return textwrap.wrap(without_marks(text), WIDTH, initial_indent=indent, subsequent_indent=indent)
