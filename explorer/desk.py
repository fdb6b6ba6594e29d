"""The desk: all work beside the window, as named jobs for a few threads.

A job that is quick is delivered at once, a longer one when it is done, in the thread that submitted it. Of each name
only the latest job counts: a new one cancels the one before it and does not wait for it. A job that fails is told in
one sentence. Knows nothing of what the jobs do, and no widget.
"""

import atexit
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar
from weakref import WeakSet

from PySide6.QtCore import QObject, Signal, SignalInstance
from shiboken6 import isValid

from core.basics.budget import Budget
from core.basics.words import say

Result = TypeVar("Result")
PATIENCE = 0.04
"""Seconds for which the window waits for a result before it goes on without."""
MOST_THREADS = 3
"""One of them serves urgent jobs only, so that these never wait for what somebody asked for on the side."""
MOST_LEFT_BEHIND = 3
"""Threads that may still be busy with jobs nobody waits for, beside those that serve."""
CLOSING = 0.05
"""Seconds for which a closing desk waits for its threads; who takes longer is left behind."""
STACK = 64 << 20  # bytes; deep enough for a program's recursion on every system, and only what is used is taken


class Work:
    """What a job knows of those who wait for it: whether they still do, and how to tell them how far it is."""

    def __init__(self, budget: Budget, words: str, told: Callable[[float], object]) -> None:
        self.budget, self.words, self._told = budget, words, told
        self.share: float | None = None

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits for the result any more."""
        return self.budget.cancelled

    def stage(self, words: str) -> None:
        """Say what is being done, as in "checking"."""
        self.words, self.share = words, None

    def progress(self, share: float) -> None:
        """Say how much of it is done, from 0 to 1; each hundredth is passed on."""
        if self.share is None or share >= self.share + 0.01:
            self.share = share
            self._told(share)


@dataclass(eq=False)
class Job(Generic[Result]):
    """One thing to do; `result` or `error` is there once `done` is set."""

    name: str
    do: Callable[[Work], Result]
    deliver: Callable[[Result], object]
    work: Work
    urgent: bool
    to_its_end: bool
    done: threading.Event = field(default_factory=threading.Event)
    result: Result | None = None
    error: Exception | None = None

    def run(self) -> None:
        """Do it, in the thread of the caller."""
        try:
            self.result = self.do(self.work)
        except Exception as error:
            self.error = error
            if not self.work.cancelled:
                logging.exception("a job failed: %s", self.name)
        self.done.set()


_DESKS: "WeakSet[Desk]" = WeakSet()


@atexit.register
def _close_all() -> None:
    """The interpreter ends before a window was closed: no thread may tell anything to what is taken apart now."""
    for desk in list(_DESKS):
        if isValid(desk):
            desk.blockSignals(True)
            desk.close()


class Desk(QObject):
    """Runs jobs; results arrive in the thread that submitted them. Signals: `changed` (somebody begins or ceases to
    wait for a job), `progressed` (the name of a job, and how much of it is done, from 0 to 1) and `failed` (the name
    of a job, and in a sentence what went wrong).
    """

    changed = Signal()
    progressed = Signal(str, float)
    failed = Signal(str, str)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = threading.Condition()
        self._queue: list[Job] = []
        self._at_work: dict[threading.Thread, Job | None] = {}
        self._left_behind: set[threading.Thread] = set()
        self._closed = False
        self._waiting: dict[str, Job] = {}
        self._ended.connect(self._take)
        _DESKS.add(self)

    # --- what one can ask --------------------------------------------------------------------------------------

    def busy(self, *names: str) -> bool:
        """Whether somebody waits for a job of these names, or for any where none is given."""
        return any(name in self._waiting for name in names) if names else bool(self._waiting)

    def words(self) -> str:
        """What is being done, as in "checking" or "writing graph.svg, 40 %"; "" where nobody waits for anything."""
        work = next((job.work for job in self._waiting.values()), None)
        if work is None:
            return ""
        return work.words if work.share is None else f"{work.words}, {100 * work.share:.0f} %"

    def submit(
        self,
        name: str,
        do: Callable[[Work], Result],
        deliver: Callable[[Result], object],
        words: str = "working",
        grace: float = PATIENCE,
        limits: Budget | None = None,
        urgent: bool = False,
        to_its_end: bool = False,
    ) -> None:
        """Do `do(work)` and hand its result to `deliver`: before returning if it takes no more than `grace` seconds,
        else later. A former job of the same name is cancelled, and its result dropped. `words` are for whoever looks,
        as in "checking". A desk that closes waits for a job that must go `to_its_end`, or notice that it is cancelled.
        """
        self.cancel(name)
        budget = replace(limits or Budget(), _stop=threading.Event())
        work = Work(budget, words, lambda share: self._emit(self.progressed, name, share))
        job = Job(name, do, deliver, work, urgent, to_its_end)
        with self._state:
            if self._closed:
                return
            self._queue.append(job)
            self._start_thread_for(job)
            self._state.notify_all()
        if job.done.wait(grace):
            self._deliver(job)
        else:
            self._waiting[name] = job
            self.changed.emit()

    def cancel(self, *names: str) -> None:
        """Ask the jobs of these names (of all, where none is given) to end, and forget them."""
        gone = [self._waiting.pop(name) for name in names or tuple(self._waiting) if name in self._waiting]
        for job in gone:
            job.work.budget.cancel()
            with self._state:
                if job in self._queue:
                    self._queue.remove(job)
                else:
                    self._leave_behind(job)
        if gone:
            self.changed.emit()

    def close(self, patience: float = CLOSING) -> None:
        """Cancel everything and end the threads; one whose job goes on for longer than `patience` ends by itself."""
        self.cancel()
        with self._state:
            self._closed = True
            self._queue.clear()
            self._state.notify_all()
            threads = dict(self._at_work)
        until = time.monotonic() + patience
        for thread, job in threads.items():
            endless = job is not None and job.to_its_end
            thread.join(None if endless else max(until - time.monotonic(), 0.0))

    # --- in the thread of the window ---------------------------------------------------------------------------

    def _take(self, job: Job) -> None:
        """A job is done; if it is still waited for, deliver it."""
        if self._waiting.get(job.name) is job:
            del self._waiting[job.name]
            self.changed.emit()
            self._deliver(job)

    def _deliver(self, job: Job) -> None:
        if job.error is None:
            job.deliver(job.result)
        else:
            self.failed.emit(
                job.name,
                say(
                    "app.something-went-wrong-while",
                    "Something went wrong while {words}: {message}. The fault is ours.",
                    words=job.work.words,
                    message=job.error,
                ),
            )

    def _emit(self, signal: SignalInstance, *told: object) -> None:
        """Tell the thread of the window, from any thread, while there is a window."""
        if not self._closed:
            with suppress(RuntimeError):  # it may have gone this very moment
                signal.emit(*told)

    # --- threads; all of this with the state locked ------------------------------------------------------------

    def _running(self) -> list[Job]:
        """The jobs that are being done and waited for."""
        return [job for thread, job in self._at_work.items() if job is not None and thread not in self._left_behind]

    def _start_thread_for(self, job: Job) -> None:
        """Start a thread where one is needed and allowed."""
        running = self._running()
        serving = len(self._at_work) - len(self._left_behind)
        urgent = job.urgent or any(one.urgent for one in running)
        if serving - len(running) < len(self._queue) and serving < (MOST_THREADS if urgent else MOST_THREADS - 1):
            before = threading.stack_size(STACK)
            try:
                thread = threading.Thread(target=self._serve, name="desk", daemon=True)
                self._at_work[thread] = None
                thread.start()
            finally:
                threading.stack_size(before)

    def _leave_behind(self, job: Job) -> None:
        """Let the thread of a job that goes on end by itself, so that another may take its place."""
        thread = next((one for one, its in self._at_work.items() if its is job), None)
        if thread is not None and len(self._left_behind) < MOST_LEFT_BEHIND:
            self._left_behind.add(thread)
            if self._queue:
                self._start_thread_for(self._queue[0])

    def _next(self) -> Job | None:
        """Take the first job that may be done now: urgent ones first, and others while a thread stays free."""
        ordinary = sum(not job.urgent for job in self._running())
        for wanted in (True, False):
            for job in self._queue:
                if job.urgent is wanted and (wanted or ordinary < MOST_THREADS - 1):
                    self._queue.remove(job)
                    return job
        return None

    # --- in a thread of the desk -------------------------------------------------------------------------------

    def _serve(self) -> None:
        """Do one job after the other."""
        me = threading.current_thread()
        while (job := self._wait_for_job(me)) is not None:
            job.run()
            self._emit(self._ended, job)
        with self._state:
            del self._at_work[me]
            self._left_behind.discard(me)

    def _wait_for_job(self, me: threading.Thread) -> Job | None:
        """The next job; None when this thread is to end."""
        with self._state:
            self._at_work[me] = None
            self._state.notify_all()  # who waits for a thread to be free may go on
            while not self._closed and me not in self._left_behind:
                job = self._next()
                if job is not None:
                    self._at_work[me] = job
                    return job
                self._state.wait()
        return None
