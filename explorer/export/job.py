"""What is exported: a run at a step, all of it or what is seen, with or without values, light or dark.

Knows runs and pictures; knows no window, no fonts and no file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from core.basics.words import say
from core.groups import GroupTree
from core.run import Run
from core.timeline import State, Timeline
from explorer.drawing.camera import Box
from explorer.drawing.measure import Measure, estimated
from explorer.drawing.picture import Picture, picture_of, refolded, snapshot
from explorer.drawing.scene import EdgeState, GraphModel, Snapshot
from explorer.look.colors import DARK, LIGHT, Colors

WHOLE = 2_000
"""Entries up to which a run is written unfolded when nobody has folded it."""


@dataclass(frozen=True)
class Job:
    """`step` None is the last; `picture` is the graph as it is folded now, `seen` the part of it that is in view,
    `weighting` how the sizes of contributions are drawn. `told` is called with the share that is done; what it raises
    ends the work. `measure` tells how wide texts are, where there is no `picture` yet.
    """

    run: Run
    step: int | None = None
    dark: bool = False
    values: bool = True
    scale: float = 2.0
    picture: Picture | None = None
    seen: Box | None = None
    weighting: str = "off"
    told: Callable[[float], None] | None = None
    measure: Measure = estimated

    @property
    def colors(self) -> Colors:
        """Light or dark, in the colours of the sweep."""
        return (DARK if self.dark else LIGHT).for_sweep(self.drawn.timeline.second_sweep)

    @cached_property
    def drawn(self) -> Picture:
        """The placed graph. Raises ValueError where there is none."""
        if not len(self.run.tape):
            raise ValueError(say("export.nothing-recorded-no-graph", "nothing was recorded, so there is no graph"))
        if self.picture is not None:
            return self.picture
        picture = picture_of(Timeline.of(self.run), measure=self.measure)
        return refolded(picture, None) if picture.opened is not None and picture.model.entries <= WHOLE else picture

    @property
    def model(self) -> GraphModel:
        return self.drawn.model

    @property
    def tree(self) -> GroupTree:
        return self.drawn.tree

    @cached_property
    def shown(self) -> Snapshot:
        """How the graph looks at the step; without values as if nothing had run, but solid."""
        found = self._at_step() if self.values else self._bare()

        def primal_text(node: int) -> str:
            self.tell(node / len(self.model))  # every writer asks for the text of node after node
            return found.primal_text(node)

        return replace(found, primal_text=primal_text)

    def _at_step(self) -> Snapshot:
        timeline = self.drawn.timeline
        step = len(timeline) if self.step is None else min(self.step, len(timeline))
        return replace(snapshot(self.drawn, timeline.frame(step)), weighting=self.weighting)

    def _bare(self) -> Snapshot:
        blank = Snapshot.blank(self.model)
        states = np.full(len(self.model), State.COMPUTED, np.uint8)
        return replace(blank, states=states, edge_states=np.full(len(self.model.edges), EdgeState.FLOWED, np.uint8))

    def tell(self, share: float) -> None:
        """Say how much is done, to whoever wants to know."""
        if self.told is not None:
            self.told(share)

    @property
    def bounds(self) -> Box:
        """The part of the picture to write."""
        return self.seen or self.model.bounds

    def lines(self, node: int) -> list[str]:
        """What is written on a node, line by line."""
        model, shown = self.model, self.shown
        note = f" ({model.shape(node)})" if model.group_of(node) is not None else model.formula(node)
        return [line for line in (model.title(node) + note, shown.primal_text(node), shown.adjoint_text(node)) if line]
