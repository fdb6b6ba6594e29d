"""Points on Bezier routes. Numbers only."""

import numpy as np

PIECES, SLACK = 10, 4.0  # parts of a curve that are covered alone, and by how much a curve may leave a chord
WASTE = 1.6  # times as large one rectangle may be as the two that it replaces


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


def covering(points: np.ndarray) -> np.ndarray:
    """(k, 4): left, top, right, bottom of rectangles that cover a route, few where it is straight."""
    line = bezier(points, np.linspace(0, 1, PIECES * ((len(points) - 1) // 3) + 1))
    pieces = np.hstack([np.minimum(line[:-1], line[1:]) - SLACK, np.maximum(line[:-1], line[1:]) + SLACK]).tolist()
    found = [pieces[0]]
    for left, top, right, bottom in pieces[1:]:
        last = found[-1]
        both = [min(last[0], left), min(last[1], top), max(last[2], right), max(last[3], bottom)]
        if _area(both) <= WASTE * (_area(last) + _area([left, top, right, bottom])):
            found[-1] = both
        else:
            found.append([left, top, right, bottom])
    return np.array(found)


def _area(box: list[float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def points_and_directions(points: np.ndarray, fractions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The points after these fractions of the length of a route, and the unit directions there."""
    line, lengths = measured(points, 8)
    goal = np.clip(fractions, 0, 1) * lengths[-1]
    piece = np.clip(np.searchsorted(lengths, goal) - 1, 0, len(line) - 2)
    step = line[piece + 1] - line[piece]
    rest = (goal - lengths[piece]) / np.maximum(lengths[piece + 1] - lengths[piece], 1e-9)
    return line[piece] + step * rest[:, None], step / np.maximum(np.hypot(*step.T), 1e-9)[:, None]
