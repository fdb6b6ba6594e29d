"""Trainings that began together, one for each optimizer, and the step that is looked at; time enters by argument.

Filled by a worker thread, read by the window's. Knows no widget and no clock.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from core.training import Training
from core.training.in_text import TrainingInText
from explorer.parts.training.landscape import Path

SECONDS = 6.0
"""How long it takes to play all steps."""
SLOWEST, FASTEST = 6.0, 2_000.0
"""Steps in a second."""

Number = tuple[str, int]
"""An input, and which of its numbers."""


class Race:
    """`trainings` by optimizer, the leader first; `step` is where we stand, `last` how many steps were asked for."""

    def __init__(self, names: Sequence[str] = (), last: int = 0) -> None:
        self.names, self.last = tuple(names), last
        self.trainings: dict[str, Training | TrainingInText] = {}
        self.playing = False
        self.problem = ""
        """Why it could not begin."""
        self._at = 0.0
        self._axes: tuple[Number, Number] = ("", 0), ("", 0)
        self._tracks: dict[str, tuple[list[int], list[tuple[float, float]]]] = {}

    @classmethod
    def in_text(cls, training: TrainingInText) -> "Race":
        """The training that a text does itself, which runs alone."""
        race = cls(["text"], len(training.losses) - 1)
        race.trainings["text"] = training
        return race

    @property
    def lead(self) -> Training | TrainingInText | None:
        """The training whose steps are told and opened."""
        return self.trainings.get(self.names[0]) if self.names else None

    @property
    def known(self) -> int:
        """The last step that the leader has reached."""
        lead = self.lead
        return max(len(lead.losses) - 1, 0) if lead is not None else 0

    @property
    def step(self) -> int:
        """Where we stand."""
        return min(int(self._at), self.known)

    def seek(self, step: int) -> None:
        """Stop, and stand at a step."""
        self.playing = False
        self._at = float(min(max(step, 0), self.known))

    def play(self) -> None:
        """Go on by itself; from the beginning where we stand at the end."""
        if self.step >= self.known:
            self._at = 0.0
        self.playing = True

    def tick(self, seconds: float, going: bool) -> None:
        """Let time pass; while the trainings are `going` we wait for them at the last step there is."""
        if not self.playing:
            return
        pace = min(max(self.last / SECONDS, SLOWEST), FASTEST)
        self._at = min(self._at + pace * seconds, float(self.known))
        if self._at >= self.known and not going:
            self.playing = False

    def losses(self) -> dict[str, Sequence[float]]:
        """The losses of each optimizer."""
        return {name: self.trainings[name].losses for name in self.names if name in self.trainings}

    def sizes(self) -> dict[str, Sequence[float]]:
        """By parameter the size of the leader's gradient at each step."""
        return dict(self.lead.sizes) if isinstance(self.lead, Training) else {}

    def paths(self, across: Number, up: Number) -> tuple[Path, ...]:
        """Where each optimizer went, seen along two numbers; the leader last, so that it is drawn on top."""
        if (across, up) != self._axes:
            self._axes, self._tracks = (across, up), {}
        found = []
        for name in reversed(self.names):
            training = self.trainings.get(name)
            if training is None:
                continue
            steps, points = self._tracks.setdefault(name, ([], []))
            kept = training.kept_steps() if isinstance(training, Training) else training.steps
            for step in kept[len(steps) :]:
                point = training.at(step)
                steps.append(step)
                points.append((_number(point, across), _number(point, up)))
            here = max(int(np.searchsorted(steps, self.step, side="right")) - 1, 0)
            found.append(Path(name, np.array(points).reshape(-1, 2), here))
        return tuple(found)

    def walk(self, along: Number) -> np.ndarray:
        """The leader's way along one number up to where we stand, as rows of the number and the loss."""
        path = next((path for path in self.paths(along, along) if path.optimizer == self.names[0]), None)
        lead = self.lead
        if path is None or lead is None:
            return np.zeros((0, 2))
        losses = [lead.losses[step] for step in self._tracks[path.optimizer][0][: path.step + 1]]
        return np.stack([path.points[: path.step + 1, 0], losses], axis=1)


def _number(point: Mapping[str, object], place: Number) -> float:
    name, element = place
    return float(np.ravel(np.asarray(point[name], dtype=float))[element]) if name in point else float("nan")
