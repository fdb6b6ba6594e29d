"""The page of training: what is trained, while it trains, and any of its steps as a tape in the main window.

It works out nothing itself: `work` does, at the desk. Each frame it draws what there is by then.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QTimer

from core.basics.words import say
from core.training import Plan
from explorer.desk import Desk
from explorer.look.theme import Theme
from explorer.model.document import Document
from explorer.model.values import Value
from explorer.model.values import moved as changed
from explorer.parts.part import Commands, Part
from explorer.parts.training.course import Course
from explorer.parts.training.ground import Ground
from explorer.parts.training.lending import Lending
from explorer.parts.training.looks import Looks
from explorer.parts.training.opening import Opening
from explorer.parts.training.panel import TrainingPanel
from explorer.parts.training.race import Race
from explorer.places import Places
from explorer.session import Session
from explorer.shown import ShownSignals
from explorer.storage.examples import training_example, training_names
from explorer.storage.files import Files

SETTLE_MS = 60
"""After so long without another change the surface is worked out again."""


class TrainingPage(Part):
    """The page, the race that runs on it, and the step that is open."""

    def __init__(self, session: Session, shown: ShownSignals, desk: Desk, files: Files, places: Places) -> None:
        super().__init__()
        self._session, self._files, self._places = session, files, places
        self.panel = TrainingPanel()
        places.page(
            "training", say("training.tab", "Train"), say("training.title-page", "Training"), self.panel,
            say("training.tab-hint", "Follow the gradient down, step by step, over the surface of the loss"),
            roomy=True,
        )  # fmt: skip
        self.course, self.ground = Course(desk, self), Ground(desk, self._take_ground)
        self.opening, self._moved = Opening(session, shown, places), Lending(session)
        self._program: Any = None
        self._point: dict[str, Any] = {}
        self._plan: Plan | None = None
        self._chosen = ""
        """The plan as the document has it."""
        self._series: dict[str, list[Value]] = {}
        self.looks = Looks(desk, self.panel, lambda: self.race)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self._find_ground)
        self._connect()

    def _connect(self) -> None:
        panel = self.panel
        panel.shown.connect(self._follow)
        panel.built.connect(self._connect_pictures)
        panel.asked.connect(self._do)
        panel.setup.started.connect(self.start_or_stop)
        panel.setup.example_chosen.connect(self._open_example)
        panel.setup.examples.menu().aboutToShow.connect(self._offer_examples)
        panel.setup.inputs.toggled.connect(self._choose_inputs)
        panel.setup.changed.connect(self._take_plan)
        panel.transport.step_requested.connect(self.course.seek)
        panel.transport.opened.connect(self.open_step)
        self._session.changed.connect(self._follow)
        self._session.problem_changed.connect(lambda: self._follow() if self._session.run is None else None)
        self.course.moved.connect(self._draw)
        self.course.changed.connect(self._show_state)
        self.course.rested.connect(self._rest)
        self.course.ended.connect(self._take_end)

    def _connect_pictures(self) -> None:
        pictures = self.panel.pictures
        pictures.curve.point_dragged.connect(self._slide)
        pictures.contour.chosen.connect(self.start_from)
        pictures.contour.dragged.connect(self._drag)
        pictures.contour.dropped.connect(self._drop)
        pictures.contour.window_changed.connect(self._look_elsewhere)
        pictures.places_changed.connect(self._turn_axes)
        pictures.view_changed.connect(self.looks.look)
        pictures.losses.step_chosen.connect(self.course.seek)
        pictures.sizes.step_chosen.connect(self.course.seek)
        pictures.changes.since_changed.connect(self.looks.compare)

    def commands(self) -> Commands:
        return {
            "go_training": lambda: self._places.show_page("training"),
            "train": self._train_here,
            "open_training_step": self.open_step,
            "leave_training_step": self.opening.leave,
        }

    def _offer_examples(self) -> None:
        """Read the titles of the examples when somebody first looks."""
        if self.panel.setup.examples.menu().isEmpty():
            names = training_names()
            self.panel.setup.show_examples({name: training_example(name).title or name for name in names})

    def _open_example(self, name: str) -> None:
        self._files.start(training_example(name))
        self._places.show_page("training")

    # --- the program -------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """The inputs or the text have changed, or somebody looks again."""
        run = self._session.run
        if not self.panel.isVisible() or self.opening.is_open:
            return
        if run is None:
            self._show_nothing()
            return
        from explorer.parts.training.work import sizes_of, trainable

        pictures = self.panel.pictures
        if self._program is None or run.program.text != self._program.text:
            self._forget()
            names, guessed = trainable(run.program)
            chosen = self._plan.over if self._plan is not None else ()
            self.panel.setup.show_inputs(names, chosen if set(chosen) <= set(names) and chosen else guessed)
        self._program, self._point = run.program, self._session.point()
        if run.passes is not None:
            self.course.show_text(run, self._session.chosen_values())
        pictures.show_sizes(sizes_of(self._point, self.panel.setup.inputs.down))
        self._show_state()
        self._find_ground()
        self.looks.look()

    def _show_nothing(self) -> None:
        """No program has run."""
        self._forget()
        self._program = None
        self.panel.setup.show_inputs((), ())
        self.panel.pictures.show_sizes({})
        self.ground.say(say("training.no-program", "There is nothing to train yet: the program has not run."))

    def _forget(self) -> None:
        """Another program: its trainings are of no use here."""
        self.course.forget()
        self.looks.forget()
        self.ground.forget()
        self._moved.forget()

    def _choose_inputs(self) -> None:
        self.looks.forget()
        self.ground.window = None
        self._follow()

    # --- the surface -------------------------------------------------------------------------------------------

    @property
    def _axes(self) -> tuple[tuple[str, int], tuple[str, int]]:
        return self.panel.pictures.places()

    @property
    def _elsewhere(self) -> bool:
        """Whether the surface is cut through the step where we stand, for there are more numbers than its two."""
        many = sum(np.size(self._point[name]) for name in self.panel.setup.inputs.down if name in self._point) > 2
        return self.race.lead is not None and many and self.race.step > 0

    def _around(self) -> dict[str, Any]:
        """The point through which the surface is cut."""
        lead = self.race.lead
        return dict(lead.at(self.race.step)) if lead is not None and self._elsewhere else self._point

    def _find_ground(self) -> None:
        if self._program is None or not self.panel.isVisible():
            return
        axes, run = self._axes, self._session.run
        if run is not None and run.failure:
            self.ground.say(say("training.nothing-yet", "There is nothing to train yet: the program stops half-way."))
        elif not axes[0][0]:
            self.ground.say(say("training.no-number", "There is nothing to train: the program has no number to move."))
        else:
            over, tracks = self.panel.setup.inputs.down, [path.points for path in self.race.paths(*axes)]
            if axes[0] == axes[1] and run is not None:
                self.ground.find_curve(run, axes[0], over, tracks)
            else:
                self.ground.find(self._program, self._point, self._around(), axes, over, tracks)

    def _take_ground(self) -> None:
        self.panel.setup.show_rates(self.ground.rates)
        self._draw()

    def _turn_axes(self) -> None:
        self.ground.window = None
        self._find_ground()

    def _look_elsewhere(self) -> None:
        """The picture was moved or zoomed by hand: work out what is seen now."""
        self.ground.window = self.panel.pictures.contour.seen()
        self._settling.start()

    def _drag(self, x: float, y: float) -> None:
        """The point is dragged: its numbers follow at once."""
        self.ground.touch(self._axes, x, y)

    def _drop(self, x: float, y: float) -> None:
        """It is let go: the inputs are there now, and what was trained is trained from there."""
        self._put(x, y)
        if self.race.trainings:
            self._start(play=False)

    def _slide(self, x: float) -> None:
        """The point on the curve of one number is dragged."""
        (name, element), _ = self._axes
        self._moved.put({name: changed(self._point[name], element, x)})

    def start_from(self, x: float, y: float) -> None:
        """Start from a place of the surface."""
        self._put(x, y)
        self._start()

    def _put(self, x: float, y: float) -> None:
        from explorer.parts.training.work import moved

        axes = self._axes
        self._point = moved(self._point, axes, x, y)
        self._moved.put({name: self._point[name] for name in {axes[0][0], axes[1][0]}})

    # --- the trainings -----------------------------------------------------------------------------------------

    @property
    def race(self) -> Race:
        """The race that runs, or ran last."""
        return self.course.race

    def start_or_stop(self) -> None:
        """Train from the inputs; or stop, and keep what there is."""
        if self.course.going:
            self.course.stop()
        else:
            self._start()

    def _train_here(self) -> None:
        self._places.show_page("training")
        self.start_or_stop()

    def _start(self, play: bool = True) -> None:
        if self._program is not None:
            self.looks.forget()
            self.course.start(self._program, self._point, self.panel.setup.plans(), self._series, play)

    def _take_end(self) -> None:
        """The paths are whole: show as much of the surface as they cross."""
        if self.ground.window is None:
            self._find_ground()

    def _rest(self) -> None:
        """Nothing moves any more."""
        self.looks.look()
        if self._elsewhere:
            self._settling.start()

    def _do(self, key: str) -> None:
        if self.race.lead is not None:
            self.course.do(key)
        elif key in ("play", "step_forward"):
            self._start(play=key == "play")

    def open_step(self) -> None:
        """Show the tape, the graph and the sweeps of the step where we stand."""
        lead = self.race.lead
        if lead is None or not lead.losses:
            self.opening.needs_training()
            return
        self.race.seek(self.race.step)
        self.opening.open(lead, self.race.step)

    # --- what is drawn -----------------------------------------------------------------------------------------

    def _draw(self) -> None:
        if not self.panel.has_pictures or not self.panel.isVisible():
            return
        race, pictures, scene, axes = self.race, self.panel.pictures, self.ground.scene, self._axes
        if scene.curve is not None and axes[0][0]:
            scene = replace(scene, paths=race.paths(*axes))
            pictures.show_walk(race.walk(axes[0]))
        if scene.landscape is not None and axes[0][0]:
            shown = None if self._elsewhere else scene.tangent
            scene = replace(scene, paths=race.paths(*axes), tangent=shown)
        run = self._session.run
        pictures.show_scene(scene)
        pictures.show_numbers(scene.tangent, run.target_label if run is not None else "")
        pictures.losses.show_curves(race.losses(), race.step, race.last)
        pictures.sizes.show_curves(race.sizes(), race.step, race.last)
        last = race.last or self.panel.setup.plans()[0].steps
        self.panel.transport.show_step(race.step, race.known, last)
        self._tell()
        if race.playing:
            self.looks.follow()

    def _tell(self) -> None:
        """The step in a sentence, or what to do, or what is wrong."""
        from explorer.parts.training.work import sentence

        race, lead = self.race, self.race.lead
        if race.problem:
            self.panel.transport.show_sentence(race.problem, "error")
        elif lead is not None and lead.losses:
            wrong = bool(lead.stopped) and race.step >= race.known and not self.course.going
            self.panel.transport.show_sentence(sentence(lead, race.step), "error" if wrong else "")
        elif self._program is not None and not self.ground.scene.problem:
            invitation = say(
                "training.invitation",
                "Press Train to follow the gradient down from the inputs, or click on the surface to start there.",
            )  # fmt: skip
            self.panel.transport.show_sentence(invitation)
        else:
            self.panel.transport.show_sentence("")

    def _show_state(self) -> None:
        trained = bool(self.race.trainings)
        self.panel.setup.show_training(self.course.going)
        self.panel.transport.show_able(trained)
        self.panel.transport.show_playing(self.race.playing)

    # --- as a part ---------------------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)
        self.opening.set_theme(theme)

    def _take_plan(self) -> None:
        """The plan was changed by hand: the document has another."""
        from explorer.parts.training.work import text_of_plan

        self._chosen = text_of_plan(self.panel.setup.plan)
        self.noted.emit()

    def add_to(self, document: Document) -> Document:
        return replace(self.opening.add_to(document), plan=self._chosen, series=self._series)

    def restore(self, document: Document) -> None:
        self.opening.forget()
        self._chosen, self._series, self._plan, self._program = document.plan, document.series, None, None
        self._forget()
        if document.plan:
            from explorer.parts.training.work import plan_of

            self._plan = plan_of(document.plan)
        self.panel.setup.show_plan(self._plan or Plan())

    def close(self) -> None:
        self.course.clock.stop()
        self._settling.stop()
