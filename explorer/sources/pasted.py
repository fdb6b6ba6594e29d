"""Cleaning what one pastes: prompts, line numbers, curly quotes, spaces that are none, tabs, a common indentation.

Each kind is taken away only where the whole text has it, so that Python text stays as it is.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

from core.basics.words import listed, say

_PROMPT = re.compile(r"^\s*(>>> ?|\.\.\.: ?|\.\.\. ?|In ?\[[\d ]*\]: ?)")
_FIRST = re.compile(r"^\s*(>>>|In ?\[[\d ]*\]:)", re.MULTILINE)
_OUT = re.compile(r"^\s*Out ?\[[\d ]*\]: ?")
_NUMBER = re.compile(r"^\s*(\d{1,5})(?:[.:|)]|\t|(?= {2})|$)[ \t]?")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'"})
_KEPT = re.compile(r"""("[^"\n]*"|'[^'\n]*'|\#[^\n]*)""")
_SPACES = str.maketrans(dict.fromkeys(map(chr, (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)), " "))
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00d7": "*"})
MOST = 2_000_000
"""Characters beyond which nothing is looked at."""


def cleaned(text: str) -> tuple[str, str]:
    """The text as Python reads it, and in a sentence what was taken away; "" where it stays as it is."""
    if len(text) > MOST or not text.strip():
        return text, ""
    done = []
    for name, clean in _WAYS:
        found = clean(text)
        if found != text:
            done.append(name)
            text = found
    return text, say("editor.pasted-cleaned", "Cleaned what was pasted: {what}. Ctrl+Z brings it back.",
                     what=listed(done)) if done else ""  # fmt: skip


def _spaces(text: str) -> str:
    return text.translate(_NOTHING).translate(_SPACES)


def _without_prompts(text: str) -> str:
    """The lines behind prompts; with prompts, the lines without one are what was printed."""
    if not _FIRST.search(text):
        return text
    kept, inside = [], False
    ipython = re.search(r"^\s*In ?\[", text, re.MULTILINE) is not None
    for line in text.split("\n"):
        found = _PROMPT.match(line)
        if found:
            kept.append(line[found.end() :])
            inside = True
        elif not line.strip():
            kept.append("")
            inside = False
        elif ipython and inside and not _OUT.match(line):
            kept.append(line.strip("\n"))  # cells of notebooks go on without a prompt
    return "\n".join(kept)


def _without_numbers(text: str) -> str:
    """Without line numbers, where every line has the next one."""
    lines = text.rstrip("\n").split("\n")
    numbers = [_NUMBER.match(line) for line in lines]
    if len(lines) < 2 or not all(numbers):
        return text
    if all(found and found.end() == len(line) for line, found in zip(lines, numbers, strict=True)):
        return text  # a column of numbers
    counted = [int(found[1]) for found in numbers if found]
    if counted != list(range(counted[0], counted[0] + len(counted))):
        return text
    return "\n".join(line[found.end() :] for line, found in zip(lines, numbers, strict=True) if found)


def _quotes(text: str) -> str:
    """Curly quotes and signs of typesetting as Python's, outside comments and texts in quotes of Python."""
    parts = _KEPT.split(text)
    return "".join(part if place % 2 else part.translate(_QUOTES).translate(_SIGNS) for place, part in enumerate(parts))


def _tabs(text: str) -> str:
    return "\n".join(line.expandtabs(4) if "\t" in line[: len(line) - len(line.lstrip())] else line
                     for line in text.split("\n")) if "\t" in text else text  # fmt: skip


def _without_indent(text: str) -> str:
    first = next((line for line in text.split("\n") if line.strip()), "")
    return textwrap.dedent(text) if first.startswith(" ") else text


_WAYS: tuple[tuple[str, Callable[[str], str]], ...] = (
    (say("editor.cleaned-spaces", "spaces that are none"), _spaces),
    (say("editor.cleaned-prompts", "prompts"), _without_prompts),
    (say("editor.cleaned-numbers", "line numbers"), _without_numbers),
    (say("editor.cleaned-quotes", "curly quotes and signs"), _quotes),
    (say("editor.cleaned-tabs", "tabs"), _tabs),
    (say("editor.cleaned-indent", "a common indentation"), _without_indent),
)
