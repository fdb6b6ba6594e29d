"""Detours from the program's own run: the sweep broken on purpose, and the sweep opened as a graph one layer up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from core.mistakes import Mistake, mistakes_for
from explorer.look.theme import Theme
from explorer.model.detour import Again, Detour, Turn, follow
from explorer.parts.mistakes.panel import MistakesPanel
from explorer.parts.part import PATIENCE, Part, bring_forward
from explorer.worker import Worker

if TYPE_CHECKING:
    from explorer.window.window import MainWindow

Made = tuple[tuple[Detour, ...], str]


class Detours(Part):
    """The turns taken from the program, and what they lead to."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._finder = Worker(self)
        self._turns: list[Turn] = []
        self._made: tuple[Detour, ...] = ()
        self._steps: list[int] = []
        self._right = False
        self.panel = MistakesPanel()
        self.dock = window.docks.add_behind("mistakes", "Break it", self.panel)
        self.dock.visibilityChanged.connect(lambda shown: self._offer() if shown else None)
        self.panel.mistake_chosen.connect(self.make)
        self.panel.entry_chosen.connect(window.stage.select)
        self.panel.left.connect(self.back)
        banner = window.centre.banner
        banner.part_chosen.connect(self.back_to)
        banner.side_requested.connect(self.switch_side)
        window.session.changed.connect(self._follow_session)
        window.session.checked.connect(self._judge)
        window.stage.timeline_shown.connect(lambda timeline: None if timeline else self._forget())

    @property
    def shown(self) -> Detour | None:
        """The last detour, if any is taken."""
        return self._made[-1] if self._made else None

    # --- what one can do ---------------------------------------------------------------------------------------

    def open_panel(self) -> None:
        """Show the panel of mistakes."""
        bring_forward(self.dock, self.panel.choice)

    def make(self, mistake: Mistake) -> None:
        """Make a mistake in the sweep that is shown."""
        if not self._refused():
            self._leave_mistake()
            self._turns.append(mistake)
            self._go(arrived=True)

    def again(self, name: str) -> None:
        """Open the reverse sweep with the gradient by an input as output."""
        if not self._refused():
            self._leave_mistake()
            self._steps.append(self.window.player.step)
            self._turns.append(Again(name))
            self._go(arrived=True)

    def again_here(self) -> None:
        """The same by the selected input, or by one that is chosen from a menu."""
        run, selected = self.window.stage.shown.run, self.window.stage.selected
        names = list(run.inputs.items()) if run else []
        chosen = [name for name, index in names if index == selected or len(names) == 1]
        if chosen:
            self.again(chosen[0])
        elif names:
            self._ask([name for name, _ in names]).popup(QCursor.pos())

    def _ask(self, names: list[str]) -> QMenu:
        menu = QMenu(self.window)
        menu.setObjectName("again_menu")
        for name in names:
            action = menu.addAction(f"Differentiate ∂/∂{name} again")
            action.triggered.connect(lambda _=False, name=name: self.again(name))
        return menu

    def switch_side(self) -> None:
        """Show the right sweep in the place of the wrong one, or the wrong one again."""
        if self.shown is not None and self.shown.broken:
            self._right = not self._right
            self._show()

    def back(self) -> None:
        """Leave the last detour."""
        self.back_to(max(len(self._turns) - 1, 0))

    def back_to(self, count: int) -> None:
        """Keep so many detours."""
        if count >= len(self._turns):
            return
        layers = sum(isinstance(turn, Again) for turn in self._turns[count:])
        step = self._steps[-layers] if layers else None
        self._steps = self._steps[: len(self._steps) - layers]
        self._turns = self._turns[:count]
        self._made, self._right = self._made[:count], False
        self._show()
        if step is not None:
            self.window.player.seek(step)

    def _leave_mistake(self) -> None:
        if self._turns and isinstance(self._turns[-1], Mistake):
            self._turns.pop()
            self._right = False

    def _refused(self) -> bool:
        """While a question is open, and while there is no run, no detour is taken."""
        if self.window.tutor.quiz.asking:
            self.window.centre.notice.say("Answer the question first, or reveal it.")
            return True
        return self.window.session.run is None

    # --- what comes of it --------------------------------------------------------------------------------------

    def _go(self, arrived: bool = False) -> None:
        session, turns = self.window.session, tuple(self._turns)
        timeline, picture, checks = session.timeline, session.picture, dict(session.checks)
        if timeline is not None and picture is not None:
            self.worker.submit(
                lambda _: follow(timeline, picture, turns, checks), lambda made: self._take(made, arrived), PATIENCE
            )

    def _take(self, made: Made, arrived: bool) -> None:
        self._made, problem = made
        self._turns = self._turns[: len(self._made)]
        self._steps = self._steps[: sum(isinstance(turn, Again) for turn in self._turns)]
        if problem:
            self.window.centre.notice.say(problem)
        self._show()
        if arrived and not problem and self._made:
            self.window.player.seek(_first_step(self._made[-1]))

    def _show(self) -> None:
        made = self._made[:-1] if self._right else self._made
        self.window.stage.show_detour(made[-1] if made else None)
        self._show_banner()
        detour = self.shown
        if detour is not None and detour.broken:
            labels = tuple(detour.run.tape.label(index) for index in range(len(detour.run.tape)))
            self.panel.show_wrong(detour.title, detour.sentence, detour.rows, labels, detour.first)
        else:
            self.panel.show_right()
        self._offer()

    def _show_banner(self) -> None:
        run = self.window.session.run
        parts = [(run.target_label if run else "") or "f", *(detour.title for detour in self._made)]
        detour = self.shown
        broken = detour is not None and detour.broken
        self.window.centre.banner.show_trail(parts, detour.sentence if detour else "", broken, self._right)

    def _follow_session(self) -> None:
        """The program's own run has changed: take the same turns from the new one."""
        if self._turns:
            self._go()
        else:
            self._offer()

    def _judge(self) -> None:
        detour, checks = self.shown, self.window.session.checks
        if detour is not None and detour.broken and checks and not detour.checks:
            self._go()

    def _forget(self) -> None:
        self._turns, self._made, self._steps, self._right = [], (), [], False
        self.worker.cancel()
        self._show_banner()
        self.panel.show_right()

    def _offer(self) -> None:
        """Find the mistakes that can be made in what is shown, if anybody looks."""
        base = self._made[-2] if len(self._made) > 1 and self._made[-1].broken else None
        run = base.run if base else self.window.session.run
        if self.dock.isVisible() and run is not None:
            self._finder.submit(lambda _: () if run.failure else mistakes_for(run), self._offer_these, PATIENCE)

    def _offer_these(self, mistakes: Sequence[Mistake]) -> None:
        self.panel.show_mistakes(mistakes)

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)

    def close(self) -> None:
        super().close()
        self._finder.close()


def _first_step(detour: Detour) -> int:
    """Where to stand on arrival: where it first goes wrong, or where the recorded sweep begins."""
    if detour.first is not None:
        return min(int(detour.timeline.failed_at[detour.first]), len(detour.timeline))
    return len(detour.timeline) if detour.broken else getattr(detour.run, "border", 0)
