"""The inspector: everything about the selected entry at the current step, with formulas as real mathematics."""

import html as pages
from typing import Any

from PySide6.QtCore import QElapsedTimer, QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QContextMenuEvent, QImage, QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from core.basics.words import say
from core.timeline import Frame
from explorer.look.sizes import text_size
from explorer.look.theme import LIGHT, Theme
from explorer.look.typesetting import SIZE, Piece, Typesetter, draw
from explorer.panels.inspector.page import Line, empty_page, entry_page, veiled_page
from explorer.panels.small.formula import copy_menu

_PIXELS = 15.0
_AXIS = 0.25 * SIZE
"""How far above the baseline the middle of a formula lies."""
_SETTLE_MS = 30
_PACE_MS = 60
"""A page is made when no other was asked for in so long: while steps rush by, nobody reads it."""
_SCROLL_MS = 400
"""But no longer than this after the first that was asked for."""
_MARGIN = 12


class Inspector(QTextBrowser):
    """A page about one entry; the names of other entries on it are links."""

    entry_chosen = Signal(int)

    def __init__(self, typesetter: Typesetter) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.setAccessibleName(say("inspector.inspector", "Inspector"))
        self.setToolTip(say("inspector.all-about-one-entry", "All about one entry; right-click a formula to copy it"))
        self.setOpenLinks(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(_MARGIN)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._follow)
        self._typesetter = typesetter
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._show_again)
        self._pace = QTimer(self)
        self._pace.setSingleShot(True)
        self._pace.setInterval(_PACE_MS)
        self._pace.timeout.connect(self._draw)
        self._late = False
        self._waited = QElapsedTimer()
        typesetter.ready.connect(self._note_ready)
        self._theme = LIGHT
        self._shown: tuple[Frame, int] | None = None
        self._awaited: set[str] = set()
        self._drawn: dict[str, tuple[Line, Piece]] = {}
        self._page = ""
        self.show_nothing()

    @property
    def plain(self) -> str:
        """The whole page as text, also what stands there as pictures."""
        if self._shown is None:
            return self.toPlainText()
        document = QTextDocument()
        document.setHtml(entry_page(*self._shown, self._theme))
        return document.toPlainText()

    def show_entry(self, frame: Frame, index: int) -> None:
        """Show an entry as it stands in a frame, a moment later: where one page chases the next, only the last."""
        if not self._late:
            self._waited.start()
        self._shown, self._late = (frame, index), True
        if self._waited.elapsed() < _SCROLL_MS or not self._pace.isActive():
            self._pace.start()

    def _draw(self) -> None:
        """Draw the page that is still to be drawn."""
        if self._shown is None or not self._late:
            return
        self._late = False
        self._awaited, self._drawn = set(), {}
        self._set(entry_page(*self._shown, self._theme, self._pictures))

    def toPlainText(self) -> str:
        """The text of the page, which is drawn first where that is still to be done."""
        self._draw()
        return super().toPlainText()

    def show_veiled(self, frame: Frame, index: int) -> None:
        """Name an entry about which something is asked, and no more."""
        self._shown, self._late = None, False
        self._set(veiled_page(frame, index, self._theme))

    def show_nothing(self) -> None:
        """Say that nothing is selected."""
        self._shown, self._late = None, False
        self._set(empty_page(self._theme))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self._page = ""
        self._show_again()

    def _show_again(self) -> None:
        if self._shown:
            self._late = True
            self._draw()
        else:
            self.show_nothing()

    def _note_ready(self, latex: str) -> None:
        if latex in self._awaited and not self._settling.isActive():
            self._settling.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("panel"))
        painter.end()
        super().paintEvent(event)

    # --- formulas --------------------------------------------------------------------------------------

    def _pictures(self, line: Line) -> str:
        """A formula as pictures that may be wrapped like words; "" until it is typeset."""
        pieces = self._typesetter.now(line.latex, patience=0.0)
        if pieces is None:
            self._awaited.add(line.latex)
        images = []
        for piece in pieces or ():
            name = f"formula:{len(self._drawn)}/{self._theme.name}/{line.color}/{hash(piece.svg)}"
            self._drawn[name] = (line, piece)
            width, height = self._size(piece)
            images.append(f'<img src="{name}" width="{width}" height="{height}" style="vertical-align:middle"/>')
        return "".join(images)

    def _scale(self, piece: Piece) -> float:
        """How large a piece is drawn: smaller where it would be wider than the page."""
        return min(_PIXELS * text_size() / SIZE, max(self.viewport().width() - 2 * _MARGIN - 4, 60) / piece.width)

    def _size(self, piece: Piece) -> tuple[int, int]:
        """A picture's size: as far above the axis as below it, so that all stand in line."""
        half = max(piece.above - _AXIS, piece.below + _AXIS)
        scale = self._scale(piece)
        return round(piece.width * scale + 1), round(2 * half * scale + 1)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        found = self._drawn.get(name if isinstance(name, str) else name.toString())
        if found is None:
            return super().loadResource(kind, name)
        line, piece = found
        ratio = max(2.0, self.devicePixelRatioF())
        width, height = self._size(piece)
        image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        painter.scale(ratio, ratio)
        scale = self._scale(piece)
        draw(painter, piece, 0, height / 2 + _AXIS * scale, self._theme.color(line.color).name(), scale)
        painter.end()
        image.setDevicePixelRatio(ratio)
        return image

    def formula_at(self, place: QPoint) -> Line | None:
        """The formula of which a picture stands at a place of the view."""
        cursor = self.cursorForPosition(place)
        for _ in range(2):
            found = self._drawn.get(cursor.charFormat().toImageFormat().name())
            if found is not None:
                return found[0]
            cursor.movePosition(cursor.MoveOperation.Right)
        return None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        line = self.formula_at(event.pos())
        if line is None:
            super().contextMenuEvent(event)
            return
        menu = copy_menu(self, pages.unescape(line.html), line.latex)
        menu.exec(event.globalPos())
        menu.deleteLater()

    # --- the page --------------------------------------------------------------------------------------

    def _set(self, page: str) -> None:
        """Change the page, without losing the place one has scrolled to."""
        if page != self._page:
            self._page = page
            place = self.verticalScrollBar().value()
            self.document().clear()
            self.setHtml(page)
            self.verticalScrollBar().setValue(place)

    def _follow(self, link: QUrl) -> None:
        index = link.path()
        if link.scheme() == "entry" and index.isdigit():
            self.entry_chosen.emit(int(index))
