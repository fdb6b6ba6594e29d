"""The timeline: a slider over the steps, blue for the forward sweep and orange (or teal) for the one that follows.

It carries marks: where breakpoints stop, the bookmarks, and the section that is played round.
"""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSlider, QToolTip

from core.basics.words import say, say_many
from explorer.look.sizes import fixed, text_size
from explorer.look.theme import LIGHT, Theme, sans

_MARGIN = 9
_TRACK = 11
_TICKS_APART = 12
_WORDS = 23
_SWEEPS = {
    "forward": say("playback.forward", "forward"),
    "reverse": say("playback.reverse", "reverse"),
    "tangent": say("playback.tangent", "tangent"),
}


class TimelineSlider(QSlider):
    """A slider whose value is the step; a click goes there at once."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("timeline_slider")
        self.setAccessibleName(say("playback.timeline", "Timeline"))
        self.setToolTip(say(
            "playback.drag-any-step-click",
            "Drag to any step; click the name of a sweep to go to its beginning"
        ))
        self.setRange(0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(40)
        self._turn = 0
        self._factor = self._large = 1.0
        self._travel = 1.0
        self._failed = False
        self._second = "reverse"
        self._stops = np.zeros(0, dtype=int)
        self._bookmarks: dict[int, str] = {}
        self._section: tuple[int | None, int | None] = (None, None)
        self._theme: Theme = LIGHT
        self._layers: dict[str, QPixmap] = {}
        self._painted_at = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.set_large(self._factor)

    def set_large(self, large: float) -> None:
        """Write the names of the sweeps so many times larger."""
        self._factor, self._large = large, large * text_size()
        large = self._large
        self.setMinimumHeight(round(24 + 16 * large))
        self._change()

    def show_timeline(self, last: int, turn: int, failed: bool = False, second: str = "reverse") -> None:
        """Reach over steps 0..last, of which the forward sweep fills those up to `turn`; `second` follows it."""
        self._turn, self._failed, self._second = turn, failed, second
        quiet = self.blockSignals(True)
        self.setRange(0, last)
        self.blockSignals(quiet)
        self._change()

    def show_step(self, step: int, travel: float = 1.0) -> None:
        """Stand at a step whose movement has travelled this far."""
        quiet = self.blockSignals(True)
        self._travel = travel
        self.setValue(step)
        self.blockSignals(quiet)
        self._show_value()

    def _show_value(self) -> None:
        """Paint what lies between where the handle was and where it is."""
        left, right = sorted((self._painted_at, self._x(self._at())))
        self._painted_at = self._x(self._at())
        self.update(QRectF(left - 10, 0, right - left + 20, _WORDS - 2).toAlignedRect())

    def show_marks(
        self, stops: np.ndarray, bookmarks: dict[int, str], section: tuple[int | None, int | None]
    ) -> None:
        """Show where breakpoints stop, the bookmarks with their notes, and the ends of the section."""
        self._stops, self._bookmarks, self._section = stops, bookmarks, section
        self._change()

    def _x(self, step: float) -> float:
        return _MARGIN + (self.width() - 2 * _MARGIN) * step / max(self.maximum(), 1)

    def _seek(self, x: float) -> None:
        share = (x - _MARGIN) / max(self.width() - 2 * _MARGIN, 1)
        self.setValue(round(min(max(share, 0.0), 1.0) * self.maximum()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = self._at()
        self._draw_layer(painter, "below", self._paint_below, event.rect())
        for start, end, color in self._sweeps():
            if at > start and end > start:
                left = self._x(start)
                done = QRectF(left, _TRACK - 2.5, self._x(min(at, end)) - left, 5)
                painter.fillRect(done, self._theme.color(f"{color}_strong"))
        self._draw_layer(painter, "above", self._paint_above, event.rect())
        if self.maximum():
            self._paint_handle(painter, at)

    def _at(self) -> float:
        """Where we stand, between two steps while one is under way."""
        return max(self.value() - 1 + self._travel, 0) if self.value() else 0

    def _sweeps(self) -> tuple[tuple[int, int, str], ...]:
        return (0, self._turn, "primal"), (self._turn, self.maximum(), "adjoint")

    def _draw_layer(self, painter: QPainter, name: str, paint: Callable[[QPainter], None], part: QRect) -> None:
        layer, ratio = self._layer(name, paint), self.devicePixelRatioF()
        painter.drawPixmap(part, layer, QRectF(part.toRectF().topLeft() * ratio, part.size() * ratio).toRect())

    def _layer(self, name: str, paint: Callable[[QPainter], None]) -> QPixmap:
        """What does not move, below or above what does; painted anew only when something of it has changed."""
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        layer = self._layers.get(name)
        if layer is None or layer.size() != size:
            layer = self._layers[name] = QPixmap(size)
            layer.setDevicePixelRatio(ratio)
            layer.fill(Qt.GlobalColor.transparent if name == "above" else self._theme.color("panel"))
            painter = QPainter(layer)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint(painter)
            painter.end()
        return layer

    def _change(self) -> None:
        """Something of what does not move is another."""
        self._layers.clear()
        self.update()

    def _paint_below(self, painter: QPainter) -> None:
        for start, end, color in self._sweeps():
            if end > start:
                whole = QRectF(self._x(start), _TRACK - 2.5, self._x(end) - self._x(start), 5)
                painter.fillRect(whole, self._theme.color(f"{color}_strong", 65))
        if self.maximum():
            self._paint_words(painter)

    def _paint_above(self, painter: QPainter) -> None:
        self._paint_section(painter)
        self._paint_ticks(painter)
        self._paint_marks(painter)
        if self._failed:
            painter.setPen(QPen(self._theme.color("error"), 3))
            painter.drawLine(QPointF(self._x(self.maximum()), 4), QPointF(self._x(self.maximum()), 18))

    def _paint_ticks(self, painter: QPainter) -> None:
        """A dot where each step ends, as long as they stand apart; always a bar at the turn."""
        if self.maximum() and self.width() / self.maximum() >= _TICKS_APART:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("panel"))
            for step in range(1, self.maximum()):
                painter.drawEllipse(QPointF(self._x(step), _TRACK), 1.3, 1.3)
        if 0 < self._turn < self.maximum():
            painter.setPen(QPen(self._theme.color("text", 140), 1))
            turn = self._x(self._turn)
            painter.drawLine(QPointF(turn, _TRACK - 6), QPointF(turn, _TRACK + 6))

    def _paint_section(self, painter: QPainter) -> None:
        """A band over the section, with a bracket at each end that is set."""
        start, end = self._section
        painter.setPen(QPen(self._theme.color("selection"), 2))
        for place, inward in ((start, 4.0), (end, -4.0)):
            if place is not None:
                x = self._x(place)
                painter.drawPolyline([QPointF(x + inward, 2), QPointF(x, 2), QPointF(x, 20), QPointF(x + inward, 20)])
        if start is not None and end is not None:
            band = QRectF(self._x(start), 2, self._x(end) - self._x(start), 18)
            painter.fillRect(band, self._theme.color("selection", 36))

    def _paint_marks(self, painter: QPainter) -> None:
        """A diamond where a breakpoint stops, a small flag on each bookmark; no more than there are pixels."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("error"))
        for x in np.unique(np.round(_MARGIN + (self.width() - 2 * _MARGIN) * self._stops / max(self.maximum(), 1))):
            painter.drawPolygon([QPointF(x, 0), QPointF(x + 3.2, 3.2), QPointF(x, 6.4), QPointF(x - 3.2, 3.2)])
        painter.setBrush(self._theme.color("selection"))
        for step in self._bookmarks:
            x = self._x(min(step, self.maximum()))
            painter.drawRect(QRectF(x - 0.7, 0, 1.4, 9))
            painter.drawPolygon([QPointF(x, 0), QPointF(x + 6, 2.4), QPointF(x, 4.8)])

    def _paint_handle(self, painter: QPainter, at: float) -> None:
        color = "primal_strong" if self.value() <= self._turn else "adjoint_strong"
        painter.setPen(QPen(self._theme.color("focus" if self.hasFocus() else color), 3))
        painter.setBrush(self._theme.color("panel"))
        painter.drawEllipse(QPointF(self._x(at), _TRACK), 7, 7)

    def _paint_words(self, painter: QPainter) -> None:
        """What each part is: centred under it, or from either end where a part is short."""
        painter.setFont(self._words_font())
        forward, reverse, middle, centred = self._words()
        high = 16 * self._large
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        sides = (Qt.AlignmentFlag.AlignHCenter,) * 2 if centred else (left, right)
        painter.setPen(self._theme.color("primal"))
        painter.drawText(QRectF(_MARGIN, 22, middle - _MARGIN, high), sides[0], forward)
        painter.setPen(self._theme.color("adjoint"))
        painter.drawText(QRectF(middle, 22, self.width() - _MARGIN - middle, high), sides[1], reverse)

    def _words_font(self) -> QFont:
        return sans(fixed(11 * self._large))

    def _words(self) -> tuple[str, str, float, bool]:
        """The two names, the place between them, and whether each stands centred under its part."""
        counts = (self._turn, self.maximum() - self._turn)
        metrics, turn = QFontMetricsF(self._words_font()), self._x(self._turn)
        rooms = (turn - _MARGIN, self.width() - _MARGIN - turn)
        for way in (_steps, _short, _bare):
            texts = [way(_SWEEPS[name], count) for name, count in zip(("forward", self._second), counts)]
            if not counts[1]:
                texts[1] = ""
            wide = [metrics.horizontalAdvance(text) for text in texts]
            if all(not one or one + 6 <= room for one, room in zip(wide, rooms)):
                return texts[0], texts[1], turn, True
            if sum(wide) + 18 <= sum(rooms):
                return texts[0], texts[1], _MARGIN + wide[0] + (sum(rooms) - sum(wide)) / 2, False
        return texts[0], texts[1], self.width() / 2, False

    def sliderChange(self, change: QSlider.SliderChange) -> None:
        """A slider would paint all of itself whenever its value is another; what changes is known better here."""
        if change != QSlider.SliderChange.SliderValueChange:
            super().sliderChange(change)
        else:
            self._show_value()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._note_at(event.pos().x()) or self.toolTip(), self)
            return True
        return super().event(event)

    def _note_at(self, x: float) -> str:
        """The note of the bookmark under the pointer."""
        near = [(abs(self._x(step) - x), step) for step in self._bookmarks]
        if not near or min(near)[0] > 7:
            return ""
        step = min(near)[1]
        return say(
            "playback.bookmark-step",
            "Bookmark at step {step:,}: {bookmark}",
            step=step,
            bookmark=self._bookmarks[step] or say("playback.no-note", "no note")
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        below = event.position().y() > _WORDS and self.maximum()
        if event.button() == Qt.MouseButton.LeftButton and below:
            self.setValue(0 if event.position().x() < self._words()[2] else self._turn)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._seek(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self.isSliderDown():
            self._seek(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def sizeHint(self) -> QSize:
        return QSize(240, round(24 + 16 * self._large))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 40)


def _steps(sweep: str, count: int) -> str:
    return say_many(
        "playback.steps", "{sweep}: {count:,} step", "{sweep}: {count:,} steps", count, sweep=sweep
    )


def _short(sweep: str, count: int) -> str:
    return f"{sweep} {count:,}"


def _bare(_: str, count: int) -> str:
    return f"{count:,}"
