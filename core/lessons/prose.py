"""Texts of a lesson: plain sentences with numbers that are computed where they stand, so that they cannot lie.

    The first way delivers {contribution(w1, entry("2*w1"))}: a *contribution*.

`{expression}` or `{expression:.4f}` is computed, `{{` is a brace; a word in asterisks is a term that is introduced
there; code stands in backticks. Knows expressions; knows no lesson.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.basics.errors import ProgramError
from core.basics.words import say
from core.navigation.grammar import Expression
from core.navigation.logic import Unknown
from core.navigation.places import Missing, Place
from core.notation import number

Known = Mapping[str, Any]
TROUBLES = (Unknown, Missing, ProgramError)
"""What an expression raises where what it asks for cannot be had."""
FORMAT = re.compile(r"[ +-]?,?(?:\.\d{1,2})?[efg%]?")
TERM = re.compile(r"(?<![\w*])\*(\w[\w -]*\w|\w)\*(?![\w*])")
CODE = re.compile(r"`[^`]*`")


@dataclass(frozen=True)
class Slot:
    """A number in a text: the expression, and how it is written ("" as everywhere in the program)."""

    expression: Expression
    format: str = ""

    def text(self, known: Known) -> str:
        """The number as text; raises what the expression raises."""
        value = self.expression.value(known)
        return shown(value, known) if not self.format else _formatted(value, self.format)


@dataclass(frozen=True)
class Prose:
    """A text with slots; `source` is how it stands in the file."""

    source: str
    parts: tuple[str | Slot, ...]

    def fill(self, known: Known) -> str:
        """The text with all numbers in place, asterisks and backticks kept; raises what an expression raises."""
        return "".join(part if isinstance(part, str) else part.text(known) for part in self.parts)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The numbers that are computed."""
        return tuple(part for part in self.parts if isinstance(part, Slot))

    @cached_property
    def words(self) -> str:
        """The text without numbers and code."""
        return CODE.sub(" ", " ".join(part for part in self.parts if isinstance(part, str)))

    @cached_property
    def introduced(self) -> tuple[str, ...]:
        """The terms in asterisks."""
        return tuple(found[1].lower() for found in TERM.finditer(self.words))


def filled(prose: Prose | None, known: Known) -> str:
    """A text with its numbers; where one of them cannot be had here, a question mark stands for it. "" for no text."""
    if prose is None:
        return ""
    texts = []
    for part in prose.parts:
        try:
            texts.append(part if isinstance(part, str) else part.text(known))
        except TROUBLES:
            texts.append("?")
    return "".join(texts)


def without_marks(text: str) -> str:
    """A filled text without the asterisks of terms, for readers that have no italics."""
    return TERM.sub(r"\1", text)


def read_prose(text: str, read: Callable[[str], Expression]) -> Prose:
    """A text with its slots read; raises ProgramError with one sentence."""
    return Prose(text, tuple(_parts(" ".join(text.split()), read)))


def _parts(text: str, read: Callable[[str], Expression]) -> Iterator[str | Slot]:
    place, plain = 0, ""
    while place < len(text):
        letter = text[place]
        if letter in "{}" and text[place : place + 2] == 2 * letter:
            plain, place = plain + letter, place + 2
        elif letter == "{":
            end = _end_of_slot(text, place + 1)
            if plain:
                yield plain
            yield _slot(text[place + 1 : end], read)
            plain, place = "", end + 1
        elif letter == "}":
            raise ProgramError(say("lessons.lone-brace", "A `}}` has no `{{` before it; a brace itself is doubled."))
        else:
            plain, place = plain + letter, place + 1
    if plain:
        yield plain


def _end_of_slot(text: str, start: int) -> int:
    """Where the brace is closed, outside of quotes."""
    quote = ""
    for place in range(start, len(text)):
        letter = text[place]
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter == "}":
            return place
    raise ProgramError(say("lessons.open-brace", "A `{{` is not closed; a brace itself is doubled."))


def _slot(inside: str, read: Callable[[str], Expression]) -> Slot:
    expression, colon, format = inside.rpartition(":")
    if not colon or not FORMAT.fullmatch(format) or not format:
        return Slot(read(inside))
    return Slot(read(expression), format)


def shown(value: Any, known: Known) -> str:
    """A value as it is read in a text: numbers as everywhere, entries by their label, None as Python writes it."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool | np.bool_):
        return str(value)
    if isinstance(value, Place):
        return known["timeline"].tape.label(value.index)
    if isinstance(value, list | tuple):
        return f"[{', '.join(shown(one, known) for one in value)}]"
    if isinstance(value, int) and abs(value) >= 10**6 or np.ndim(value) == 0 and _is_large_whole(value):
        return f"{int(value):,}"
    return number(value)


def _is_large_whole(value: Any) -> bool:
    return bool(np.isfinite(value)) and 10**6 <= abs(value) < 10**15 and value == int(value)


def _formatted(value: Any, format: str) -> str:
    try:
        return f"{value if isinstance(value, int) and format == ',' else float(value):{format}}"
    except (TypeError, ValueError):
        raise ProgramError(
            say("lessons.no-such-format", "The format `{format}` does not fit what stands before it.", format=format)
        ) from None
