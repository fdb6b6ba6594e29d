"""Icons: our SVG files, drawn in the colour of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from explorer.storage.resources import asset

_SIZES = (16, 20, 32, 40)


def icon(name: str, color: QColor | str, disabled: QColor | str | None = None) -> QIcon:
    """The icon of this name in one colour, and in another where it is disabled."""
    result = QIcon()
    for size in _SIZES:
        result.addPixmap(_pixmap(name, QColor(color), size), QIcon.Mode.Normal)
        if disabled is not None:
            result.addPixmap(_pixmap(name, QColor(disabled), size), QIcon.Mode.Disabled)
    return result


def application_icon() -> QIcon:
    """The icon of the program, in its own colours."""
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        result.addPixmap(_pixmap("app", QColor("black"), size))
    return result


def _pixmap(name: str, color: QColor, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    text = _source(name).replace("currentColor", color.name())
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@cache
def _source(name: str) -> str:
    return asset(f"icons/{name}.svg").read_text("utf-8")
