"""From one picture to the next: nodes come from where they, or the group that held them, were; lines stay on them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.drawing import moving
from explorer.drawing.camera import Box
from explorer.drawing.scene import GraphModel, OpenGroup
from tests.explorer.graph.fakes import grid_model, seed_model

pytestmark = pytest.mark.usefixtures("qapp")


def shifted(model: GraphModel, by: np.ndarray) -> GraphModel:
    return replace(model, positions=model.positions + by)


def test_nothing_moves_where_nothing_has_changed() -> None:
    """A change of values only must not start an animation."""
    assert moving.offsets(seed_model(), seed_model()) is None


def test_too_much_is_not_moved_and_nothing_to_move_is_no_error() -> None:
    large = grid_model(moving.MOST + 1)
    assert moving.offsets(large, shifted(large, np.array([50.0, 0]))) is None
    empty = replace(seed_model(), **dict.fromkeys(("positions", "sizes", "kinds", "watched"), np.zeros((0, 2))))
    assert moving.offsets(empty, seed_model()) is None and moving.offsets(seed_model(), empty) is None


@given(st.floats(-300, 300), st.floats(-300, 300), st.floats(0, 1))
def test_every_node_goes_from_its_old_place_to_its_new_one(dx: float, dy: float, fraction: float) -> None:
    old = grid_model(40, 8)
    new = shifted(old, np.array([dx, dy]))
    away = moving.offsets(old, new)
    if away is None:
        assert abs(dx) <= 0.5 and abs(dy) <= 0.5
        return
    assert np.allclose(moving.displaced(new, away, 0.0).positions, old.positions)
    assert np.allclose(moving.displaced(new, away, 1.0).positions, new.positions)
    between = moving.displaced(new, away, fraction).positions - old.positions
    assert (np.abs(between) <= np.abs([dx, dy]) + 1e-9).all()


def test_what_unfolds_comes_out_of_its_group_and_what_folds_goes_into_it() -> None:
    """Entries 2 to 5 of the seed function as one group, and each by itself."""
    whole = seed_model()
    nodes = np.array([0, 1, 2, 6])
    folded = replace(
        whole, positions=whole.positions[nodes], sizes=whole.sizes[nodes], kinds=whole.kinds[nodes],
        watched=whole.watched[nodes], edges=np.array([[0, 2, 0], [1, 2, 1], [2, 3, 0]]), points=np.zeros((12, 2)),
        starts=np.array([0, 4, 8, 12]), firsts=np.array([0, 1, 2, 6, 7]),
    )  # fmt: skip
    out = moving.offsets(folded, whole)
    assert out is not None
    assert np.allclose((whole.positions + out)[2:6], folded.positions[2])
    into = moving.offsets(whole, folded)
    assert into is not None
    assert np.allclose((folded.positions + into)[2], whole.positions[2:6].mean(axis=0))


def test_in_another_run_nodes_come_from_where_their_namesakes_were() -> None:
    """A new node stands where it will be; it comes from nowhere."""
    old = seed_model()
    new = replace(grid_model(12, 4), title=lambda node: f"v{node}")
    away = moving.offsets(old, new)
    assert away is not None
    places = {old.title(node): old.positions[node] for node in range(len(old))}
    for node in range(len(new)):
        start = places.get(new.title(node), new.positions[node])
        assert np.allclose(new.positions[node] + away[node], start)


@given(st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_lines_keep_hanging_on_their_nodes(fraction: float, seed: int) -> None:
    """A line that comes off its card while it moves looks broken."""
    model = grid_model(30, 6)
    away = np.random.default_rng(seed).normal(0, 100, (30, 2))
    moved = moving.displaced(model, away, fraction)
    for edge, (source, target, _) in enumerate(model.edges.tolist()):
        for node, place in ((source, 0), (target, -1)):
            before = model.route(edge)[place] - model.positions[node]
            assert np.allclose(moved.route(edge)[place] - moved.positions[node], before)


def test_a_line_drawn_at_its_user_only_moves_with_the_user() -> None:
    """Its operand may go anywhere."""
    model = grid_model(2, 1)
    stub = np.array([[-90.0, 110], [-80, 110], [-70, 110], [-60, 110]])
    positions = np.array([[5e3, 0], [0, 110.0]])
    edges, starts = np.array([[0, 1, 0]]), np.array([0, 4])
    model = replace(model, edges=edges, points=stub, starts=starts, positions=positions)
    assert model.stubs.tolist() == [True]
    moved = moving.displaced(model, np.array([[700.0, 0], [0.0, 30]]), 0.0)
    assert np.allclose(moved.points, stub + [0, 30])


def test_frames_appear_when_their_nodes_are_nearly_there() -> None:
    model = replace(seed_model(), frames=(OpenGroup(1, "g()", Box(0, 0, 9, 9)),))
    away = np.ones_like(model.positions)
    assert not moving.displaced(model, away, 0.5).frames
    assert moving.displaced(model, away, 0.9).frames == model.frames
