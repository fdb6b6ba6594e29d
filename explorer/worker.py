"""A thread beside the window: a job that is quick is delivered at once, a longer one when it is done.

A new job cancels the one before it, and does not wait for it: a job that is slow to notice ends in a thread that is
left behind. Knows nothing of what the jobs do.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from core.language.machine.budget import Budget

Result = TypeVar("Result")
MOST_LEFT_BEHIND = 3
STACK = 64 << 20  # bytes; only what is used is taken


class Worker(QObject):
    """Runs jobs one after the other; results arrive in the thread that submitted them."""

    busy_changed = Signal(bool)
    _done = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = _pool()
        self._left_behind: list[tuple[ThreadPoolExecutor, Future]] = []
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
            future, _ = self._waiting
            self._waiting = None
            self._leave_behind(future)
            self.busy_changed.emit(False)

    def _leave_behind(self, future: Future) -> None:
        """Let a thread whose job goes on end by itself, unless there are too many of them already."""
        self._left_behind = [one for one in self._left_behind if not one[1].done()]
        if not future.done() and len(self._left_behind) < MOST_LEFT_BEHIND:
            self._left_behind.append((self._pool, future))
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = _pool()

    def close(self) -> None:
        """Cancel, and wait until all threads have ended."""
        self.cancel()
        for pool in (self._pool, *(pool for pool, _ in self._left_behind)):
            pool.shutdown(wait=True, cancel_futures=True)

    def _deliver(self, number: int) -> None:
        if number != self._number or self._waiting is None:
            return
        future, deliver = self._waiting
        self._waiting = None
        self.busy_changed.emit(False)
        deliver(future.result())


def _pool() -> ThreadPoolExecutor:
    """One thread, started at once with a stack that is deep enough for a program's recursion on every system."""
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")
    before = threading.stack_size(STACK)
    try:
        pool.submit(int)
    finally:
        threading.stack_size(before)
    return pool
