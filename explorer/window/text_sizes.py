"""The size of all texts of a window: what was given a size once gets that of the moment.

Fonts that follow the application do so by themselves; here are those that were set, and lengths that were fixed for
them. Knows widgets of Qt only.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView, QWidget

from explorer.look.sizes import px, text_size
from explorer.panels.small.card import CardTitle

_SET_FONT = Qt.WidgetAttribute.WA_SetFont
_BY_THEMSELVES = ("function_editor", "gutter", "step_sentence", "step_formula", "graph_view")
"""Widgets that know how large they write; the presenter enlarges them besides."""


def resize_texts(window: QWidget) -> None:
    """Bring every widget of the window to the size of text that is chosen."""
    for widget in window.findChildren(QWidget):
        if isinstance(widget, CardTitle):
            widget.fit_text()
        elif isinstance(widget, QTableView):
            header = widget.verticalHeader()
            header.setDefaultSectionSize(px(_base(widget, "base_row", header.defaultSectionSize())))
        elif isinstance(widget, QPushButton) and widget.minimumWidth() == widget.maximumWidth():
            widget.setFixedWidth(px(_base(widget, "base_width", widget.width())))
        if widget.objectName() not in _BY_THEMSELVES and widget.testAttribute(_SET_FONT):
            _resize_font(widget)


def _resize_font(widget: QWidget) -> None:
    font = widget.font()
    if font.pixelSize() > 0:
        font.setPixelSize(px(_base(widget, "base_font", font.pixelSize() / text_size())))
        widget.setFont(font)


def _base(widget: QWidget, name: str, now: float) -> float:
    """The length at the usual size, noted when the widget is seen for the first time."""
    known = widget.property(name)
    if known is None:
        widget.setProperty(name, float(now))
        return float(now)
    return float(known)
