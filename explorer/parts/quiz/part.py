"""Predict, then reveal: holds the player before the step that gives the answer, asks, judges and keeps the score."""

from collections.abc import Callable

from core import quiz
from core.basics.words import say
from core.notation import number
from core.quiz import CONCEPTS, KINDS, Question
from explorer.panels.small.scrolled import scrolled
from explorer.parts.part import Commands, Part
from explorer.parts.quiz.panel import QuizPanel
from explorer.parts.quiz.work import last_step, next_question, veiled
from explorer.places import Places
from explorer.player import Player
from explorer.shown import ShownSignals
from explorer.storage.settings import Settings


class Quiz(Part):
    """One question at a time, about what is shown; `leave_mistake` goes back from a sweep that is broken on purpose.

    While a question is open `shown.veil` holds what may not be told.
    """

    def __init__(
        self,
        shown: ShownSignals,
        player: Player,
        places: Places,
        settings: Settings,
        leave_mistake: Callable[[], object],
    ) -> None:
        super().__init__()
        self._shown, self._player, self._places = shown, player, places
        self._settings, self._leave_mistake = settings, leave_mistake
        self.panel = QuizPanel({kind: quiz.named(concept) for kind, concept in CONCEPTS.items()})
        self.dock = places.dock("quiz", say("quiz.quiz", "Quiz"), scrolled(self.panel))
        self.question: Question | None = None
        self._kinds: tuple[str, ...] = KINDS
        self._hints, self._missed = 0, False
        self._step = 0
        self._holding = False
        self._score = quiz.read_score(settings.quiz_score)
        self.panel.show_score(quiz.summary(self._score))
        self._connect()

    def _connect(self) -> None:
        panel = self.panel
        panel.answered.connect(self.answer)
        panel.hint_requested.connect(self.hint)
        panel.reveal_requested.connect(self.reveal)
        panel.next_requested.connect(self.ask_next)
        panel.stop_requested.connect(self.stop)
        panel.kind_chosen.connect(self._choose)
        self._player.moved.connect(self._hold)
        self._shown.timeline_changed.connect(self._forget)
        self.dock.visibilityChanged.connect(lambda _: self._closed())

    def commands(self) -> Commands:
        return {"quiz": self.start}

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self.question is not None

    # --- asking ------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Ask what comes next from here, or from the start where nothing comes any more."""
        self._places.bring_forward(self.dock)
        if self.question is not None:
            self.panel.answer.setFocus()
            return
        if self._shown.detour is not None and self._shown.detour.broken:
            self._leave_mistake()
        player = self._player
        self._step = 0 if player.step >= player.last else player.step
        self.ask_next()

    def ask_next(self) -> None:
        """Ask the next question."""
        timeline = self._shown.timeline
        question = next_question(timeline, self._step, self._kinds) if timeline is not None else None
        if question is None:
            self._end(say("quiz.last-question-press-q", "That was the last question. Press Q to begin again."))
            self._step = 0
            return
        self.question, self._hints, self._missed = question, 0, False
        self._places.lock("graph")
        self._shown.select(question.index)
        self._shown.set_veil(veiled(question))
        self._player.seek(min(last_step(question), self._player.last))
        self.panel.show_question(question.text)

    def _choose(self, kind: str) -> None:
        self._kinds = (kind,) if kind else KINDS
        if self.question is not None:
            self._lift()
        self._step = 0
        self._places.bring_forward(self.dock)
        self.ask_next()

    def _hold(self, step: int, _: float) -> None:
        """Do not let the player go where the answer stands."""
        if self.question is None or self._holding or step <= last_step(self.question):
            return
        self._holding = True
        self._player.seek(last_step(self.question))
        self._holding = False
        self.panel.show_feedback(say("quiz.answer-first-reveal-answer", "Answer first, or reveal the answer."), None)

    # --- answers -----------------------------------------------------------------------------------------------

    def answer(self, text: str) -> None:
        """Judge an answer; it counts as right where the first attempt was."""
        question = self.question
        if question is None:
            return
        found = quiz.check(question, text)
        self.panel.show_feedback(found.sentence, found.right, quiz.named(found.misconception))
        if found.right:
            self._count(not self._missed)
            self._solve()
            return
        if found.value is not None:
            self._missed = True
            self._keep(quiz.add_wrong(self._score, question.concept, found.misconception or ""))

    def hint(self) -> None:
        """Show one hint more."""
        if self.question is not None:
            hints = list(quiz.hints(self.question))
            self._hints = min(self._hints + 1, len(hints))
            self.panel.show_hints(hints[: self._hints])

    def reveal(self) -> None:
        """Give the answer; it counts as not known."""
        question = self.question
        if question is not None:
            self._count(False)
            self.panel.show_feedback(
                say("quiz.answer-2", "The answer is {answer}.", answer=number(question.answer)), None
            )
            self._solve()

    def _count(self, right: bool) -> None:
        assert self.question is not None
        self._keep(quiz.add_to_score(self._score, self.question.concept, right, self._hints))

    def _keep(self, score: dict) -> None:
        self._score = score
        self._settings.quiz_score = score
        self.panel.show_score(quiz.summary(score))

    def _solve(self) -> None:
        """Show what was hidden, at the step that brings it."""
        question = self.question
        assert question is not None
        self._lift()
        self._step = question.step
        self._player.seek(question.step)
        self.panel.show_solved()

    # --- the end -----------------------------------------------------------------------------------------------

    def stop(self) -> None:
        """End the quiz."""
        self._end(say("quiz.press-q-asked-comes", "Press Q to be asked what comes next."))
        self.dock.hide()

    def _end(self, sentence: str) -> None:
        self._lift()
        self.panel.show_nothing(sentence)

    def _lift(self) -> None:
        self.question = None
        self._shown.set_veil(None)
        self._places.lock("")

    def _forget(self) -> None:
        """Another run is shown: the question was about one that is gone."""
        if self.question is not None:
            self._end(
                say(
                    "quiz.asked-about-changed-press",
                    "What was asked about has changed. Press Q to be asked about what is shown now.",
                )
            )
        self._step = 0

    def _closed(self) -> None:
        """A quiz whose panel was closed hides nothing; one behind another panel goes on."""
        if self.question is not None and self.dock.isHidden():
            self._end(say("quiz.press-q-asked-comes", "Press Q to be asked what comes next."))
