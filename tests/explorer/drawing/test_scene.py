"""The model answers who is where and who is next to whom; its states are the timeline's."""

import numpy as np
import pytest

from core.timeline import State
from explorer.drawing.camera import Box
from explorer.drawing.scene import EdgeState, Snapshot
from explorer.drawing.walking import neighbour
from tests.explorer.graph.fakes import grid_model, seed_model


def test_node_states_have_the_timelines_numbers() -> None:
    timeline = pytest.importorskip("core.timeline")
    assert {s.name: int(s) for s in timeline.State} == {s.name: int(s) for s in State}


def test_culling_finds_what_is_in_sight_and_only_that() -> None:
    model = grid_model(500)
    box = Box(150, 100, 700, 400)
    boxes = model.boxes
    expected = [
        k for k in range(500)
        if boxes[k, 0] <= 700 and boxes[k, 2] >= 150 and boxes[k, 1] <= 400 and boxes[k, 3] >= 100
    ]  # fmt: skip
    assert model.nodes_in(box).tolist() == expected


def test_edges_of_a_node_come_in_operand_order() -> None:
    model = seed_model()
    assert model.edges[model.edges_to(5), 0].tolist() == [4, 1]
    assert model.edges[model.edges_from(0), 1].tolist() == [2, 4]
    assert len(model.edges_to(0)) == 0


def test_a_point_finds_its_node() -> None:
    model = seed_model()
    assert model.node_at(*model.positions[3]) == 3
    assert model.node_at(-1e6, 0) is None


def test_contributions_are_counted_without_cut_edges() -> None:
    model = seed_model()
    states = np.full(7, EdgeState.FLOWED, np.uint8)
    states[2] = EdgeState.USED
    assert Snapshot(np.zeros(7, np.uint8), edge_states=states).contributions(model, 0) == (1, 2)
    states[0] = EdgeState.CUT
    assert Snapshot(np.zeros(7, np.uint8), edge_states=states).contributions(model, 0) == (1, 1)


def test_arrows_walk_along_edges_and_columns() -> None:
    model = seed_model()
    assert neighbour(model, 6, "left") in (3, 5)
    assert neighbour(model, 5, "right") == 6
    assert neighbour(model, 0, "down") == 1 and neighbour(model, 1, "up") == 0
    assert neighbour(model, 0, "left") is None and neighbour(model, 6, "right") is None
