"""A lesson's program as a document, and a document with bookmarks as the draft of a lesson. Knows no Qt."""

from __future__ import annotations

from core.lessons.draft import draft
from core.lessons.lesson import Lesson
from core.lessons.opening import point_of
from core.timeline import Timeline
from explorer.model.document import Document


def document_of(lesson: Lesson) -> Document:
    """What a window opens for a lesson: its program at its point."""
    watch = set(lesson.inputs) if lesson.watch is None else set(lesson.watch)
    return Document(
        text=lesson.program.strip("\n"),
        inputs=point_of(lesson),
        unwatched=tuple(sorted(set(lesson.inputs) - watch)),
        watched=() if lesson.watch is None else lesson.watch,
        output=lesson.of,
        mode=lesson.mode,
        direction=dict(lesson.along),
        title=lesson.title,
        about=lesson.after,
    )


def draft_of(document: Document, timeline: Timeline) -> str:
    """A document with its bookmarks and notes as the draft of a lesson: the text of a file for its author."""
    return draft(timeline, document.bookmarks, document.title, document.about)
