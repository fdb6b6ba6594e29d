"""What JAX traces: values that follow the arguments of a function inside `grad`, `jit` or `vmap`.

A traced value has no number as yet. What asks for one, JAX refuses: everywhere `float(x)`, `math.sin(x)` and most of
NumPy; inside `jit` and `vmap` also `int(x)`, `x.item()` and to branch on it. Knows tapes; knows no transform.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from core.basics.structure import flatten, map_structure
from core.basics.words import say
from core.language.machine.locals import Locals
from core.language.machine.outcome import RunError
from core.tape import Tape, recorders, set_recorders
from core.tensor import Tensor, leave, place_on, snapshot


class Trace(Tape):
    """The tape of one call that `jit` or `vmap` traces: it tells what follows its arguments, and refuses branches."""

    __slots__ = ("lenient",)

    def __init__(self) -> None:
        super().__init__(watches_variables=False)
        self.lenient = False

    def ask(self, comparison: str, left: Any, right: Any, outcome: bool) -> None:
        """JAX cannot branch on what it traces."""
        sides = [side for side in (left, right) if isinstance(side, Tensor)]
        if not self.lenient and any(follows(self, side) for side in sides):
            raise RunError(
                say(
                    "language.jax-traced-branch",
                    "JAX traces this value inside `jit` or `vmap`, where it has no number as yet to branch on.",
                ),
                None,
                say("language.write-jnp-where-lax-cond", "Write jnp.where(condition, a, b) or jax.lax.cond."),
            )


def follows(tape: Tape, value: Any) -> bool:
    """Whether a value was computed from what the tape watches, also where no derivative flows."""
    if not isinstance(value, Tensor):
        return False
    causes = getattr(value.tape, "causes", ())
    return tape.index_of(value) is not None or any(cause.tape is not None and cause.tape() is tape for cause in causes)


def is_traced(here: Locals, value: Any) -> bool:
    """Whether JAX traces a value, or one inside of it."""
    traces = here.run.traces
    return bool(traces) and any(follows(tape, leaf) for leaf in flatten(value) for tape in traces)


def is_compiled(here: Locals, value: Any) -> bool:
    """Whether JAX traces a value inside of `jit` or `vmap`, where it has no number at all."""
    return any(isinstance(tape, Trace) and follows(tape, value) for tape in here.run.traces)


@contextmanager
def traced_by(here: Locals, tape: Tape) -> Iterator[None]:
    """A block in which the values that follow from a tape's inputs count as traced."""
    here.run.traces.append(tape)
    try:
        yield
    finally:
        here.run.traces.pop()


@contextmanager
def branching(here: Locals) -> Iterator[None]:
    """A block of JAX's own that may branch on traced values, as `jax.lax.cond` does."""
    traces = [tape for tape in here.run.traces if isinstance(tape, Trace) and not tape.lenient]
    for tape in traces:
        tape.lenient = True
    try:
        yield
    finally:
        for tape in traces:
            tape.lenient = False


class Tracing:
    """One call of a function whose arguments `jit` or `vmap` traces."""

    def __init__(self, here: Locals) -> None:
        self.here = here
        self.tape = Trace()

    def argument(self, value: Any) -> Any:
        """The same argument, of which every number is watched."""
        return map_structure(self._watched, value)

    def _watched(self, leaf: Any) -> Any:
        if not isinstance(leaf, Tensor | np.ndarray | np.generic | float | int):
            return leaf
        copy = snapshot(leaf.read()) if isinstance(leaf, Tensor) else Tensor(leaf)
        place_on(copy, self.tape, self.tape.add_input(copy, copy.primal))
        return copy

    @contextmanager
    def recording(self) -> Iterator[None]:
        """The block in which the function is called."""
        before = set_recorders((*recorders(), self.tape))
        try:
            with traced_by(self.here, self.tape):
                yield
        finally:
            set_recorders(before)

    def untouched(self, result: Any) -> Any:
        """Of each leaf of a result, whether it does not follow from the arguments."""
        return map_structure(lambda leaf: not follows(self.tape, leaf), result)

    def released(self, result: Any) -> Any:
        """What the function returned, no longer on the tape of the trace."""
        for leaf in flatten(result):
            if isinstance(leaf, Tensor):
                leave(leaf, self.tape)
        return result
