"""The layout from sizes and edges to positions and curves: calls the stages in turn, fine or fast by size.

Knows how the stages fit together, and none of their secrets.
"""

from collections.abc import Callable, Sequence

import numpy as np

from core.basics.words import say
from explorer.drawing.layout.columns import Columns, cut
from explorer.drawing.layout.coordinates import aligned
from explorer.drawing.layout.crossings import crossings
from explorer.drawing.layout.order import Ordering, by_key
from explorer.drawing.layout.press import pressed
from explorer.drawing.layout.rank import best_rank, rank
from explorer.drawing.layout.relax import relaxed
from explorer.drawing.layout.result import Layout, Watch
from explorer.drawing.layout.routes import Frame, routed
from explorer.drawing.layout.sift import Sifter
from explorer.drawing.layout.strands import in_strands, strands
from explorer.drawing.layout.sweep import swept

FINE_LIMIT = 1500  # nodes; above, every stage takes its linear-time method
_SMALL = 200  # nodes; below, several layerings and more starting orders are affordable
_SIFT = 0.03  # effort per cell to move single cells after their lines
_FINE_BENDS, _FAST_BENDS = 30_000, 3
_BEND_GAP = 14.0
_EMPTY = Layout(np.zeros((0, 2)), np.zeros(0, int), np.zeros((0, 2)), np.zeros(1, int), (0.0, 0.0, 0.0, 0.0))


