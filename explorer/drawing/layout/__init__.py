"""Where the nodes and edges of a drawn graph go: a layered layout, left to right or top down.

The stages, one file each: rank (which column), columns (long edges become chains of bends), order (who is
above whom, few crossings), coordinates (how high, straight chains), routes (curves between the boxes).
Numbers in, numbers out: nothing here knows Qt, tapes, values or text.
"""

from explorer.drawing.layout.arrange import layout
from explorer.drawing.layout.result import Layout, LayoutCancelled

__all__ = ["Layout", "LayoutCancelled", "layout"]
