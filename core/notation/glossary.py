"""The words of automatic differentiation, each explained in two sentences, with a number of the run at hand.

Pure functions of a frame and the entry that is looked at. Knows no widget.
"""

from collections.abc import Callable

import numpy as np

from core.basics.words import say
from core.events import AdjointAccumulated
from core.notation.entries import shape_text
from core.notation.numbers import number
from core.notation.styles import PLAIN
from core.timeline import Frame

STEP = 0.01
"""How far an entry is moved in examples."""


def explained(word: str, frame: Frame | None, entry: int | None) -> str:
    """What a word means, with an example where the frame has one; nothing for words that are not explained here."""
    if word not in WORDS:
        return ""
    meaning, example = WORDS[word]
    shown = example(frame, entry) if frame is not None and entry is not None else ""
    return f"{meaning} {shown}".rstrip()


def word_in(text: str) -> str:
    """The word that a piece of text is a form of; nothing where it is none of them."""
    bare = text.strip(".,:;!?()'\"").lower()
    for ending in ("", "s", "ed", "es", "ing"):
        stem = bare.removesuffix(ending) if ending else bare
        if stem in WORDS:
            return stem
    return {"broadcasting": "broadcast", "watches": "watched", "gradient": "adjoint"}.get(bare, "")


def _output(frame: Frame) -> str:
    return frame.timeline.run.target_label or "f"


def _adjoint(frame: Frame, entry: int) -> str:
    value, label = frame.adjoint(entry), frame.timeline.tape.label(entry)
    if value is None or np.ndim(value):
        return _moved_by(frame, frame.timeline.run.target, 1.0)
    return _moved_by(frame, entry, float(value)) if label else ""


def _moved_by(frame: Frame, entry: int | None, value: float) -> str:
    if entry is None:
        return ""
    label = frame.timeline.tape.label(entry)
    return say(
        "notation.glossary-adjoint-example",
        "{bar} = {value}: moving {label} by {step} moves {output} by about {moved}.",
        bar=PLAIN.bar(label), value=number(value, 4), label=label, step=number(STEP), output=_output(frame),
        moved=number(value * STEP, 4),
    )  # fmt: skip


def _primal(frame: Frame, entry: int) -> str:
    value, label = frame.primal(entry), frame.timeline.tape.label(entry)
    if value is None:
        return say("notation.glossary-primal-later", "{label} is computed later.", label=label)
    shown = shape_text(value) if np.ndim(value) else number(value)
    return say("notation.glossary-primal-example", "Here {label} = {value}.", label=label, value=shown)


def _event(frame: Frame, entry: int) -> AdjointAccumulated | None:
    """A contribution to show: that of the step, else one of the entry's, else the first there is."""
    if isinstance(frame.event, AdjointAccumulated):
        return frame.event
    arrived = frame.contributions(entry)
    if arrived:
        return arrived[-1]
    later = frame.timeline.later
    return next((one for one in later if isinstance(one, AdjointAccumulated)), None)


def _partial(frame: Frame, entry: int) -> str:
    event = _event(frame, entry)
    if event is None or event.partial is None or np.ndim(event.partial):
        return ""
    label = frame.timeline.tape.label
    return say(
        "notation.glossary-partial-example",
        "Moving {operand} by {step} moves {result} by about {moved}: the partial is {partial}.",
        operand=label(event.index), result=label(event.source), step=number(STEP), partial=number(event.partial, 4),
        moved=number(float(event.partial) * STEP, 4),
    )  # fmt: skip


def _pullback(frame: Frame, entry: int) -> str:
    event = _event(frame, entry)
    if event is None or np.ndim(event.contribution):
        return ""
    label = frame.timeline.tape.label
    return say(
        "notation.glossary-pullback-example",
        "Here {operand} receives {contribution} through {result}.",
        operand=label(event.index), result=label(event.source), contribution=number(event.contribution, 4),
    )  # fmt: skip


