"""Which "why" questions arise at an entry or an input, each with its answer from `core.why`.

Pure functions for a worker thread. Knows no widget.
"""

from dataclasses import dataclass, replace

import numpy as np

from core.basics.words import say
from core.dependence import descendants
from core.notation import number
from core.run import Run
from core.timeline import Timeline
from core.why import (
    FINE,
    OWN_RULE,
    Answer,
    Elsewhere,
    Touched,
    conventions_at,
    told_elsewhere,
    why_large,
    why_none,
    why_not_finite,
    why_small,
    why_zero,
)

LARGE, SMALL = 1e3, 1e-3
NOWHERE_ELSE = Elsewhere({}, "")


@dataclass(frozen=True)
class Told:
    """A question, and the answer to it."""

    question: str
    answer: Answer


@dataclass(frozen=True, eq=False)
class Reasons:
    """All that there is to ask at one place: `name` is how it is called, `index` its entry if it has one."""

    name: str
    index: int | None
    told: tuple[Told, ...]
    kinks: tuple[Touched, ...] = ()
    labels: tuple[str, ...] = ()
    elsewhere: Elsewhere = NOWHERE_ELSE

    @property
    def first(self) -> Answer | None:
        """The answer whose place is to be marked."""
        return self.told[0].answer if self.told else None


def reasons_for_input(timeline: Timeline, name: str) -> Reasons:
    """The questions about the gradient by an input."""
    run = timeline.run
    missing = why_none(run, name)
    index = run.inputs.get(name, run.unwatched.get(name))
    if missing is None and index is not None:
        return reasons_for_entry(timeline, index)
    told = (
        (
            Told(
                say(
                    "why.why-none",
                    "Why is ∂{target_label}/∂{name} none?",
                    target_label=run.target_label or "f",
                    name=name,
                ),
                missing,
            ),
        )
        if missing
        else ()
    )
    return Reasons(name, index, told, labels=_labels(run))


def reasons_for_entry(timeline: Timeline, index: int) -> Reasons:
    """The questions about an entry: none, not finite, zero, else how its size comes about; and kinks on the way."""
    run = timeline.run
    name = next((name for name, place in (*run.inputs.items(), *run.unwatched.items()) if place == index), "")
    if name and (missing := why_none(run, name)) is not None:
        told = (
            Told(
                say(
                    "why.why-none",
                    "Why is ∂{target_label}/∂{name} none?",
                    target_label=run.target_label or "f",
                    name=name,
                ),
                missing,
            ),
        )
        return Reasons(name, index, told, labels=_labels(run))
    found = _value(timeline, index)
    kinks, others = _kinks(run, index), told_elsewhere(run, index)
    return Reasons(run.tape.label(index), index, tuple(found), kinks, _labels(run), others)


def _value(timeline: Timeline, index: int) -> list[Told]:
    run, label = timeline.run, timeline.tape.label(index)
    slope = f"∂{run.target_label or 'f'}/∂{label}"
    if (answer := why_not_finite(run, timeline, index)) is not None:
        return [
            Told(
                say(
                    "why.why-not-finite",
                    "Why is {label} not finite?",
                    label=label if _not_finite(run, index) else slope,
                ),
                answer,
            )
        ]
    return [*_output(timeline), *_slope(timeline, index, slope)]


def _output(timeline: Timeline) -> list[Told]:
    """Why the output is not a number, if it is not: that comes first, for its gradients then say nothing."""
    run = timeline.run
    if run.target is None or not _not_finite(run, run.target):
        return []
    answer = why_not_finite(run, timeline, run.target)
    return (
        [Told(say("why.why-not-finite", "Why is {label} not finite?", label=run.tape.label(run.target)), answer)]
        if answer
        else []
    )


def _slope(timeline: Timeline, index: int, slope: str) -> list[Told]:
    run = timeline.run
    adjoint = timeline.frame(len(timeline)).adjoint(index)
    if adjoint is None:
        return [Told(say("why.why-slope-none", "Why is {slope} none?", slope=slope), _unreached(run, index))]
    if (answer := why_zero(run, index)) is not None:
        return [Told(say("why.why-zero", "Why is {slope} zero?", slope=slope), answer)]
    return _size(run, index, adjoint, slope)


def _not_finite(run: Run, index: int) -> bool:
    return not np.all(np.isfinite(run.tape.primals[index]))


def _unreached(run: Run, index: int) -> Answer:
    """For an entry that is not an input: nothing is wrong with the text, the output just does not use it."""
    label, target = run.tape.label(index), run.target_label or say("why.output-2", "The output")
    if run.failure:
        sentence = say(
            "why.program-stopped-before-had-output",
            "The program stopped before it had an output, so no sweep arrived at {label}.",
            label=label,
        )
        return Answer(
            "failed", sentence, say("why.correct-stopped", "Correct what stopped it."), index, run.tape[index].span
        )
    sentence = say(
        "why.computed-without-through-something",
        "{target} is computed without {label}, or through something that has no derivative.",
        target=target,
        label=label,
    )
    return Answer(
        "no path",
        sentence,
        say("why.use-way", "Use {label} on the way to {target}.", label=label, target=target),
        index,
        run.tape[index].span,
    )


def _size(run: Run, index: int, adjoint: object, slope: str) -> list[Told]:
    """How the size comes about: along the strongest path, its largest or its smallest factors first."""
    size = float(np.max(np.abs(np.asarray(adjoint)), initial=0.0))
    large = size >= 1.0
    answer = (why_large if large else why_small)(run, index)
    if answer is None:
        return []
    if answer.cause == OWN_RULE:
        return [Told(_question(slope, adjoint), answer)]
    if SMALL < size < LARGE:
        plain = replace(answer, cause=FINE, remedy="", index=index, span=run.tape[index].span)
        return [Told(_question(slope, adjoint), plain)]
    return [
        Told(
            say("why.why-large", "Why is {slope} so large?", slope=slope)
            if large
            else say("why.why-small", "Why is {slope} so small?", slope=slope),
            answer,
        )
    ]


def _question(slope: str, adjoint: object) -> str:
    return say("why.why-2", "Why is {slope} = {adjoint}?", slope=slope, adjoint=number(adjoint))


def _kinks(run: Run, index: int) -> tuple[Touched, ...]:
    """The kinks between the entry and the output, or at the entry itself."""
    after = descendants(run.tape, [index])
    return tuple(one for one in conventions_at(run) if one.index in after)


def _labels(run: Run) -> tuple[str, ...]:
    return tuple(run.tape.label(index) for index in range(len(run.tape)))
