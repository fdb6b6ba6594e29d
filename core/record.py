"""Running a program at a point while a tape records it: the Run is what everything else is made from.

Knows programs and tapes; knows nothing of steps, words or drawing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from core.functions import ones_like
from core.language.program import Program
from core.span import Span
from core.sweeps import reverse
from core.tape import Provenance, Tape, set_recorders
from core.tensor import Tensor, place_on


class Failure(NamedTuple):
    """Why a run ended early: a sentence, the text at fault, and the last entry recorded before it."""

    message: str
    span: Span | None = None
    index: int | None = None


@dataclass(frozen=True)
class Run:
    """A program's execution at one point, with everything recorded on the way.

    `inputs` maps each input's name to its entry (a name that is not watched has none); `target` is the entry of
    the output, None when no watched input reaches it.
    """

    program: Program
    point: Mapping[str, Any]
    tape: Tape
    inputs: dict[str, int]
    watched: frozenset[str]
    target: int | None
    value: Any
    failure: Failure | None = None
    printed: str = ""
    target_name: str = ""
    skipped: tuple[Span, ...] = ()

    @property
    def seed(self) -> Any:
        """The adjoint with which the reverse sweep starts: one for every element of the output."""
        return ones_like(self.tape.primals[self.target]) if self.target is not None else None

    def gradients(self) -> dict[str, Any]:
        """The derivative of the output with respect to each input; None where the output does not depend on it."""
        if self.target is None or self.failure:
            return dict.fromkeys(self.program.input_names)
        adjoints = reverse(self.tape, {self.target: self.seed})
        return {
            name: adjoints[self.inputs[name]] if name in self.inputs and self.inputs[name] < len(adjoints) else None
            for name in self.program.input_names
        }


def record(
    program: Program,
    point: Mapping[str, Any] | None = None,
    watch: Collection[str] | None = None,
    target: str | None = None,
    budget: Any = None,
) -> Run:
    """Run the program at the point (missing inputs take their defaults), recording on a tape.

    `watch` names the inputs that are differentiated (all floating-point ones when None); `target` names the value
    that is differentiated (the program's output when None). A failure is part of the result, not an exception.
    """
    tape = Tape()
    point = {one.name: (point or {}).get(one.name, one.default) for one in program.inputs}
    watched = frozenset(point if watch is None else set(watch) & set(point))
    tensors = {name: _input(tape, name, value, name in watched) for name, value in point.items()}
    tape.mark(None)
    before = set_recorders((tape,))
    try:
        outcome = program.execute(tensors, tape, budget=budget, target=target)
    finally:
        set_recorders(before)
    tape.mark(None)
    value, failure = outcome.target_value, outcome.failure
    return Run(
        program,
        point,
        tape,
        {
            name: tape.index_of(tensor)
            for name, tensor in tensors.items()
            if name in watched and tape.index_of(tensor) is not None
        },
        watched,
        tape.index_of(value) if isinstance(value, Tensor) else None,
        value.primal if isinstance(value, Tensor) else value,
        Failure(failure.message, failure.span, len(tape) - 1 if len(tape) else None) if failure else None,
        outcome.printed,
        target or "",
        outcome.skipped,
    )


def _input(tape: Tape, name: str, value: Any, watched: bool) -> Tensor:
    """The input as a tensor; whole numbers become floats, since derivatives need them."""
    tensor = Tensor(np.asarray(value, dtype=float) if not isinstance(value, float) else value)
    if watched:
        index = tape.add_input(tensor, tensor.primal)
        place_on(tensor, tape, index)
        tape.names[index] = name
        tape.provenances.append(Provenance(None))
    return tensor
