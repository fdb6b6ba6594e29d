"""Where the keys of a TOML text lie, so that what is wrong with a value can be said with line and column.

The standard library reads TOML without places. This goes over the same text once more and only counts: tables, keys,
items. What is not TOML never gets here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from core.lessons.lesson import Spot

Path = tuple[str | int, ...]
FIRST_LINE = "first line"
"""The key, below that of a text of several lines, of the place where its first line begins."""
TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|'
    r"'''.*?'''|"
    r'"(?:\\.|[^"\\\n])*"|'
    r"'[^'\n]*'|#[^\n]*|[A-Za-z0-9_-]+|\n|[^\S\n]+|.",
    re.DOTALL,
)


class Token(NamedTuple):
    """A piece of the text and where it begins."""

    text: str
    spot: Spot


def positions(text: str) -> dict[Path, Spot]:
    """The place of every value by its path, and of every table by its header."""
    return _Scan().over(text)


class _Scan:
    """One walk over the text; `inside` has for each open bracket its path, and for arrays the number of the item."""

    def __init__(self) -> None:
        self.found: dict[Path, Spot] = {}
        self.table: Path = ()
        self.counts: dict[Path, int] = {}
        self.inside: list[tuple[Path, int | None]] = []
        self.key: Path = ()
        self.wanted: Path | None = None  # the path of the value that comes next

    def over(self, text: str) -> dict[Path, Spot]:
        tokens = list(_tokens(text))
        place, begins_line = 0, True
        while place < len(tokens):
            token = tokens[place]
            if begins_line and not self.inside and token.text == "[":
                place = self._header(tokens, place)
                continue
            if token.text == "\n":
                begins_line = True
            else:
                self._token(tokens, place)
                begins_line = False
            place += 1
        return self.found

    def _header(self, tokens: list[Token], place: int) -> int:
        """A line such as [[moment]] or [moment.ask]; returns the place after it."""
        end = place
        while end < len(tokens) and tokens[end].text != "\n":
            end += 1
        words = [_bare(one.text) for one in tokens[place:end] if re.match(r"[\w\"'-]", one.text)]
        many = place + 1 < len(tokens) and tokens[place + 1].text == "["
        path: Path = ()
        for depth, word in enumerate(words):
            path = (*path, word)
            if many and depth == len(words) - 1:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
        self.table = path
        self.found.setdefault(path, tokens[place].spot)
        return end

    def _token(self, tokens: list[Token], place: int) -> None:
        text, spot = tokens[place]
        if text == "=" and self._expects_key():
            key = next((one.text for one in reversed(tokens[:place]) if one.text.strip()), "")
            self.wanted = (*self._around(), _bare(key))
        elif text in "[{" and (self.wanted is not None or self._in_array()):
            path = self._value(spot)
            self.inside.append((path, 0 if text == "[" else None))
        elif text in "]}" and self.inside:
            self.inside.pop()
        elif text == "," and self._in_array():
            path, count = self.inside[-1]
            self.inside[-1] = path, (count or 0) + 1
        elif not text.startswith("#") and (self.wanted is not None or self._in_array()):
            path = self._value(spot)
            if text[:4] in ('"""\n', "'''\n"):
                self.found[(*path, FIRST_LINE)] = Spot(spot.line + 1, 1)

    def _value(self, spot: Spot) -> Path:
        """A value begins here."""
        if self.wanted is not None:
            path, self.wanted = self.wanted, None
        else:
            around, count = self.inside[-1]
            path = (*around, count or 0)
        self.found.setdefault(path, spot)
        return path

    def _around(self) -> Path:
        return self.inside[-1][0] if self.inside else self.table

    def _in_array(self) -> bool:
        return bool(self.inside) and self.inside[-1][1] is not None

    def _expects_key(self) -> bool:
        return self.wanted is None and not self._in_array()


def _tokens(text: str) -> Iterator[Token]:
    """The pieces of the text that are not blanks."""
    line, began = 1, 0
    for found in TOKEN.finditer(text):
        piece = found[0]
        if piece == "\n" or piece.strip():
            yield Token(piece, Spot(line, found.start() - began + 1))
        if breaks := piece.count("\n"):
            line, began = line + breaks, found.start() + piece.rfind("\n") + 1


def _bare(word: str) -> str:
    return word.strip("\"'")
