"""Arrays as small heat maps: which numbers they show, and how much room they take.

Knows arrays; `explorer.graph.heat` paints them.
"""

import numpy as np

MAX_ROWS, MAX_COLUMNS = 24, 48


def table(array: np.ndarray) -> np.ndarray:
    """Any array as a small table of numbers: vectors are a row, further axes are stacked, much is thinned."""
    values = np.asarray(array)
    if not values.size:
        return np.zeros((0, 0))
    values = np.real(values).astype(float)
    values = values.reshape(-1, values.shape[-1]) if values.ndim > 1 else values.reshape(1, -1)
    rows, columns = values.shape
    return values[:: max(1, -(-rows // MAX_ROWS)), :: max(1, -(-columns // MAX_COLUMNS))]


def room(shape: tuple[int, ...]) -> tuple[float, float]:
    """The size, at zoom 1, of the heat map of an array of this shape."""
    if not shape or 0 in shape:
        return 24.0, 12.0
    columns = shape[-1] if len(shape) > 1 else shape[0]
    rows = int(np.prod(shape[:-1])) if len(shape) > 1 else 1
    side = min(13.0, 74.0 / columns, 46.0 / rows)
    return max(22.0, side * columns), max(11.0, side * rows)
