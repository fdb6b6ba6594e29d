"""Replay: a function or program evaluated again at other points, as compiled straight-line Python.

Recording finds out what is computed; where the same path is walked many times (sliders, plots, training), replay is
several times faster. A point at which another branch is taken is noticed, and recorded as well. Knows
programs' runs, tapes and generated text; knows nothing of when a window asks.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from core.basics.types import Function, Point
from core.basics.words import say
from core.codegen import PathChanged
from core.replay.replayable import Replayable
from core.tape import Tape, set_recorders
from core.tensor import Tensor, place_on

PATHS = 16  # how many paths are kept

Record = Callable[[Point], Replayable]


class Replay:
    """A function with compiled value and gradient, which records by itself what it has not met yet.

    `record` records at a point and returns what can be replayed. Make one with `Replay.of`.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self.paths: list[Replayable] = []

    @classmethod
    def of(cls, function: Function) -> "Replay":
        """The replay of a function that takes its inputs by name and returns a tensor."""
        return cls(lambda point: record_function(function, point))

    @classmethod
    def of_program(cls, program: Any, record: Function) -> "Replay":
        """The replay of a program, with `core.run.record`."""
        return cls(lambda point: replayable_run(record(program, point)))

    def value(self, **point: Any) -> Any:
        """The value at the point; where inputs are arrays, for every element of them broadcast together."""
        return self._try("value", point)

    def value_and_gradient(self, **point: Any) -> tuple[Any, dict[str, Any]]:
        """The value, and its derivative with respect to every input (of the sum of all elements, for arrays)."""
        return self._try("value_and_gradient", point)

    def hessian(self, **point: float) -> np.ndarray:
        """The second derivatives with respect to inputs that are numbers."""
        return self._try("hessian", point)

    def _try(self, method: str, point: Point) -> Any:
        """Ask the paths, the last that held first; record another when none holds."""
        for place, path in enumerate(self.paths):
            try:
                answer = getattr(path, method)(**point)
            except PathChanged:
                continue
            self.paths.insert(0, self.paths.pop(place))
            return answer
        path = self._record(point)
        self.paths = [path, *self.paths][:PATHS]
        return getattr(path, method)(**point)


def record_function(function: Function, point: Point) -> Replayable:
    """Run the function at the point and return the path that it took."""
    tape = Tape()
    tensors = {}
    for name, value in point.items():
        tensors[name] = tensor = Tensor(float(value) if isinstance(value, int) else value)
        place_on(tensor, tape, tape.add_input(tensor, tensor.primal))
        tape.names[tensor.index] = name
    before = set_recorders((tape,))
    try:
        result = function(**tensors)
    finally:
        set_recorders(before)
    target = tape.index_of(result) if isinstance(result, Tensor) else None
    if target is None:
        raise ValueError(
            say(
                "replay.function-result-not-depend",
                "the function's result does not depend on its inputs, so there is nothing to replay",
            )
        )
    return Replayable(tape, target)


def replayable_run(run: Any) -> Replayable:
    """The path that a program's run took, as a function of its watched inputs."""
    if run.failure:
        raise ValueError(run.failure.message)
    if run.target is None:
        raise ValueError(
            say(
                "replay.result-not-depend-watched",
                "the result does not depend on a watched input, so there is nothing to replay",
            )
        )
    fixed = {name: value for name, value in run.point.items() if name not in run.inputs}
    return Replayable(run.tape, run.target, run.inputs, fixed)


__all__ = ["PathChanged", "Replay", "Replayable", "record_function", "replayable_run"]
