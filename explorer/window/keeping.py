"""When unsaved work is kept against a crash: soon after each change, and again where that failed.

Knows files and a timer; what is kept, and where, is the affair of `explorer.storage`.
"""

from PySide6.QtCore import QObject, QTimer

from explorer.storage.files import Files

SOON_MS, AGAIN_MS = 900, 10_000
"""Less than a second of typing is lost in a crash; after a failure the disk is given some time."""


class Keeping(QObject):
    """Waits a little, so that a burst of changes is written once."""

    def __init__(self, files: Files, parent: QObject) -> None:
        super().__init__(parent)
        self._files = files
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.now)

    def soon(self) -> None:
        """Something that a document holds is another."""
        if not self.timer.isActive():
            self.timer.start(SOON_MS)

    def now(self) -> None:
        """Keep what is unsaved."""
        if not self._files.keep():
            self.timer.start(AGAIN_MS)

    def stop(self) -> None:
        """Nothing changes any more."""
        self.timer.stop()
