"""Whether an answer is right, and if not, which misconception it shows.

A misconception is recognised by computing what it would give: each is the right rule with one thing done wrongly.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from core.basics.errors import ProgramError
from core.basics.words import Phrase, phrase, say, sentences
from core.notation import bar, number, shape_text
from core.quiz.answers import read_answer
from core.quiz.questions import Question
from core.sweeps import partial_of, pull_back
from core.tape import NO_ATTRIBUTES, Tape
from core.tensor import as_result, compute

TOLERANCE = 0.005
LARGEST_SUM = 7  # contributions of which every choice is tried
TOLERANCE_TEXT = say(
    "quiz.answer-counts-right-when", "An answer counts as right when it is off by no more than half a per cent."
)

MISCONCEPTIONS: dict[str, Phrase] = {
    "forgot to add": phrase(
        "quiz.used-several-places-contributions",
        "{label} is used in several places: the contributions of all of them are added up.",
    ),
    "forgot the upstream factor": phrase(
        "quiz.local-slope-alone-still",
        "That is the local partial alone: it still has to be multiplied by what arrives from above, {upstream}.",
    ),
    "forgot the local slope": phrase(
        "quiz.arrives-above-still-multiplied",
        "That is what arrives from above, {upstream}: it still has to be multiplied by the partial of this operation.",
    ),
    "swapped operands": phrase(
        "quiz.would-right-other-operand", "That would be right for the other operand: the two are swapped."
    ),
    "wrong sign": phrase("quiz.size-right-sign-not", "The size is right, but the sign is not."),
    "used the output for the input": phrase(
        "quiz.rule-takes-value-goes", "The rule takes the value that goes into the operation, not its result."
    ),
    "used the input for the output": phrase(
        "quiz.rule-takes-result-operation",
        "The rule takes the result of the operation, not the value that goes into it.",
    ),
    "forgot the transpose": phrase(
        "quiz.right-numbers-enter-matrix",
        "The right numbers enter, but a matrix must be transposed before it is multiplied.",
    ),
    "forgot to sum the broadcast axis": phrase(
        "quiz.repeated-shape-arrives-each",
        "{label} was repeated to the shape {shape}: what arrives at each of its copies is summed.",
    ),
    "multiplied the contributions": phrase(
        "quiz.contributions-added-not-multiplied", "The contributions are added, not multiplied."
    ),
}


@dataclass(frozen=True)
class Feedback:
    """What to say to an answer; `misconception` is one of MISCONCEPTIONS, or "" where none was recognised."""

    right: bool
    sentence: str
    misconception: str = ""
    value: Any = None


def check(question: Question, text: str) -> Feedback:
    """Judge an answer. What cannot be read is not right, and the sentence says why it cannot be read."""
    try:
        value = read_answer(text, question.known())
    except ProgramError as error:
        return Feedback(False, sentences(error.message, error.hint))
    if same(value, question.answer):
        return Feedback(True, say("quiz.right", "Right: {value}.", value=number(question.answer)), "", value)
    for name, wrong in misconceptions(question):
        if same(value, wrong) and not same(wrong, question.answer):
            return Feedback(False, _told(question, name), name, value)
    if np.shape(value) != np.shape(question.answer):
        wanted = shape_text(question.answer)
        if not wanted:
            return Feedback(False, say("quiz.wants-number", "The answer is a single number."), "", value)
        told = say("quiz.wants-array", "The answer is an array of shape {shape}.", shape=wanted)
        return Feedback(False, told, "", value)
    return Feedback(False, say("quiz.not-right", "That is not it."), "", value)


def same(one: Any, other: Any) -> bool:
    """Whether two answers agree within the tolerance, elementwise."""
    if np.shape(one) != np.shape(other):
        return False
    largest = float(np.max(np.abs(other), initial=0.0)) if np.all(np.isfinite(other)) else 0.0
    return bool(np.allclose(one, other, rtol=TOLERANCE, atol=1e-6 * largest, equal_nan=True))


def _told(question: Question, name: str) -> str:
    tape = question.timeline.tape
    source = question.source if question.source is not None else question.index
    upstream = _upstream(question)
    return MISCONCEPTIONS[name].say(
        label=tape.label(question.index),
        upstream=f"{bar(tape.label(source))} = {number(upstream)}"
        if upstream is not None
        else say("quiz.adjoint-above", "the adjoint above"),
        shape=shape_text(tape.primals[source]),
    )


# -- what each misconception gives ---------------------------------------------------------------------------------


def misconceptions(question: Question) -> Iterator[tuple[str, Any]]:
    """Pairs of a misconception and the answer that it would give here, the most telling first."""
    tape = question.timeline.tape
    with np.errstate(all="ignore"):
        if question.kind == "value":
            yield from _of_value(tape, question.index)
        elif question.kind == "partial":
            yield from _of_partial(tape, question)
        elif question.kind == "contribution":
            yield from _of_contribution(tape, question)
        else:
            yield from _of_sum(question)
        yield "wrong sign", -np.asarray(question.answer)


def _of_value(tape: Tape, index: int) -> Iterator[tuple[str, Any]]:
    values = tape.operand_values(index)
    if len(values) == 2:
        try:
            attributes = tape.attributes.get(index, NO_ATTRIBUTES)
            yield "swapped operands", compute(tape.ops[index], values[::-1], attributes)
        except (ValueError, IndexError, TypeError):
            return


def _of_partial(tape: Tape, question: Question) -> Iterator[tuple[str, Any]]:
    source, slot = _edge(question)
    other = 1 - slot
    if len(tape.operands(source)) == 2 and (partial := partial_of(tape, source, other)) is not None:
        yield "swapped operands", partial
    yield from _mixed_up(tape, source, slot)


def _of_contribution(tape: Tape, question: Question) -> Iterator[tuple[str, Any]]:
    source, slot = _edge(question)
    upstream, values = _upstream(question), tape.operand_values(source)
    op = tape.ops[source]
    partial = partial_of(tape, source, slot)
    if partial is not None or op.name == "broadcast_to":
        yield "forgot to sum the broadcast axis", upstream * (1.0 if partial is None else partial)
    yield "forgot the upstream factor", pull_back(tape, source, slot, _ones(upstream), values)
    yield "forgot the local slope", upstream
    if op.name == "matmul":
        yield from _untransposed(slot, upstream, values)
    if partial is not None:
        for name, wrong in _of_partial(tape, question):
            yield name, _summed(upstream * wrong, np.shape(values[slot]))


def _of_sum(question: Question) -> Iterator[tuple[str, Any]]:
    """For an adjoint or a gradient: what comes of using some of the contributions only, or multiplying them."""
    timeline = question.timeline
    arrived = [event.contribution for event in timeline.frame(len(timeline)).contributions(question.index)]
    if len(arrived) > 1:
        for chosen in _some_of(arrived[:LARGEST_SUM]):
            yield "forgot to add", sum(chosen[1:], start=chosen[0])
        product = arrived[0]
        for contribution in arrived[1:]:
            product = product * contribution
        yield "multiplied the contributions", product
    if len(arrived) == 1:
        event = timeline.frame(len(timeline)).contributions(question.index)[0]
        tape = timeline.tape
        values, upstream = tape.operand_values(event.source), timeline.frame(len(timeline)).adjoint(event.source)
        yield "forgot the upstream factor", pull_back(tape, event.source, event.slot, _ones(upstream), values)


def _some_of(contributions: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Every choice of some contributions, but not of all."""
    for count in range(1, len(contributions)):
        yield from combinations(contributions, count)


