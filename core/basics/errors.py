"""What can be wrong with a user's program, as a value that reads as one sentence."""

from __future__ import annotations

from core.basics.span import Span
from core.basics.words import say, sentences


class ProgramError(Exception):
    """Anything wrong with a user's program: what it is, where it is, and what to do about it."""

    def __init__(self, message: str, span: Span | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.hint = hint

    def __str__(self) -> str:
        text = sentences(self.message, self.hint)
        if self.span is None:
            return text
        return say(
            "engine.line-column",
            "line {line}, column {column}: {text}",
            line=self.span.line,
            column=self.span.column,
            text=text,
        )
