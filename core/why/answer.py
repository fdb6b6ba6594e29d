"""What an answer is: its kind and cause, a reason and a remedy in sentences, and what to mark for it. Data only."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from core.basics.span import Span
from core.why.kinds import KINDS, Kind


@dataclass(frozen=True)
class Factor:
    """One local factor on a path: the entry it belongs to, which operand it leads to, its size, and how it reads."""

    index: int
    slot: int
    value: float
    text: str


class Place(NamedTuple):
    """Where the cause lies: in the text, and on the tape."""

    span: Span | None
    entry: int | None


@dataclass(frozen=True)
class Answer:
    """Why something is as it is.

    `cause` is a short name, always one of a few (see `kinds`); `reason` and `remedy` are sentences. `index` is the
    entry and `span` the text to be marked; `path` the entries that lead from the place of the cause to the place that
    was asked about, `factors` the partials on the way, and `value` the number that is explained.
    """

    cause: str
    reason: str
    remedy: str = ""
    index: int | None = None
    span: Span | None = None
    path: tuple[int, ...] = ()
    factors: tuple[Factor, ...] = ()
    value: Any = None

    @property
    def kind(self) -> Kind:
        """The kind of fault, for programs that read the answer."""
        return KINDS[self.cause]

    @property
    def place(self) -> Place:
        """Where the cause lies."""
        return Place(self.span, self.index)
