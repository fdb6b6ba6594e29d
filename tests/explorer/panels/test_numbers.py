"""Numbers in cells: if these fail, a sign or an exponent is cut off and a number reads as another one."""

import numpy as np
import pytest

from explorer.panels.small.numbers import fitting


@pytest.mark.parametrize(
    ("value", "room", "text"),
    [
        (2.6027483e-212, 20, "2.6027483e-212"), (2.6027483e-212, 9, "2.6e-212"), (2.6027483e-212, 3, "3e-212"),
        (-0.28366218, 6, "-0.284"), (36.0, 2, "36"), (np.ones((4, 3)), 5, "(4, 3)"),
        (np.array([1.0, 2.5]), 8, "[1, 2.5]"), (np.array([1.0, 2.5]), 5, "(2,)"),
        (np.arange(20.0), 17, "[0, 1, …] (20,)"), (np.arange(20.0), 13, "[0, …] (20,)"),
    ],
)  # fmt: skip
def test_as_many_digits_as_fit(value, room, text):
    assert fitting(value, len, room) == text


def test_what_follows_the_number_has_its_place_too():
    assert fitting(1.23456, len, 6, " …") == "1.23 …"
