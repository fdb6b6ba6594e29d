"""Training beside its peers: a step of micrograd's moons, jumps between steps, fields with contours, microgpt.

Everybody computes the same loss and gradient, which is checked before anything is timed. What has a limit is printed
with it.
"""

import random
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from core.field import Place, Slopes, contours, field_over
from core.language import parse
from core.run import record
from core.training import Training, read_plan, train
from explorer.storage.examples import training_example
from tests.bench import peers
from tests.bench.measure import duration, race, table
from tests.bench.scalar_work import Work

SECONDS = 1.0
JUMPS = 40
NAMES = 100  # names of microgpt that are trained; what they take is told for 1,000
SIZES = (2, 16, 16, 1)
OURS = "ours"


def main() -> None:
    """Measure and print."""
    for part in (moons, jumps, fields, names):
        print(f"  measuring: {part.__name__}", file=sys.stderr, flush=True)
        header, rows = part()
        print(table(header, rows), flush=True)
        print()


# -- a step of moons ---------------------------------------------------------------------------------------------


def moons() -> tuple[list[str], list[list[str]]]:
    """One step of the whole training, the optimizer's part among it, and the same loss and gradient by the peers."""
    document = training_example("moons")
    training = _trained(document, 1)
    runner, start = training.runner, training.runner.vector(training.start)
    rows, sides = document.inputs["X"].tolist(), document.inputs["y"].tolist()
    work = Work("moons", lambda w, relu: _loss(w, relu, rows, sides), _in_order(document.inputs), lambda w: (0.0, []))
    expected, gradient = runner.step_gradient(start, 0)

    def step() -> float:
        loss, slope = runner.step_gradient(start, 0)
        runner.point(start - slope)
        return loss

    contestants: dict[str, Callable[[], Any]] = {OURS: step}
    contestants |= peers.of_numbers(work, only=("micrograd", "torch"))

    def judge(name: str, answer: Any) -> None:
        loss, found = (answer, None) if name == OURS else answer
        assert abs(loss - expected) < 1e-12, (name, loss, expected)
        if found is not None:
            lengths = [float(np.linalg.norm(one)) for one in (found, gradient)]
            assert abs(lengths[0] - lengths[1]) < 1e-10, (name, lengths)

    times = race(contestants, SECONDS, judge)
    cells = [
        [name, duration(took), "" if name == OURS else f"{took / times[OURS]:,.0f} times ours"]
        for name, took in times.items()
    ]
    return ["a step of moons", "median", "ratio (at least 400)"], cells


def _loss(w: list[Any], relu: Callable[[Any], Any], rows: list[list[float]], sides: list[float]) -> Any:
    """micrograd's loss, with its order of weights: neuron by neuron, the bias last."""
    losses = []
    for x, side in zip(rows, sides):
        values: list[Any] = list(x)
        place = 0
        for layer, (before, after) in enumerate(zip(SIZES, SIZES[1:])):
            made = []
            for _ in range(after):
                total = w[place + before]
                for k in range(before):
                    total = total + w[place + k] * values[k]
                made.append(relu(total) if layer < len(SIZES) - 2 else total)
                place += before + 1
            values = made
        losses.append(relu(values[0] * -side + 1))
    total = losses[0]
    for one in losses[1:]:
        total = total + one
    squares = w[0] * w[0]
    for one in w[1:]:
        squares = squares + one * one
    return total * (1.0 / len(losses)) + squares * 1e-4


def _in_order(inputs: dict[str, Any]) -> list[float]:
    """The weights of the document in that order."""
    found: list[float] = []
    for number in (1, 2, 3):
        rows, biases = np.atleast_2d(inputs[f"W{number}"]), np.atleast_1d(inputs[f"b{number}"])
        for row, bias in zip(rows, biases):
            found += [*row.tolist(), float(bias)]
    return found


# -- jumping -----------------------------------------------------------------------------------------------------


def jumps() -> tuple[list[str], list[list[str]]]:
    """To steps of a long training drawn at random; how much is kept for it."""
    training = _trained(training_example("moons"), 10_000)
    steps = random.Random(0).choices(range(10_001), k=JUMPS)
    took = []
    for step in steps:
        begin = time.perf_counter()
        training.at(step)
        took.append(time.perf_counter() - begin)
    kept = f"{len(training._kept)} of {len(training.losses):,} points kept"
    row = ["any of 10,000 steps", duration(float(np.median(took))), duration(max(took)), "50 ms", kept]
    return ["jump", "median", "worst", "limit", ""], [row]


def _trained(document: Any, steps: int) -> Training:
    words = [one for one in document.plan.split() if not one.startswith(("steps=", "rate="))]
    plan = read_plan(" ".join([*words, f"steps={steps}", "rate=0.1"]))
    return train(parse(document.text), document.inputs, plan)


# -- fields ------------------------------------------------------------------------------------------------------

FIELDS = {
    "seed function": ("3*w1**2 + 2*w1*w2", {"w1": 5.0, "w2": 3.0}, (Place("w1"), Place("w2"))),
    "Rosenbrock": (
        "100*(w[1] - w[0]**2)**2 + (1 - w[0])**2", {"w": np.array([-1.2, 1.0])}, (Place("w", (0,)), Place("w", (1,))),
    ),
    "with branches": ("x*x if x > y else y + abs(x)", {"x": 1.0, "y": 2.0}, (Place("x"), Place("y"))),
}  # fmt: skip


def fields() -> tuple[list[str], list[list[str]]]:
    """400 by 400 cells with their contours, and the tangent plane that follows the hand."""
    rows = []
    for name, (text, point, at) in FIELDS.items():
        program, slopes = parse(text), Slopes(parse(text), point, at)

        def drawn(program: Any = program, point: Any = point, at: Any = at) -> Any:
            return contours(field_over(program, point, at, (-2, 2), (-2, 2), 400))

        times = race({"field": drawn, "drag": lambda slopes=slopes: slopes.tangent(0.3, 0.4)}, SECONDS)
        rows.append([name, duration(times["field"]), "100 ms", duration(times["drag"]), "16 ms"])
    return ["400 x 400", "with contours", "limit", "tangent at a point", "limit"], rows


# -- microgpt ----------------------------------------------------------------------------------------------------


def names() -> tuple[list[str], list[list[str]]]:
    """Names in numbers: recorded one by one, and trained by replay, with and without making the schedules."""
    document = training_example("microgpt")
    program, series = parse(document.text), document.series
    plan = read_plan(document.plan)
    begin = time.perf_counter()
    recorded = 5
    for value in series["tokens"][:recorded]:
        record(program, {**document.inputs, "tokens": value}).gradients()
    each = (time.perf_counter() - begin) / recorded
    times: list[float] = []
    train(program, document.inputs, plan, series, lambda one: times.append(time.perf_counter()) or len(times) > NAMES)
    steps = np.diff(times)
    quick = float(np.median(steps)) * 1000
    making = float(np.sum(steps[steps > 0.5 * each])) + times[0] - begin - each * recorded
    alone = each * 1000
    cells = [
        ["recording each", duration(alone), "", ""],
        ["replay", duration(quick), f"1/{alone / quick:,.0f}", "1/5"],
        ["and its making", duration(quick + making), f"1/{alone / (quick + making):,.1f}", "1/3"],
    ]
    return ["1,000 names of microgpt in numbers", "time", "of recording", "limit"], cells
