"""Checking that a tape is a tape: what every recorded run fulfils, and one made elsewhere has to.

A reader of tapes relies on this: operands come before their users, so one loop is a sweep; labels are unique, so a
name means one entry; places in the text can be shown. Knows tapes and the op table; computes no derivative.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from core.basics.span import Span
from core.basics.words import say, say_many
from core.custom import CustomOp
from core.op import Op
from core.ops import INPUT, table
from core.ops.chosen import VARIANTS
from core.tape import Provenance, Tape

NUMBERS = (float, int, complex, np.generic, np.ndarray)


class InvalidTape(ValueError):
    """What is wrong with a tape, as a sentence that says at which entry."""


def validate(tape: Tape, text: str | None = None) -> None:
    """Raise InvalidTape for the first thing wrong with the tape; with `text` also for a place outside of it."""
    for problem in problems(tape, text):
        raise InvalidTape(problem)


def problems(tape: Tape, text: str | None = None) -> Iterator[str]:
    """Everything wrong with the tape, one sentence each, in the order of the entries."""
    wrong_lengths = list(_lengths(tape))
    if wrong_lengths:  # without columns of one length there are no entries to look at
        yield from wrong_lengths
        return
    lines = None if text is None else text.split("\n")
    for index in range(len(tape)):
        for problem in (*_operation(tape, index), *_value(tape, index), *_place(tape, index, lines)):
            yield say(
                "tape.entry",
                "entry {index} ({op}): {problem}",
                index=index,
                op=getattr(tape.ops[index], "name", "?"),
                problem=problem,
            )
    yield from _names(tape)
    yield from _scalar(tape)
    yield from _tables(tape)


def _lengths(tape: Tape) -> Iterator[str]:
    """The columns, which are read side by side."""
    count = len(tape.primals)
    for column in ("ops", "first", "second"):
        length = len(getattr(tape, column))
        if length != count:
            yield say(
                "tape.column-entries-values",
                "the column `{column}` has {length} entries, but there are {count} values",
                column=column,
                length=length,
                count=count,
            )
    if len(tape.provenances) > count:
        yield say(
            "tape.column-provenances-entries-values",
            "the column `provenances` has {count} entries, but there are {other} values",
            count=len(tape.provenances),
            other=count,
        )


# -- one entry -----------------------------------------------------------------------------------------------------


def _operation(tape: Tape, index: int) -> Iterator[str]:
    """The op, its operands and its attributes."""
    op = tape.ops[index]
    if not isinstance(op, Op) or not _known(op):
        yield say("tape.no-operation-name-op", "no operation of this name is in the op table")
        return
    yield from _operands(tape, index)
    missing = set(op.attributes) - set(tape.attributes.get(index, ()))
    if missing:
        yield say("tape.attribute-missing", "the attribute `{name}` is missing", name=min(missing))
    surplus = set(tape.attributes.get(index, ())) - set(op.attributes)
    if surplus:
        yield say("tape.operation-no-attribute", "the operation has no attribute `{name}`", name=min(surplus))


def _known(op: Op) -> bool:
    return op is INPUT or table.get(op.name) is op or op in VARIANTS or isinstance(op, CustomOp)


def _operands(tape: Tape, index: int) -> Iterator[str]:
    """As many as the op takes, each a constant or an entry before this one."""
    op, stored = tape.ops[index], (tape.first[index], tape.second[index], *tape.more.get(index, ()))
    given = [operand for operand in stored if operand is not None]
    wanted = 0 if op is INPUT else op.arity
    if wanted is None:
        if not given:
            yield say("tape.operation-no-operands", "the operation has no operands")
    elif len(given) != wanted or any(operand is None for operand in stored[:wanted]):
        yield say(
            "tape.operation-takes-recorded",
            "the operation takes {counted}, but {count} are recorded",
            counted=_counted(wanted),
            count=len(given),
        )
    for slot, operand in enumerate(given):
        if operand.__class__ is int:
            if not 0 <= operand < index:
                yield say(
                    "tape.operand-entry-not-come",
                    "operand {slot} is entry {operand}, which does not come before it",
                    slot=slot,
                    operand=operand,
                )
            elif tape.ops[operand] is INPUT and operand in tape.notes.unwatched:
                yield say(
                    "tape.operand-entry-input-not",
                    "operand {slot} is entry {operand}, an input that is not watched",
                    slot=slot,
                    operand=operand,
                )
        elif not _is_value(getattr(operand, "primal", operand)):
            yield say(
                "tape.operand-constant-type-not",
                "operand {slot} is a constant of type {operand}, which is not a number or an array",
                slot=slot,
                operand=type(operand).__name__,
            )


def _counted(wanted: int) -> str:
    return say_many("tape.operands", "{count} operand", "{count} operands", wanted)


def _value(tape: Tape, index: int) -> Iterator[str]:
    primal = tape.primals[index]
    if not _is_value(primal):
        yield say(
            "tape.value-type-not-number",
            "its value is of type {kind}, which is not a number or an array",
            kind=type(primal).__name__,
        )


def _is_value(value: object) -> bool:
    return isinstance(value, NUMBERS) and not (isinstance(value, np.ndarray) and value.dtype.hasobject)


def _place(tape: Tape, index: int, lines: list[str] | None) -> Iterator[str]:
    """Where in a program the entry comes from."""
    provenance = tape.provenances[index] if index < len(tape.provenances) else None
    if provenance is None:
        return
    if not isinstance(provenance, Provenance):
        yield say(
            "tape.provenance-type", "its provenance is of type {provenance}", provenance=type(provenance).__name__
        )
        return
    for span in (provenance.span, *(site.span for site in provenance.sites)):
        if span is not None:
            yield from _span(span, lines)
    if len(provenance.sites) != len(provenance.call_stack):
        yield say(
            "tape.calls-around-places",
            "it has {count} calls around it, but places for {other}",
            count=len(provenance.call_stack),
            other=len(provenance.sites),
        )


def _span(span: object, lines: list[str] | None) -> Iterator[str]:
    if not isinstance(span, Span):
        yield say("tape.span-type", "its span is of type {span}", span=type(span).__name__)
    elif min(span) < 1 or (span.end_line, span.end_column) < (span.line, span.column):
        yield say(
            "tape.span-ends-before-begins",
            "its span {span} ends before it begins, or begins before the text",
            span=tuple(span),
        )
    elif lines is not None and (span.end_line > len(lines) or span.end_column > len(lines[span.end_line - 1]) + 1):
        yield say(
            "tape.span-reaches-beyond-end", "its span {span} reaches beyond the end of the text", span=tuple(span)
        )


# -- the whole tape ------------------------------------------------------------------------------------------------


def _names(tape: Tape) -> Iterator[str]:
    """Labels are the names of entries on the screen and in what is printed."""
    first: dict[str, int] = {}
    for index in range(len(tape)):
        label = tape.label(index)
        if label in first:
            yield say(
                "tape.entry-same-name-entry",
                "entry {index}: it has the same name as entry {first}, `{label}`",
                index=index,
                first=first[label],
                label=label,
            )
        first.setdefault(label, index)


def _scalar(tape: Tape) -> Iterator[str]:
    """A tape that says it is of floats alone is swept by a loop that relies on it; what is not watched it skips."""
    swept = (index for index in range(len(tape)) if index not in tape.notes.unwatched)
    for index in swept if tape.scalar else ():
        constants = [item for item in tape.operands(index) if item.__class__ is not int]
        if any(value.__class__ is not float for value in (tape.primals[index], *constants)):
            yield say(
                "tape.entry-tape-says-all",
                "entry {index}: the tape says that all its values are floats, but this entry has others",
                index=index,
            )


def _tables(tape: Tape) -> Iterator[str]:
    """What is said of entries beside the columns says it of entries that exist."""
    if tape.inputs != [index for index, op in enumerate(tape.ops) if op is INPUT]:
        yield say(
            "tape.inputs-said-entries-others",
            "the inputs are said to be the entries {inputs}, but others are recorded as inputs",
            inputs=tape.inputs,
        )
    notes = tape.notes
    mentioned: dict[str, Iterable[int]] = {
        "more": tape.more, "attributes": tape.attributes, "names": tape.names, "elsewhere": tape.elsewhere,
        "sources": [index for _, read in tape.sources.values() for index in read], "cuts": notes.cuts,
        "departures": notes.departures, "converted": notes.converted, "looked_at": notes.looked_at,
        "keys": {*notes.keys, *notes.picking},
        "unwatched": notes.unwatched, "asked": notes.asked, "refused": notes.refused,
        "through": [*notes.through, *notes.through.values()],
        "guards": [side for one in notes.guards for side in (one.left, one.right) if side.__class__ is int],
    }  # fmt: skip
    for kind, indices in mentioned.items():
        for index in indices:
            if not 0 <= index < len(tape):
                yield say(
                    "tape.says-something-entry-entries",
                    "`{kind}` says something of entry {index}, but there are {count} entries",
                    kind=kind,
                    index=index,
                    count=len(tape),
                )
