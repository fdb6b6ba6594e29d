"""How texts of the graph are measured: the kinds of text there are, and an estimate for readers without fonts.

Whoever has fonts hands in a `Measure` of its own. Must not know any.
"""

from __future__ import annotations

from collections.abc import Callable


class Style:
    """A kind of text in the graph; `letter` is about how wide its letters are at zoom 1.

    No enumeration: a large graph looks these up a million times, and members are slow to look up.
    """

    TITLE: Style
    FORMULA: Style
    VALUE: Style
    SMALL: Style
    LABEL: Style
    CAPTION: Style

    def __init__(self, letter: float) -> None:
        self.letter = letter


Style.TITLE = Style(10.9)
Style.FORMULA = Style(8.1)
Style.VALUE = Style(7.6)
Style.SMALL = Style(7.6)
Style.LABEL = Style(7.6)
Style.CAPTION = Style(10.6)

BIG, SMALL = 16.0, 13.0
"""The two sizes of letters at zoom 1: of operations and names, and of all numbers and marks."""
LEAST_BIG, LEAST = 11.0, 10.0
"""How small they may get on screen, in pixels."""


def scales(zoom: float) -> tuple[float, float]:
    """By how much big and small letters are enlarged in the world, so that they can be read at a zoom."""
    return max(1.0, LEAST_BIG / (BIG * zoom)), max(1.0, LEAST / (SMALL * zoom))


Measure = Callable[[str, Style], float]
"""How wide a text of a style is at zoom 1. (Lines keep a fixed distance, so that heights need no measuring.)"""


def estimated(text: str, style: Style) -> float:
    """About how wide a text is in usual fonts."""
    return style.letter * len(text)
