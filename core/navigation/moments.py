"""The functions of a moment: what is known of a run at a step, asked by entry, edge and line.

    contributions(w1) == 1 and next() == w1

These are what a breakpoint waits for and what a lesson's moments are anchored on: state, never the number of a step.
What is asked about a moment is a mapping with `timeline`, `step`, `places`, the quantities of the step, and `anchored`:
whether an entry's value counts only once it is computed, as it does where moments are looked for.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core.arithmetic import Known
from core.basics.words import say
from core.events import AdjointAccumulated, Event, TangentComputed
from core.navigation.grammar import Function
from core.navigation.logic import Unknown
from core.navigation.places import Edge, Line, Missing, Place


def entry(known: Known, text: str, which: float | None = None) -> Place:
    """The entry of that name or text."""
    return known["places"].entry(text, None if which is None else int(which))


def edge(known: Known, operand: Place, result: Place) -> Edge:
    """The way from an operand to what is computed from it; Missing where there is none."""
    slots_of(known, operand, result)
    return Edge(operand.index, result.index)


def target(known: Known) -> Place:
    """The entry that is differentiated."""
    index = known["timeline"].run.target
    if index is None:
        raise Missing(say("navigation.no-target", "The output depends on no watched input."))
    return Place(index)


def done(known: Known, what: Place | Line) -> bool:
    """Whether an entry, or everything in a line, is computed."""
    entries = known["places"].on_line(what.number) if isinstance(what, Line) else [what.index]
    return bool(np.all(known["timeline"].computed_at[entries] <= known["step"]))


def value(known: Known, one: Place) -> Any:
    """An entry's value."""
    timeline = known["timeline"]
    if known["anchored"] and timeline.computed_at[one.index] > known["step"]:
        raise Unknown(say("navigation.not-computed", "It is not computed yet."))
    return timeline.tape.primals[one.index]


def adjoint(known: Known, one: Place) -> Any:
    """What has arrived at an entry so far."""
    found = known["timeline"].frame(known["step"]).adjoint(one.index)
    if found is None:
        label = known["timeline"].tape.label(one.index)
        raise Unknown(say("navigation.nothing-arrived", "Nothing has arrived at {name} yet.", name=label))
    return found


def contributions(known: Known, one: Place) -> int:
    """How many contributions an entry has received so far."""
    return len(known["timeline"].frame(known["step"]).contributions(one.index))


def complete(known: Known, one: Place) -> bool:
    """Whether everything that an entry will receive is there."""
    steps, _ = known["timeline"].arrivals.get(one.index, ((), ()))
    return bool(steps) and steps[-1] <= known["step"]


def arrived(known: Known, operand: Place, result: Place) -> bool:
    """Whether an operand has received all that its result passes on to it."""
    steps = known["timeline"].step_of_contribution
    pulled = [steps.get((result.index, slot)) for slot in slots_of(known, operand, result)]
    return all(step is not None and step <= known["step"] for step in pulled)


def slots_of(known: Known, operand: Place, result: Place) -> list[int]:
    """The places in which an entry uses an operand; Missing where it does not."""
    tape = known["timeline"].tape
    operands = enumerate(tape.operands(result.index))
    found = [slot for slot, one in operands if one.__class__ is int and one == operand.index]
    if not found:
        raise Missing(
            say(
                "navigation.no-edge",
                "{result} is not computed from {operand} directly.",
                result=tape.label(result.index),
                operand=tape.label(operand.index),
            )
        )
    return found


# -- the sweeps ----------------------------------------------------------------------------------------------------


def is_turning(known: Known) -> bool:
    """Whether all values are known and nothing has gone on from there yet."""
    timeline, step = known["timeline"], known["step"]
    if step < timeline.forward_end:
        return False
    begun = timeline.later[: max(step - timeline.computed, 0)]
    return not any(isinstance(one, AdjointAccumulated | TangentComputed) for one in begun)


def _event(known: Known, step: int) -> Event:
    if not 1 <= step <= len(known["timeline"]):
        raise Unknown(say("navigation.no-step", "There is no such step."))
    return known["timeline"].event(step)


def _concerned(event: Event) -> Place:
    if event.index is None:
        raise Unknown
    return Place(event.index)


def _line(known: Known, event: Event) -> int:
    index = event.source if isinstance(event, AdjointAccumulated) else _concerned(event).index
    provenances = known["timeline"].tape.provenances
    found = provenances[index] if index < len(provenances) else None
    return found.span.line if found is not None and found.span is not None else 0


def source(known: Known) -> Place:
    """The entry from which the last contribution came."""
    event = _event(known, known["step"])
    if not isinstance(event, AdjointAccumulated):
        raise Unknown
    return Place(event.source)


FUNCTIONS: dict[str, Function] = {
    one.name: one
    for one in (
        Function("entry", ("word", "number?"), entry, "the entry of that name, or made by that piece of text; which"),
        Function("edge", ("entry", "entry"), edge, "the way from an operand to what is computed from it"),
        Function("line", ("number",), lambda known, number: Line(int(number)), "a line of the program"),
        Function("target", (), target, "the entry that is differentiated"),
        Function("next", (), lambda known: _concerned(_event(known, known["step"] + 1)),
                 "whom the next step concerns: computed, or receiving", "step"),
        Function("now", (), lambda known: _concerned(_event(known, known["step"])),
                 "whom the last step concerned", "step"),
        Function("source", (), source, "from whom the last contribution came", "step"),
        Function("next_line", (), lambda known: _line(known, _event(known, known["step"] + 1)),
                 "the line at work in the next step", "step"),
        Function("now_line", (), lambda known: _line(known, _event(known, known["step"])),
                 "the line at work in the last step", "step"),
        Function("start", (), lambda known: known["step"] == 0, "before everything", "sweep"),
        Function("forward", (), lambda known: 0 < known["step"] < known["timeline"].forward_end,
                 "in the forward sweep", "sweep"),
        Function("turn", (), is_turning, "all values are known, and nothing is pulled back yet", "sweep"),
        Function("reverse", (), lambda known: known["step"] > known["timeline"].forward_end,
                 "in the second sweep", "sweep"),
        Function("end", (), lambda known: known["step"] == len(known["timeline"]), "at the last step", "sweep"),
        Function("done", ("what",), done, "an entry, or everything in a line, is computed", "entry"),
        Function("arrived", ("entry", "entry"), arrived, "an operand has received what its result passes on", "entry"),
        Function("contributions", ("entry",), contributions, "how many contributions it has received so far", "entry"),
        Function("complete", ("entry",), complete, "everything that it will receive is there", "entry"),
        Function("value", ("entry",), value, "its value", "entry"),
        Function("adjoint", ("entry",), adjoint, "what has arrived at it so far", "entry"),
    )
}  # fmt: skip
