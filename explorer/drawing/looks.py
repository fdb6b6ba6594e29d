"""How each state of a node and of an edge looks: one row per state, by shape and weight as well as colour.

Colours are names of a theme; nothing here draws.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.timeline import State
from explorer.drawing.scene import EdgeState, GraphModel, Kind, Snapshot

RADIUS, ROUND = 9.0, 34.0  # of cards, and at most of pills
INPUT, GROUP, CURRENT = int(Kind.INPUT), int(Kind.GROUP), int(State.CURRENT)  # members are slow to look up


@dataclass(frozen=True)
class Look:
    """A node's fill and outline; `block` is its fill from afar; `value` and `adjoint` colour its texts."""

    fill: str
    line: str
    weight: float
    block: str
    value: str = "primal"
    adjoint: str = "muted"
    dashed: bool = False
    dotted: bool = False
    hatched: bool = False
    crossed: bool = False


LOOKS: dict[int, Look] = {
    State.PENDING: Look("canvas", "pending", 1.0, "border", dashed=True),
    State.COMPUTED: Look("card", "card_border", 1.2, "primal_mid"),
    State.CURRENT: Look("card", "text", 1.6, "primal_strong"),
    State.SEEDED: Look("card", "adjoint_strong", 1.5, "adjoint_mid", adjoint="adjoint"),
    State.ACCUMULATING: Look("card", "adjoint_strong", 1.5, "adjoint_mid", adjoint="adjoint"),
    State.COMPLETE: Look("adjoint_soft", "adjoint_strong", 2.0, "adjoint_strong", adjoint="adjoint"),
    State.UNCONNECTED: Look("raised", "pending", 1.0, "faint", value="muted", hatched=True),
    State.UNWATCHED: Look("raised", "muted", 1.4, "faint", value="muted", dotted=True),
    State.FAILED: Look("error_soft", "error", 2.0, "error", value="error", adjoint="error", crossed=True),
}


@dataclass(frozen=True)
class EdgeLook:
    """An edge's line and arrow head."""

    line: str
    weight: float
    dashed: bool = False


EDGE_LOOKS: dict[int, EdgeLook] = {
    EdgeState.CUT: EdgeLook("pending", 1.0, dashed=True),
    EdgeState.IDLE: EdgeLook("edge", 1.1),
    EdgeState.FLOWED: EdgeLook("edge_flowed", 1.4),
    EdgeState.USED: EdgeLook("adjoint_strong", 1.4),
}


def radii(kinds: np.ndarray, heights: np.ndarray) -> np.ndarray:
    """How round the corners are: inputs are pills, the rest are cards."""
    return np.where(kinds == INPUT, np.minimum(heights / 2, ROUND), RADIUS)


def radius_of(model: GraphModel, node: int) -> float:
    """How round the corners of a node are."""
    return float(radii(model.kinds[node : node + 1], model.sizes[node : node + 1, 1])[0])


def look_of(model: GraphModel, snapshot: Snapshot, node: int) -> Look:
    """How a node looks at a step."""
    return LOOKS[drawn_state(snapshot, node)]


def drawn_state(snapshot: Snapshot, node: int) -> int:
    """A current node is drawn by how far it is; that it is current is shown by its halo."""
    state = int(snapshot.states[node])
    if state != CURRENT:
        return state
    return State.ACCUMULATING if snapshot.adjoint_text(node) else State.COMPUTED
