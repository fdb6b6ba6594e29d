"""From a lesson to its run. Knows lessons and runs; knows no walk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.basics.budget import Budget
from core.lessons.lesson import Lesson
from core.lessons.study import Setting, Study, as_point


def setting_of(lesson: Lesson) -> Setting:
    """How a lesson runs its program."""
    return Setting(lesson.watch, lesson.of, lesson.mode, lesson.along, lesson.train)


def point_of(lesson: Lesson) -> dict[str, Any]:
    """The values of its inputs."""
    return {name: as_point(value) for name, value in lesson.inputs.items()}


def study_of(
    lesson: Lesson, budget: Budget | None = None, by: Mapping[str, Any] | None = None, program: str = ""
) -> Study:
    """The run of a lesson, with some inputs or the program changed; raises ProgramError where it cannot be run."""
    point = point_of(lesson) | {name: as_point(value) for name, value in (by or {}).items()}
    return Study.of_text(program or lesson.program.strip("\n"), point, setting_of(lesson), budget)
