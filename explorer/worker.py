"""One thread beside the window: a job that is quick is delivered at once, a longer one when it is done.

A new job cancels the one before it. Knows nothing of what the jobs do.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from core.language.budget import Budget

Result = TypeVar("Result")


class Worker(QObject):
    """Runs jobs one after the other; results arrive in the thread that submitted them."""

    busy_changed = Signal(bool)
    _done = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")
        self._budget = Budget()
        self._number = 0
        self._waiting: tuple[Future, Callable[[Any], None]] | None = None
        self._done.connect(self._deliver)

    @property
    def busy(self) -> bool:
        """Whether a job is still to be delivered."""
        return self._waiting is not None

    def submit(
        self,
        job: Callable[[Budget], Result],
        deliver: Callable[[Result], None],
        grace: float,
        limits: Budget | None = None,
    ) -> None:
        """Run `job(budget)` and hand its result to `deliver`: before returning if it takes no more than
        `grace` seconds, else later. A result whose budget was cancelled is dropped.
        """
        self.cancel()
        self._number += 1
        number, self._budget = self._number, replace(limits or Budget(), _stop=threading.Event())
        future = self._pool.submit(job, self._budget)
        wait([future], timeout=grace)
        if future.done():
            deliver(future.result())
            return
        self._waiting = (future, deliver)
        self.busy_changed.emit(True)
        future.add_done_callback(lambda _: self._done.emit(number))

    def cancel(self) -> None:
        """Ask the running job to end, and forget it."""
        self._budget.cancel()
        if self._waiting is not None:
            self._waiting = None
            self.busy_changed.emit(False)

    def close(self) -> None:
        """Cancel, and wait until the thread has ended."""
        self.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _deliver(self, number: int) -> None:
        if number != self._number or self._waiting is None:
            return
        future, deliver = self._waiting
        self._waiting = None
        self.busy_changed.emit(False)
        deliver(future.result())
