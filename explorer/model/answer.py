"""The answer to a question: the run with its timeline and picture, or the problem for which there is none.

Pure, for a worker thread, and stopped by its budget; `study` works out what takes longer. Knows no widget.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from core import notation
from core.basics.budget import Budget
from core.basics.errors import ProgramError
from core.basics.words import say, sentences
from core.language import parse
from core.language.interface.first_values import is_free
from core.language.program import Program
from core.run import At, NoSuchPass, Run, is_telling, record
from core.timeline import Timeline
from core.why import watch_disagreements
from explorer.drawing.layout import LayoutCancelled
from explorer.drawing.measure import Measure, estimated
from explorer.drawing.picture import Picture, picture_of
from explorer.model.direction import direction_of
from explorer.model.question import Question
from explorer.model.values import Value


@dataclass(frozen=True, eq=False)
class Answer:
    """A run of the question, ready to be drawn; or the problem for which there is none."""

    question: Question
    run: Run | None = None
    timeline: Timeline | None = None
    picture: Picture | None = None
    problem: ProgramError | None = None
    warning: ProgramError | None = None
    disagreements: Mapping[str, str] = field(default_factory=dict)
    """By input, what to say where the program's own tape watches otherwise than the user has chosen."""


def answer(
    question: Question, previous: Answer | None = None, budget: Budget | None = None,
    tell: Callable[[str], object] = lambda stage: None, measure: Measure = estimated,
) -> Answer:  # fmt: skip
    """Parse, record, sweep and place. After a failure half-way there is a problem and a run, else one of them.

    `previous` is what was shown before, whose program, point and places of nodes are kept where they fit. `budget` is
    that of the question unless another, to be cancelled, is given. `tell` hears what is being done; `measure` tells
    how wide the texts of the graph are.
    """
    budget = (question.limits if budget is None else budget).begun()
    tell("recording")
    try:
        run = _run(question, previous, budget)
        # What a run has come to before its time was up is shown, for which there must be some time.
        budget = budget.for_the_rest() if run.failure else budget
        tell("sweeping")
        direction = direction_of(run, question.direction) if question.mode == "forward" else None
        timeline = Timeline.of(run, direction, budget.look)
        tell(say("model.placing-graph", "placing the graph"))
        old = previous.picture if previous else None
        picture = picture_of(timeline, old, lambda: budget.used_up() is not None, measure)
    except ProgramError as error:
        return Answer(question, problem=None if budget.cancelled else error)
    except LayoutCancelled:
        reason = None if budget.cancelled else budget.used_up()
        return Answer(question, problem=ProgramError(reason[0], None, reason[1]) if reason else None)
    except (MemoryError, RecursionError):
        return Answer(
            question,
            problem=ProgramError(
                say("model.not-enough-memory", "There is not enough memory for this."),
                None,
                say("model.make-smaller", "Make it smaller."),
            ),
        )
    except Exception as error:  # a fault of ours must not leave the window waiting for ever
        logging.exception("a program could not be shown")
        fault = ProgramError(
            say("model.could-not-be-shown", "This program could not be shown: {message}.", message=error),
            None,
            say("model.fault-ours-not-text", "The fault is ours, not the text's."),
        )
        return Answer(question, problem=fault)
    failure = run.failure
    problem = ProgramError(failure.message, failure.span) if failure else None
    return Answer(question, run, timeline, picture, problem, warning_of(timeline), _disagreements(run))


def _disagreements(run: Run) -> dict[str, str]:
    told = {}
    for name, answer in watch_disagreements(run).items():
        reason = answer.reason
        if answer.span is not None:
            reason = say("model.in-line", "{reason} (line {line}).", reason=reason.rstrip("."), line=answer.span.line)
        told[name] = sentences(reason, answer.remedy)
    return told


def warning_of(timeline: Timeline) -> ProgramError | None:
    """Where nan or infinity begins, if it does: the program ran, but its numbers are lost."""
    if not timeline.troubled:
        return None
    index = min(timeline.troubled)
    sentence = notation.sentence(timeline, int(timeline.computed_at[index]))
    return ProgramError(sentence, timeline.tape[index].span)


def _run(question: Question, previous: Answer | None, budget: Budget) -> Run:
    known = previous.run.program.whole if previous and previous.run else None
    program = known if known and known.text == question.text else parse(question.text)
    watch = [one.name for one in program.inputs if question.watch.get(one.name, one.watched)]
    output = question.output if question.output in program.names else None
    kept = _kept(program, previous.run.point if previous and previous.run else {})
    run = _recorded(program, {**kept, **question.point}, watch, output, budget, question.at)
    if kept.keys() <= question.point.keys() or is_telling(run) or budget.used_up():
        return run
    again = _recorded(program, question.point, watch, output, budget, question.at)
    return again if is_telling(again) else run


def _recorded(
    program: Program, point: Mapping[str, Value], watch: list[str], output: str | None, budget: Budget, at: At | None
) -> Run:
    """The run of the pass that is wanted; of the last one where the loop is shorter now."""
    try:
        return record(program, dict(point), watch, output, budget, at)
    except NoSuchPass:
        return record(program, dict(point), watch, output, budget, "last")


def _kept(program: Program, former: Mapping[str, Value]) -> dict[str, Value]:
    """The numbers that inputs without a value of their own had in the former run: they stay while one types."""
    free = [one.name for one in program.inputs if is_free(one)]
    return {name: former[name] for name in free if name in former and not np.ndim(former[name])}
