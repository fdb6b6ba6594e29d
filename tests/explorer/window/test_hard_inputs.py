"""Inputs that break layouts: if these fail, a long name, a large matrix or a small screen makes the window useless."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from explorer.drawing.texts.brief import brief_texts
from explorer.graph.brief import laid_out_width
from explorer.look.sizes import set_text_size
from explorer.model.document import Document
from tests.explorer.conftest import rest

LONG = "a" * 300
MANY = {f"x{k}": 0.1 * k for k in range(50)}
DOCUMENTS = {
    "a name of 300 letters": Document(text=f"{LONG} = x*x\n{LONG} + x", inputs={"x": 2.0}),
    "an input of 300 letters": Document(text=f"{LONG}*{LONG}", inputs={LONG: 2.0}),
    "fifty inputs": Document(text=" + ".join(f"sin({name})*{name}" for name in MANY), inputs=MANY),
    "an enormous value": Document(text="x*x*y", inputs={"x": 1e150, "y": 1e-3}),
    "a value near the largest": Document(text="x*0.5 + x*0.25", inputs={"x": 1e300}),
    "a large matrix": Document(text="np.sum(W * 2)", inputs={"W": np.full((400, 400), 0.25)}),
}


@pytest.fixture(autouse=True)
def usual_size():
    yield
    set_text_size(1.0)


@pytest.mark.parametrize("size", [(800, 600), (1366, 768)], ids=["800x600", "1366x768"])
@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_it_opens_steps_to_the_end_and_everything_has_its_place(window, qtbot, name, size):
    window.docks.show_few()
    window.resize(*size)
    window.files.start(DOCUMENTS[name])
    rest(window, qtbot)
    for step in (1, window.player.last // 2, window.player.last):
        window.player.seek(step)
        QApplication.processEvents()
    assert window.width() <= max(size[0], window.minimumWidth()) and window.height() <= max(size[1], 600)
    for widget in (*window.playback.controls(), window.inputs.table, window.graph):
        corner = widget.mapTo(window, widget.rect().bottomRight())
        assert window.rect().contains(corner), widget.objectName()
    text = window.playback.text
    assert text.sentence.geometry().bottom() <= text.height() and text.height() < window.height() / 2
    window.resize(1480, 920)


@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_no_text_leaves_its_node(window, qtbot, name):
    window.files.start(DOCUMENTS[name])
    rest(window, qtbot)
    window.player.seek(window.player.last)
    graph = window.graph
    model, snapshot, zoom = graph.model, graph._snapshot, max(graph.camera.zoom, 0.4)
    for node in range(len(model)):
        box = model.box(node)
        for one in brief_texts(model, snapshot, np.array([node]), zoom, laid_out_width):
            wide = laid_out_width(one.text, one.style) * one.scale
            assert box.left - 1 <= one.x and one.x + wide <= box.right + 1, (one.text, node)


def test_at_twice_the_size_on_a_small_screen_the_transport_is_there(window, qtbot):
    window.resize(1000, 600)
    window.appearance.write(2.0)
    window.player.seek(5)
    QApplication.processEvents()
    for widget in window.playback.controls():
        assert window.rect().contains(widget.mapTo(window, widget.rect().center())), widget.objectName()
    assert window.graph.height() >= 100
    window.resize(1480, 920)
