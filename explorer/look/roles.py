"""The words by which the style sheet tells widgets apart. Knows no widget in particular."""

from PySide6.QtWidgets import QWidget


def mark(widget: QWidget, name: str, value: object) -> None:
    """Give a widget a property that the style sheet looks at, and where that is another dress it anew."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def give_role(widget: QWidget, role: str) -> None:
    """Let a widget be dressed as what it is now, such as an error."""
    mark(widget, "role", role)
