"""How each state of a node and of an edge looks: one row per state, by shape and weight as well as colour.

Colours are names of `explorer.theme`; nothing here draws.
"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.drawing.scene import EdgeState, NodeState


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
    NodeState.PENDING: Look("canvas", "pending", 1.0, "border", dashed=True),
    NodeState.COMPUTED: Look("card", "card_border", 1.2, "primal_mid"),
    NodeState.CURRENT: Look("card", "text", 1.6, "primal_strong"),
    NodeState.SEEDED: Look("card", "adjoint_strong", 1.5, "adjoint_mid", adjoint="adjoint"),
    NodeState.ACCUMULATING: Look("card", "adjoint_strong", 1.5, "adjoint_mid", adjoint="adjoint"),
    NodeState.COMPLETE: Look("adjoint_soft", "adjoint_strong", 2.0, "adjoint_strong", adjoint="adjoint"),
    NodeState.UNCONNECTED: Look("raised", "pending", 1.0, "faint", value="muted", hatched=True),
    NodeState.UNWATCHED: Look("raised", "muted", 1.4, "faint", value="muted", dotted=True),
    NodeState.FAILED: Look("error_soft", "error", 2.0, "error", value="error", adjoint="error", crossed=True),
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
