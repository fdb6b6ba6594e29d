"""Tasks: something to do, a rule to break, a sweep to perform step by step."""

from __future__ import annotations

from core import quiz
from core.basics.words import say, sentences
from core.lessons.lesson import Break, Do, Moment, Perform
from core.lessons.performing import performed
from core.lessons.prompt import Reply
from core.lessons.prose import TROUBLES, filled
from core.lessons.study import Study
from core.lessons.tries.base import KnownAt, Try
from core.notation import number


class DoTry(Try):
    """Something to be done: open until its condition holds."""

    waits_for_action = True

    def __init__(self, moment: Moment, study: Study, known: KnownAt) -> None:
        super().__init__(moment, study, known)
        assert isinstance(moment.task, Do)
        self.do, self.is_open = moment.task, True

    @property
    def asked(self) -> str:
        return filled(self.do.task, self.known())

    def acted(self) -> Reply | None:
        try:
            if not self.do.until.holds(self.known()):
                return None
        except TROUBLES:
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
        return filled(self.broken.task, self.known())

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
        task = filled(self.perform.task, self.known())
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
