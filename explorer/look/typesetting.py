"""LaTeX as drawings: formulas cut into pieces that may be wrapped, each typeset once and kept.

ziamath is imported by the thread that first typesets, so that nobody waits for it. A formula is asked for with
`now`, which never takes longer than a few milliseconds, or `later`. Knows nothing of what formulas mean.
"""

import re
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

SIZE = 18.0
"""Pixels of the letters in a piece as it is typeset; it is drawn at any size."""
PATIENCE = 0.004
KEPT = 2_000
_BREAKS = re.compile(r" (?:=|\\text\{ \+= \}|\\quad) ")


@dataclass(frozen=True)
class Piece:
    """A typeset piece of a formula, in pixels at SIZE; `above` and `below` its baseline."""

    svg: str
    width: float
    above: float
    below: float

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


def typeset(latex: str) -> Piece | None:
    """One piece, typeset; None where the renderer does not understand it."""
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


class Typesetter(QObject):
    """Formulas by their LaTeX, typeset in a thread of its own and kept."""

    ready = Signal(str)
    """A formula that one did not wait for is typeset (or cannot be)."""
    _done = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="typesetter")
        self._known: OrderedDict[str, list[Piece] | None] = OrderedDict()
        self._waiting: dict[str, Future] = {}
        self._closed = False
        self._done.connect(self._take)

    def now(self, latex: str, patience: float = PATIENCE) -> list[Piece] | None:
        """The pieces, if they are known or soon typeset; else None, and `ready` follows unless it cannot be done."""
        if latex in self._known:
            self._known.move_to_end(latex)
            return self._known[latex]
        if self._closed:
            return None
        future = self._waiting.get(latex) or self._ask(latex)
        if future.done() or wait([future], timeout=patience).done:
            return self._keep(latex, future)
        return None

    @property
    def busy(self) -> bool:
        """Whether a formula is still to be typeset."""
        return bool(self._waiting)

    def close(self) -> None:
        """End the thread."""
        self._closed = True
        self._waiting.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _ask(self, latex: str) -> Future:
        if len(self._waiting) > 40:  # only what was asked for last is still looked at
            for old, future in list(self._waiting.items())[:20]:
                future.cancel()
                self._waiting.pop(old, None)
        future = self._pool.submit(_all, latex)
        self._waiting[latex] = future
        future.add_done_callback(lambda done: None if done.cancelled() else self._tell(latex))
        return future

    def _tell(self, latex: str) -> None:
        with suppress(RuntimeError):  # the window may be gone
            self._done.emit(latex)

    def _take(self, latex: str) -> None:
        future = self._waiting.get(latex)
        if future is not None and future.done():
            self._keep(latex, future)
            self.ready.emit(latex)

    def _keep(self, latex: str, future: Future) -> list[Piece] | None:
        self._waiting.pop(latex, None)
        self._known[latex] = future.result()
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        return self._known[latex]


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
    box = QRectF(x, baseline - piece.above * scale, piece.width * scale, piece.height * scale)
    _renderer(piece.svg, color).render(painter, box)


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


