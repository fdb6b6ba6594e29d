"""What an answer is: a sentence, a remedy, and what to mark for it. Data only."""

from dataclasses import dataclass
from typing import Any

from core.basics.span import Span


@dataclass(frozen=True)
class Factor:
    """One local factor on a path: the entry it belongs to, which operand it leads to, its size, and how it reads."""

    index: int
    slot: int
    value: float
    text: str


@dataclass(frozen=True)
class Answer:
    """Why something is as it is.

    `reason` is a short name for the cause, always one of a few; `index` the entry and `span` the text to be marked;
    `path` the entries that lead from the place of the cause to the place that was asked about.
    """

    reason: str
    sentence: str
    remedy: str = ""
    index: int | None = None
    span: Span | None = None
    path: tuple[int, ...] = ()
    factors: tuple[Factor, ...] = ()
    value: Any = None
