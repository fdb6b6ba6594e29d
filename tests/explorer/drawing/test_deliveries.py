"""The picture at the end of a sweep: what every edge delivered, and how it adds up: 36 = 6 + 30."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from core.language import parse
from core.run import record
from core.timeline import Timeline
from explorer.drawing.camera import fitted
from explorer.drawing.picture import Picture, picture_of, snapshot
from explorer.drawing.scene import EdgeState
from explorer.drawing.texts.edge_labels import EdgeLabels
from explorer.graph.painting import paint_graph
from explorer.look.theme import LIGHT

SEED = "def f(w1, w2):\n    return 3*w1**2 + 2*w1*w2\n"
LOOP = "def f(x, r):\n    for k in range(100):\n        x = r*x*(1 - x)\n    return x\n"


def picture(text: str, **point: float) -> Picture:
    return picture_of(Timeline.of(record(parse(text), point)))


def on_edges(drawn: Picture) -> dict[tuple[str, str], list[str]]:
    """By the names of operand and user what stands on the edge between them."""
    model, labels = drawn.model, drawn.labels_at(1.0)
    return {
        (model.title(int(model.edges[edge, 0])), model.title(int(model.edges[edge, 1]))): [one.text for one in ones]
        for edge, ones in labels.of_edges.items()
    }


def test_the_seed_function_reads_36_is_6_and_30() -> None:
    drawn = picture(SEED, w1=5.0, w2=3.0)
    assert on_edges(drawn) == {
        ("w1", "v1"): ["× 10", "30"], ("w1", "v3"): ["× 2", "6"], ("v1", "v2"): ["× 3", "3"], ("v2", "f"): ["× 1", "1"],
        ("v4", "f"): ["× 1", "1"], ("v3", "v4"): ["× 3", "3"], ("w2", "v4"): ["× 10", "10"],
    }  # fmt: skip
    assert [label.text for label in drawn.labels_at(1.0).of_nodes.values()] == ["6 + 30 = 36"]


def test_a_negative_term_is_taken_away() -> None:
    drawn = picture("def f(x):\n    return x*3 - x*2\n", x=2.0)
    (text,) = [label.text for label in drawn.labels_at(1.0).of_nodes.values()]
    assert text in ("3 − 2 = 1", "-2 + 3 = 1")


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.2])
def test_no_label_lies_on_a_node_or_another_label(scale: float) -> None:
    for drawn in (picture(SEED, w1=5.0, w2=3.0), picture(LOOP, x=0.3, r=3.2)):
        labels = drawn.labels_at(scale)
        every = [one.box(scale) for ones in labels.of_edges.values() for one in ones]
        every += [one.box(scale) for one in labels.of_nodes.values()]
        assert every
        boxes = np.vstack([drawn.model.boxes, every])
        new = len(drawn.model)
        a, b = boxes[new:, None], boxes[None]
        meet = (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2]) & (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])
        assert meet.sum() == len(every), "each only itself"


def test_too_little_room_leaves_the_contribution_then_nothing() -> None:
    drawn = picture(SEED, w1=5.0, w2=3.0)
    assert isinstance(drawn.labels, EdgeLabels)
    counts = [len(ones) for ones in drawn.labels_at(2.5).of_edges.values()]
    assert counts and max(counts) <= 2
    assert not drawn.labels_at(30.0).of_edges


def test_a_bundle_carries_the_sum_of_what_it_brings_to_one_entry() -> None:
    drawn = picture(LOOP, x=0.3, r=3.2)
    brought = {pair: ones for pair, ones in on_edges(drawn).items() if pair[0] == "r"}
    gradient = drawn.timeline.run.gradients()["r"]
    carried = drawn.labels
    assert carried is not None and brought and all(len(ones) == 1 for ones in brought.values())
    node = next(k for k in range(len(drawn.model)) if drawn.model.title(k) == "r")
    every = [carried._carried[edge].contribution for edge in drawn.model.edges_from(node).tolist()]
    assert sum(map(float, every)) == pytest.approx(gradient, rel=1e-3)


@pytest.mark.usefixtures("qapp")
def test_used_edges_point_backward_and_keep_their_labels_until_they_are_hidden() -> None:
    drawn = picture(SEED, w1=5.0, w2=3.0)
    end = snapshot(drawn, drawn.timeline.frame(len(drawn.timeline)))
    assert (end.edge_states == EdgeState.USED).all() and end.backward
    size = (900, 400)
    camera = fitted(drawn.model.bounds, *size)

    def painted(shown: object) -> np.ndarray:
        image = QImage(*size, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        paint_graph(painter, drawn.model, shown, camera, QRectF(0, 0, *size), LIGHT)  # type: ignore[arg-type]
        painter.end()
        return np.frombuffer(image.constBits(), np.uint8).reshape(size[1], size[0], 4)[..., 2::-1].astype(int)

    orange = LIGHT.color("adjoint_strong")
    wanted = np.array([orange.red(), orange.green(), orange.blue()])
    filled = [(np.abs(painted(shown) - wanted).max(axis=2) < 12).sum() for shown in (end, end.without_labels())]
    assert filled[0] > filled[1] + 1500
    labels = drawn.labels_at(1.0).of_edges
    edge = next(iter(labels))
    tip = drawn.model.route(edge)[0] + (5.0, 0.0)
    x, y = (round(one) for one in camera.to_screen(*tip.tolist()))
    bare = painted(end.without_labels())
    assert (np.abs(bare[y - 3 : y + 4, x - 2 : x + 3] - wanted).max(axis=2) < 40).sum() > 12, "a head at the operand"


def test_a_bundle_says_its_sum_only_when_all_of_it_has_arrived() -> None:
    drawn = picture(LOOP, x=0.3, r=3.2)
    node = next(k for k in range(len(drawn.model)) if drawn.model.title(k) == "r")
    edge = int(drawn.model.edges_from(node)[0])
    first, last = int(drawn.carried[edge]), int(drawn.settled[edge])
    assert first < last
    half = snapshot(drawn, drawn.timeline.frame(last - 1))
    assert half.edge_states[edge] == EdgeState.USED and not half.settled[edge]
    assert snapshot(drawn, drawn.timeline.frame(last)).settled[edge]
