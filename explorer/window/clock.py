"""The clock of the player: it ticks while something moves, and else rests.

Nothing else in the window knows what time it is.
"""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from explorer.player import Player

FRAME_MS = 16


class Clock(QObject):
    """Lets time pass for a player."""

    def __init__(self, player: Player) -> None:
        super().__init__(player)
        self._player = player
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._tick)
        player.moved.connect(self._follow)

    def stop(self) -> None:
        """Let no more time pass until the player is moved again."""
        self._timer.stop()

    def _follow(self) -> None:
        if self._player.moving and not self._timer.isActive():
            self._elapsed.start()
            self._timer.start()

    def _tick(self) -> None:
        self._player.tick(self._elapsed.restart() / 1000)
        if not self._player.moving:
            self._timer.stop()
