"""Optimizers side by side: their tracks are where their trainings went."""

import numpy as np
import pytest

from core.field import Place
from core.language import parse
from core.training import race, read_plan


def test_tracks_are_the_published_steps_of_each():
    """By hand on (w - 3)²: descent halves the distance with rate 0.25; momentum adds 0.9 of the step before."""
    program, at = parse("(w - 3)**2 + 0*v"), (Place("w"), Place("v"))
    plans = [read_plan("gd rate=0.25 steps=3"), read_plan("momentum rate=0.25 steps=3"), read_plan("newton steps=5")]
    first, second, third = race(program, {"w": 1.0, "v": 2.0}, plans, at)
    np.testing.assert_allclose(first.xs, [1.0, 2.0, 2.5, 2.75])
    np.testing.assert_allclose(second.xs, [1.0, 2.0, 3.4, 4.46])
    assert third.xs[-1] == pytest.approx(3.0) and list(first.ys) == [2.0] * 4
    assert len(first.xs) == len(first.losses)


def test_long_tracks_have_every_step():
    (only,) = race(parse("(w - 3)**2"), {"w": 1.0}, [read_plan("adam rate=0.01 steps=2500")], (Place("w"), Place("w")))
    assert len(only.xs) == 2501
    for step in (0, 1, 2, 3, 1999, 2500):
        assert only.xs[step] == only.training.at(step)["w"]
