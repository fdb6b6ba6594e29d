"""What the page of checks shows: a derivative found in several ways. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.basics.words import say
from core.checking.verdict import AGREES

if TYPE_CHECKING:
    from core.checking.differences import ErrorCurve
    from core.costs import Cost, Growth
    from core.timeline import Timeline

LOST = 1e-3  # an error that no choice of step should leave
COMPLEX_STEP = "complex step"  # the way that has neither truncation nor round-off
LARGE, ROUNDING = 1e-2, 1e-10  # steps at which truncation would show, and what rounding leaves there


@dataclass(frozen=True)
class Way:
    """A way to the derivative: what it gives, how far that is from the tape's, and what all derivatives cost so."""

    name: str
    value: float | None
    error: float | None
    cost: Cost | None = None
    note: str = ""

    @property
    def agrees(self) -> bool:
        """Whether it gives what the tape gives, up to the error of differences."""
        return self.error is not None and self.error <= AGREES


@dataclass(frozen=True, eq=False)
class Sheet:
    """All about one derivative; or why there is nothing."""

    timeline: Timeline | None = None
    title: str = ""
    problem: str = ""
    ways: tuple[Way, ...] = ()
    curves: tuple[tuple[str, ErrorCurve], ...] = ()
    growth: Growth | None = None
    inputs: int = 0
    summary: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether a way without rules and without a step's error gives what the tape gives."""
        return any(way.agrees for way in self.ways if way.name == COMPLEX_STEP)

    @property
    def lesson(self) -> str:
        """What the error curve shows, in a sentence."""
        central = dict(self.curves).get("central differences")
        if central is None or not np.any(np.isfinite(central.errors)):
            return ""
        if np.nanmin(central.errors) > LOST:
            return say(
                "checks.no-step-brings-error",
                "No step brings the error down: the tape's derivative is wrong here, or the function has a kink.",
            )
        if _untruncated(central):
            forward = dict(self.curves).get("forward differences")
            if forward is None or _untruncated(forward):
                return say(
                    "checks.along-input-function-straight",
                    "Along this input the function is straight: there is no truncation, only round-off.",
                )
            return say(
                "checks.along-input-function-parabola",
                "Along this input the function is a parabola: central differences have no truncation there, "
                "only round-off; forward differences have both.",
            )
        if central.best <= central.steps.min():
            return say(
                "checks.error-grows-step-formula",
                "The error grows with the step: it is that of the formula (truncation). Round-off hardly shows here.",
            )
        return say(
            "checks.right-h-error-formula",
            "To the right of h = {best:.0e} the error is that of the formula (truncation), to the left that of "
            "subtracting nearly equal numbers (round-off).",
            best=central.best,
        )


def _untruncated(curve: ErrorCurve) -> bool:
    """Whether even the largest steps leave no more than round-off."""
    largest = curve.errors[curve.steps >= LARGE]
    return bool(np.all(largest <= ROUNDING))
