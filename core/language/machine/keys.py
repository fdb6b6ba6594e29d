"""Indices, counts and lengths: whole numbers where a program may hold them as tensors or floats."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.basics.words import say
from core.language.machine.outcome import Refusal
from core.language.machine.values import sprawls
from core.tensor import Tensor, look


def whole(value: Any) -> Any:
    """A whole number where one is needed: 3.0 that stands for an input counts as 3."""
    if isinstance(value, Tensor) and value.ndim == 0:
        value = as_whole(look(value))
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    return value


def as_whole(value: Any) -> Any:
    """A float that is a whole number as an int, anything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def plain_key(key: Any) -> Any:
    """A key without tensors."""
    if isinstance(key, tuple | list):
        if sprawls(key, 1_000_000):
            raise Refusal(
                say("language.index-holds-too-much", "This index holds too much."),
                say("language.use-whole-numbers-slices", "Use whole numbers or slices."),
            )
        parts = map(plain_key, key)
        return tuple(parts) if isinstance(key, tuple) else list(parts)
    if isinstance(key, Tensor) and key.ndim:
        values = look(key)
        return values.astype(int) if values.dtype.kind == "f" and np.all(values == np.floor(values)) else values
    return whole(key)
