"""Keys of one character, which a person who dictates or whose hand trembles can switch off (WCAG 2.1.4).

Knows actions and their keys only.
"""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QKeySequence

from explorer.storage.settings import Settings


class LetterKeys:
    """The keys of all actions, with or without those of a single character."""

    def __init__(
        self, actions: Mapping[str, QAction], settings: Settings, tell: Callable[[bool], None] = lambda on: None
    ) -> None:
        """`tell` hears whether single characters are keys, for whoever takes some besides."""
        self._settings, self._tell = settings, tell
        self._keys = {action: action.shortcuts() for action in actions.values()}
        self.action = actions["letter_keys"]
        self.action.setChecked(settings.letter_keys)
        self._use(settings.letter_keys)

    @property
    def on(self) -> bool:
        """Whether single characters are keys."""
        return self._settings.letter_keys

    def commands(self) -> dict[str, Callable[[], object]]:
        """By the name of an action what it does."""
        return {"letter_keys": self.switch}

    def switch(self) -> None:
        """Use them, or no longer, and remember it."""
        self._settings.letter_keys = not self._settings.letter_keys
        self.action.setChecked(self._settings.letter_keys)
        self._use(self._settings.letter_keys)

    def _use(self, on: bool) -> None:
        for action, keys in self._keys.items():
            action.setShortcuts([key for key in keys if on or not is_character(key)])
        self._tell(on)


def is_character(key: QKeySequence) -> bool:
    """Whether a key is one printable character, alone or with Shift; Space is none, for it presses buttons too."""
    text = key.toString(QKeySequence.SequenceFormat.PortableText).removeprefix("Shift+")
    return len(text) == 1
