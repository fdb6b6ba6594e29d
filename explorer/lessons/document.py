"""A lesson's program as a document, and a document with bookmarks as the draft of a lesson. Knows no Qt."""

from __future__ import annotations

from core.lessons.lesson import Lesson
from core.lessons.opening import point_of
from explorer.model.document import Document


def document_of(lesson: Lesson) -> Document:
    """What a window opens for a lesson: its program at its point."""
    return Document(
        text=lesson.program.strip("\n") + "\n",
        inputs=point_of(lesson),
        output=lesson.of,
        mode=lesson.mode,
        direction=dict(lesson.along),
        title=lesson.title,
        about=lesson.after,
    )
