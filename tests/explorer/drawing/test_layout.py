"""The promises of the layout, on random graphs and on the ones everybody will look at."""

from itertools import combinations, count, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.drawing.layout import Layout, LayoutCancelled, layout
from explorer.drawing.layout.crossings import inversions
from explorer.drawing.layout.rank import best_rank

SEED = np.array([[0, 2, 0], [2, 3, 0], [0, 4, 0], [4, 5, 0], [1, 5, 1], [3, 6, 0], [5, 6, 1]])


def boxes(number: int) -> np.ndarray:
    return np.tile([120.0, 64.0], (number, 1))


@st.composite
def graphs(draw: st.DrawFn, largest: int = 40) -> tuple[np.ndarray, np.ndarray]:
    """Sizes and edges of a graph without cycles; operands repeat, parts hang loose, numbers are shuffled."""
    number = draw(st.integers(1, largest))
    operands = [draw(st.lists(st.integers(0, node - 1), max_size=3)) if node else [] for node in range(number)]
    shuffle = draw(st.permutations(range(number)))
    edges = [
        (shuffle[operand], shuffle[node], slot)
        for node, given_ in enumerate(operands)
        for slot, operand in enumerate(given_)
    ]
    sizes = draw(st.lists(st.tuples(st.integers(20, 200), st.integers(20, 120)), min_size=number, max_size=number))
    return np.array(sizes, float), np.array(edges, int).reshape(-1, 3)


@pytest.mark.parametrize("effort", [0.0, 40.0])
def test_little_and_much_effort_keep_the_promises(effort: float) -> None:
    edges = random_edges(60)
    result = layout(boxes(60), edges, effort=effort)
    assert not overlaps(result, boxes(60))
    assert foreign_hits(result, boxes(60), edges) == []


@settings(max_examples=40, deadline=None)
@given(graphs(12), st.booleans())
def test_lines_are_as_short_as_any_small_move_of_nodes_could_make_them(
    graph: tuple[np.ndarray, np.ndarray], late: bool
) -> None:
    """Lines of one value count once, up to their farthest consumer; two nodes at a time are moved by a column."""
    sizes, edges = graph
    number = len(sizes)
    found = best_rank(number, edges, np.zeros(0, int), None, late, lambda: None)

    def length(layers: np.ndarray) -> int:
        reach = np.zeros(number, int)
        spans = layers[edges[:, 1]] - layers[edges[:, 0]]
        np.maximum.at(reach, edges[:, 0], spans)
        return int(reach.sum()) if (spans > 0).all() else 10**6

    assert length(found) < 10**6
    for one, two in combinations(range(number), 2):
        for steps in product((-1, 0, 1), repeat=2):
            moved = found.copy()
            moved[[one, two]] += steps
            assert length(moved) >= length(found)


def overlaps(result: Layout, sizes: np.ndarray) -> bool:
    near = np.abs(result.positions[:, None] - result.positions) - (sizes[:, None] + sizes) / 2 < 0
    return bool((near.all(2) & ~np.eye(len(sizes), dtype=bool)).any())