def layout(
    sizes: np.ndarray,
    edges: np.ndarray,
    *,
    direction: str = "right",
    inputs: Sequence[int] = (),
    output: int | None = None,
    previous: np.ndarray | None = None,
    layer_gap: float = 70.0,
    node_gap: float = 26.0,
    effort: float = 150.0,
    follow: bool = False,
    low: bool = False,
    ports: np.ndarray | None = None,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Layout:
    """Lay out nodes of `sizes` (n, 2) joined by `edges` (m, 3): source, target, operand slot of the target.

    `direction` is "right" or "down". `inputs` are aligned in the first column, `output` stands alone in the
    last. `previous` (n, 2) are centres from an earlier layout, nan for new nodes: they keep their order and
    place where that costs little. `effort` is about how many milliseconds may be spent on fewer crossings; the
    result does not depend on the clock. With `follow` rows follow the program, and few crossings are not sought.
    With `low` heights are pressed together, at the cost of straight lines.
    `ports` (m, 2) say how far from the middle of its source an edge leaves and of its target it enters, nan where
    that is free. Raises LayoutCancelled when `cancelled()` says so, ValueError on a cycle.
    """
    sizes = np.asarray(sizes, float).reshape(-1, 2)
    edges = np.asarray(edges, int).reshape(-1, 3)
    if direction not in ("right", "down"):
        raise ValueError(say(
            "drawing.direction-layout-right-down",
            "The direction of a layout is 'right' or 'down', not {direction!r}.",
            direction=direction
        ))
    turned = direction == "down"
    if turned:
        sizes = sizes[:, ::-1]
        previous = previous[:, ::-1] if previous is not None else None
    watch = Watch(cancelled, progress)
    watch.report(0.0)
    if not len(sizes):
        return _EMPTY
    pins = np.asarray(inputs, int)
    result = _rightwards(sizes, edges, pins, output, previous, (layer_gap, node_gap), effort, follow, low, ports, watch)
    watch.report(1.0)
    return _turned(result) if turned else result


def _rightwards(
    sizes: np.ndarray,
    edges: np.ndarray,
    inputs: np.ndarray,
    output: int | None,
    previous: np.ndarray | None,
    gaps: tuple[float, float],
    effort: float,
    follow: bool,
    low: bool,
    ports: np.ndarray | None,
    watch: Watch,
) -> Layout:
    count = len(sizes)
    fine = count <= FINE_LIMIT and not follow
    if fine:
        layers, columns, position = _fine_order(edges, inputs, output, previous, count, effort, watch)
    else:
        found = strands(count, edges)
        layers = rank(count, edges[:, 0], edges[:, 1], inputs, output)
        columns = cut(layers, edges, max(_FINE_BENDS, _FAST_BENDS * count))
        watch.report(0.1)
        position = in_strands(columns, found) if follow else _swept(columns, edges, watch)
    watch.report(0.6)
    distances = _distances(columns, position, sizes, gaps[1])
    if fine:
        heights = aligned(columns, position, distances, watch)
    else:
        heights = relaxed(columns, position, distances, columns.last[found.edges], found.length, watch)
    if low:
        heights = pressed(columns, position, distances, heights)
    watch.report(0.8)
    frame = _frame(columns, layers, sizes, heights, gaps[0])
    if previous is not None:
        frame = _moved_back(frame, previous)
    points, starts = routed(columns, edges, layers, frame, ports)
    return Layout(frame.centres, layers, points, starts, _bounds(frame, points))


def _swept(columns: Columns, edges: np.ndarray, watch: Watch) -> np.ndarray:
    key = _reading_order(len(columns.cell), edges)
    return swept(columns, by_key(columns, key[columns.node]), 4, watch)


def _fine_order(
    edges: np.ndarray,
    inputs: np.ndarray,
    output: int | None,
    previous: np.ndarray | None,
    count: int,
    effort: float,
    watch: Watch,
) -> tuple[np.ndarray, Columns, np.ndarray]:
    """Layers, columns and positions: of the possible layers those with fewer crossings, or as they were."""
    ranks = _rankings(count, edges, inputs, output, watch)
    tried = len(ranks)
    if previous is not None:
        ranks = [min(ranks, key=lambda layers: _spread(layers, previous[:, 0]))]
    reading = _reading_order(count, edges)
    shuffled = np.random.default_rng(0).random((5 if count <= _SMALL else 0, count))
    found = []
    for number, layers in enumerate(ranks):
        watch.report(0.1 + 0.3 * number / len(ranks))
        columns = cut(layers, edges, _FINE_BENDS)
        guesses = [guess[columns.node] for guess in (-reading, reading, np.arange(count), *shuffled)]
        ordering = Ordering(columns, guesses, watch)
        share = 0.5 if ordering.kicks(effort / 2) else 1.0
        ordering.search(share * effort / tried)
        found.append((ordering.crossed, layers, ordering))
        if not ordering.crossed:
            break
    _, layers, ordering = min(found, key=lambda one: one[0])
    watch.report(0.4)
    ordering.kick(effort / 2)  # buys nothing where the search has taken all
    columns, position = ordering.columns, ordering.positions(fine=effort >= _SIFT * len(ordering.columns.node))
    if previous is not None:
        position = _kept_order(columns, edges, previous, position, watch)
    return layers, columns, position


def _rankings(
    count: int, edges: np.ndarray, inputs: np.ndarray, output: int | None, watch: Watch
) -> list[np.ndarray]:
    """Layers worth trying: the shortest ones where lines are long, and more of them for small graphs."""
    quick = rank(count, edges[:, 0], edges[:, 1], inputs, output)
    reach = np.zeros(count, int)
    np.maximum.at(reach, edges[:, 0], quick[edges[:, 1]] - quick[edges[:, 0]] - 1)
    calm, small = reach.sum() <= count, count <= _SMALL
    ranks = [quick] if calm else [best_rank(count, edges, inputs, output, False, watch.check)]
    if small:
        ranks.append(best_rank(count, edges, inputs, output, True, watch.check))
    return ranks[:1] if small and np.array_equal(ranks[0], ranks[1]) else ranks


def _spread(layers: np.ndarray, former: np.ndarray) -> float:
    """How far apart the nodes of one layer used to be, and much more where two layers used to be one."""
    known = np.isfinite(former)
    layers, former = layers[known], former[known]
    number = np.maximum(np.bincount(layers), 1)
    mean = np.bincount(layers, former) / number
    joined = int((np.diff(mean[np.unique(layers)]) <= 0).sum())
    return float(np.abs(former - mean[layers]).sum()) + 1e6 * joined


def _kept_order(
    columns: Columns, edges: np.ndarray, previous: np.ndarray, position: np.ndarray, watch: Watch
) -> np.ndarray:
    """The former order where it crosses about as little as the new one."""
    heights = _strung(columns, _known_heights(previous[:, 1], edges))
    kept = by_key(columns, heights)
    Sifter(columns).improve(kept, 1, watch)
    if _disorder(columns, position, heights) <= _disorder(columns, kept, heights):
        return position
    return kept if crossings(columns, kept) <= 1.25 * crossings(columns, position) + 2 else position


def _disorder(columns: Columns, position: np.ndarray, heights: np.ndarray) -> int:
    """How many nodes stand below one that used to stand below them."""
    nodes = columns.cell[np.lexsort((position[columns.cell], columns.column[columns.cell]))]
    same = np.diff(columns.column[nodes]) == 0
    return int((same & (np.diff(heights[nodes]) < 0)).sum())


def _reading_order(count: int, edges: np.ndarray) -> np.ndarray:
    """Nodes as one reads an expression: depth first from the results, operands in order."""
    order = np.lexsort((edges[:, 2], edges[:, 1]))
    starts = np.searchsorted(edges[order, 1], np.arange(count + 1)).tolist()
    operands = edges[order, 0].tolist()
    has_consumer = np.zeros(count, bool)
    has_consumer[edges[:, 0]] = True
    key, number = [-1] * count, 0
    stack = np.flatnonzero(~has_consumer)[::-1].tolist()
    while stack:
        node = stack.pop()
        if node < 0:
            key[~node] = number
            number += 1
        elif key[node] == -1:
            key[node] = -2
            stack.append(~node)
            stack.extend(operands[starts[node] : starts[node + 1]][::-1])
    return np.array(key, int)


def _known_heights(previous: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Former heights, with new nodes amid their neighbours."""
    known = np.isfinite(previous)
    height = np.where(known, previous, 0.0)
    total, weight = np.zeros(len(height)), np.zeros(len(height))
    for near, far in ((edges[:, 0], edges[:, 1]), (edges[:, 1], edges[:, 0])):
        np.add.at(total, near, np.where(known[far], height[far], 0.0))
        np.add.at(weight, near, known[far])
    middle = float(height[known].mean()) if known.any() else 0.0
    return np.where(known, height, np.where(weight > 0, total / np.maximum(weight, 1), middle))


def _strung(columns: Columns, heights: np.ndarray) -> np.ndarray:
    """Heights of all cells: nodes where they are, bends strung between them."""
    strung = heights[columns.node]
    tails, heads, number = columns.source, columns.target, len(columns.node)
    degree = np.bincount(tails, minlength=number) + np.bincount(heads, minlength=number)
    for _ in range(30):
        pull = np.bincount(heads, strung[tails], number) + np.bincount(tails, strung[heads], number)
        strung = np.where(columns.is_bend, pull / np.maximum(degree, 1), strung)
    return strung


def _distances(columns: Columns, position: np.ndarray, sizes: np.ndarray, node_gap: float) -> np.ndarray:
    """Least distance between the centres of each cell and the next, by place in the row of all cells."""
    half = np.where(columns.is_bend, 0.0, sizes[columns.node, 1] / 2)
    room = np.where(columns.is_bend, _BEND_GAP, node_gap) / 2
    row = np.empty(len(half))
    row[columns.starts[columns.column] + position] = half + room
    return row + np.roll(row, -1)


def _frame(columns: Columns, layers: np.ndarray, sizes: np.ndarray, heights: np.ndarray, gap: float) -> Frame:
    """Columns side by side, with wider gaps where lines run steep."""
    number = int(layers.max(initial=-1)) + 1
    widths = np.zeros(number)
    np.maximum.at(widths, layers, sizes[:, 0])
    rise = np.zeros(number)
    tails = columns.column[columns.source]
    np.maximum.at(rise, tails, np.abs(heights[columns.source] - heights[columns.target]))
    gaps = gap * np.clip(0.75 + rise / (9 * gap), 1.0, 4.0)
    left = np.concatenate([[0.0], np.cumsum(widths + gaps)[:-1]]) if number else np.zeros(0)
    centres = np.stack([(left + widths / 2)[layers], heights[columns.cell]], 1)
    if len(centres):
        top = float((centres[:, 1] - sizes[:, 1] / 2).min())
        centres[:, 1] -= top
        heights = heights - top
    return Frame(left, left + widths, centres, sizes, heights)


def _moved_back(frame: Frame, previous: np.ndarray) -> Frame:
    """The same picture, shifted so that most nodes are where they were."""
    known = np.isfinite(previous).all(1)
    if not known.any():
        return frame
    across, down = np.median(previous[known] - frame.centres[known], axis=0)
    centres = frame.centres + [across, down]
    return Frame(frame.left + across, frame.right + across, centres, frame.sizes, frame.heights + down)


def _bounds(frame: Frame, points: np.ndarray) -> tuple[float, float, float, float]:
    corners = np.concatenate([frame.centres - frame.sizes / 2, frame.centres + frame.sizes / 2, points])
    if not len(corners):
        return 0.0, 0.0, 0.0, 0.0
    (left, top), (right, bottom) = corners.min(0).tolist(), corners.max(0).tolist()
    return left, top, right, bottom


def _turned(result: Layout) -> Layout:
    """Rows for columns: x and y change places."""
    left, top, right, bottom = result.bounds
    bounds = (top, left, bottom, right)
    return Layout(result.positions[:, ::-1], result.layers, result.points[:, ::-1], result.starts, bounds)
