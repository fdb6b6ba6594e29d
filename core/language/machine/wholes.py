"""Whole numbers that a text writes stay whole where they are printed, though they are computed with as real numbers.

An input typed `5` is a tensor of a float, so that it has a derivative; what follows from such inputs by operations
that keep whole numbers whole is remembered, and prints as Python would print it.
"""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from core.tensor import Tensor

KEEPING = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod, ast.Pow)
LARGEST = 2.0**53


def remember(run: Any, value: Any, *operands: Any) -> Any:
    """Note that a result is whole where all operands are; gives it back."""
    known = run.whole
    if value.__class__ is Tensor and all(one.__class__ is int or id(one) in known for one in operands):
        known[id(value)] = value
    return value


def as_typed(run: Any, value: Any) -> Any:
    """The value as it is printed: whole numbers for tensors of such."""
    if not run.whole:
        return value
    if value.__class__ in (list, tuple):
        return value.__class__([as_typed(run, one) for one in value])
    if id(value) not in run.whole:
        return value
    plain = np.asarray(value.primal)
    if not np.all(np.abs(plain) < LARGEST) or not np.all(plain == np.floor(plain)):
        return value
    return plain.astype(int) if plain.ndim else int(plain)
