"""Numbers of a run: partials, contributions, gradients, tangents, second derivatives. As they are in the end."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.basics.words import say
from core.lessons.study import Known, Study
from core.navigation.grammar import Function
from core.navigation.logic import Unknown
from core.navigation.moments import slots_of
from core.navigation.places import Missing, Place
from core.second_derivatives.matrices import jacobian as jacobian_of
from core.sweeps import partial_of, pull_back


def partial(known: Known, result: Place, operand: Place, which: float | None = None) -> Any:
    """The local partial of an entry with respect to an operand: in one of the places where it is used, or in all."""
    tape = known["timeline"].tape
    found = [partial_of(tape, result.index, slot) for slot in _slots(known, operand, result, which)]
    total: Any = 0.0
    for one in found:
        if one is None:
            label = tape.label(result.index)
            raise Unknown(
                say("lessons.no-partial", "{name} has no partial of one number for each element.", name=label)
            )
        total = total + one
    return total


def contribution(known: Known, operand: Place, result: Place, which: float | None = None) -> Any:
    """What an operand receives from an entry in the end."""
    study = known["study"]
    found = [_contribution(study, result.index, slot) for slot in _slots(known, operand, result, which)]
    return sum(found[1:], start=found[0])


def _contribution(study: Study, source: int, slot: int) -> Any:
    tape, adjoint = study.run.tape, study.adjoints[source]
    step = study.timeline.step_of_contribution.get((source, slot))
    if step is not None:
        return study.timeline.event(step).contribution  # type: ignore[union-attr] # those steps are contributions
    pulled = None if adjoint is None else pull_back(tape, source, slot, adjoint, tape.operand_values(source))
    if pulled is None:
        raise Unknown(say("lessons.nothing-passed", "{name} passes nothing on there.", name=tape.label(source)))
    return pulled


def _slots(known: Known, operand: Place, result: Place, which: float | None) -> list[int]:
    slots = slots_of(known, operand, result)
    if which is None:
        return slots
    if not 1 <= which <= len(slots):
        raise Missing(
            say("lessons.no-such-slot", "{operand} is used in {count} places there, not in {which}.",
                operand=known["timeline"].tape.label(operand.index), count=len(slots), which=int(which))
        )  # fmt: skip
    return [slots[int(which) - 1]]


def gradient(known: Known, one: Place) -> Any:
    """The derivative of the target by an entry; of an input what the run answers, None where it answers none."""
    study = known["study"]
    names = {index: name for name, index in study.run.inputs.items()} | {
        index: name for name, index in study.run.unwatched.items()
    }
    if one.index in names:
        return study.gradients.get(names[one.index])
    return study.adjoints[one.index]


def adjoint_final(known: Known, one: Place) -> Any:
    """The adjoint of an entry when the reverse sweep is over; None where nothing arrives."""
    return known["study"].adjoints[one.index]


def tangent(known: Known, one: Place, along: Place | None = None) -> Any:
    """How fast an entry moves along the lesson's direction, or along one input by 1; 0 where nothing moves it."""
    name = "" if along is None else _input(known, along)
    found = known["study"].tangents(name)[one.index]
    return np.zeros(np.shape(known["timeline"].tape.primals[one.index]))[()] if found is None else found


def _input(known: Known, one: Place) -> str:
    for name, index in known["timeline"].run.inputs.items():
        if index == one.index:
            return name
    raise Missing(
        say("lessons.not-an-input", "`{name}` is not a watched input.", name=known["timeline"].tape.label(one.index))
    )


def second(known: Known, first: Place, other: Place) -> Any:
    """The derivative of the gradient by the first input, by the other; None where the tape has no way."""
    again = known["study"].again(_input(known, first))
    return None if again is None else again.gradients().get(_input(known, other))


def hessian(known: Known) -> list[list[Any]]:
    """All second derivatives by the watched inputs."""
    study = known["study"]
    runs = [study.again(name) for name in study.run.inputs]
    return [[None if run is None else run.gradients().get(other) for other in study.run.inputs] for run in runs]


def jacobian(known: Known) -> list[list[float]]:
    """The derivative of every number of the output by every number of the watched inputs."""
    return jacobian_of(known["study"].run).values.tolist()


FUNCTIONS = (
    Function("partial", ("entry", "entry", "number?"), partial,
             "the local partial of the first by its operand; the place, where it is used in several"),
    Function("contribution", ("entry", "entry", "number?"), contribution,
             "what the first, an operand, receives from the second"),
    Function("gradient", ("entry",), gradient, "the derivative of the target by it; of an input what the run answers"),
    Function("adjoint_final", ("entry",), adjoint_final, "its adjoint when the sweep is over"),
    Function("tangent", ("entry", "entry?"), tangent, "its tangent along `along`, or along one input by 1"),
    Function("second", ("entry", "entry"), second, "a second derivative; None where the tape has no way"),
    Function("hessian", (), hessian, "all second derivatives by the inputs"),
    Function("jacobian", (), jacobian, "every number of the output by every number of the inputs"),
)  # fmt: skip
