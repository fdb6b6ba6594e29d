"""Where the tape in the text watches other inputs than the user has chosen to watch, and why.

The user's choice says which inputs the run differentiates by; a program that opens a tape of its own has its own say.
Knows runs and the reading of a text; computes no derivative.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.basics.cuts import Reason
from core.basics.words import say
from core.why.answer import Answer
from core.why.kinds import DISAGREES
from core.why.missing import why_none
from core.why.reading import Reading

if TYPE_CHECKING:
    from core.language.interface.inputs import Input
    from core.run import Run

OPENING = ("GradientTape", "backward")  # without one of these a text opens no tape


def watch_disagreements(run: Run) -> dict[str, Answer]:
    """For each input that the program's own tape watches otherwise than the user has chosen: what that means."""
    if run.failure or not any(word in run.program.text for word in OPENING):
        return {}
    reading = Reading(run.program, run.skipped)
    found = {one.name: _disagreement(run, reading, one) for one in run.program.inputs}
    return {name: answer for name, answer in found.items() if answer is not None}


def _disagreement(run: Run, reading: Reading, one: Input) -> Answer | None:
    name, index = one.name, run.inputs.get(one.name)
    if index is not None and index in run.tape.notes.refused and not run.target_name:
        missing = why_none(run, name)
        if missing is None or missing.cause != Reason.NOT_WATCHED:
            return None
        sentence = say(
            "why.watch-tape-text-not",
            "You watch {name}, but the tape in the text does not, so its gradient is None there.",
            name=name,
        )
        return Answer(
            DISAGREES,
            sentence,
            say("why.watch-text-switch-off", "Watch {name} in the text, or switch it off here.", name=name),
            index,
            missing.span,
        )
    if name not in run.watched and _watched_by_the_text(reading, one):
        sentence = say(
            "why.not-watch-tape-text",
            "You do not watch {name}, but the tape in the text does, and finds a gradient all the same.",
            name=name,
        )
        return Answer(
            DISAGREES,
            sentence,
            say("why.switch-see", "Switch {name} on here to see it.", name=name),
            run.unwatched.get(name),
            one.span,
        )
    return None


def _watched_by_the_text(reading: Reading, one: Input) -> bool:
    """Whether a tape of the text watches an input whatever the user chose; variables follow the choice."""
    if one.kind == "variable":
        return False
    required = reading.found.backward is not None and one.watched and one.kind == "array"
    return required or any(one.name in tape.watched for tape in reading.found.tapes)
