"""The small picture beside the surface: which one, of which step, worked out when somebody looks.

Asks the desk, and shows what comes of it. Knows the race and the panel.
"""

from collections.abc import Callable
from typing import Any

from core.basics.words import say
from explorer.desk import Desk
from explorer.parts.training.panel import TrainingPanel
from explorer.parts.training.race import Race

LOOK = "training-look"
"""The job at the desk."""
WHILE_PLAYING = ("histograms", "fit")
"""The pictures that follow each frame."""


class Looks:
    """Shows one of the small pictures for the step where the race stands."""

    def __init__(self, desk: Desk, panel: TrainingPanel, race: Callable[[], Race]) -> None:
        self._desk, self._panel, self._race = desk, panel, race
        self.predictions: Any = None
        """Those of some step, with which those of another are found at once."""
        self._known: tuple[object, ...] = ()
        self._since: int | None = None

    def forget(self) -> None:
        """Another training."""
        self._desk.cancel(LOOK)
        self.predictions, self._known, self._since = None, (), None

    def compare(self, since: int) -> None:
        """Compare with another step from now on."""
        self._since = since
        self.look()

    def follow(self) -> None:
        """A frame later: the next picture, where the last one is done."""
        if self._panel.pictures.view.value in WHILE_PLAYING and not self._desk.busy(LOOK):
            self.look()

    def look(self) -> None:
        """Work out the picture of the step, where it is not there yet."""
        if not self._panel.has_pictures or not self._panel.isVisible():
            return
        race, pictures = self._race(), self._panel.pictures
        lead, step, view = race.lead, race.step, str(pictures.view.value)
        since = min(self._since if self._since is not None else max(step - 1, 0), step)
        key = (id(lead), view, step, since)
        if view == "sizes" or lead is None or not lead.losses:
            missing = say("training.not-yet", "Train first: this picture follows the steps.")
            pictures.show_missing("" if view == "sizes" else missing)
        elif key != self._known:
            from explorer.parts.training.work import Look, look_at

            pictures.changes.show_steps(step, since)
            self._known = key
            training, known = lead, self.predictions

            def take(found: Look) -> None:
                self.predictions = found.fit or self.predictions
                pictures.show_look(found)

            grace = 0.0 if race.playing else 0.02
            words = say("training.looking", "looking at a step")
            self._desk.submit(LOOK, lambda _: look_at(training, step, view, since, known), take, words, grace)
