"""One recorded path, replayed: the tape's target as a function of its inputs, compiled.

Knows tapes and generated text; knows nothing of programs or of how the tape came about.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from core.basics.words import say
from core.codegen import Page, PathChanged, Source, compiled, tape_source
from core.replay.broadcasting import gradients_of, values_of
from core.second_derivatives.recorded import recorded_sweep
from core.tape import Tape
from core.tensor import OUTSIDE_DOMAIN, as_result


class OtherShapes(PathChanged, ValueError):
    """The inputs have other shapes than when the path was recorded."""


class Replayable:
    """A tape's target as a function of its inputs, at any point at which the same branches are taken.

    `inputs` maps names to entries; all of the tape's inputs under their labels when None. A tape of numbers may
    also be given arrays, which are broadcast together: one call then answers for every element, and the derivative
    for an input that stays a number is the sum over all of them. Where a branch would be taken differently,
    `PathChanged` is raised; so it is where an input that is not on the tape differs from its `fixed` value.
    """

    def __init__(
        self,
        tape: Tape,
        target: int,
        inputs: Mapping[str, int] | None = None,
        fixed: Mapping[str, Any] | None = None,
    ) -> None:
        self.tape, self.target, self.fixed = tape, target, dict(fixed or {})
        given = {tape.label(index): index for index in tape.inputs} if inputs is None else inputs
        self.names, self.inputs = tuple(given), list(given.values())
        self._shapes = [np.shape(tape.primals[index]) for index in self.inputs]

    @property
    def source(self) -> Source:
        """The readable text of what is computed."""
        return tape_source(self.tape, self.target, self.inputs)

    def value(self, **point: Any) -> Any:
        """The target's value at the point."""
        return self._call("forward", self._ordered(point))

    def at(self, values: Sequence[Any]) -> tuple[Any, tuple[Any, ...]]:
        """The value and the derivatives for values given in the order of `names`."""
        return self._call("value_and_gradient", values)

    def value_and_gradient(self, **point: Any) -> tuple[Any, dict[str, Any]]:
        """The target's value and its derivative with respect to every input; None where it does not depend on one."""
        value, gradient = self.at(self._ordered(point))
        return value, dict(zip(self.names, gradient, strict=True))

    def hessian(self, **point: float) -> np.ndarray:
        """The second derivatives of a target that is a number, with respect to inputs that are numbers."""
        values = [float(value) for value in self._ordered(point)]
        function, rows, columns = self.second
        matrix = np.zeros((len(values), len(values)))
        try:
            matrix[rows, columns] = matrix[columns, rows] = function(*values)
        except OUTSIDE_DOMAIN:
            matrix[rows, columns] = matrix[columns, rows] = np.nan
        return matrix

    # -- the compiled functions --------------------------------------------------------------------------------

    @cached_property
    def on_floats(self) -> dict[str, Callable[..., Any]]:
        """`forward` and `value_and_gradient` on Python floats, given in order: what a tight loop calls."""
        return compiled(self._short(True), True)

    @cached_property
    def on_arrays(self) -> dict[str, Callable[..., Any]]:
        """The same on arrays."""
        return compiled(self._short(False), False)

    @cached_property
    def second(self) -> tuple[Callable[..., tuple[float, ...]], np.ndarray, np.ndarray]:
        """The second derivatives on Python floats that can differ from zero, with their rows and columns."""
        if not self.tape.scalar:
            raise ValueError(
                say(
                    "replay.second-derivatives-replayed-only",
                    "second derivatives are replayed only for tapes of numbers; this one has arrays",
                )
            )
        sweep = recorded_sweep(self.tape, self.target, names=False)
        page = Page(sweep.tape, self.inputs, True)
        places = np.array(page.jacobian([sweep.place(index) for index in self.inputs]), dtype=int).reshape(-1, 2)
        return compiled(page.source(), True)["jacobian"], places[:, 0], places[:, 1]

    def _short(self, floats: bool) -> Source:
        page = Page(self.tape, self.inputs, floats, follow=True)
        page.forward([self.target])
        page.gradient(self.target)
        return page.source()

    # -- calling them ------------------------------------------------------------------------------------------

    def _ordered(self, point: Mapping[str, Any]) -> list[Any]:
        for name, value in self.fixed.items():
            if point.get(name, value) is not value and not np.array_equal(point[name], value):
                raise PathChanged
        try:
            return [point[name] for name in self.names]
        except KeyError as error:
            raise TypeError(
                say(
                    "replay.point-lacks-needs",
                    "the point lacks `{name}`; it needs {names}",
                    name=error.args[0],
                    names=", ".join(self.names),
                )
            ) from None

    def _call(self, function: str, values: Sequence[Any]) -> Any:
        if self.tape.scalar and all(isinstance(value, float | int) for value in values):
            try:
                return self.on_floats[function](*map(float, values))
            except OUTSIDE_DOMAIN:  # where NumPy has an answer: inf or nan
                pass
        values = [np.float64(value) if isinstance(value, float | int) else np.asarray(value) for value in values]
        with np.errstate(all="ignore"):
            if self.tape.scalar:
                apply = values_of if function == "forward" else gradients_of
                return apply(self.on_arrays[function], values)
            shapes = [value.shape for value in values]
            if shapes != self._shapes:
                raise OtherShapes(
                    say(
                        "replay.tape-recorded-inputs-shapes",
                        "the tape was recorded with inputs of shapes {shapes}, not {other}",
                        shapes=self._shapes,
                        other=shapes,
                    )
                )
            try:
                return _settled(self.on_arrays[function](*values))
            except IndexError:  # another item is to be picked, which there is not
                raise PathChanged from None


def _settled(result: Any) -> Any:
    """What compiled text returned, in the form of engine values."""
    if isinstance(result, tuple):
        return tuple(map(_settled, result))
    return None if result is None else as_result(result)


__all__ = ["PathChanged", "Replayable"]