def _mixed_up(tape: Tape, source: int, slot: int) -> Iterator[tuple[str, Any]]:
    """The slope computed with the output in the place of the input, and the other way round."""
    function = tape.ops[source].partial_functions[slot]
    values, v = list(tape.operand_values(source)), tape.primals[source]
    if function is None:
        return
    for place, x in enumerate(values):
        with_output = [*values[:place], v, *values[place + 1 :]]
        yield "used the output for the input", as_result(function(v, *with_output))
        yield "used the input for the output", as_result(function(x, *values))


def _untransposed(slot: int, upstream: Any, values: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """A product of matrices pulled back without the transpose, or in the wrong order."""
    other = values[1 - slot]
    pairs = [(upstream, other), (other, upstream)] if slot == 0 else [(other, upstream), (upstream, other)]
    for left, right in pairs:
        try:
            yield "forgot the transpose", np.matmul(left, right)
        except ValueError:  # the shapes do not fit
            continue
    if np.ndim(other) == 2:
        for left, right in ((other.T, upstream), (upstream, other.T)):
            try:
                yield "forgot the transpose", np.matmul(left, right).T
            except ValueError:
                continue


def _edge(question: Question) -> tuple[int, int]:
    assert question.source is not None
    return question.source, question.slot


def _upstream(question: Question) -> Any:
    if question.source is None:
        return None
    return question.timeline.frame(question.step).adjoint(question.source)


def _ones(value: Any) -> Any:
    return as_result(np.ones(np.shape(value)))


def _summed(value: Any, shape: tuple[int, ...]) -> Any:
    """Summed back over the axes that broadcasting had added or stretched."""
    array = np.asarray(value)
    while array.ndim > len(shape):
        array = array.sum(axis=0)
    stretched = tuple(axis for axis, (have, want) in enumerate(zip(array.shape, shape)) if want == 1 and have != 1)
    return array.sum(axis=stretched, keepdims=True) if stretched else array
