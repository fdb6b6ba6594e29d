"""A text in cells: each begins with a line `# %%` and its number, as editors write cells in a Python file.

Knows texts only; what the cells of a notebook printed is told beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

MARK = re.compile(r"^# ?%%(?: +(\d{1,9}))?(?: .*)?$")
_HELP = re.compile(r"^\s*(\?{1,2}[\w.]+|[\w.]+\?{1,2})\s*$")


class Cell(NamedTuple):
    """The code of one cell, and the text that a notebook keeps of what it printed and showed."""

    text: str
    output: str = ""


class Place(NamedTuple):
    """Where a cell is in a text: its number, its first and last line without the mark, and what it begins with."""

    number: int
    first: int
    last: int
    title: str


def joined(cells: Iterable[Cell]) -> str:
    """The cells in order as one text, with a mark before each; a single cell has none."""
    kept = [cell.text.strip("\n") for cell in cells]
    if len(kept) == 1:
        return f"{kept[0]}\n"
    return "\n".join(f"# %% {number}\n{text}\n" for number, text in enumerate(kept, 1))


def places(text: str) -> list[Place]:
    """The cells of a text; none where it has no marks. What comes before the first mark is a cell of its own."""
    lines = text.split("\n")
    marks = [(number, found) for number, line in enumerate(lines, 1) if (found := MARK.match(line))]
    if not marks:
        return []
    starts = [(line, int(found[1]) if found[1] else place) for place, (line, found) in enumerate(marks, 1)]
    if any(line.strip() for line in lines[: starts[0][0] - 1]):
        starts.insert(0, (0, 0))
    ends = [line - 1 for line, _ in starts[1:]] + [len(lines)]
    return [
        Place(number, line + 1, max(end, line + 1), _title(lines[line:end]))
        for (line, number), end in zip(starts, ends, strict=True)
    ]


def _title(lines: list[str]) -> str:
    """The first line that says something."""
    told = [line.strip() for line in lines if line.strip()]
    return next((line for line in told if not line.startswith("#")), told[0] if told else "")


def as_python(text: str) -> str:
    """A notebook's cell as Python can read it: a cell for another program, and questions for help, as comments."""
    lines = text.split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%") and not re.match(r"%%(time|timeit|capture|tab)\b", first):
        return "\n".join(f"# {line}".rstrip() for line in lines)
    return "\n".join(f"# {line}" if _HELP.match(line) else line for line in lines)
