"""Trainings in numbers: what changed between two steps, and how the numbers of a point are spread.

Knows trainings by their points; knows nothing of pictures.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from core.training.descent import Training
from core.training.in_text import TrainingInText

BINS = 30


class Change(NamedTuple):
    """One number that is moved, with its place in its input, at two steps; and its partials there."""

    name: str
    place: tuple[int, ...]
    before: float
    after: float
    partial_before: float
    partial_after: float

    def __str__(self) -> str:
        """How the number is called."""
        return self.name + (f"[{', '.join(map(str, self.place))}]" if self.place else "")


def changes(training: Training | TrainingInText, step: int, other: int, most: int = 20) -> list[Change]:
    """The numbers that differ most between two steps, largest change first."""
    points = training.at(step), training.at(other)
    partials = training.gradient_at(step), training.gradient_at(other)
    rows = []
    for name in training.over:
        before, after, slope, slant = (np.asarray(one[name], dtype=float) for one in (*points, *partials))
        for place in np.argsort(-np.abs(after - before), axis=None, kind="stable")[:most]:
            where = np.unravel_index(place, before.shape)
            numbers = (float(one[where]) for one in (before, after, slope, slant))
            rows.append(Change(name, tuple(map(int, where)), *numbers))
    return sorted(rows, key=lambda row: -abs(row.after - row.before))[:most]


def histograms(
    training: Training | TrainingInText, step: int, bins: int = BINS
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For each input that is moved how many of its numbers lie in each bin, and the bins' edges, one more than bins.

    The edges are NumPy's: equal widths from the smallest number to the largest.
    """
    point = training.at(step)
    return {name: np.histogram(np.ravel(point[name]), bins) for name in training.over}
