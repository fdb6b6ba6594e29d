"""Indices, counts and lengths: whole numbers where a program may hold them as tensors or floats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.basics.words import say
from core.language.machine.outcome import Refusal
from core.language.machine.values import sprawls
from core.tensor import Tensor, look

See = Callable[[Tensor], Any]
"""How the value of a tensor is seen: the tapes are told of it, or not."""


def primal_of(x: Tensor) -> Any:
    """The value, of which no tape is told: for who notes himself what depends on it."""
    return x.primal


def whole(value: Any, see: See = look) -> Any:
    """A whole number where one is needed: 3.0 that stands for an input counts as 3."""
    if isinstance(value, Tensor) and value.ndim == 0:
        value = see(value)
        if isinstance(value, float) and value.is_integer():
            return int(value)
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    return value


def plain_key(key: Any, see: See = look) -> Any:
    """A key without tensors."""
    if isinstance(key, tuple | list):
        if sprawls(key, 1_000_000):
            raise Refusal(
                say("language.index-holds-too-much", "This index holds too much."),
                say("language.use-whole-numbers-slices", "Use whole numbers or slices."),
            )
        parts = [plain_key(one, see) for one in key]
        return tuple(parts) if isinstance(key, tuple) else parts
    if isinstance(key, Tensor) and key.ndim:
        values = see(key)
        return values.astype(int) if values.dtype.kind == "f" and np.all(values == np.floor(values)) else values
    return whole(key, see)


def said_by(key: Any) -> list[tuple[int | None, Tensor]] | None:
    """The tensors that say which items a key picks, each with the part of the key that it is (None for all of it).

    None where there are none, or where it is not numbers that say so.
    """
    parts: list[tuple[int | None, Any]] = [*enumerate(key)] if isinstance(key, tuple) else [(None, key)]
    found = [(part, one) for part, one in parts if isinstance(one, Tensor)]
    by_numbers = all(np.asarray(one.primal).dtype.kind in "iuf" for _, one in found)
    return found if found and by_numbers and not any(isinstance(one, list | tuple) for _, one in parts) else None
