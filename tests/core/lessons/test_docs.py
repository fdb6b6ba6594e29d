"""What docs/lessons.md says is true: its lesson has nothing wrong, and its tables name every function and key."""

import re
from pathlib import Path

from core.lessons.answers import READERS
from core.lessons.check import problems_of
from core.lessons.form.schema import TOP
from core.lessons.form.tasks import TASKS
from core.lessons.functions import GRAMMAR
from core.lessons.mistakes import KNOWN
from core.lessons.reading import lesson_from_text
from core.navigation.grammar import signature
from explorer.lessons.transcript import transcript

DOC = (Path(__file__).resolve().parents[3] / "docs" / "lessons.md").read_text(encoding="utf-8")


def test_the_lesson_shown_has_nothing_wrong_and_can_be_walked() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL)
    lesson = lesson_from_text(text, "used-twice")
    assert problems_of(lesson) == []
    assert "4 + 1 = 5" in "\n".join(transcript(lesson)) or "1 + 4 = 5" in "\n".join(transcript(lesson))


def test_every_function_and_key_is_in_a_table() -> None:
    for function in GRAMMAR.functions.values():
        assert f"| `{signature(function)}` | {function.about} |" in DOC
    for key in (*TOP, *TASKS, *READERS, *KNOWN):
        assert re.search(rf"\b{key}\b", DOC), key
