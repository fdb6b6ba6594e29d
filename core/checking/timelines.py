"""What differences, once taken, say of other sweeps over the same run: a tangent sweep, or one with a mistake.

Knows timelines and checks; takes no difference itself.
"""

from collections.abc import Mapping

import numpy as np

from core.checking.verdict import Check, compared
from core.events import TangentSeeded
from core.timeline import Timeline

Checks = dict[str, Check]


def check_speed(timeline: Timeline, known: Mapping[str, Check]) -> Check | None:
    """The check of the output's tangent: each difference times how fast its input moves, summed; None where unknown."""
    run = timeline.run
    speed = timeline.frame(len(timeline)).adjoint(run.target) if run.target is not None else None
    seeds = {event.index: event.value for event in timeline.later if isinstance(event, TangentSeeded)}
    moving = {name: seeds[index] for name, index in run.inputs.items() if index in seeds and np.any(seeds[index])}
    differences = {name: known[name].difference for name in moving if name in known}
    if speed is None or np.ndim(speed) or any(differences.get(name) is None for name in moving):
        return None
    total = float(sum(np.sum(np.asarray(differences[name]) * seed) for name, seed in moving.items()))
    return compared(speed, total)


def check_adjoints(timeline: Timeline, known: Mapping[str, Check]) -> Checks:
    """The check of the adjoints with which the timeline ends: those of a sweep with a mistake in it, perhaps.

    What an input was never given counts as 0; what was skipped stays out.
    """
    last, found = timeline.frame(len(timeline)), {}
    for name, check in known.items():
        index = timeline.run.inputs.get(name)
        adjoint = None if index is None else last.adjoint(index)
        if check.sample is not None:
            ways, slopes = check.sample
            arrived = ways.along(np.zeros(ways.shape) if adjoint is None else adjoint)
            found[name] = compared(arrived, slopes)._replace(difference=None, sample=check.sample)
        elif check.difference is not None:
            arrived = np.zeros(np.shape(check.difference)) if adjoint is None else np.asarray(adjoint)
            found[name] = compared(arrived, check.difference)
    return found
