"""What a program says itself: what it prints, why it stops, and why a gradient is what it is."""

from __future__ import annotations

import re

from core.basics.words import say
from core.lessons.functions.numbers import gradient
from core.lessons.study import Known
from core.navigation.grammar import Function
from core.navigation.logic import Unknown
from core.navigation.places import Place
from core.why import why_none, why_not_finite, why_zero

NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|nan|inf)(?![\w])")


def printed(known: Known, line: float | None = None) -> str:
    """Everything that the program prints, or one line of it; lines count from 1."""
    text = known["study"].run.printed.rstrip("\n")
    return text if line is None else _of(text.split("\n"), line)


def number_printed(known: Known, which: float) -> float:
    """One of the numbers in what the program prints; they count from 1."""
    return float(_of(NUMBER.findall(known["study"].run.printed), which))


def _of(items: list[str], which: float) -> str:
    place = int(which) - (which > 0)
    if not -len(items) <= place < len(items):
        raise Unknown(say("lessons.not-printed", "The program does not print that much."))
    return items[place]


def failure(known: Known) -> str:
    """The sentence with which the program stopped; "" where it came to its end."""
    stopped = known["study"].run.failure
    return "" if stopped is None else str(stopped.message)


def why(known: Known, one: Place) -> str:
    """The kind of reason for which the gradient by an input is what it is."""
    run = known["study"].run
    label = known["timeline"].tape.names.get(one.index, "")
    if gradient(known, one) is None:
        answer = why_none(run, label)
    else:
        answer = why_not_finite(run, known["timeline"], one.index) or why_zero(run, one.index)
    return str(answer.kind) if answer is not None else "fine"


FUNCTIONS = (
    Function("printed", ("number?",), printed, "what the program prints, or one line of it"),
    Function("number_printed", ("number",), number_printed, "one of the numbers in what it prints"),
    Function("failure", (), failure, 'the sentence with which it stopped, "" if it did not'),
    Function("why", ("entry",), why, "the kind of reason for which its gradient is what it is"),
)