def sampled(route: np.ndarray) -> np.ndarray:
    """Points along a route, ends included."""
    t = np.linspace(0, 1, 9)[:, None]
    pieces = [
        (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d
        for a, b, c, d in (route[first : first + 4] for first in range(0, len(route) - 3, 3))
    ]
    return np.concatenate(pieces)


def foreign_hits(result: Layout, sizes: np.ndarray, edges: np.ndarray) -> list[tuple[int, int]]:
    """Edges and the nodes, not their own, through which they run."""
    hits = []
    for edge, (source, target, _) in enumerate(edges):
        points = sampled(result.route(edge))
        inside = (np.abs(points[:, None] - result.positions) < sizes / 2 - 1e-6).all(2).any(0)
        inside[[source, target]] = False
        hits += [(edge, int(node)) for node in np.flatnonzero(inside)]
    return hits


@settings(max_examples=40, deadline=None)
@given(graphs(), st.sampled_from(["right", "down"]))
def test_boxes_stand_apart_edges_point_forward_and_touch_no_foreign_box(
    graph: tuple[np.ndarray, np.ndarray], direction: str
) -> None:
    sizes, edges = graph
    result = layout(sizes, edges, direction=direction, effort=20)
    along = 0 if direction == "right" else 1
    assert not overlaps(result, sizes)
    assert (result.layers[edges[:, 0]] < result.layers[edges[:, 1]]).all()
    ends = result.positions[:, along]
    assert (ends[edges[:, 0]] < ends[edges[:, 1]]).all()
    assert foreign_hits(result, sizes, edges) == []


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_edges_enter_in_operand_order_from_side_to_side(graph: tuple[np.ndarray, np.ndarray]) -> None:
    sizes, edges = graph
    result = layout(sizes, edges, effort=20)
    first = result.points[result.starts[:-1]]
    last = result.points[result.starts[1:] - 1]
    left = result.positions[edges[:, 1], 0] - sizes[edges[:, 1], 0] / 2
    right = result.positions[edges[:, 0], 0] + sizes[edges[:, 0], 0] / 2
    assert np.allclose(last[:, 0], left) and np.allclose(first[:, 0], right)
    assert (np.abs(last[:, 1] - result.positions[edges[:, 1], 1]) < sizes[edges[:, 1], 1] / 2).all()
    for node in range(len(sizes)):
        mine = np.flatnonzero(edges[:, 1] == node)
        heights = last[mine[np.argsort(edges[mine, 2])], 1]
        assert (np.diff(heights) > 0).all()


@settings(max_examples=20, deadline=None)
@given(graphs())
def test_the_same_graph_always_gives_the_same_picture(graph: tuple[np.ndarray, np.ndarray]) -> None:
    one, two = layout(*graph, effort=30), layout(*graph, effort=30)
    assert np.array_equal(one.positions, two.positions) and np.array_equal(one.points, two.points)


@settings(max_examples=20, deadline=None)
@given(graphs())
def test_bounds_hold_everything(graph: tuple[np.ndarray, np.ndarray]) -> None:
    result = layout(*graph, effort=20)
    left, top, right, bottom = result.bounds
    corners = np.concatenate([result.positions - graph[0] / 2, result.positions + graph[0] / 2, result.points])
    assert (corners >= [left - 1e-9, top - 1e-9]).all() and (corners <= [right + 1e-9, bottom + 1e-9]).all()


def test_both_operands_of_x_times_x_are_seen() -> None:
    result = layout(boxes(2), np.array([[0, 1, 0], [0, 1, 1]]))
    one, two = sampled(result.route(0)), sampled(result.route(1))
    assert (one[:, 1] < two[:, 1] - 5).all()


def test_the_seed_function_is_drawn_without_a_crossing_and_its_lines_are_straight() -> None:
    result = layout(boxes(7), SEED, inputs=[0, 1], output=6)
    assert result.layers.tolist() == [0, 0, 1, 2, 1, 2, 3]
    y = result.positions[:, 1]
    assert y[2] == y[3], "v1 and v2 form one line"
    assert y[3] < y[6] < y[5], "the output stands between its operands"


def test_inputs_are_aligned_and_the_output_is_alone_at_the_end() -> None:
    edges = np.array([[0, 2, 0], [2, 3, 0], [3, 4, 0], [4, 5, 0], [1, 5, 1], [4, 6, 0], [6, 7, 0]])
    late = layout(boxes(8), edges)
    assert late.layers[1] == late.layers[5] - 1, "an unaligned source stands before its consumer"
    result = layout(boxes(8), edges, inputs=[0, 1], output=5)
    assert result.layers[0] == result.layers[1] == 0
    assert np.flatnonzero(result.layers == result.layers.max()).tolist() == [5]


@pytest.mark.parametrize("number", [0, 1, 5])
def test_nodes_without_edges_are_a_column(number: int) -> None:
    result = layout(boxes(number), np.zeros((0, 3), int))
    assert len(result.positions) == number and len(result.points) == 0
    assert result.starts.tolist() == [0]
    assert not overlaps(result, boxes(number))


def test_parts_that_do_not_hang_together_do_not_mix() -> None:
    edges = np.array([[0, 1, 0], [0, 2, 0], [3, 4, 0], [3, 5, 0]])
    y = layout(boxes(6), edges).positions[:, 1]
    assert max(y[1], y[2]) < min(y[4], y[5])


def test_a_cycle_is_refused() -> None:
    with pytest.raises(ValueError, match="cycle"):
        layout(boxes(2), np.array([[0, 1, 0], [1, 0, 0]]))


def test_an_unknown_direction_is_refused() -> None:
    with pytest.raises(ValueError, match="direction"):
        layout(boxes(1), np.zeros((0, 3), int), direction="up")


def random_edges(number: int, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    return np.array([(random.integers(max(0, i - 20), i), i, s) for i in range(1, number) for s in range(2)])


@pytest.mark.parametrize("number", [30, 2000])
def test_a_layout_stops_when_asked_at_any_moment(number: int) -> None:
    edges = random_edges(number)
    asked = count()
    layout(boxes(number), edges, cancelled=lambda: next(asked) < 0)
    total = next(asked)
    assert total > 5
    for moment in {0, total // 2, total - 1}:
        with pytest.raises(LayoutCancelled):
            layout(boxes(number), edges, cancelled=(call >= moment for call in count()).__next__)


@pytest.mark.parametrize("number", [30, 2000])
def test_progress_rises_from_nothing_to_all(number: int) -> None:
    told: list[float] = []
    layout(boxes(number), random_edges(number), progress=told.append)
    assert told[0] == 0 and told[-1] == 1 and told == sorted(told)


@settings(max_examples=20, deadline=None)
@given(graphs())
def test_the_same_graph_stays_where_it_was(graph: tuple[np.ndarray, np.ndarray]) -> None:
    sizes, edges = graph
    before = layout(sizes, edges, effort=20)
    away = before.positions + [300.0, -40.0]
    assert np.allclose(layout(sizes, edges, previous=away, effort=20).positions, away)


def test_one_more_operation_moves_nothing_else() -> None:
    before = layout(boxes(7), SEED, inputs=[0, 1])
    longer = np.concatenate([SEED, [[6, 7, 0]]])
    previous = np.concatenate([before.positions, [[np.nan, np.nan]]])
    after = layout(boxes(8), longer, inputs=[0, 1], previous=previous)
    assert np.allclose(after.positions[:7], before.positions)


@pytest.mark.parametrize("number", [1600, 6000])
def test_large_graphs_keep_the_promises_too(number: int) -> None:
    """Boxes apart and edges forward also with the linear-time method."""
    edges = random_edges(number)
    result = layout(boxes(number), edges)
    assert (result.layers[edges[:, 0]] < result.layers[edges[:, 1]]).all()
    order = np.lexsort((result.positions[:, 1], result.layers))
    same = np.diff(result.layers[order]) == 0
    assert (np.diff(result.positions[order, 1])[same] > 64).all()
    assert np.isfinite(result.points).all()


def test_very_long_lines_run_around_the_drawing() -> None:
    """Hundreds of values all used again at the end would need too many bends."""
    number = 280
    chain = [(i, i + 1, 0) for i in range(number)]
    edges = np.array(chain + [(i, number + 1, i) for i in range(number + 1)])
    sizes = boxes(number + 2)
    result = layout(sizes, edges)
    assert foreign_hits(result, sizes, edges) == []
    assert not overlaps(result, sizes)


@given(st.permutations(range(23)))
def test_crossings_are_counted_as_by_hand(permutation: list[int]) -> None:
    by_hand = sum(permutation[i] > permutation[j] for i in range(23) for j in range(i + 1, 23))
    assert inversions(np.array(permutation)) == by_hand
