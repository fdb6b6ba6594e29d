"""Questions: with one answer, or for the shape of a curve."""

from __future__ import annotations

from core.basics.words import alternatives, say
from core.lessons.answers import Answers, Unreadable, mistake_made
from core.lessons.curves import curve_of
from core.lessons.lesson import Ask, Moment, Predict
from core.lessons.prompt import Reply
from core.lessons.prose import filled
from core.lessons.shapes import NAMES, SHAPES
from core.lessons.study import Study
from core.lessons.tries.base import KnownAt, Try


class AskTry(Try):
    """A question with one answer."""

    def __init__(self, moment: Moment, study: Study, known: KnownAt) -> None:
        super().__init__(moment, study, known)
        assert isinstance(moment.task, Ask)
        self.ask, self.is_open = moment.task, True

    @property
    def asked(self) -> str:
        return filled(self.ask.question, self.known())

    @property
    def answers(self) -> Answers:
        """What may be answered at the step that is looked at."""
        return Answers(self.ask, self.study, self.known())

    def _judge(self, text: str) -> Reply:
        answers = self.answers
        try:
            value = answers.read(text)
        except Unreadable as error:
            return Reply(False, str(error), readable=False)
        if answers.same(value, answers.right()):
            return Reply(True, say("lessons.right", "Right: {answer}.", answer=self._right()))
        mistake = mistake_made(answers, value, self.moment.mistakes)
        return self._mistaken(mistake) if mistake is not None else self._not_it()

    def _right(self) -> str:
        return self.answers.told(self.ask.answer)


class PredictTry(Try):
    """The shape of a curve."""

    def __init__(self, moment: Moment, study: Study, known: KnownAt) -> None:
        super().__init__(moment, study, known)
        assert isinstance(moment.task, Predict)
        self.predict, self.is_open = moment.task, True

    @property
    def asked(self) -> str:
        return filled(self.predict.question, self.known())

    def _judge(self, text: str) -> Reply:
        shape = _shape_meant(text)
        if shape is None:
            names = alternatives([str(NAMES[one]) for one in SHAPES])
            return Reply(False, say("lessons.wants-curve", "Answer with {names}.", names=names), readable=False)
        if shape == self.curve_shape:
            return Reply(True, say("lessons.right", "Right: {answer}.", answer=self._right()))
        for mistake in self.moment.mistakes:
            if not isinstance(mistake.gives, str) and mistake.gives.value(self.known()) == shape:
                return self._mistaken(mistake)
        return self._not_it()

    @property
    def curve_shape(self) -> str:
        """The word for the curve."""
        return curve_of(self.predict, self.study, self.known()["learner"]).shape

    def _right(self) -> str:
        return NAMES[self.curve_shape]


def _shape_meant(text: str) -> str | None:
    """The shape that a number, a word or its name stands for."""
    plain = text.strip().lower()
    if plain.isdecimal() and len(plain) < 4 and 1 <= int(plain) <= len(SHAPES):
        return SHAPES[int(plain) - 1]
    return next((one for one in SHAPES if plain in (one, NAMES[one].lower())), None)
