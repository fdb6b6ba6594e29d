"""Points on Bezier routes. Numbers only."""

import numpy as np


def bezier(points: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Points of one cubic route (3 s + 1, 2) at parameters t in 0..1, all segments equally long in t."""
    segments = (len(points) - 1) // 3
    place = np.clip(np.asarray(t, float) * segments, 0, segments)
    segment = np.minimum(place.astype(int), segments - 1)
    u = (place - segment)[:, None]
    p = [points[3 * segment + k] for k in range(4)]
    return (1 - u) ** 3 * p[0] + 3 * (1 - u) ** 2 * u * p[1] + 3 * (1 - u) * u**2 * p[2] + u**3 * p[3]


def measured(points: np.ndarray, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """A route as a line of `steps` pieces for each segment, and its length up to each point."""
    line = bezier(points, np.linspace(0, 1, steps * ((len(points) - 1) // 3) + 1))
    return line, np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])


def points_and_directions(points: np.ndarray, fractions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The points after these fractions of the length of a route, and the unit directions there."""
    line, lengths = measured(points, 8)
    goal = np.clip(fractions, 0, 1) * lengths[-1]
    piece = np.clip(np.searchsorted(lengths, goal) - 1, 0, len(line) - 2)
    step = line[piece + 1] - line[piece]
    rest = (goal - lengths[piece]) / np.maximum(lengths[piece + 1] - lengths[piece], 1e-9)
    return line[piece] + step * rest[:, None], step / np.maximum(np.hypot(*step.T), 1e-9)[:, None]
