"""The direction of a tangent sweep: how fast each watched input moves. Knows runs; knows nothing of Qt."""

from collections.abc import Mapping

import numpy as np

from core.notation import number
from core.record import Run
from explorer.values import Value


def direction_of(run: Run, given: Mapping[str, Value]) -> dict[str, Value]:
    """The speeds: as given where they fit; where none is given the first input moves by 1 and the others stay."""
    direction: dict[str, Value] = {}
    for name, index in run.inputs.items():
        shape, usual = np.shape(run.tape.primals[index]), 0.0 if direction else 1.0
        value = given.get(name, usual)
        fits = np.ndim(value) == 0 or np.shape(value) == shape
        value = value if fits else usual
        direction[name] = np.full(shape, value) if shape and np.ndim(value) == 0 else value
    return direction


def direction_text(direction: Mapping[str, Value]) -> str:
    """The direction in words: w1 moves with speed 1, w2 stays."""
    return ", ".join(
        f"{name} moves with speed {number(speed)}" if np.any(speed) else f"{name} stays"
        for name, speed in direction.items()
    )
