"""The Wengert list: what was computed, in order, as flat columns that are read as entries.

An operand is the index of an earlier entry or a constant. Columns cost about 90 bytes for a scalar operation; an
`Entry` is made only when somebody reads one. What is said of a recording beside its entries is in `tape_notes`. Knows
ops; knows nothing of derivatives, programs or drawing.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar
from itertools import count
from typing import Any, NamedTuple
from weakref import ref

from core.basics.span import Span
from core.basics.types import Attributes, Operand, Primal, Value
from core.basics.words import say
from core.op import Op
from core.ops import INPUT
from core.tape_notes import Guard, Notes, Pick


class Constant(NamedTuple):
    """An operand that is not on the tape, with its value."""

    value: Primal


class Site(NamedTuple):
    """Where a function was called: the text of the call and the loop passes around it."""

    span: Span
    loop: tuple[tuple[int, int], ...] = ()


class Provenance(NamedTuple):
    """Where in a program an entry comes from: its text, the calls and the loop passes that led there.

    `sites` are the places of the calls in `call_stack`, outermost first.
    """

    span: Span | None
    call_stack: tuple[str, ...] = ()
    loop: tuple[tuple[int, int], ...] = ()
    sites: tuple[Site, ...] = ()


class Entry(NamedTuple):
    """One line of the tape: primal = op(*operands, **attributes)."""

    index: int  # type: ignore[assignment] # hides the method of tuples
    op: Op
    operands: tuple[int | Constant, ...]
    primal: Primal
    attributes: Attributes
    label: str
    provenance: Provenance | None

    @property
    def span(self) -> Span | None:
        """The source text that asked for this operation, or None."""
        return self.provenance.span if self.provenance else None


NO_ATTRIBUTES: Attributes = {}
NO_LABELS: tuple[int, dict[int, str], tuple[str, str]] = (0, {}, ("x", "v"))
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Tape:
    """A Wengert list.

    `ops`, `first`, `second` and `primals` are the columns; operands beyond the second (`more`), attributes, names and
    provenances are in side tables, since few entries have them. In `first` and `second` an int is an entry's index
    and anything else a constant's value (constants are never Python ints). `inputs` are the entries without
    operands; `scalar` says whether all values that a sweep meets are floats and all operations elementwise.
    `sources` are the tensors that are watched, with the entries at which they were read, and `elsewhere` the entries
    of other tapes at which an entry's value is also to be found. `notes` are what was noted besides, made when they
    are first needed.
    """

    __slots__ = (
        "ops", "first", "second", "primals", "more", "attributes", "names", "provenances", "inputs", "scalar",
        "sources", "elsewhere", "watches_variables", "_notes", "_labels", "__weakref__",
    )  # fmt: skip

    def __init__(self, watches_variables: bool = True) -> None:
        self.watches_variables = watches_variables
        self.elsewhere: dict[int, list[tuple[ref[Tape], int]]] = {}
        self.clear()

    def clear(self) -> None:
        """Forget everything recorded, freeing what the entries kept.

        `elsewhere` stays: tensors recorded here must still be found on the other tapes.
        """
        self.ops: list[Op] = []
        self.first: list[Operand] = []
        self.second: list[Operand] = []
        self.primals: list[Primal] = []
        self.more: dict[int, tuple[Operand, ...]] = {}
        self.attributes: dict[int, Attributes] = {}
        self.names: dict[int, str] = {}
        self.provenances: list[Provenance | None] = []
        self.inputs: list[int] = []
        self.scalar = True
        self.sources: dict[int, tuple[Any, list[int]]] = {}
        self._notes: Notes | None = None
        self._labels: tuple[int, dict[int, str], tuple[str, str]] = NO_LABELS

    @property
    def notes(self) -> Notes:
        """What was noted while the tape recorded."""
        if self._notes is None:
            self._notes = Notes()
        return self._notes

    @property
    def converted(self) -> set[int]:
        """The entries whose values Python has read as plain numbers; makes no notes where there are none."""
        return set() if self._notes is None else self._notes.converted

    # -- writing -----------------------------------------------------------------------------------------------

    def append(self, op: Op, operands: Sequence[Operand], primal: Primal, attributes: Attributes | None = None) -> int:
        """Record one operation; returns its index."""
        index = len(self.primals)
        count = len(operands)
        self.ops.append(op)
        self.first.append(operands[0] if count else None)
        self.second.append(operands[1] if count > 1 else None)
        self.primals.append(primal)
        if count > 2:
            self.more[index] = tuple(operands[2:])
        if attributes:
            self.attributes[index] = attributes
        if self.scalar:
            self.scalar = primal.__class__ is float and count <= 2 and all(map(_plain, operands)) and _simple(op)
        return index

    def add_input(self, tensor: Any, value: Primal) -> int:
        """Record a watched tensor or variable as a source of derivatives; returns its index."""
        index = len(self.primals)
        self.ops.append(INPUT)
        self.first.append(None)
        self.second.append(None)
        self.primals.append(value)
        self.scalar = self.scalar and value.__class__ is float
        self.inputs.append(index)
        self.sources.setdefault(id(tensor), (tensor, []))[1].append(index)
        return index

    def add_unwatched(self, value: Primal) -> int:
        """Keep an input that is shown but not differentiated: for what is computed from it, it is a constant."""
        index = len(self.primals)
        self.ops.append(INPUT)
        self.first.append(None)
        self.second.append(None)
        self.primals.append(value)
        self.inputs.append(index)
        self.notes.unwatched.add(index)
        return index

    def mark(self, provenance: Provenance | None) -> None:
        """Say where the entries recorded since the last mark come from."""
        missing = len(self.primals) - len(self.provenances)
        if missing:
            self.provenances.extend([provenance] * missing)

    def ask(self, comparison: str, left: Value, right: Value, outcome: bool) -> None:
        """Note that the program branches on a comparison; where a side was cut off from this tape, on its values."""
        before = len(self.primals)
        for side in (left, right):
            self._look_through(side)
        one, other = (_fixed(side) if (place := self.index_of(side)) is None else place for side in (left, right))
        if one.__class__ is int or other.__class__ is int:
            self.notes.guards.append(Guard(before, comparison, one, other, outcome))

    def look(self, tensor: Any) -> None:
        """Note that the program looks at the plain value: what follows may depend on it."""
        index = self.index_of(tensor)
        if index is not None:
            self.notes.looked_at.add(index)
        self._look_through(tensor)

    def pick(self, item: Any, keys: Iterable[tuple[int | None, Any]]) -> None:
        """Note that an item was picked where tensors say: each with the part of the key that it is, None for all."""
        index, picks = self.index_of(item), []
        for part, key in keys:
            self._look_through(key)
            place = self.index_of(key)
            if place is not None and index is None:
                self.notes.looked_at.add(place)
            elif place is not None:
                picks.append(Pick(part, place))
        if picks and index is not None:
            self.notes.keys[index] = tuple(picks)

    def _look_through(self, tensor: Any) -> None:
        """The same for the values from which one comes that was cut off."""
        for cause in getattr(getattr(tensor, "tape", None), "causes", ()):
            if cause.index is not None and cause.tape() is self:
                self.notes.looked_at.add(cause.index)

    def name(self, tensor: Any, name: str) -> None:
        """Label the entry that made this tensor with the user's name, unless it has one."""
        index = self.index_of(tensor)
        if index is not None and index not in self.names:
            self.names[index] = name

    def truncate(self, length: int) -> None:
        """Forget the entries from `length` on, and everything that was said of them."""
        for column in (self.ops, self.first, self.second, self.primals, self.provenances):
            del column[length:]
        for table in (self.more, self.attributes, self.names, self.elsewhere):
            for index in [index for index in table if index >= length]:
                del table[index]
        kept = {key: (one, [index for index in read if index < length]) for key, (one, read) in self.sources.items()}
        self.sources = {key: (one, read) for key, (one, read) in kept.items() if read}
        self.inputs = [index for index in self.inputs if index < length]
        self._notes = self._notes and self._notes.before(length)
        self._labels = NO_LABELS

    def copied(self) -> "Tape":
        """A tape with the same entries, under the same labels, on which more can be recorded.

        No tensor has a place on it yet.
        """
        copy = Tape(self.watches_variables)
        copy.ops, copy.first, copy.second = list(self.ops), list(self.first), list(self.second)
        copy.primals, copy.more, copy.attributes = list(self.primals), dict(self.more), dict(self.attributes)
        copy.inputs, copy.scalar = list(self.inputs), self.scalar
        copy.take_over(self)
        copy.names = {index: self.label(index) for index in range(len(self))}
        return copy

    def take_over(self, other: "Tape") -> None:
        """Say of these entries what another tape, which has the same ones, says of its own."""
        self.names, self._labels = dict(other.names), NO_LABELS
        self.provenances = [*other.provenances, *[None] * (len(other) - len(other.provenances))]
        self._notes = other._notes and other._notes.moved(other, self)

    # -- reading -----------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.primals)

    def __getitem__(self, index: int) -> Entry:
        if not 0 <= index < len(self.primals):
            raise IndexError(
                say(
                    "tape.tape-entries-no-entry",
                    "the tape has {count} entries, there is no entry {index}",
                    count=len(self.primals),
                    index=index,
                )
            )
        provenance = self.provenances[index] if index < len(self.provenances) else None
        return Entry(
            index,
            self.ops[index],
            tuple(item if item.__class__ is int else Constant(_value(item)) for item in self.operands(index)),
            self.primals[index],
            self.attributes.get(index, NO_ATTRIBUTES),
            self.label(index),
            provenance,
        )

    def __iter__(self) -> Iterator[Entry]:
        return map(self.__getitem__, range(len(self)))

    def operands(self, index: int) -> tuple[Operand, ...]:
        """The operands as stored: an int is an index, anything else a constant (a value or an outer tensor)."""
        arity = self.ops[index].arity
        if arity == 1:
            return (self.first[index],)
        if arity == 2:
            return self.first[index], self.second[index]
        if arity == 0 or self.ops[index] is INPUT:
            return ()
        operands = (self.first[index], self.second[index], *self.more.get(index, ()))
        return operands if arity or self.second[index] is not None else operands[:1]

    def operand_values(self, index: int) -> tuple[Primal, ...]:
        """The operands' primal values."""
        return self.values_of(self.operands(index))

    def values_of(self, operands: tuple[Operand, ...]) -> tuple[Primal, ...]:
        """The primal values of operands as they are stored."""
        primals = self.primals
        return tuple([primals[item] if item.__class__ is int else _value(item) for item in operands])

    def index_of(self, tensor: Any) -> int | None:
        """The index of the entry that made this tensor (or watched it last), None if it is not on this tape."""
        place = getattr(tensor, "tape", None)
        if place is self:
            return tensor.index
        if isinstance(place, Tape):
            for other, index in place.elsewhere.get(tensor.index, ()):
                if other() is self:
                    return index
        source = self.sources.get(id(tensor))
        return source[1][-1] if source else None

    def indices_of_source(self, tensor: Any) -> list[int]:
        """Every entry at which the tensor or variable was read; several after an assignment."""
        source = self.sources.get(id(tensor))
        if source:
            return source[1]
        index = self.index_of(tensor)
        return [] if index is None else [index]

    def unwatched_behind(self, index: int) -> list[int]:
        """The inputs that are not watched and from which constant operands of the entry were computed."""
        notes = self._notes
        if notes is None or not notes.unwatched:
            return []
        return sorted({one.index for one in notes.causes_in(self, index) if one.index in notes.unwatched})

    def label(self, index: int) -> str:
        """The user's name for the entry (numbered where he used it again), else a letter and a number; each is unique.

        The letter is x for inputs and v for the rest, or one whose numbered names the user has not taken.
        """
        labels = self._named()
        if index in labels:
            return labels[index]
        inputs_before = bisect_left(self.inputs, index)
        if self.ops[index] is INPUT:
            return f"{self._labels[2][0]}{inputs_before + 1}"
        return f"{self._labels[2][1]}{index - inputs_before + 1}"

    def _named(self) -> dict[int, str]:
        """The labels of named entries; several with one name become s₁, s₂ as recorded, but an input keeps its name."""
        if self._labels[0] != len(self.names):
            users: dict[str, list[int]] = {}
            for index in sorted(self.names):
                users.setdefault(self.names[index], []).append(index)
            labels: dict[int, str] = {}
            for name, indices in users.items():
                kept = len(indices) == 1 or indices[0] in self.inputs
                labels.update({indices[0]: name} if kept else {})
                for place, index in enumerate(indices[kept:], 1):
                    labels[index] = name + str(place).translate(SUBSCRIPTS)
            self._labels = (len(self.names), labels, _free_letters(users))
        return self._labels[1]


