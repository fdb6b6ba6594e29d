"""The reverse sweep done wrongly on purpose, as events on the same tape, to be shown beside the right one.

A wrong sweep is the right one with one thing changed, and its timeline can be shown by every view. Knows runs,
timelines and the engine's own pullbacks; knows nothing of drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from core.events import AdjointAccumulated, AdjointCompleted, AdjointSeeded, Event
from core.notation import bar, number
from core.ops import INPUT
from core.pullbacks import swap_last
from core.sweeps import partial_of, pull_back
from core.tape import NO_ATTRIBUTES, Tape
from core.tensor import as_result, compute
from core.timeline import Timeline

if TYPE_CHECKING:
    from core.record import Run

Kind = Literal["overwrite", "ascending", "too early", "no seed", "no zeroing", "wrong rule", "float32"]
Change = Literal["", "drop the slope", "drop the adjoint", "flip the sign", "swap the operands", "forget the transpose"]
CHANGES: tuple[Change, ...] = (
    "drop the slope",
    "drop the adjoint",
    "flip the sign",
    "swap the operands",
    "forget the transpose",
)


@dataclass(frozen=True)
class Mistake:
    """What is done wrongly; for a wrong rule also for which op and how."""

    kind: Kind
    op: str = ""
    change: Change = ""

    @property
    def title(self) -> str:
        """The mistake in a few words."""
        return TITLES[self.kind] if self.kind != "wrong rule" else f"{self.op}: {self.change}"


TITLES: dict[str, str] = {
    "overwrite": "= instead of +=",
    "ascending": "from the first entry to the last",
    "too early": "pull back before all contributions are in",
    "no seed": "forget the seed",
    "no zeroing": "forget to set the adjoints back to zero",
    "wrong rule": "a wrong rule",
    "float32": "compute in single precision",
}

REASONS: dict[str, str] = {
    "overwrite": "A value that is used several times receives a contribution from each use; with = only the last "
    "stays.",
    "ascending": "An adjoint must be complete before it is passed on; from the first entry to the last, nothing has "
    "arrived yet when an entry's turn comes.",
    "too early": "An entry that is pulled back at its first contribution passes on too little: those that arrive "
    "later are never passed on.",
    "no seed": "Every contribution is a multiple of the seed; without it they are all 0.",
    "no zeroing": "What the first call left in the inputs is still there when the second call adds its contributions.",
    "float32": "With 24 binary digits instead of 53 every operation rounds a hundred million times more coarsely.",
}

RULE_REASONS: dict[str, str] = {
    "drop the slope": "passes its adjoint on without multiplying it by the local slope",
    "drop the adjoint": "passes on the local slope without the adjoint that came from above",
    "flip the sign": "passes on every contribution with the wrong sign",
    "swap the operands": "gives each operand the slope that belongs to the other",
    "forget the transpose": "multiplies by the matrix itself where the rule has its transpose",
}


class Comparison(NamedTuple):
    """An entry's adjoint as it should be and as it came out."""

    entry: int
    right: Any
    wrong: Any
    differs: bool


# -- the wrong sweep -----------------------------------------------------------------------------------------------


def wrong_timeline(run: Run, mistake: Mistake) -> Timeline:
    """The run's steps with the mistake made in the reverse sweep (for float32, in both sweeps)."""
    if mistake.kind == "float32":
        run = replace(run, tape=single_precision(run.tape))
    if run.target is None or run.failure:
        return Timeline.of(run)
    with np.errstate(all="ignore"):
        return Timeline(run, list(_Wrong(run, mistake).events()))


