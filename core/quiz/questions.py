"""Questions on a timeline: what a value, slope, contribution, adjoint or gradient will be. Knows no answers given.

Each belongs to the step that reveals it, and asks for what is not yet to be seen at the step before.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.basics.words import say
from core.events import AdjointAccumulated, AdjointCompleted, PrimalComputed
from core.notation import bar, entry_formula, operation, shape_text
from core.ops import INPUT
from core.sweeps import partial_of
from core.timeline import Timeline

KINDS = ("value", "partial", "contribution", "adjoint", "gradient")
CONCEPTS = {
    "value": "values",
    "partial": "local slopes",
    "contribution": "the chain rule",
    "adjoint": "adding up contributions",
    "gradient": "gradients",
}
LARGEST = 9  # elements of an answer


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked, and the right answer.

    `index` is the entry asked about; for slopes and contributions `source` and `slot` say on which edge. `step` is the
    step that reveals the answer. `hidden` names what must not be shown: pairs of "value", "partial", "contribution" or
    "adjoint" and an entry (for partials and contributions the source).
    """

    kind: str
    text: str
    answer: Any
    step: int
    index: int
    source: int | None = None
    slot: int = 0
    hidden: frozenset[tuple[str, int]] = frozenset()
    timeline: Timeline = field(repr=False, default=None)  # type: ignore[assignment]

    @property
    def concept(self) -> str:
        """Under which heading the answer counts."""
        return CONCEPTS[self.kind]

    @property
    def shape(self) -> str:
        """The shape of the answer, such as 2×3; nothing for a number."""
        return shape_text(self.answer)

    def known(self) -> dict[str, Any]:
        """Names that an answer may use: values so far by label, adjoints so far by barred label, without the answer."""
        frame, tape = self.timeline.frame(self.step - 1), self.timeline.tape
        names: dict[str, Any] = {}
        for index in range(len(tape)):
            for what, label, value in (
                ("value", tape.label(index), frame.primal(index)),
                ("adjoint", bar(tape.label(index)), frame.adjoint(index)),
            ):
                if value is not None and (what, index) not in self.hidden:
                    names[label] = value
        return names


def questions(timeline: Timeline, kinds: Collection[str] = KINDS) -> list[Question]:
    """Every question of these kinds, in the order of the steps; answers with many elements are not asked for."""
    asked = [one for step in range(1, len(timeline) + 1) for one in _at(timeline, step) if one.kind in kinds]
    return [one for one in asked if np.size(one.answer) <= LARGEST and np.all(np.isfinite(one.answer))]


def question_at(timeline: Timeline, step: int, kinds: Collection[str] = KINDS) -> Question | None:
    """The question to ask before the step is shown; None where there is nothing to predict."""
    asked = [one for one in _at(timeline, step) if one.kind in kinds and np.size(one.answer) <= LARGEST]
    return asked[-1] if asked else None


def _at(timeline: Timeline, step: int) -> list[Question]:
    event, tape = timeline.event(step), timeline.tape
    match event:
        case PrimalComputed(index) if tape.ops[index] is not INPUT:
            text = say(
                "quiz.ask-value",
                "{formula}. What is the value of {name}?",
                formula=entry_formula(tape, index),
                name=tape.label(index),
            )
            hidden = frozenset({("value", index)})
            return [Question("value", text, tape.primals[index], step, index, hidden=hidden, timeline=timeline)]
        case AdjointAccumulated():
            return [
                *_partial(timeline, step, event),
                _contribution(timeline, step, event),
                *_sum(timeline, step, event),
            ]
        case AdjointCompleted(index, value):
            target = timeline.run.target_label
            label = tape.label(index)
            text = say(
                "quiz.ask-gradient",
                "What is the derivative of {target} with respect to {name}?",
                target=target,
                name=label,
            )
            hidden = frozenset({("adjoint", index)})
            return [Question("gradient", text, value, step, index, hidden=hidden, timeline=timeline)]
    return []


def _partial(timeline: Timeline, step: int, event: AdjointAccumulated) -> list[Question]:
    tape = timeline.tape
    partial = partial_of(tape, event.source, event.slot)
    if partial is None or tape.ops[event.source].name in ("add", "sub", "neg", "identity"):
        return []
    label, source = tape.label(event.index), tape.label(event.source)
    operand = _which_operand(timeline, event)
    fields = {"source": source, "formula": operation(tape, event.source), "name": label}
    if operand:
        text = say(
            "quiz.ask-partial-of-operand",
            "{source} = {formula}. What is the partial of {source} with respect to {name}, as its {operand} operand?",
            operand=operand,
            **fields,
        )
    else:
        text = say(
            "quiz.ask-partial",
            "{source} = {formula}. What is the partial of {source} with respect to {name}?",
            **fields,
        )
    hidden = frozenset({("partial", event.source), ("contribution", event.source), ("adjoint", event.index)})
    return [Question("partial", text, partial, step, event.index, event.source, event.slot, hidden, timeline)]


def _contribution(timeline: Timeline, step: int, event: AdjointAccumulated) -> Question:
    tape = timeline.tape
    label, source = tape.label(event.index), tape.label(event.source)
    operand = _which_operand(timeline, event)
    fields = {"source": source, "formula": operation(tape, event.source), "adjoint": bar(source), "name": label}
    if operand:
        text = say(
            "quiz.ask-contribution-of-operand",
            "{source} = {formula}, and {adjoint} is known. What does {name} receive from {source}, as its {operand} "
            "operand?",
            operand=operand,
            **fields,
        )
    else:
        text = say(
            "quiz.ask-contribution",
            "{source} = {formula}, and {adjoint} is known. What does {name} receive from {source}?",
            **fields,
        )
    hidden = frozenset({("partial", event.source), ("contribution", event.source)})
    return Question(
        "contribution", text, event.contribution, step, event.index, event.source, event.slot, hidden, timeline
    )


def _sum(timeline: Timeline, step: int, event: AdjointAccumulated) -> list[Question]:
    """The question for the whole adjoint, asked at the last of several contributions."""
    arrived = timeline.frame(step).contributions(event.index)
    if len(arrived) < 2 or len(arrived) < timeline.frame(step).expected_contributions(event.index):
        return []
    label = timeline.tape.label(event.index)
    text = say(
        "quiz.ask-adjoint",
        "{name} receives {number} contributions. What is {adjoint} when all of them are in?",
        name=label,
        number=len(arrived),
        adjoint=bar(label),
    )
    hidden = frozenset({("adjoint", event.index), ("contribution", event.source)})
    return [Question("adjoint", text, event.after, step, event.index, event.source, event.slot, hidden, timeline)]


ORDINALS = (say("quiz.first", "first"), say("quiz.second", "second"), say("quiz.third", "third"))


def _which_operand(timeline: Timeline, event: AdjointAccumulated) -> str:
    """Which operand is meant, where the same entry is an operand twice; else nothing."""
    operands = timeline.tape.operands(event.source)
    same = [slot for slot, operand in enumerate(operands) if operand.__class__ is int and operand == event.index]
    return "" if len(same) == 1 else ORDINALS[event.slot % 3]
