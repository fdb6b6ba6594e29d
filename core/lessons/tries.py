"""What a learner tries at one moment: answers, hints asked for, and whether the task is still open.

One class for each kind of task, all asked in the same way. Knows one moment; which moment is due is the walk's matter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core import quiz
from core.basics.errors import ProgramError
from core.basics.words import alternatives, say, sentences
from core.lessons.answers import Answers, Unreadable, mistake_made
from core.lessons.curves import curve_of
from core.lessons.lesson import Ask, Break, Do, Mistake, Moment, Perform, Predict
from core.lessons.mistakes import KNOWN
from core.lessons.performing import performed
from core.lessons.prompt import Outcome, Reply
from core.lessons.shapes import NAMES, SHAPES
from core.lessons.study import Study
from core.navigation.places import Missing
from core.notation import number

KnownAt = Callable[[], dict[str, Any]]
"""What is known at the step that is looked at, whenever it is asked."""


class Try:
    """A moment that only says something, or lets play: nothing is open. The others are like it, and ask."""

    waits_for_action = False

    def __init__(self, moment: Moment, study: Study, known: KnownAt) -> None:
        self.moment, self.study, self.known = moment, study, known
        self.is_open = False
        self.told, self.right = "", ""
        self.reply: Reply | None = None
        self.hints: list[str] = []
        self.wrong: list[str] = []

    @property
    def rungs(self) -> int:
        """How many hints there are."""
        return len(self.moment.hints)

    @property
    def done(self) -> tuple[int, int]:
        """How many steps are done, of how many."""
        return 0, 0

    @property
    def asked(self) -> str:
        """The question or the task, with its numbers."""
        return ""

    def answer(self, text: str) -> Reply:
        """Judge an answer; the right one closes the question."""
        self.told = text.strip()
        self.reply = self._judge(self.told)
        if self.reply.right and not self.reply.more:
            self._close()
        elif self.reply.readable and not self.reply.right:
            self.wrong.append(self.reply.mistake)
        return self.reply

    def acted(self) -> Reply | None:
        """Look whether what the learner did meets the task; None where it does not."""
        return None

    def give_up(self) -> Reply:
        """Show what is right; nothing is open any more."""
        self._close()
        self.wrong.append("")
        self.reply = Reply(False, say("lessons.answer-is", "The answer: {answer}.", answer=self.right))
        return self.reply

    def hint(self) -> str:
        """The next rung, or the last one again."""
        if len(self.hints) < self.rungs:
            self.hints.append(self._hint(len(self.hints)))
        return self.hints[-1] if self.hints else ""

    def outcome(self) -> Outcome:
        """How it went."""
        right = bool(self.reply is not None and self.reply.right)
        named = tuple(dict.fromkeys(name for name in self.wrong if name))
        return Outcome(right, right and not self.wrong, len(self.hints), named)

    def _judge(self, text: str) -> Reply:
        raise NotImplementedError

    def _hint(self, rung: int) -> str:
        return self.moment.hints[rung].fill(self.known())

    def _close(self) -> None:
        self.is_open = False
        self.right = self._right()

    def _right(self) -> str:
        return ""

    def _not_it(self) -> Reply:
        """A wrong answer that nobody has a name for: the next hint."""
        return Reply(False, sentences(say("lessons.not-it", "That is not it."), self.hint()))

    def _mistaken(self, mistake: Mistake) -> Reply:
        told = KNOWN[mistake.name].say() if mistake.say is None else mistake.say.fill(self.known())
        return Reply(False, told, mistake.name)


class AskTry(Try):
    """A question with one answer."""

    def __init__(self, moment: Moment, study: Study, known: KnownAt) -> None:
        super().__init__(moment, study, known)
        assert isinstance(moment.task, Ask)
        self.ask, self.is_open = moment.task, True

    @property
    def asked(self) -> str:
        return self.ask.question.fill(self.known())

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
        return self.predict.question.fill(self.known())

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


class DoTry(Try):
    """Something to be done: open until its condition holds."""

    waits_for_action = True

    def __init__(self, moment: Moment, study: Study, known: KnownAt) -> None:
        super().__init__(moment, study, known)
        assert isinstance(moment.task, Do)
        self.do, self.is_open = moment.task, True

    @property
    def asked(self) -> str:
        return self.do.task.fill(self.known())

    def acted(self) -> Reply | None:
        try:
            if not self.do.until.holds(self.known()):
                return None
        except (Missing, ProgramError):
            return None
        self._close()
        self.reply = Reply(True, say("lessons.done", "Done."))
        return self.reply

    def give_up(self) -> Reply:
        self._close()
        self.wrong.append("")
        self.reply = Reply(False, say("lessons.passed-over", "Passed over."))
        return self.reply

    def _judge(self, text: str) -> Reply:
        return self.acted() or Reply(False, say("lessons.not-done", "That is not done yet."), readable=False)

    def _right(self) -> str:
        return say("lessons.done", "Done.")


class BreakTry(DoTry):
    """A rule to be broken: open until the learner has broken it, or said to go on."""

    def __init__(self, moment: Moment, study: Study, known: KnownAt) -> None:
        Try.__init__(self, moment, study, known)
        assert isinstance(moment.task, Break)
        self.broken, self.is_open = moment.task, True

    @property
    def asked(self) -> str:
        return self.broken.task.fill(self.known())

    def acted(self) -> Reply | None:
        if f"break:{self.broken.mistake}" not in self.known()["learner"].acts:
            return None
        self._close()
        self.reply = Reply(True, say("lessons.broken", "Now it is broken."))
        return self.reply

    def _judge(self, text: str) -> Reply:
        self._close()
        return Reply(True, say("lessons.broken", "Now it is broken."))


class PerformTry(Try):
    """The reverse sweep, question by question."""

    waits_for_action = True

    def __init__(self, moment: Moment, study: Study, known: KnownAt) -> None:
        super().__init__(moment, study, known)
        assert isinstance(moment.task, Perform)
        self.perform = moment.task
        self.questions = performed(study.timeline, moment.task.given)
        self.place, self.rung = 0, 0
        self.is_open = bool(self.questions)

    @property
    def rungs(self) -> int:
        return 3 * len(self.questions)

    @property
    def done(self) -> tuple[int, int]:
        return self.place, len(self.questions)

    @property
    def question(self) -> quiz.Question | None:
        """The question that is open."""
        return self.questions[self.place] if self.place < len(self.questions) else None

    @property
    def asked(self) -> str:
        task = self.perform.task.fill(self.known())
        return task if self.question is None else sentences(task, self.question.text)

    def _judge(self, text: str) -> Reply:
        question = self.question
        assert question is not None
        feedback = quiz.check(question, text)
        if not feedback.right:
            if feedback.value is None:
                return Reply(False, feedback.sentence, readable=False)
            told = feedback.sentence if feedback.misconception else sentences(feedback.sentence, self.hint())
            return Reply(False, told, feedback.misconception)
        self.place, self.rung = self.place + 1, 0
        left = len(self.questions) - self.place
        if not left:
            return Reply(True, sentences(feedback.sentence, say("lessons.sweep-done", "The sweep is done.")))
        return Reply(True, feedback.sentence, more=True)

    def _hint(self, rung: int) -> str:
        assert self.question is not None
        self.rung = min(self.rung + 1, 3)
        return quiz.hints(self.question)[self.rung - 1]

    def _right(self) -> str:
        return "; ".join(number(question.answer) for question in self.questions)


KINDS: dict[type, type[Try]] = {
    Ask: AskTry,
    Predict: PredictTry,
    Do: DoTry,
    Break: BreakTry,
    Perform: PerformTry,
}


def begun(moment: Moment, study: Study, known: KnownAt) -> Try:
    """A moment as it opens."""
    return KINDS.get(type(moment.task), Try)(moment, study, known)
