"""Reading what a learner answers, by the kind of the question, and whether it is the right answer or a named wrong one.

Nothing typed is evaluated by Python: numbers and formulas go through the quiz's reader, entries are looked up. Knows
questions and runs; knows no walk.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.basics.errors import ProgramError
from core.basics.words import alternatives, say, sentences
from core.lessons.functions import read
from core.lessons.lesson import Ask, Mistake
from core.lessons.prose import Known, shown
from core.lessons.study import Study
from core.navigation.grammar import Expression
from core.navigation.logic import Unknown
from core.navigation.places import Missing, Place
from core.notation import bar
from core.quiz.answers import read_answer
from core.quiz.feedback import same

MOVES = (1.0, 1.1875, 0.8125)
"""By what inputs are multiplied where two formulas are compared: at the point itself, and at two others."""
SIGNS = {"+": 1, "plus": 1, "positive": 1, "-": -1, "−": -1, "minus": -1, "negative": -1, "0": 0, "zero": 0}
NUMBER_WORDS = ("number", "()", "scalar", "[]", "a number")


NEXT = read("next()")


class Unreadable(Exception):
    """An answer that does not say anything of the kind that is asked for; its text is one sentence."""


@dataclass(frozen=True)
class Answers:
    """What may be answered to one question: the right answer, and wrong ones by their mistakes; as values."""

    ask: Ask
    study: Study
    known: Known

    def read(self, text: str) -> Any:
        """The answer that a text stands for; raises Unreadable."""
        text = text.strip()
        try:
            return READERS[self.ask.kind](self, text)
        except ProgramError as error:
            raise Unreadable(sentences(error.message, error.hint)) from None
        except Missing as error:
            raise Unreadable(str(error)) from None

    def right(self) -> Any:
        """The right answer; raises what its expression raises."""
        return self.given(self.ask.answer)

    def given(self, answer: Expression | str | None) -> Any:
        """The answer that a lesson gives: right, or that of a mistake."""
        if answer is None:
            return NEXT.value(self.known)
        if isinstance(answer, str):
            return self._at_points(answer)
        return self._of_kind(answer.value(self.known), answer.text)

    def _of_kind(self, value: Any, text: str) -> Any:
        """A value that an expression gives, where it can be an answer of this kind; ProgramError where it cannot."""
        kind, choices = self.ask.kind, range(1, len(self.ask.choices) + 1)
        if value is None and kind in ("none or number", "number", "partial"):
            return None
        if kind == "next entry" and isinstance(value, Place):
            return value
        numbers = None if isinstance(value, str | Place) else _numbers(value)
        if numbers is not None:
            if kind == "sign" and not numbers.ndim:
                return int(np.sign(numbers))
            if kind == "choice" and not numbers.ndim and numbers in choices:
                return int(numbers)
            if kind == "shape" and numbers.ndim == 1:
                return value
            if kind in ("number", "partial", "none or number"):
                return value
        raise ProgramError(
            say(
                "lessons.not-an-answer",
                "`{text}` is not an answer to a question of kind `{kind}`.",
                text=text,
                kind=kind,
            )
        )

    def same(self, one: Any, other: Any) -> bool:
        """Whether two answers are the same."""
        if one is None or other is None:
            return one is other
        if isinstance(one, Place) or isinstance(other, Place):
            return bool(one == other)
        if self.ask.kind in ("shape", "choice", "sign"):
            return bool(np.array_equal(np.asarray(one), np.asarray(other)))
        if np.shape(one) != np.shape(other):
            return False
        if self.ask.within is not None:
            return bool(np.all(np.abs(np.subtract(one, other)) <= self.ask.within * (1 + 1e-9)))
        return same(one, other)

    def told(self, answer: Expression | str | None) -> str:
        """An answer as it is shown beside the learner's."""
        if isinstance(answer, str):
            return answer
        value = self.given(answer)
        match self.ask.kind:
            case "choice":
                return self.ask.choices[int(value) - 1]
            case "sign":
                return {1: "+", -1: "-"}.get(value, "0")
            case "shape":
                return ", ".join(str(int(one)) for one in value) or say("lessons.no-axes", "a number")
            case "next entry":
                label = shown(value, self.known)
                return label if label in self.study.run.tape.names.values() else self.study.places.text(value.index)
        return shown(value, self.known)

    def names(self) -> dict[str, Any]:
        """What a number may be written with: values known so far by name, adjoints so far by the barred name."""
        timeline, step = self.known["timeline"], self.known["step"]
        frame, tape, found = timeline.frame(step), timeline.tape, {}
        for index in sorted(tape.names):
            label = tape.label(index)
            if (value := frame.primal(index)) is not None:
                found[label] = value
            if (adjoint := frame.adjoint(index)) is not None:
                found[bar(label)] = adjoint
        return found

    def _at_points(self, formula: str) -> list[Any]:
        """What a formula in the program's names gives at the point and at two others."""
        return [read_answer(formula, names) for names in self._names_at_points()]

    def _names_at_points(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for move in MOVES:
            point = {
                name: np.asarray(value) * move + (move - 1) * (place + 1)
                for place, (name, value) in enumerate(self.study.run.point.items())
            }
            there = self.study if move == 1 else self.study.elsewhere(point)
            tape = there.run.tape
            found.append({name: tape.primals[index] for index, name in sorted(tape.names.items())})
        return found

    # -- by kind -----------------------------------------------------------------------------------------------

    def _number(self, text: str) -> Any:
        return read_answer(text, self.names())

    def _formula(self, text: str) -> Any:
        return self._at_points(text)

    def _sign(self, text: str) -> int:
        if text.lower() in SIGNS:
            return SIGNS[text.lower()]
        number = self._number(text)
        if np.shape(number) or np.isnan(number):
            raise Unreadable(say("lessons.wants-sign", "Answer with +, - or 0."))
        return int(np.sign(number))

    def _entry(self, text: str) -> Place:
        return self.study.places.entry(text.strip("`"))

    def _none_or_number(self, text: str) -> Any:
        return None if text.lower() in ("none", "null") else self._number(text)

    def _shape(self, text: str) -> list[int]:
        if text.lower() in NUMBER_WORDS:
            return []
        numbers = re.findall(r"\d+", text)
        if not numbers or len(numbers) > 9 or re.search(r"[^\d\s,x×()\[\]]", text):
            raise Unreadable(
                say("lessons.wants-shape", "A shape is written as `2, 3`; that of a single number as `number`.")
            )
        return [int(one) for one in numbers if len(one) < 10]

    def _choice(self, text: str) -> int:
        choices = [choice.lower() for choice in self.ask.choices]
        if text.isdecimal() and len(text) < 4 and 1 <= int(text) <= len(choices):
            return int(text)
        found = [number for number, choice in enumerate(choices, 1) if text and choice.startswith(text.lower())]
        if len(found) == 1 or text.lower() in choices:
            return choices.index(text.lower()) + 1 if text.lower() in choices else found[0]
        numbers = alternatives([str(number) for number in range(1, len(choices) + 1)])
        raise Unreadable(say("lessons.wants-choice", "Answer with {numbers}.", numbers=numbers))


READERS: dict[str, Callable[[Answers, str], Any]] = {
    "number": Answers._number,
    "partial": Answers._number,
    "expression": Answers._formula,
    "sign": Answers._sign,
    "next entry": Answers._entry,
    "none or number": Answers._none_or_number,
    "shape": Answers._shape,
    "choice": Answers._choice,
}


def _numbers(value: Any) -> np.ndarray | None:
    """A value as an array of numbers; None where it is none."""
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return None


def mistake_made(answers: Answers, value: Any, mistakes: tuple[Mistake, ...]) -> Mistake | None:
    """The mistake that gives this answer; None where none of them does."""
    for mistake in mistakes:
        try:
            if answers.same(value, answers.given(mistake.gives)):
                return mistake
        except (ProgramError, Missing, Unknown):
            continue
    return None
