"""`python -m tests.fuzz imperative LIBRARY [--programs N] [--seed N]`: compare random programs, print what differs."""

from __future__ import annotations

import argparse
from collections import Counter

from tests.fuzz.imperative.compare import text_of, verdict
from tests.fuzz.imperative.dialects import DIALECTS
from tests.fuzz.imperative.generate import write


def main(arguments: list[str] | None = None) -> int:
    """1 when a program is answered otherwise than by the real library."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz imperative", description=__doc__)
    parser.add_argument("library", choices=DIALECTS)
    parser.add_argument("--programs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5, help="how many of each finding are printed")
    options = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    aliased = 0
    for seed in range(options.seed, options.seed + options.programs):
        written = write(options.library, seed)
        aliased += written.through_alias
        found, told = verdict(written)
        counts[found] += 1
        if found != "same" and counts[found] <= options.show:
            print(f"--- {found} (seed {seed}): {told}\n{text_of(written)}\n", flush=True)
    print(f"{options.library}: {dict(counts)} of {options.programs}, {aliased} through a view or an alias")
    return int(counts["different"] + counts["ran here"] > 0)


