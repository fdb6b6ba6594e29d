"""Why a gradient is None: the exact cut on the path from an input to the output, in the text and on the tape.

The text is read once more to find where the connection was lost; the run says whether there is anything to explain.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from core.basics.cuts import Reason
from core.basics.span import Span
from core.basics.words import Message, say
from core.dependence import shortest_route
from core.gradient_tape import USED_UP
from core.language.abstract.cutting import COUNTS, DECIDES
from core.language.abstract.dependence import source_of
from core.language.abstract.links import Link, Query, Value
from core.why.answer import Answer
from core.why.kinds import BETWEEN, FAILED, NO_LONGER_VARIABLE, SEVERAL, WHOLE
from core.why.particular import particular
from core.why.reading import Reading
from core.why.troubles import DOMAIN, EMPTY, SINGULAR
from core.why.whole import whole_call, with_points
from core.why.words import WORDS, words_for

if TYPE_CHECKING:
    from core.run import Run


class Asked(NamedTuple):
    """What was asked about: the source and the target as they are called, and where the text itself asks."""

    name: str
    target: str
    query: ast.AST | None = None
    former: bool = False


def why_none(run: Run, name: str) -> Answer | None:
    """Why the output has no gradient with respect to the input; None where it has one."""
    if run.failure:
        return _failed(run)
    if name not in run.program.input_names or run.gradients().get(name) is not None:
        return None
    reading = Reading(run.program, run.skipped)
    target = reading.target(run.target_name)
    made = whole_call(run.program, name)
    if made is not None:
        return _whole(run, reading, name, made)
    refused = run.inputs.get(name) in run.tape.notes.refused
    backward = reading.found.backward
    cut = None if backward is None else backward.link(name)
    if not run.target_name and (refused or cut is not None and not cut.flows):
        asked = [query for query in reading.found.queries if query.source.source == name]
        if refused and asked:
            return _of_query(run, reading, asked[-1])
        if backward is not None:
            return _answer(
                run,
                reading,
                Asked(name, say("why.backward-starts", "what `backward()` starts from")),
                _left_out(reading, name),
            )
    if target.kind == "none":
        return _of_query(run, reading, target.content)
    if isinstance(run.value, list | tuple | dict | set | str):
        sentence, remedy = WORDS[SEVERAL]
        text = say("why.a-kind", "a {kind}", kind=type(run.value).__name__)
        return Answer(SEVERAL, sentence.say(text=text), remedy.say(), run.inputs.get(name))
    if name in run.watched:
        link = _link(reading, target, name)
    else:
        counts = any(one.name == name and one.counts for one in run.program.inputs)
        used = target.link(name)
        if used is not None and used.reason in (COUNTS, DECIDES):
            link = used
        else:
            link = Link(COUNTS if counts else Reason.NOT_WATCHED)
    return _answer(run, reading, Asked(name, _target_text(run)), link)


def _left_out(reading: Reading, name: str) -> Link:
    """Why `backward()` gives an input nothing: a cut in the text, or what was computed under `no_grad`."""
    assert reading.found.backward is not None
    link = reading.found.backward.link(name)
    if link is None or not link.flows:
        return _link(reading, reading.found.backward, name)
    return Link(Reason.STOPPED, _under_no_grad(reading.program.tree))


def _under_no_grad(tree: ast.AST) -> ast.AST | None:
    """The first value that is given a name under `no_grad`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.With) and any("no_grad" in ast.unparse(item.context_expr) for item in node.items):
            return next((one.value for one in node.body if isinstance(one, ast.Assign)), None)
    return None


def why_none_in_text(run: Run) -> tuple[Answer, ...]:
    """For every gradient that the text itself asks a tape for, and that is None: why."""
    reading = Reading(run.program, run.skipped)
    last = {(query.node, query.source_text): query for query in reading.found.queries}  # the last pass of a loop
    return tuple(_of_query(run, reading, query) for query in last.values())


def _whole(run: Run, reading: Reading, name: str, made: ast.Call) -> Answer:
    text = reading.places.text_of(made)
    reason, remedy = (one.say(name=name, text=text, pointed=with_points(made)) for one in WORDS[WHOLE])
    return Answer(WHOLE, reason, remedy, run.inputs.get(name), reading.places.of(made))


