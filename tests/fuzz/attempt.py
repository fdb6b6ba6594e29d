"""One text, tried out: parsed, run with a small budget, differentiated; whatever is not ours becomes a `Finding`.

Knows the language from outside only; knows nothing of where the text came from.
"""

from __future__ import annotations

import signal
import time
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import numpy as np

from core import notation
from core.basics.errors import ProgramError
from core.language import Budget, parse
from core.language.machine.values import ITERATORS, Builtin, Function, Kind, Module
from core.run import record
from core.tensor import Tensor
from core.timeline import Timeline
from core.variable import Variable

SECONDS = 0.5
MOST_TOLD = 20  # steps at each end
PATIENCE = 10.0  # seconds; far beyond the budget, since the machine may be busy with other things
LEAVES = (int, float, str, type(None), np.ndarray, np.generic, slice, type(...), *ITERATORS, Tensor, Variable, Function,
          Builtin, Kind, Module)  # fmt: skip


class Hang(BaseException):
    """The text still runs, long after its budget was used up."""


@dataclass(frozen=True)
class Finding:
    """Something that must not happen: what it is, where it came from, and the text that leads to it."""

    kind: str
    place: str
    text: str

    @property
    def key(self) -> tuple[str, str]:
        """Findings with the same key are one."""
        return self.kind, self.place


def small_budget() -> Budget:
    """What one try may use."""
    return Budget(
        operations=3_000, entries=1_000, depth=200, elements=50_000, bytes=20_000_000, seconds=SECONDS, printed=5_000
    )


def attempt(text: str) -> Finding | None:
    """Try a text; None when all is well."""
    started = time.process_time()
    try:
        with warnings.catch_warnings(), alarm(PATIENCE):
            warnings.simplefilter("error")
            value = _run(text)
    except ProgramError as error:
        return None if error.message.strip() and str(error) else Finding("a message without words", "", text)
    except (Exception, Hang) as error:
        return Finding(f"{type(error).__name__}: {str(error)[:120]}", _place(error), text)
    if time.process_time() - started > 3 * SECONDS + 1:
        return Finding("takes longer than its budget", "", text)
    strange = _strange(value)
    return Finding(f"a value of kind {strange.__name__}", "", text) if strange else None


def _run(text: str) -> Any:
    run = record(parse(text), budget=small_budget())
    if run.failure is not None and not run.failure.message.strip():
        raise AssertionError("a failure without words")
    str(run.failure), str(run.program), str(run.program.interface)
    tell(Timeline.of(run))
    return run.value


def tell(timeline: Timeline) -> None:
    """What is said and written of the first and the last steps of both sweeps."""
    for step in {*range(min(len(timeline), MOST_TOLD) + 1), *range(max(len(timeline) - MOST_TOLD, 0), len(timeline))}:
        notation.sentence(timeline, step)
        notation.formula(timeline, step, notation.LATEX)


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise `Hang` inside when the time is over (where the system has alarms)."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(number: int, frame: Any) -> None:
        raise Hang("the run does not end")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/core/" in frame.filename] or frames
    return f"{ours[-1].filename.rpartition('/core/')[2]}:{ours[-1].lineno}" if ours else ""


def _strange(value: Any) -> type | None:
    """The kind of the first part of a value that no program may hold."""
    todo: list[Any] = [value]
    seen: set[int] = set()
    while todo:
        one = todo.pop()
        if id(one) in seen or len(seen) > 1_000:
            continue
        seen.add(id(one))
        if isinstance(one, dict):
            todo += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple | set | frozenset):
            todo += list(one)
        elif isinstance(one, FunctionType | type) or not isinstance(one, LEAVES) and not hasattr(one, "kind"):
            return type(one)
    return None
