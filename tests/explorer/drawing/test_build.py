"""A tape becomes nodes and edges: operands in order, repeats kept, constants inside the operation."""

import numpy as np
import pytest

from explorer.drawing.build import NEVER, contribution_steps, draft, edge_states
from explorer.drawing.scene import EdgeState, Kind
from tests.explorer.graph.fakes import Constant, Entries, Entry, Op, columns, model_of, seed_model, seed_tape


def test_the_seed_function_has_seven_nodes_and_seven_edges() -> None:
    model = seed_model()
    assert model.edges.tolist() == [[0, 2, 0], [2, 3, 1], [0, 4, 1], [4, 5, 0], [1, 5, 1], [3, 6, 0], [5, 6, 1]]
    assert [Kind(k) for k in model.kinds] == [Kind.INPUT] * 2 + [Kind.OPERATION] * 4 + [Kind.OUTPUT]
    assert model.title(5) + model.formula(5) == "v4 = v3 × w2"
    assert model.formula(0) == ""


def test_x_times_x_keeps_both_edges() -> None:
    tape = Entries([Entry(0, Op("input"), (), 3.0, "x"), Entry(1, Op("mul"), (0, 0), 9.0, "z", "z = x × x")])
    assert draft(tape, lambda i: tape[i].formula).edges.tolist() == [[0, 1, 0], [0, 1, 1]]


def test_boxes_have_room_for_their_texts_but_not_for_novels() -> None:
    tape = Entries([Entry(0, Op("input"), (), 3.0, "x"), Entry(1, Op("exp"), (0,), 9.0, "z", "z = " + "long " * 50)])
    outline = draft(tape, lambda i: tape[i].formula, sign=lambda i: "long " * 50)
    assert 106 <= outline.sizes[0, 0] < outline.sizes[1, 0] == 280


def test_arrays_get_room_for_their_heat_maps() -> None:
    tape = Entries([Entry(0, Op("input"), (), np.ones((3, 4)), "X"), Entry(1, Op("input"), (), 1.0, "y")])
    outline = draft(tape, lambda i: "")
    assert outline.shape(0) == "(3, 4)" and outline.shape(1) == ""
    assert outline.sizes[0, 1] > outline.sizes[1, 1]


def test_unwatched_inputs_are_known() -> None:
    assert model_of(seed_tape(), watched={1}).watched.tolist() == [False, True, True, True, True, True, True]


def test_routes_that_leave_a_pill_start_on_its_round_end() -> None:
    tape = Entries([Entry(0, Op("input"), (), 3.0, "x"), Entry(1, Op("exp"), (0,), 9.0, "z", "z = exp(x)")])
    outline = draft(tape, lambda i: tape[i].formula)
    placed = columns(outline.sizes, outline.edges)
    placed.points[0] += (0, 20)
    start = outline.placed(placed).route(0)[0]
    radius = outline.sizes[0, 1] / 2
    center = placed.positions[0] + (outline.sizes[0, 0] / 2 - radius, 0)
    assert np.hypot(*(start - center)) == pytest.approx(radius, abs=1e-6)


def test_an_empty_tape_and_a_lone_node_are_graphs() -> None:
    assert len(model_of([])) == 0
    lone = model_of([Entry(0, Op("input"), (), 1.0, "x")])
    assert lone.bounds.width > 0 and len(lone.edges_in(lone.bounds)) == 0


def test_edges_know_when_they_carried_something() -> None:
    edges = seed_model().edges
    steps = contribution_steps({(6, 0): 2, (6, 1): 3}, edges)
    assert steps.tolist() == [NEVER] * 5 + [2, 3]
    at_once, later, never = np.zeros(7, int), np.ones(7, int), np.full(7, NEVER)
    assert edge_states(at_once, steps, 2, reverse=True)[5:].tolist() == [EdgeState.USED, EdgeState.FLOWED]
    assert edge_states(at_once, steps, 2, reverse=True)[0] == EdgeState.CUT
    assert edge_states(at_once, steps, 1, reverse=False)[0] == EdgeState.FLOWED
    assert edge_states(later, steps, 0, reverse=False).tolist() == [EdgeState.IDLE] * 7
    assert edge_states(never, steps, 0, reverse=False).tolist() == [EdgeState.CUT] * 7, "from what is not watched"


def test_constants_are_not_nodes() -> None:
    tape = Entries([Entry(0, Op("input"), (), 3.0, "x"), Entry(1, Op("add"), (Constant(2), 0), 5.0, "z", "z = 2 + x")])
    assert draft(tape, lambda i: tape[i].formula).edges.tolist() == [[0, 1, 1]]
