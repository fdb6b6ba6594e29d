"""Walking through a lesson: which moment is due at a step, what is answered, what is said to that, when it is over.

A walk is driven from outside: it is told the step that is looked at, what was answered, what was changed. It shows at
most one prompt at a time and knows no window, no clock and no chance, so that the same steps and answers always lead
through the same moments, whoever shows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.basics.errors import ProgramError
from core.basics.words import say
from core.lessons.lesson import Free, Lesson, Moment
from core.lessons.prompt import Outcome, Prompt, Reply
from core.lessons.showing import prompt_of, why_stale
from core.lessons.study import Learner, Study
from core.lessons.tries import Try, begun
from core.navigation.places import Missing


@dataclass
class Walk:
    """One learner's way through a lesson.

    `study` is the run that is looked at, `step` where, `learner` what the learner did beside stepping; `met` has by
    number the moments that are over, `stale` those that no longer apply to the program as it was edited, each with the
    sentence why.
    """

    lesson: Lesson
    study: Study
    learner: Learner = field(default_factory=Learner)
    step: int = 0
    met: dict[int, Outcome] = field(default_factory=dict)
    stale: dict[int, str] = field(default_factory=dict)
    _moment: Moment | None = field(default=None, repr=False)
    _try: Try | None = field(default=None, repr=False)
    _shown_at: int = field(default=-1, repr=False)

    # -- what is shown -----------------------------------------------------------------------------------------

    def look(self, step: int | None = None) -> Prompt | None:
        """The prompt at a step (the present one when None): the open one while it stays, else the next that is due."""
        if step is not None:
            self.step = step
        self._meet()
        if self._moment is not None and not self._stays(self._moment):
            self._close()
        if self._moment is None and (due := next(self._due(), None)) is not None:
            self._open(due)
            self._meet()
        return self.prompt

    @property
    def prompt(self) -> Prompt | None:
        """What is shown now."""
        if self._moment is None or self._try is None:
            return None
        return prompt_of(self._moment, self._try, self.study, self._known())

    @property
    def is_finished(self) -> bool:
        """Whether every question and every task was met, or no longer applies."""
        return all(one.number in self.met or one.number in self.stale for one in self.lesson.moments if one.counts)

    @property
    def left(self) -> list[Moment]:
        """The moments that are not over and still apply, in the order of the file."""
        return [one for one in self.lesson.moments if one.number not in self.met and one.number not in self.stale]

    def next_step(self) -> int | None:
        """The nearest step from here on at which something is due; None where nothing is, even from the start."""
        found = [step for one in self.left if (step := self.first_step(one)) is not None]
        later = [step for step in found if step >= self.step]
        return min(later) if later else min(found) if found else None

    def first_step(self, moment: Moment) -> int | None:
        """The first step of the run at which a moment is due; None for none."""
        try:
            return self.study.first_step(moment.at, self.learner)
        except (Missing, ProgramError):
            return None

    # -- what the learner does ---------------------------------------------------------------------------------

    def answer(self, text: str) -> Reply:
        """Answer what is asked. What is wrong leaves the question open; raises ValueError where nothing is asked."""
        if self._try is None or not self._try.is_open:
            raise ValueError(say("lessons.nothing-asked", "nothing is asked now"))
        return self._judged(self._try.answer(text))

    def show(self) -> Reply:
        """Show the right answer, or pass over a task: the moment counts as met, not as answered."""
        if self._try is None or not self._try.is_open:
            raise ValueError(say("lessons.nothing-asked", "nothing is asked now"))
        return self._judged(self._try.give_up())

    def hint(self) -> str:
        """The next hint; the last one again where there are no more; "" where there are none."""
        return "" if self._try is None else self._try.hint()

    def go_on(self) -> Prompt | None:
        """Leave what is shown and see what else is due here; an open question is passed over and may come again."""
        self.leave()
        return self.look()

    def leave(self) -> None:
        """Leave what is shown without looking what comes next; an open question is passed over."""
        if self._moment is not None and self._try is not None:
            if self._try.is_open:
                self.met[self._moment.number] = Outcome(skipped=True)
            self._close()

    def did(self, act: str) -> Prompt | None:
        """The learner did an action of the window, by its name; where a rule was broken, "break" and the mistake."""
        self.learner.acts = {*self.learner.acts, act}
        return self.look()

    def moved_training(self, step: int) -> Prompt | None:
        """The learner looks at another step of the training."""
        self.learner.training_step = step
        return self.look()

    def edited(self, study: Study, step: int = 0) -> Prompt | None:
        """The program or an input was changed: anchors are looked up again in the new run."""
        self.learner.edited = True
        return self.take(study, step)

    def take(self, study: Study, step: int = 0) -> Prompt | None:
        """Go on with another run, such as the lesson's own once more."""
        self.study = study
        self.step = min(step, len(study.timeline))
        self.stale = {
            one.number: why
            for one in self.lesson.moments
            if one.number not in self.met and (why := why_stale(one, self.study, self.first_step))
        }
        if self._moment is not None and self._moment.number in self.stale:
            self._moment = self._try = None
        elif self._moment is not None and self._try is not None and self._try.is_open:
            self._try = begun(self._moment, self.study, self._known)
        return self.look()

    # -- inside ------------------------------------------------------------------------------------------------

    def _meet(self) -> None:
        """An open task may be met by what was done; then it stays for as long as the step does."""
        reply = self._try.acted() if self._try is not None and self._try.is_open else None
        if reply is not None:
            self._judged(reply)
            self._shown_at = self.step

    def _judged(self, reply: Reply) -> Reply:
        assert self._moment is not None and self._try is not None
        if not self._try.is_open:
            self.met[self._moment.number] = self._try.outcome()
        return reply

    def _due(self) -> Iterator[Moment]:
        known = self._known(anchored=True)
        for moment in self.left:
            try:
                if moment.at.holds(known):
                    yield moment
            except (Missing, ProgramError):
                continue

    def _stays(self, moment: Moment) -> bool:
        """Whether a prompt stays: at its step; while it waits for an action; while its question's moment lasts."""
        assert self._try is not None
        if self.step == self._shown_at:
            return True
        if not self._try.is_open or isinstance(moment.task, Free):
            return False
        if self._try.waits_for_action:
            return True
        return moment.at.holds(self._known(anchored=True))

    def _open(self, moment: Moment) -> None:
        self._moment, self._shown_at = moment, self.step
        self._try = begun(moment, self.study, self._known)

    def _close(self) -> None:
        """What only said something is over; what was asked and not answered may come again."""
        assert self._moment is not None and self._try is not None
        if not self._try.is_open:
            self.met.setdefault(self._moment.number, self._try.outcome())
        self._moment = self._try = None

    def _known(self, step: int | None = None, anchored: bool = False) -> dict:
        return self.study.known(self.step if step is None else step, anchored, self.learner)
