"""Graphs of hundreds of nodes: rows that follow the program, no lines of values used everywhere, captions from afar."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage, QPainter

from core.language import parse
from core.run import record
from core.timeline import Timeline
from explorer.drawing.build import HEIGHT
from explorer.drawing.camera import Camera, fitted
from explorer.drawing.layout import LayoutCancelled, layout
from explorer.drawing.layout.strands import strands
from explorer.drawing.picture import Picture, picture_of, refolded
from explorer.drawing.placing import HUB, MANY, in_rows
from explorer.drawing.scene import GraphModel
from explorer.graph.captions import paint_captions
from explorer.look.theme import LIGHT
from tests.explorer.drawing.test_layout import foreign_hits, graphs, overlaps

pytestmark = pytest.mark.usefixtures("qapp")

UNITS = """def f(a, w):
    xs = [a*(k + 1) for k in range(20)]
    for i in range(6):
        xs = [tanh(x*w + 0.1) for x in xs]
    return sum(xs)
"""


def whole(text: str, **point: float) -> Picture:
    picture = picture_of(Timeline.of(record(parse(text), point)))
    return refolded(picture, None)


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_rows_that_follow_the_program_keep_the_promises_too(graph: tuple[np.ndarray, np.ndarray]) -> None:
    """No two nodes overlap, edges point forward and touch no foreign node, and it is always the same picture."""
    sizes, edges = graph
    result, again = layout(sizes, edges, follow=True), layout(sizes, edges, follow=True)
    assert not overlaps(result, sizes)
    ends = result.positions[:, 0]
    assert (ends[edges[:, 0]] < ends[edges[:, 1]]).all()
    assert foreign_hits(result, sizes, edges) == []
    assert np.array_equal(result.positions, again.positions) and np.array_equal(result.points, again.points)


@given(graphs(), st.integers(0, 2**32 - 1))
def test_a_given_port_is_where_an_edge_leaves_or_enters(graph: tuple[np.ndarray, np.ndarray], seed: int) -> None:
    """Else lines jump at the borders of frames."""
    sizes, edges = graph
    random = np.random.default_rng(seed)
    ports = np.where(random.random((len(edges), 2)) < 0.5, random.uniform(-9, 9, (len(edges), 2)), np.nan)
    result = layout(sizes, edges, ports=ports, effort=0)
    for edge, (source, target, _) in enumerate(edges.tolist()):
        for node, place, port in ((source, 0, ports[edge, 0]), (target, -1, ports[edge, 1])):
            if np.isfinite(port):
                assert result.route(edge)[place, 1] == pytest.approx(result.positions[node, 1] + port)


@given(graphs())
def test_strands_are_paths_along_edges_and_every_node_is_in_one(graph: tuple[np.ndarray, np.ndarray]) -> None:
    sizes, edges = graph
    found = strands(len(sizes), edges)
    sources, targets = edges[found.edges, 0], edges[found.edges, 1]
    assert len(set(targets.tolist())) == len(set(sources.tolist())) == len(targets)
    assert np.array_equal(found.root[sources], found.root[targets])
    assert np.array_equal(found.length[sources], found.length[targets])
    ends = np.setdiff1d(np.arange(len(sizes)), sources)
    assert found.length[ends].sum() == len(sizes)


def test_the_steps_of_one_value_stand_in_one_row() -> None:
    """Every unit of the layers goes straight from left to right; in a hair-ball nobody would find it again."""
    model = whole(UNITS, a=0.3, w=1.1).model
    assert len(model) > MANY
    tanh = [node for node in range(len(model)) if "tanh" in model.formula(node)]
    rows = np.array(tanh).reshape(6, 20)
    heights = model.positions[rows, 1]
    assert (np.diff(heights, axis=1) > 0.85 * HEIGHT).all()  # no row crosses another
    assert np.abs(np.diff(heights, axis=0)).max() < 94  # nor rises or falls by a row from one pass to the next


def test_a_value_used_everywhere_is_shown_where_it_is_used() -> None:
    """Its edges are there, a hundred and twenty of them, but no line crosses the picture."""
    model = whole(UNITS, a=0.3, w=1.1).model
    shared = np.flatnonzero(model.edges[:, 0] == 1)
    assert len(shared) == 120 > HUB and model.title(1) == "w"
    assert model.stubs[shared].all() and not np.delete(model.stubs, shared).any()
    ends = model.points[model.starts[shared + 1] - 1]
    users = model.edges[shared, 1]
    assert np.allclose(ends[:, 0], model.positions[users, 0] - model.sizes[users, 0] / 2)
    assert (np.abs(ends[:, 1] - model.positions[users, 1]) < model.sizes[users, 1] / 2).all()


def test_a_small_graph_has_all_its_lines() -> None:
    edges = np.array([(0, k, 0) for k in range(1, 60)])
    done = in_rows(np.full((60, 2), (120.0, 68.0)), edges, inputs=[0])
    starts = done.points[done.starts[:-1]]
    assert np.allclose(starts[:, 0], done.positions[0, 0] + 60)


def test_captions_name_the_parts_of_a_flat_picture_and_stay_above_them() -> None:
    model = whole(UNITS, a=0.3, w=1.1).model
    titles = [region.title for region in model.regions]
    assert titles == ["loop, line 2", "for i in range(6)"]
    for region in model.regions:
        assert region.box.right > region.box.left and model.bounds.contains(region.box)


def test_captions_are_drawn_from_afar_only() -> None:
    """Near by, cards and frames say it."""
    model = whole(UNITS, a=0.3, w=1.1).model
    assert inked(model, fitted(model.bounds, 900, 600)) > 0
    assert inked(model, Camera(0, 0, 1.0)) == 0


def inked(model: GraphModel, camera: Camera) -> int:
    picture = QImage(900, 600, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    paint_captions(painter, model, camera, (900, 600), LIGHT)
    painter.end()
    return int(np.count_nonzero(np.frombuffer(picture.constBits(), np.uint32)))


@pytest.mark.parametrize("after", [0, 3, 30])
def test_folding_that_is_cancelled_half_way_ends_there(after: int) -> None:
    """The window asks for the next picture already; the old one stays as it was."""
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > after

    picture = picture_of(Timeline.of(record(parse(UNITS), {"a": 0.3, "w": 1.1})))
    before = picture.model.positions.copy()
    with pytest.raises(LayoutCancelled):
        refolded(picture, None, cancelled)
    assert asked == after + 1
    assert np.array_equal(picture.model.positions, before)


def test_huge_labels_neither_burst_their_cards_nor_stop_the_layout() -> None:
    """A name of a thousand letters, and an array as wide as it gets."""
    name = "x" * 1000
    picture = whole(f"def f(a):\n    {name} = a*[1e-300]*99\n    return sum({name})\n", a=1e300)
    assert (picture.model.sizes <= (280, 400)).all()
    assert np.isfinite(picture.model.points).all()


def test_in_frames_too_a_value_used_everywhere_is_shown_where_it_is_used() -> None:
    """Else its line runs into every frame and around all that is in it."""
    picture = picture_of(Timeline.of(record(parse(UNITS), {"a": 0.3, "w": 1.1})))
    opened = refolded(picture, picture.tree.to_depth(4)).model
    assert len(opened) > MANY and len(opened.frames) > 5
    shared = np.flatnonzero(opened.edges[:, 0] == 1)
    assert len(shared) > HUB and opened.stubs[shared].all() and not np.delete(opened.stubs, shared).any()
    assert np.isfinite(opened.points).all()
