"""Measuring contestants side by side: interleaved, in one run, medians and ratios.

Every sample starts after a garbage collection and leaves the collector on, as users have it; nobody is favoured.
"""

import gc
import math
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

Contestant = Callable[[], Any]
MOST = 60  # samples of each contestant
SAMPLE = 2e-3  # seconds that one sample should take; quick contestants are repeated within it


def race(
    contestants: dict[str, Contestant], seconds: float = 1.0, judge: Callable[[str, Any], None] | None = None
) -> dict[str, float]:
    """The median time of each contestant in seconds.

    Contestants take turns; each is given about `seconds` altogether, but at least one sample. The `judge` sees
    the first answer of each before anything is compared.
    """
    repeats: dict[str, int] = {}
    samples: dict[str, list[float]] = {}
    spent: dict[str, float] = {}
    for name, run in contestants.items():
        once = _first(name, run, seconds, judge)
        repeats[name] = max(1, math.ceil(SAMPLE / once))
        samples[name], spent[name] = ([once], once) if once >= seconds else ([], 0.0)
    gc.collect()
    gc.freeze()  # what libraries made when they were imported need not be looked through each time
    while wanting := [name for name in contestants if spent[name] < seconds and len(samples[name]) < MOST]:
        for name in wanting:
            gc.collect()
            start = time.perf_counter()
            for _ in range(repeats[name]):
                contestants[name]()
            took = time.perf_counter() - start
            samples[name].append(took / repeats[name])
            spent[name] += took
    return {name: statistics.median(times) for name, times in samples.items()}


def _first(name: str, run: Contestant, seconds: float, judge: Callable[[str, Any], None] | None) -> float:
    """About how long one call takes. The very first one warms up, and counts only when it takes for ever."""
    once = 0.0
    for warm in (False, True):
        gc.collect()
        start = time.perf_counter()
        answer = run()
        once = max(time.perf_counter() - start, 1e-9)
        if judge and not warm:
            judge(name, answer)
        if once >= 10 * seconds:
            break
    return once


def duration(seconds: float) -> str:
    """A time with three digits and its unit."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} us"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lines with aligned columns."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)
