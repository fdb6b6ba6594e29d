"""The kinds of text of the graph in their fonts. Knows fonts and strings only."""

from __future__ import annotations

from PySide6.QtGui import QFont

from explorer.drawing.measure import BIG, SMALL, Style
from explorer.look import theme as themes
from explorer.look.inline import Face, Piece
from explorer.look.sizes import fixed

FACES = {
    Style.TITLE: Face(lambda: themes.sans(fixed(BIG), QFont.Weight.Bold)),
    Style.FORMULA: Face(lambda: themes.sans(fixed(SMALL))),
    Style.VALUE: Face(lambda: themes.figures(fixed(SMALL))),
    Style.SMALL: Face(lambda: themes.figures(fixed(SMALL))),
    Style.LABEL: Face(lambda: themes.figures(fixed(SMALL), QFont.Weight.Medium)),
    Style.CAPTION: Face(lambda: themes.sans(fixed(16), QFont.Weight.DemiBold)),
}


def width(text: str, style: Style) -> float:
    """How wide a text without bars is at zoom 1: the measure that is handed to `explorer.drawing`."""
    return FACES[style].width(text)


def piece(text: str, style: Style, room: float = 0.0) -> Piece:
    """Lay out `text`; with `room`, shorten it to that width."""
    return FACES[style].lay_out(text, room)
