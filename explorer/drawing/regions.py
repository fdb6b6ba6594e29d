"""Where the groups of a picture without frames stand, so that they can have captions.

Knows the placed graph and its groups; knows no run.
"""

import numpy as np

from core.groups import ROOT, GroupTree, Parting
from explorer.drawing.camera import Box
from explorer.drawing.scene import GraphModel, OpenGroup

MOST_REGIONS = 8  # so many groups have captions
OUTLYING = 1.3  # times the distance between the quartiles


def regions_of(tree: GroupTree, parting: Parting, model: GraphModel) -> tuple[OpenGroup, ...]:
    """Where the widest of the outermost groups stand, with the lines above them."""
    into = np.repeat(model.edges[:, 1], np.diff(model.starts))
    found = []
    for group in (tree[number] for number in tree.children[ROOT]):
        nodes = slice(parting.node_of(group.first), parting.node_of(group.stop - 1) + 1)
        left, right = _bulk(model.boxes[nodes, 0::2])
        top, bottom = float(model.boxes[nodes, 1].min()), float(model.boxes[nodes, 3].max())
        found.append((right - left, group, nodes, Box(left, top, right, bottom)))
    widest = sorted(found, key=lambda one: one[0])[-MOST_REGIONS:]
    return tuple(
        OpenGroup(group.number, group.title, box._replace(top=_highest(model, into, nodes, box)))
        for _, group, nodes, box in widest
    )


def _bulk(sides: np.ndarray) -> tuple[float, float]:
    """From where to where boxes (left, right) reach, without the few that lie far off."""
    low, high = np.quantile(sides.mean(axis=1), (0.25, 0.75)).tolist()
    reach = OUTLYING * (high - low)
    left, right = float(sides[:, 0].min()), float(sides[:, 1].max())
    return min(low, max(left, low - reach)), max(high, min(right, high + reach))


def _highest(model: GraphModel, into: np.ndarray, nodes: slice, box: Box) -> float:
    """The top of a part of the graph and of the lines that run above it to its nodes."""
    above = (into >= nodes.start) & (into < nodes.stop) & (model.points[:, 0] >= box.left)
    return float(model.points[above, 1].min(initial=box.top))
