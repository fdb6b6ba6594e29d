"""A sentence in words of a size, wrapped; names in it have bars and subscripts as in the graph and the formulas.

Knows text only.
"""

from functools import lru_cache

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QMenu

from core.basics.words import say
from explorer.look.inline import Face, Piece
from explorer.look.sizes import fixed
from explorer.look.theme import LIGHT, Theme, figures

_LINE = 1.36
"""Height of a line, by the size of the letters."""


@lru_cache(maxsize=16)
def _face(pixels: float) -> Face:
    return Face(lambda: figures(fixed(pixels)))


@lru_cache(maxsize=500)
def _flowed(text: str, pixels: float, width: int) -> tuple[tuple[tuple[Piece, float, float], ...], int]:
    """Words with their places, and the height of all lines."""
    face, line = _face(pixels), round(_LINE * pixels)
    gap = face.width(" ")
    placed, x, baseline = [], 0.0, pixels * 1.02
    for word in text.split():
        piece = face.lay_out(word, 0.0)
        if x and x + piece.width > width:
            x, baseline = 0.0, baseline + line
        placed.append((piece, x, baseline))
        x += piece.width + gap
    return tuple(placed), round(baseline + 0.36 * pixels)


def height_of(text: str, pixels: float, width: int) -> int:
    """How high a text is that is wrapped at a width."""
    return _flowed(text or "x", pixels, max(width, 50))[1]


def height_for_lines(count: int, pixels: float) -> int:
    """How high so many lines are."""
    return height_of("x", pixels, 50) + (count - 1) * round(_LINE * pixels)


class Sentence(QLabel):
    """A label that draws its words itself; the right button copies them."""

    def __init__(self, pixels: float) -> None:
        super().__init__()
        self._pixels, self._theme = pixels, LIGHT
        self.setFont(figures(fixed(pixels)))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.update()

    def set_pixels(self, pixels: float) -> None:
        """Write letters of this size."""
        if pixels != self._pixels:
            self._pixels = pixels
            self.setFont(figures(fixed(pixels)))

    def word_at(self, place: QPoint) -> str:
        """The word at a place of the label."""
        placed = _flowed(self.text(), self._pixels, max(self.width(), 50))[0]
        high = _LINE * self._pixels
        for piece, x, baseline in placed:
            if x <= place.x() <= x + piece.width and baseline - high < place.y() <= baseline + 0.36 * self._pixels:
                return piece.plain
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self._theme.color("text")
        for piece, x, baseline in _flowed(self.text(), self._pixels, max(self.width(), 50))[0]:
            piece.draw(painter, x, baseline, color)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._ask(event.globalPos())

    def _ask(self, place: QPoint) -> None:
        menu = QMenu(self)
        copy = menu.addAction(say("small.copy-text", "Copy as text"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        menu.exec(place)
        menu.deleteLater()