def _free_letters(names: Iterable[str]) -> tuple[str, str]:
    """Letters for unnamed inputs and for other unnamed entries: with numbers behind them they are none of `names`."""
    taken = {name.rstrip("0123456789") for name in names if name[-1:].isdigit()}
    inputs = next(letter for letter in _letters("xabc") if letter not in taken)
    return inputs, next(letter for letter in _letters("vuts") if letter not in taken)


def _letters(letters: str) -> Iterator[str]:
    """Each of the letters, then with one underscore behind it, with two..."""
    return (letter + "_" * marks for marks in count() for letter in letters)


def _simple(op: Op) -> bool:
    return op is INPUT or op.elementwise and None not in op.rules


def _plain(operand: Operand) -> bool:
    return operand.__class__ is int or operand.__class__ is float


def _fixed(side: Value) -> Primal:
    """The value of a constant, in a form that cannot change and is not a Python int."""
    value = _value(side)
    return float(value) if isinstance(value, int) else value.copy() if hasattr(value, "copy") else value


def _value(item: Value) -> Primal:
    """A constant's value: itself, or the primal of a tensor that another tape tracks."""
    return item.primal if hasattr(item, "primal") else item


# The tape that records now: None, one Tape, or a tuple of several (outermost first) when tapes are nested.
recording: ContextVar[Any] = ContextVar("recording", default=None)


def recorders() -> tuple[Tape, ...]:
    """The tapes that record now, outermost first."""
    now = recording.get()
    if now is None:
        return ()
    return now if now.__class__ is tuple else (now,)


def start(tape: Tape) -> None:
    """Let the tape record from now on, beside those that already do."""
    recording.set(tape if recording.get() is None else (*recorders(), tape))


def stop(tape: Tape) -> None:
    """Let the tape no longer record."""
    now = recording.get()
    if now is tape:
        recording.set(None)
    elif now is not None and tape in recorders():
        set_recorders(tuple(other for other in recorders() if other is not tape))


def set_recorders(tapes: tuple[Tape, ...]) -> tuple[Tape, ...]:
    """Let exactly these tapes record; returns those that did before."""
    before = recorders()
    recording.set(None if not tapes else tapes[0] if len(tapes) == 1 else tapes)
    return before


def note_asked(target: Any, refused: Iterable[Any] = ()) -> None:
    """Tell every recording tape that the program asked for the gradient of this tensor, and got None for some."""
    for tape in recorders():
        index = tape.index_of(target)
        if index is not None:
            tape.notes.asked.append(index)
            places = (tape.index_of(source) for source in refused)
            tape.notes.refused = {place for place in places if place is not None}
