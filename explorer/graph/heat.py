"""Arrays as small heat maps: pale is small, strong is large; a minus sign marks negative cells.

Near enough, the numbers themselves are written into the cells. Knows arrays and colours, not where they
come from.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEngine, QPainter, QPen

from explorer.drawing.heat_map import table
from explorer.drawing.measure import Style
from explorer.graph.text import piece
from explorer.look.theme import Theme

NUMBER_WIDTH = 34  # pixels on the screen that a cell needs for its number


def shades(values: np.ndarray, theme: Theme, hue: str) -> np.ndarray:
    """(rows, columns, 4) BGRA bytes: soft to strong by size; what is not a number in the error colour."""
    finite = np.isfinite(values)
    size = np.where(finite, np.abs(values), 0.0)
    share = size / (size.max(initial=0.0) or 1.0)
    ends = [theme.color(f"{hue}_soft"), theme.color(f"{hue}_strong")]
    low, high = (np.array([c.blue(), c.green(), c.red(), 255.0]) for c in ends)
    pixels = low + (high - low) * share[..., None] ** 0.8
    wrong = theme.color("error")
    pixels[~finite] = [wrong.blue(), wrong.green(), wrong.red(), 255]
    return np.ascontiguousarray(pixels.astype(np.uint8))


def draw(painter: QPainter, box: QRectF, array: np.ndarray, theme: Theme, hue: str, zoom: float) -> None:
    """Draw `array` into `box`; `hue` is "primal" or "adjoint"."""
    values = table(array)
    if not values.size:
        return
    pixels = shades(values, theme, hue)
    rows, columns = values.shape
    if painter.paintEngine().type() == QPaintEngine.Type.Raster:
        _draw_image(painter, box, pixels)
    else:  # other programs would blur an image of so few pixels
        _draw_cells(painter, box, pixels)
    cell_width, cell_height = box.width() / columns, box.height() / rows
    if cell_width * zoom >= 5 and cell_height * zoom >= 5:
        _grid(painter, box, rows, columns, theme)
    if cell_width * zoom >= NUMBER_WIDTH:
        _numbers(painter, box, values, theme)
    elif cell_width * zoom >= 7 and cell_height * zoom >= 7:
        _minus_signs(painter, box, values, theme)
    painter.setPen(QPen(theme.color(f"{hue}_strong"), 0.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _draw_image(painter: QPainter, box: QRectF, pixels: np.ndarray) -> None:
    rows, columns = pixels.shape[:2]
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32)
    smooth = painter.testRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)


def _draw_cells(painter: QPainter, box: QRectF, pixels: np.ndarray) -> None:
    rows, columns = pixels.shape[:2]
    width, height = box.width() / columns, box.height() / rows
    for row in range(rows):
        for column in range(columns):
            blue, green, red, _ = pixels[row, column].tolist()
            cell = QRectF(box.left() + column * width, box.top() + row * height, width, height)
            painter.fillRect(cell, QColor(red, green, blue))


def _grid(painter: QPainter, box: QRectF, rows: int, columns: int, theme: Theme) -> None:
    painter.setPen(QPen(theme.color("card"), 0.7))
    for k in range(1, columns):
        x = box.left() + box.width() * k / columns
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    for k in range(1, rows):
        y = box.top() + box.height() * k / rows
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))


def _ink(share: float, theme: Theme) -> str:
    """The text colour that can be read on a cell of this strength."""
    return "on_accent" if share > 0.55 else "text"


def _numbers(painter: QPainter, box: QRectF, values: np.ndarray, theme: Theme) -> None:
    rows, columns = values.shape
    width, height = box.width() / columns, box.height() / rows
    largest = float(np.nanmax(np.abs(np.where(np.isfinite(values), values, 0)), initial=0)) or 1.0
    texts = {place: piece(f"{value:.3g}", Style.SMALL) for place, value in np.ndenumerate(values)}
    scale = min(0.84 * width / max(text.width for text in texts.values()), 0.6 * height / 11, 1.0)
    for (row, column), value in np.ndenumerate(values):
        text = texts[row, column]
        painter.save()
        painter.translate(box.left() + (column + 0.5) * width, box.top() + (row + 0.5) * height)
        painter.scale(scale, scale)
        share = abs(value) / largest if np.isfinite(value) else 1.0
        text.draw(painter, -text.width / 2, 4, theme.color(_ink(share, theme)))
        painter.restore()


def _minus_signs(painter: QPainter, box: QRectF, values: np.ndarray, theme: Theme) -> None:
    rows, columns = values.shape
    width, height = box.width() / columns, box.height() / rows
    largest = float(np.max(np.abs(np.where(np.isfinite(values), values, 0)), initial=0)) or 1.0
    for row, column in np.argwhere(values < 0):
        painter.setPen(QPen(theme.color(_ink(abs(values[row, column]) / largest, theme)), 1.2))
        x, y = box.left() + (column + 0.5) * width, box.top() + (row + 0.5) * height
        painter.drawLine(QPointF(x - 0.22 * width, y), QPointF(x + 0.22 * width, y))
