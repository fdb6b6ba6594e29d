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


Style.TITLE = Style(9.3)
Style.FORMULA = Style(8.1)
Style.VALUE = Style(7.9)
Style.SMALL = Style(6.7)
Style.LABEL = Style(7.3)
Style.CAPTION = Style(10.6)

Measure = Callable[[str, Style], float]
"""How wide a text of a style is at zoom 1. (Lines keep a fixed distance, so that heights need no measuring.)"""


def estimated(text: str, style: Style) -> float:
    """About how wide a text is in usual fonts."""
    return style.letter * len(text)
