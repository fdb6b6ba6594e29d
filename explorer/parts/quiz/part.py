"""Predict, then reveal: holds the player before the step that gives the answer, asks, judges and keeps the score."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from core import quiz
from core.notation import number
from core.quiz import CONCEPTS, KINDS, Question
from explorer.parts.part import Part, bring_forward, scrolled
from explorer.parts.quiz.panel import QuizPanel
from explorer.parts.quiz.work import last_step, next_question, veiled

if TYPE_CHECKING:
    from explorer.window.window import MainWindow

WORKSHEETS = "Page to print (*.html);;Markdown (*.md)"


class Quiz(Part):
    """One question at a time, about what is on the stage."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.panel = QuizPanel(CONCEPTS)
        self.dock = window.docks.add_behind("quiz", "Quiz", scrolled(self.panel))
        self.question: Question | None = None
        self._kinds: tuple[str, ...] = KINDS
        self._hints, self._missed = 0, False
        self._step = 0
        self._holding = False
        self._score = quiz.read_score(window.settings.quiz_score)
        panel = self.panel
        panel.answered.connect(self.answer)
        panel.hint_requested.connect(self.hint)
        panel.reveal_requested.connect(self.reveal)
        panel.next_requested.connect(self.ask_next)
        panel.stop_requested.connect(self.stop)
        panel.kind_chosen.connect(self._choose)
        panel.show_score(quiz.summary(self._score))
        window.player.moved.connect(self._hold)
        window.stage.timeline_shown.connect(self._forget)
        self.dock.visibilityChanged.connect(lambda _: self._closed())

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self.question is not None

    # --- asking ------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Ask what comes next from here, or from the start where nothing comes any more."""
        bring_forward(self.dock)
        if self.question is not None:
            self.panel.answer.setFocus()
            return
        if (detour := self.window.tutor.detours.shown) is not None and detour.broken:
            self.window.tutor.detours.back()
        player = self.window.player
        self._step = 0 if player.step >= player.last else player.step
        self.ask_next()

    def ask_next(self) -> None:
        """Ask the next question."""
        timeline = self.window.stage.shown.timeline
        question = next_question(timeline, self._step, self._kinds) if timeline is not None else None
        if question is None:
            self._end("That was the last question. Press Q to begin again.")
            self._step = 0
            return
        self.question, self._hints, self._missed = question, 0, False
        self.window.centre.lock("graph")
        self.window.tutor.why.forget()
        self.window.stage.select(question.index)
        self.window.stage.set_veil(veiled(question))
        self.window.player.seek(min(last_step(question), self.window.player.last))
        self.panel.show_question(question.text)

    def _choose(self, kind: str) -> None:
        self._kinds = (kind,) if kind else KINDS
        if self.question is not None:
            self._lift()
        self._step = 0
        bring_forward(self.dock)
        self.ask_next()

    def _hold(self, step: int, _: float) -> None:
        """Do not let the player go where the answer stands."""
        if self.question is None or self._holding or step <= last_step(self.question):
            return
        self._holding = True
        self.window.player.seek(last_step(self.question))
        self._holding = False
        self.panel.show_feedback("Answer first, or reveal the answer.", None)

    # --- answers -----------------------------------------------------------------------------------------------

    def answer(self, text: str) -> None:
        """Judge an answer; it counts as right where the first attempt was."""
        question = self.question
        if question is None:
            return
        found = quiz.check(question, text)
        self.panel.show_feedback(found.sentence, found.right, found.misconception)
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
            self.panel.show_feedback(f"The answer is {number(question.answer)}.", None)
            self._solve()

    def _count(self, right: bool) -> None:
        assert self.question is not None
        self._keep(quiz.add_to_score(self._score, self.question.concept, right, self._hints))

    def _keep(self, score: dict) -> None:
        self._score = score
        self.window.settings.quiz_score = score
        self.panel.show_score(quiz.summary(score))

    def _solve(self) -> None:
        """Show what was hidden, at the step that brings it."""
        question = self.question
        assert question is not None
        self._lift()
        self._step = question.step
        self.window.player.seek(question.step)
        self.panel.show_solved()

    # --- the end -----------------------------------------------------------------------------------------------

    def stop(self) -> None:
        """End the quiz."""
        self._end("Press Q to be asked what comes next.")
        self.dock.hide()

    def _end(self, sentence: str) -> None:
        self._lift()
        self.panel.show_nothing(sentence)

    def _lift(self) -> None:
        self.question = None
        self.window.stage.set_veil(None)
        self.window.centre.lock("")

    def _forget(self, *_: object) -> None:
        """Another run is shown: the question was about one that is gone."""
        if self.question is not None:
            self._end("What was asked about has changed. Press Q to be asked about what is shown now.")
        self._step = 0

    def _closed(self) -> None:
        """A quiz whose panel was closed hides nothing; one behind another panel goes on."""
        if self.question is not None and self.dock.isHidden():
            self._end("Press Q to be asked what comes next.")

    # --- on paper ----------------------------------------------------------------------------------------------

    def worksheet(self) -> None:
        """Ask for a file name, and write a sheet of questions there and its answers beside it."""
        window = self.window
        proposed = f"{Path(window.files.name).stem}-worksheet.html"
        name, _ = QFileDialog.getSaveFileName(window, "Worksheet", str(Path.home() / proposed), WORKSHEETS)
        if name:
            self.write_worksheet(Path(name) if Path(name).suffix else Path(f"{name}.html"))

    def write_worksheet(self, path: Path) -> None:
        """Write the sheet to `path`, and its key to a file beside it; say in a sentence what came of it."""
        run, say = self.window.session.run, self.window.centre.notice.say
        if run is None or run.failure:
            say("There is no worksheet for a program that did not run to its end.")
            return
        form = "markdown" if path.suffix.lower() in (".md", ".txt") else "html"
        sheet = quiz.worksheet(run, self.window.files.name, form)  # type: ignore[arg-type]
        key = path.with_name(f"{path.stem}-answers{path.suffix}")
        try:
            path.write_text(sheet.questions, "utf-8")
            key.write_text(sheet.answers, "utf-8")
        except OSError as error:
            say(f"{path.name} was not written: {error.strerror or error}.")
            return
        say(f"Wrote {path.name}, and the answers to {key.name}.")
