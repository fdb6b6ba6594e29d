"""First values for inputs to which neither the user nor the text gives one: small, and no two of them alike.

At 1 every power and every product is 1, so that nothing can be told from anything else. Knows programs and runs;
knows nothing of Qt.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from core.language.interface.inputs import Input
from core.language.program import Program
from core.run import Run
from explorer.model.values import Value

WAYS: tuple[tuple[float, ...], ...] = ((2.0, 3.0, 0.5, 1.5, 4.0, 2.5), (0.5, 0.25, 0.75, 0.4, 0.6, 0.3), (1.0,))
"""Values in order; those that stay inside more domains come after those that are easier to read."""
LARGE = 1e6  # a value beyond which another way is tried
LONGEST = 20_000  # entries of a run that is not tried again


def points(program: Program, given: Mapping[str, Value], former: Mapping[str, Value]) -> Iterator[dict[str, Value]]:
    """Points to be tried: what is given, and first values; those that an input had in the former run come first."""
    free = [one.name for one in program.inputs if _is_free(one) and one.name not in given]
    fixed = {one.name: given.get(one.name, one.default) for one in program.inputs}
    if not free:
        yield fixed
        return
    kept = {name: former[name] for name in free if name in former and np.ndim(former[name]) == 0}
    for way in WAYS:
        yield fixed | _filled(free, way, kept)
        kept = {}


def _is_free(one: Input) -> bool:
    return not one.given and not one.counts and np.ndim(one.default) == 0


def _filled(names: list[str], way: tuple[float, ...], kept: Mapping[str, Value]) -> dict[str, Value]:
    """A value for each name: the one kept, else the next that is not taken, round and round."""
    unused = [value for value in way if value not in kept.values()] or list(way)
    new = [name for name in names if name not in kept]
    return {**kept, **{name: unused[place % len(unused)] for place, name in enumerate(new)}}


def is_telling(run: Run) -> bool:
    """Whether the values lead to numbers that can be read; a run that failed or is long is not worth another try."""
    if run.failure or len(run.tape) > LONGEST:
        return True
    with np.errstate(all="ignore"):
        return all(map(_is_readable, run.tape.primals))


def _is_readable(primal: Value) -> bool:
    return -LARGE < primal < LARGE if primal.__class__ is float else bool(np.all(np.abs(primal) < LARGE))
