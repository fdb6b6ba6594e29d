"""A concept inventory of differentiation by a tape: questions in which each wrong choice is what one mistake gives.

The items are data in TOML, like lessons; numbers are drawn by a seed, and every choice is computed. What somebody
chooses tells which mistakes he makes. Knows runs and expressions.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.basics.errors import ProgramError
from core.basics.words import say
from core.lessons.form.schema import ranges
from core.lessons.form.table import Table
from core.lessons.lesson import LessonError
from core.lessons.prose import Prose, shown
from core.lessons.reading import toml, whole_text
from core.lessons.study import Setting, Study, as_point
from core.lessons.variants import drawn_value
from core.navigation.grammar import Expression
from core.navigation.logic import Unknown
from core.navigation.places import Missing

MOST_ITEMS, MOST_WRONG = 100, 6
TRIES = 60
CHOICES = ("A", "B", "C", "D", "E", "F", "G")


@dataclass(frozen=True)
class Distractor:
    """A wrong choice: what somebody who makes the mistake takes for right, and what to say to him."""

    mistake: str
    gives: Expression
    say: Prose


@dataclass(frozen=True)
class Item:
    """A question before numbers are drawn."""

    concept: str
    program: str
    inputs: Mapping[str, Any]
    vary: Mapping[str, tuple[float, float, float]]
    question: Prose
    answer: Expression
    distractors: tuple[Distractor, ...]
    watch: tuple[str, ...] | None = None
    of: str = ""


@dataclass(frozen=True)
class Choice:
    """One choice: how it reads, whose it is ("" for the right one), and what is said to it."""

    text: str
    mistake: str = ""
    say: str = ""


@dataclass(frozen=True)
class Question:
    """A question with its numbers and its choices in the order in which they are shown."""

    concept: str
    program: str
    point: str
    text: str
    choices: tuple[Choice, ...]

    @property
    def right(self) -> int:
        """The place of the right choice."""
        return next(place for place, choice in enumerate(self.choices) if not choice.mistake)

    def place_of(self, mistake: str) -> int:
        """What somebody with the mistake chooses: the right choice where the mistake makes no difference."""
        return next((place for place, one in enumerate(self.choices) if one.mistake == mistake), self.right)


@dataclass(frozen=True)
class Diagnosis:
    """What a sheet of choices shows: how many are right, and how often each mistake was made where it could be."""

    right: int
    made: Mapping[str, int] = field(default_factory=dict)
    possible: Mapping[str, int] = field(default_factory=dict)

    @property
    def likeliest(self) -> str:
        """The mistake that was made most often where it could be made, "" for none; ties go to the one made more."""
        found = [(count / self.possible[name], count, name) for name, count in self.made.items() if count]
        return max(found)[2] if found else ""


def items_from_file(path: str | Path) -> tuple[Item, ...]:
    """The items of a file; raises LessonError."""
    data, places = toml(whole_text(Path(path)))
    top = Table(data, (), places)
    top.only(("inventory", "item"))
    if data.get("inventory") != 1:
        raise LessonError(say("lessons.no-inventory", "This is not an inventory of version 1."))
    return tuple(_item(one) for one in top.tables("item", MOST_ITEMS))


def _item(table: Table) -> Item:
    table.only(("concept", "program", "inputs", "vary", "watch", "of", "question", "answer", "wrong"))
    return Item(
        concept=table.text("concept"),
        program=table.text("program").strip("\n"),
        inputs=table.numbers("inputs"),
        vary=ranges(table),
        question=table.prose("question"),
        answer=table.expression("answer"),
        distractors=tuple(_distractor(one) for one in table.tables("wrong", MOST_WRONG)),
        watch=table.texts("watch") if "watch" in table.data else None,
        of=table.text("of", ""),
    )


def _distractor(table: Table) -> Distractor:
    table.only(("mistake", "gives", "say"))
    return Distractor(table.text("mistake"), table.expression("gives"), table.prose("say"))


# -- numbers -------------------------------------------------------------------------------------------------------


def questions(items: Sequence[Item], seed: int) -> tuple[Question, ...]:
    """The questions with the numbers of a seed; the same ones for the same seed everywhere. Raises ProgramError."""
    return tuple(question(item, f"{seed} {place}") for place, item in enumerate(items))


def question(item: Item, seed: str) -> Question:
    """One question; numbers with which two choices read alike are drawn again."""
    for number in range(TRIES):
        drawn = random.Random(f"{seed} {number}")
        inputs = {name: drawn_value(value, item.vary.get(name), drawn) for name, value in item.inputs.items()}
        found = _with(item, inputs, drawn)
        if len({choice.text for choice in found.choices}) == len(found.choices):
            return found
    raise ProgramError(
        say("lessons.choices-alike", "In {count} draws two choices always read alike: {question}",
            count=TRIES, question=item.question.source)
    )  # fmt: skip


def _with(item: Item, inputs: Mapping[str, Any], drawn: random.Random) -> Question:
    point = {name: as_point(value) for name, value in inputs.items()}
    study = Study.of_text(item.program, point, Setting(item.watch, item.of))
    known = study.known()
    try:
        choices = [Choice(shown(item.answer.value(known), known))]
        choices += [
            Choice(shown(one.gives.value(known), known), one.mistake, one.say.fill(known)) for one in item.distractors
        ]
        text = item.question.fill(known)
    except (Unknown, Missing) as error:
        raise ProgramError(str(error)) from None
    drawn.shuffle(choices)
    at = ", ".join(f"{name} = {shown(value, known)}" for name, value in point.items())
    return Question(item.concept, item.program, at, text, tuple(choices))


# -- what choices show ---------------------------------------------------------------------------------------------


def diagnosed(asked: Sequence[Question], chosen: Sequence[int | None]) -> Diagnosis:
    """What somebody's choices show; None where nothing was chosen."""
    right, made, possible = 0, Counter[str](), Counter[str]()
    for one, place in zip(asked, chosen, strict=True):
        possible.update(choice.mistake for choice in one.choices if choice.mistake)
        if place is None or not 0 <= place < len(one.choices):
            continue
        mistake = one.choices[place].mistake
        right += not mistake
        made.update([mistake] if mistake else [])
    return Diagnosis(right, dict(made), dict(possible))