class _Wrong:
    """One wrong sweep: adjoints so far, and the events in order."""

    def __init__(self, run: Run, mistake: Mistake) -> None:
        assert run.target is not None
        self.tape, self.target, self.mistake = run.tape, run.target, mistake
        self.adjoints: list[Any] = [None] * len(run.tape)
        self.seed = as_result(run.seed * 0.0 if mistake.kind == "no seed" else run.seed)
        self.run = run

    def events(self) -> Iterator[Event]:
        if self.mistake.kind == "no zeroing":
            gradients = self.run.gradients()
            for name, index in self.run.inputs.items():
                self.adjoints[index] = gradients[name]
        self.adjoints[self.target] = self.seed
        yield AdjointSeeded(self.target, self.seed)
        for source in self._order():
            if self.adjoints[source] is not None:
                if self.tape.ops[source] is INPUT:
                    yield AdjointCompleted(source, self.adjoints[source])
                yield from self._pulled_back(source)

    def _order(self) -> Iterable[int]:
        if self.mistake.kind == "ascending":
            return range(self.target + 1)
        return self._as_they_arrive() if self.mistake.kind == "too early" else range(self.target, -1, -1)

    def _as_they_arrive(self) -> Iterator[int]:
        """Each entry once, in the order in which a first contribution came; the inputs at the end."""
        waiting, seen, inputs = [self.target], {self.target}, []
        for source in waiting:
            if self.tape.ops[source] is INPUT:
                inputs.append(source)
                continue
            yield source
            arrived = [one for one in self.tape.operands(source) if one.__class__ is int and one not in seen]
            waiting += dict.fromkeys(arrived)
            seen.update(arrived)
        yield from inputs

    def _pulled_back(self, source: int) -> Iterator[AdjointAccumulated]:
        cotangent, values = self.adjoints[source], self.tape.operand_values(source)
        for slot, index in enumerate(self.tape.operands(source)):
            if index.__class__ is not int:
                continue
            contribution = self._contribution(source, slot, cotangent, values)
            if contribution is None:
                continue
            before = None if self.mistake.kind == "overwrite" else self.adjoints[index]
            self.adjoints[index] = after = contribution if before is None else before + contribution
            partial = partial_of(self.tape, source, slot)
            yield AdjointAccumulated(index, source, slot, partial, contribution, before, after)

    def _contribution(self, source: int, slot: int, cotangent: Any, values: tuple[Any, ...]) -> Any:
        mistake = self.mistake
        if mistake.kind == "wrong rule" and self.tape.ops[source].name == mistake.op:
            return changed_contribution(self.tape, source, slot, cotangent, mistake.change)
        contribution = pull_back(self.tape, source, slot, cotangent, values)
        return _single(contribution) if mistake.kind == "float32" and contribution is not None else contribution


# -- wrong rules ---------------------------------------------------------------------------------------------------


def changed_contribution(tape: Tape, source: int, slot: int, cotangent: Any, change: Change) -> Any:
    """The contribution to operand `slot` with the change; the right one where the change does not fit the shapes."""
    values = tape.operand_values(source)
    right = pull_back(tape, source, slot, cotangent, values)
    if right is None:
        return None
    try:
        wrong = _changed(tape, source, slot, cotangent, values, change, right)
    except (ValueError, IndexError):  # the shapes do not fit
        return right
    if wrong is None or np.shape(wrong) != np.shape(right):
        return right
    return as_result(wrong)


def _changed(
    tape: Tape, source: int, slot: int, cotangent: Any, values: tuple[Any, ...], change: Change, right: Any
) -> Any:
    elementwise = tape.ops[source].elementwise
    match change:
        case "flip the sign":
            return -right
        case "drop the slope":
            return _fitted(cotangent, np.shape(right))
        case "drop the adjoint":
            return pull_back(tape, source, slot, cotangent * 0 + 1.0, values)
        case "swap the operands" if len(values) == 2 and elementwise:
            return _fitted(cotangent * partial_of(tape, source, 1 - slot), np.shape(right))
        case "swap the operands" if len(values) == 2:
            return pull_back(tape, source, 1 - slot, cotangent, values)
        case "forget the transpose" if tape.ops[source].name == "matmul":
            other = values[1 - slot]
            return cotangent @ other if slot == 0 else other @ cotangent
        case "forget the transpose" if tape.ops[source].name == "transpose":
            return swap_last(right)
    return None


def _fitted(value: Any, shape: tuple[int, ...]) -> Any:
    """The value in the shape, repeated or summed where it has to be."""
    array = np.asarray(value)
    while array.ndim > len(shape):
        array = array.sum(axis=0)
    for axis, (have, want) in enumerate(zip(array.shape, shape)):
        if want == 1 and have != 1 and array.ndim == len(shape):
            array = array.sum(axis=axis, keepdims=True)
    return np.broadcast_to(array, shape)


def changes_for(run: Run, op: str) -> tuple[Change, ...]:
    """Those changes of the op's rule that make a difference in this run."""
    tape = run.tape
    places = [
        (source, slot)
        for source, row in enumerate(tape.ops)
        if row.name == op
        for slot, operand in enumerate(tape.operands(source))
        if operand.__class__ is int
    ]
    return tuple(change for change in CHANGES if any(_matters(tape, *place, change) for place in places))


