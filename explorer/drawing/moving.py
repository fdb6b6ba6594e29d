"""From one placed graph to the next: every node comes from where it, or the group that held it, was before.

Pure; time enters as a fraction. Knows models only.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from explorer.drawing.camera import ease
from explorer.drawing.scene import GraphModel

MOST = 1200  # nodes beyond which the new picture appears at once
FRAMES_FROM = 0.75  # frames of groups appear in the last part of the way


def offsets(old: GraphModel, new: GraphModel) -> np.ndarray | None:
    """Where each node of `new` was, relative to where it will be; None where nothing moves or too much does."""
    if not len(old) or not len(new) or max(len(old), len(new)) > MOST:
        return None
    start = _by_entries(old, new) if old.entries == new.entries else _by_titles(old, new)
    away = np.where(np.isfinite(start), start - new.positions, 0.0)
    return away if np.abs(away).max() > 0.5 else None


def _by_entries(old: GraphModel, new: GraphModel) -> np.ndarray:
    """The same tape: a node comes from the middle of those that held its entries."""
    start = np.empty((len(new), 2))
    for node in range(len(new)):
        inside = new.entries_of(node)
        first, last = old.node_of(inside[0]), old.node_of(inside[-1])
        start[node] = old.positions[first : last + 1].mean(axis=0)
    return start


def _by_titles(old: GraphModel, new: GraphModel) -> np.ndarray:
    """Another tape: a node comes from where the one of its name was."""
    places = {old.title(node): old.positions[node] for node in range(len(old))}
    nowhere = np.full(2, np.nan)
    return np.array([places.get(new.title(node), nowhere) for node in range(len(new))])


def displaced(model: GraphModel, away: np.ndarray, fraction: float) -> GraphModel:
    """The model on its way: all of `away` at fraction 0, in place at 1; lines bend along with their ends."""
    left = away * (1 - ease(fraction))
    frames = model.frames if fraction > FRAMES_FROM else ()
    return replace(
        model, positions=model.positions + left, points=model.points + _along(model, left), frames=frames
    )


def _along(model: GraphModel, left: np.ndarray) -> np.ndarray:
    """The shift of every point of the routes: from that of the source to that of the target."""
    if not len(model.edges):
        return np.zeros_like(model.points)
    counts = np.diff(model.starts)
    edge = np.repeat(np.arange(len(model.edges)), counts)
    share = ((np.arange(len(model.points)) - model.starts[edge]) / (counts[edge] - 1))[:, None]
    share[model.stubs[edge]] = 1.0
    return left[model.edges[edge, 0]] * (1 - share) + left[model.edges[edge, 1]] * share
