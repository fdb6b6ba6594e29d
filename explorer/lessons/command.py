"""What `--lessons`, `--lesson ID --print` and `--check-lesson FILE` do. Knows no Qt and no command line."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.basics.errors import ProgramError
from core.basics.words import say
from core.lessons.lesson import LessonError
from explorer.arguments import InputError
from explorer.lessons.shelf import heads, located, on_shelf, opened


def listed() -> Iterator[str]:
    """A line for every lesson: id, title, minutes."""
    found = heads()
    width = max((len(head.id) for head in found), default=0)
    titles = max((len(head.title) for head in found), default=0)
    for head in found:
        minutes = say("lessons.minutes", "{minutes} min", minutes=head.minutes)
        yield f"{head.id:<{width}}  {head.title:<{titles}}  {minutes:>6}"


def print_lesson(name: str) -> None:
    """Walk through a lesson in the terminal; where nobody can answer, print it with its answers."""
    from explorer.lessons.terminal import walk_through
    from explorer.lessons.transcript import transcript

    try:
        lesson = opened(name)
        if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
            walk_through(lesson, input, print)
        else:
            for line in transcript(lesson):
                print(line)
    except KeyboardInterrupt:
        print()
    except (LessonError, ProgramError) as error:
        raise InputError(str(error)) from None


def write_papers(name: str | None, files: Sequence[str], variant: int | None, inventory: int | None) -> list[Path]:
    """Write worksheets or slides of a lesson, else the inventory; the files written, keys too."""
    from explorer.lessons.papers import write_inventory, write_lesson

    written: list[Path] = []
    try:
        lesson = opened(name) if name else None
    except LessonError as error:
        raise InputError(str(error)) from None
    for file in files:
        try:
            made = write_lesson(lesson, Path(file), variant) if lesson else write_inventory(Path(file), inventory or 0)
        except (OSError, ValueError, ProgramError) as error:
            message = (getattr(error, "strerror", None) or str(error)).rstrip(".")
            raise InputError(
                say("app.could-not-written", "{file} could not be written: {message}.", file=file, message=message)
            ) from None
        written += made
    return written


def check_file(name: str) -> list[str]:
    """What is wrong with a lesson's file, each with its place; `needs` are looked for beside it, and in the assets."""
    from core.lessons.check import problems_of
    from core.lessons.lesson import Lesson
    from core.lessons.reading import ENDING, lesson_from_file

    path = Path(name)
    beside = path.parent

    def shelf(id: str) -> Lesson | None:
        other = beside / f"{id}{ENDING}"
        try:
            return lesson_from_file(other) if _is_file(other) else on_shelf(id)
        except LessonError:
            return None

    try:
        lesson = lesson_from_file(path)
    except LessonError as error:
        return [located(path, error)]
    return [f"{path}:{problem}" for problem in problems_of(lesson, shelf)]


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False