def _tangent(frame: Frame, entry: int) -> str:
    if frame.timeline.second_sweep != "tangent" or frame.adjoint(entry) is None or np.ndim(frame.adjoint(entry)):
        return say("notation.glossary-tangent-example", "Forward mode (M) shows tangents of this run.")
    label, value = frame.timeline.tape.label(entry), frame.adjoint(entry)
    return say(
        "notation.glossary-tangent-here",
        "{dot} = {value}: {step} along the direction moves {label} by about {moved}.",
        dot=PLAIN.dot(label), value=number(value, 4), label=label, step=number(STEP), moved=number(value * STEP, 4),
    )  # fmt: skip


def _seed(frame: Frame, _: int) -> str:
    return say("notation.glossary-seed-example", "Here it is {bar} = 1.", bar=PLAIN.bar(_output(frame)))


def _tape(frame: Frame, _: int) -> str:
    return say("notation.glossary-tape-example", "This one has {count:,} entries.", count=len(frame.timeline.tape))


def _watched(frame: Frame, _: int) -> str:
    names = ", ".join(name for name in frame.timeline.run.inputs if name in frame.timeline.run.watched)
    return say("notation.glossary-watched-example", "Watched here: {names}.", names=names or "–")


def _persistent(frame: Frame, _: int) -> str:
    count = len(frame.timeline.tape)
    return say(
        "notation.glossary-persistent-example",
        "An ordinary one has given up its {count:,} entries by the end of the reverse sweep.",
        count=count,
    )


def _sweep(frame: Frame, _: int) -> str:
    forward = frame.timeline.forward_end
    return say(
        "notation.glossary-sweep-example",
        "Here the first takes {forward:,} steps, the second {second:,}.",
        forward=forward, second=len(frame.timeline) - forward,
    )  # fmt: skip


def _broadcast(frame: Frame, _: int) -> str:
    shapes = [np.shape(value) for value in frame.timeline.tape.primals if np.ndim(value)]
    if not shapes:
        return say("notation.glossary-broadcast-none", "In this run every value is a single number.")
    largest = max(shapes, key=len)
    return say("notation.glossary-broadcast-example", "Here values have shapes such as {shape}.", shape=largest)


WORDS: dict[str, tuple[str, Callable[[Frame, int], str]]] = {
    "adjoint": (
        say("notation.glossary-adjoint", "An adjoint says how far the output moves for each unit that an entry moves."),
        _adjoint,
    ),
    "primal": (say("notation.glossary-primal", "A primal is the value of an entry, from the forward sweep."), _primal),
    "partial": (
        say(
            "notation.glossary-partial",
            "A partial is how far the result of one operation moves for each unit that one operand moves, the others "
            "at rest.",
        ),
        _partial,
    ),
    "tangent": (
        say(
            "notation.glossary-tangent",
            "A tangent says how fast an entry moves while the inputs move along a direction.",
        ),
        _tangent,
    ),
    "pullback": (
        say(
            "notation.glossary-pullback",
            "A pullback takes the adjoint of a result back to an operand: it multiplies it by the partial.",
        ),
        _pullback,
    ),
    "seed": (
        say(
            "notation.glossary-seed",
            "The seed is the adjoint that a reverse sweep begins with: the output moves one for one with itself.",
        ),
        _seed,
    ),
    "tape": (
        say("notation.glossary-tape", "The tape is the list of all operations, in the order in which they ran."),
        _tape,
    ),
    "watched": (
        say(
            "notation.glossary-watched",
            "A watched input is one whose derivative is asked for, so the tape follows it.",
        ),
        _watched,
    ),
    "persistent": (
        say(
            "notation.glossary-persistent",
            "A persistent tape keeps what it recorded, so that it can be asked for gradients more than once.",
        ),
        _persistent,
    ),
    "sweep": (
        say(
            "notation.glossary-sweep",
            "A sweep goes through the tape once: forward for values, then back for adjoints or forward for tangents.",
        ),
        _sweep,
    ),
    "broadcast": (
        say(
            "notation.glossary-broadcast",
            "To broadcast is to repeat a smaller array until shapes fit; on the way back the adjoints of all copies "
            "add up.",
        ),
        _broadcast,
    ),
}
"""By word: what it means, and an example from a frame and an entry."""
