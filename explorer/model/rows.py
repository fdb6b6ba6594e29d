"""What the gradients panel shows at a step: for each input what has arrived, beside what differences say.

In forward mode one sweep gives one number: the speed of the output along the direction. Pure functions of a frame;
wording comes from `core.notation`.
"""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from core import notation
from core.basics.words import say
from core.checking.timelines import check_speed
from core.checking.verdict import Check
from core.timeline import Frame


class GradientRow(NamedTuple):
    """One derivative: its name, what has arrived (a `note` in place of it), and its check.

    `sampled` stands in place of a difference that there is not for each number.
    """

    name: str
    value: Any = None
    note: str = ""
    complete: bool = False
    difference: Any = None
    error: str = ""
    sampled: str = ""
    verdict: str = ""
    mark: str = ""
    reason: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the two are equal as far as differences can tell."""
        return self.verdict == "agrees"


def gradient_rows(frame: Frame, checks: Mapping[str, Check]) -> list[GradientRow]:
    """The rows at a step."""
    if frame.timeline.second_sweep == "tangent":
        return [_speed(frame, checks)]
    return [_gradient(frame, name, checks.get(name)) for name in frame.timeline.run.point]


def _gradient(frame: Frame, name: str, check: Check | None) -> GradientRow:
    timeline, run = frame.timeline, frame.timeline.run
    title = f"∂{run.target_label or 'f'}/∂{name}"
    if name not in run.watched:
        return GradientRow(title, None, note="unwatched", complete=True)
    index = run.inputs.get(name)
    reached = frame.adjoint(index) if index is not None else None
    begun = frame.step > timeline.forward_end
    arrived = index is None or timeline.completed_at[index] <= frame.step
    over = frame.step == len(timeline)
    complete = over or (begun and arrived)
    note = "" if reached is not None or not complete else "stopped" if run.failure else "none"
    return _checked(GradientRow(title, reached if begun else None, note, complete), check)


def _checked(row: GradientRow, check: Check | None) -> GradientRow:
    """With its check, once the tape has its own number: the answer is not to stand there before the sweep has run."""
    if check is None or not row.complete:
        return row
    return row._replace(
        difference=check.difference, sampled=sample_text(check), error=error_text(check.relative_error),
        verdict=check.verdict, mark=check.mark, reason=check.reason,
    )  # fmt: skip


def _speed(frame: Frame, checks: Mapping[str, Check]) -> GradientRow:
    """The one number that a tangent sweep gives."""
    timeline, target = frame.timeline, frame.timeline.run.target
    label = timeline.run.target_label or "f"
    speed = frame.adjoint(target) if target is not None else None
    row = GradientRow(notation.dot(label), speed, complete=speed is not None)
    return _checked(row, check_speed(timeline, checks))


def sample_text(check: Check) -> str:
    """What stands in the place of a difference that was only taken along random directions."""
    if check.sample is None:
        return ""
    return say("gradients.directions", "{count} directions", count=len(check.sample.ways))


def error_text(error: float) -> str:
    """A relative error in few letters."""
    if error == 0 or not math.isfinite(error):
        return "0" if error == 0 else "∞"
    return f"{error:.0e}".replace("e-0", "e-").replace("e+00", "").replace("e+0", "e")
