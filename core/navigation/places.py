"""What a text means on a tape: entries by the program's own names or by the text that made them, lines, edges.

Generated names such as v3 move with every edit and mean nothing here. Knows tapes; knows nothing of sweeps.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from core.basics.words import say
from core.ops import INPUT
from core.tape import Tape


@dataclass(frozen=True)
class Place:
    """An entry that is meant, by its index. Not a number: its value, or what arrived at it, is one."""

    index: int


@dataclass(frozen=True)
class Line:
    """A line of the program; the first is 1."""

    number: int


@dataclass(frozen=True)
class Edge:
    """The way from an operand to an entry computed from it, by their indices."""

    operand: int
    result: int


class Missing(Exception):
    """Something that the program does not have; its text is one sentence."""


class Places:
    """The entries of one tape, found by name and by text."""

    def __init__(self, tape: Tape, text: str) -> None:
        self.tape = tape
        self._lines = text.split("\n")

    def named(self, name: str) -> Place:
        """The entry of that name: the input, else the one that was called so last."""
        found = self._by_name.get(name)
        if not found:
            raise Missing(say("navigation.no-name", "There is no `{name}` in the program.", name=name))
        return Place(found[0] if self.tape.ops[found[0]] is INPUT else found[-1])

    def entry(self, text: str, which: int | None = None) -> Place:
        """The entry of that name, or made by that piece of text; `which` counts from 1 (from the last: -1)."""
        found = self._by_name.get(text) or self._by_text.get(_bare(text), [])
        if not found:
            raise Missing(say("navigation.no-text", "There is no entry `{text}` in the program.", text=text))
        if which is None:
            return self.named(text) if text in self._by_name else Place(found[0])
        if not 0 < abs(which) <= len(found):
            raise Missing(
                say(
                    "navigation.no-such-occurrence",
                    "There are {count} entries `{text}`, and no entry number {which}.",
                    count=len(found),
                    text=text,
                    which=which,
                )
            )
        return Place(found[which - 1 if which > 0 else which])

    def on_line(self, number: int) -> list[int]:
        """The entries that a line's own text made."""
        found = self._by_line.get(number)
        if not found:
            raise Missing(say("navigation.no-line", "Nothing is computed in line {line} of the program.", line=number))
        return found

    def text(self, index: int) -> str:
        """The piece of text that made an entry; "" where there is none."""
        provenance = self.tape.provenances[index] if index < len(self.tape.provenances) else None
        return provenance.span.text_of(self._lines) if provenance is not None and provenance.span else ""

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, name in sorted(self.tape.names.items()):
            found.setdefault(name, []).append(index)
        return found

    @cached_property
    def _by_line(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for index, provenance in enumerate(self.tape.provenances):
            if provenance is not None and provenance.span is not None:
                found.setdefault(provenance.span.line, []).append(index)
        return found

    @cached_property
    def _by_text(self) -> dict[str, list[int]]:
        """For each text the entries that it made, one for each time that it was run: the last of those times' own."""
        last: dict[tuple[object, ...], int] = {}
        for index, provenance in enumerate(self.tape.provenances):
            if provenance is not None and provenance.span is not None and self.tape.ops[index] is not INPUT:
                last[provenance.span, provenance.sites, provenance.loop] = index
        texts: dict[object, str] = {}
        found: dict[str, list[int]] = {}
        for (span, *_), index in last.items():
            if span not in texts:
                texts[span] = _bare(self.text(index))
            found.setdefault(texts[span], []).append(index)
        return {text: sorted(indices) for text, indices in found.items()}


def _bare(text: str) -> str:
    """The text without blanks, and without brackets around all of it."""
    text = "".join(text.split())
    while text.startswith("(") and text.endswith(")") and _closes_at_the_end(text):
        text = text[1:-1]
    return text


def _closes_at_the_end(text: str) -> bool:
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place == len(text) - 1
    return False
