"""A program run once at a point while a tape records it: the Run is what everything else is made from.

Knows programs and tapes; knows nothing of steps, words or drawing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import ref

import numpy as np

from core import functions as f
from core.basics.budget import Budget
from core.basics.cuts import Cause, Cut, Reason
from core.basics.structure import map_structure
from core.basics.types import Adjoint, Point, Structure, Value
from core.dependence import descendants
from core.sweeps import reverse
from core.tape import Provenance, Tape, set_recorders
from core.tensor import Tensor, place_on

if TYPE_CHECKING:
    from core.basics.span import Span
    from core.language.interface.inputs import Input
    from core.language.machine.outcome import Failure
    from core.language.program import Program


class WorkedOut(NamedTuple):
    """A value that the text says is the derivative of `of` by `by`; `of` is "" for that of the output."""

    name: str
    of: str
    by: str
    value: Any


@dataclass(frozen=True, eq=False)
class Passes:
    """What of a loop that trains a run is: the pass `at` a number, what comes "after" the loop, or "all" of it.

    There were `count` passes of the loop in `line`; `states` are the inputs of the run that are the loop's own numbers
    when the pass begins. `values` has them all, by the number of the pass; None is for when the loop was over.
    `has_after` tells whether the text's output is computed after the loop.
    """

    at: int | str
    count: int
    line: int
    states: tuple[str, ...]
    has_after: bool
    values: Mapping[int | None, Point]


@dataclass(frozen=True)
class Run:
    """A program's execution at one point, with everything recorded on the way.

    `inputs` maps each input's name to its entry (a name that is not watched has none); `target` is the entry of
    the output, None when no watched input reaches it.
    """

    program: Program
    point: Point
    tape: Tape
    inputs: dict[str, int]
    watched: frozenset[str]
    target: int | None
    value: Structure
    failure: Failure | None = None
    printed: str = ""
    target_name: str = ""
    skipped: tuple[Span, ...] = ()
    passes: Passes | None = None
    by_hand: tuple[WorkedOut, ...] = ()
    """What the text says are derivatives, in its order."""

    @property
    def work(self) -> int:
        """About how many entries' work it is to run this again: the passes before one run again with it."""
        if self.passes is None or self.passes.at == "all":
            return len(self.tape)
        return len(self.tape) * (self.passes.at if isinstance(self.passes.at, int) else self.passes.count)

    @property
    def unwatched(self) -> dict[str, int]:
        """The entries of the inputs that are not watched, by name."""
        return {self.tape.names[index]: index for index in sorted(self.tape.notes.unwatched)}

    def callers(self, index: int) -> tuple[Span, ...]:
        """The calls in the text that led to an entry, outermost first; the program's own function is called by none."""
        source = self.tape.provenances[index] if index < len(self.tape.provenances) else None
        sites = source.sites if source is not None else ()
        return tuple(site.span for site in (sites[1:] if self.program.interface.main_function is not None else sites))

    @property
    def target_label(self) -> str:
        """How the output is called on the tape."""
        return self.tape.label(self.target) if self.target is not None else self.target_name or self.program.output

    @property
    def seed(self) -> Adjoint:
        """The adjoint with which the reverse sweep starts: one for every element of the output."""
        return f.ones_like(self.tape.primals[self.target]) if self.target is not None else None

    def all_adjoints(self) -> list[Adjoint]:
        """The adjoint of every entry; None where the output does not depend on it."""
        if self.target is None or self.failure:
            return [None] * len(self.tape)
        return reverse(self.tape, {self.target: self.seed})

    def gradients(self, adjoints: list[Adjoint] | None = None) -> dict[str, Adjoint]:
        """The derivative of the output with respect to each input; None where the output does not depend on it.

        With `adjoints` no sweep is done again. Where the program asked its own tape, an input for which that tape knew
        no gradient has none here either.
        """
        if self.target is None or self.failure:
            return dict.fromkeys(self.program.input_names)
        adjoints = self.all_adjoints() if adjoints is None else adjoints
        refused = frozenset() if self.target_name else self.tape.notes.refused
        known = {name: index for name, index in self.inputs.items() if index not in refused}
        return {name: adjoints[known[name]] if name in known else None for name in self.program.input_names}


