"""Groups in the making. Knows ranges only."""

from typing import NamedTuple


class Draft:
    """A group that is being built: a range of entries, and the groups inside it in order."""

    __slots__ = ("first", "inner", "kind", "line", "name", "repeats", "stop")

    def __init__(self, kind: str, first: int, stop: int = -1, line: int = 0, name: str = "") -> None:
        self.kind, self.first, self.stop = kind, first, stop
        self.line, self.name, self.repeats = line, name, 0
        self.inner: list[Draft] = []


class Item(NamedTuple):
    """What stands directly in a group: one entry, or another group."""

    first: int
    stop: int
    group: Draft | None


def items_of(draft: Draft) -> list[Item]:
    """The direct content of a group, in order."""
    found, at = [], draft.first
    for inner in draft.inner:
        found += [Item(one, one + 1, None) for one in range(at, inner.first)]
        found.append(Item(inner.first, inner.stop, inner))
        at = inner.stop
    return found + [Item(one, one + 1, None) for one in range(at, draft.stop)]


def put(draft: Draft, items: list[Item]) -> None:
    """Let the group have this content."""
    draft.inner = [item.group for item in items if item.group is not None]


def gathered(kind: str, items: list[Item], line: int = 0) -> Item:
    """A new group around consecutive items."""
    group = Draft(kind, items[0].first, items[-1].stop, line)
    put(group, items)
    return Item(group.first, group.stop, group)
