"""Short texts, laid out once and drawn many times, with bars over letters and subscripts set by hand.

`v̄4` arrives as v + combining macron + 4; few fonts place that mark well, so it is taken out of the text and drawn as a
line over the letter, and the number of a name is set as a subscript. Knows fonts and strings only.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPaintEngine, QPainter, QPen, QStaticText

MACRON, OVERLINE = "\u0304", "\u0305"  # over one letter, over several
ELLIPSIS = "…"
NAME = re.compile(r"(?<![\w.])[^\W\d_](\d+)(?![^\W⁰-⁹²³¹]|\(|\.\d)")  # a letter with its number
SMALLER, LOWER = 0.74, 0.22  # a subscript, by the size of the letters around


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
    def low(self) -> QFont:
        """The font of subscripts."""
        result = QFont(self.font)
        result.setPixelSize(max(1, round(SMALLER * self.font.pixelSize())))
        return result

    @cached_property
    def lay_out(self) -> Callable[[str, float], Piece]:
        """Lays out a text once, and remembers it."""
        return lru_cache(maxsize=10_000)(partial(_laid_out, self))

    @cached_property
    def metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.font)

    @cached_property
    def low_metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.low)

    @cached_property
    def ascent(self) -> float:
        return self.metrics.ascent()

    def width(self, text: str) -> float:
        """How wide a text without bars is at zoom 1."""
        return sum(part.width for part in _parts(self, text))


class Part(NamedTuple):
    """A stretch of a text: where it begins and ends in it, whether it is a subscript, its left end and its width."""

    first: int
    stop: int
    low: bool
    x: float
    width: float


@dataclass(frozen=True, eq=False)
class Piece:
    """A laid-out text: its width, and where its bars go (x, width, height above the baseline)."""

    plain: str
    face: Face
    runs: tuple[tuple[QStaticText, float, bool], ...]
    """Stretches with their left ends, and whether each is a subscript."""
    width: float
    bars: tuple[tuple[float, float, float], ...]

    def draw(self, painter: QPainter, x: float, baseline: float, color: QColor) -> None:
        """Draw with the left end of the baseline at (x, baseline)."""
        painter.setPen(color)
        face, lower = self.face, LOWER * self.face.font.pixelSize()
        if len(self.runs) > 1 and painter.paintEngine().type() == QPaintEngine.Type.SVG:
            self._draw_whole(painter, x, baseline)  # in a file names are searched for
            return
        for static, left, low in self.runs:
            painter.setFont(face.low if low else face.font)
            top = baseline + lower - face.low_metrics.ascent() if low else baseline - face.ascent
            painter.drawStaticText(QPointF(x + left, top), static)
        self._draw_bars(painter, x, baseline, color)

    def _draw_whole(self, painter: QPainter, x: float, baseline: float) -> None:
        """As one text, without subscripts, in the same width."""
        wide = self.face.metrics.horizontalAdvance(self.plain)
        painter.save()
        painter.setFont(self.face.font)
        painter.translate(x, baseline)
        painter.scale(self.width / max(wide, 1e-9), 1.0)
        painter.drawText(QPointF(0.0, 0.0), self.plain)
        painter.restore()
        self._draw_bars(painter, x, baseline, painter.pen().color())

    def _draw_bars(self, painter: QPainter, x: float, baseline: float, color: QColor) -> None:
        if self.bars:
            painter.setPen(QPen(color, 1.15, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            for left, width, above in self.bars:
                y = baseline - above
                painter.drawLine(QPointF(x + left, y), QPointF(x + left + width, y))


def _parts(face: Face, plain: str) -> list[Part]:
    """A text cut where subscripts begin and end."""
    cuts = [0, *(place for match in NAME.finditer(plain) for place in match.span(1)), len(plain)]
    parts, x = [], 0.0
    for number, (first, stop) in enumerate(zip(cuts, cuts[1:])):
        if stop > first:
            low = bool(number % 2)
            wide = (face.low_metrics if low else face.metrics).horizontalAdvance(plain[first:stop])
            parts.append(Part(first, stop, low, x, wide))
            x += wide
    return parts


def _laid_out(face: Face, text: str, room: float) -> Piece:
    plain, marked = _without_bars(text)
    if room and face.width(plain) > room:
        plain = _shortened(plain, face, room)
    parts = _parts(face, plain)
    runs = tuple((_static(plain[one.first : one.stop], face, one.low), one.x, one.low) for one in parts)
    barred = [k for k in marked if k < len(plain) and plain[k] != ELLIPSIS]
    bars = tuple(_bar(plain, parts, first, stop, face) for first, stop in _runs(barred))
    return Piece(plain, face, runs, sum(one.width for one in parts), bars)


def _static(text: str, face: Face, low: bool) -> QStaticText:
    static = QStaticText(text)
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    static.prepare(font=face.low if low else face.font)
    return static


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


def _bar(plain: str, parts: list[Part], first: int, stop: int, face: Face) -> tuple[float, float, float]:
    """Where the bar over some letters goes: just above the highest, a little narrower than they are."""
    measure = face.metrics
    part = next(one for one in parts if one.first <= first < one.stop)
    left = part.x + measure.horizontalAdvance(plain[part.first : first])
    right = left + measure.horizontalAdvance(plain[first:stop])
    ink = measure.tightBoundingRect(plain[first:stop])
    inset = min(ink.left(), right - left - ink.right()) - 0.3
    return left + inset, right - left - 2 * inset, -ink.top() + 0.14 * measure.height()
