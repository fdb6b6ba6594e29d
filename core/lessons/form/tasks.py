"""What a moment may ask for: questions, things to do, to break, to predict, to perform; from tables of the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.basics.errors import ProgramError
from core.basics.words import say
from core.lessons.form.table import Table
from core.lessons.functions import GRAMMAR, read
from core.lessons.functions.elsewhere import read_mistake
from core.lessons.lesson import (
    ASK_KINDS,
    GIVEN,
    STEP_SIZE,
    TRAINING_STEP,
    Ask,
    AskKind,
    Break,
    Do,
    Free,
    Given,
    Mistake,
    Perform,
    Predict,
    Task,
)
from core.lessons.mistakes import KNOWN
from core.lessons.prose import Prose
from core.navigation.grammar import Expression, Grammar

MOST_MISTAKES = 20
RUNGS = 3


def task_in(table: Table, name: str) -> Task:
    """The task of a moment, by the key that it stands under."""
    return TASKS[name](table.table(name))


def _ask(table: Table) -> Ask:
    table.only(("kind", "question", "answer", "within", "choices"))
    kind = _kind(table)
    question = table.prose("question")
    choices = table.texts("choices")
    if (kind == "choice") != bool(choices):
        raise table.refused("choices", say("lessons.choices", "`choices` belong to a question of kind `choice`."))
    answer: Expression | str | None
    if kind == "expression":
        answer = table.text("answer")
    elif kind == "next entry" and "answer" not in table.data:
        answer = None
    else:
        answer = table.expression("answer")
    return Ask(kind, question, answer, table.number("within", None), choices)


def _kind(table: Table) -> AskKind:
    word = table.one_of("kind", ASK_KINDS)
    return next(kind for kind in ASK_KINDS if kind == word)


def _do(table: Table) -> Do:
    table.only(("task", "until", "by", "program"))
    return Do(table.prose("task"), table.expression("until"), table.numbers("by"), table.text("program", ""))


def _break(table: Table) -> Break:
    table.only(("task", "mistake", "op", "change"))
    mistake, op, change = table.text("mistake"), table.text("op", ""), table.text("change", "")
    try:
        read_mistake(mistake, op, change)
    except ProgramError as error:
        raise table.refused("mistake", error.message) from None
    return Break(table.prose("task"), mistake, op, change)


def _predict(table: Table) -> Predict:
    table.only(("question", "curve", "over", "from", "to"))
    over = table.text("over")
    curve = table.text("curve")
    try:
        expression = read_curve(curve, over)
    except ProgramError as error:
        raise table.refused("curve", error.message) from None
    start, end = table.number("from"), table.number("to")
    if not start < end or over == STEP_SIZE and start <= 0:
        raise table.refused("from", say("lessons.curve-range", "A curve goes from a smaller number to a larger one."))
    return Predict(table.prose("question"), expression, over, start, end)


def read_curve(text: str, over: str) -> Expression:
    """The expression of a curve, in which what it runs over is a name."""
    if over not in (STEP_SIZE, TRAINING_STEP):
        return read(text)
    return Grammar(GRAMMAR.functions, {**GRAMMAR.names, over: lambda known: known[over]}).read(text)


def _free(table: Table) -> Free:
    table.only(("task", "try"))
    return Free(table.prose("task"), table.texts("try"))


def _perform(table: Table) -> Perform:
    table.only(("task", "given"))
    word = table.one_of("given", GIVEN, "none")
    given: Given = next(one for one in GIVEN if one == word)
    return Perform(table.prose("task"), given)


TASKS: dict[str, Callable[[Table], Task]] = {
    "ask": _ask,
    "do": _do,
    "break": _break,
    "predict": _predict,
    "free": _free,
    "perform": _perform,
}


def hints_in(table: Table) -> tuple[Prose, ...]:
    """The three rungs: where to look, which rule, the numbers in place."""
    texts = table.texts("hints")
    if texts and len(texts) != RUNGS:
        sentence = say("lessons.three-hints", "There are three hints: where to look, which rule, the numbers in place.")
        raise table.refused("hints", sentence)
    return tuple(table.prose_of("hints", text) for text in texts)


def mistakes_in(table: Table) -> tuple[Mistake, ...]:
    """The wrong answers that have a name."""
    asked = table.data.get("ask")
    is_formula = isinstance(asked, dict) and asked.get("kind") == "expression"
    return tuple(_mistake(one, is_formula) for one in table.tables("mistake", MOST_MISTAKES))


def _mistake(table: Table, is_formula: bool) -> Mistake:
    table.only(("name", "gives", "say"))
    name = table.text("name")
    told: Any = table.prose("say", None)
    if told is None and name not in KNOWN:
        sentence = say("lessons.unknown-mistake", "`{name}` is not a known mistake, and needs a `say`.", name=name)
        raise table.refused("name", sentence)
    return Mistake(name, table.text("gives") if is_formula else table.expression("gives"), told, table.spot("gives"))
