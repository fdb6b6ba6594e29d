"""Writes a random program by carrying it out: each statement is tried in the real library before it is kept."""

from __future__ import annotations

import math
import os
import random
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.fuzz.imperative.dialects import DIALECTS, Dialect

REFUSED_ARE_KEPT = 0.04
LARGEST = 1e4
PASSING = ("e", "row", "k", "n", "_", "box")  # names of one statement


@dataclass(frozen=True)
class Written:
    """A program's body, line by line, with what it was written at."""

    library: str
    seed: int
    body: str
    point: dict[str, Any]
    through_alias: bool
    kinds: dict[str, tuple[int, ...]]  # the arrays at its end, with their shapes


def modules(library: str) -> dict[str, Any]:
    """The names that a program of the library starts from."""
    if library == "torch":
        import torch

        torch.set_default_dtype(torch.float64)
        return {"torch": torch}
    if library == "jax":
        import jax

        jax.config.update("jax_enable_x64", True)
        return {"jax": jax, "jnp": jax.numpy}
    if library == "tensorflow":
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        import tensorflow as tf

        return {"tf": tf, "np": np, "math": math}
    return {"np": np}


def given(library: str, names: dict[str, Any], point: dict[str, Any]) -> dict[str, Any]:
    """The inputs as the library's own values."""
    if library == "torch":
        return {name: names["torch"].tensor(value, requires_grad=True) for name, value in point.items()}
    if library == "jax":
        return {name: names["jnp"].array(value) for name, value in point.items()}
    if library == "tensorflow":
        return {name: names["tf"].Variable(value, dtype="float64") for name, value in point.items()}
    return {name: np.array(value) if np.ndim(value) else value for name, value in point.items()}


def write(library: str, seed: int, statements: int = 9) -> Written:
    """A program of the library, the same for the same seed."""
    chance = random.Random(f"{library} {seed}")
    point = _point(chance)
    author = _Author(DIALECTS[library], chance, modules(library), point)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        author.work(statements)
    return Written(library, seed, "\n".join(author.lines), point, author.through_alias, author.shapes())


def _point(chance: random.Random) -> dict[str, Any]:
    def number() -> float:
        return round(chance.uniform(-2, 2), 2) or 0.5

    shape = chance.choice(((3,), (2, 3), (3, 3), (4,)))
    flat = [number() for _ in range(int(np.prod(shape)))]
    return {"x": np.reshape(flat, shape).tolist(), "w": number()}


class _Author:
    """Writes statement after statement into a live namespace."""

    def __init__(self, dialect: Dialect, chance: random.Random, names: dict[str, Any], point: dict[str, Any]) -> None:
        self.dialect, self.chance, self._names, self._point = dialect, chance, names, point
        self.live: dict[str, Any] = {}
        self._begin()
        self.lines: list[str] = []
        self.count = 0
        self.through_alias = False

    def _begin(self) -> None:
        self.live.update(self._names)
        exec(self.dialect.head, self.live)
        self.reserved = set(self.live)
        self.live.update(given(self.dialect.name, self._names, self._point))

    def work(self, statements: int) -> None:
        """Write until there are enough statements; a refused one is kept, rarely, as the last."""
        kinds = [self.dialect.makes, self.dialect.views, self.dialect.changes]
        first = ["{v} = {a} * 2.0", "{v} = {a}"] if self.dialect.name in ("numpy", "torch") else ["{v} = {a} * 2.0"]
        for attempt in range(12 * statements):
            if len(self.lines) >= statements:
                return
            kind = self.chance.choices(kinds, (3, 4, 5))[0]
            text = first[attempt] if attempt < len(first) else self.chance.choice(kind)
            if not self._try(self._filled(text), text in self.dialect.changes):
                return

    def _filled(self, text: str) -> str:
        arrays = [name for name in self.shapes() if self.dialect.name != "numpy" or name not in ("w",)]
        recent = arrays[-4:] + arrays
        new = f"t{self.count}"
        return text.format(
            a=self.chance.choice(recent), b=self.chance.choice(recent), v=new, i=self.chance.randrange(2),
            j=self.chance.randrange(2), c=self.chance.choice(("0.5", "2.0", "-1.5", "3.0")),
        )  # fmt: skip

    def _try(self, statement: str, changes: bool) -> bool:
        """Carry a statement out; whether the program goes on after it."""
        before = dict(self.live)
        kept = self._copies()
        try:
            exec(statement, self.live)
        except self.dialect.refused:
            if changes and self.chance.random() < REFUSED_ARE_KEPT:
                self.lines.append(statement)
                return False
            self._undo(before, kept)
            return True
        if not self._all_tame():
            self._undo(before, kept)
            return True
        self.through_alias = self.through_alias or (changes and self._several_changed(kept))
        self.lines.append(statement)
        self.count += 1
        return True

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The arrays of floating-point numbers, with their shapes."""
        found = {}
        for name, value in self.live.items():
            if name not in self.reserved and name not in PASSING and not name.startswith("__"):
                numbers = self._numbers(value)
                if numbers is not None and numbers.dtype.kind == "f":
                    found[name] = numbers.shape
        return found

    def _numbers(self, value: Any) -> np.ndarray | None:
        if hasattr(value, "detach"):
            value = value.detach()
        if isinstance(value, float | np.ndarray) or hasattr(value, "shape"):
            return np.asarray(value)
        return None

    def _all_tame(self) -> bool:
        return all(
            np.size(self._numbers(self.live[name])) <= 24
            and bool(np.all(np.abs(self._numbers(self.live[name])) < LARGEST))
            for name in self.shapes()
        )

    def _copies(self) -> dict[str, np.ndarray]:
        return {name: np.array(self._numbers(self.live[name])) for name in self.shapes()}

    def _several_changed(self, kept: dict[str, np.ndarray]) -> bool:
        changed = [
            name for name, old in kept.items()
            if name in self.live and not np.array_equal(old, np.asarray(self._numbers(self.live[name])))
        ]  # fmt: skip
        return len(changed) > 1

    def _undo(self, before: dict[str, Any], kept: dict[str, np.ndarray]) -> None:
        """Forget a statement that was dropped; where it changed arrays before it failed, begin again from the top."""
        self.live.clear()
        if all(np.array_equal(old, np.asarray(self._numbers(before[name]))) for name, old in kept.items()):
            self.live.update(before)
        else:
            self._begin()
            for line in self.lines:
                exec(line, self.live)
