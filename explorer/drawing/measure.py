"""How texts of the graph are measured: the kinds of text there are, and an estimate for readers without fonts.

Whoever has fonts hands in a `Measure` of its own. Must not know any.
"""

from collections.abc import Callable
from enum import IntEnum


class Style(IntEnum):
    """A kind of text in the graph."""

    TITLE = 0
    FORMULA = 1
    VALUE = 2
    SMALL = 3
    LABEL = 4
    CAPTION = 5


Measure = Callable[[str, Style], float]
"""How wide a text of a style is at zoom 1. (Lines keep a fixed distance, so that heights need no measuring.)"""

PER_LETTER = {
    Style.TITLE: 9.3, Style.FORMULA: 8.1, Style.VALUE: 7.9, Style.SMALL: 6.7, Style.LABEL: 7.3, Style.CAPTION: 10.6,
}  # fmt: skip


def estimated(text: str, style: Style) -> float:
    """About how wide a text is in usual fonts."""
    return PER_LETTER[style] * len(text)