def _matters(tape: Tape, source: int, slot: int, change: Change) -> bool:
    """Whether the change alters a contribution; tried with an adjoint that is not 1 anywhere."""
    size = max(int(np.size(tape.primals[source])), 1)
    cotangent = as_result(np.linspace(2.0, 3.0, size).reshape(np.shape(tape.primals[source])) * 1.0)
    right = pull_back(tape, source, slot, cotangent, tape.operand_values(source))
    if right is None:
        return False
    return not _same(right, changed_contribution(tape, source, slot, cotangent, change))


def mistakes_for(run: Run) -> tuple[Mistake, ...]:
    """Every mistake that can be made in this run, the plain ones first."""
    kinds: tuple[Kind, ...] = ("overwrite", "ascending", "too early", "no seed", "no zeroing", "float32")
    plain = tuple(Mistake(kind) for kind in kinds)
    names = dict.fromkeys(op.name for op in run.tape.ops if op is not INPUT)
    return plain + tuple(Mistake("wrong rule", name, change) for name in names for change in changes_for(run, name))


# -- single precision ----------------------------------------------------------------------------------------------


def single_precision(tape: Tape) -> Tape:
    """The same tape with every value computed and kept in single precision."""
    single = Tape()
    for index, op in enumerate(tape.ops):
        attributes = tape.attributes.get(index, NO_ATTRIBUTES)
        if op is INPUT:
            single.append(op, (), _single(tape.primals[index]))
            single.inputs.append(index)
            continue
        operands = [one if one.__class__ is int else _single(one) for one in tape.operands(index)]
        values = tuple(single.primals[one] if one.__class__ is int else one for one in operands)
        single.append(op, operands, _single(compute(op, values, attributes)), attributes)
    single.names = dict(tape.names)
    single.provenances = list(tape.provenances)
    return single


def _single(value: Any) -> Any:
    """The value in single precision; truth values and whole numbers as they are."""
    array = np.asarray(getattr(value, "primal", value))
    with np.errstate(all="ignore"):
        return array.astype(np.float32)[()] if array.dtype.kind == "f" else value


# -- right beside wrong --------------------------------------------------------------------------------------------


def comparisons(right: Timeline, wrong: Timeline) -> list[Comparison]:
    """For every entry of the tape its adjoint at the end, right and wrong."""
    good, bad = right.frame(len(right)), wrong.frame(len(wrong))
    rows = []
    for index in range(len(right.tape)):
        one, other = good.adjoint(index), bad.adjoint(index)
        rows.append(Comparison(index, one, other, not _same(one, other)))
    return rows


def first_wrong(right: Timeline, wrong: Timeline) -> int | None:
    """The entry at which the wrong sweep first goes astray, in the order of the right sweep; None if it never does.

    Where values already differ (single precision) it is the first entry with another value.
    """
    for index, (one, other) in enumerate(zip(right.tape.primals, wrong.tape.primals)):
        if not _same(one, other):
            return index
    return next((row.entry for row in reversed(comparisons(right, wrong)) if row.differs), None)


def _same(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    return np.shape(one) == np.shape(other) and bool(np.array_equal(one, other, equal_nan=True))


def why_wrong(mistake: Mistake, right: Timeline, wrong: Timeline) -> str:
    """One sentence on what the mistake does here, and why."""
    entry = first_wrong(right, wrong)
    if mistake.kind == "wrong rule":
        reason = f"The rule of `{mistake.op}` {RULE_REASONS[mistake.change]}."
    else:
        reason = REASONS[mistake.kind]
    if entry is None:
        return f"{reason} In this program nothing goes wrong by it."
    label = right.tape.label(entry)
    if not _same(right.tape.primals[entry], wrong.tape.primals[entry]):
        value, other = right.tape.primals[entry], wrong.tape.primals[entry]
        return f"{reason} It first shows at {label}: {number(other, 17)} instead of {number(value, 17)}."
    value = right.frame(len(right)).adjoint(entry)
    other = wrong.frame(len(wrong)).adjoint(entry)
    shown = "gets nothing" if other is None else f"is {number(other)}"
    return f"{reason} It first shows at {label}: {bar(label)} {shown} instead of {number(value)}."
