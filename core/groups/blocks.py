"""Parts what is too much to stand in a row: inputs, lines of text, blocks that repeat, then even shares of the rest.

So that a run without any structure of its own can be looked at level by level. Knows tapes and drafts of groups.
"""

import math

import numpy as np

from core.groups.draft import Draft, Item, gathered, items_of, put
from core.ops import INPUT
from core.tape import Tape

MANY = 30  # so many things may stand in one group
INPUTS = 12  # from so many on, the inputs are a group
LONGEST_PERIOD = 256
SAMPLE = 20_000  # entries on which a period is looked for


def regrouped(tape: Tape, draft: Draft, is_root: bool) -> None:
    """Part the direct content of a group where it is too much."""
    size = draft.stop - draft.first - sum(inner.stop - inner.first - 1 for inner in draft.inner)
    if size <= MANY:
        return
    items = items_of(draft)
    inputs = _leading_inputs(tape, items) if is_root else 0
    rest = items[inputs:]
    if len(rest) > MANY:
        rest = _parted(tape, rest, draft)
    front = [gathered("inputs", items[:inputs])] if inputs >= INPUTS else items[:inputs]
    put(draft, front + rest)


def _leading_inputs(tape: Tape, items: list[Item]) -> int:
    count = 0
    while count < len(items) and items[count].group is None and tape.ops[items[count].first] is INPUT:
        count += 1
    return count


def _parted(tape: Tape, items: list[Item], draft: Draft) -> list[Item]:
    if all(item.group is not None and item.group.kind in ("pass", "passes") for item in items):
        return _shares(tape, items, "passes")
    by_line = _lines(tape, items)
    items = by_line if len(by_line) > 1 else items
    if len(items) > MANY and draft.kind != "lines":
        items = _repeated(tape, items)
    return _shares(tape, items, "part")


def _lines(tape: Tape, items: list[Item]) -> list[Item]:
    """Neighbouring entries of one line of text as a group."""
    found: list[Item] = []
    row: list[Item] = []
    for item in [*items, None]:
        line = _line(tape, item) if item is not None and item.group is None else None
        if row and (line is None or line != _line(tape, row[0])):
            found += [gathered("line", row, _line(tape, row[0]) or 0)] if len(row) > 1 else row
            row = []
        if line is not None and item is not None:
            row.append(item)
        elif item is not None:
            found.append(item)
    return found


def _line(tape: Tape, item: Item) -> int | None:
    """The line of text that an entry comes from, or on which a group of one line lies."""
    if item.group is not None and item.group.kind == "line":
        return item.group.line
    if item.group is not None or item.first >= len(tape.provenances):
        return None
    source = tape.provenances[item.first]
    return source.span.line if source is not None and source.span is not None else None


def _repeated(tape: Tape, items: list[Item]) -> list[Item]:
    """Where the same operations come again and again, each time as a group."""
    numbers: dict[object, int] = {}
    kinds = np.array([numbers.setdefault(_pattern(tape, item), len(numbers)) for item in items])
    length = _period(kinds[:SAMPLE])
    if length < 2:
        return items
    return [gathered("block", items[at : at + length]) for at in range(0, len(items), length)]


def _pattern(tape: Tape, item: Item) -> object:
    if item.group is None:
        return tape.ops[item.first].name
    return tuple(op.name for op in tape.ops[item.first : item.stop])


def _period(kinds: np.ndarray) -> int:
    """The shortest distance at which the row looks like itself; 1 where there is none, or where all are alike."""
    for length in range(1, min(LONGEST_PERIOD, len(kinds) // 4) + 1):
        if (kinds[length:] == kinds[:-length]).mean() > 0.94:
            return length
    return 1


def _shares(tape: Tape, items: list[Item], kind: str) -> list[Item]:
    """Even shares of a long row; a share that is still long is parted in its turn."""
    if len(items) <= MANY:
        return items
    levels = math.ceil(math.log(len(items)) / math.log(MANY) - 1e-9)
    size = math.ceil(len(items) / math.ceil(len(items) ** (1 / levels)))
    return [_share(tape, items[at : at + size], kind) for at in range(0, len(items), size)]


def _share(tape: Tape, items: list[Item], kind: str) -> Item:
    if len(items) == 1:
        return items[0]
    share = gathered(kind, items)
    group = share.group
    assert group is not None
    if kind == "passes":
        first, last = items[0].group, items[-1].group
        assert first is not None and last is not None
        group.name = f"{_pass(first, 0)}–{_pass(last, -1)}"
        group.repeats = sum(item.group.repeats or 1 for item in items if item.group is not None)
        return share
    if all(item.group is not None and item.group.kind == "block" for item in items):
        group.repeats = len(items)
    first_line, last_line = _line(tape, items[0]), _line(tape, items[-1])
    if first_line is not None and last_line is not None and first_line < last_line:
        group.kind, group.name = "lines", f"{first_line}–{last_line}"
    return share


def _pass(draft: Draft, place: int) -> str:
    """The number of a pass, or of the first or last of several."""
    return draft.name.split("–")[place]
