"""Indices, counts and lengths: whole numbers where a program may hold them as tensors or floats."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.tensor import Tensor, look


def whole(value: Any) -> Any:
    """A whole number where one is needed: 3.0 that stands for an input counts as 3."""
    if isinstance(value, Tensor) and value.ndim == 0:
        value = look(value)
        if isinstance(value, float) and value.is_integer():
            return int(value)
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    return value


def plain_key(key: Any) -> Any:
    """A key without tensors."""
    if isinstance(key, tuple):
        return tuple(map(plain_key, key))
    if isinstance(key, list):
        return [plain_key(item) for item in key]
    if isinstance(key, Tensor) and key.ndim:
        values = look(key)
        return values.astype(int) if values.dtype.kind == "f" and np.all(values == np.floor(values)) else values
    return whole(key)
