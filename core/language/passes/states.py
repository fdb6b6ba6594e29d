"""The states of a loop: the numbers that it carries from pass to pass, by names of their own.

A state is what one path leads to, or the array of numbers that the items of one list hold. It is called by the last
name of its path; where two would be called the same, by the whole path. Knows paths; knows nothing of tapes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.language.machine.locals import Locals
from core.language.passes.places import Held, Path, Step, plain, value_at

HOLDERS = frozenset(("data", "value", "val", "num", "primal", "_value"))
"""Attributes that hold the number an object stands for, and say nothing of what it is."""


@dataclass(frozen=True)
class State:
    """A number or an array that a loop changes; several `paths` make an array of this `shape`."""

    name: str
    paths: tuple[Path, ...]
    shape: tuple[int, ...] | None = None

    def read(self, here: Locals) -> Any:
        """Its value now; None where it is gone."""
        held = [value_at(here, path) for path in self.paths]
        if any(one is None for one in held):
            return None
        return plain(held[0]) if self.shape is None else np.array([plain(one) for one in held]).reshape(self.shape)

    def of(self, held: Held) -> Any:
        """Its value among numbers that were held once."""
        values = [held[path] for path in self.paths]
        return plain(values[0]) if self.shape is None else np.array(values, dtype=float).reshape(self.shape)


def changed(before: Held, now: Held) -> set[Path]:
    """The paths at which other real numbers are held than before."""
    return {path for path, value in now.items() if path in before and _differs(before[path], value)}


def frozen(held: Held) -> Held:
    """The same numbers, which nothing changes any more."""
    return {path: value if value.__class__ in (int, float) else plain(value) for path, value in held.items()}


def _differs(before: Any, value: Any) -> bool:
    if value.__class__ is int and before.__class__ is int:
        return False  # it counts
    now = plain(value)
    return np.shape(before) == np.shape(now) and not np.array_equal(before, now, equal_nan=True)


def with_siblings(paths: Collection[Path], held: Held) -> list[Path]:
    """The paths, in the order of what is held, with those to the other items of the same lists."""
    lists = {(_split(path)[0], path[-1].kind) for path in paths if _split(path)[1]}
    return [
        path
        for path, value in held.items()
        if path in paths
        or _split(path)[1]
        and (_split(path)[0], path[-1].kind) in lists
        and (path[-1].kind == "item" or path[-1].key in HOLDERS)
        and np.ndim(plain(value)) == 0
    ]


def named(paths: Iterable[Path], held: Held, called: Mapping[Path, str]) -> tuple[State, ...]:
    """States for these paths, in their order; some are `called` something already."""
    groups: dict[Path, list[Path]] = {}
    for path in paths:
        base, places = _split(path)
        lone = not places or np.ndim(plain(held[path])) != 0
        groups.setdefault(path if lone else base, []).append(path)
    made = [one for base, group in groups.items() for one in _states(base, group)]
    counts: dict[str, int] = {}
    for base, _, _ in made:
        counts[_short(base)] = counts.get(_short(base), 0) + 1
    return tuple(
        State(called.get(base) or (_short(base) if counts[_short(base)] == 1 else _whole(base)), group, shape)
        for base, group, shape in made
    )


def _states(base: Path, group: list[Path]) -> list[tuple[Path, tuple[Path, ...], tuple[int, ...] | None]]:
    """One array where the items fill a grid, else a state for each of them."""
    keys = [tuple(step.key for step in _split(path)[1]) for path in group]
    if base == group[0]:
        return [(base, tuple(group), None)]
    depth = {len(key) for key in keys}
    if len(depth) == 1:
        shape = tuple(max(key[axis] for key in keys) + 1 for axis in range(depth.pop()))
        if sorted(keys) == list(np.ndindex(shape)) and len(keys) > 1:
            return [(base, tuple(path for _, path in sorted(zip(keys, group, strict=True))), shape)]
    return [(path, (path,), None) for path in group]


def _split(path: Path) -> tuple[Path, tuple[Step, ...]]:
    """A path without the field that holds the number, and the places in lists at its end."""
    if len(path) > 1 and path[-1].kind == "attribute" and path[-1].key in HOLDERS:
        path = path[:-1]
    end = len(path)
    while path[end - 1].kind == "item" and path[end - 1].key.__class__ is int:
        end -= 1
    return path[:end], path[end:]


def _short(path: Path) -> str:
    """The last name on a path, with the places behind it."""
    base, places = _split(path)
    return str(base[-1].key) + "".join(f"[{step.key}]" for step in places)


def _whole(path: Path) -> str:
    base, places = _split(path)
    text = str(base[0].key)
    for step in (*base[1:], *places):
        text += f".{step.key}" if step.kind == "attribute" else f"[{step.key!r}]"
    return text
