"""Other runs than the one that is looked at: at another point, after a wrong sweep, after steps of training."""

from __future__ import annotations

from typing import Any, get_args

from core.arithmetic import Formula
from core.basics.errors import ProgramError
from core.basics.words import alternatives, say
from core.lessons.study import Known, Study
from core.mistakes import CHANGES, Change, Kind, Mistake
from core.navigation.grammar import Function
from core.navigation.logic import Unknown


def at(known: Known, formula: Formula, **point: Any) -> Any:
    """What a formula gives where some inputs are others."""
    return formula(_in(known["study"].elsewhere(point), known))


def wrong(known: Known, name: str, formula: Formula, op: str = "", change: str = "") -> Any:
    """What a formula gives after the reverse sweep was done wrongly."""
    return formula(_in(known["study"].after(read_mistake(name, op, change)), known))


def read_mistake(name: str, op: str = "", change: str = "") -> Mistake:
    """The mistake of that name; raises ProgramError where there is none."""
    kinds: tuple[Kind, ...] = get_args(Kind)
    kind = next((one for one in kinds if one == name), None)
    if kind is None:
        raise ProgramError(
            say("lessons.no-sweep-mistake", "There is no mistake `{name}`; there are {known}.",
                name=name, known=alternatives(kinds))
        )  # fmt: skip
    changed: Change = next((one for one in CHANGES if one == change), "")
    if kind == "wrong rule" and not (op and changed):
        raise ProgramError(
            say("lessons.which-rule", "A wrong rule needs the name of an operation and one of {known}.",
                known=alternatives(CHANGES))
        )  # fmt: skip
    return Mistake(kind, op, changed)


def loss(known: Known, step: float) -> float:
    """The loss after so many steps of training."""
    losses = known["study"].training.losses
    if not -len(losses) <= step < len(losses):
        raise Unknown(say("lessons.no-such-training-step", "The training has {count} losses.", count=len(losses)))
    return losses[int(step)]


def trained(known: Known, step: float, formula: Formula) -> Any:
    """What a formula gives at the point after so many steps of training; -1 is the last one."""
    training = known["study"].training
    count = len(training.losses)
    at_step = int(step) + (count if step < 0 else 0)
    if not 0 <= at_step < count:
        raise Unknown(say("lessons.no-such-training-step", "The training has {count} losses.", count=count))
    point = {name: value for name, value in training.at(at_step).items() if name in training.over}
    return formula(_in(known["study"].elsewhere(point), known))


def _in(study: Study, known: Known) -> Known:
    """What is known of another run; the learner stays the same."""
    return study.known(learner=known["learner"])


FUNCTIONS = (
    Function("at", ("formula", "point"), at, "the expression where inputs are others: at(value(f), w1=6)"),
    Function("wrong", ("word", "formula", "word?", "word?"), wrong,
             'the expression after a wrong sweep: "overwrite"; "wrong rule" takes an operation and a change'),
    Function("loss", ("number",), loss, "the loss after so many steps of training"),
    Function("losses", (), lambda known: len(known["study"].training.losses), "how many losses there are"),
    Function("trained", ("number", "formula"), trained, "the expression after so many steps of training; -1: the last"),
    Function("gradients_asked", (), lambda known: known["study"].training.evaluations,
             "how often the training asked for a gradient"),
)  # fmt: skip