def _failed(run: Run) -> Answer:
    failure = run.failure
    assert failure is not None
    last = len(run.tape) - 1 if len(run.tape) else None
    if isinstance(failure.message, Message) and failure.message.id == USED_UP.id:
        sentence, remedy = WORDS[Reason.USED_UP]
        return Answer(Reason.USED_UP, sentence.say(), remedy.say(), last, failure.span)
    sentence, remedy = WORDS[FAILED]
    cause = NUMERICAL.get(getattr(failure.message, "id", ""), FAILED)
    told = failure.hint if cause != FAILED else remedy.say()
    return Answer(cause, sentence.say(text=failure.message), told, last, failure.span)


NUMERICAL = {
    "language.matrix-singular-determinant-0": SINGULAR,
    "language.not-positive-definite": DOMAIN,
    "language.nothing-to-reduce": EMPTY,
}
"""Failures for which the numbers are the cause, by their messages."""


def _target_text(run: Run) -> str:
    return run.target_name or run.program.output or say("why.output", "the output")


def _link(reading: Reading, target: Value, name: str) -> Link:
    """Where the connection was lost; the text may also have put something else in its place."""
    link = target.link(name)
    if link is not None and not link.flows:
        return link
    chosen = [one.node for one in reading.found.choices if (taken := one.link(name)) is not None and taken.flows]
    if link is not None and chosen:  # the text alone does not tell which of several values was taken
        return Link(DECIDES, chosen[-1])
    lost = reading.found.overwritten.get(name)
    if lost is not None and (link is not None or target.link(source_of(lost.name, lost.node)) is not None):
        return Link(Reason.REPLACED, lost.node)
    return Link(Reason.NO_PATH if link is None else BETWEEN)  # the text uses it: only how is not known


def _of_query(run: Run, reading: Reading, query: Query) -> Answer:
    made = whole_call(run.program, query.source.source)
    if made is not None:
        return _whole(run, reading, query.source_text, made)
    link = query.link or _link(reading, query.target, query.source.source)
    target = query.node.args[0] if isinstance(query.node, ast.Call) and query.node.args else None
    text = ast.unparse(target) if target is not None else say("why.target", "the target")
    former = link.reason == Reason.REPLACED and bool(query.source.former)
    return _answer(run, reading, Asked(query.source_text, text, query.node, former), link)


def _answer(run: Run, reading: Reading, asked: Asked, link: Link) -> Answer:
    node = link.node if hasattr(link.node, "lineno") else None
    words = {
        "name": asked.name,
        "target": asked.target,
        "text": reading.places.text_of(node) if node is not None else asked.name,
    }
    cause = NO_LONGER_VARIABLE if asked.former else link.reason
    told = particular(link) or words_for(run.program.text)[cause]
    reason, remedy = (one.say(**words) for one in told)
    start = run.inputs.get(asked.name)
    if node is None:
        return Answer(link.reason, reason, remedy, start, _span_of_source(run, reading, asked))
    index = _entry_at(run, reading, node, start)
    path = () if index is None else (start is not None and shortest_route(run.tape, start, index)) or (index,)
    return Answer(link.reason, reason, remedy, index, reading.places.of(node), path)


def _span_of_source(run: Run, reading: Reading, asked: Asked) -> Span | None:
    for one in run.program.inputs:
        if one.name == asked.name:
            return one.span
    return reading.places.of(asked.query) if asked.query is not None else None


def _entry_at(run: Run, reading: Reading, node: ast.AST, start: int | None) -> int | None:
    """The last entry before the cut: made by the marked text itself, or by what it names; else the input's."""
    span = reading.places.of(node)
    inside = [
        index
        for index, provenance in enumerate(run.tape.provenances)
        if provenance is not None and provenance.span is not None and _within(provenance.span, span)
    ]
    if inside:
        return inside[-1]
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    named = [index for index, name in run.tape.names.items() if name in names]
    return max(named, default=start)


def _within(inner: Span, outer: Span) -> bool:
    return outer[:2] <= inner[:2] and inner[2:] <= outer[2:]
