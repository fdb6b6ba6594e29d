"""Files that are no lessons, or broken, or hostile, end in one sentence with its place; nothing in them is run."""

import os
import time
from pathlib import Path

import pytest

from core.lessons.lesson import LessonError, Spot
from core.lessons.reading import MOST_BYTES, head_from_file, lesson_from_file, lesson_from_text
from tests.core.lessons.learners import FOLDER as LESSONS

SMALL = '''lesson = 1
title = "Small"
minutes = 1
program = """
y = x*x
"""
inputs = { x = 3.0 }

[[moment]]
at = "turn()"
say = "y is {value(y)}."
'''


def refused(text: str) -> LessonError:
    with pytest.raises(LessonError) as caught:
        lesson_from_text(text, "small")
    assert caught.value.sentence.endswith("."), caught.value.sentence
    return caught.value


def changed(old: str, new: str) -> LessonError:
    assert old in SMALL
    return refused(SMALL.replace(old, new))


def test_the_smallest_lesson() -> None:
    lesson = lesson_from_text(SMALL, "small")
    assert (lesson.id, lesson.title, lesson.minutes, len(lesson.moments)) == ("small", "Small", 1, 1)


@pytest.mark.parametrize(
    ("old", "new", "id", "line"),
    [
        ("lesson = 1", "lesson = 2", "lessons.later-version", 1),
        ("lesson = 1", "", "lessons.not-a-lesson", 1),
        ("minutes = 1", 'minutes = "1"', "lessons.not-of-kind", 3),
        ("minutes = 1", "minutes = -1", "lessons.not-of-kind", 3),
        ("minutes = 1", "minutes = 2001-01-01", "lessons.not-of-kind", 3),
        ("minutes = 1", "minuets = 1", "lessons.unknown-key", 3),
        ("minutes = 1\n", "", "lessons.missing-key", 1),
        ("x = 3.0", "x = [[1, 2], [3]]", "lessons.not-a-value", 7),
        ("x = 3.0", "x = inf", "lessons.not-a-value", 7),
        ('at = "turn()"', 'at = "contributed(x) == 1"', "navigation.no-function", 10),
        ('at = "turn()"', 'at = "turn("', "navigation.not-expression", 10),
        ('at = "turn()"', 'at = "turn(1, 2)"', "navigation.called-so", 10),
        ('at = "turn()"', 'at = "__import__(\\"os\\")"', "navigation.no-function", 10),
        ('at = "turn()"', 'at = "x.__class__"', "navigation.not-in-expression", 10),
        ("{value(y)}", "{value(y)", "lessons.open-brace", 11),
        ("{value(y)}", "value(y)}", "lessons.lone-brace", 11),
        ("{value(y)}", "{lambda: 0}", "navigation.not-in-expression", 11),
        ("say =", "ask = 3\nsay =", "lessons.not-of-kind", 11),
        ("say =", 'free = { task = "a" }\ndo = { task = "b", until = "end()" }\nsay =', "lessons.two-prompts", 11),
        ('say = "y is {value(y)}."', "", "lessons.says-nothing", 10),
        ("say =", 'ask = { kind = "guess", question = "?", answer = "1" }\nsay =', "lessons.one-of", 11),
        ("say =", 'hints = ["one"]\nsay =', "lessons.three-hints", 11),
        ("say =", 'on = "panel"\nmistakes = []\nsay =', "lessons.unknown-key", 12),
        ("title =", "title = = ", "lessons.not-toml-because", 2),
    ],
)
def test_what_is_wrong_is_said_with_its_place(old: str, new: str, id: str, line: int) -> None:
    error = changed(old, new)
    assert getattr(error.sentence, "id", "") == id, error.sentence
    assert error.spot is not None and error.spot.line == line, (error.sentence, error.spot)


def test_the_column_is_that_of_the_value_also_inside_braces() -> None:
    line = 'ask = { kind = "number", question = "What?", answer = "nothing(1)" }'
    error = changed("say =", f"{line}\nsay =")
    assert error.spot == Spot(11, line.index('"nothing') + 1)


@pytest.mark.parametrize(
    "text",
    ["", "\n", "lesson", "= 1", "[" * 5_000, "lesson = " + "[" * 5_000 + "]" * 5_000, "lesson = " + "9" * 5_000, "{}",
     '{"format": "tape-explorer"}', "<html></html>", "lesson = 1\n" * 2, "a." * 3_000 + "b = 1",
     "[[moment]]\n" * 20_000,
     "lesson = 1\nmoment = 3", "lesson = 1\nmoment = [3]", "lesson = true", "lesson = 1.0", 'lesson = "1"'],
)  # fmt: skip
def test_whatever_a_file_holds_it_ends_in_one_sentence(text: str) -> None:
    refused(text)


def test_a_file_that_is_too_large_or_of_another_encoding_or_no_file(tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    latin, wide, holes = tmp_path / "latin.toml", tmp_path / "wide.toml", tmp_path / "holes.toml"
    latin.write_bytes('title = "Géron"'.encode("latin-1"))
    wide.write_text(SMALL, encoding="utf-16")
    holes.write_text("lesson = 1\0")
    loop = tmp_path / "loop.toml"
    loop.symlink_to(loop)
    names = [large, latin, wide, holes, loop, tmp_path, tmp_path / "none.toml"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.toml")
        names.append(tmp_path / "pipe.toml")
    for path in names:
        for read in (lesson_from_file, head_from_file):
            with pytest.raises(LessonError) as caught:
                read(path)
            assert caught.value.sentence.endswith("."), path


def test_a_file_with_windows_line_ends_and_a_mark_at_its_beginning_is_read(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert lesson_from_file(path).program == "y = x*x\n"


def test_the_beginning_of_a_file_is_enough_for_a_list() -> None:
    for path in LESSONS.glob("*.toml"):
        assert head_from_file(path) == lesson_from_file(path).head


def test_positions_cost_no_more_than_the_text_is_long() -> None:
    """Ten times the text takes less than forty times the work: a hostile text does not hang the reader."""

    def cost(count: int) -> float:
        text = SMALL + "".join(f'[[moment]]\nat = "end()"\nsay = "{number} \\" {{{{ "\n' for number in range(count))
        before = time.process_time()
        with pytest.raises(LessonError):
            lesson_from_text(text, "small")
        return time.process_time() - before

    assert min(cost(1_010) for _ in range(3)) < 40 * max(min(cost(101) for _ in range(3)), 1e-3)
    assert MOST_BYTES < 1_000_000
