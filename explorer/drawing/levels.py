"""Levels of detail: how much of a node can be seen at a zoom."""

from enum import IntEnum

NEAR_ZOOM, MIDDLE_ZOOM = 0.77, 0.3
LEGIBLE = 0.32
"""The smallest zoom that the program chooses by itself: operations can be read in every node."""


class Detail(IntEnum):
    """How much of a node is drawn."""

    FAR = 0  # coloured blocks
    MIDDLE = 1  # operations, and the numbers and names that have room
    NEAR = 2  # everything


def detail_at(zoom: float) -> Detail:
    """The detail that can be read at a zoom (pixels for a unit of the world)."""
    if zoom >= NEAR_ZOOM:
        return Detail.NEAR
    return Detail.MIDDLE if zoom >= MIDDLE_ZOOM else Detail.FAR
