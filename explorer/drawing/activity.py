"""What moves along the edges in a step: values forward, tangents forward, contributions back.

Knows frames of a timeline; wording comes from `core.notation`.
"""

from collections.abc import Iterator

import numpy as np

from core import notation
from core.events import AdjointAccumulated, PrimalComputed, TangentComputed
from core.tape import Tape
from core.timeline import Frame
from explorer.drawing.scene import ActiveEdge


def active_edges(links: np.ndarray, of: np.ndarray, frame: Frame) -> list[ActiveEdge]:
    """The drawn edges along which something moves in this step, each once.

    `links` (m, 3) are the edges between entries (source, target, slot) in the order of their targets, and `of` (m,) the
    drawn edge of each, -1 where it is inside a group.
    """
    event, tape = frame.event, frame.timeline.tape
    found: dict[int, ActiveEdge] = {}
    if isinstance(event, PrimalComputed):
        for active in _values(links, of, tape, event):
            found.setdefault(active.edge, active)
    elif isinstance(event, TangentComputed):
        found = {active.edge: active for active in _tangents(links, of, event)}
    elif isinstance(event, AdjointAccumulated):
        found = {active.edge: active for active in _contributions(links, of, tape, event)}
    return [active for edge, active in found.items() if edge >= 0]


def _values(links: np.ndarray, of: np.ndarray, tape: Tape, event: PrimalComputed) -> Iterator[ActiveEdge]:
    """The operands on their way into an operation."""
    values = tape.operand_values(event.index)
    for link in _links_to(links, event.index):
        shapes = broadcast_text(tape, links[link], reverse=False)
        yield ActiveEdge(int(of[link]), "", number_text(values[links[link, 2]]), False, shapes)


def _tangents(links: np.ndarray, of: np.ndarray, event: TangentComputed) -> Iterator[ActiveEdge]:
    """The terms of a tangent, each partial times the tangent of an operand."""
    terms = {slot: (partial, term) for slot, partial, term in event.terms}
    for link in _links_to(links, event.index):
        partial, term = terms.get(int(links[link, 2]), (None, None))
        if term is not None:
            yield ActiveEdge(int(of[link]), _times(partial), notation.number(term), False, tangent=True)


def _contributions(
    links: np.ndarray, of: np.ndarray, tape: Tape, event: AdjointAccumulated
) -> Iterator[ActiveEdge]:
    """The contribution on its way back to the operand in a slot."""
    for link in _links_to(links, event.source):
        if links[link, 2] == event.slot:
            shapes = broadcast_text(tape, links[link], reverse=True)
            yield ActiveEdge(int(of[link]), _times(event.partial), notation.number(event.contribution), True, shapes)


def _links_to(links: np.ndarray, entry: int) -> range:
    """The places of the links to the operands of an entry."""
    return range(*np.searchsorted(links[:, 1], [entry, entry + 1]).tolist())


def _times(partial: object) -> str:
    return "" if partial is None else f"× {notation.number(partial, 4)}"


def number_text(value: object) -> str:
    """A value as it is written in the graph; nothing where there is none yet."""
    return "" if value is None else notation.number(value)


def broadcast_text(tape: Tape, link: np.ndarray, reverse: bool) -> str:
    """How an operand's shape changes on its way into an elementwise operation, and its adjoint's on the way back."""
    source, target, _ = link.tolist()
    small, large = np.shape(tape.primals[source]), np.shape(tape.primals[target])
    if not tape.ops[target].elementwise or small == large:
        return ""
    if not reverse:
        return f"{_shape(small)} → {_shape(large)}"
    missing = len(large) - len(small)
    padded = (1,) * missing + small
    axes = [str(axis) for axis in range(len(large)) if axis < missing or padded[axis] != large[axis]]
    over = "axis" if len(axes) == 1 else "axes"
    return f"{_shape(large)} → {_shape(small)}, Σ over {over} {', '.join(axes)}"


def _shape(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"
