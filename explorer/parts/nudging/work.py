"""What a nudge moves, as texts for the nodes and as a sentence. Pure functions of a timeline."""

from typing import NamedTuple

import numpy as np

from core import notation
from core.basics.words import say
from core.notation.glossary import STEP
from core.replay.nudge import nudged
from core.timeline import Timeline


class Nudge(NamedTuple):
    """By entry how far it moves, as text, and what that says."""

    moves: dict[int, str]
    sentence: str


def nudge(timeline: Timeline, entry: int, by: float = STEP) -> Nudge:
    """Move an entry by a little and let all that depends on it follow."""
    tape, target = timeline.tape, timeline.run.target
    values = nudged(tape, entry, by)
    moves = {index: _moved(value, tape.primals[index]) for index, value in values.items()}
    label, output = tape.label(entry), timeline.run.target_label or "f"
    if target is None or target not in values:
        return Nudge(
            moves,
            say("nudging.nothing-moves", "Moving {label} by {by} moves {output} not at all.", label=label,
                by=notation.number(by), output=output),
        )  # fmt: skip
    moved = float(np.sum(np.asarray(values[target]) - np.asarray(tape.primals[target])))
    rate = moved / by
    return Nudge(
        moves,
        say(
            "nudging.moved",
            "Moving {label} by {by} moves {output} by {moved}: {rate} times as far.",
            label=label, by=notation.number(by), output=output, moved=notation.number(moved, 4),
            rate=notation.number(rate, 4),
        ),
    )  # fmt: skip


def _moved(after: object, before: object) -> str:
    """How far a value has moved, with its sign; of an array the largest move."""
    away = np.asarray(after, float) - np.asarray(before, float)
    if away.size == 0:
        return ""
    largest = float(away.flat[int(np.nanargmax(np.abs(away)))]) if np.isfinite(away).any() else float("nan")
    text = notation.number(largest, 3)
    return text if text.startswith("-") else f"+{text}"
