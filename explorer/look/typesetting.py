"""LaTeX as drawings: formulas cut into pieces that may be wrapped, each laid out once and kept.

What the notation writes is laid out at once by `formulas`. Whatever is not understood there goes to ziamath, in a
thread that imports it, so that nobody waits for it: `now` never takes longer than a few milliseconds, and `ready`
follows. Knows nothing of what formulas mean.
"""

import re
import threading
from collections import OrderedDict
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from queue import SimpleQueue
from typing import TypeAlias

from PySide6.QtCore import QByteArray, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtSvg import QSvgRenderer

from explorer.look.formulas.boxes import Glyphs, Mark, Stroke
from explorer.look.formulas.letters import font
from explorer.look.formulas.reader import Unknown, laid_out

SIZE = 18.0
"""Pixels of the letters in a piece as it is typeset; it is drawn at any size."""
PATIENCE = 0.004
CLOSING = 0.05
"""Seconds for which closing waits for the thread."""
KEPT = 2_000
_BREAKS = re.compile(r" (?:=|\\text\{ \+= \}|\\quad) ")


@dataclass(frozen=True)
class Piece:
    """A typeset piece of a formula, in pixels at SIZE; `above` and `below` its baseline.

    It is drawn from its `marks`, or where it was typeset elsewhere from its `svg`.
    """

    svg: str
    width: float
    above: float
    below: float
    marks: tuple[Mark, ...] = ()

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.above + self.below


def pieces_of(latex: str) -> list[str]:
    """The formula cut before every equals sign and every gap that stand outside all braces."""
    parts, start = [], 0
    for match in _BREAKS.finditer(latex):
        before = latex[: match.start()]
        if _is_outside(before):
            parts.append(latex[start : match.start()])
            start = match.start() + 1
    parts.append(latex[start:])
    return [part.strip() for part in parts if part.strip()]


def _is_outside(text: str) -> bool:
    """Whether the text closes whatever it opens."""
    braces = text.count("{") - text.count("}")
    pairs = text.count(r"\left") == text.count(r"\right")
    return braces == 0 and pairs and text.count(r"\begin") == text.count(r"\end")


def set_here(latex: str) -> list[Piece] | None:
    """All pieces of a formula, laid out at once; None where one is not understood."""
    try:
        boxes = [laid_out(part, SIZE) for part in pieces_of(latex)]
    except Unknown:
        return None
    return [Piece("", box.width, box.above + 1, box.below + 1, box.marks) for box in boxes] or None


def typeset(latex: str) -> Piece | None:
    """One piece, typeset by the library; None where it does not understand it."""
    try:
        import ziamath

        ziamath.config.svg2 = False
        svg = ziamath.Latex(latex, size=SIZE).svg()
    except Exception:  # whatever it stumbles over, plain text is shown instead
        return None
    found = re.search(r'viewBox="([-\d.e]+) ([-\d.e]+) ([-\d.e]+) ([-\d.e]+)"', svg)
    if found is None:
        return None
    _, top, width, height = map(float, found.groups())
    return Piece(svg, width, -top, height + top)


Formula: TypeAlias = "Future[list[Piece] | None]"
"""The pieces of a formula, or None where it cannot be typeset, as soon as they are there."""


