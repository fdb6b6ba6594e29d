"""Lessons with parts exchanged at random are refused, or checked and walked to their end: never an error of ours."""

import random
import re

import pytest

from core.basics.errors import ProgramError
from core.lessons.check import problems_of
from core.lessons.lesson import LessonError
from core.lessons.reading import lesson_from_text
from explorer.lessons.transcript import transcript
from tests.core.lessons.learners import FOLDER

PIECE = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|\d+")
BITS = (
    '"', "'", "{", "}", "[", "]", '"""', "\n", "= ", "-1", "nan", "None", "w1", "f", 'entry("x")', "end()",
    "[[moment]]", "\\", "\0", "9" * 400, "1e400", '"choice"', '"sign"', '"shape"', '"next entry"', '"none or number"',
    '"expression"', "gradient(x)", "hessian()", "[1, 2]", "value(x)", '"h"', '"step"',
)  # fmt: skip
SPOILED = ("one-product", "reuse-adds", "finite-differences")
TEXTS = {id: (FOLDER / f"{id}.toml").read_text(encoding="utf-8") for id in SPOILED}


def spoiled(text: str, drawn: random.Random) -> str:
    for _ in range(drawn.randint(1, 4)):
        place, lines = drawn.randrange(len(text)), text.split("\n")
        pieces = list(PIECE.finditer(text))
        match drawn.randrange(4):
            case 0:
                text = text[:place] + drawn.choice(BITS) + text[place:]
            case 1:
                text = text[:place] + text[place + drawn.randint(1, 20) :]
            case 2:
                one, other = drawn.randrange(len(lines)), drawn.randrange(len(lines))
                lines[one], lines[other] = lines[other], lines[one]
                text = "\n".join(lines)
            case _:
                old, new = drawn.choice(pieces), drawn.choice((drawn.choice(pieces)[0], drawn.choice(BITS)))
                text = text[: old.start()] + new + text[old.end() :]
    return text


@pytest.mark.parametrize("id", TEXTS)
def test_a_spoiled_lesson_is_told_and_never_breaks_its_reader(id: str) -> None:
    drawn, read = random.Random(id), 0
    for _ in range(120):
        try:
            lesson = lesson_from_text(spoiled(TEXTS[id], drawn), id)
        except LessonError as error:
            assert error.sentence.endswith((".", "?"))
            continue
        read += 1
        assert all(problem.sentence for problem in problems_of(lesson))
        try:
            assert list(transcript(lesson))
        except ProgramError as error:
            assert str(error)
    assert read > 5, "so that reading is not all that is tried"
