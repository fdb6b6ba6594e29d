"""How large the texts of the window are: one factor for all of them, which a person chooses.

The graph has its own zoom and is not concerned. Must not know who writes.
"""

LEAST, USUAL, MOST = 0.7, 1.0, 2.5
STEPS = (0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5)

_size = USUAL


def text_size() -> float:
    """The factor: 1 as designed, 2 twice as large."""
    return _size


def set_text_size(size: float) -> float:
    """Choose a factor, kept between the least and the most; returns it."""
    global _size
    _size = min(max(size, LEAST), MOST)
    return _size


def px(pixels: float) -> int:
    """A length in pixels that grows with the texts."""
    return max(1, round(pixels * _size))


def fixed(pixels: float) -> float:
    """What to ask a font for, so that it has so many pixels whatever the size of the texts."""
    return pixels / _size


def next_size(size: float, by: int) -> float:
    """The size that is `by` places up or down the list from the nearest one."""
    nearest = min(range(len(STEPS)), key=lambda place: abs(STEPS[place] - size))
    return STEPS[min(max(nearest + by, 0), len(STEPS) - 1)]
