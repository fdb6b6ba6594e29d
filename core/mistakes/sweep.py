"""The wrong sweep: the right one with one thing changed, as events on the same tape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from core.events import AdjointAccumulated, AdjointCompleted, AdjointSeeded, Event
from core.mistakes.compare import same
from core.mistakes.kinds import Change, Mistake
from core.mistakes.rules import changed_contribution, changed_partial
from core.mistakes.single import in_single_precision, single_precision
from core.ops import INPUT
from core.sweeps import partial_of, pull_back
from core.tensor import as_result
from core.timeline import Timeline

if TYPE_CHECKING:
    from core.run import Run


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
            partial, change = partial_of(self.tape, source, slot), self._change(source, slot, cotangent, contribution)
            if change and partial is not None:
                partial = changed_partial(self.tape, source, slot, partial, change)
            yield AdjointAccumulated(index, source, slot, partial, contribution, before, after, change)

    def _change(self, source: int, slot: int, cotangent: Any, contribution: Any) -> Change:
        """What is wrong with the rule that made a contribution; nothing where the change makes no difference."""
        if self.mistake.kind != "wrong rule" or self.tape.ops[source].name != self.mistake.op:
            return ""
        right = pull_back(self.tape, source, slot, cotangent, self.tape.operand_values(source))
        return "" if same(right, contribution) else self.mistake.change

    def _contribution(self, source: int, slot: int, cotangent: Any, values: tuple[Any, ...]) -> Any:
        mistake = self.mistake
        if mistake.kind == "wrong rule" and self.tape.ops[source].name == mistake.op:
            return changed_contribution(self.tape, source, slot, cotangent, mistake.change)
        contribution = pull_back(self.tape, source, slot, cotangent, values)
        return (
            in_single_precision(contribution)
            if mistake.kind == "float32" and contribution is not None
            else contribution
        )
