"""A small bar above the graph, as wide as it: what is left out of the picture, and the groups around what is looked at.

Each group is a link; who folds and unfolds hears of it. Knows no tape.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from core.basics.words import say
from explorer.look.theme import Theme, sans

SHOWN = 5  # groups; of a longer path the middle is left out


class Breadcrumbs(QLabel):
    """The path of groups; hidden when there is nothing to say."""

    group_chosen = Signal(int)
    appeared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("breadcrumbs")
        self.setAccessibleName(say("graph.groups-around-selection", "Groups around the selection"))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFont(sans(12))
        self.setMargin(6)
        self.linkActivated.connect(lambda link: self.group_chosen.emit(int(link)))
        self._theme: Theme | None = None
        self._note = ""
        self._path: tuple[tuple[int, str] | None, ...] = ()
        self.hide()

    def show_path(self, note: str, path: Sequence[tuple[int, str]]) -> None:
        """What is left out, and number and title of each group, outer before inner."""
        self._note, self._path = note, tuple(path)
        self._write()

    def span(self) -> None:
        """Be as wide as the graph, so that nothing shows beside the bar."""
        self.adjustSize()
        parent = self.parentWidget()
        self.setGeometry(0, 0, parent.width() if parent is not None else self.width(), self.height())

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setStyleSheet(
            f"QLabel#breadcrumbs {{ background: {theme.canvas}; border: 0; border-bottom: 1px solid {theme.border}; }}"
        )
        self._write()

    def _write(self) -> None:
        path = self._path
        if len(path) > SHOWN:
            path = (*path[:1], None, *path[-(SHOWN - 1) :])
        muted, link = (self._theme.muted, self._theme.primal) if self._theme else ("gray", "blue")
        style = f"style='color: {link}; text-decoration: none'"
        parts = ["…" if one is None else f"<a {style} href='{one[0]}'>{escape(one[1])}</a>" for one in path]
        arrow = f" <span style='color: {muted}'>›</span> "
        note = [f"<span style='color: {muted}'>{escape(self._note)}</span>"] if self._note else []
        self.setText(arrow.join(note + parts))
        self.span()
        was_hidden, needed = self.isHidden(), bool(note or parts)
        self.setVisible(needed)
        if needed and was_hidden:
            self.appeared.emit()
