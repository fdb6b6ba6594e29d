"""Groups as a tree, and what is seen of a tape when some of them are open.

Knows ranges of entries only, neither tapes nor how groups are found.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

FEW = 60  # entries that need no folding
DOZENS = 40  # nodes of a first picture
ROOT = 0

Key = tuple[tuple[str, int], ...]


class Group(NamedTuple):
    """Entries `first` up to, not including, `stop`; number 0 is the whole run."""

    number: int
    parent: int
    depth: int
    kind: str
    """run, inputs, call, loop, pass, passes, line, lines, block (blocks that repeat) or part."""
    title: str
    first: int
    stop: int
    repeats: int = 0
    """How many passes, or equal blocks, there are inside."""

    @property
    def entries(self) -> range:
        return range(self.first, self.stop)


@dataclass(frozen=True, eq=False)
class Parting:
    """The tape in ranges: node k holds the entries from `starts[k]` up to `starts[k + 1]`.

    `groups[k]` is the number of the folded group, -1 for an entry that stands for itself; `frames` are the open groups,
    outer before inner.
    """

    starts: np.ndarray
    groups: np.ndarray
    frames: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.groups)

    def node_of(self, entry: int) -> int:
        """The node that holds an entry."""
        return int(np.searchsorted(self.starts, entry, side="right")) - 1

    def entries_of(self, node: int) -> range:
        """The entries that a node holds."""
        return range(int(self.starts[node]), int(self.starts[node + 1]))


@dataclass(frozen=True, eq=False)
class GroupTree:
    """All groups of a run, each before those inside it."""

    groups: tuple[Group, ...]
    children: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.groups)

    def __getitem__(self, number: int) -> Group:
        return self.groups[number]

    @cached_property
    def depth(self) -> int:
        """How deep the deepest group lies; 0 where there is none."""
        return max(group.depth for group in self.groups)

    def parting(self, opened: Collection[int]) -> Parting:
        """What is seen when these groups are open; one counts only where all around it are open too."""
        starts: list[int] = []
        shown: list[int] = []
        frames: list[int] = []
        waiting: list[tuple[int, int, int]] = [(ROOT, 0, -1)]  # group, next child, where its entries go on
        while waiting:
            number, child, at = waiting.pop()
            group, children = self.groups[number], self.children[number]
            if at < 0:
                at = group.first
                if number != ROOT:
                    frames.append(number)
            inner = self.groups[children[child]] if child < len(children) else None
            until = inner.first if inner else group.stop
            starts.extend(range(at, until))
            shown.extend([-1] * (until - at))
            if inner is None:
                continue
            waiting.append((number, child + 1, inner.stop))
            if inner.number in opened:
                waiting.append((inner.number, 0, -1))
            else:
                starts.append(inner.first)
                shown.append(inner.number)
        starts.append(self.groups[ROOT].stop)
        return Parting(np.array(starts, np.int64), np.array(shown, np.int64), tuple(frames))

    def around(self, entry: int) -> list[Group]:
        """The groups that hold an entry, outer before inner, without the whole run."""
        found: list[Group] = []
        inside = self.children[ROOT]
        while inside:
            firsts = [self.groups[number].first for number in inside]
            group = self.groups[inside[max(0, int(np.searchsorted(firsts, entry, side="right")) - 1)]]
            if entry not in group.entries:
                break
            found.append(group)
            inside = self.children[group.number]
        return found

    def outer(self, number: int) -> list[int]:
        """A group and those around it, outer before inner, without the whole run."""
        path = []
        while number > ROOT:
            path.append(number)
            number = self.groups[number].parent
        return path[::-1]

    def to_depth(self, depth: int) -> frozenset[int]:
        """The groups to open so that those of this depth are seen: with 1 the outermost."""
        return frozenset(group.number for group in self.groups if group.number > ROOT and group.depth < depth)

    def first_view(self, limit: int = DOZENS) -> frozenset[int]:
        """What to open in a first picture: level by level as long as no more than `limit` nodes are seen."""
        opened: frozenset[int] = frozenset()
        for depth in range(2, self.depth + 2):
            more = self.to_depth(depth)
            if len(more) > limit or self._count(more) > limit:
                break
            opened = more
        return opened

    def _count(self, opened: Collection[int]) -> int:
        """How many nodes are seen."""
        count = 0
        for number in (ROOT, *opened):
            inside = [self.groups[child] for child in self.children[number]]
            plain = len(self.groups[number].entries) - sum(len(group.entries) for group in inside)
            count += plain + sum(group.number not in opened for group in inside)
        return count

    def key(self, number: int) -> Key:
        """A name of a group that another tree of a similar run understands: titles and places among equals."""
        return tuple(self._step(one) for one in self.outer(number))

    def _step(self, number: int) -> tuple[str, int]:
        title = self.groups[number].title
        equals = [other for other in self.children[self.groups[number].parent] if self.groups[other].title == title]
        return title, equals.index(number)

    def find(self, key: Key) -> int | None:
        """The group that has this key here."""
        number = ROOT
        for title, place in key:
            equals = [child for child in self.children[number] if self.groups[child].title == title]
            if place >= len(equals):
                return None
            number = equals[place]
        return number

    def passes(self, number: int) -> np.ndarray:
        """The first entries of a loop's passes."""
        if number not in self._passes:
            firsts: list[int] = []
            waiting = [number]
            while waiting:
                group = self.groups[waiting.pop()]
                if group.kind == "pass":
                    firsts.append(group.first)
                elif group.kind in ("loop", "passes") or group.number == number:
                    waiting.extend(self.children[group.number][::-1])
            self._passes[number] = np.array(firsts, np.int64)
        return self._passes[number]

    @cached_property
    def _passes(self) -> dict[int, np.ndarray]:
        return {}

    def same(self, opened: Iterable[int], other: "GroupTree") -> frozenset[int]:
        """The groups of this tree that correspond to open groups of another."""
        if other.groups == self.groups:
            return frozenset(opened)
        return frozenset(found for one in opened if (found := self.find(other.key(one))) is not None)
