"""Small buttons side by side of which several may be down: which inputs are trained, which optimizers race.

Knows names and marks; knows no training.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from core.basics.words import say
from explorer.look.theme import Theme
from explorer.panels.small.menu_button import menu_button, new_menu
from explorer.parts.training.styles import NAMES, SHORT, STYLES, Style

MOST = 8
"""Inputs that have a button of their own; more are in a menu."""
_SHAPE = (
    "QPushButton {{ padding: 3px 9px; border-radius: 11px; background: {ground}; border: 1px solid {line};"
    " color: {word}; }} QPushButton:focus {{ border-color: {focus}; }}"
)


class Chips(QWidget):
    """Names as buttons; `toggled` tells that another set of them is down."""

    toggled = Signal()

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._title = title
        self._names: tuple[str, ...] = ()
        self._down: list[str] = []
        self.buttons: dict[str, QPushButton] = {}
        self._menu = menu_button(f"{name}_menu", title)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(5)
        self._row.addWidget(self._menu)
        self._menu.hide()
        self._theme: Theme | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All names that are offered."""
        return self._names

    @property
    def down(self) -> tuple[str, ...]:
        """The names that are down, in their order."""
        return tuple(name for name in self._names if name in self._down)

    def show_names(self, names: Sequence[str], down: Sequence[str]) -> None:
        """Offer these names, some of them down."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            for button in self.buttons.values():
                button.hide()
                button.deleteLater()
            self.buttons = {name: self._button(name) for name in names} if len(names) <= MOST else {}
            for button in self.buttons.values():
                self._row.addWidget(button)
        self._down = [name for name in names if name in down]
        self._show()

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self.words(name))
        button.setObjectName(f"{self.objectName()}_{name}")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the steps
        button.clicked.connect(lambda: self.switch(name))
        return button

    def switch(self, name: str) -> None:
        """Press a name down, or let it up again; the last one stays down."""
        if name not in self._down:
            self._down.append(name)
        elif len(self._down) > 1:
            self._down.remove(name)
        self._show()
        self.toggled.emit()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self._show()

    def _show(self) -> None:
        self._menu.setVisible(len(self._names) > MOST)
        self._menu.setText(say("training.of-inputs", "{some} of {all} ▾", some=len(self._down), all=len(self._names)))
        menu: QMenu = new_menu(self._menu)
        for name in self._names if len(self._names) > MOST else ():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(name in self._down)
            action.triggered.connect(lambda _=False, name=name: self.switch(name))
        for name, button in self.buttons.items():
            down = name in self._down
            button.setChecked(down)
            button.setToolTip(self.hint(name, down))
            button.setAccessibleName(f"{self._title}: {button.text()}")
            if self._theme is not None:
                self.dress(button, name, down, self._theme)

    # --- what differs ------------------------------------------------------------------------------------------

    def words(self, name: str) -> str:
        """What is written on a button."""
        return name

    def hint(self, name: str, down: bool) -> str:
        """What a click does."""
        return name

    def dress(self, button: QPushButton, name: str, down: bool, theme: Theme) -> None:
        """Give a button its colours."""
        ground, line, word = (
            (theme.adjoint_soft, theme.adjoint_mid, theme.adjoint)
            if down
            else (theme.panel, theme.border_strong, theme.muted)
        )
        button.setStyleSheet(_SHAPE.format(ground=ground, line=line, word=word, focus=theme.focus))


class InputChips(Chips):
    """The inputs: those that are trained are down, the others are data."""

    def hint(self, name: str, down: bool) -> str:
        return (
            say("training.is-trained", "{name} is trained; click to keep it as data", name=name)
            if down
            else say("training.is-data", "{name} is data; click to train it", name=name)
        )


class OptimizerChips(Chips):
    """The optimizers, each with the mark of its line: those that are down race each other, and the first one leads."""

    short = False

    def words(self, name: str) -> str:
        return f"{STYLES[name].mark} {SHORT[name]}" if self.short else NAMES[name]

    def set_short(self, short: bool) -> None:
        """Use short names, or the whole ones again."""
        if short != self.short:
            self.short = short
            for name, button in self.buttons.items():
                button.setText(self.words(name))
            self._show()

    def hint(self, name: str, down: bool) -> str:
        if not down:
            return say("training.let-race", "Let {name} take part", name=NAMES[name])
        return say("training.leave-race", "Leave {name} out", name=NAMES[name])

    def choose(self, name: str) -> None:
        """This one alone."""
        self._down = [name]
        self._show()
        self.toggled.emit()

    def dress(self, button: QPushButton, name: str, down: bool, theme: Theme) -> None:
        style = STYLES[name]
        piece = _line(style, theme.color(style.color if down else "faint"))
        button.setIcon(QIcon() if self.short else QIcon(piece))
        ground, line, word = (
            (theme.raised, theme.border_strong, theme.text) if down else (theme.panel, theme.border, theme.muted)
        )
        button.setStyleSheet(_SHAPE.format(ground=ground, line=line, word=word, focus=theme.focus))


def _line(style: Style, color: QColor) -> QPixmap:
    """A piece of the line with its mark, as a legend has it."""
    pixmap = QPixmap(52, 32)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 2, style.dash))
    painter.drawLine(0, 8, 26, 8)
    painter.setPen(QPen(color))
    font = painter.font()
    font.setPixelSize(12)
    painter.setFont(font)
    painter.drawText(pixmap.rect().adjusted(0, 0, -26, -16), Qt.AlignmentFlag.AlignCenter, style.mark)
    painter.end()
    return pixmap
