"""The engine beside its peers and beside code written by hand: one table, medians and ratios of one run.

Everybody computes a value and a gradient, checked to agree before anything is timed.
"""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

import core
import core.derivatives
from core.replay import record_function
from tests.bench import array_work, cost, peers, scalar_work
from tests.bench.measure import duration, race, table

BY_HAND = "by hand"
SECONDS = 0.5  # for each contestant


def main() -> None:
    """Measure and print."""
    rows = []
    for name, contestants in works():
        print(f"  measuring: {name}", file=sys.stderr, flush=True)
        rows.append(row(name, contestants))
    columns = list(dict.fromkeys(name for _, times in rows for name in times))
    header = ["work", *columns]
    print(table(header, [[name, *(_cell(times, column) for column in columns)] for name, times in rows]))
    print("\nEach cell: median time, and in brackets how many times what the code written by hand takes.")
    cost.main()


def row(name: str, contestants: dict[str, Callable[[], Any]]) -> tuple[str, dict[str, float]]:
    """The median times of one work."""
    return name, race(contestants, SECONDS, Judge(name))


def works() -> Any:
    """Every work with its contestants."""
    for work in scalar_work.WORKS:
        yield work.name, {
            BY_HAND: lambda work=work: work.by_hand(work.point),
            "recording": recording(work),
            "GradientTape": gradient_tape(work),
            "replay": replay(work),
            **peers.of_numbers(work),
        }
    yield from array_work.works()


def recording(work: scalar_work.Work) -> Callable[[], Any]:
    """The work on a tape of our own, asked as autograd and JAX are."""
    derive = core.derivatives.value_and_grad(lambda w: work.program(w, core.relu))
    return lambda: derive(work.point)


def gradient_tape(work: scalar_work.Work) -> Callable[[], Any]:
    """The work on variables, as TensorFlow's users write it."""

    def run() -> Any:
        w = [core.Variable(x) for x in work.point]
        with core.GradientTape() as tape:
            result = work.program(w, core.relu)
        return float(result), list(map(float, tape.gradient(result, w)))

    return run


def replay(work: scalar_work.Work) -> Callable[[], Any]:
    """The work by compiled text; of the training step one sample is recorded, and all are fed as arrays."""
    names = [f"w{place}" for place in range(len(work.point))]
    if work.program is scalar_work.training:
        return batched(names, work.point)
    path = record_function(lambda **w: work.program(list(w.values()), core.relu), dict(zip(names, work.point)))
    function = path.on_floats["value_and_gradient"]
    return lambda: function(*work.point)


def batched(names: list[str], weights: list[float]) -> Callable[[], Any]:
    """The training step: the loss of one sample, replayed on arrays of samples."""
    x1, x2, y = (np.array(column) for column in zip(*((*x, y) for x, y in scalar_work.DATA)))
    path = record_function(
        lambda x1, x2, y, **w: scalar_work.sample_loss(list(w.values()), [x1, x2], y, core.relu),
        {"x1": 0.5, "x2": -0.5, "y": 1.0, **dict(zip(names, weights))},
    )

    def run() -> Any:
        losses, gradient = path.at([x1, x2, y, *weights])
        return losses.sum(), gradient[3:]

    return run


class Judge:
    """Stops everything unless all find the same value and gradient."""

    def __init__(self, work: str) -> None:
        self.work, self.reference = work, []

    def __call__(self, contestant: str, answer: Any) -> None:
        parts = [np.concatenate([np.ravel(np.asarray(part, dtype=float)) for part in _flat(answer)])]
        self.reference = self.reference or parts
        for one, other in zip(self.reference, parts, strict=True):
            if not np.allclose(one, other, rtol=2e-3 if "float32" in self.work else 1e-7, atol=1e-5):
                raise SystemExit(f"{self.work}: {contestant} finds {other}, not {one}")


def _flat(answer: Any) -> list[Any]:
    if isinstance(answer, tuple | list):
        return [part for one in answer for part in _flat(one)]
    return [answer]


def _cell(times: dict[str, float], column: str) -> str:
    if column not in times:
        return "-"
    ratio = times[column] / times[BY_HAND]
    return f"{duration(times[column])} ({ratio:.3g})"


if __name__ == "__main__":
    main()
