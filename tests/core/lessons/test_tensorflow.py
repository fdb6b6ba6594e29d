"""The lessons that speak TensorFlow print what TensorFlow prints: measured by `measure.py`, which lies beside this."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from core.lessons.lesson import Do
from core.lessons.opening import study_of
from tests.core.lessons.learners import lesson_of

MEASURED = json.loads(Path(__file__).with_name("tensorflow.json").read_text(encoding="utf-8"))["printed"]


@pytest.mark.parametrize("id", MEASURED)
def test_our_answers_are_those_of_tensorflow(id):
    lesson = lesson_of(id)
    programs = ["", *(one.task.program for one in lesson.moments if isinstance(one.task, Do) and one.task.program)]
    for program, expected in zip(programs, MEASURED[id], strict=True):
        found = answers_in(study_of(lesson, program=program).run.printed)
        assert [one is None for one in found] == [one is None for one in expected]
        assert [one or 0.0 for one in found] == pytest.approx([one or 0.0 for one in expected], rel=2e-6)


def answers_in(text: str) -> list[float | None]:
    """Every number and None in what was printed, in order."""
    return [None if word == "None" else float(word) for word in re.findall(r"None|-?\d+\.?\d*(?:e-?\d+)?", text)]
