"""Reading a lesson's file: within limits, as text in UTF-8, as TOML, and of this version. Nothing in it is run.

What is wrong ends in one sentence with its place (LessonError). What the keys mean is `schema`'s matter.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from core.basics.words import say
from core.lessons.form.positions import Path as Keys
from core.lessons.form.positions import positions
from core.lessons.form.schema import VERSION, read_lesson
from core.lessons.lesson import Head, Lesson, LessonError, Spot

MOST_BYTES = 200_000
ENDING = ".toml"
HEAD_ENDS = re.compile(r"^(?:program\s*=|\[|inputs\s*=)", re.MULTILINE)


def lesson_from_file(path: str | Path) -> Lesson:
    """The lesson in a file; raises LessonError with one sentence."""
    path = Path(path)
    return lesson_from_text(whole_text(path), path.stem)


def lesson_from_text(text: str, id: str) -> Lesson:
    """The lesson that a text holds."""
    data, places = toml(text)
    return read_lesson(data, places, id)


def head_from_file(path: str | Path) -> Head:
    """What a list shows of the lesson in a file: its first lines are read, the rest only where those do not suffice."""
    path = Path(path)
    text = whole_text(path)
    end = HEAD_ENDS.search(text)
    try:
        data = tomllib.loads(text[: end.start()] if end else text)
        head = Head(path.stem, data["number"], data["title"], data["minutes"], data["after"])
    except (tomllib.TOMLDecodeError, KeyError, RecursionError, ValueError):
        return lesson_from_text(text, path.stem).head
    kinds = tuple(type(one) for one in (head.number, head.title, head.minutes, head.after))
    if kinds != (int, str, int, str) or data.get("lesson") != VERSION:
        return lesson_from_text(text, path.stem).head
    return head


def toml(text: str) -> tuple[dict[str, Any], dict[Keys, Spot]]:
    """What a text says as TOML, and where."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(error, text) from None
    except (RecursionError, ValueError):
        sentence = say("lessons.not-toml", "This is not TOML: it is nested too deeply, or a number is too long.")
        raise LessonError(sentence) from None
    return data, positions(text)


def _not_toml(error: tomllib.TOMLDecodeError, text: str) -> LessonError:
    said = str(error)
    found = re.search(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)", said)
    message = said[: found.start()] if found else said
    lines = text.split("\n")
    spot = Spot(int(found[1]), int(found[2])) if found and found[1] else Spot(len(lines), len(lines[-1]) + 1)
    return LessonError(say("lessons.not-toml-because", "This is not TOML: {reason}.", reason=_small(message)), spot)


def _small(message: str) -> str:
    return (message[:1].lower() + message[1:]).rstrip(".")


def whole_text(path: Path) -> str:
    """The text of a regular file of sensible size; a file that never ends is not opened."""
    try:
        data = _bytes(path)
    except OSError as error:
        raise LessonError(
            say("lessons.not-opened", "It cannot be opened: {reason}.", reason=(error.strerror or str(error)).lower())
        ) from None
    if len(data) > MOST_BYTES:
        most = f"{MOST_BYTES // 1000} kB"
        raise LessonError(say("lessons.too-large", "It is larger than {most}, which no lesson is.", most=most))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace").split("\n")
        raise LessonError(
            say("lessons.not-utf-8", "It is not text in UTF-8."), Spot(len(before), len(before[-1]) + 1)
        ) from None
    if "\0" in text:
        raise LessonError(say("lessons.not-text", "It is not a text file."))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bytes(path: Path) -> bytes:
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise LessonError(say("lessons.not-a-file", "It is not a regular file."))
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)
