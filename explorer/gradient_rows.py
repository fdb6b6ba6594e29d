"""What the gradients panel shows at a step: for each input what has arrived, beside what differences say.

In forward mode one sweep gives one number: the speed of the output along the direction. Pure functions of a frame;
wording comes from `core.notation`.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core import notation
from core.checks import AGREES, Check
from core.events import TangentSeeded
from core.numeric import relative_error
from core.timeline import Frame
from explorer.panels.gradient_model import GradientRow


def gradient_rows(frame: Frame, checks: Mapping[str, Check]) -> list[GradientRow]:
    """The rows at a step."""
    if frame.timeline.second_sweep == "tangent":
        return [_speed(frame, checks)]
    return [_gradient(frame, name, checks.get(name)) for name in frame.timeline.run.point]


def _gradient(frame: Frame, name: str, check: Check | None) -> GradientRow:
    timeline, run = frame.timeline, frame.timeline.run
    title = f"∂{run.target_label or 'f'}/∂{name}"
    if name not in run.watched:
        return GradientRow(title, None, note="not watched", complete=True)
    index = run.inputs.get(name)
    reached = frame.adjoint(index) if index is not None else None
    begun = frame.step > timeline.forward_end
    arrived = index is None or timeline.completed_at[index] <= frame.step
    complete = begun and (arrived or frame.phase == "end")
    if not begun:
        return _checked(GradientRow(title), check)
    if reached is None and complete:
        return GradientRow(title, None, note="none", complete=True)
    return _checked(GradientRow(title, 0.0 if reached is None else reached, complete=complete), check)


def _checked(row: GradientRow, check: Check | None) -> GradientRow:
    if check is None:
        return row
    return row._replace(difference=check.difference, error=error_text(check.relative_error), agrees=check.agrees)


def _speed(frame: Frame, checks: Mapping[str, Check]) -> GradientRow:
    """The one number that a tangent sweep gives."""
    timeline, target = frame.timeline, frame.timeline.run.target
    label = timeline.run.target_label or "f"
    speed = frame.adjoint(target) if target is not None else None
    row = GradientRow(notation.dot(label), speed, complete=speed is not None)
    expected = _along(timeline.run.inputs, timeline, checks)
    if expected is None or not (target is not None and np.ndim(timeline.run.value) == 0):
        return row
    final = timeline.frame(len(timeline)).adjoint(target)
    if final is None:
        return row
    error = relative_error(final, expected)
    return row._replace(difference=expected, error=error_text(error), agrees=error <= AGREES)


def _along(inputs: Mapping[str, int], timeline: Any, checks: Mapping[str, Check]) -> float | None:
    """The same number from the differences: each times how fast its input moves, summed."""
    seeds = {event.index: event.value for event in timeline.later if isinstance(event, TangentSeeded)}
    total = 0.0
    for name, index in inputs.items():
        if index in seeds and np.any(seeds[index]):
            if name not in checks:
                return None
            total += float(np.sum(np.asarray(checks[name].difference) * seeds[index]))
    return total


def error_text(error: float) -> str:
    """A relative error in few letters."""
    return "0" if error == 0 else f"{error:.0e}".replace("e-0", "e-")
