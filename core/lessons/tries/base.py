"""What all tries have in common: answers, hints, whether the task is open; by itself a moment that asks nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.basics.words import say, sentences
from core.lessons.lesson import Mistake, Moment
from core.lessons.mistakes import KNOWN
from core.lessons.prompt import Outcome, Reply
from core.lessons.prose import TROUBLES, filled
from core.lessons.study import Study

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
        try:
            self.reply = self._judge(self.told)
        except TROUBLES as error:
            self.is_open = False
            sentence = say("lessons.cannot-be-answered", "This cannot be answered here: {reason}", reason=str(error))
            self.reply = Reply(False, sentence, readable=False)
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
        return filled(self.moment.hints[rung], self.known())

    def _close(self) -> None:
        self.is_open = False
        try:
            self.right = self._right()
        except TROUBLES:
            self.right = ""

    def _right(self) -> str:
        return ""

    def _not_it(self) -> Reply:
        """A wrong answer that nobody has a name for: the next hint."""
        return Reply(False, sentences(say("lessons.not-it", "That is not it."), self.hint()))

    def _mistaken(self, mistake: Mistake) -> Reply:
        told = KNOWN[mistake.name].say() if mistake.say is None else filled(mistake.say, self.known())
        return Reply(False, told, mistake.name)
