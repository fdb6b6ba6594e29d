"""Forward mode in the window: if these fail, a tangent sweep shows wrong numbers or orange where it must be teal."""

import numpy as np
import pytest

from core.language import parse
from core.run import record
from explorer.look.theme import LIGHT
from explorer.model.direction import direction_of
from explorer.model.document import Document, as_json, from_json
from tests.explorer.conftest import rest
from tests.explorer.window.test_window import cells


@pytest.fixture
def forward(window, qtbot):
    window.set_theme("light")
    window.actions_by_name["forward_mode"].trigger()
    rest(window, qtbot)
    return window


def test_the_tangent_of_the_output_is_the_derivative_along_the_direction(forward, qtbot):
    forward.player.to_end()
    row = cells(forward, "gradient_table")[0]
    assert row[1] == "36" and row[2] == "36" and row[3].endswith("✓")
    model = forward.inputs.model
    assert model.setData(model.index(1, 4), "2")
    rest(forward, qtbot)
    forward.player.to_end()
    row = cells(forward, "gradient_table")[0]
    assert row[1] == "56" and row[3].endswith("✓")


def test_tangents_are_teal_and_go_with_the_arrows(forward):
    forward.player.seek(forward.player.last - 1)
    assert forward.playback.timeline._theme.adjoint == LIGHT.tangent
    active = forward.graph._snapshot.active
    assert active and all(edge.tangent and not edge.reverse and edge.color == "adjoint" for edge in active)
    assert "tangent" in forward.tape.tape_model.headerData(4, forward.tape.horizontalHeader().orientation())


def test_back_in_reverse_mode_all_is_as_before(window, qtbot):
    window.player.to_end()
    before = cells(window, "gradient_table")
    for _ in range(2):
        window.actions_by_name["forward_mode"].trigger()
        rest(window, qtbot)
    window.player.to_end()
    assert cells(window, "gradient_table") == before and window.playback.timeline._theme.adjoint != LIGHT.tangent


def test_a_direction_of_the_wrong_shape_is_refused(window, qtbot):
    window.files.start(Document("(a*a).sum()", {"a": np.array([1.0, 2.0])}, mode="forward"))
    rest(window, qtbot)
    model = window.inputs.model
    assert not model.setData(model.index(0, 4), "[1, 2, 3]")
    assert model.setData(model.index(0, 4), "[0, 1]")
    rest(window, qtbot)
    window.player.to_end()
    assert cells(window, "gradient_table")[0][1] == "4"


def test_the_direction_is_usually_the_first_input_alone():
    run = record(parse("(a*b).sum()"), {"a": np.ones(2), "b": np.ones(2)})
    assert {name: value.tolist() for name, value in direction_of(run, {}).items()} == {"a": [1, 1], "b": [0, 0]}
    given = direction_of(run, {"b": 3.0, "a": np.ones(5)})
    assert given["b"].tolist() == [3, 3] and given["a"].tolist() == [0, 0]
    misfit = direction_of(run, {"a": np.ones(5)})
    assert misfit["a"].tolist() == [1, 1], "as if nothing were given"


def test_giving_one_input_a_speed_leaves_the_others_as_they_are_shown(window):
    window.session.set_mode("forward")
    shown = window.session.direction()
    assert shown == {"w1": 1.0, "w2": 0.0}
    window.session.set_direction("w2", 3.0)
    assert window.session.direction() == {"w1": 1.0, "w2": 3.0}


def test_window_and_terminal_agree_on_the_direction_of_the_command_line(make_window):
    window = make_window("x*y", "--mode", "forward", "--along", "y=2")
    assert window.session.direction() == {"x": 0.0, "y": 2.0}


def test_mode_and_direction_are_saved(window, qtbot):
    document = Document("x*y", {"x": 2.0}, mode="forward", direction={"x": 0.5, "y": np.array([1.0])})
    assert from_json(as_json(document)) == document


def test_the_command_line_opens_in_forward_mode(make_window, qtbot):
    window = make_window("x*x", "--at", "x=3", "--mode", "forward")
    assert window.session.mode == "forward" and window.session.timeline.second_sweep == "tangent"
