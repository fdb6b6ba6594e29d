"""Derivatives that a text works out by hand, beside those of its tape. Knows runs and sweeps, no words."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from core import functions as f
from core.run import Run, WorkedOut
from core.sweeps import reverse
from core.tape import Tape

CLOSE = 1e-6
"""How far the two may be apart, relative to the largest number in either."""


class Compared(NamedTuple):
    """A derivative by hand: its name, what it derives and by what, both numbers, and whether they are the same."""

    name: str
    of: str
    by: str
    by_hand: Any
    tape: Any
    same: bool


def compared_by_hand(run: Run) -> list[Compared]:
    """The derivatives by hand that the tape can tell, in the order of the text."""
    if run.target is None or run.failure:
        return []
    tape, swept = run.tape, dict[int, list[Any]]()
    found = []
    for one in run.by_hand:
        start = run.target if not one.of or one.of == run.target_label else _entry(tape, one.of)
        end = run.inputs.get(one.by, _entry(tape, one.by))
        if end == run.target and len(run.inputs) == 1:  # `df` where there is but one thing to derive by
            one, end = one._replace(by=next(iter(run.inputs))), next(iter(run.inputs.values()))
        if start is None or end is None or end == run.target:
            continue
        if start not in swept:
            swept[start] = reverse(tape, {start: _seed(run, start)})
        adjoint = swept[start][end]
        compared = _compared(one, run.target_label, 0.0 if adjoint is None else adjoint)
        found += [compared] if compared is not None else []
    return found


def _seed(run: Run, start: int) -> Any:
    """Ones; for the output what the text itself begins with, such as `dD` for `D`."""
    primal = run.tape.primals[start]
    own = next((one.value for one in run.by_hand if one.by == run.target_label and not one.of), None)
    if own is not None and start == run.target and len(run.inputs) > 1 and np.shape(own) == np.shape(primal):
        return float(own) if np.ndim(primal) == 0 else np.asarray(own, dtype=float)
    return f.ones_like(primal)


def _entry(tape: Tape, name: str) -> int | None:
    """The last entry that the text calls so."""
    return max((index for index, label in tape.names.items() if label == name), default=None)


def _compared(one: WorkedOut, output: str, tape: Any) -> Compared | None:
    """The two side by side; None where one of them is no number, or has another shape."""
    try:
        left, right = np.asarray(one.value, dtype=float), np.asarray(tape, dtype=float)
    except (TypeError, ValueError):
        return None
    if left.shape != right.shape and left.size != right.size:
        return None
    right = right.reshape(left.shape)
    scale = max(float(np.max(np.abs(left), initial=0.0)), float(np.max(np.abs(right), initial=0.0)))
    same = bool(np.all(np.abs(left - right) <= CLOSE * scale)) if np.isfinite(scale) else False
    return Compared(one.name, one.of or output, one.by, one.value, right if right.ndim else float(right), same)
