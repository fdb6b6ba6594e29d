"""A formula as real mathematics, sharp at any size; its plain text until it is typeset. Copies as LaTeX or as text."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from core.basics.words import say
from explorer.look.sizes import fixed
from explorer.look.theme import LIGHT, Theme, mono
from explorer.look.typesetting import SIZE, Typesetter, draw, flow

_GAP, _LEADING = 2.0, 5.0
_LEAST = 0.62


class FormulaView(QWidget):
    """Shows one formula, in as many lines as it needs, smaller where there is little room."""

    def __init__(self, typesetter: Typesetter, pixels: float = 17.0) -> None:
        super().__init__()
        self.setObjectName("step_formula")
        self.setAccessibleName(say("small.formula", "Formula"))
        self.setToolTip(
            say("small.step-formula-right-click", "The step as a formula; right-click to copy it as LaTeX or as text")
        )
        self._typesetter = typesetter
        self._typesetter.ready.connect(self._follow)
        self._pixels = pixels
        self._theme = LIGHT
        self._plain, self._latex, self._color = "", "", "muted"

    @property
    def plain(self) -> str:
        """The formula as a line of text."""
        return self._plain

    @property
    def latex(self) -> str:
        """The formula as LaTeX."""
        return self._latex

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.update()

    def set_pixels(self, pixels: float) -> None:
        """Write letters of this size."""
        self._pixels = pixels
        self.update()

    def show_formula(self, plain: str, latex: str, color: str) -> None:
        """Show a formula in the colour of a sweep."""
        self._plain, self._latex, self._color = plain, latex, color
        self.setAccessibleDescription(plain)
        self.update()

    def _follow(self, latex: str) -> None:
        if latex == self._latex:
            self.update()

    def height_of_line(self) -> int:
        """How high a formula of one line is, as a rule."""
        return round(1.55 * self._pixels)

    def height_for(self, width: int) -> int:
        """How high the formula is in so many pixels of width; while it is not known, as a line is."""
        pieces = self._typesetter.now(self._latex) if self._latex else None
        if not pieces:
            return self.height_of_line()
        return max(round(flow(pieces, width, self._pixels / SIZE, _GAP, _LEADING)[1]) + 2, self.height_of_line())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._plain:
            return
        painter = QPainter(self)
        color = self._theme.color(self._color)
        pieces = self._typesetter.now(self._latex) if self._latex else None
        if not pieces:
            painter.setPen(color)
            painter.setFont(mono(fixed(min(self._pixels * 0.8, 22))))
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
            painter.drawText(QRectF(self.rect()), flags, self._plain)
            return
        scale = self._pixels / SIZE
        placed, height = flow(pieces, self.width(), scale, _GAP, _LEADING)
        while height > self.height() and scale > _LEAST:
            scale *= 0.94
            placed, height = flow(pieces, self.width(), scale, _GAP, _LEADING * scale)
        for piece, x, baseline in placed:
            draw(painter, piece, x, baseline, color.name(), scale)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = copy_menu(self, self._plain, self._latex)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def sizeHint(self) -> QSize:
        return QSize(320, 44)


def copy_menu(parent: QWidget, plain: str, latex: str) -> QMenu:
    """A menu that copies a formula."""
    menu = QMenu(parent)
    clipboard = QGuiApplication.clipboard()
    for title, text in (
        (say("small.copy-latex", "Copy as LaTeX"), latex),
        (say("small.copy-text", "Copy as text"), plain),
    ):
        action = menu.addAction(title)
        action.setEnabled(bool(text))
        action.triggered.connect(lambda _=False, text=text: clipboard.setText(text))
    menu.actions()[1].setShortcut(QKeySequence.StandardKey.Copy)
    return menu
