"""What is in a text, line by line, and whether what its cells say is what a notebook says of them. No Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from core.basics.budget import Budget
from core.basics.words import say
from core.language.program import Program
from core.running.cells import Said, said_by_cells
from explorer.model.values import Value
from explorer.sources.cells import places

MOST_ITEMS = 2_000
_NAMED = re.compile(r"^([ \t]*)(def|class)[ \t]+(\w+)")
_NOISE = re.compile(
    r"grad_fn=<[^>]*>|requires_grad=\w+|dtype=[\w.]+|weak_type=\w+|shape=\([^)]*\)|device='[^']*'|"
    r"Parameter containing:|\b(tf\.Tensor|tf\.Variable|tensor|array|Array|DeviceArray|numpy|torch\.\w+|np\.float\d+)\b"
)
_PICTURE = re.compile(r"<[^<>\n]*(?: at 0x[0-9a-f]+|Axes|Figure size)[^<>\n]*>|^[\[\],\s]*$")
_TOKEN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[^\W\d]\w*")
CLOSE = 2e-4
"""How far two printed numbers may be apart, relative to the larger one; libraries print four digits."""


class Item(NamedTuple):
    """A line of the outline: its line in the text, what it says, how deep it is, and the number of a cell, else 0."""

    line: int
    title: str
    depth: int
    cell: int = 0


class Verdict(NamedTuple):
    """Whether a cell says what the notebook does, in a word, and in sentences with both texts."""

    word: str
    told: str


def items(text: str) -> list[Item]:
    """The cells, functions and classes of a text, in its order."""
    found = [Item(one.first, one.title, 0, one.number) for one in places(text)]
    base, titles = (1 if found else 0), {one.title for one in found}
    for number, line in enumerate(text.split("\n"), 1):
        if (named := _NAMED.match(line)) and line not in titles:
            depth = base + len(named[1].expandtabs(4)) // 2 % 8
            found.append(Item(number, f"{named[2]} {named[3]}", min(depth, base + 3)))
    return sorted(found, key=lambda one: (one.line, one.depth))[:MOST_ITEMS]


def end_of_cell(text: str, number: int) -> int:
    """The last line of a cell; 0 where there is none of that number."""
    return next((one.last for one in places(text) if one.number == number), 0)


def verdicts(
    program: Program, outputs: Mapping[int, str], point: Mapping[str, Value], budget: Budget
) -> dict[int, Verdict]:
    """By the number of a cell how its output agrees with the notebook's."""
    cells = places(program.text)
    said = said_by_cells(program, [(one.first, one.last) for one in cells], dict(point), budget)
    told = {cell.number: _verdict(one, outputs.get(cell.number, "")) for cell, one in zip(cells, said, strict=True)}
    return {number: one for number, one in told.items() if one is not None}


def _verdict(said: Said, stored: str) -> Verdict | None:
    ours, theirs = said.text, _without_pictures(stored)
    if not said.whole:
        return Verdict("stopped", say("outline.did-not-run", "This cell did not run to its end."))
    if not theirs:
        return None
    if is_same(ours, theirs):
        return Verdict("same", say("outline.same", "The notebook's output and ours are the same."))
    return Verdict("parts", say("outline.parts", "They part in line {line}.\nThe notebook:\n{theirs}\nOurs:\n{ours}",
                                line=first_difference(ours, theirs), theirs=theirs,
                                ours=ours or say("outline.nothing", "nothing")))  # fmt: skip


def _without_pictures(stored: str) -> str:
    """The output without what only stands for a drawing."""
    return "\n".join(line for line in stored.split("\n") if not _PICTURE.search(line)).strip()


def is_same(ours: str, theirs: str) -> bool:
    """Whether two outputs say the same words and numbers, however a library writes them."""
    one, other = _tokens(ours), _tokens(theirs)
    return len(one) == len(other) and all(map(_alike, one, other))


def first_difference(ours: str, theirs: str) -> int:
    """The number of the first line in which two outputs differ."""
    one, other = ours.split("\n"), theirs.split("\n")
    pairs = zip(one, other, strict=False)
    alike = next((number for number, pair in enumerate(pairs, 1) if not is_same(*pair)), None)
    return alike or min(len(one), len(other)) + 1


def _tokens(text: str) -> list[str]:
    return [token.lower() for token in _TOKEN.findall(_NOISE.sub(" ", text))]


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        a, b = float(one), float(other)
    except ValueError:
        return False
    return abs(a - b) <= CLOSE * max(abs(a), abs(b), 1e-3) or a != a and b != b
