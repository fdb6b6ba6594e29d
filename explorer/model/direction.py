"""The direction of a tangent sweep: how fast each watched input moves. Knows runs; knows nothing of Qt."""

from collections.abc import Mapping

import numpy as np

from core.basics.words import say
from core.notation import number
from core.run import Run
from explorer.model.values import Value


def direction_of(run: Run, given: Mapping[str, Value]) -> dict[str, Value]:
    """The speeds: as given where they fit, and the other inputs stay; where none is given the first moves by 1."""
    chosen = {name: given[name] for name in run.inputs if name in given and _fits(given[name], _shape(run, name))}
    speeds = chosen or dict.fromkeys([*run.inputs][:1], 1.0)
    return {name: _spread(speeds.get(name, 0.0), _shape(run, name)) for name in run.inputs}


def misfit(run: Run, given: Mapping[str, Value]) -> str:
    """What is wrong with speeds that somebody gave; "" where all fit."""
    for name, speed in given.items():
        if name in run.inputs and not _fits(speed, _shape(run, name)):
            return say(
                "model.shape-direction-shape-not",
                "{name} has the shape {shape}; a direction of shape {other} does not fit it.",
                name=name,
                shape=_shape(run, name),
                other=np.shape(speed),
            )
    return ""


def _shape(run: Run, name: str) -> tuple[int, ...]:
    return np.shape(run.tape.primals[run.inputs[name]])


def _fits(speed: Value, shape: tuple[int, ...]) -> bool:
    """One speed for all elements, or one for each."""
    return np.ndim(speed) == 0 or np.shape(speed) == shape


def _spread(speed: Value, shape: tuple[int, ...]) -> Value:
    return np.full(shape, speed) if shape and np.ndim(speed) == 0 else speed


def direction_text(direction: Mapping[str, Value]) -> str:
    """The direction in words: w1 moves with speed 1, w2 stays."""
    return ", ".join(
        say("model.moves-speed", "{name} moves with speed {speed}", name=name, speed=number(speed))
        if np.any(speed)
        else say("model.stays", "{name} stays", name=name)
        for name, speed in direction.items()
    )
