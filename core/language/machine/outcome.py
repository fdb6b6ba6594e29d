"""What came of running a program: data, also when it failed half-way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.basics.errors import ProgramError
from core.basics.span import Span
from core.basics.words import say, sentences


class Refusal(Exception):
    """Why an operation cannot be done: a message and a hint, still without a place.

    `python` is the class of the exception that Python would raise, where a program may catch it.
    """

    def __init__(self, message: str, hint: str = "", python: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.python = python


class RunError(ProgramError):
    """A failure while a program runs; it knows the calls and loop passes that led to it.

    `python` is the class of the exception that Python would raise here, and `said` its text where it is Python's own;
    without a class nothing catches it, as the limits of a run must not be caught. `raised` is what the program raised.
    """

    python = ""
    said: str | None = None
    raised: Any = None

    def __init__(
        self,
        message: str,
        span: Span | None = None,
        hint: str = "",
        calls: tuple[str, ...] = (),
        loop: tuple[tuple[int, int], ...] = (),
        values: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(message, span, hint)
        self.calls = calls
        self.loop = loop
        self.values = values


@dataclass(frozen=True)
class Failure:
    """Why a run ended early: a sentence, its place, and the values that led to it as (text, value) pairs."""

    message: str
    span: Span | None = None
    hint: str = ""
    calls: tuple[str, ...] = ()
    loop: tuple[tuple[int, int], ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, error: ProgramError) -> Failure:
        """The failure an exception stands for."""
        if isinstance(error, RunError):
            return cls(error.message, error.span, error.hint, error.calls, error.loop, error.values)
        return cls(error.message, error.span, error.hint)

    def __str__(self) -> str:
        text = sentences(self.message, self.hint)
        if self.loop:
            passes = ", ".join(
                say("language.pass-loop-line", "pass {number} of the loop in line {line}", number=number, line=line)
                for line, number in self.loop
            )
            text = say("language.in-passes", "{text} (In {passes}.)", text=text, passes=passes)
        if self.span is None:
            return text
        line, column = self.span.line, self.span.column
        return say("engine.line-column", "line {line}, column {column}: {text}", line=line, column=column, text=text)


@dataclass(frozen=True)
class Outcome:
    """The result of one run; `skipped` are the spans of the branches and bodies that were not entered.

    `by_hand` are the values of the names that the text says are derivatives.
    """

    value: Any = None
    target_value: Any = None
    printed: str = ""
    failure: Failure | None = None
    skipped: tuple[Span, ...] = ()
    by_hand: dict[str, Any] = field(default_factory=dict)
