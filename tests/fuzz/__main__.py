"""`python -m tests.fuzz WAY [OPTIONS]`: the ways of looking for what breaks the program; each has `--help`."""

from __future__ import annotations

import sys
from importlib import import_module

WAYS = {
    "texts": ("tests.fuzz.texts", "texts of any kind: the language ends in a value or a sentence"),
    "checks": ("tests.fuzz.checks", "right and wrong gradients: what the check says of them"),
    "imperative": ("tests.fuzz.imperative.campaign", "arrays changed in place, compared with the real library"),
    "documents": ("tests.fuzz.foreign", "documents of strangers: opened or refused in a sentence, and saved again"),
    "settings": ("tests.fuzz.foreign", "settings of strangers: read within their limits"),
    "lessons": ("tests.fuzz.foreign", "torn lessons: read or refused in a sentence"),
    "monkey": ("tests.fuzz.monkey", "anything on the window, by chance: no fault, no pause, nothing left behind"),
    "faults": ("tests.fuzz.faults", "kills, full and slow disks, lost permissions, wrong clocks: no work is lost"),
}


def main(arguments: list[str] | None = None) -> int:
    """Fuzz in the way that the first argument names; `texts` when it names none."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] in (["-h"], ["--help"]):
        print(__doc__ + "\n" + "".join(f"\n  {way:12} {told}" for way, (_, told) in WAYS.items()))
        return 0
    way, rest = (given[0], given[1:]) if given and given[0] in WAYS else ("texts", given)
    module = import_module(WAYS[way][0])
    return module.main(rest, way) if way in getattr(module, "WAYS", ()) else module.main(rest)


if __name__ == "__main__":
    sys.exit(main())
