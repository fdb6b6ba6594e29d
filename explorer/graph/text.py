"""Short texts, laid out once and drawn many times, with bars over letters drawn by hand.

`v̄4` arrives as v + combining macron + 4; few fonts place that mark well, so it is taken out of the text and
drawn as a line over the letter. Knows fonts and strings only.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QStaticText

from explorer.drawing.measure import BIG, SMALL, Style
from explorer.look import theme as themes

MACRON, OVERLINE = "\u0304", "\u0305"  # over one letter, over several
ELLIPSIS = "…"


class Face(threading.local):
    """The font of a kind of text, unhinted so that zooming does not change widths, and what was laid out in it.

    Every thread has a font and laid-out texts of its own, for Qt changes both where it measures and draws them.
    """

    def __init__(self, make_font: Callable[[], QFont]) -> None:
        self._make_font = make_font

    @cached_property
    def font(self) -> QFont:
        result = self._make_font()
        result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return result

    @cached_property
    def lay_out(self) -> Callable[[str, float], Piece]:
        """Lays out a text once, and remembers it."""
        return lru_cache(maxsize=10_000)(partial(_laid_out, self))

    @cached_property
    def metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.font)

    @cached_property
    def ascent(self) -> float:
        return self.metrics.ascent()

    def width(self, text: str) -> float:
        """How wide a text without bars is at zoom 1."""
        return self.metrics.horizontalAdvance(text)


FACES = {
    Style.TITLE: Face(lambda: themes.sans(BIG, QFont.Weight.Bold)),
    Style.FORMULA: Face(lambda: themes.sans(SMALL)),
    Style.VALUE: Face(lambda: themes.figures(SMALL)),
    Style.SMALL: Face(lambda: themes.figures(SMALL)),
    Style.LABEL: Face(lambda: themes.figures(SMALL, QFont.Weight.Medium)),
    Style.CAPTION: Face(lambda: themes.sans(16, QFont.Weight.DemiBold)),
}


@dataclass(frozen=True, eq=False)
class Piece:
    """A laid-out text: its width, and where its bars go (x, width, height above the baseline)."""

    plain: str
    face: Face
    static: QStaticText
    width: float
    bars: tuple[tuple[float, float, float], ...]

    def draw(self, painter: QPainter, x: float, baseline: float, color: QColor) -> None:
        """Draw with the left end of the baseline at (x, baseline)."""
        painter.setFont(self.face.font)
        painter.setPen(color)
        self.place(painter, x, baseline)
        if self.bars:
            painter.setPen(QPen(color, 1.15, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            for left, width, above in self.bars:
                y = baseline - above
                painter.drawLine(QPointF(x + left, y), QPointF(x + left + width, y))

    def place(self, painter: QPainter, x: float, baseline: float) -> None:
        """Draw without bars, with a font and a pen that are set already."""
        painter.drawStaticText(QPointF(x, baseline - self.face.ascent), self.static)


def width(text: str, style: Style) -> float:
    """How wide a text without bars is at zoom 1: the measure that is handed to `explorer.drawing`."""
    return FACES[style].width(text)


def piece(text: str, style: Style, room: float = 0.0) -> Piece:
    """Lay out `text`; with `room`, shorten it to that width."""
    return FACES[style].lay_out(text, room)


def _laid_out(face: Face, text: str, room: float) -> Piece:
    plain, marked = _without_bars(text)
    if room and face.width(plain) > room:
        plain = _shortened(plain, face, room)
    static = QStaticText(plain)
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    static.prepare(font=face.font)
    barred = [k for k in marked if k < len(plain) and plain[k] != ELLIPSIS]
    bars = tuple(_bar(plain, first, stop, face) for first, stop in _runs(barred))
    return Piece(plain, face, static, face.width(plain), bars)


def _shortened(text: str, face: Face, room: float) -> str:
    """The longest beginning of `text` that fits with an ellipsis."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if face.width(text[:middle] + ELLIPSIS) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def _without_bars(text: str) -> tuple[str, list[int]]:
    """The text without combining macrons, and the places of the letters they stood on."""
    if MACRON not in text and OVERLINE not in text:
        return text, []
    plain, marked = "", []
    for character in text:
        if character not in (MACRON, OVERLINE):
            plain += character
        elif plain:
            marked.append(len(plain) - 1)
    return plain, marked


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """Neighbouring places as ranges (first, last + 1)."""
    firsts = [k for k in places if k - 1 not in places]
    lasts = [k for k in places if k + 1 not in places]
    return [(first, last + 1) for first, last in zip(firsts, lasts)]


def _bar(plain: str, first: int, stop: int, face: Face) -> tuple[float, float, float]:
    """Where the bar over some letters goes: just above the highest, a little narrower than they are."""
    measure = face.metrics
    left, right = face.width(plain[:first]), face.width(plain[:stop])
    ink = measure.tightBoundingRect(plain[first:stop])
    inset = min(ink.left(), right - left - ink.right()) - 0.3
    return left + inset, right - left - 2 * inset, -ink.top() + 0.14 * measure.height()
