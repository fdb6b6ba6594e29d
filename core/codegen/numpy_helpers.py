"""What generated text calls besides NumPy and the helpers of the reverse rules; its text is copied into scripts.

Each function does what the engine's one of its name does.
"""

import numpy as np


def as_result(x):  # type: ignore[no-untyped-def]
    return x[()] if isinstance(x, np.ndarray) else x


def shape_of(x):  # type: ignore[no-untyped-def]
    return np.shape(x)


def dtype_of(x):  # type: ignore[no-untyped-def]
    return np.asarray(x).dtype


def count(x, axis):  # type: ignore[no-untyped-def]
    return np.size(x) if axis is None else int(np.prod([np.shape(x)[one] for one in np.atleast_1d(axis)]))


def take(x, indices, axis):  # type: ignore[no-untyped-def]
    return x[(slice(None),) * (axis % np.ndim(x)) + (indices,)]


def with_item(x, key, y):  # type: ignore[no-untyped-def]
    out = np.array(x, copy=True)
    out[key] = y
    return out


def in_dtype_of(value, derivative):  # type: ignore[no-untyped-def]
    return np.asarray(derivative).astype(np.asarray(value).dtype)


def always(answers):  # type: ignore[no-untyped-def]
    return bool(np.all(answers))


def never(answers):  # type: ignore[no-untyped-def]
    return not np.any(answers)


class PathChanged(Exception):
    """Raised where a branch would be taken differently than at the point that was recorded."""
