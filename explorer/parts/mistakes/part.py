"""Detours from the program's own run: the sweep broken on purpose, and the sweep opened as a graph one layer up."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from core.basics.words import say
from core.mistakes import Mistake
from explorer.desk import Desk
from explorer.look.theme import Theme
from explorer.model.detour import Detour, SecondDerivative, Turn, follow
from explorer.panels.small.banner import Banner
from explorer.parts.mistakes.panel import MistakesPanel
from explorer.parts.mistakes.work import mistakes_to_make
from explorer.parts.part import Commands, Offer, Part
from explorer.places import Places
from explorer.player import Player
from explorer.session import Session
from explorer.shown import ShownSignals

Made = tuple[tuple[Detour, ...], str]
TAKE, OFFER = "detours", "mistakes"
"""The jobs at the desk."""


class Detours(Part):
    """The turns taken from the program, and what they lead to; `banner` tells where one is."""

    def __init__(
        self, session: Session, shown: ShownSignals, player: Player, desk: Desk, places: Places, banner: Banner
    ) -> None:
        super().__init__()
        self._session, self._shown, self._player, self._desk = session, shown, player, desk
        self._places, self._banner = places, banner
        self._turns: list[Turn] = []
        self._made: tuple[Detour, ...] = ()
        self._steps: list[int] = []
        self._right = False
        self.panel = MistakesPanel()
        self.dock = places.dock("mistakes", say("mistakes.break", "Break it"), self.panel)
        self.dock.visibilityChanged.connect(lambda seen: self._offer() if seen else None)
        self.panel.mistake_chosen.connect(self.make)
        self.panel.entry_chosen.connect(shown.select)
        self.panel.left.connect(self.back)
        banner.part_chosen.connect(self.back_to)
        banner.side_requested.connect(self.switch_side)
        session.changed.connect(self._follow_session)
        session.checked.connect(self._judge)
        shown.timeline_changed.connect(lambda: self._forget() if shown.timeline is None else None)

    def commands(self) -> Commands:
        return {
            "break_it": self.open_panel,
            "switch_side": self.switch_side,
            "differentiate_again": self.open_sweep_here,
            "back": self.back,
        }

    def offers(self, found: int | str) -> Iterable[Offer]:
        name = found if isinstance(found, str) else self._input_at(found)
        if not name:
            return []
        tip = say(
            "mistakes.open-reverse-sweep-graph", "Open the reverse sweep as a graph whose output is this derivative"
        )
        return [
            Offer(
                say("mistakes.differentiate-again-d", "Differentiate ∂/∂{name} again\tD", name=name),
                tip,
                lambda: self.open_sweep(name),
            )
        ]

    def _input_at(self, index: int) -> str:
        names = self._shown.run.inputs.items() if self._shown.run else ()
        return next((name for name, place in names if place == index), "")

    @property
    def shown(self) -> Detour | None:
        """The last detour, if any is taken."""
        return self._made[-1] if self._made else None

    # --- what one can do ---------------------------------------------------------------------------------------

    def open_panel(self) -> None:
        """Show the panel of mistakes."""
        self._places.bring_forward(self.dock, self.panel.choice)

    def make(self, mistake: Mistake) -> None:
        """Make a mistake in the sweep that is shown."""
        if not self._refused():
            self._leave_mistake()
            self._turns.append(mistake)
            self._go(arrived=True)

    def open_sweep(self, name: str) -> None:
        """Open the reverse sweep with the gradient by an input as output."""
        if not self._refused():
            self._leave_mistake()
            self._steps.append(self._player.step)
            self._turns.append(SecondDerivative(name))
            self._go(arrived=True)

    def open_sweep_here(self) -> None:
        """The same by the selected input, or by one that is chosen from a menu."""
        run, selected = self._shown.run, self._shown.selected
        names = list(run.inputs.items()) if run else []
        chosen = [name for name, index in names if index == selected or len(names) == 1]
        if chosen:
            self.open_sweep(chosen[0])
        elif names:
            self._ask([name for name, _ in names]).popup(QCursor.pos())

    def _ask(self, names: list[str]) -> QMenu:
        menu = QMenu(self._banner)
        menu.setObjectName("again_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in names:
            action = menu.addAction(say("mistakes.differentiate-again", "Differentiate ∂/∂{name} again", name=name))
            action.triggered.connect(lambda _=False, name=name: self.open_sweep(name))
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
        layers = sum(isinstance(turn, SecondDerivative) for turn in self._turns[count:])
        step = self._steps[-layers] if layers else None
        self._steps = self._steps[: len(self._steps) - layers]
        self._turns = self._turns[:count]
        self._made, self._right = self._made[:count], False
        self._show()
        if step is not None:
            self._player.seek(step)

    def _leave_mistake(self) -> None:
        if self._turns and isinstance(self._turns[-1], Mistake):
            self._turns.pop()
            self._right = False

    def _refused(self) -> bool:
        """While a question is open, and while there is no run, no detour is taken."""
        if self._shown.veil is not None:
            self._places.say(say("mistakes.answer-question-first-reveal", "Answer the question first, or reveal it."))
            return True
        return self._session.run is None

    # --- what comes of it --------------------------------------------------------------------------------------

    def _go(self, arrived: bool = False) -> None:
        session, turns = self._session, tuple(self._turns)
        timeline, picture, checks = session.timeline, session.picture, dict(session.checks)
        if timeline is not None and picture is not None:
            self._desk.submit(
                TAKE,
                lambda _: follow(timeline, picture, turns, checks),
                lambda made: self._take(made, arrived),
                say("mistakes.following-detour", "following the detour"),
            )

    def _take(self, made: Made, arrived: bool) -> None:
        self._made, problem = made
        self._turns = self._turns[: len(self._made)]
        self._steps = self._steps[: sum(isinstance(turn, SecondDerivative) for turn in self._turns)]
        if problem:
            self._places.say(problem)
        self._show()
        if arrived and not problem and self._made:
            self._player.seek(_first_step(self._made[-1]))

    def _show(self) -> None:
        made = self._made[:-1] if self._right else self._made
        self._shown.take_detour(made[-1] if made else None)
        self._show_banner()
        detour = self.shown
        if detour is not None and detour.broken:
            labels = tuple(detour.run.tape.label(index) for index in range(len(detour.run.tape)))
            self.panel.show_wrong(detour.title, detour.sentence, detour.rows, labels, detour.first)
        else:
            self.panel.show_right()
        self._offer()

    def _show_banner(self) -> None:
        run = self._session.run
        parts = [(run.target_label if run else "") or "f", *(detour.title for detour in self._made)]
        detour = self.shown
        broken = detour is not None and detour.broken
        self._banner.show_trail(parts, detour.sentence if detour else "", broken, self._right)

    def _follow_session(self) -> None:
        """The program's own run has changed: take the same turns from the new one."""
        if self._turns:
            self._go()
        else:
            self._offer()

    def _judge(self) -> None:
        detour, checks = self.shown, self._session.checks
        if detour is not None and detour.broken and checks and not detour.checks:
            self._go()

    def _forget(self) -> None:
        self._turns, self._made, self._steps, self._right = [], (), [], False
        self._desk.cancel(TAKE)
        self._show_banner()
        self.panel.show_right()

    def _offer(self) -> None:
        """Find the mistakes that can be made in what is shown, if anybody looks."""
        base = self._made[-2] if len(self._made) > 1 and self._made[-1].broken else None
        run = base.run if base else self._session.run
        if self.dock.isVisible() and run is not None:
            self._desk.submit(
                OFFER,
                lambda _: mistakes_to_make(run),
                self._offer_these,
                say("mistakes.looking-mistakes-make", "looking for mistakes to make"),
            )

    def _offer_these(self, mistakes: Sequence[Mistake]) -> None:
        self.panel.show_mistakes(mistakes)

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)


def _first_step(detour: Detour) -> int:
    """Where to stand on arrival: where it first goes wrong, or where the recorded sweep begins."""
    if detour.first is not None:
        return min(int(detour.timeline.failed_at[detour.first]), len(detour.timeline))
    return len(detour.timeline) if detour.broken else getattr(detour.run, "border", 0)
