"""What the language costs: reading a thousand lines, and interpreting a loop of numbers beside running it in Python.

Both comparisons take turns in one run. The promises: at most 50 ms to read and check 1,000 lines; at most three times
as long as Python for 12,500 operations on the same tensors.
"""

import ast
from typing import Any

import core
from core.language import parse
from core.run import record
from tests.bench.measure import duration, race, table

PASSES = 2_500
LOOP = f"""y = 0.0
for i in range({PASSES}):
    y = y*0.99 + x*0.5
    y = y - sin(y)
"""
RECORDED = 5 * PASSES


def thousand_lines() -> str:
    """A program of a thousand lines, as people write them."""
    lines = ["h0 = x*w + b"]
    while len(lines) < 1_000:
        n = len(lines)
        lines += [
            f"a{n} = 0.5*h{n - 1} + np.tanh(x*w) - b/3",
            f"if a{n} > 100:",
            f"    a{n} = max(a{n}, 1.0)",
            f"h{n + 3} = a{n}**2/(1 + a{n}**2)",
        ]
    return "\n".join(lines[:1_000])


def main() -> None:
    """Measure and print both."""
    print("\nReading 1,000 lines")
    print(table(["", "time", "in units of Python's parser"], reading()))
    print("\nA loop of numbers, recorded")
    print(table(["", "time", "per operation", "in units of Python"], looping()))


def reading() -> list[list[str]]:
    """Parsing and checking, and building the closures, beside Python's own parser and compiler."""
    text = thousand_lines()
    program = parse(text)

    def build() -> Any:
        return program.build()

    times = race({
        "Python's parser": lambda: ast.parse(text), "Python's compiler": lambda: compile(text, "", "exec"),
        "parse and check": lambda: parse(text), "build closures": build,
    }, 1.5)  # fmt: skip
    unit = times["Python's parser"]
    return [[name, duration(time), f"{time / unit:.2f}"] for name, time in times.items()]


def in_python(x: Any) -> Any:
    """The loop, as Python."""
    sin = core.functions.sin
    y = 0.0
    for _ in range(PASSES):
        y = y * 0.99 + x * 0.5
        y = y - sin(y)
    return y


def looping() -> list[list[str]]:
    """The same operations on the same tensors, run by Python and by our interpreter."""
    program = parse(LOOP)

    def directly() -> Any:
        with core.GradientTape() as tape:
            x = core.Variable(0.7)
            y = in_python(x)
        return len(tape.tape), y

    def interpreted() -> Any:
        run = record(program, {"x": 0.7})
        return len(run.tape), run.value

    times = race({"Python": directly, "interpreter": interpreted}, 3.0)
    return [
        [name, duration(time), duration(time / RECORDED), f"{time / times['Python']:.2f}"]
        for name, time in times.items()
    ]


if __name__ == "__main__":
    main()
