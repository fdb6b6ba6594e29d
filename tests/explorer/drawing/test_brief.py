"""What is written in small boxes, and how large: without fonts, with the estimate of their widths."""

import numpy as np
import pytest

from explorer.drawing.brief import LEAST, SIZE, WIDE, brief_texts
from explorer.drawing.measure import Style, estimated
from explorer.drawing.scene import Snapshot
from tests.explorer.graph.fakes import seed_model, states_after


def written(zoom: float, complete: int = 0, measure=estimated) -> dict[str, tuple[float, str]]:
    """By text its scale and its colour."""
    model = seed_model()
    states, edges = states_after(model, len(model), complete)
    shown = Snapshot(states, "{}.25".format, lambda k: f"v̄ = {k}.5" if states[k] > 1 else "", None, edges)
    found = brief_texts(model, shown, np.arange(len(model)), zoom, measure)
    return {text: lettering for lettering, texts in found.items() for text, *_ in texts}


def test_the_number_that_matters_stands_under_the_name() -> None:
    before, after = written(0.5), written(0.5, complete=2)
    assert {"w1", "0.25", "z", "6.25"} <= before.keys() and before["6.25"][1] == "primal"
    assert {"6.5", "5.5", "0.25"} <= after.keys() and "6.25" not in after
    assert after["6.5"][1] == "adjoint"


def test_what_cannot_be_read_is_left_out() -> None:
    assert not written(0.1)
    names = written(0.2)
    assert "w1" in names and "0.25" not in names
    assert all(scale * SIZE * 0.2 >= LEAST for scale, _ in names.values())


@pytest.mark.parametrize("letter", [4.0, 30.0])
def test_texts_fit_their_boxes_as_they_are_measured(letter: float) -> None:
    model = seed_model()
    found = written(0.5, measure=lambda text, style: letter * len(text))
    assert found
    for text, (scale, _) in found.items():
        assert scale * letter * len(text) <= WIDE * model.sizes[:, 0].max() + letter * len(text) / 32


def test_wider_fonts_make_wider_boxes() -> None:
    assert estimated("v12", Style.TITLE) > estimated("v12", Style.SMALL) > 0
