"""The iterators that programs make, and how many of them stand one on another.

Python follows such a chain by recursion, where nothing can look at a limit, and takes it apart in the same way; so
its length is limited when it is made. Knows nothing of what the items are.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any, TypeVar

from core.basics.words import say
from core.language.machine.outcome import Refusal

MAX_CHAIN = 200


class Numbered(enumerate):
    """What `enumerate` makes; `depth` counts the iterators below it and itself."""

    __slots__ = ("depth",)
    depth: int


class Zipped(zip):
    """What `zip` makes."""

    __slots__ = ("depth",)
    depth: int


class Mapped(map):
    """What `map` makes."""

    __slots__ = ("depth",)
    depth: int


class Filtered(filter):
    """What `filter` makes."""

    __slots__ = ("depth",)
    depth: int


class Generated(itertools.chain):
    """What a generator expression makes."""

    __slots__ = ("depth",)
    depth: int


Made = TypeVar("Made", Numbered, Zipped, Mapped, Filtered, Generated)
KINDS = (enumerate, zip, map, filter, itertools.chain)


def on_top(made: Made, sources: Iterable[Any]) -> Made:
    """The iterator that goes through these sources, knowing how deep it is; refused where that is too deep."""
    made.depth = 1 + max((getattr(source, "depth", 0) for source in sources), default=0)
    if made.depth > MAX_CHAIN:
        raise Refusal(
            say(
                "language.iterators-too-deep", "More than {deepest} iterators stand one on another.", deepest=MAX_CHAIN
            ),
            say("language.write-list-between", "Write list(...) in between, which goes through the items at once."),
        )
    return made
