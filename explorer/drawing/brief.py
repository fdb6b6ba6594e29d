"""What is written in boxes that are too small for everything: the name, and under it the number that matters now.

That is the adjoint once there is one, else the value, and for arrays the shape. Must not know who paints it, nor the
camera beyond the zoom, which decides what can still be read.
"""

from collections.abc import Iterator

import numpy as np

from core.timeline import State
from explorer.drawing.looks import GROUP, look_of
from explorer.drawing.measure import Measure, Style
from explorer.drawing.scene import GraphModel, Snapshot

WIDE = 0.84  # share of a box that a text may take
ALONE, ABOVE, BELOW = 0.04, 0.027, 0.027  # sizes of a name alone, of one over a number, of the number, per height
RISE, SINK = 0.19, 0.22  # where name and number stand, from the middle of the box
LONG = 6  # letters of a number that is shortened when it has more
LEAST = 6.0  # pixels on screen below which a text is left out
SIZE = 13.0  # of the letters at scale 1


Written = tuple[str, Style, float, float]
"""A text with its style, and where its middle is."""
Lettering = tuple[float, str]
"""The size of a text, and the name of its colour."""


def brief_texts(
    model: GraphModel, snapshot: Snapshot, nodes: np.ndarray, zoom: float, measure: Measure
) -> dict[Lettering, list[Written]]:
    """The name of each node and its number, as large as the boxes allow; all of one size and colour together.

    What is too small to be read is left out.
    """
    alike: dict[Lettering, list[Written]] = {}
    for lettering, written in _texts(model, snapshot, nodes, zoom, measure):
        if lettering[0] * SIZE * zoom >= LEAST:
            alike.setdefault(lettering, []).append(written)
    return alike


def _texts(
    model: GraphModel, snapshot: Snapshot, nodes: np.ndarray, zoom: float, measure: Measure
) -> Iterator[tuple[Lettering, Written]]:
    title, value = Style.TITLE, Style.VALUE
    quiet = np.isin(snapshot.states[nodes], [State.UNCONNECTED, State.UNWATCHED]).tolist()
    sizes, centres = model.sizes[nodes].tolist(), model.positions[nodes].tolist()
    for node, (width, height), (x, y), muted in zip(nodes.tolist(), sizes, centres, quiet):
        name, color = model.title(node), "muted" if muted else "text"
        number, role = _number(model, snapshot, node) if BELOW * height * SIZE * zoom >= LEAST else ("", "")
        long = measure(name, title)
        scale = _scale(measure(number, value), width, BELOW * height, zoom) if number else 0.0
        if scale * SIZE * zoom >= LEAST:
            yield (_scale(long, width, ABOVE * height, zoom), color), (name, title, x, y - RISE * height)
            yield (scale, role), (number, value, x, y + SINK * height)
        else:
            yield (_scale(long, width, ALONE * height, zoom), color), (name, title, x, y)


def _scale(long: float, width: float, most: float, zoom: float) -> float:
    """In steps, so that many texts are of one size; never larger on screen than the text around the graph."""
    return min(round(min(WIDE * width / max(long, 24.0), most) * 16) / 16, 0.96 / zoom)


def _number(model: GraphModel, snapshot: Snapshot, node: int) -> tuple[str, str]:
    """What stands under the name, and its colour."""
    if model.kinds[node] == GROUP:
        return "", ""
    if shape := model.shape(node):
        return shape, "muted"
    look = look_of(model, snapshot, node)
    if adjoint := snapshot.adjoint_text(node):
        return _short(adjoint.rpartition(" = ")[2]), look.adjoint
    return _short(snapshot.primal_text(node)), look.value


def _short(number: str) -> str:
    """With three digits where it is long, so that it can be written large."""
    if len(number) <= LONG:
        return number
    try:
        return min(number, f"{float(number):.3g}", key=len)
    except ValueError:
        return number
