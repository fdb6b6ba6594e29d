"""Spoils lines outside the op rules, one at a time, and counts how many of them the tests notice.

`python -m tests.mutate_lines [--count 200] [--seed N] [--map FILE]` draws the lines from all of `core` and `explorer`,
prints the seed, and prints the survivors: what is wrong and no test complains about. Only the tests that reach a line
are asked, so it has to be known which do: FILE is what coverage.py wrote in a run of all tests with
`dynamic_context = test_function`. The rules of the op table have a script of their own, `tests.mutate_rules`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from tests.mutants_of_lines import Mutant, mutants

ROOT = Path(__file__).resolve().parent.parent
OF_RULES = ("core/ops/", "core/pullbacks.py", "core/kernels/")
COPIED = ("core", "explorer", "tests", "assets", "docs", "README.md", "CONTRIBUTING.md", "LICENSE", "make.py")
COPIED_TOO = ("pyproject.toml", "constraints.txt")
AT_ONCE = 40  # so many tests are tried first, the most particular ones
PATIENCE = 240.0  # seconds until a run counts as one that never ends

# Spoilt lines that mean what the sound ones mean: the file, a part of what is told about the mutant, and the reason.
EQUIVALENT: tuple[tuple[str, str, str], ...] = (
    ("core/functions/selecting.py", 'call("det", minors) * signs', "a sign is its own reciprocal"),
    ("core/mistakes/rules.py", "* 1.0  ->", "times 1 and over 1 are the same"),
    ("explorer/drawing/heat_map.py", "len(shape) > 1  ->  (len(shape)) >= (1)", "of one axis both say its length"),
    ("core/language/machine/operators.py", "int(np.prod(one", "only compared with limits"),
    ("core/language/machine/stores.py", "f.shape_of(item) == ()", "an assignment broadcasts by itself"),
)


class Reached(NamedTuple):
    """Which tests reach which lines, by file, and how many lines each test reaches in all."""

    by_line: dict[str, dict[int, set[str]]]
    sizes: Counter[str]


def read_map(file: Path) -> Reached:
    """What coverage.py has written down."""
    by_line: dict[str, dict[int, set[str]]] = {}
    sizes: Counter[str] = Counter()
    query = (
        "select file.path, context.context, line_bits.numbits from line_bits "
        "join file on file.id = file_id join context on context.id = context_id"
    )
    with sqlite3.connect(file) as data:
        for path, context, bits in data.execute(query):
            test = _node_id(context)
            lines = by_line.setdefault(_inside(path), {})
            for number in _numbers(bits):
                found = lines.setdefault(number, set())
                if test:
                    found.add(test)
                    sizes[test] += 1
    return Reached(by_line, sizes)


def _inside(path: str) -> str:
    parts = Path(path).parts
    return "/".join(parts[max(at for at, part in enumerate(parts) if part in ("core", "explorer") and at) :])


def _node_id(context: str) -> str:
    """`tests.core.test_run.test_name`, as pytest is asked for it; nothing for what happens at import."""
    module, _, name = context.rpartition(".")
    path = module.replace(".", "/") + ".py"
    return f"{path}::{name}" if module and (ROOT / path).exists() else ""


def _numbers(bits: bytes) -> Iterator[int]:
    return (8 * at + bit for at, byte in enumerate(bits) for bit in range(8) if byte & (1 << bit))


def drawn(count: int, seed: int) -> list[Mutant]:
    """So many mutants, each place with the same chance."""
    files = sorted(file for part in ("core", "explorer") for file in (ROOT / part).rglob("*.py"))
    names = [file.relative_to(ROOT).as_posix() for file in files]
    places = [one for name in names if not name.startswith(OF_RULES) for one in mutants(ROOT, name)]
    return random.Random(seed).sample(places, min(count, len(places)))


def tests_of(mutant: Mutant, reached: Reached) -> list[str]:
    """The tests to ask, the most particular ones first; of a line that runs at import, all that reach its file."""
    lines = reached.by_line.get(mutant.path, {})
    tests = set().union(*(lines.get(number, ()) for number in range(mutant.line, mutant.last + 1)))
    tests = tests or set().union(*lines.values())
    return sorted(tests, key=lambda test: (reached.sizes[test], test))


def is_noticed(folder: Path, mutant: Mutant, tests: list[str]) -> bool:
    """Whether one of the tests fails, or never ends, with the mutant in place."""
    file = folder / mutant.path
    sound = file.read_bytes()
    file.write_bytes(mutant.spoilt(sound))
    try:
        return any(_fail(folder, some) for some in (tests[:AT_ONCE], tests[AT_ONCE:]) if some)
    finally:
        file.write_bytes(sound)


def _fail(folder: Path, tests: list[str]) -> bool:
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CI": "1"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def _copy(folder: Path) -> Path:
    for name in (*COPIED, *COPIED_TOO):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)
    return folder


def is_equivalent(mutant: Mutant) -> bool:
    """Whether the spoilt line is known to mean the same."""
    return any(path == mutant.path and part in mutant.told for path, part, _ in EQUIVALENT)


def main(arguments: list[str] | None = None) -> int:
    """Spoil, print the survivors and the counts; the status is 0 when at least 95 in 100 were noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutate_lines", description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6)
    parser.add_argument("--map", type=Path, required=True, help="what coverage.py wrote, with contexts")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args(arguments)
    print(f"seed {options.seed}", flush=True)
    reached, chosen = read_map(options.map), drawn(options.count, options.seed)
    survivors, same = [], 0
    with tempfile.TemporaryDirectory(prefix="tape-explorer-mutants-") as home:
        folders: SimpleQueue[Path] = SimpleQueue()
        for number in range(options.jobs):
            folders.put(_copy(Path(home) / str(number)))

        def judged(mutant: Mutant) -> tuple[Mutant, bool]:
            folder = folders.get()
            try:
                return mutant, is_noticed(folder, mutant, tests_of(mutant, reached))
            finally:
                folders.put(folder)

        with ThreadPoolExecutor(options.jobs) as pool:
            for mutant, noticed in pool.map(judged, chosen):
                if not noticed and is_equivalent(mutant):
                    same += 1
                elif not noticed:
                    survivors.append(mutant)
                    print(f"survived: {mutant.told}", flush=True)
    caught = len(chosen) - same - len(survivors)
    print(f"seed {options.seed}: {len(chosen)} spoilt, {caught} noticed, {same} equivalent, {len(survivors)} survived")
    return int(caught < 0.95 * (len(chosen) - same))


if __name__ == "__main__":
    sys.exit(main())
