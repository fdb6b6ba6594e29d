"""Why a gradient is None: the exact break on the path from an input to the output, in the text and on the tape.

The text is read once more to find where the connection was lost; the run says whether there is anything to explain.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from core.breaks import Reason
from core.span import Span
from core.why.answer import Answer
from core.why.cuts import DECIDES, TEXT
from core.why.paths import path_between
from core.why.reading import Query, Reading, source_of
from core.why.values import Link, Value

if TYPE_CHECKING:
    from core.record import Run

# Reason: the sentence and its remedy. {name} is the source, {target} the output, {text} the marked piece of text.
WORDS: dict[str, tuple[str, str]] = {
    Reason.NOT_WATCHED: (
        "The tape does not watch {name}, so it keeps no record of what is computed from it.",
        "Watch {name} before it is used.",
    ),
    Reason.STOPPED: (
        "`{text}` is computed while the tape does not record, so the path from {name} to {target} breaks there.",
        "Compute it inside the tape's `with` block, outside any `stop_recording`.",
    ),
    Reason.CONSTANT: (
        "`{text}` is the same whatever the value of {name} is, so no derivative flows through it.",
        "Compute with the value of {name} itself.",
    ),
    Reason.STOP_GRADIENT: (
        "`{text}` cuts the path on purpose: what comes out of it counts as a constant.",
        "Use the value without it if the derivative is wanted.",
    ),
    Reason.INTEGER: (
        "`{text}` makes a whole number or truth value of what depends on {name}, and those have no derivative.",
        "Keep it a floating-point number.",
    ),
    Reason.NO_DERIVATIVE: (
        "`{text}` rounds: it is flat between its jumps, so no derivative flows through it.",
        "Leave the rounding out of what is differentiated.",
    ),
    Reason.DETACHED: (
        "`{text}` leaves the tape: it gives plain numbers, which no tape can follow.",
        "Use the value itself; the same functions work on it.",
    ),
    Reason.ASSIGNED: (
        "`{text}` stores a value in a variable, and a variable does not remember what it was computed from.",
        "Compute with the value directly instead of storing it.",
    ),
    Reason.REPLACED: (
        "`{text}` puts another value in the place of the one that depended on {name}.",
        "Give the new value a name of its own, or change a variable with `assign`.",
    ),
    Reason.NO_PATH: (
        "{target} is computed without {name}: no step leads from one to the other.",
        "Use {name} on the way to {target}, or ask for another output.",
    ),
    Reason.USED_UP: (
        "The tape was asked before and has freed its records: one that is not persistent answers only once.",
        "Make it with `persistent=True`, or ask for all gradients in one call.",
    ),
    DECIDES: (
        "{name} only decides, in `{text}`, what is computed; the result itself does not contain it.",
        "Let {name} enter a formula, for example through a smooth switch such as sigmoid.",
    ),
    TEXT: (
        "`{text}` makes text of the number, and text has no derivative.",
        "Compute with the number itself.",
    ),
    "failed": ("The program stopped before it had an output: {text}", "Put that right first."),
}


def why_none(run: Run, name: str) -> Answer | None:
    """Why the output has no gradient with respect to the input; None where it has one."""
    if run.failure:
        return _failed(run)
    if name not in run.program.input_names or run.gradients().get(name) is not None:
        return None
    reading = Reading(run.program, run.skipped)
    target = reading.target(run.target_name)
    if target.kind == "none":
        return _of_query(run, reading, target.content)
    if name not in run.watched:
        return _answer(run, reading, name, Link(Reason.NOT_WATCHED), _target_text(run))
    return _answer(run, reading, name, _link(reading, target, name), _target_text(run))


def why_none_in_text(run: Run) -> tuple[Answer, ...]:
    """For every gradient that the text itself asks a tape for, and that is None: why."""
    reading = Reading(run.program, run.skipped)
    last = {(query.node, query.source_text): query for query in reading.queries}  # the last pass of a loop
    return tuple(_of_query(run, reading, query) for query in last.values())


def _failed(run: Run) -> Answer:
    failure = run.failure
    assert failure is not None
    last = len(run.tape) - 1 if len(run.tape) else None
    if "can only be used to compute one set" in failure.message:
        sentence, remedy = WORDS[Reason.USED_UP]
        return Answer(Reason.USED_UP, sentence, remedy, last, failure.span)
    sentence, remedy = WORDS["failed"]
    return Answer("failed", sentence.format(text=failure.message), remedy, last, failure.span)


def _target_text(run: Run) -> str:
    return run.target_name or run.program.output or "the output"


def _link(reading: Reading, target: Value, name: str) -> Link:
    """Where the connection was lost; the text may also have put something else in its place."""
    link = target.link(name)
    if link is not None and not link.flows:
        return link
    lost = reading.overwritten.get(name)
    if lost is not None and (link is not None or target.link(source_of(lost.name, lost.node)) is not None):
        return Link(Reason.REPLACED, lost.node)
    if link is not None:
        chosen = [one.node for one in reading.choices if (taken := one.link(name)) is not None and taken.flows]
        return Link(DECIDES, chosen[-1]) if chosen else Link(Reason.NO_PATH)
    return Link(Reason.NO_PATH)


def _of_query(run: Run, reading: Reading, query: Query) -> Answer:
    link = query.link
    name = query.source_text
    if link is None:
        link = _link(reading, query.target, query.source.source)
    target = query.node.args[0] if isinstance(query.node, ast.Call) and query.node.args else None
    text = ast.unparse(target) if target is not None else "the target"
    return _answer(run, reading, name, link, text, query.node)


def _answer(run: Run, reading: Reading, name: str, link: Link, target: str, query: ast.AST | None = None) -> Answer:
    node = link.node if link.node is not None and hasattr(link.node, "lineno") else None
    text = reading.places.text_of(node) if node is not None else name
    sentence, remedy = WORDS[link.reason]
    start = run.inputs.get(name)
    if node is None:
        return Answer(
            link.reason,
            sentence.format(name=name, target=target, text=text),
            remedy.format(name=name, target=target),
            start,
            _span_of_source(run, reading, name, query),
        )
    index = _entry_at(run, reading, node, start)
    return Answer(
        link.reason,
        sentence.format(name=name, target=target, text=text),
        remedy.format(name=name, target=target),
        index,
        reading.places.of(node),
        path_between(run.tape, start, index),
    )


def _span_of_source(run: Run, reading: Reading, name: str, query: ast.AST | None) -> Span | None:
    for one in run.program.inputs:
        if one.name == name:
            return one.span
    return reading.places.of(query) if query is not None else None


def _entry_at(run: Run, reading: Reading, node: ast.AST, start: int | None) -> int | None:
    """The last entry before the break: made by the marked text itself, or by what it names; else the input's."""
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
