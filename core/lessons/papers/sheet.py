"""A lesson as a sheet to be solved with paper and pencil, and the key to it.

The sheet shows what is worked out before the first question, then asks; the key has everything, with what each named
mistake would have given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from core.basics.words import say
from core.lessons.answers import Answers
from core.lessons.guide import Stop, guided
from core.lessons.lesson import Ask, Lesson, Mistake, Perform, Predict
from core.lessons.mistakes import KNOWN
from core.lessons.papers.html import boxed, marked, page, paragraph, table
from core.lessons.performing import performed
from core.lessons.prose import TROUBLES, filled
from core.notation import number


class Sheet(NamedTuple):
    """What is handed out, and what is kept; HTML."""

    questions: str
    answers: str


def sheet(lesson: Lesson, variant: int | None = None) -> Sheet:
    """The sheet and the key of a lesson, or of one of its class variants; raises ProgramError.

    `variant` is only told: the lesson has the numbers already.
    """
    stops = list(guided(lesson))
    title = lesson.title
    if variant is not None:
        title = say("lessons.variant-title", "{title}, variant {number}", title=title, number=variant)
    key = say("lessons.key-title", "{title}: answers", title=title)
    return Sheet(
        page(title, [*_head(lesson, title), *_body(stops, False)]),
        page(key, [*_head(lesson, key), *_body(stops, True), *_sources(lesson)]),
    )


def _head(lesson: Lesson, title: str) -> Iterator[str]:
    yield f"<h1>{marked(title)}</h1>"
    yield paragraph(say("lessons.name-and-date", "Name: ____________________ Date: __________"), "name")
    yield paragraph(lesson.after)
    yield f"<pre>{marked(lesson.program.strip(chr(10)))}</pre>"
    point = ", ".join(f"{name} = {number(value)}" for name, value in lesson.inputs.items())
    yield paragraph(say("lessons.at-point", "At {point}.", point=point) if point else "")


def _body(stops: list[Stop], solved: bool) -> Iterator[str]:
    asked = 0
    for stop in stops:
        prompt, task = stop.opened, stop.opened.moment.task
        if solved or not asked:
            yield paragraph(prompt.say)
        if not isinstance(task, Ask | Predict | Perform):
            yield paragraph(prompt.asked) if solved else ""
            continue
        asked += 1
        yield boxed([f"<h2>{asked}.</h2>", *_question(stop), *(_solution(stop) if solved else _space(stop))])


def _question(stop: Stop) -> Iterator[str]:
    task = stop.opened.moment.task
    if isinstance(task, Perform):
        yield paragraph(filled(task.task, stop.study.known(stop.step)))
        return
    yield paragraph(stop.opened.asked)
    if stop.opened.choices:
        yield f"<ol>{''.join(f'<li>{marked(choice)}</li>' for choice in stop.opened.choices)}</ol>"


def _space(stop: Stop) -> Iterator[str]:
    task = stop.opened.moment.task
    if isinstance(task, Perform):
        yield _sweep(stop, task, False)
    else:
        yield paragraph(say("lessons.answer-line", "Answer: ________________________________"), "space")


def _sweep(stop: Stop, task: Perform, solved: bool) -> str:
    rows = [(one.text, number(one.answer) if solved else " ") for one in performed(stop.study.timeline, task.given)]
    return table((say("lessons.question", "question"), say("lessons.answer", "answer")), rows)


def _solution(stop: Stop) -> Iterator[str]:
    task = stop.opened.moment.task
    if isinstance(task, Perform):
        yield _sweep(stop, task, True)
    else:
        yield paragraph(say("lessons.answer-is", "The answer: {answer}.", answer=stop.closed.right))
        rows = [row for mistake in stop.opened.moment.mistakes if (row := _row(stop, mistake))]
        if rows:
            heads = (
                say("lessons.who-answers", "who answers"),
                say("lessons.has", "has"),
                say("lessons.is-told", "is told"),
            )
            yield table(heads, rows)
    yield paragraph(stop.closed.then)


def _row(stop: Stop, mistake: Mistake) -> tuple[str, str, str] | None:
    """What a mistake answers, its name, and what is said to it."""
    known = stop.study.known(stop.step)
    task = stop.opened.moment.task
    told = str(KNOWN[mistake.name].say()) if mistake.say is None else filled(mistake.say, known)
    try:
        if isinstance(task, Ask):
            return Answers(task, stop.study, known).told(mistake.gives), mistake.name, told
        return (str(mistake.gives.value(known)), mistake.name, told) if not isinstance(mistake.gives, str) else None
    except TROUBLES:
        return None


def _sources(lesson: Lesson) -> Iterator[str]:
    for claim in lesson.claims:
        yield paragraph(
            say("lessons.claimed", "{that} = {printed} ({source})", that=f"`{claim.that.text}`",
                printed=claim.printed, source=claim.source)
        )  # fmt: skip
