"""What a layout is when it is done, and how a running one is watched and stopped.

Knows nothing of how positions are found.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


class LayoutCancelled(Exception):
    """Raised out of `layout` as soon as the caller's `cancelled()` says yes."""


@dataclass(frozen=True)
class Layout:
    """Positions and curves of a drawn graph; all lengths in the unit of the given sizes, y downwards.

    `positions` (n, 2) are the centres of the nodes, `layers` (n,) their columns (rows when drawn down).
    Edge e is the chain of cubic Bezier curves through `points[starts[e]:starts[e + 1]]`: an end point, then
    two control points and an end point per curve. `bounds` is (left, top, right, bottom) of everything.
    """

    positions: np.ndarray
    layers: np.ndarray
    points: np.ndarray
    starts: np.ndarray
    bounds: tuple[float, float, float, float]

    def route(self, edge: int) -> np.ndarray:
        """The control points of one edge, source to target."""
        return self.points[self.starts[edge] : self.starts[edge + 1]]


@dataclass(frozen=True)
class Watch:
    """The caller's ear and brake: tells how far the work is, stops it when asked."""

    cancelled: Callable[[], bool] | None = None
    progress: Callable[[float], None] | None = None

    def check(self) -> None:
        """Stop here when the caller has lost interest."""
        if self.cancelled is not None and self.cancelled():
            raise LayoutCancelled

    def report(self, fraction: float) -> None:
        """Tell that this fraction of the work is done; also a place to stop."""
        self.check()
        if self.progress is not None:
            self.progress(fraction)
