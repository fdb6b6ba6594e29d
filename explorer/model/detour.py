"""Detours: other runs shown in the place of the session's, one made from the other.

A detour is the reverse sweep with a mistake made on purpose, or the reverse sweep opened as a program of its own.
Pure functions for a worker thread. Knows no widget.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from core.basics.words import say
from core.checking.timelines import Checks, check_adjoints
from core.events import AdjointAccumulated
from core.mistakes import Comparison, Mistake, comparisons, first_wrong, why_wrong, wrong_timeline
from core.notation import number
from core.run import Run
from core.second_derivatives.runs import RunAgain, differentiate_again
from core.timeline import Timeline
from explorer.drawing.measure import Measure, estimated
from explorer.drawing.picture import Picture, picture_of

LARGEST = 20_000
"""Entries of a run beyond which its reverse sweep is not opened: the longer tape has several times as many."""


@dataclass(frozen=True)
class SecondDerivative:
    """Differentiate once more: the gradient by an input, or one of its elements, becomes the output."""

    name: str
    element: tuple[int, ...] | None = None


Turn = Mistake | SecondDerivative


@dataclass(frozen=True, eq=False)
class Detour:
    """A run on the stage that is not the session's; it has what the stage asks the session for."""

    turn: Turn
    title: str
    sentence: str
    text: str
    timeline: Timeline
    picture: Picture
    checks: Checks = field(default_factory=dict)
    rows: tuple[Comparison, ...] = ()
    first: int | None = None
    stale: bool = False

    @property
    def run(self) -> Run:
        """The run that is shown."""
        return self.timeline.run

    @property
    def broken(self) -> bool:
        """Whether what is shown is wrong on purpose."""
        return isinstance(self.turn, Mistake)

    def as_done(self, formula: str) -> str:
        """A step's formula as the mistake has it done."""
        overwritten = isinstance(self.turn, Mistake) and self.turn.kind == "overwrite"
        return formula.replace("+=", "=") if overwritten else formula

    def as_told(self, step: int, sentence: str) -> str:
        """A step's sentence with what the mistake makes of it."""
        event, told = self.timeline.event(step), say(
            "model.broken-purpose",
            "✗ Broken on purpose: {sentence}",
            sentence=sentence
        )
        overwrites = isinstance(self.turn, Mistake) and self.turn.kind == "overwrite"
        if not overwrites or not isinstance(event, AdjointAccumulated):
            return told
        before = self.timeline.frame(step - 1).adjoint(event.index)
        return told if before is None else say(
            "model.overwritten",
            "{told} The {before} that was there is overwritten.",
            told=told,
            before=number(before)
        )


def follow(
    timeline: Timeline, picture: Picture, turns: Sequence[Turn], checks: Checks | None = None
) -> tuple[tuple[Detour, ...], str]:
    """One detour for each turn, each made from the one before; and why the last of them could not be made, or ""."""
    made: list[Detour] = []
    for turn in turns:
        try:
            if isinstance(turn, Mistake):
                detour = broken(timeline, picture, turn, checks or {})
            else:
                detour = opened_sweep(timeline, turn, picture.measure)
        except ValueError as error:
            return tuple(made), f"{str(error)[:1].upper()}{str(error)[1:]}."
        made.append(detour)
        timeline, picture, checks = detour.timeline, detour.picture, {}
    return tuple(made), ""


def broken(timeline: Timeline, picture: Picture, mistake: Mistake, checks: Checks) -> Detour:
    """The reverse sweep with the mistake; the entry that first goes wrong is marked as failed."""
    wrong = wrong_timeline(timeline.run, mistake)
    first = first_wrong(timeline, wrong)
    rows = tuple(comparisons(timeline, wrong))
    if first is not None:
        wrong = wrong.with_failure(first, _goes_wrong_at(timeline, wrong, first))
    sentence = why_wrong(mistake, timeline, wrong)
    drawn = picture_of(wrong, picture, measure=picture.measure)
    text, judged = timeline.run.program.text, check_adjoints(wrong, checks)
    return Detour(mistake, mistake.title, sentence, text, wrong, drawn, judged, rows, first)


def _goes_wrong_at(right: Timeline, wrong: Timeline, entry: int) -> int:
    """The step of the wrong sweep at which the entry first has what it should not have."""
    if not np.array_equal(right.tape.primals[entry], wrong.tape.primals[entry], equal_nan=True):
        return int(wrong.computed_at[entry])
    steps, _ = wrong.arrivals.get(entry, ([], []))
    return steps[-1] if steps else len(wrong)


def opened_sweep(timeline: Timeline, turn: SecondDerivative, measure: Measure = estimated) -> Detour:
    """The run followed by its reverse sweep, with a gradient as output."""
    if len(timeline.tape) > LARGEST:
        raise ValueError(say(
            "model.more-than-entries-reverse",
            "with more than {limit:,} entries the reverse sweep is too long to be opened",
            limit=LARGEST
        ))
    run = differentiate_again(timeline.run, turn.name, turn.element)
    if run.target is None:
        raise ValueError(say(
            "model.derivative-same-everywhere-differentiating",
            "the derivative by {name} is the same everywhere, so differentiating it again gives 0",
            name=turn.name
        ))
    longer = Timeline.of(run)
    return Detour(turn, run.target_label, _opened(run), run.program.text, longer, picture_of(longer, measure=measure))


def _opened(run: RunAgain) -> str:
    count = len(run.tape) - run.border
    return (
        say(
            "model.first-entries-program-after",
            "The first {border} entries are the program; the {count} after them are its reverse sweep, recorded "
            "like any program. The output is now {target_label}, and its reverse sweep gives second derivatives.",
            border=run.border,
            count=count,
            target_label=run.target_label
        )
    )


