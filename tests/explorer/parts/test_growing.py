"""Curves of long trainings: if these fail, a curve lags behind its training or hides a peak."""

import numpy as np

from explorer.parts.training.growing import MOST_DRAWN, Growing, thinned


def test_each_number_is_read_once_and_none_is_missed():
    source: list[float] = []
    grown = Growing(source)
    assert not grown.grow()
    for count in (1, 10, 300, 301):
        source.extend(float(one) for one in range(len(source), count))
        assert grown.grow()
        steps, values = grown.drawn(False)
        assert steps.tolist() == values.tolist() == list(range(count))
    assert grown.positive
    source.append(-1.0)
    grown.grow()
    assert not grown.positive


def test_what_has_no_logarithm_is_the_least_and_what_is_not_finite_a_gap():
    grown = Growing([1.0, 0.0, float("nan"), float("inf")])
    grown.grow()
    values = grown.drawn(True)[1]
    assert values[0] == 1.0
    assert 0 < values[1] < 1e-200
    assert np.isnan(values[2:]).all()


def test_thinning_keeps_every_peak_and_the_last_value():
    values = np.ones(100_000)
    values[[17, 50_000, 99_998]] = 9.0, 0.1, 7.0
    steps, kept = thinned(values)
    assert len(steps) <= 2 * MOST_DRAWN
    assert {17, 50_000, 99_998} <= set(steps.tolist())
    assert (kept == values[steps]).all()