def run_at(
    program: Program, point: Point, watch: Collection[str], target: str | None, budget: Budget
) -> Run:
    """Run the program at a point that names all its inputs."""
    tape = Tape()
    watched = frozenset(watch) & set(point)
    tensors = {one.name: _input(tape, one, point[one.name], one.name in watched) for one in program.inputs}
    started, before = len(tape), set_recorders((tape,))
    try:
        outcome = program.execute(tensors, tape, budget=budget, target=target)
    finally:
        set_recorders(before)
    tape.mark(None)
    value = outcome.target_value
    aimed = program.view is not None and not program.view.asks
    index = target_index(tape, value, target is not None or aimed, started)
    _name_output(program, tape, index)
    indices = {name: tape.index_of(tensors[name]) for name in tensors if name in watched}
    return Run(
        program=program,
        point=point,
        tape=tape,
        inputs={name: index for name, index in indices.items() if index is not None},
        watched=watched,
        target=index,
        value=plain(value) if index is None else tape.primals[index],
        failure=outcome.failure,
        printed=outcome.printed,
        target_name=target or "",
        skipped=outcome.skipped,
        by_hand=tuple(
            WorkedOut(*one, plain(outcome.by_hand[one.name]))
            for one in program.interface.by_hand
            if one.name in outcome.by_hand
        ),
    )


def target_index(tape: Tape, value: Structure, chosen: bool, started: int) -> int | None:
    """The entry that is differentiated: the program's output, or what the program itself asks the gradient of.

    In the latter case the tape ends there, for what follows is the program's own computation of that gradient; but
    the entries with which it `started`, the inputs, all stay.
    """
    found = tape.index_of(value) if isinstance(value, Tensor) else None
    if chosen or not tape.notes.asked or _asked_again(tape, found):
        return found
    index = _asked_at_the_point(tape)
    tape.truncate(max(index + 1, started))
    return index


def _asked_again(tape: Tape, found: int | None) -> bool:
    """Whether the output is what the program asked the gradient of, computed once more: `loss(w)` after the descent."""
    last = tape.notes.asked[-1]
    if found is None or found <= last or found >= len(tape.provenances):
        return False
    one, other = tape.provenances[found], tape.provenances[last]
    return one is not None and other is not None and one.span is not None and one.span == other.span


def _asked_at_the_point(tape: Tape) -> int:
    """Of the values whose gradient the program asks for, the last computed from the inputs as the user set them.

    In a training loop that is the loss of the first pass: later passes read variables that were changed in between.
    """
    seen: set[str] = set()
    changed = {index for _, indices in tape.sources.values() for index in indices[1:]}
    for index in tape.inputs:
        name = tape.names.get(index)
        if name in seen:
            changed.add(index)
        elif name is not None:
            seen.add(name)
    changed |= tape.notes.by_hand
    changed.update(descendants(tape, changed))
    return next((index for index in reversed(tape.notes.asked) if index not in changed), tape.notes.asked[-1])


def plain(value: Structure) -> Structure:
    """The value, or a structure of values, without places on a tape; None for one nested beyond all use.

    What is neither a number nor a text, such as a function or an optimizer, is None too.
    """
    try:
        return map_structure(_plain_leaf, value)
    except RecursionError:
        return None


def _plain_leaf(leaf: object) -> Value | None:
    if isinstance(leaf, Tensor):
        return leaf.primal
    return leaf if isinstance(leaf, SHOWN) else None


SHOWN = (int, float, complex, str, np.ndarray, np.generic, set, range)


def _name_output(program: Program, tape: Tape, index: int | None) -> None:
    """An output without a name of its own is called as the function is, or f or y, unless that name is taken."""
    main = program.interface.main_function
    names = (main.name,) if main is not None else ("f", "y")
    free = [name for name in names if name not in {*program.input_names, *program.names}]
    if index is not None and free:
        tape.names.setdefault(index, free[0])


def _input(tape: Tape, one: Input, value: Value, watched: bool) -> Tensor:
    """The input as a tensor; whole numbers become floats, since derivatives need them.

    One that is not watched has an entry too, but no place there: what is computed from it remembers the cut. Only
    counts have none.
    """
    tensor = Tensor(value if isinstance(value, float) else np.asarray(value, dtype=float))
    if not watched and one.counts:
        return tensor
    if watched:
        place_on(tensor, tape, tape.add_input(tensor, tensor.primal))
        index = tensor.index
    else:
        index = tape.add_unwatched(tensor.primal)
        tensor.tape = Cut((Cause(Reason.NOT_WATCHED, one.name, ref(tape), index),))
    tape.names[index] = one.name
    tape.mark(Provenance(one.span))
    return tensor
