"""Where undo stops: a new step begins with a word, a line, a change from typing to deleting, and after a pause.

Pure: keys and times come in, a yes or no goes out.
"""

from PySide6.QtCore import Qt

PAUSE_MS = 1_000
_DELETING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_NEW_LINE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class UndoSteps:
    """Remembers the last key that changed the text."""

    def __init__(self) -> None:
        self._kind, self._at = "", 0

    def begins(self, key: int, text: str, now: int) -> bool:
        """Whether this key begins a new step; `now` in milliseconds."""
        kind = _kind(key, text)
        if not kind:
            return False
        last, paused = self._kind, now - self._at > PAUSE_MS
        self._kind, self._at = kind, now
        joined = kind == last != "line" or (last == "word" and kind == "sign")
        return paused or not joined


def _kind(key: int, text: str) -> str:
    """What a key does: "word", "sign", "line", "delete", or nothing to the text."""
    if key in _DELETING:
        return "delete"
    if key in _NEW_LINE:
        return "line"
    if not text or not text.isprintable():
        return ""
    return "word" if text.isalnum() or text == "_" else "sign"
