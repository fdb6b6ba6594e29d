"""Places a draft: flat where no group is open, else each open group in a frame of its own. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from explorer.graph.build import Draft
from explorer.graph.camera import Box
from explorer.graph.layout import layout
from explorer.graph.nesting import Nest, nested
from explorer.graph.scene import GraphModel, OpenGroup
from explorer.graph.wrapping import wrapped

MOST_FRAMES = 80  # beyond, open groups are drawn without frames


def place(
    drawn: Draft, frames: Sequence[tuple[int, str, int, int, int]] = (), previous: np.ndarray | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> GraphModel:  # fmt: skip
    """Lay the graph out. `frames` are open groups, outer before inner: number, title, first and last node + 1, and the
    place in `frames` of the one around it (-1: none); `previous` (n, 2) are former centres, nan for new nodes.
    """
    options: dict[str, Any] = {**drawn.layout_options, "cancelled": cancelled}
    if not frames or len(frames) > MOST_FRAMES:
        return drawn.placed(in_rows(drawn.sizes, drawn.edges, previous=previous, **options))
    nests = [Nest(first, stop, parent) for _, _, first, stop, parent in frames]
    done = nested(drawn.sizes, drawn.edges, nests, in_rows, previous=previous, **options)
    boxes = [Box(*box) for box in done.boxes.tolist()]
    return drawn.placed(done, tuple(OpenGroup(number, title, box) for (number, title, *_), box in zip(frames, boxes)))


def in_rows(sizes: np.ndarray, edges: np.ndarray, **options: Any) -> Any:
    """A layout, broken into rows where it is long and thin."""
    return wrapped(layout(sizes, edges, **options), sizes, edges)
