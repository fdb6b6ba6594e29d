"""What is written in nodes at a zoom: the operation first and never lost, nothing too small or outside."""

import numpy as np
import pytest

from core.language import parse
from core.run import record
from core.timeline import Timeline
from explorer.drawing.camera import fitted
from explorer.drawing.levels import LEGIBLE, MIDDLE_ZOOM
from explorer.drawing.measure import BIG, LEAST, SMALL, Style, estimated
from explorer.drawing.picture import picture_of, snapshot
from explorer.drawing.scene import Snapshot
from explorer.drawing.texts.brief import Written, brief_texts
from tests.explorer.graph.fakes import seed_model, states_after

ZOOMS = [MIDDLE_ZOOM, 0.42, 0.5, 0.77, 1.0, 1.25, 2.0]


def written(zoom: float, complete: int = 0, number: str = "{}.25", measure=estimated) -> list[Written]:
    """What is written in the seed function's nodes."""
    model = seed_model()
    states, edges = states_after(model, len(model), complete)
    shown = Snapshot(states, number.format, lambda k: f"v̄ = {k}.5" if states[k] > 1 else "", None, edges)
    return [one for one in brief_texts(model, shown, np.arange(len(model)), zoom, measure) if one.text]


def size(one: Written) -> float:
    return (BIG if one.style is Style.TITLE else SMALL) * one.scale


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("letter", [5.0, 12.0])
def test_nothing_is_smaller_than_ten_pixels_or_sticks_out(zoom: float, letter: float) -> None:
    model = seed_model()

    def measure(text: str, style: Style) -> float:
        return letter * len(text)

    for one in written(zoom, 2, measure=measure):
        assert size(one) * zoom >= LEAST - 1e-9
        node = int(np.argmin(np.abs(model.positions - (one.x, one.y)).sum(axis=1)))
        left, top, right, bottom = model.boxes[node].tolist()
        assert left <= one.x and one.x + letter * len(one.text) * one.scale <= right + 1e-6
        assert top <= one.y - 0.7 * size(one) and one.y <= bottom


@pytest.mark.parametrize("zoom", ZOOMS)
def test_there_are_two_sizes_of_letters_whatever_is_computed(zoom: float) -> None:
    before, after = ({size(one) for one in written(zoom, complete)} for complete in (0, 3))
    assert len(before | after) <= 2
    titles = [{(one.text, size(one)) for one in written(zoom, done) if one.style is Style.TITLE} for done in (0, 3)]
    assert titles[0] == titles[1], "a name does not shrink when its value arrives"


def test_value_and_adjoint_stand_side_by_side_and_the_adjoint_stays_where_one_has_room() -> None:
    near, far = written(1.0, 2), written(0.45, 2, number="-123456{}")
    assert {("6.25", "primal"), ("6.5", "adjoint")} <= {(one.text, one.color) for one in near}
    shown = {one.text: one.color for one in far}
    assert shown["6.5"] == "adjoint" and not any("1234566" in text for text in shown)


def test_long_numbers_lose_digits_rather_than_their_end() -> None:
    texts = [one.text for one in written(0.45, number="0.84147{}")]
    assert {"0.841", "0.8415"} & set(texts) and not any("…" in text for text in texts if text.startswith("0."))


NET = """def net(x, y, w, u):
    h1 = tanh(x*w + y*u + 0.1)
    h2 = tanh(x*u - y*w + 0.2)
    h3 = tanh(x*w*u + y + 0.3)
    h4 = tanh(h1*w + h2*u + h3*0.5)
    h5 = tanh(h1*u - h2*w + h3*0.7)
    h6 = tanh(h1*0.3 + h2*0.2 - h3*u)
    out = sigmoid(h4*w + h5*u + h6*0.4)
    e = out - 0.5
    return e*e
"""
PASS = "    x = sin(x*y) + x\n    y = tanh(y - x) * 2\n"
CHAIN = f"def f(a, b):\n    x = a\n    y = b\n{9 * PASS}    return x*y\n"


def tangle(seed: int) -> str:
    """About sixty operations on values picked at random from the last eight."""
    rng, names, lines = np.random.default_rng(seed), ["a", "b", "c"], ["def f(a, b, c):"]
    for k in range(38):
        p, q = rng.choice(names[-8:], 2).tolist()
        lines.append(f"    t{k} = " + str(rng.choice([f"{p}*{q}", f"{p} + {q}", f"sin({p})", f"tanh({p} - {q})"])))
        names.append(f"t{k}")
    return "\n".join([*lines, "    return " + " + ".join(names[-4:]), ""])


@pytest.mark.parametrize("text", [NET, CHAIN, *map(tangle, range(6))])
def test_up_to_sixty_nodes_can_be_read_whole_on_a_small_screen(text: str) -> None:
    """The graph area of a 1366x768 window; every node shows its operation, and no two boxes touch."""
    program = parse(text)
    timeline = Timeline.of(record(program, {one.name: 0.3 + 0.2 * k for k, one in enumerate(program.inputs)}))
    assert 40 < len(timeline.tape) <= 60
    drawn = picture_of(timeline)
    assert not len(drawn.group_nodes)
    model, zoom = drawn.model, fitted(drawn.model.bounds, 960, 460).zoom
    assert zoom >= LEGIBLE
    for step in (0, len(timeline) // 2, len(timeline)):
        shown = snapshot(drawn, timeline.frame(step))
        for node in range(len(model)):
            first = next(brief_texts(model, shown, np.array([node]), zoom, estimated))
            assert first.text == (model.sign(node) or model.title(node))
            wide = estimated(first.text, Style.TITLE) * first.scale
            left, top, right, bottom = model.boxes[node].tolist()
            assert size(first) * zoom >= LEAST and left <= first.x and first.x + wide <= right
            assert top <= first.y - 0.7 * size(first) and first.y <= bottom
    a, b = model.boxes[:, None], model.boxes[None]
    meet = (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2]) & (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])
    assert meet.sum() == len(model), "each only itself"


def test_a_folded_box_is_never_blank_and_carries_its_numbers() -> None:
    text = "def f(x, r):\n    for k in range(300):\n        x = r*x*(1 - x)\n    return x\n"
    timeline = Timeline.of(record(parse(text), {"x": 0.3, "r": 3.2}))
    drawn = picture_of(timeline)
    zoom = max(LEGIBLE, fitted(drawn.model.bounds, 960, 460).zoom)
    for step in (timeline.forward_end // 2, len(timeline)):
        shown = snapshot(drawn, timeline.frame(step))
        for node in drawn.group_nodes.tolist():
            texts = [one.text for one in brief_texts(drawn.model, shown, np.array([node]), zoom, estimated)]
            title = drawn.model.title(node)
            assert texts[0] in (title, title.rpartition(" ")[2]), "its label is whole"
            assert any(any(letter.isdigit() for letter in text) for text in texts[1:])


def test_wider_fonts_make_wider_boxes() -> None:
    assert estimated("v12", Style.TITLE) > estimated("v12", Style.SMALL) > 0
