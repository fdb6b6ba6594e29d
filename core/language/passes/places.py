"""The numbers that a running program holds, and where: under names, attributes, keys and places in lists.

A path leads from a name to a number, step by step. Numbers are read and replaced by their path, so that a pass can
begin with other ones. Knows the machine's values; knows nothing of loops.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from core.language.machine.locals import Locals
from core.language.machine.objects import Instance
from core.language.machine.stores import View
from core.tensor import Tensor
from core.variable import Variable

DEEPEST, LONGEST, MOST, MOST_PARTS = 8, 300, 3_000, 30_000
"""Steps of a path, items of a container, numbers and other parts in all, beyond which nobody looks."""


class Step(NamedTuple):
    """One step of a path: into a name (first), an attribute, a key or a place."""

    kind: str
    key: Any


Path = tuple[Step, ...]
Held = dict[Path, Any]
"""What is held at each path: floats, arrays, tensors and variables."""


def numbers_held(here: Locals) -> Held:
    """The real numbers that the names of a call, and of those around it, lead to; those on short paths come first."""
    found: Held = {}
    seen: dict[int, Any] = {}  # kept, so that no other object gets the same identity
    todo: deque[tuple[Path, Any]] = deque(((Step("name", name),), value) for name, value in _names(here))
    visited = 0
    while todo and len(found) < MOST and visited < MOST_PARTS:
        visited += 1
        path, value = todo.popleft()
        if is_number(value):
            found[path] = value
        elif id(value) not in seen and len(path) < DEEPEST:
            seen[id(value)] = value
            todo.extend(((*path, step), part) for step, part in parts_of(value))
    return found


def _names(here: Locals) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    scopes = [here]
    while scopes[-1].parent is not None:
        scopes.append(scopes[-1].parent)
    if here.run.globals not in scopes:
        scopes.append(here.run.globals)
    for names in scopes:
        for name, value in names.items():
            if name not in seen:
                seen.add(name)
                yield name, value


def one_path_each(held: Held) -> set[Path]:
    """The paths without those that lead to what an earlier one leads to."""
    seen: set[int] = set()
    found = set()
    for path, value in held.items():
        if value.__class__ in (float, int) or id(value) not in seen:
            seen.add(id(value))
            found.add(path)
    return found


def shared_paths(held: Held) -> dict[int, list[Path]]:
    """By the identity of an object all paths that lead to it."""
    found: dict[int, list[Path]] = {}
    for path, value in held.items():
        if value.__class__ not in (int, float):
            found.setdefault(id(value), []).append(path)
    return found


def is_number(value: Any) -> bool:
    """Whether a value is a real number or an array of them that can be replaced as a whole."""
    if value.__class__ in (float, int):
        return True
    if isinstance(value, View):
        return False
    if isinstance(value, Tensor):
        primal = value.primal
        return primal.__class__ is float or getattr(primal, "dtype", np.dtype(bool)).kind == "f" or _whole(value)
    return isinstance(value, np.ndarray | np.floating) and value.dtype.kind == "f"


def _whole(value: Tensor) -> bool:
    return value.__class__ is Tensor and value.primal.__class__ is int


def parts_of(value: Any) -> Iterator[tuple[Step, Any]]:
    """What a container or an instance holds."""
    if isinstance(value, list | tuple):
        if len(value) <= LONGEST:
            yield from ((Step("item", place), part) for place, part in enumerate(value))
    elif value.__class__ is dict:
        if len(value) <= LONGEST:
            yield from ((Step("item", key), part) for key, part in value.items() if isinstance(key, str | int))
    elif value.__class__ is Instance:
        yield from ((Step("attribute", name), part) for name, part in value.fields.items())


def value_at(here: Locals, path: Path) -> Any:
    """What is held at a path; None where it leads nowhere any more."""
    value = _scope_of(here, path[0].key).get(path[0].key)
    for step in path[1:]:
        value = _part(value, step)
    return value


def numbers_at(here: Locals, paths: Iterable[Path]) -> Held:
    """The numbers that these paths lead to now; those that lead to none are left out."""
    held = {path: value_at(here, path) for path in paths}
    return {path: value for path, value in held.items() if is_number(value)}


def _part(value: Any, step: Step) -> Any:
    """What one step leads to; None where there is nothing."""
    if step.kind == "attribute":
        return value.fields.get(step.key) if value.__class__ is Instance else None
    if value.__class__ is dict:
        return value.get(step.key)
    inside = isinstance(value, list | tuple) and step.key.__class__ is int and step.key < len(value)
    return value[step.key] if inside else None


def replace_at(here: Locals, path: Path, given: Tensor, in_place: bool) -> None:
    """Let the number at a path be another one, which has a place on a tape.

    Variables stay the objects they are, and with `in_place` all tensors do, so that others who hold them see it too.
    """
    held = value_at(here, path)
    if isinstance(held, Variable) or in_place and isinstance(held, Tensor):
        if hasattr(held, "birth"):
            held.birth = None  # its first value is settled
        held.primal, held.tape, held.index = given.primal, given.tape, given.index
        return
    names = _scope_of(here, path[0].key)
    names[path[0].key] = _with(names.get(path[0].key), path[1:], given)


def _with(value: Any, path: Path, given: Tensor) -> Any:
    """The value with something else at a path in it: itself, or where it cannot change a new one."""
    if not path:
        return given
    step = path[0]
    part = _with(_part(value, step), path[1:], given)
    if isinstance(value, tuple):
        changed = [*value[: step.key], part, *value[step.key + 1 :]]
        return value._make(changed) if hasattr(value, "_make") else tuple(changed)
    if value.__class__ is Instance:
        value.fields[step.key] = part
    else:
        value[step.key] = part
    return value


def _scope_of(here: Locals, name: str) -> Locals:
    scope: Locals | None = here
    while scope is not None and name not in scope:
        scope = scope.parent
    return here.run.globals if scope is None else scope


def plain(value: Any) -> Any:
    """The numbers themselves, as a float or an array of their own."""
    primal = value.primal if isinstance(value, Tensor) else value
    return float(primal) if np.ndim(primal) == 0 else np.array(primal, dtype=float)
