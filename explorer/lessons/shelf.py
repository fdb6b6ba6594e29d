"""The lessons that there are: files in `assets/lessons`, in the order of their numbers, and files of one's own.

A file that cannot be read is left out of the list; opening it says why. Knows no Qt.
"""

from __future__ import annotations

from pathlib import Path

from core.basics.words import say
from core.lessons.form.schema import ID
from core.lessons.lesson import Head, Lesson, LessonError
from core.lessons.reading import ENDING, head_from_file, lesson_from_file
from explorer.storage.resources import asset

FOLDER = "lessons"


def heads() -> list[Head]:
    """Id, title and minutes of every lesson; only the beginnings of files are read."""
    found = []
    for path in asset(FOLDER).glob(f"*{ENDING}"):
        try:
            found.append(head_from_file(path))
        except LessonError:
            continue
    return sorted(found, key=lambda head: (head.number, head.id))


def path_of(id: str) -> Path | None:
    """The file of a lesson; None where there is none of this id."""
    path = asset(FOLDER) / f"{id}{ENDING}"
    return path if ID.fullmatch(id) and path.is_file() else None


def on_shelf(id: str) -> Lesson | None:
    """The lesson of an id, None where there is none that can be read."""
    path = path_of(id)
    try:
        return None if path is None else lesson_from_file(path)
    except LessonError:
        return None


def opened(name: str) -> Lesson:
    """The lesson of an id, or in a file; raises LessonError with one sentence."""
    path = path_of(name)
    if path is None and not name.endswith(ENDING):
        raise LessonError(
            say("lessons.no-lesson-called", "There is no lesson `{id}`; --lessons lists those that there are.", id=name)
        )
    try:
        return lesson_from_file(path or name)
    except LessonError as error:
        raise LessonError(located(path or Path(name), error), error.spot) from None


def located(path: Path, error: LessonError) -> str:
    """What is wrong, with the name of the file and the place in it."""
    line, column = error.spot or (1, 1)
    return f"{path}:{line}:{column}: {error.sentence}"
