"""TensorFlow's functions that put values at places of a tensor: `tensor_scatter_nd_update` and its like.

Indices are rows of whole numbers, each naming an element or a slice; TensorFlow knows no negative ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.language.machine import stores
from core.language.machine.keys import whole
from core.language.machine.outcome import Refusal
from core.language.names.library import as_array, values_of
from core.tensor import Tensor


def rows_of(indices: Any, shape: tuple[int, ...]) -> tuple[np.ndarray, ...]:
    """The indices as a key; refuses those that lie outside, or count from the end."""
    chosen = np.asarray(values_of(indices)).astype(int)
    depth = chosen.shape[-1] if chosen.ndim else 0
    if not 0 < depth <= len(shape):
        raise Refusal(
            say("language.indices-are-rows", "The indices are rows of at most {count} numbers.", count=len(shape)),
            say("language.write-rows-of-indices", "Write [[0], [2]] for the elements 0 and 2."),
        )
    outside = (chosen < 0) | (chosen >= np.asarray(shape[:depth]))
    if np.any(outside):
        place = chosen[np.any(outside, axis=-1)][0].tolist()
        raise Refusal(
            say("language.index-outside-shape", "Index {place} is outside of shape {shape}.", place=place, shape=shape),
            say("language.tensorflow-counts-from-0", "TensorFlow counts from 0, and never from the end."),
        )
    return tuple(chosen[..., part] for part in range(depth))


def fitting(updates: Any, key: tuple[np.ndarray, ...], shape: tuple[int, ...]) -> Any:
    """The updates; refuses those that are not one for each row: TensorFlow repeats nothing here."""
    wanted = tuple(int(one) for one in (*key[0].shape, *shape[len(key) :]))
    if f.shape_of(updates) != wanted:
        raise Refusal(
            say(
                "language.updates-of-shape",
                "The updates have shape {shape}, but the indices ask for {wanted}.",
                shape=f.shape_of(updates),
                wanted=wanted,
            ),
            say("language.one-update-each-row", "Give one update for each row of indices."),
        )
    return updates


def scatter_update(x: Any, indices: Any, updates: Any) -> Any:
    """A copy of x with the updates there; of two for one place the last one stays."""
    x, updates = as_array(x), as_array(updates)
    store, key = x if isinstance(x, Tensor) else Tensor(x), rows_of(indices, f.shape_of(x))
    return stores.changed_at(store, key, fitting(updates, key, f.shape_of(x)))


def scatter_nd_add(x: Any, indices: Any, updates: Any) -> Any:
    """A copy of x with the updates added there, as often as a place is named."""
    return as_array(x) + _scattered(x, indices, updates)


def scatter_nd_sub(x: Any, indices: Any, updates: Any) -> Any:
    """A copy of x with the updates subtracted there, as often as a place is named."""
    return as_array(x) - _scattered(x, indices, updates)


def scatter_nd(indices: Any, updates: Any, shape: Any) -> Any:
    """Zeros of the shape with the updates added there."""
    lengths = tuple(whole(part) for part in np.ravel(values_of(shape)))
    key = rows_of(indices, lengths)
    return f.scatter_add(fitting(as_array(updates), key, lengths), key, lengths)


def _scattered(x: Any, indices: Any, updates: Any) -> Any:
    shape = f.shape_of(as_array(x))
    key = rows_of(indices, shape)
    return f.scatter_add(fitting(as_array(updates), key, shape), key, shape)


def _extreme(choose: Callable[..., Any]) -> Callable[..., Any]:
    def scatter(x: Any, indices: Any, updates: Any) -> Any:
        made, updates = as_array(x), as_array(updates)
        key = rows_of(indices, f.shape_of(made))
        for place in range(len(key[0])):
            there = tuple(part[place] for part in key)
            made = f.setitem(made, there, choose(f.getitem(made, there), f.getitem(updates, place)))
        return made

    return scatter


scatter_nd_max, scatter_nd_min = _extreme(f.maximum), _extreme(f.minimum)
