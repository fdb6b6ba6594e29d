"""How much a program may use, and the way to stop it. Knows nothing of what the program does."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Budget:
    """The limits of one run; `cancel()` may be called from any thread and ends it at its next operation.

    `work` bounds a single step, in multiplications, since nothing can end it half-way.
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

    def cancel(self) -> None:
        """Ask the run that uses this budget to end."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether the run has been asked to end."""
        return self._stop.is_set()
