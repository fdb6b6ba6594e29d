"""The labels that edges and nodes keep, as data: their texts, and where they are in the world."""

from collections.abc import Mapping
from typing import NamedTuple

from explorer.drawing.camera import Box

HEIGHT = 18.0  # of a label at scale 1


class Label(NamedTuple):
    """A pill with text: outlined for the partial of an edge, filled for what it delivers."""

    text: str
    filled: bool
    x: float
    y: float
    half: float
    """Half its width; (x, y) is its middle."""

    def box(self, scale: float) -> Box:
        high = HEIGHT / 2 * scale
        return Box(self.x - self.half, self.y - high, self.x + self.half, self.y + high)


class Labels(NamedTuple):
    """All labels of a picture at a scale: those of each edge, and the sum of each node."""

    of_edges: Mapping[int, tuple[Label, ...]]
    of_nodes: Mapping[int, Label]


NO_LABELS = Labels({}, {})
