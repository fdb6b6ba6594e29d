"""Frames and rows: nothing overlaps, no foreign node stands in a frame, lines run from their source to their target."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.drawing.bundles import bundled, earliest
from explorer.drawing.lanes import rounded
from explorer.drawing.layout import layout
from explorer.drawing.nesting import Nest, Nested, nested
from explorer.drawing.placing import in_rows


@st.composite
def nested_graphs(draw: Any) -> tuple[int, np.ndarray, list[Nest]]:
    """A random graph with edges forward, and random frames of consecutive nodes that nest."""
    count = draw(st.integers(4, 18))
    edges = []
    for target in range(1, count):
        for slot in range(draw(st.integers(0, 2))):
            edges.append((draw(st.integers(0, target - 1)), target, slot))
    nests: list[Nest] = []
    waiting = [(0, count, -1)]
    while waiting and len(nests) < 6:
        first, stop, parent = waiting.pop()
        at = first
        while at + 2 <= stop and draw(st.booleans()):
            low = draw(st.integers(at, stop - 2))
            high = draw(st.integers(low + 2, stop))
            if high - low < stop - first:
                waiting.append((low, high, len(nests)))
                nests.append(Nest(low, high, parent))
            at = high
    return count, np.array(edges, np.int64).reshape(-1, 3), nests


def placed(count: int, edges: np.ndarray, nests: list[Nest]) -> tuple[np.ndarray, Nested]:
    sizes = np.full((count, 2), (110.0, 68.0))
    return sizes, nested(sizes, edges, nests, in_rows, [], None, layer_gap=90.0)


def overlap(one: np.ndarray, other: np.ndarray) -> bool:
    return bool((one[:2] < other[2:] - 1e-6).all() and (other[:2] < one[2:] - 1e-6).all())


@given(nested_graphs())
@settings(max_examples=60, deadline=None)
def test_frames_hold_their_nodes_and_no_others(graph: tuple[int, np.ndarray, list[Nest]]) -> None:
    """Without this a group would seem to hold what is not in it."""
    count, edges, nests = graph
    sizes, done = placed(count, edges, nests)
    boxes = np.hstack([done.positions - sizes / 2, done.positions + sizes / 2])
    for node in range(count):
        assert not any(overlap(boxes[node], boxes[other]) for other in range(node))
        for frame, nest in enumerate(nests):
            inside = nest.first <= node < nest.stop
            assert overlap(boxes[node], done.boxes[frame]) == inside
            if inside:
                assert (boxes[node, :2] >= done.boxes[frame, :2]).all()
                assert (boxes[node, 2:] <= done.boxes[frame, 2:]).all()


@given(nested_graphs())
@settings(max_examples=60, deadline=None)
def test_lines_lead_from_source_to_target(graph: tuple[int, np.ndarray, list[Nest]]) -> None:
    count, edges, nests = graph
    sizes, done = placed(count, edges, nests)
    assert len(done.starts) == len(edges) + 1 and done.starts[-1] == len(done.points)
    for edge, (source, target, _) in enumerate(edges.tolist()):
        route = done.points[done.starts[edge] : done.starts[edge + 1]]
        assert len(route) % 3 == 1
        for end, node, side in ((route[0], source, 1), (route[-1], target, -1)):
            assert end[0] == pytest.approx(done.positions[node, 0] + side * sizes[node, 0] / 2)
            assert abs(end[1] - done.positions[node, 1]) <= sizes[node, 1] / 2


def chain(count: int) -> tuple[np.ndarray, np.ndarray]:
    """A long thin graph: each node is used by the next and by the one after."""
    edges = [(k - back, k, back - 1) for k in range(count) for back in (1, 2) if k >= back]
    return np.full((count, 2), (120.0, 68.0)), np.array(edges)


def test_a_long_thin_graph_is_broken_into_rows() -> None:
    """Without this a straight-line program is fitted to a thin line that nobody can read."""
    sizes, edges = chain(60)
    flat, rows = layout(sizes, edges), in_rows(sizes, edges)
    width, height = rows.bounds[2] - rows.bounds[0], rows.bounds[3] - rows.bounds[1]
    assert (flat.bounds[2] - flat.bounds[0]) / (flat.bounds[3] - flat.bounds[1]) > 20
    assert 0.8 < width / height < 3
    boxes = np.hstack([rows.positions - sizes / 2, rows.positions + sizes / 2])
    assert not any(overlap(boxes[a], boxes[b]) for a in range(60) for b in range(a))
    for edge, (source, target, _) in enumerate(edges.tolist()):
        route = rows.points[rows.starts[edge] : rows.starts[edge + 1]]
        assert route[0, 0] == pytest.approx(rows.positions[source, 0] + 60)
        assert route[-1, 0] == pytest.approx(rows.positions[target, 0] - 60)
        assert len(route) % 3 == 1


def test_a_short_or_a_tall_graph_stays_one_row() -> None:
    for sizes, edges in (chain(8), (np.full((40, 2), (120.0, 68.0)), np.array([(k, 39, k) for k in range(39)]))):
        assert np.array_equal(in_rows(sizes, edges).positions, layout(sizes, edges).positions)


def test_lanes_have_round_corners_and_end_where_they_should() -> None:
    corners = np.array([[0.0, 0], [100, 0], [100, 50], [20, 50]])
    line = rounded(corners)
    assert len(line) % 3 == 1
    assert line[0].tolist() == [0, 0] and line[-1].tolist() == [20, 50]


def test_bundles_count_what_they_stand_for() -> None:
    """Entries 0-1 stand alone, 2-4 are a group, 5 is x*x of the group's last entry."""
    links = np.array([(0, 2, 0), (1, 2, 1), (0, 3, 0), (2, 4, 0), (4, 5, 0), (4, 5, 1)])
    found = bundled(links, np.array([0, 1, 2, 5, 6]), np.array([False, False, True, False]))
    assert found.edges.tolist() == [[0, 2, 0], [1, 2, 1], [2, 3, 0], [2, 3, 1]]
    assert found.counts.tolist() == [2, 1, 1, 1]
    assert found.of.tolist() == [0, 1, 0, -1, 2, 3]
    assert earliest(np.array([7, 3, 5, 1, 9, 8]), found.of, 4, 99).tolist() == [5, 3, 9, 8]
