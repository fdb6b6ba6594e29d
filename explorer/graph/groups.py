"""Draws groups: a folded one as a stack of cards with its sum and progress, an open one as a frame with a title.

Both have a chip to click on: plus unfolds, minus folds. Coordinates are the world's. Must not know the widget.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explorer.drawing.camera import Box
from explorer.drawing.measure import Style, scales
from explorer.drawing.scene import GraphModel, OpenGroup, Snapshot
from explorer.graph.text import piece
from explorer.look.theme import Theme

RADIUS, PADDING = 9.0, 10.0
STACK = 4.0  # by which each card of a stack sticks out
CHIP = 15.0
BAR = 4.0
TITLE_WIDTH = 220.0
TITLE_ZOOM = 0.36  # below, titles of frames cannot be read
TITLE_PIXELS, LARGEST_TITLE = 0.8, 1.75  # the share of its true size that a title keeps, as long as there is room


def rect(box: Box) -> QRectF:
    return QRectF(box.left, box.top, box.width, box.height)


def front(box: QRectF) -> QRectF:
    """The foremost card of a stack."""
    return box.adjusted(0, 2 * STACK, -2 * STACK, 0)


def chip(box: Box) -> Box:
    """Where to click to unfold the group with this box."""
    right, top = box.right - 2 * STACK - 8, box.top + 2 * STACK + 7
    return Box(right - CHIP, top, right, top + CHIP)


def frame_chip(box: Box) -> Box:
    """Where to click to fold an open group."""
    return Box(box.left + 8, box.top + 7, box.left + 8 + CHIP, box.top + 7 + CHIP)


def title_box(box: Box) -> Box:
    """The part of an open group's frame that its chip and title take."""
    return Box(box.left, box.top, min(box.right, box.left + TITLE_WIDTH), box.top + 2 * CHIP)


def draw_stacks(painter: QPainter, model: GraphModel, nodes: np.ndarray) -> None:
    """The cards of each group, with the painter's pen and brush."""
    for node in nodes.tolist():
        box = rect(model.box(node))
        for place in (2, 1, 0):
            card = box.adjusted(place * STACK, (2 - place) * STACK, -(2 - place) * STACK, -place * STACK)
            painter.drawRoundedRect(card, RADIUS, RADIUS)


def draw_card(
    painter: QPainter, model: GraphModel, snapshot: Snapshot, node: int, theme: Theme, zoom: float
) -> None:
    """The chip of a folded group, where there is room for it beside the title, and how far it is."""
    if scales(zoom)[0] == 1.0:
        _draw_chip(painter, rect(chip(model.box(node))), theme, plus=True)
    _draw_bars(painter, front(rect(model.box(node))), snapshot.progress(node), theme)


def _draw_bars(painter: QPainter, box: QRectF, shares: tuple[float, float], theme: Theme) -> None:
    """How much is computed from the left, how much of the adjoints is complete from the right."""
    track = QRectF(box.left() + PADDING, box.bottom() - 9, box.width() - 2 * PADDING, BAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("border"))
    painter.drawRoundedRect(track, BAR / 2, BAR / 2)
    computed, complete = shares
    if computed > 0:
        painter.setBrush(theme.color("primal_strong"))
        painter.drawRoundedRect(track.adjusted(0, 0, -(1 - computed) * track.width(), 0), BAR / 2, BAR / 2)
    if complete > 0:
        painter.setBrush(theme.color("adjoint_strong"))
        painter.drawRoundedRect(track.adjusted((1 - complete) * track.width(), 0, 0, 0), BAR / 2, BAR / 2)


def _draw_chip(painter: QPainter, box: QRectF, theme: Theme, plus: bool) -> None:
    painter.setPen(QPen(theme.color("border_strong"), 1))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QPen(theme.color("text"), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    middle, arm = box.center(), 3.6
    painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
    if plus:
        painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))


def draw_frames(painter: QPainter, frames: tuple[OpenGroup, ...], seen: Box, theme: Theme, zoom: float) -> None:
    """The grounds of open groups, outer before inner, with their titles."""
    for frame in frames:
        box = frame.box
        if box.left > seen.right or box.right < seen.left or box.top > seen.bottom or box.bottom < seen.top:
            continue
        ground = QColor(theme.color("text"))
        ground.setAlpha(11 if theme.dark else 8)
        painter.setBrush(ground)
        painter.setPen(QPen(theme.color("border_strong"), max(1.0, 0.6 / zoom)))
        painter.drawRoundedRect(rect(box), 12, 12)
        if zoom >= TITLE_ZOOM:
            _draw_chip(painter, rect(frame_chip(box)), theme, plus=False)
            _draw_title(painter, frame, theme, min(LARGEST_TITLE, max(1.0, TITLE_PIXELS / zoom)))


def _draw_title(painter: QPainter, frame: OpenGroup, theme: Theme, scale: float) -> None:
    """The title of an open group, larger than it would be from afar."""
    box = frame.box
    title = piece(frame.title, Style.TITLE, (box.width - CHIP - 26) / scale)
    painter.save()
    painter.translate(box.left + 16 + CHIP, box.top + 14.5 + 5 * scale)
    painter.scale(scale, scale)
    title.draw(painter, 0, 0, theme.color("muted"))
    painter.restore()
