"""The theme of the window: which one is chosen, and who draws in its colours."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from explorer.look import theme as themes
from explorer.look.sizes import USUAL, next_size, set_text_size, text_size
from explorer.look.theme import Theme
from explorer.shown import ShownSignals
from explorer.storage.settings import Settings
from explorer.window.text_sizes import resize_texts

CHOICES = ("system", "light", "dark")


class Dressed(Protocol):
    """Whatever has colours."""

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""


class Appearance(QObject):
    """Dresses everything; while another sweep than the reverse one is shown, in the colours of that sweep."""

    text_resized = Signal()

    def __init__(
        self,
        settings: Settings,
        shown: ShownSignals,
        actions: Mapping[str, QAction],
        dressed: Iterable[Dressed],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings, self._shown, self._actions = settings, shown, actions
        self._dressed = list(dressed)
        self.theme = self._worn = themes.LIGHT
        shown.timeline_changed.connect(self._follow_sweep)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def commands(self) -> dict[str, Callable[[], object]]:
        """By the name of an action what it does."""
        return {
            **{f"theme_{name}": partial(self.choose, name) for name in CHOICES},
            "text_larger": lambda: self.write(next_size(text_size(), 1)),
            "text_smaller": lambda: self.write(next_size(text_size(), -1)),
            "text_usual": lambda: self.write(USUAL),
            "switch_theme": lambda: self.choose("light" if self.theme.dark else "dark"),
        }

    def choose(self, name: str) -> None:
        """Use a theme: "light", "dark", or "system" to follow the system."""
        self._settings.theme = name
        for choice in CHOICES:
            self._actions[f"theme_{choice}"].setChecked(choice == name)
        dark = name == "dark" or (name == "system" and _system_is_dark())
        self.theme = themes.DARK if dark else themes.LIGHT
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if app.styleSheet() != themes.style_sheet(self.theme):
            themes.apply(app, self.theme)
        self._dress()

    def write(self, size: float) -> None:
        """Use a size of texts, and remember it."""
        self._settings.text_size = set_text_size(size)
        self.choose(self._settings.theme)
        self.text_resized.emit()

    def _dress(self) -> None:
        timeline = self._shown.timeline
        self._worn = self.theme.for_sweep(timeline.second_sweep if timeline else "reverse")
        for one in self._dressed:
            one.set_theme(self._worn)
        resize_texts(self._window)

    def _follow_sweep(self) -> None:
        timeline = self._shown.timeline
        if timeline is not None and self._worn is not self.theme.for_sweep(timeline.second_sweep):
            self._dress()

    def _follow_system(self) -> None:
        if self._settings.theme == "system":
            self.choose("system")


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
