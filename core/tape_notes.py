"""What is noted beside the Wengert list while it is recorded: why a value was cut off, and what the program asked.

No derivative is computed from a note. Notes say why a gradient is missing, at which points a recording still holds,
and which gradients the program asked for itself. Every note belongs to entries, by index. Knows nothing of how
entries are kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple
from weakref import ref

from core.basics.cuts import Cause, Cut
from core.basics.types import Operand


class Guard(NamedTuple):
    """A question that the program asked of values and branched on: what it recorded holds for this answer only.

    `left` and `right` are operands (an index, or a constant's value); `before` is the entry that came next.
    """

    before: int
    comparison: str
    left: Operand
    right: Operand
    outcome: bool


class Pick(NamedTuple):
    """Which entry says what an item is picked by: the whole key, or one part of it, counted from 0."""

    part: int | None
    entry: int


@dataclass(slots=True)
class Notes:
    """The notes of one tape.

    `cuts` says which entries have a constant operand that was cut off from a tape; `departures` are the entries whose
    values were read as plain numbers, `converted` those of them that Python's `float`, `int` or `complex` read (so do
    the functions of `math`, and an array into which a tensor is written), `looked_at` those on whose values the rest
    may depend in another way; `keys` says of entries that pick items which others said where; `guards` are the
    branches that were taken, in order. `unwatched` are inputs that no other entry refers to: what is computed from them
    has a cut that names them. `asked` are the entries whose gradient the program itself asked for while the tape
    recorded, in order; `refused` the sources for which it got None the last time; `by_hand` the entries with which it
    computes gradients in methods of its own. `through` says of an entry that changes an array through a view of it
    which entry is that view.
    """

    cuts: dict[int, Cut] = field(default_factory=dict)
    departures: set[int] = field(default_factory=set)
    converted: set[int] = field(default_factory=set)
    looked_at: set[int] = field(default_factory=set)
    keys: dict[int, tuple[Pick, ...]] = field(default_factory=dict)
    guards: list[Guard] = field(default_factory=list)
    unwatched: set[int] = field(default_factory=set)
    asked: list[int] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    by_hand: set[int] = field(default_factory=set)
    through: dict[int, int] = field(default_factory=dict)

    def before(self, length: int) -> "Notes":
        """The notes about the entries before `length`, which are all that is left of the tape."""
        return self._each(lambda kind, items: kind(item for item in items if _place(item) < length))

    def moved(self, old: Any, new: Any) -> "Notes":
        """The same notes for a tape with the same entries: what names an entry of the `old` one names it there."""
        copy = self._each(lambda kind, items: kind(items))
        for index, cut in copy.cuts.items():
            copy.cuts[index] = Cut(
                cause._replace(tape=ref(new)) if cause.tape is not None and cause.tape() is old else cause
                for cause in cut.causes
            )
        return copy

    def _each(self, change: Callable[[type, Any], Any]) -> "Notes":
        """Notes of which every kind was changed: what a later kind of note needs is then asked in no other place."""
        kinds = {one.name: getattr(self, one.name) for one in fields(self)}
        return Notes(**{
            name: change(type(notes), notes.items() if isinstance(notes, dict) else notes)
            for name, notes in kinds.items()
        })  # fmt: skip

    @property
    def picking(self) -> set[int]:
        """The entries that say what is picked."""
        return {pick.entry for picks in self.keys.values() for pick in picks}

    def causes_in(self, tape: Any, index: int) -> list[Cause]:
        """Why constant operands of the entry were cut off from entries of this `tape`."""
        cut = self.cuts.get(index)
        return [] if cut is None else [one for one in cut.causes if one.tape is not None and one.tape() is tape]


def _place(item: Any) -> int:
    """The entry that a note belongs to: of a guard the one that came next, of a cut its key."""
    return int(item if item.__class__ is int else item[0])
