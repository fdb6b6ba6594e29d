"""One table of a lesson's file, with the places of its keys: takes values of a kind, refuses others in a sentence."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.basics.errors import ProgramError
from core.basics.words import listed, say
from core.lessons.form.positions import Path
from core.lessons.functions import read
from core.lessons.lesson import LessonError, Spot
from core.lessons.prose import Prose, read_prose
from core.navigation.grammar import Expression

LONGEST = 20_000
MOST_NUMBERS = 100_000
NEEDED: Any = object()
"""The default of a key that has none."""


@dataclass(frozen=True)
class Table:
    """The data of a table, its path in the file, and where all values of the file lie."""

    data: dict[str, Any]
    path: Path
    places: Mapping[Path, Spot]

    def spot(self, key: str = "") -> Spot:
        """Where a value lies; the table itself where it has no place of its own."""
        for path in ((*self.path, key) if key else self.path, self.path, self.path[:-1], self.path[:2]):
            if path in self.places:
                return self.places[path]
        return Spot(1, 1)

    def spots(self) -> dict[str, Spot]:
        """The places of all keys, the table's own under ""."""
        return {"": self.spot(), **{key: self.spot(key) for key in self.data}}

    def refused(self, key: str, sentence: str) -> LessonError:
        """The error that a key is wrong."""
        return LessonError(sentence, self.spot(key))

    def only(self, known: Sequence[str]) -> None:
        """Refuse keys that nobody knows."""
        for key in self.data:
            if key not in known:
                raise self.refused(
                    key, say("lessons.unknown-key", "There is no key `{key}` here; there are {known}.",
                             key=key, known=listed(known)))  # fmt: skip

    def text(self, key: str, default: Any = NEEDED) -> str:
        """A text."""
        value = self._value(key, default)
        if value is default:
            return value
        if not isinstance(value, str):
            raise self._not_a(key, say("lessons.a-text", "a text in quotes"))
        if len(value) > LONGEST:
            raise self.refused(key, say("lessons.text-too-long", "`{key}` is longer than {most} characters.",
                                        key=key, most=LONGEST))  # fmt: skip
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where there is none."""
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._not_a(key, say("lessons.texts", "a list of texts in quotes"))
        return tuple(value)

    def whole(self, key: str, default: Any = NEEDED) -> int:
        """A whole number that is not negative."""
        value = self._value(key, default)
        if type(value) is not int or not 0 <= value < 10**6:
            raise self._not_a(key, say("lessons.a-whole-number", "a whole number"))
        return value

    def number(self, key: str, default: Any = NEEDED) -> Any:
        """A number that is finite."""
        value = self._value(key, default)
        if value is default:
            return value
        if type(value) not in (int, float) or not math.isfinite(value):
            raise self._not_a(key, say("lessons.a-number", "a number"))
        return float(value)

    def numbers(self, key: str) -> dict[str, Any]:
        """A table of numbers, or nested lists of them, by name."""
        value = self._value(key, {})
        if not isinstance(value, dict):
            raise self._not_a(key, say("lessons.numbers-by-name", "a table of numbers by name"))
        for name, one in value.items():
            if not name.isidentifier() or not _is_regular(one):
                raise self.refused(
                    key, say("lessons.not-a-value", "`{name}` in `{key}` is not a number or a regular list of numbers.",
                             name=name, key=key))  # fmt: skip
        return value

    def one_of(self, key: str, known: Sequence[str], default: Any = NEEDED) -> str:
        """One of a few words."""
        value = self.text(key, default)
        if value not in known:
            raise self.refused(
                key, say("lessons.one-of", "`{key}` is one of {known}, not `{value}`.",
                         key=key, known=listed([f"`{one}`" for one in known]), value=value))  # fmt: skip
        return value

    def tables(self, key: str, most: int) -> Iterator[Table]:
        """The tables of a list, each with its place."""
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.refused(key, say("lessons.tables", "`{key}` is written as [[{key}]].", key=key))
        if len(value) > most:
            raise self.refused(key, say("lessons.too-many", "There are more than {most} `{key}`.", most=most, key=key))
        for number, one in enumerate(value):
            yield Table(one, (*self.path, key, number), self.places)

    def table(self, key: str) -> Table:
        """A table under a key."""
        value = self._value(key, NEEDED)
        if not isinstance(value, dict):
            raise self._not_a(key, say("lessons.a-table", "a table in braces"))
        return Table(value, (*self.path, key), self.places)

    def expression(self, key: str) -> Expression:
        """An expression over the run."""
        return self._read(key, self.text(key))

    def expressions(self, key: str) -> tuple[Expression, ...]:
        """One expression, or a list of them."""
        value = self.data.get(key, [])
        texts = [value] if isinstance(value, str) else list(self.texts(key))
        return tuple(self._read(key, text) for text in texts)

    def prose(self, key: str, default: Any = NEEDED) -> Any:
        """A text with numbers in it."""
        text = self.text(key, default)
        return text if text is default else self.prose_of(key, text)

    def prose_of(self, key: str, text: str) -> Prose:
        """A text that stands under a key, read."""
        try:
            return read_prose(text, read)
        except ProgramError as error:
            raise self.refused(key, error.message) from None

    def _read(self, key: str, text: str) -> Expression:
        try:
            return read(text)
        except ProgramError as error:
            raise self.refused(key, error.message) from None

    def _value(self, key: str, default: Any) -> Any:
        if key in self.data:
            return self.data[key]
        if default is NEEDED:
            raise self.refused("", say("lessons.missing-key", "`{key}` is missing here.", key=key))
        return default

    def _not_a(self, key: str, kind: str) -> LessonError:
        return self.refused(key, say("lessons.not-of-kind", "`{key}` is not {kind}.", key=key, kind=kind))


def _is_regular(value: Any) -> bool:
    """Whether a value is a number, or lists of numbers in which all of one depth are equally long."""
    level, count = [value], 0
    for _ in range(9):
        if all(type(one) in (int, float) and abs(one) < 1e300 for one in level):
            return True
        if not all(isinstance(one, list) and len(one) == len(level[0]) > 0 for one in level):
            return False
        level = [item for one in level for item in one]
        count += len(level)
        if count > MOST_NUMBERS:
            return False
    return False
