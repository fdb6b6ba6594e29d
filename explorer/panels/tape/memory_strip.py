"""A strip that shows how many bytes the tape keeps at each step, with a line at the present one."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.basics.words import say
from explorer.look.theme import LIGHT, Theme


class MemoryStrip(QWidget):
    """An area over the steps: it grows as the tape records, and falls as entries are freed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("memory_strip")
        self.setAccessibleName(say("tape.memory-kept-tape", "Memory kept by the tape"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme: Theme = LIGHT
        self._bytes = np.zeros(0)
        self._turn, self._step, self._most = 0, 0, 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._area: QPixmap | None = None  # without the line; painting its corners at each step would take long

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme, self._area = theme, None
        self.update()

    def show_memory(self, kept: np.ndarray, turn: int) -> None:
        """Show the bytes kept at each step; up to `turn` the tape records."""
        self._bytes, self._turn, self._area = kept, turn, None
        self._most = float(kept.max()) if len(kept) else 0.0
        self.update()

    def show_step(self, step: int) -> None:
        """Stand at a step."""
        places = [self._x(min(one, max(len(self._bytes) - 1, 0))) for one in (self._step, step)]
        self._step = step
        now = bytes_text(int(self._bytes[step])) if step < len(self._bytes) else "unknown"
        self.setToolTip(
            say(
                "tape.tape-keeps-reverse-sweep",
                "What the tape keeps for the reverse sweep at each step; here: {now}",
                now=now,
            )
        )
        self.setAccessibleDescription(say("tape.kept-step", "{now} kept at step {step}", now=now, step=step))
        for x in places:
            self.update(QRectF(x - 2, 0, 4, self.height()).toAlignedRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color("panel"))
        if len(self._bytes) < 2 or not self._most:
            return
        painter.setClipRegion(event.region())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._painted_area())
        painter.setPen(QPen(self._theme.color("text", 170), 1.2))
        x = self._x(min(self._step, len(self._bytes) - 1))
        painter.drawLine(QPointF(x, 1), QPointF(x, self.height() - 1))

    def _painted_area(self) -> QPixmap:
        """The area in the size and sharpness of the moment; painted anew only when it has changed."""
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        if self._area is None or self._area.size() != size:
            self._area = QPixmap(size)
            self._area.setDevicePixelRatio(ratio)
            self._area.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._area)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for start, end, color in ((0, self._turn, "primal"), (self._turn, len(self._bytes) - 1, "adjoint")):
                self._paint_area(painter, start, end, color)
            painter.end()
        return self._area

    def _x(self, step: float) -> float:
        return 2 + (self.width() - 4) * step / max(len(self._bytes) - 1, 1)

    def _paint_area(self, painter: QPainter, start: int, end: int, color: str) -> None:
        """A part of the area, with no more corners than there are pixels."""
        if end <= start:
            return
        steps = np.unique(np.linspace(start, end, min(end - start + 1, 2 * self.width())).round().astype(int))
        base, room = self.height() - 2.0, self.height() - 5.0
        heights = base - room * self._bytes[steps] / self._most
        corners = [QPointF(self._x(step), y) for step, y in zip(steps.tolist(), heights.tolist())]
        area = [QPointF(self._x(start), base), *corners, QPointF(self._x(end), base)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"{color}_strong", 60))
        painter.drawPolygon(QPolygonF(area))
        painter.setPen(QPen(self._theme.color(f"{color}_strong"), 1.3))
        painter.drawPolyline(QPolygonF(corners))

    def sizeHint(self) -> QSize:
        return QSize(200, 26)


def bytes_text(count: int) -> str:
    """A number of bytes in few letters."""
    amount, units = float(count), ("B", "kB", "MB", "GB")
    for unit in units:
        if amount < 1000 or unit == units[-1]:
            break
        amount /= 1000
    return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.3g} {unit}"
