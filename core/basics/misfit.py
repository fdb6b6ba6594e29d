"""What to say when the shapes of operands do not fit together. Knows NumPy values and the names of ops, no tensors."""

import numpy as np

from core.basics.types import Array, Attributes
from core.basics.words import listed, say

BROADCASTING = say("engine.broadcasting", "counted from the right, lengths must be equal or 1")


def misfit(
    name: str, elementwise: bool, values: tuple[Array, ...], attributes: Attributes, cause: ValueError
) -> ValueError:
    """The error with the operation's name and all shapes in it, for a ValueError that NumPy raised."""
    if elementwise and _fit(values):
        return ValueError(
            say(
                "engine.use-floating-point-numbers",
                "{name}: {message}; use floating-point numbers",
                name=name,
                message=str(cause).rstrip("."),
            )
        )
    shapes = [str(np.shape(value)) for value in values]
    if len(shapes) == 1:
        details = ", ".join(f"{key} {value}" for key, value in attributes.items())
        return ValueError(
            say(
                "engine.shape-not-fit",
                "{name}: shape {shape} does not fit {details}: {message}",
                name=name,
                shape=shapes[0],
                details=details or say("engine.the-operation", "the operation"),
                message=cause,
            )
        )
    return ValueError(
        say(
            "engine.shapes-not-fit-together",
            "{name}: shapes {shapes} do not fit together: {reason}",
            name=name,
            shapes=listed(shapes),
            reason=reason(name, elementwise, values, cause),
        )
    )


def _fit(values: tuple[Array, ...]) -> bool:
    """Whether the values can be broadcast together, so that something else is wrong than their shapes."""
    try:
        np.broadcast_shapes(*map(np.shape, values))
    except ValueError:
        return False
    return True


def reason(name: str, elementwise: bool, values: tuple[Array, ...], cause: ValueError) -> str:
    """Which rule about shapes is broken, in words."""
    if elementwise:
        return BROADCASTING
    if name == "matmul" and all(np.ndim(value) for value in values):
        left, right = (np.shape(value) for value in values)
        rows = right[-2] if len(right) > 1 else right[0]
        if left[-1] != rows:
            return say(
                "engine.rows-of-second",
                "the last length of the first, {left}, must equal the number of rows of the second, {rows}",
                left=left[-1],
                rows=rows,
            )
    return str(cause)
