"""How much a program, and all that is worked out about it, may use; and the way to stop it.

Knows nothing of what is done.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace

from core.basics import memory
from core.basics.errors import ProgramError
from core.basics.words import say

LOOK_AT_MEMORY = 0.05
"""Seconds between two looks at how much memory is held."""


class LimitReached(ProgramError):
    """What was worked out about a program took more than its budget, or nobody waits for it any more."""


class Meter:
    """What has been used since work began: the time, and the memory that the process holds more than at first."""

    def __init__(self) -> None:
        self.began = self.looked = time.monotonic()
        self.at_first: int | None = None

    def grown(self) -> int | None:
        """Bytes that the process has grown by since it was first asked; None where the system does not tell."""
        now = memory.held()
        if self.at_first is None:
            self.at_first = now
        return None if now is None or self.at_first is None else now - self.at_first


@dataclass(frozen=True)
class Budget:
    """The limits of one answer, from reading the text to drawing; `cancel()` may be called from any thread.

    Once begun, the seconds and bytes of a budget are shared by all who are handed it: they `look` at least every
    twentieth of a second. `work` bounds a single step, in multiplications, since nothing can end it half-way.
    """

    operations: int = 5_000_000
    entries: int = 1_000_000
    depth: int = 900
    elements: int = 20_000_000
    bytes: int = 1_000_000_000
    work: int = 1_000_000_000
    seconds: float = 20.0
    printed: int = 100_000
    _stop: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)
    _meter: Meter | None = field(default=None, repr=False, compare=False)

    def begun(self) -> Budget:
        """The same limits, and the same way to stop, with the time running from now; itself where it runs already."""
        return self if self._meter is not None else replace(self, _meter=Meter())

    def anew(self) -> Budget:
        """The same limits, and the same way to stop, with nothing used yet: for one of many runs."""
        return replace(self, _meter=None)

    def for_the_rest(self) -> Budget:
        """The same for what is done after a run that its own limits have ended: a quarter of the seconds, from now."""
        return replace(self, seconds=self.seconds / 4, _meter=Meter()) if self.used_up() else self

    def cancel(self) -> None:
        """Ask those who use this budget to end."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether those who use it have been asked to end."""
        return self._stop.is_set()

    def used_up(self) -> tuple[str, str] | None:
        """Why the work has to end now, as a sentence and a hint; None while it may go on."""
        if self._stop.is_set():
            return say("language.run-cancelled", "The run was cancelled."), ""
        meter, now = self._meter, time.monotonic()
        if meter is None:
            return None
        if now > meter.began + self.seconds:
            return self._too_long(), LOOP_HINT
        if meter.at_first is None or now > meter.looked + LOOK_AT_MEMORY:
            meter.looked = now
            if (meter.grown() or 0) > self.bytes:
                return self.too_much()
        return None

    def holds_too_much(self) -> bool:
        """Whether the bytes held are more than allowed; True where the system does not tell, for who has counted."""
        grown = self._meter.grown() if self._meter is not None else None
        return grown is None or grown > self.bytes

    def look(self) -> None:
        """Raise LimitReached where the work has to end."""
        reason = self.used_up()
        if reason is not None:
            raise LimitReached(reason[0], None, reason[1])

    def _too_long(self) -> str:
        return say(
            "language.program-stopped-after-seconds",
            "The program was stopped after {seconds:g} seconds.",
            seconds=self.seconds,
        )

    def too_much(self) -> tuple[str, str]:
        """What to say where more bytes are held than allowed."""
        message = say(
            "language.arrays-lists-strings-took",
            "The arrays, lists and strings took more than {bytes:,.0f} MB.",
            bytes=self.bytes / 1_000_000,
        )
        return message, say("language.use-smaller-ones", "Use smaller ones.")


LOOP_HINT = say("language.loop-recursion-never-end", "Does a loop or a recursion never end?")
