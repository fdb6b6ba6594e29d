"""The surface under a training: which part of it is seen, through which point it is cut, and where the inputs lie.

It is worked out at the desk; what is dragged is followed at once. Knows no race and no widget.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from core.basics.words import say
from core.field import Tangent
from core.run import Run
from explorer.desk import Desk, Work
from explorer.parts.training.landscape import Scene
from explorer.parts.training.race import Number

SURFACE, TOUCH = "training-surface", "training-touch"
"""The jobs at the desk."""
FRAME = 0.016
"""Seconds for which a drag waits for its numbers."""
Axes = tuple[Number, Number]
Window = tuple[float, float, float, float]


class Ground:
    """`scene` is what is known of the surface; `changed` is called when it is another."""

    def __init__(self, desk: Desk, changed: Callable[[], object]) -> None:
        self._desk, self._changed = desk, changed
        self.scene = Scene()
        self.window: Window | None = None
        """Which part was chosen by hand; None: what there is to see."""
        self.rates: dict[str, float] = {}
        self._hill: Any = None
        self._through: dict[str, Any] = {}

    def forget(self) -> None:
        """Another program."""
        self._desk.cancel(SURFACE, TOUCH)
        self.scene, self.window, self.rates, self._hill = Scene(), None, {}, None

    def say(self, sentence: str) -> None:
        """There is no surface, and this is why."""
        self._desk.cancel(SURFACE)
        self.scene = Scene(problem=sentence)
        self._changed()

    def find(
        self, program: Any, start: dict[str, Any], around: dict[str, Any], axes: Axes, over: tuple[str, ...],
        tracks: Sequence[np.ndarray],
    ) -> None:  # fmt: skip
        """Work out the surface over two numbers, cut through the point `around`; and rates that suit the start."""
        from explorer.parts.training.hill import Hill
        from explorer.parts.training.work import ground_at, window_around

        window, known = self.window or window_around(around, axes, tracks), self._hill

        def do(work: Work) -> tuple[Hill, Scene, dict[str, float]]:
            hill = known if known is not None and known.is_of(program, start, over) else Hill(program, start, over)
            return hill, *ground_at(hill, start, around, axes, window, lambda: work.cancelled)

        self._through = around
        words = say("training.finding-surface", "working out the surface")
        self._desk.submit(SURFACE, do, self._take, words, grace=0.02, urgent=True)

    def find_curve(self, run: Run, along: Number, over: tuple[str, ...], tracks: Sequence[np.ndarray]) -> None:
        """Work out the loss along the one number that is trained."""
        from explorer.parts.training.hill import Hill
        from explorer.parts.training.work import curve_at, window_around

        program, start, known = run.program, dict(run.point), self._hill
        ends = window_around(start, (along, along), tracks)[:2]

        def do(work: Work) -> tuple[Hill, Scene, dict[str, float]]:
            hill = known if known is not None and known.is_of(program, start, over) else Hill(program, start, over)
            return hill, *curve_at(hill, run, along, ends, work.budget)

        words = say("training.finding-surface", "working out the surface")
        self._desk.submit(SURFACE, do, self._take, words, grace=0.02, urgent=True)

    def _take(self, found: tuple[Any, Scene, dict[str, float]]) -> None:
        self._hill, self.scene, self.rates = found
        self._changed()

    def touch(self, axes: Axes, x: float, y: float) -> None:
        """Loss and slopes at another place of the surface: within a frame, but for a program that takes longer."""
        from explorer.parts.training.work import place

        hill, point = self._hill, self._through
        if hill is not None and self.scene.landscape is not None:
            at = place(point, axes[0]), place(point, axes[1])
            self._desk.submit(TOUCH, lambda _: hill.touch(point, at, x, y), self._take_touch, grace=FRAME, urgent=True)

    def _take_touch(self, touching: Tangent) -> None:
        self.scene = replace(self.scene, tangent=touching)
        self._changed()
