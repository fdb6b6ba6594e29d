"""What the keys of a lesson's file mean: TOML as data becomes a Lesson, or one sentence with its place.

Every key is known or refused, every value is of its kind, every expression is read. Whether they hold is `check`'s
matter; nothing is run here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from core.basics.words import say
from core.lessons.form.positions import Path
from core.lessons.form.table import Table
from core.lessons.form.tasks import TASKS, hints_in, mistakes_in, task_in
from core.lessons.lesson import Claim, Lesson, LessonError, Moment, Spot

VERSION = 1
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
MOST_MOMENTS, MOST_CLAIMS = 100, 100
TOP = ("lesson", "number", "title", "minutes", "after", "needs", "program", "inputs", "watch", "of", "mode", "along",
       "train", "vary", "claim", "moment")  # fmt: skip
MODES = ("reverse", "forward")


def read_lesson(data: dict[str, Any], places: Mapping[Path, Spot], id: str) -> Lesson:
    """The lesson that the data says; raises LessonError."""
    top = Table(data, (), places)
    _check_version(top)
    top.only(TOP)
    if not ID.fullmatch(id):
        raise LessonError(
            say(
                "lessons.bad-id",
                "The name of the file is not made of small letters, digits and hyphens: `{id}`.",
                id=id,
            )
        )
    return Lesson(
        id=id,
        title=top.text("title"),
        minutes=top.whole("minutes"),
        program=top.text("program"),
        number=top.whole("number", 0),
        after=top.text("after", ""),
        needs=top.texts("needs"),
        inputs=top.numbers("inputs"),
        watch=top.texts("watch") if "watch" in data else None,
        of=top.text("of", ""),
        mode="forward" if top.one_of("mode", MODES, "reverse") == "forward" else "reverse",
        along=top.numbers("along"),
        train=top.text("train", ""),
        vary=ranges(top),
        claims=tuple(_claim(one) for one in top.tables("claim", MOST_CLAIMS)),
        moments=tuple(_moment(one, number) for number, one in enumerate(top.tables("moment", MOST_MOMENTS), 1)),
        spots={".".join(map(str, path)): spot for path, spot in places.items() if path and path[0] in TOP[:-2]},
    )


def _check_version(top: Table) -> None:
    version = top.data.get("lesson")
    if type(version) is not int:
        raise LessonError(
            say("lessons.not-a-lesson", "This is not a lesson: the first line of one is `lesson = {version}`.",
                version=VERSION), Spot(1, 1))  # fmt: skip
    if version > VERSION:
        raise top.refused(
            "lesson",
            say("lessons.later-version", "This lesson was written for version {version}; this program reads version "
                "{known}.", version=version, known=VERSION))  # fmt: skip
    if version < 1:
        raise top.refused("lesson", say("lessons.no-version", "There is no version {version}.", version=version))


def ranges(top: Table) -> dict[str, tuple[float, float, float]]:
    """From where to where inputs are drawn, and by what step: the key `vary`."""
    found = {}
    for name, given in top.numbers("vary").items():
        if not isinstance(given, list) or len(given) not in (2, 3) or isinstance(given[0], list):
            form = say("lessons.vary-form", "`vary` has [from, to] or [from, to, step] for an input.")
            raise top.refused("vary", form)
        low, high, step = (*given, 1) if len(given) == 2 else given
        if not (low <= high and step > 0):
            raise top.refused("vary", say("lessons.vary-range", "The range of `{name}` is empty.", name=name))
        found[name] = (float(low), float(high), float(step))
    return found


def _claim(table: Table) -> Claim:
    table.only(("that", "is", "source", "within"))
    return Claim(
        table.expression("that"),
        table.text("is"),
        table.text("source"),
        table.spot("that"),
        table.number("within", None),
    )


def _moment(table: Table, number: int) -> Moment:
    table.only(("at", "on", "say", "hints", "then", "mistake", *TASKS))
    asked = [name for name in TASKS if name in table.data]
    if len(asked) > 1:
        raise table.refused(
            asked[1],
            say("lessons.two-prompts", "A moment has one task; this one has `{first}` and `{second}`.",
                first=asked[0], second=asked[1]))  # fmt: skip
    if not asked and "say" not in table.data:
        raise table.refused("at", say("lessons.says-nothing", "This moment neither says nor asks anything."))
    return Moment(
        number=number,
        at=table.expression("at"),
        on=table.expressions("on"),
        say=table.prose("say", None),
        task=task_in(table, asked[0]) if asked else None,
        hints=hints_in(table),
        then=table.prose("then", None),
        mistakes=mistakes_in(table),
        spots=table.spots(),
    )
