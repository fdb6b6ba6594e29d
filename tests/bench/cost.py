"""What recording costs in memory, and how the reverse sweep grows with the number of inputs.

The cheap gradient principle (Griewank): a gradient costs at most about four evaluations, whatever the number of
inputs.
"""

import math
import tracemalloc
from typing import Any

import core
from core.replay import record_function
from core.sweeps import reverse
from tests.bench.measure import duration, race, table
from tests.bench.peers import installed

OPERATIONS = 20_000


def main() -> None:
    """Measure and print both."""
    print("\nBytes for each recorded operation on numbers")
    print(table(["engine", "bytes"], [[name, f"{size:.0f}"] for name, size in memory().items()]))
    print("\nA gradient in units of one evaluation")
    header = ["inputs", "recorded evaluation", "reverse sweep", "ratio", "replayed value", "with gradient", "ratio"]
    print(table(header, [growth(count) for count in (1, 10, 100, 1_000, 10_000)]))


def memory() -> dict[str, float]:
    """What one more operation keeps allocated until the gradient is taken."""
    found = {"recording": _bytes(core.Variable(0.5), tape=core.GradientTape())}
    if installed("micrograd"):
        from micrograd.engine import Value

        found["micrograd"] = _bytes(Value(0.5))
    if installed("torch"):
        found["torch"] = _torch_bytes()
    return found


def _bytes(x: Any, tape: Any = None) -> float:
    if tape is None:
        return _grown(x)
    with tape:
        return _grown(x)


def _grown(x: Any) -> float:
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    y = x
    for _ in range(OPERATIONS // 2):
        y = y * 1.0001
        y = y + x
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return (after - before) / OPERATIONS


def _torch_bytes() -> float:
    """By resident memory, since PyTorch does not allocate through Python."""
    import resource

    import torch

    x = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    y = x
    for _ in range(OPERATIONS * 5):
        y = y * 1.0001
        y = y + x
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / (OPERATIONS * 10)


def growth(count: int) -> list[str]:
    """The times for a sum of products of `count` numbers, and their ratios."""
    point = [math.sin(k + 1.0) for k in range(count)]

    def program(x: list[Any]) -> Any:
        total: Any = 0.0
        for one, other in zip(x, x[1:] + x[:1]):
            total = total + core.sin(one) * other
        return total

    variables = [core.Variable(value) for value in point]
    with core.GradientTape() as tape:
        result = program(variables)

    def evaluate() -> None:
        with core.GradientTape():
            program(variables)

    named = {f"x{place}": value for place, value in enumerate(point)}
    functions = record_function(lambda **x: program(list(x.values())), named).on_floats
    times = race({
        "evaluation": evaluate,
        "sweep": lambda: reverse(tape.tape, {result.index: 1.0}),
        "value": lambda: functions["forward"](*point),
        "gradient": lambda: functions["value_and_gradient"](*point),
    }, 0.3)  # fmt: skip
    ratios = (times["sweep"] / times["evaluation"], times["gradient"] / times["value"])
    return [
        f"{count:,}", duration(times["evaluation"]), duration(times["sweep"]), f"{ratios[0]:.2f}",
        duration(times["value"]), duration(times["gradient"]), f"{ratios[1]:.2f}",
    ]  # fmt: skip


if __name__ == "__main__":
    main()
