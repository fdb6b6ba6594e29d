"""The reason why a gradient is missing, found on the tape and in the cuts that values remember.

Knows tapes and tensors; computes no derivative.
"""

from typing import Any, NamedTuple

from core.basics.cuts import Cause, Cut, Reason
from core.basics.words import phrase, say
from core.dependence import ancestors
from core.tape import Tape
from core.tensor import Tensor, differentiable
from core.variable import Variable

SENTENCES = {
    Reason.CONNECTED: phrase("explain.connected", "The target depends on the source, and the tape can follow how."),
    Reason.NOT_WATCHED: phrase(
        "explain.not-watched",
        "The tape did not watch the source: call `tape.watch` before using it, or make it a variable.",
    ),
    Reason.STOPPED: phrase(
        "explain.stopped",
        "`{op}` was computed while the tape did not record; compute it inside the tape's `with` block.",
    ),
    Reason.CONSTANT: phrase("explain.constant", "The target was not computed from anything that the tape watches."),
    Reason.INTEGER: phrase(
        "explain.integer",
        "The path passes through whole numbers or truth values, which have no derivative.",
    ),
    Reason.DETACHED: phrase(
        "explain.detached",
        "A value on the way was read as a plain number or NumPy array, which no tape can follow.",
    ),
    Reason.STOP_GRADIENT: phrase("explain.stop-gradient", "`stop_gradient` cuts the path on purpose."),
    Reason.NO_DERIVATIVE: phrase("explain.no-derivative", "`{op}` has no derivative, so nothing flows through it."),
    Reason.ASSIGNED: phrase(
        "explain.assigned",
        "The value was assigned to a variable, and assignments are not differentiated.",
    ),
    Reason.REPLACED: phrase(
        "explain.replaced",
        "The source is no longer a variable but the result of `{op}`; use `assign` to change a variable.",
    ),
    Reason.NO_PATH: phrase("explain.no-path", "The target was computed without the source."),
    Reason.USED_UP: phrase(
        "explain.used-up",
        "The tape has freed its records; make it with persistent=True to ask it more than once.",
    ),
}


class Explanation(NamedTuple):
    """A reason, with the op and the entry of the tape where the path ends, if they are known."""

    reason: Reason
    sentence: str
    op: str = ""
    index: int | None = None  # type: ignore[assignment]


def explain(tape: Tape, target: Tensor, source: Tensor, used_up: bool = False) -> Explanation:
    """Why the tape gives no gradient of the target with respect to the source."""
    if used_up:
        return _because(Reason.USED_UP)
    if not differentiable(source.primal):
        return _because(Reason.INTEGER)
    places = set(tape.indices_of_source(source))
    top = tape.index_of(target)
    reached = set(ancestors(tape, [] if top is None else [top], flows=True))
    if target is source or places & reached:
        return _because(Reason.CONNECTED)
    causes = _causes(tape, target, reached)
    for cause in causes:
        if _leads_to(cause, tape, source, places):
            return _because(cause.reason, cause.op, cause.index)
    if not places:
        return _of_unwatched(source, top, causes)
    departures = sorted(tape.notes.departures)
    read = [index for index in departures if not places.isdisjoint(ancestors(tape, [index], flows=True))]
    if read:
        return _because(Reason.DETACHED, tape.ops[read[0]].name, read[0])
    if top is None:
        return _because(Reason.CONSTANT)
    late = top < min(places) and not isinstance(source, Variable) and min(places) in tape.inputs
    return _because(Reason.NOT_WATCHED if late else Reason.NO_PATH)


def _causes(tape: Tape, target: Tensor, reached: set[int]) -> list[Cause]:
    """Every cut on the way to the target."""
    cuts = [cut for index, cut in sorted(tape.notes.cuts.items()) if index in reached]
    if target.tape.__class__ is Cut:
        cuts.append(target.tape)
    return list(Cut.joined(cuts).causes) if cuts else []


def _leads_to(cause: Cause, tape: Tape, source: Tensor, places: set[int]) -> bool:
    if cause.variable is not None and cause.variable() is source:
        return True
    if cause.tape is None or cause.tape() is not tape or cause.index is None or cause.index >= len(tape):
        return False
    return not places.isdisjoint(ancestors(tape, [cause.index], flows=True))


def _of_unwatched(source: Tensor, top: int | None, causes: list[Cause]) -> Explanation:
    """The reason for a source that is nowhere on the tape."""
    if source.tape.__class__ is Cut:
        for cause in source.tape.causes:
            if cause.variable is not None:
                return _because(Reason.REPLACED, cause.op, cause.index)
    if top is None and not causes and isinstance(source, Variable) and source.trainable:
        return _because(Reason.CONSTANT)
    return _because(Reason.NOT_WATCHED)


def _because(reason: Reason, op: str = "", index: Any = None) -> Explanation:
    return Explanation(reason, SENTENCES[reason].say(op=op or say("explain.operation", "the operation")), op, index)
