"""Nudges: if these fail, the movement that the graph shows is not the one that the program would make."""

import numpy as np
import pytest

from core.language import parse
from core.replay.nudge import nudged
from core.run import record

PROGRAMS = (
    ("3*w1**2 + 2*w1*w2", {"w1": 5.0, "w2": 3.0}),
    ("a = sin(x)*y\nb = exp(a) + x\nb/y", {"x": 0.7, "y": 1.3}),
    (
        "z = w @ x\n(z*z).sum() + tanh(b)",
        {"w": np.array([[1.0, 2.0], [3.0, 4.0]]), "x": np.array([0.5, -1.0]), "b": 0.2},
    ),
)


@pytest.mark.parametrize(("text", "point"), PROGRAMS)
def test_moving_an_input_gives_what_a_run_at_the_moved_point_gives(text, point):
    """Expected from a second run of the program, elsewhere."""
    program = parse(text)
    run = record(program, point)
    for name, index in run.inputs.items():
        moved = record(program, point | {name: point[name] + 0.01})
        found = nudged(run.tape, index, 0.01)
        for entry, value in found.items():
            assert np.allclose(value, moved.tape.primals[entry], rtol=1e-12)
        still = set(range(len(run.tape))) - set(found)
        assert all(np.array_equal(run.tape.primals[entry], moved.tape.primals[entry]) for entry in still)


def test_moving_a_value_in_the_middle_moves_only_what_depends_on_it():
    """By hand: of v = a*b, w = a + 1, f = v*w moving v by 0.01 moves f by 0.01*w."""
    run = record(parse("v = a*b\nw = a + 1\nv*w"), {"a": 2.0, "b": 5.0})
    found = nudged(run.tape, 2, 0.01)
    assert set(found) == {2, run.target}
    assert found[run.target] - run.tape.primals[run.target] == pytest.approx(0.03)