class Typesetter(QObject):
    """Formulas by their LaTeX, typeset in a thread of its own and kept."""

    ready = Signal(str)
    """A formula that one did not wait for is typeset (or cannot be)."""
    _done = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: SimpleQueue[tuple[str, Formula] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._known: OrderedDict[str, list[Piece] | None] = OrderedDict()
        self._waiting: dict[str, Formula] = {}
        self._closed = False
        self._done.connect(self._take)

    def now(self, latex: str, patience: float = PATIENCE) -> list[Piece] | None:
        """The pieces, if they are known or soon typeset; else None, and `ready` follows unless it cannot be done."""
        if latex in self._known:
            self._known.move_to_end(latex)
            return self._known[latex]
        if self._closed:
            return None
        if (here := set_here(latex)) is not None:
            return self._remember(latex, here)
        future = self._waiting.get(latex) or self._ask(latex)
        if future.done() or wait([future], timeout=patience).done:
            return self._keep(latex, future)
        return None

    @property
    def busy(self) -> bool:
        """Whether a formula is still to be typeset."""
        return bool(self._waiting)

    def close(self) -> None:
        """End the thread; one that is not done with its formula in a moment ends by itself."""
        self._closed = True
        for future in self._waiting.values():
            future.cancel()
        self._waiting.clear()
        self._asked.put(None)
        if self._thread is not None:
            self._thread.join(CLOSING)

    def _ask(self, latex: str) -> Formula:
        if len(self._waiting) > 40:  # only what was asked for last is still looked at
            for old, long_asked in list(self._waiting.items())[:20]:
                long_asked.cancel()
                self._waiting.pop(old, None)
        future: Formula = Future()
        self._waiting[latex] = future
        future.add_done_callback(lambda done: None if done.cancelled() else self._tell(latex))
        self._asked.put((latex, future))
        if self._thread is None:
            self._thread = threading.Thread(target=_serve, args=(self._asked,), name="typesetter", daemon=True)
            self._thread.start()
        return future

    def _tell(self, latex: str) -> None:
        with suppress(RuntimeError):  # the window may be gone
            self._done.emit(latex)

    def _take(self, latex: str) -> None:
        future = self._waiting.get(latex)
        if future is not None and future.done():
            self._keep(latex, future)
            self.ready.emit(latex)

    def _keep(self, latex: str, future: Formula) -> list[Piece] | None:
        self._waiting.pop(latex, None)
        return self._remember(latex, future.result())

    def _remember(self, latex: str, pieces: list[Piece] | None) -> list[Piece] | None:
        self._known[latex] = pieces
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        return self._known[latex]


def _serve(asked: "SimpleQueue[tuple[str, Formula] | None]") -> None:
    """Typeset what is asked for, in its order, until there is None. Knows no window, so that it may outlive one."""
    while (one := asked.get()) is not None:
        latex, future = one
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(_all(latex))
            except Exception as error:
                future.set_exception(error)


def _all(latex: str) -> list[Piece] | None:
    """All pieces of a formula; None where one cannot be typeset."""
    found = [typeset(part) for part in pieces_of(latex)]
    pieces = [piece for piece in found if piece is not None]
    return pieces if pieces and len(pieces) == len(found) else None


@lru_cache(maxsize=400)
def _renderer(svg: str, color: str) -> QSvgRenderer:
    """The drawing in a colour."""
    colored = svg.replace('fill="black"', f'fill="{color}"').replace("<svg ", f'<svg fill="{color}" ', 1)
    return QSvgRenderer(QByteArray(colored.encode()))


def draw(painter: QPainter, piece: Piece, x: float, baseline: float, color: str, scale: float = 1.0) -> None:
    """Draw a piece with its left end at x on a baseline."""
    if piece.marks:
        _draw_marks(painter, piece.marks, x, baseline, QColor(color), scale)
        return
    box = QRectF(x, baseline - piece.above * scale, piece.width * scale, piece.height * scale)
    _renderer(piece.svg, color).render(painter, box)


def _draw_marks(
    painter: QPainter, marks: tuple[Mark, ...], x: float, baseline: float, color: QColor, scale: float
) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(x, baseline)
    painter.scale(scale, scale)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for mark in marks:
        if isinstance(mark, Stroke):
            pen = QPen(color, mark.thick)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawPolyline([QPointF(*point) for point in mark.points])
        else:
            _draw_glyphs(painter, mark, color)
    painter.restore()


def _draw_glyphs(painter: QPainter, mark: Glyphs, color: QColor) -> None:
    painter.setPen(color)
    painter.setFont(font(mark.pixels))
    if mark.stretch == 1.0:
        painter.drawText(QPointF(mark.x, mark.y), mark.text)
        return
    painter.save()
    painter.translate(mark.x, mark.y)
    painter.scale(1.0, mark.stretch)
    painter.drawText(QPointF(0.0, 0.0), mark.text)
    painter.restore()


def flow(pieces: list[Piece], room: float, scale: float, gap: float, leading: float) -> tuple[list, float]:
    """Pieces set in lines no wider than `room`: [(piece, x, baseline)] and the height they take."""
    placed: list[tuple[Piece, float, float]] = []
    line: list[tuple[Piece, float]] = []
    x = top = 0.0
    for piece in [*pieces, None]:
        if line and (piece is None or x + piece.width * scale > room):
            above = max(one.above for one, _ in line) * scale
            placed += [(one, at, top + above) for one, at in line]
            top += above + max(one.below for one, _ in line) * scale + leading
            line, x = [], 0.0
        if piece is not None:
            line.append((piece, x))
            x += piece.width * scale + gap
    return placed, max(top - leading, 0.0)


