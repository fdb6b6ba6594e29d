"""The table of library functions, and what is asked of it. A path is always a full one, never its last word.

It is read when first asked for, so that importing the engine costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from core.basics.words import say
from core.library.row import LIBRARIES, ROLES, Name, Row, RowError, internal, public, read

# The roots that a program may write, with the library that each means.
ROOTS = {
    "np": "np", "numpy": "np", "jnp": "np", "math": "math", "tf": "tf", "tensorflow": "tf", "torch": "torch",
    "jax": "jax", "random": "random",
}  # fmt: skip
# Where a name without a namespace is looked for, the most usual meaning first.
WITHOUT_NAMESPACE = ("python", "np", "np.linalg", "tf", "tf.math", "tf.nn", "torch.nn.functional", "jax.nn", "math")


def built(texts: Iterable[str]) -> dict[str, Row]:
    """The rows of some texts by the names of our functions; raises RowError where a row is wrong or stands twice."""
    found: dict[str, Row] = {}
    taken: dict[str, str] = {}
    for text in texts:
        for row in read(text):
            if row.function in found:
                raise RowError(
                    say("library.two-rows-name", "`{function}`: there are two rows of this name", function=row.function)
                )
            for name in row.names:
                other = taken.setdefault(name.path, row.function)
                if other != row.function:
                    raise RowError(
                        say(
                            "library.name-already",
                            "`{function}`: `{path}` is a name of `{other}` already",
                            function=row.function,
                            path=name.path,
                            other=other,
                        )
                    )
            found[row.function] = row
    return found


@cache
def rows() -> dict[str, Row]:
    """All rows by the names of our functions, in the order of the texts."""
    from core.library.subjects import (
        arrays,
        binary,
        creation,
        elementwise,
        linear,
        losses,
        python,
        random,
        reductions,
        statistics,
    )  # fmt: skip

    families = (elementwise, binary, reductions, arrays, linear, losses, creation, random, statistics, python)
    return built(family.ROWS for family in families)


@cache
def _paths() -> dict[str, tuple[Row, Name]]:
    return {name.path: (row, name) for row in rows().values() for name in row.names}


def find(path: str) -> tuple[Row, Name] | None:
    """The row and the name that a path leads to: dotted (`np.sum`, also `numpy.sum`, `jnp.sum`), a method (`.sum`),
    or without a namespace (`sum`); None where the table has none.
    """
    known = _paths()
    if path in known:
        return known[path]
    if "." not in path:
        return next((known[f"{space}.{path}"] for space in WITHOUT_NAMESPACE if f"{space}.{path}" in known), None)
    root, _, rest = path.partition(".")
    return known.get(f"{ROOTS.get(root, root)}.{rest}")


def row_at(path: str) -> Row | None:
    """The row that a path leads to."""
    found = find(path)
    return None if found is None else found[0]


def fact(path: str, name: str) -> str:
    """What the table says of the function at a path: its `shape`, `dtype`, `size`, `work`, `cuts`, `gives`, `draws`;
    else "".
    """
    row = row_at(path)
    return "" if row is None else row.fact(name)


def counts(path: str, place: int | str) -> bool:
    """Whether the argument at a place, or of a name, of the function at a path says where or how many."""
    return role(path, place) == "counts"


def role(path: str, place: int | str) -> str:
    """What that argument is to its function, where it is not computed with: `counts`, `decides`, `likes`; else ""."""
    found = find(path)
    if found is None:
        return ""
    row, name = found
    if not (row.counts or row.decides or row.likes):
        return ""
    given = argument(name, place)
    return next((one for one in ROLES if given in getattr(row, one)), "")


def argument(name: Name, place: int | str) -> str:
    """Our name of the argument at a place, or of a name in its library; "" where there is none."""
    if isinstance(place, str):
        return next((internal(part) for part in name.signature if public(part) == place), "")
    parts = [part for part in name.signature if part != "*"]
    many = next((number for number, part in enumerate(parts) if part.startswith("*")), len(parts))
    place = min(place, many)
    return internal(parts[place]) if place < len(parts) else ""


def work_of_function(function: str) -> str:
    """The kind of work that a function of ours is, by our own name for it; "" where nothing is said."""
    row = rows().get(function)
    return "" if row is None else row.fact("work")


__all__ = ["LIBRARIES", "ROOTS", "Name", "Row", "RowError", "argument", "built", "counts", "fact", "find", "role",
           "row_at", "rows"]  # fmt: skip
